"""What the hall may see of votes and resolutions: nothing of a vote before it is announced.

The ballot box and the members' marks are never read here; of the roll only how many there are
and how many have voted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from awards.ballots import votes_in
from awards.documents.wording import percent
from awards.models import (
    AgendaItem,
    AgendaKind,
    Conference,
    PaperForm,
    Resolution,
    ResolutionKind,
    Vote,
    VoteOption,
    VoteStatus,
)
from awards.votes.rules import Base

# What an item's votes and resolutions are about.
VOTES_ON = {
    AgendaKind.PROPOSALS: ResolutionKind.PROPOSE,
    AgendaKind.ELECTION: ResolutionKind.ELECT,
}
RESOLVES = {
    AgendaKind.REPORT: (ResolutionKind.ADOPT_REPORT,),
    AgendaKind.ADOPTION: (ResolutionKind.ADOPT_REPORT, ResolutionKind.ADOPT_SUMMARY),
    AgendaKind.PROPOSALS: (ResolutionKind.PROPOSE,),
    AgendaKind.ELECTION: (ResolutionKind.ELECT,),
    AgendaKind.CLOSING: (ResolutionKind.ADOPT_MINUTES,),
}


@dataclass(frozen=True)
class Running:
    """A vote that is not announced: its question, and of an open ballot how many have voted.

    ``cast`` and ``voters`` are None where the portal has no box to count: hands, printed papers.
    """

    title: str
    round: int
    status: str
    get_status_display: str
    cast: int | None = None
    voters: int | None = None

    @property
    def is_open(self) -> bool:
        return self.status == VoteStatus.OPEN

    @property
    def is_counted(self) -> bool:
        return self.status == VoteStatus.COUNTED


@dataclass(frozen=True)
class OptionResult:
    """What an option got; ``ratio`` in percent of what the rule measures against."""

    name: str
    yes: int
    no: int
    abstain: int
    ratio: str
    is_chosen: bool


@dataclass(frozen=True)
class Result:
    """An announced vote."""

    title: str
    round: int
    options: tuple[OptionResult, ...]
    is_choice: bool  # options were chosen, so that nobody voted against any
    base: str
    whole: int

    @property
    def chosen(self) -> list[str]:
        return [option.name for option in self.options if option.is_chosen]


@dataclass(frozen=True)
class Decided:
    """A resolution taken at once, without a vote of its own."""

    resolution: Resolution
    ratio: str


def running_votes(conference: Conference, *statuses: str) -> tuple[Running, ...]:
    """Votes of the conference in these states, in one query."""
    votes = votes_in(conference).filter(status__in=statuses).defer("definition")
    return tuple(
        _running(vote, vote.cast, vote.on_roll)  # type: ignore[attr-defined]
        for vote in votes
    )


def _running(vote: Vote, cast: int, voters: int) -> Running:
    numbers = (cast, voters) if vote.is_electronic and vote.is_open else (None, None)
    return Running(vote.title, vote.round, vote.status, vote.get_status_display(), *numbers)


def results_of(conference: Conference, item: AgendaItem) -> tuple[Result, ...]:
    """Votes announced on what the item is about; on any other item, those announced in it."""
    votes = conference.votes.filter(status=VoteStatus.ANNOUNCED)
    kind = VOTES_ON.get(AgendaKind(item.kind))
    if kind is not None:
        votes = votes.filter(kind=kind)
    else:
        votes = votes.filter(
            kind=ResolutionKind.OTHER,
            changes__to_status=VoteStatus.ANNOUNCED,
            changes__at__gte=item.started_at,
        )
    options = VoteOption.objects.select_related(
        "membership__agency", "membership__review"
    ).prefetch_related("membership__agency__names")
    rows = votes.order_by("number").prefetch_related(Prefetch("options", options))
    return tuple(_result(vote, list(vote.options.all())) for vote in rows)


def _result(vote: Vote, options: Sequence[VoteOption]) -> Result:
    whole = vote.turnout.of(Base(vote.base))
    return Result(
        title=vote.title,
        round=vote.round,
        options=tuple(
            OptionResult(
                one.name,
                one.yes or 0,
                one.no or 0,
                one.abstain or 0,
                percent(one.yes or 0, whole),
                one.is_chosen,
            )
            for one in options
        ),
        is_choice=vote.form != PaperForm.APPROVE,
        base=vote.get_base_display(),
        whole=whole,
    )


def decided_at(conference: Conference, item: AgendaItem) -> tuple[Decided, ...]:
    """Resolutions on what the item is about that were recorded without a vote of their own."""
    kinds = RESOLVES.get(AgendaKind(item.kind), ())
    rows = conference.resolutions.filter(kind__in=kinds, vote=None)
    named = rows.select_related(
        "award", "membership__agency", "membership__review"
    ).prefetch_related("membership__agency__names")
    return tuple(Decided(row, percent(row.in_favour, row.base_count)) for row in named)
