"""Printed papers counted by people: the ballot committee, and its tallies."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from blocs.models import Change, Membership, User

from .conference import Conference
from .vote import Vote, VoteOption


class Teller(models.Model):
    """A member of the ballot committee; one of them heads it.

    With an account a teller enters or confirms a tally; without one it is a name on the papers.
    """

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="tellers")
    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name of the person"), max_length=100)
    position = models.CharField(_("position"), max_length=200, blank=True)
    is_head = models.BooleanField(_("heads the committee"), default=False)

    class Meta:
        verbose_name = _("teller")
        verbose_name_plural = _("ballot committee")
        ordering = ["-is_head", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference"], condition=Q(is_head=True), name="teller_one_head"
            ),
            models.UniqueConstraint(fields=["conference", "user"], name="teller_account_once"),
        ]

    def __str__(self) -> str:
        return self.name


class TallyStatus(models.TextChoices):
    DRAFT = "draft", _("Being typed")
    ENTERED = "entered", _("Waits for the second teller")
    CONFIRMED = "confirmed", _("Confirmed")
    REJECTED = "rejected", _("Rejected")


def scan_name(tally: Tally, _original: str) -> str:
    """Where a scan lies: a random name, for the original one may hold anything."""
    return f"ballots/{tally.vote_id}/{uuid.uuid4().hex}"


class Tally(models.Model):
    """A count of printed papers: typed by one teller, confirmed or rejected by another.

    A draft may hold any numbers; an entered one keeps the identities of a count. A rejected
    tally stays in the record, and the count is typed anew.
    """

    MOVES = {
        TallyStatus.DRAFT: {TallyStatus.ENTERED},
        TallyStatus.ENTERED: {TallyStatus.CONFIRMED, TallyStatus.REJECTED},
        TallyStatus.CONFIRMED: frozenset(),
        TallyStatus.REJECTED: frozenset(),
    }

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="tallies")
    status = models.CharField(
        _("state"), max_length=20, choices=TallyStatus, default=TallyStatus.DRAFT, editable=False
    )
    issued = models.PositiveSmallIntegerField(_("papers handed out"), null=True, blank=True)
    returned = models.PositiveSmallIntegerField(_("papers handed in"), null=True, blank=True)
    valid = models.PositiveSmallIntegerField(_("valid papers"), null=True, blank=True)
    invalid = models.PositiveSmallIntegerField(_("invalid papers"), null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    scan = models.FileField(_("scan of the papers"), upload_to=scan_name, blank=True)
    scan_name = models.CharField(max_length=255, blank=True, editable=False)
    scan_type = models.CharField(max_length=100, blank=True, editable=False)
    scan_sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("tally")
        verbose_name_plural = _("tallies")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=TallyStatus.values), name="tally_status_known"
            ),
            models.UniqueConstraint(
                fields=["vote"],
                condition=~Q(status=TallyStatus.REJECTED),
                name="tally_one_at_a_time",
                violation_error_message=_("A tally of this vote has been begun."),
            ),
            models.CheckConstraint(
                condition=Q(status=TallyStatus.DRAFT)
                | Q(
                    returned__lte=F("issued"),
                    returned=F("valid") + F("invalid"),
                    issued__isnull=False,
                    returned__isnull=False,
                    valid__isnull=False,
                    invalid__isnull=False,
                ),
                name="tally_numbers_agree",
                violation_error_message=_("Handed in = valid + invalid, and at most handed out."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=[TallyStatus.DRAFT, TallyStatus.ENTERED], settled_by=None)
                | (
                    Q(
                        status__in=[TallyStatus.CONFIRMED, TallyStatus.REJECTED],
                        settled_by__isnull=False,
                    )
                    & ~Q(settled_by=F("entered_by"))
                ),
                name="tally_settled_by_another",
                violation_error_message=_("A second teller confirms or rejects a tally."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.vote)


class TallyLine(models.Model):
    """The votes of one option in a tally."""

    tally = models.ForeignKey(Tally, models.CASCADE, related_name="lines")
    option = models.ForeignKey(VoteOption, models.PROTECT, related_name="+")
    yes = models.PositiveSmallIntegerField(_("in favour"), null=True, blank=True)
    no = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    abstain = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)

    class Meta:
        verbose_name = _("line of a tally")
        verbose_name_plural = _("lines of a tally")
        ordering = ["option__position"]
        constraints = [
            models.UniqueConstraint(fields=["tally", "option"], name="tallyline_once"),
        ]

    def __str__(self) -> str:
        return str(self.option)


class TallyChange(Change):
    """A move of a tally; a rejection carries its reason."""

    record = models.ForeignKey(Tally, models.PROTECT, related_name="changes")
