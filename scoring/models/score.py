"""Scores: the current values, and the history that explains them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from blocs.models import Agency, Office, User

from .criteria import Criterion
from .sheet import Sheet

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def points_field(label: StrPromise) -> models.DecimalField:
    return models.DecimalField(label, max_digits=14, decimal_places=6, null=True, blank=True)


def within(field: str) -> Q:
    """0 to the ceiling; without a ceiling (penalties) just not below 0; blank passes."""
    return (
        Q(**{field: None})
        | Q(**{"ceiling": None, f"{field}__gte": 0})
        | Q(**{"ceiling__isnull": False, f"{field}__range": (0, F("ceiling"))})
    )


def explained(field: str, inputs: str, before: str, reason: str) -> Q:
    """What differs from the stage before, or rests on other figures, has a reason."""
    same = Q(**{field: None}) | Q(**{f"{before}__isnull": False, field: F(before)})
    return (same & Q(**{f"{inputs}__isnull": True})) | ~Q(**{reason: ""})


class ScoreQuerySet(models.QuerySet["Score"]):
    def blank(self) -> ScoreQuerySet:
        """Criteria of the scale that the member has not answered; 0 is an answer."""
        return self.filter(criterion__part="base", claimed_inputs__isnull=True)

    def appraisable(self) -> ScoreQuerySet:
        """All but the criteria that the conference decides on."""
        return self.exclude(criterion__document__has_key="set_by")

    def provisional(self) -> ScoreQuerySet:
        return self.filter(is_provisional=True)

    def in_order(self) -> ScoreQuerySet:
        return self.select_related("criterion").order_by("criterion__position")


class Score(models.Model):
    """One criterion on one sheet: the figures given at each stage, and the points they make.

    Points stay empty where they depend on other members' figures: such a criterion is computed
    with the whole bloc. An appraised or agreed value without figures of its own is the former
    stage's value accepted, or points set directly.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    ceiling = points_field(_("maximum"))

    claimed_inputs = models.JSONField(_("claimed figures"), null=True, blank=True)
    claimed = points_field(_("claimed"))
    explanation = models.TextField(_("explanation"), blank=True)

    appraised_inputs = models.JSONField(_("appraised figures"), null=True, blank=True)
    appraised = points_field(_("appraised"))
    appraisal_reason = models.TextField(_("reason of the appraisal"), blank=True)
    appraised_at = models.DateTimeField(_("appraised at"), null=True, blank=True, editable=False)

    agreed_inputs = models.JSONField(_("agreed figures"), null=True, blank=True)
    agreed = points_field(_("agreed"))
    agreement_reason = models.TextField(_("reason of the conference"), blank=True)
    agreed_at = models.DateTimeField(_("agreed at"), null=True, blank=True, editable=False)

    # The final figure is still to come (criteria whose data arrive late): "tạm tính".
    is_provisional = models.BooleanField(_("provisional"), default=False)

    version = models.PositiveIntegerField(default=0, editable=False)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion"], name="score_once_per_sheet_and_criterion"
            ),
            models.CheckConstraint(condition=within("claimed"), name="score_claimed_in_range"),
            models.CheckConstraint(condition=within("appraised"), name="score_appraised_in_range"),
            models.CheckConstraint(condition=within("agreed"), name="score_agreed_in_range"),
            models.CheckConstraint(
                condition=Q(claimed=None) | Q(claimed_inputs__isnull=False),
                name="score_claimed_from_figures",
            ),
            models.CheckConstraint(
                condition=Q(appraised_at__isnull=False)
                | Q(appraised=None, appraised_inputs__isnull=True, appraisal_reason=""),
                name="score_appraised_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=False)
                | Q(agreed=None, agreed_inputs__isnull=True, agreement_reason=""),
                name="score_agreed_at_a_time",
            ),
            models.CheckConstraint(
                condition=explained("appraised", "appraised_inputs", "claimed", "appraisal_reason"),
                name="score_appraisal_explained",
                violation_error_message=_("Give the reason for the difference."),
            ),
            models.CheckConstraint(
                condition=explained("agreed", "agreed_inputs", "appraised", "agreement_reason"),
                name="score_agreement_explained",
                violation_error_message=_("Give the reason for the difference."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion.code} - {self.sheet}"

    @property
    def is_answered(self) -> bool:
        return self.claimed_inputs is not None

    @property
    def is_appraised(self) -> bool:
        return self.appraised_at is not None


class ScoreStage(models.TextChoices):
    CLAIMED = "claimed", _("Claimed")
    APPRAISED = "appraised", _("Appraised")
    AGREED = "agreed", _("Agreed")


class ScoreChange(models.Model):
    """One writing of a score: who, in which office, from what to what, and why.

    The database refuses to alter or remove these rows.
    """

    score = models.ForeignKey(Score, models.PROTECT, related_name="changes")
    stage = models.CharField(_("stage"), max_length=10, choices=ScoreStage)
    old_inputs = models.JSONField(null=True, blank=True)
    old_points = points_field(_("before"))
    new_inputs = models.JSONField(null=True, blank=True)
    new_points = points_field(_("after"))
    # Whether the final figure was still to come; unknown in rows older than the question.
    provisional = models.BooleanField(_("provisional"), null=True, editable=False)
    reason = models.TextField(_("reason"), blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Copied from the sheet and from the writer, so that one row can hold the rule below.
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    by_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    office = models.CharField(_("in the office of"), max_length=10, choices=Office)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("change of a score")
        verbose_name_plural = _("changes of scores")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=ScoreStage.values), name="score_change_stage_known"
            ),
            models.CheckConstraint(
                condition=~Q(stage=ScoreStage.APPRAISED) | ~Q(agency=F("by_agency")),
                name="score_change_not_appraised_by_its_own_agency",
                violation_error_message=_("Nobody appraises their own agency."),
            ),
            models.CheckConstraint(
                condition=~Q(stage=ScoreStage.CLAIMED) | Q(agency=F("by_agency")),
                name="score_change_claimed_by_its_own_agency",
                violation_error_message=_("Only the agency itself claims its points."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score_id} {self.stage} {self.at}"


class Recalculation(models.Model):
    """Points that moved because other data moved: "tính lại", with the writing that caused it.

    The database refuses to alter or remove these rows.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="recalculations")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    stage = models.CharField(_("stage"), max_length=10, choices=ScoreStage)
    old_points = points_field(_("before"))
    new_points = points_field(_("after"))
    cause = models.ForeignKey(ScoreChange, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("recalculation")
        verbose_name_plural = _("recalculations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=ScoreStage.values), name="recalculation_stage_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet_id} {self.criterion_id} {self.stage} {self.at}"
