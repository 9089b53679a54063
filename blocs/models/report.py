"""What each member reports of its own year."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .review import Membership


class MemberReport(models.Model):
    """A member's own account of the year; the bloc's year-end report quotes it."""

    membership = models.OneToOneField(Membership, models.PROTECT, related_name="report")
    staff = models.PositiveIntegerField(_("staff"), null=True, blank=True)
    results = models.TextField(_("results"), blank=True)
    shortcomings = models.TextField(_("shortcomings and causes"), blank=True)
    proposals = models.TextField(_("proposals"), blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("member's report")
        verbose_name_plural = _("members' reports")

    def __str__(self) -> str:
        return str(self.membership)
