"""Findings: what somebody outside the bloc established about a member, beside its points."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blocs.models import Membership, User

from .criteria import Criterion


class FindingEffect(models.TextChoices):
    """What a finding takes away, as the kernel's ``Effect`` has it."""

    EXCLUDE_FLAG = "EXCLUDE_FLAG", _("no proposal for the flag")
    EXCLUDE_ALL = "EXCLUDE_ALL", _("no proposal for any award")
    CAP_GRADE = "CAP_GRADE", _("the grade is capped")
    UNRANK = "UNRANK", _("not ranked")
    SUSPEND = "SUSPEND", _("proposals wait until the matter is settled")


class Finding(models.Model):
    """A violation, or a matter under examination, that another agency reported of a member.

    It stands outside the score, may arrive after the table was adopted, and holds until it is
    lifted by a document.
    """

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    knockout = models.ForeignKey(
        Criterion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("knock-out of the criteria"),
    )
    touches = models.ForeignKey(
        Criterion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("criterion that it touches"),
    )
    effect = models.CharField(_("effect"), max_length=20, choices=FindingEffect)
    grade = models.CharField(_("grade at the best"), max_length=100, blank=True)
    matter = models.CharField(_("what was found"), max_length=1000)
    source_agency = models.CharField(_("agency that reported it"), max_length=200)
    document = models.CharField(_("number of the document"), max_length=100)
    document_date = models.DateField(_("date of the document"))
    received_on = models.DateField(_("received on"))
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    recorded_at = models.DateTimeField(_("recorded at"), editable=False)
    lifted_on = models.DateField(_("lifted on"), null=True, blank=True)
    lifting_document = models.CharField(_("document that lifts it"), max_length=300, blank=True)
    lifted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(effect__in=FindingEffect.values), name="finding_effect_known"
            ),
            models.CheckConstraint(
                condition=(Q(effect=FindingEffect.CAP_GRADE) & ~Q(grade=""))
                | (~Q(effect=FindingEffect.CAP_GRADE) & Q(grade="")),
                name="finding_names_grade_where_capped",
                violation_error_message=_("Name the grade that the finding leaves at the best."),
            ),
            models.CheckConstraint(
                condition=~Q(matter="") & ~Q(source_agency="") & ~Q(document=""),
                name="finding_has_source_and_document",
            ),
            models.CheckConstraint(
                condition=Q(lifted_on=None, lifted_by=None, lifted_at=None, lifting_document="")
                | (
                    Q(lifted_on__isnull=False, lifted_by__isnull=False, lifted_at__isnull=False)
                    & ~Q(lifting_document="")
                ),
                name="finding_lifted_by_a_document",
                violation_error_message=_("Name the document that settles the matter."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_agency}, {self.document}"

    @property
    def holds(self) -> bool:
        return self.lifted_on is None
