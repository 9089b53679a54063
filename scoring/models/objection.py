"""Objections: a member contests what the appraiser made of one of its criteria."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blocs.models import Change, Phase, Review, User

from .evidence import Evidence
from .score import Score
from .sheet import Sheet

BEFORE_CIRCULATION = [Phase.PREPARATION, Phase.SELF_SCORING, Phase.APPRAISAL]


class ObjectionStatus(models.TextChoices):
    OPEN = "open", _("Not answered")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CARRIED = "carried", _("Carried to the conference")
    SETTLED = "settled", _("Settled by the conference")


class ObjectionQuerySet(models.QuerySet["Objection"]):
    def of(self, review: Review) -> ObjectionQuerySet:
        return self.filter(score__sheet__membership__review=review).order_by(
            "score__sheet__membership__position", "score__criterion__position", "pk"
        )

    def visible_to(self, user: User) -> ObjectionQuerySet:
        """Whoever reads the sheet; the leader's people all of a review; all once circulated."""
        if user.agency is None:
            return self.none()
        led = [part.review_id for part in user.parts.values() if part.is_leader]
        review = "score__sheet__membership__review"
        circulated = Q(**{f"{review}__in": list(user.parts)}) & ~Q(
            **{f"{review}__status__in": BEFORE_CIRCULATION}
        )
        if user.on_board:
            circulated = Q(**{f"{review}__bloc__province": user.agency.province_id}) & ~Q(
                **{f"{review}__status__in": BEFORE_CIRCULATION}
            )
        return self.filter(
            Q(score__sheet__in=Sheet.objects.visible_to(user))
            | Q(**{f"{review}__in": led})
            | circulated
        )

    def open(self) -> ObjectionQuerySet:
        return self.filter(status=ObjectionStatus.OPEN)

    def with_people(self) -> ObjectionQuerySet:
        """With criterion, member, appraiser and their names."""
        return self.select_related(
            "score__criterion__criteria_set",
            "score__sheet__membership__review__bloc",
            "score__sheet__membership__agency",
            "score__sheet__appraiser__agency",
            "raised_by",
            "replied_by",
        ).prefetch_related(
            "evidence",
            "score__sheet__membership__agency__names",
            "score__sheet__appraiser__agency__names",
        )


class Objection(models.Model):
    """One member's objection to the appraised points of one criterion."""

    MOVES = {
        ObjectionStatus.OPEN: {
            ObjectionStatus.ANSWERED,
            ObjectionStatus.WITHDRAWN,
            ObjectionStatus.CARRIED,
        },
        ObjectionStatus.ANSWERED: frozenset(),
        ObjectionStatus.WITHDRAWN: frozenset(),
        ObjectionStatus.CARRIED: {ObjectionStatus.SETTLED},
        ObjectionStatus.SETTLED: frozenset(),
    }

    score = models.ForeignKey(Score, models.PROTECT, related_name="objections")
    status = models.CharField(
        _("state"), max_length=10, choices=ObjectionStatus, default=ObjectionStatus.OPEN
    )
    reason = models.TextField(_("reason"))
    evidence = models.ManyToManyField(Evidence, related_name="+", blank=True)
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    raised_at = models.DateTimeField(_("raised at"), editable=False)
    reply = models.TextField(_("answer"), blank=True)
    replied_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    replied_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ObjectionStatus.values), name="objection_status_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="objection_with_reason"),
            models.UniqueConstraint(
                fields=["score"],
                condition=Q(status__in=[ObjectionStatus.OPEN, ObjectionStatus.CARRIED]),
                name="objection_one_pending_per_score",
                violation_error_message=_("There is an objection to this criterion already."),
            ),
            models.CheckConstraint(
                condition=(
                    Q(status__in=[ObjectionStatus.ANSWERED, ObjectionStatus.SETTLED])
                    & Q(replied_at__isnull=False, replied_by__isnull=False)
                    & ~Q(reply="")
                )
                | (
                    ~Q(status__in=[ObjectionStatus.ANSWERED, ObjectionStatus.SETTLED])
                    & Q(reply="", replied_at=None, replied_by=None)
                ),
                name="objection_answered_in_words",
                violation_error_message=_("Answer the objection in words."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score} - {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        review = self.score.sheet.membership.review
        return reverse("scoring:objection_detail", args=[*review.url_args, self.pk])

    @property
    def is_pending(self) -> bool:
        return self.status in (ObjectionStatus.OPEN, ObjectionStatus.CARRIED)


class ObjectionChange(Change):
    """A move of an objection."""

    record = models.ForeignKey(Objection, models.PROTECT, related_name="changes")
