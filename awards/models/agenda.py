"""The agenda: what the conference does, in which order, and what it is doing now."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .conference import Conference


class AgendaKind(models.TextChoices):
    """What an item is about; it says which part of the conference page it leads to."""

    OPENING = "opening", _("Opening")
    REPORT = "report", _("Year-end report")
    TABLE = "table", _("Score table")
    DISCUSSION = "discussion", _("Discussion")
    SCORES = "scores", _("Objections and scores")
    ADOPTION = "adoption", _("Adoption")
    GUEST = "guest", _("Word of the provincial board")
    COMMITTEE = "committee", _("Ballot committee")
    PROPOSALS = "proposals", _("Votes on proposals")
    ELECTION = "election", _("Election of next year's offices")
    HANDOVER = "handover", _("Handover of the rotating flag")
    LAUNCH = "launch", _("Launch of next year")
    CLOSING = "closing", _("Minutes and closing")
    OTHER = "other", _("Other")


class AgendaItem(models.Model):
    """One item; ``conference.current_item`` is where the room is now."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("place"))
    kind = models.CharField(_("kind"), max_length=12, choices=AgendaKind, default=AgendaKind.OTHER)
    title = models.CharField(_("title"), max_length=300)
    presenter = models.CharField(_("presenter"), max_length=200, blank=True)
    planned_minutes = models.PositiveSmallIntegerField(_("minutes planned"), default=10)
    started_at = models.DateTimeField(_("begun at"), null=True, blank=True, editable=False)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True, editable=False)
    outcome = models.TextField(_("outcome"), blank=True)

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AgendaKind.values), name="agendaitem_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(planned_minutes__range=(1, 480)),
                name="agendaitem_minutes_plausible",
                violation_error_message=_("An item takes from 1 to 480 minutes."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None)
                | Q(started_at__isnull=False, ended_at__gte=F("started_at")),
                name="agendaitem_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title
