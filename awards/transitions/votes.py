"""A vote from its question to its announcement. The casting itself stands in ``casting``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards import permissions as may
from awards.ballots import (
    definition_of,
    is_against_ranking,
    options_of,
    outcome_of,
    result_of,
)
from awards.decided import adopted_table
from awards.models import (
    BallotBox,
    Conference,
    Mark,
    Method,
    PaperForm,
    Reservation,
    Resolution,
    ResolutionKind,
    TieBreak,
    Vote,
    VoteOption,
    VoteRule,
    VoteStatus,
)
from awards.readiness import missing_to_open_vote
from awards.sealing import seal_marks
from awards.turnout import voters_of
from awards.votes.outcome import CountError, OptionCount, Outcome, check_count
from awards.votes.papers import Form
from awards.votes.rules import Base
from blocs.canonical import sha256_of
from blocs.models import Membership, User
from blocs.permissions import require
from blocs.readiness import require_ready
from blocs.workflow import IllegalMove, holding, moving
from scoring.tables import table_of

from .proposals import make_proposal, withdraw_stale
from .resolutions import require_of

PRINTED = {"on_paper": True, "asks_password": False}
COUNT_REFUSALS = {
    "issued_within_entitled": gettext_lazy("More papers were handed out than there are members."),
    "returned_within_issued": gettext_lazy("More papers came back than were handed out."),
    "valid_within_returned": gettext_lazy("More papers are valid than came back."),
    "votes_make_valid": gettext_lazy(
        "Agree, disagree and no opinion must make the number of valid papers."
    ),
    "votes_within_valid": gettext_lazy("More votes than valid papers."),
    "choices_within_limit": gettext_lazy("More choices than the valid papers allow."),
}


@dataclass(frozen=True)
class Question:
    """What is put to the vote: the columns of a vote that people choose, and its candidates."""

    kind: str
    title: str
    form: str
    method: str
    rule: VoteRule
    candidates: Sequence[Membership] = ()
    sentence: str = ""
    seats: int = 1
    most: int = 1
    award: object | None = None
    office: str = ""
    on_paper: bool = False
    asks_password: bool = False


def prepare_vote(
    conference: Conference, question: Question, *, by: User, vote: Vote | None = None
) -> Vote:
    """Write down a question, or (with ``vote``) write it anew while it has not been opened.

    Proposals are voted on an adopted table. ``ValidationError`` for a consensus on a choice.
    """
    with holding(conference) as held:
        require(may.can_hold_votes(by, held))
        for member in question.candidates:
            require_of(held.review_id, member)
        if vote is None:
            last = held.votes.order_by("-number").values_list("number", flat=True).first()
            written = Vote(conference=held, number=(last or 0) + 1, is_again=held.is_closed)
        else:
            written = held.votes.select_for_update(of=("self",), no_key=True).get(pk=vote.pk)
            require(may.can_prepare_vote(by, written))
            written.options.all().delete()
        _fill(written, question)
        written.full_clean(exclude=["award"])
        written.save()
        _write_options(written, question.candidates, question.sentence)
        return written


def _fill(vote: Vote, question: Question) -> None:
    if question.method == Method.CONSENSUS and question.form != PaperForm.APPROVE:
        raise ValidationError(
            {"method": _("A consensus agrees to each; choose another method for a choice.")}
        )
    if vote.is_again and question.kind != ResolutionKind.PROPOSE:
        raise ValidationError(
            {"kind": _("After the conference only proposals are voted on again.")}
        )
    if question.kind == ResolutionKind.PROPOSE and adopted_table(vote.conference) is None:
        raise ValidationError(_("Adopt the score table first: proposals rest on it."))
    columns = (
        *("kind", "title", "form", "method", "seats", "most", "award", "office"),
        *("on_paper", "asks_password"),
    )
    for name in columns:
        setattr(vote, name, getattr(question, name))
    for name in vote.rule_columns():
        setattr(vote, name, getattr(question.rule, name))


def _write_options(vote: Vote, candidates: Sequence[Membership], sentence: str = "") -> None:
    named: list[tuple[Membership | None, str]] = [(member, "") for member in candidates]
    if not named:
        named = [(None, sentence or vote.title)]
    VoteOption.objects.bulk_create(
        VoteOption(vote=vote, position=place, membership=member, text=text)
        for place, (member, text) in enumerate(named, start=1)
    )


def open_vote(vote: Vote, *, by: User) -> Vote:
    """Open the vote: the question, its rule, the ranks and the roll stand from now on.

    Raises ``NotReady`` without a quorum, with fewer than three voters in a secret ballot, or
    where a proposal has no adopted table to rest on.
    """
    with holding(vote.conference) as conference, moving(vote, VoteStatus.OPEN, by=by) as held:
        held.conference = conference
        require(may.can_open_vote(by, held))
        require_ready(missing_to_open_vote(held))
        voters = voters_of(conference, held.absentees)
        held.summary = adopted_table(conference)
        held.entitled, held.present = voters.entitled, voters.voting
        options = options_of(held)
        _freeze_ranks(held, options)
        Mark.objects.bulk_create(Mark(vote=held, membership=one) for one in voters.able)
        if held.is_electronic:
            BallotBox.objects.create(vote=held)
        held.definition = definition_of(held, options, voters.able)
        held.definition_sha256 = sha256_of(held.definition)
    return held


def _freeze_ranks(vote: Vote, options: Sequence[VoteOption]) -> None:
    """Write down the ranks that the voters have before them."""
    if vote.summary is None:
        return
    rows = {row.slug: row for row in table_of(vote.summary).rows}
    for option in options:
        row = rows.get(option.membership.agency.slug) if option.membership else None
        option.rank = row.rank if row else None
        option.save(update_fields=["rank"])


def count_hands(vote: Vote, counts: Sequence[tuple[int, int]], *, by: User) -> Vote:
    """Write down hands raised for and against each option; who raised none has no opinion.

    In a consensus nobody is against. Votes beyond those able to vote are refused.
    """
    with moving(vote, VoteStatus.COUNTED, by=by) as held:
        require(may.can_count_hands(by, held))
        able = held.present or 0
        if held.method == Method.CONSENSUS and any(against for _yes, against in counts):
            raise ValidationError(_("A consensus has no votes against; record a vote."))
        if held.form != PaperForm.APPROVE and any(against for _yes, against in counts):
            raise ValidationError(_("Where one is chosen nobody votes against."))
        for in_favour, against in counts:
            if in_favour + against > able:
                raise ValidationError(
                    _("%(present)s members are present; that many votes at the most.")
                    % {"present": able}
                )
        numbers = [OptionCount(yes, no, able - yes - no) for yes, no in counts]
        store_count(held, numbers, issued=able, returned=able, valid=able, blank=0)
    return held


def store_count(
    vote: Vote,
    numbers: Sequence[OptionCount],
    *,
    issued: int,
    returned: int,
    valid: int,
    blank: int,
    written: int = 0,
) -> None:
    """Keep a count with its hash; ``ValidationError`` where its numbers do not agree.

    The caller holds the vote and saves it.
    """
    vote.issued, vote.returned, vote.valid = issued, returned, valid
    vote.blank, vote.written = blank, written
    options = options_of(vote)
    if len(options) != len(numbers):
        raise ValidationError(_("Count every option."))
    try:
        check_count(Form(vote.form), vote.turnout, numbers, most=vote.most)
    except CountError as refusal:
        raise ValidationError(COUNT_REFUSALS[refusal.identity]) from refusal
    for option, number in zip(options, numbers, strict=True):
        option.yes, option.no, option.abstain = number.yes, number.no, number.abstain
        option.save(update_fields=["yes", "no", "abstain"])
    vote.result_sha256 = sha256_of(result_of(vote, options))


def announce_vote(
    vote: Vote,
    *,
    note: str = "",
    chair_choice: Sequence[int] = (),
    reservations: Sequence[tuple[Membership, str]] = (),
    by: User,
) -> Vote:
    """Announce a counted vote: what it decided becomes resolutions of the conference.

    ``chair_choice`` are the places of the tied that the chair names, where the rule says so; that
    needs a note, and so does a result that goes against the ranking (``ValidationError``). A vote
    held again after the closing makes its proposals at once, in place of those for the same award
    that rested on a former table.
    """
    with (
        holding(vote.conference) as conference,
        moving(vote, VoteStatus.ANNOUNCED, by=by, note=note) as held,
    ):
        held.conference = conference
        require(may.can_announce(by, held))
        options = options_of(held)
        outcome = outcome_of(held, options)
        chosen = sorted([*outcome.chosen, *_named_by_chair(held, outcome, chair_choice, note)])
        if held.kind == ResolutionKind.PROPOSE and is_against_ranking(options, chosen):
            _require_note(note, _("The vote goes against the ranking; say why in the note."))
        held.note = note.strip()
        if held.is_again:
            withdraw_stale(held, by=by)
        for place in chosen:
            options[place].is_chosen = True
            options[place].save(update_fields=["is_chosen"])
            resolution = _resolution_of(held, options[place])
            if held.is_again:
                make_proposal(resolution, held.summary)
            Reservation.objects.bulk_create(
                Reservation(resolution=resolution, membership=member, text=words)
                for member, words in reservations
            )
    return held


def _named_by_chair(
    vote: Vote, outcome: Outcome, chair_choice: Sequence[int], note: str
) -> list[int]:
    """Whom the chair names among the tied; nobody where there is no tie, or another rule."""
    if not chair_choice:
        return []
    if vote.tie != TieBreak.CHAIR or not set(chair_choice) <= set(outcome.tied):
        raise ValidationError(_("The chair decides between the tied only, where the rule says so."))
    if len(set(chair_choice)) > outcome.seats_left:
        raise ValidationError(_("More are named than can be chosen."))
    _require_note(note, _("Say why the chair decides so."))
    return list(dict.fromkeys(chair_choice))


def _require_note(note: str, words: str) -> None:
    if not note.strip():
        raise ValidationError({"note": words})


def _resolution_of(vote: Vote, option: VoteOption) -> Resolution:
    """Proposals and elections name the member; any other resolution says its name."""
    of_member = vote.kind in (ResolutionKind.PROPOSE, ResolutionKind.ELECT)
    resolution = Resolution(
        conference=vote.conference,
        kind=vote.kind,
        text="" if of_member else option.name,
        method=vote.method,
        entitled=vote.entitled or 0,
        present=vote.present or 0,
        base_count=vote.turnout.of(Base(vote.base)),
        in_favour=option.yes or 0,
        against=option.no or 0,
        abstained=option.abstain or 0,
        membership=option.membership if of_member else None,
        award=vote.award,
        office=vote.office,
        vote=vote,
        **vote.threshold_columns,
    )
    resolution.full_clean()
    resolution.save()
    return resolution


def begin_next_round(vote: Vote, *, by: User) -> Vote:
    """Prepare the second round between the tied, or the two with the most votes."""
    with holding(vote.conference) as conference:
        require(may.can_hold_votes(by, conference))
        held = conference.votes.select_for_update(of=("self",), no_key=True).get(pk=vote.pk)
        if not held.is_announced:
            raise IllegalMove(_("A second round follows once the result has been announced."))
        if held.followers.live().exists():
            raise IllegalMove(_("The next round has been prepared."))
        options = options_of(held)
        outcome = outcome_of(held, options)
        runners = [options[at] for at in outcome.runners if not options[at].is_chosen]
        seats = held.seats - sum(one.is_chosen for one in options)
        if len(runners) < 2 or seats < 1:
            raise IllegalMove(_("There is nothing left to decide in another round."))
        return _follow(held, runners, round=held.round + 1, seats=min(seats, len(runners) - 1) or 1)


def repeat_on_paper(vote: Vote, *, by: User) -> Vote:
    """Put the question of a cancelled vote again, on printed papers."""
    with holding(vote.conference) as conference:
        require(may.can_hold_votes(by, conference))
        held = conference.votes.select_for_update(of=("self",), no_key=True).get(pk=vote.pk)
        if held.status != VoteStatus.CANCELLED or not held.is_secret:
            raise IllegalMove(_("Only a cancelled secret ballot is put again on paper."))
        if held.followers.live().exists():
            raise IllegalMove(_("The question has been put again."))
        return _follow(held, options_of(held), round=held.round, seats=held.seats, **PRINTED)


def _follow(vote: Vote, options: Sequence[VoteOption], **changed: object) -> Vote:
    """A new draft that takes up ``vote`` with these options."""
    last = vote.conference.votes.order_by("-number").values_list("number", flat=True).first()
    kept = ("kind", "title", "award", "office", "form", "most", "method", "on_paper", "is_again")
    columns = {name: getattr(vote, name) for name in (*kept, "asks_password", *vote.rule_columns())}
    follower = Vote(
        conference=vote.conference,
        number=(last or 0) + 1,
        previous=vote,
        **{**columns, **changed},
    )
    follower.full_clean(exclude=["award"])
    follower.save()
    VoteOption.objects.bulk_create(
        VoteOption(vote=follower, position=place, membership=one.membership, text=one.text)
        for place, one in enumerate(options, start=1)
    )
    return follower


def cancel_vote(vote: Vote, *, reason: str, by: User) -> Vote:
    """Break a vote off, saying why; papers cast so far are destroyed uncounted."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the vote is cancelled.")})
    with moving(vote, VoteStatus.CANCELLED, by=by, note=reason.strip()) as held:
        require(may.can_prepare_vote(by, held) if held.is_draft else may.can_end_vote(by, held))
        if BallotBox.objects.filter(vote=held).update(papers="", is_sealed=True):
            seal_marks(held)  # who had cast one stays known; in which order does not
    return held


def annul_vote(vote: Vote, *, reason: str, by: User) -> Vote:
    """Set an announced vote aside, saying why: who was elected declines, or the count is disputed.

    Its numbers stay in the record; what it decided is decided no longer. Before the minutes are
    adopted, and not once another round has followed (``IllegalMove``).
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the vote is annulled.")})
    with (
        holding(vote.conference) as conference,
        moving(vote, VoteStatus.CANCELLED, by=by, note=reason.strip()) as held,
    ):
        held.conference = conference
        require(may.can_annul(by, held))
        if held.followers.live().exists():
            raise IllegalMove(_("Another round has followed; annul that one first."))
        held.resolutions.all().delete()
        held.options.filter(is_chosen=True).update(is_chosen=False)
    return held
