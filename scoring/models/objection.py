"""Objections: a member contests what the appraiser made of one of its criteria."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blocs.models import Change, User

from .evidence import Evidence
from .score import Score


class ObjectionStatus(models.TextChoices):
    OPEN = "open", _("Not answered")
    ANSWERED = "answered", _("Answered")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CARRIED = "carried", _("Carried to the conference")
    SETTLED = "settled", _("Settled by the conference")


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

    @property
    def is_pending(self) -> bool:
        return self.status in (ObjectionStatus.OPEN, ObjectionStatus.CARRIED)


class ObjectionChange(Change):
    """A move of an objection."""

    record = models.ForeignKey(Objection, models.PROTECT, related_name="changes")
