"""A question put to the conference: its candidates, its frozen roll, its box, its count.

What is secret: a paper. ``BallotBox`` holds all papers of a question as one sorted text, and
``Mark`` says that a member has cast one. Nothing else is stored of casting: no account, no time,
no address, no order. docs/voting.md tells what that protects against, and what it does not.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.votes import papers
from awards.votes.rules import Turnout
from blocs.models import Change, Membership, Office
from scoring.models import Summary

from .award import Award
from .conference import Conference
from .resolution import Method, ResolutionKind
from .rule import RuleColumns


class PaperForm(models.TextChoices):
    """What a voter is asked."""

    APPROVE = papers.Form.APPROVE.value, _("Agree, disagree or abstain on each")
    CHOOSE = papers.Form.CHOOSE.value, _("Choose at most a number of them")
    ELECT = papers.Form.ELECT.value, _("Choose one")


class VoteStatus(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    OPEN = "open", _("Voting is open")
    COUNTED = "counted", _("Counted")
    ANNOUNCED = "announced", _("Announced")
    CANCELLED = "cancelled", _("Cancelled")


COUNTED = (VoteStatus.COUNTED, VoteStatus.ANNOUNCED)


class VoteQuerySet(models.QuerySet["Vote"]):
    def live(self) -> VoteQuerySet:
        """All but the cancelled ones."""
        return self.exclude(status=VoteStatus.CANCELLED)

    def in_session(self) -> VoteQuerySet:
        """Those of the conference itself, which its minutes state."""
        return self.filter(is_again=False)


class Vote(RuleColumns):
    """One question, one method, one rule; what is frozen at opening no longer changes.

    A second round and a vote that takes a cancelled one's place are votes of their own that name
    the one before. One that is held again after the closing (``is_again``) takes the place of a
    vote whose table was corrected. ``definition`` is the question as canonical text, fixed at
    opening with its hash; ``result_sha256`` is the hash of the counted result.
    """

    MOVES = {
        VoteStatus.DRAFT: {VoteStatus.OPEN, VoteStatus.CANCELLED},
        VoteStatus.OPEN: {VoteStatus.COUNTED, VoteStatus.CANCELLED},
        VoteStatus.COUNTED: {VoteStatus.ANNOUNCED},
        VoteStatus.ANNOUNCED: {VoteStatus.CANCELLED},
        VoteStatus.CANCELLED: frozenset(),
    }

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="votes")
    number = models.PositiveSmallIntegerField(_("number"))
    status = models.CharField(
        _("state"), max_length=20, choices=VoteStatus, default=VoteStatus.DRAFT, editable=False
    )
    kind = models.CharField(_("subject"), max_length=20, choices=ResolutionKind)
    title = models.CharField(_("question"), max_length=300)
    award = models.ForeignKey(Award, models.PROTECT, null=True, blank=True, related_name="+")
    office = models.CharField(_("office"), max_length=10, choices=Office, blank=True)
    form = models.CharField(_("paper"), max_length=10, choices=PaperForm)
    most = models.PositiveSmallIntegerField(_("may be chosen at most"), default=1)
    seats = models.PositiveSmallIntegerField(_("are to be chosen"), default=1)
    method = models.CharField(_("method"), max_length=20, choices=Method)
    on_paper = models.BooleanField(_("on printed papers"), default=False)
    asks_password = models.BooleanField(
        _("ask for the password before each paper"),
        default=False,
        help_text=_("Where several delegates share a computer."),
    )
    round = models.PositiveSmallIntegerField(_("round"), default=1, editable=False)
    is_again = models.BooleanField(
        _("held again after the conference"), default=False, editable=False
    )
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followers", editable=False
    )
    summary = models.ForeignKey(
        Summary, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    # frozen at opening
    entitled = models.PositiveSmallIntegerField(_("entitled"), null=True, editable=False)
    present = models.PositiveSmallIntegerField(_("able to vote"), null=True, editable=False)
    definition = models.TextField(blank=True, editable=False)
    definition_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    # stored by the count
    issued = models.PositiveSmallIntegerField(_("papers handed out"), null=True, editable=False)
    returned = models.PositiveSmallIntegerField(_("papers handed in"), null=True, editable=False)
    valid = models.PositiveSmallIntegerField(_("valid papers"), null=True, editable=False)
    blank = models.PositiveSmallIntegerField(_("blank papers"), null=True, editable=False)
    written = models.PositiveSmallIntegerField(_("written opinions"), default=0, editable=False)
    result_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    note = models.TextField(_("note of the chair"), blank=True)

    objects = VoteQuerySet.as_manager()

    class Meta(RuleColumns.Meta):
        verbose_name = _("vote")
        verbose_name_plural = _("votes")
        ordering = ["number"]
        constraints = [
            *RuleColumns.Meta.constraints,
            models.UniqueConstraint(fields=["conference", "number"], name="vote_number_once"),
            models.CheckConstraint(
                condition=Q(status__in=VoteStatus.values), name="vote_status_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=[ResolutionKind.PROPOSE, ResolutionKind.ELECT, ResolutionKind.OTHER],
                    form__in=PaperForm.values,
                    method__in=Method.values,
                ),
                name="vote_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(kind=ResolutionKind.PROPOSE, award__isnull=False)
                | (~Q(kind=ResolutionKind.PROPOSE) & Q(award=None)),
                name="vote_proposal_names_award",
            ),
            models.CheckConstraint(
                condition=Q(kind=ResolutionKind.ELECT, office__in=[Office.LEADER, Office.DEPUTY])
                | (~Q(kind=ResolutionKind.ELECT) & Q(office="")),
                name="vote_election_names_office",
            ),
            models.CheckConstraint(
                condition=Q(seats__gte=1, most__gte=1)
                & (~Q(form=PaperForm.ELECT) | Q(most=1))
                & (~Q(office=Office.LEADER) | Q(seats=1)),
                name="vote_seats_plausible",
                violation_error_message=_("At least one is chosen, and one leader only."),
            ),
            models.CheckConstraint(
                condition=Q(is_again=False) | Q(kind=ResolutionKind.PROPOSE),
                name="vote_again_on_proposals_only",
            ),
            models.CheckConstraint(
                condition=Q(on_paper=False) | Q(method=Method.SECRET_BALLOT),
                name="vote_on_paper_is_secret",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[VoteStatus.DRAFT, VoteStatus.CANCELLED])
                | (Q(entitled__isnull=False, present__isnull=False) & ~Q(definition_sha256="")),
                name="vote_frozen_once_open",
            ),
            models.CheckConstraint(
                condition=Q(issued=None, returned=None, valid=None, blank=None, result_sha256="")
                | (
                    Q(
                        issued__isnull=False,
                        returned__isnull=False,
                        valid__isnull=False,
                        blank__isnull=False,
                        issued__lte=F("entitled"),
                        returned__lte=F("issued"),
                        valid__lte=F("returned"),
                        blank__lte=F("returned"),
                    )
                    & ~Q(result_sha256="")
                ),
                name="vote_numbers_agree",
                violation_error_message=_("The numbers of the count do not agree."),
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=[VoteStatus.DRAFT, VoteStatus.OPEN, VoteStatus.CANCELLED],
                    result_sha256="",
                )
                | (Q(status__in=[*COUNTED, VoteStatus.CANCELLED]) & ~Q(result_sha256="")),
                name="vote_numbers_once_counted",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("awards:vote_detail", args=[*self.conference.review.url_args, self.number])

    @property
    def is_open(self) -> bool:
        return self.status == VoteStatus.OPEN

    @property
    def is_draft(self) -> bool:
        return self.status == VoteStatus.DRAFT

    @property
    def is_counted(self) -> bool:
        return self.status in COUNTED

    @property
    def is_announced(self) -> bool:
        return self.status == VoteStatus.ANNOUNCED

    @property
    def is_annulled(self) -> bool:
        """Announced once, and set aside since."""
        return self.status == VoteStatus.CANCELLED and bool(self.result_sha256)

    @property
    def is_secret(self) -> bool:
        return self.method == Method.SECRET_BALLOT

    @property
    def is_electronic(self) -> bool:
        """Cast in the portal's own box."""
        return self.is_secret and not self.on_paper

    @property
    def turnout(self) -> Turnout:
        """The counted numbers. Only a counted vote has them."""
        numbers = (self.entitled, self.present, self.issued, self.returned, self.valid)
        return Turnout(*(number or 0 for number in numbers))

    @property
    def invalid(self) -> int:
        return (self.returned or 0) - (self.valid or 0)


class VoteChange(Change):
    """A move of a vote. There is none for the casting of a paper."""

    record = models.ForeignKey(Vote, models.PROTECT, related_name="changes")


class VoteOption(models.Model):
    """A candidate, or (without a member) a sentence to agree with; and its counted votes."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="options")
    position = models.PositiveSmallIntegerField()
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.CharField(_("text"), max_length=500, blank=True)
    rank = models.PositiveSmallIntegerField(_("rank"), null=True, blank=True, editable=False)
    yes = models.PositiveSmallIntegerField(_("in favour"), null=True, editable=False)
    no = models.PositiveSmallIntegerField(_("against"), null=True, editable=False)
    abstain = models.PositiveSmallIntegerField(_("abstained"), null=True, editable=False)
    is_chosen = models.BooleanField(_("chosen"), default=False, editable=False)

    class Meta:
        verbose_name = _("option")
        verbose_name_plural = _("options")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "position"], name="voteoption_place_once"),
            models.UniqueConstraint(fields=["vote", "membership"], name="voteoption_member_once"),
            models.CheckConstraint(
                condition=Q(membership__isnull=False) | ~Q(text=""), name="voteoption_is_something"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.membership.name if self.membership is not None else self.text


class Mark(models.Model):
    """One member on the roll of a vote, frozen at opening; whether its paper has been cast.

    In a vote on printed papers a mark is a member that is handed one. Nothing links it to a paper.
    """

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="roll")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    voted = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("entry of the roll")
        verbose_name_plural = _("roll")
        ordering = ["membership__position"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "membership"], name="mark_once_per_member"),
        ]

    def __str__(self) -> str:
        return str(self.membership)


class BallotBox(models.Model):
    """All papers of one electronic ballot: one row, its papers sorted, without any order.

    Sealed when the ballot is closed: then the database refuses any other paper; it only lets the
    papers be destroyed once they need no longer be kept.
    """

    vote = models.OneToOneField(Vote, models.PROTECT, related_name="box")
    papers = models.TextField(blank=True, editable=False)
    is_sealed = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("ballot box")
        verbose_name_plural = _("ballot boxes")

    def __str__(self) -> str:
        return str(self.vote)


class WrittenVote(models.Model):
    """The vote of an absent member, sent in writing and therefore not secret."""

    vote = models.ForeignKey(Vote, models.PROTECT, related_name="written_votes")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    paper = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("written vote")
        verbose_name_plural = _("written votes")
        ordering = ["membership__position"]
        constraints = [
            models.UniqueConstraint(fields=["vote", "membership"], name="writtenvote_once"),
        ]

    def __str__(self) -> str:
        return str(self.membership)
