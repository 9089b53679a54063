"""Summaries: the table of all members as it was read and approved, kept word for word."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blocs.models import Change, Review, User


class SummaryStatus(models.TextChoices):
    APPROVED = "approved", _("Approved for the conference")
    ADOPTED = "adopted", _("Adopted by the conference")
    SUPERSEDED = "superseded", _("Superseded")


class Summary(models.Model):
    """One version of a review's summary table; its content never changes."""

    MOVES = {
        SummaryStatus.APPROVED: {SummaryStatus.ADOPTED, SummaryStatus.SUPERSEDED},
        SummaryStatus.ADOPTED: {SummaryStatus.SUPERSEDED},
        SummaryStatus.SUPERSEDED: frozenset(),
    }

    review = models.ForeignKey(Review, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(_("version"))
    status = models.CharField(
        _("state"), max_length=20, choices=SummaryStatus, default=SummaryStatus.APPROVED
    )
    canonical = models.TextField(_("content"), editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    approved_at = models.DateTimeField(_("approved at"), editable=False)
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    adopted_at = models.DateTimeField(_("adopted at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("summary table")
        verbose_name_plural = _("summary tables")
        ordering = ["version"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "version"], name="summary_version_once_per_review"
            ),
            models.UniqueConstraint(
                fields=["review"],
                condition=~Q(status=SummaryStatus.SUPERSEDED),
                name="summary_one_in_force",
            ),
            models.CheckConstraint(
                condition=Q(status__in=SummaryStatus.values), name="summary_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=SummaryStatus.APPROVED, adopted_at=None)
                | Q(status=SummaryStatus.ADOPTED, adopted_at__isnull=False)
                | Q(status=SummaryStatus.SUPERSEDED),
                name="summary_dated_once_adopted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review} v{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("scoring:summary_detail", args=self.review.url_args)


class SummaryChange(Change):
    """A move of a summary."""

    record = models.ForeignKey(Summary, models.PROTECT, related_name="changes")


class ReopeningStatus(models.TextChoices):
    ASKED = "asked", _("Asked for")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    DONE = "done", _("Adopted anew")


class Reopening(models.Model):
    """An adopted table opened again: asked for by the leader, granted by the provincial board."""

    MOVES = {
        ReopeningStatus.ASKED: {ReopeningStatus.GRANTED, ReopeningStatus.REFUSED},
        ReopeningStatus.GRANTED: {ReopeningStatus.DONE},
        ReopeningStatus.REFUSED: frozenset(),
        ReopeningStatus.DONE: frozenset(),
    }

    summary = models.ForeignKey(Summary, models.PROTECT, related_name="reopenings")
    status = models.CharField(
        _("state"), max_length=10, choices=ReopeningStatus, default=ReopeningStatus.ASKED
    )
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    asked_at = models.DateTimeField(_("asked at"), editable=False)
    answer = models.TextField(_("answer of the board"), blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    result = models.OneToOneField(
        Summary, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    # On what the new table rests: the conference's consent, a written consultation.
    basis = models.TextField(_("basis of the new adoption"), blank=True)

    class Meta:
        verbose_name = _("reopening of the table")
        verbose_name_plural = _("reopenings of the table")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ReopeningStatus.values), name="reopening_status_known"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="reopening_with_reason"),
            models.UniqueConstraint(
                fields=["summary"],
                condition=~Q(status=ReopeningStatus.REFUSED),
                name="reopening_one_per_summary",
                violation_error_message=_("This table has been asked to be opened already."),
            ),
            models.CheckConstraint(
                condition=Q(status=ReopeningStatus.ASKED, answered_at=None, answered_by=None)
                | (
                    ~Q(status=ReopeningStatus.ASKED)
                    & Q(answered_at__isnull=False, answered_by__isnull=False)
                ),
                name="reopening_answered_by_the_board",
            ),
            models.CheckConstraint(
                condition=(Q(status=ReopeningStatus.DONE, result__isnull=False) & ~Q(basis=""))
                | (~Q(status=ReopeningStatus.DONE) & Q(result=None, basis="")),
                name="reopening_done_by_a_new_table",
                violation_error_message=_("Say what the new table rests on."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.summary} - {self.get_status_display()}"


class ReopeningChange(Change):
    """A move of a reopening."""

    record = models.ForeignKey(Reopening, models.PROTECT, related_name="changes")
