"""What the conference decided, how it voted, and who had reservations."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from awards.votes.rules import reaches
from blocs.models import Membership, Office

from .award import Award
from .conference import Conference
from .rule import Threshold


class ResolutionKind(models.TextChoices):
    ADOPT_REPORT = "adopt_report", _("Adopts the year-end report")
    ADOPT_SUMMARY = "adopt_summary", _("Adopts the score table")
    PROPOSE = "propose", _("Proposes an award")
    ELECT = "elect", _("Elects next year's office")
    ADOPT_MINUTES = "adopt_minutes", _("Adopts the minutes")
    OTHER = "other", _("Other resolution")


class Method(models.TextChoices):
    CONSENSUS = "consensus", _("Consensus")
    SHOW_OF_HANDS = "show_of_hands", _("Show of hands")
    SECRET_BALLOT = "secret_ballot", _("Secret ballot")


class Resolution(Threshold):
    """One decision of the conference with its numbers; each member present has one vote.

    ``base_count`` is the number that the votes were measured against: what ``base`` names, as it
    was when the room voted. A resolution of a vote names it; others were recorded at once.
    """

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="resolutions")
    kind = models.CharField(_("kind"), max_length=20, choices=ResolutionKind)
    text = models.TextField(_("text"), blank=True)
    method = models.CharField(_("method"), max_length=20, choices=Method)
    entitled = models.PositiveSmallIntegerField(_("entitled to vote"))
    present = models.PositiveSmallIntegerField(_("able to vote"), default=0)
    base_count = models.PositiveSmallIntegerField(_("measured against"))
    in_favour = models.PositiveSmallIntegerField(_("in favour"))
    against = models.PositiveSmallIntegerField(_("against"), default=0)
    abstained = models.PositiveSmallIntegerField(_("abstained"), default=0)
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="+"
    )
    award = models.ForeignKey(Award, models.PROTECT, null=True, blank=True, related_name="+")
    office = models.CharField(_("office"), max_length=10, choices=Office, blank=True)
    vote = models.ForeignKey(
        "awards.Vote", models.PROTECT, null=True, blank=True, related_name="resolutions"
    )

    class Meta(Threshold.Meta):
        verbose_name = _("resolution")
        verbose_name_plural = _("resolutions")
        ordering = ["pk"]
        constraints = [
            *Threshold.Meta.constraints,
            models.CheckConstraint(
                condition=Q(kind__in=ResolutionKind.values), name="resolution_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(in_favour__lte=F("entitled") - F("against") - F("abstained")),
                name="resolution_votes_within_entitled",
                violation_error_message=_("More votes than members entitled to vote."),
            ),
            models.CheckConstraint(
                condition=~Q(method=Method.CONSENSUS) | Q(against=0),
                name="resolution_consensus_without_objection",
                violation_error_message=_("A consensus has no votes against; record a vote."),
            ),
            models.CheckConstraint(
                condition=~Q(method=Method.SECRET_BALLOT) | Q(vote__isnull=False),
                name="resolution_secret_ballot_was_held",
                violation_error_message=_("A secret ballot is held as a vote of its own."),
            ),
            models.CheckConstraint(
                condition=Q(kind=ResolutionKind.PROPOSE, award__isnull=False)
                | (~Q(kind=ResolutionKind.PROPOSE) & Q(award=None)),
                name="resolution_proposal_names_award",
            ),
            models.CheckConstraint(
                condition=(
                    Q(kind=ResolutionKind.ELECT) & Q(office__in=[Office.LEADER, Office.DEPUTY])
                )
                | (~Q(kind=ResolutionKind.ELECT) & Q(office="")),
                name="resolution_election_names_office",
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[ResolutionKind.PROPOSE, ResolutionKind.ELECT],
                    membership__isnull=False,
                )
                | (
                    ~Q(kind__in=[ResolutionKind.PROPOSE, ResolutionKind.ELECT]) & Q(membership=None)
                ),
                name="resolution_names_member",
            ),
            models.UniqueConstraint(
                fields=["conference", "kind"],
                condition=Q(
                    kind__in=[
                        ResolutionKind.ADOPT_REPORT,
                        ResolutionKind.ADOPT_SUMMARY,
                        ResolutionKind.ADOPT_MINUTES,
                    ]
                ),
                name="resolution_adopts_once",
                violation_error_message=_("The conference has resolved on this already."),
            ),
            models.UniqueConstraint(
                fields=["conference", "award", "membership"],
                condition=Q(kind=ResolutionKind.PROPOSE, vote=None),
                name="resolution_proposes_once",
                violation_error_message=_("The conference has resolved on this already."),
            ),
            models.UniqueConstraint(
                fields=["vote", "membership"],
                condition=Q(vote__isnull=False, membership__isnull=False),
                name="resolution_once_per_candidate",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained

    @property
    def carried(self) -> bool:
        """Whether the votes in favour reach the threshold, exactly."""
        return reaches(self.in_favour, self.base_count, self.comparator, self.threshold)


class Reservation(models.Model):
    """A member's reservation, written into the minutes beside an adopted resolution."""

    resolution = models.ForeignKey(Resolution, models.CASCADE, related_name="reservations")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    text = models.TextField(_("reservation"))

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.membership)
