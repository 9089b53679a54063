"""Accounts. An account belongs to a person; what it may do follows from agency and office."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .agency import Agency

if TYPE_CHECKING:
    from .review import Membership, Review


class Role(models.TextChoices):
    OFFICER = "officer", _("Emulation officer")
    HEAD = "head", _("Head of agency")


class User(AbstractUser):
    """One person's account at one agency."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField(_("name of the person"), max_length=100, blank=True)
    position = models.CharField(_("position"), max_length=150, blank=True)
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, verbose_name=_("agency")
    )
    role = models.CharField(_("role"), max_length=16, choices=Role, default=Role.OFFICER)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["email"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="user_role_known"),
        ]

    def __str__(self) -> str:
        return self.full_name or self.username

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """Spaces at the ends have locked people out before."""
        return unicodedata.normalize("NFKC", username).strip()

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    @property
    def on_board(self) -> bool:
        """Works in the office of the provincial emulation board."""
        return self.agency is not None and self.agency.is_board

    @property
    def is_head(self) -> bool:
        return self.role == Role.HEAD

    @cached_property
    def parts(self) -> dict[int, Membership]:
        """The agency's membership in each review: one query a request."""
        if self.agency is None:
            return {}
        return {part.review_id: part for part in self.agency.memberships.all()}

    def part_in(self, review: Review) -> Membership | None:
        """The membership of the user's agency in ``review``, if it takes part."""
        return self.parts.get(review.pk)
