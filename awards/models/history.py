"""The award history of agencies: what they received before, whatever they were called then."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blocs.models import Agency, User

from .award import AwardCategory


class PastAward(models.Model):
    """A title or a reward that an agency received, by which decision; typed in by its officers.

    What the province granted through the portal is not copied here: it stands in the proposals.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("year"))
    category = models.CharField(_("kind"), max_length=10, choices=AwardCategory)
    name = models.CharField(_("title or reward"), max_length=200)
    decision_number = models.CharField(_("decision number"), max_length=60)
    decision_date = models.DateField(_("decision date"))
    authority = models.CharField(_("decided by"), max_length=200)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(_("at"), editable=False)

    class Meta:
        verbose_name = _("past award")
        verbose_name_plural = _("past awards")
        ordering = ["-year", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "year", "name", "decision_number"],
                name="pastaward_once",
                violation_error_message=_("This award is listed already."),
            ),
            models.CheckConstraint(
                condition=Q(category__in=AwardCategory.values), name="pastaward_category_known"
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1945, 2100)),
                name="pastaward_year_plausible",
                violation_error_message=_("The year must lie between 1945 and 2100."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"
