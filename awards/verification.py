"""Recounting what was counted: does a closed electronic ballot still agree with its records?

``verify`` compares the stored numbers with the papers in the sealed box, the marks of the roll,
the hashes fixed at opening and at closing, the history and the resolutions. It changes nothing.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from awards.ballots import counts_of, definition_of, options_of, outcome_of, paper_of, result_of
from awards.models import BallotBox, Method, Vote, VoteOption, VoteStatus
from awards.votes import papers
from awards.votes.outcome import CountError, check_count
from blocs.canonical import sha256_of
from blocs.models import Membership

# The bloc may be given another name later; all else in a definition stands.
RENAMED = {"review"}
PATHS = {
    VoteStatus.COUNTED: [VoteStatus.OPEN, VoteStatus.COUNTED],
    VoteStatus.ANNOUNCED: [VoteStatus.OPEN, VoteStatus.COUNTED, VoteStatus.ANNOUNCED],
    VoteStatus.CANCELLED: [  # annulled: one that was never counted is not recounted
        *(VoteStatus.OPEN, VoteStatus.COUNTED, VoteStatus.ANNOUNCED, VoteStatus.CANCELLED),
    ],
}


@dataclass(frozen=True)
class Finding:
    """What the verification of one vote found; ``papers`` is None where they were destroyed."""

    vote: Vote
    papers: int | None
    faults: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        return not self.faults

    def __str__(self) -> str:
        if self.faults:
            return f"{name_of(self.vote)}: DOES NOT AGREE: {'; '.join(self.faults)}"
        if self.papers is None:
            return f"{name_of(self.vote)}: papers destroyed, numbers and hashes agree"
        return f"{name_of(self.vote)}: {self.papers} papers, all agrees"


def name_of(vote: Vote) -> str:
    review = vote.conference.review
    return f"{review.bloc.slug} {review.year}, vote {vote.number}"


def electronic_votes() -> Sequence[Vote]:
    """Every vote with a box in the portal, in the order of reviews and numbers."""
    rows = Vote.objects.filter(method=Method.SECRET_BALLOT, on_paper=False).select_related(
        "conference__review__bloc", "award", "summary"
    )
    return list(rows.order_by("conference__review__bloc", "conference__review__year", "number"))


def open_ballots() -> list[Vote]:
    return [vote for vote in electronic_votes() if vote.is_open]


def counted_ballots() -> list[Vote]:
    return [vote for vote in electronic_votes() if vote.is_counted or vote.is_annulled]


def announced_before(day: datetime.date) -> list[Vote]:
    """Counted ballots whose result was announced before ``day``."""
    found = []
    for vote in counted_ballots():
        move = vote.changes.filter(to_status=VoteStatus.ANNOUNCED).first()
        if move is not None and timezone.localtime(move.at).date() < day:
            found.append(vote)
    return found


def verify(vote: Vote) -> Finding:
    """Everything that a counted electronic vote has to agree with."""
    options = options_of(vote)
    box = BallotBox.objects.filter(vote=vote).first()
    lying = papers.papers_in(box.papers) if box else []
    destroyed = bool(box) and not lying and vote.roll.filter(voted=True).exists()
    faults = [
        *_of_definition(vote, options),
        *_of_box(vote, box),
        *_of_numbers(vote, options),
        *([] if destroyed or box is None else _of_recount(vote, options, lying)),
        *_of_history(vote),
        *_of_outcome(vote, options),
    ]
    return Finding(vote, None if destroyed else len(lying), tuple(faults))


def _of_definition(vote: Vote, options: Sequence[VoteOption]) -> Iterator[str]:
    if sha256_of(vote.definition) != vote.definition_sha256:
        yield "the definition does not have its hash"
    try:
        stored = json.loads(vote.definition)
    except ValueError:
        yield "the definition cannot be read"
        return
    now = json.loads(definition_of(vote, options, _roll_of(vote)))
    for name in sorted((now.keys() | stored.keys()) - RENAMED):
        if stored.get(name) != now.get(name):
            yield f"“{name}” is not what the definition says"


def _roll_of(vote: Vote) -> list[Membership]:
    order = [member.pk for member in vote.conference.review.memberships.in_order()]
    marks = vote.roll.select_related("membership__agency")
    return sorted((mark.membership for mark in marks), key=lambda one: order.index(one.pk))


def _of_box(vote: Vote, box: BallotBox | None) -> Iterator[str]:
    if box is None:
        yield "there is no box"
    elif not box.is_sealed:
        yield "the box is not sealed"
    elif box.papers != "\n".join(sorted(papers.papers_in(box.papers))):
        yield "the papers are not sorted"


def _of_numbers(vote: Vote, options: Sequence[VoteOption]) -> Iterator[str]:
    """What holds with and without the papers."""
    if sha256_of(result_of(vote, options)) != vote.result_sha256:
        yield "the result does not have its hash"
    marks = list(vote.roll.values_list("voted", flat=True))
    written = vote.written_votes.count()
    if vote.written != written:
        yield f"{written} written votes, {vote.written} counted"
    if vote.returned != sum(marks) + written:
        yield f"{sum(marks)} marks and {written} written votes, {vote.returned} papers counted"
    if vote.issued != len(marks) + written:
        yield f"{len(marks)} on the roll and {written} in writing, {vote.issued} papers issued"
    try:
        check_count(papers.Form(vote.form), vote.turnout, counts_of(options), most=vote.most)
    except CountError as broken:
        yield f"the numbers break “{broken.identity}”"


def _of_recount(vote: Vote, options: Sequence[VoteOption], lying: Sequence[str]) -> Iterator[str]:
    marks = vote.roll.filter(voted=True).count()
    if len(lying) != marks:
        yield f"{len(lying)} papers in the box, {marks} marks"
    written = list(vote.written_votes.values_list("paper", flat=True))
    try:
        tally = papers.count(
            paper_of(vote, options), [*lying, *written], blank_is_valid=vote.blank_is_valid
        )
    except papers.PaperError:
        yield "a paper in the box is not one of this question"
        return
    for name in ("returned", "valid", "blank"):
        if getattr(vote, name) != getattr(tally, name):
            yield f"{name}: {getattr(tally, name)} recounted, {getattr(vote, name)} stored"
    for place, option in enumerate(options):
        recounted = (tally.yes[place], tally.no[place], tally.abstain[place])
        stored = (option.yes, option.no, option.abstain)
        if recounted != stored:
            yield f"option {option.position}: {recounted} recounted, {stored} stored"


def _of_history(vote: Vote) -> Iterator[str]:
    moves = list(vote.changes.order_by("pk"))
    path = [VoteStatus.DRAFT, *PATHS[VoteStatus(vote.status)]]
    if [(one.from_status, one.to_status) for one in moves] != list(
        zip(path, path[1:], strict=False)
    ):
        yield "the history is not that of a vote in this state"
    if any(later.at < earlier.at for earlier, later in zip(moves, moves[1:], strict=False)):
        yield "the history is not in the order of its times"


def _of_outcome(vote: Vote, options: Sequence[VoteOption]) -> Iterator[str]:
    """Chosen are those that the rule chooses, and of the tied whom the chair named."""
    chosen = {place for place, option in enumerate(options) if option.is_chosen}
    if not vote.is_announced:
        if chosen:
            yield "somebody is chosen without an announcement that stands"
        return
    outcome = outcome_of(vote, options)
    if not set(outcome.chosen) <= chosen <= {*outcome.chosen, *outcome.tied}:
        yield "others are chosen than the rule chooses"
    if len(chosen) > vote.seats:
        yield "more are chosen than there are seats"
    numbers = vote.resolutions.values_list("in_favour", "against", "abstained")
    if sorted(numbers) != sorted(
        (options[place].yes, options[place].no, options[place].abstain) for place in chosen
    ):
        yield "the resolutions are not those of the chosen"
    members = set(vote.resolutions.exclude(membership=None).values_list("membership", flat=True))
    if not members <= {options[place].membership_id for place in chosen}:
        yield "a resolution names somebody who was not chosen"
