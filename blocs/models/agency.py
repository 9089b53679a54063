"""Provinces, agencies, and the names that agencies bear through time."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class AgencyKind(models.TextChoices):
    DEPARTMENT = "department", _("Provincial department")
    SERVICE_UNIT = "service_unit", _("Public service unit")
    PARTY = "party", _("Party body")
    UNION = "union", _("Front or mass organisation")
    ENTERPRISE = "enterprise", _("Enterprise")
    COMMUNE = "commune", _("Commune or ward")
    BOARD = "board", _("Emulation board office")


class Province(models.Model):
    """The province whose committee gives the awards, as its papers write it."""

    slug = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name"), max_length=100, help_text=_("As in: tỉnh Trà Vinh"))
    place_name = models.CharField(_("place name on papers"), max_length=100)
    committee = models.CharField(_("people's committee"), max_length=200)
    committee_short = models.CharField(_("people's committee, short"), max_length=100)
    council = models.CharField(_("emulation council"), max_length=200)
    party_committee = models.CharField(
        _("provincial Party committee"),
        max_length=100,
        blank=True,
        help_text=_("As the papers of Party bodies write it: Tỉnh ủy Trà Vinh"),
    )

    class Meta:
        verbose_name = _("province")
        verbose_name_plural = _("provinces")

    def __str__(self) -> str:
        return self.name


class AgencyQuerySet(models.QuerySet["Agency"]):
    def with_names(self) -> AgencyQuerySet:
        """With all names fetched, so that ``name_on`` costs no query."""
        return self.prefetch_related("names")

    def in_order(self) -> AgencyQuerySet:
        """By the Vietnamese alphabet of the name valid now."""
        return self.filter(names__valid_to=None).order_by("names__sort_key")


class Agency(models.Model):
    """An agency as such: it stays the same while its names change."""

    province = models.ForeignKey(Province, models.PROTECT, verbose_name=_("province"))
    slug = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=AgencyKind)
    officer_may_submit = models.BooleanField(
        _("the officer may submit"),
        default=False,
        help_text=_("The head of the agency has delegated the submission of the score sheet."),
    )

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AgencyKind.values), name="agency_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.current_name.full

    @property
    def is_board(self) -> bool:
        return self.kind == AgencyKind.BOARD

    def name_on(self, day: datetime.date) -> AgencyName:
        """The name valid on ``day``; before the first name, the first; after the last, the last."""
        names = sorted(self.names.all(), key=lambda name: name.valid_from)
        if not names:
            return AgencyName(agency=self, full=self.slug, short=self.slug, abbreviation=self.slug)
        valid = [name for name in names if name.valid_from <= day]
        return valid[-1] if valid else names[0]

    @property
    def current_name(self) -> AgencyName:
        return self.name_on(datetime.date.max)


class AgencyName(models.Model):
    """A name that an agency bears from a day until another."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="names")
    full = models.CharField(_("full name"), max_length=255)
    short = models.CharField(_("short name"), max_length=100)
    abbreviation = models.CharField(_("abbreviation"), max_length=30)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    search_key = models.CharField(max_length=400, editable=False)
    sort_key = models.CharField(max_length=600, editable=False)

    class Meta:
        verbose_name = _("agency name")
        verbose_name_plural = _("agency names")
        ordering = ["valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "valid_from"], name="agency_name_one_per_first_day"
            ),
            models.UniqueConstraint(
                fields=["agency"], condition=Q(valid_to=None), name="agency_name_one_current"
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="agency_name_ends_after_it_begins",
                violation_error_message=_("A name cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.full
