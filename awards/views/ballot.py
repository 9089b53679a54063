"""The page of one vote: what is known of it, by its state and by who reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from awards import permissions as may
from awards.ballots import is_against_ranking, options_of, outcome_of, told_apart, votes_in
from awards.forms.casting import CastForm, WrittenForm
from awards.forms.results import AnnounceForm, AnnulForm, CancelForm, CountForm
from awards.models import Absentees, Mark, ResolutionKind, Vote, VoteOption, VoteStatus
from awards.readiness import missing_to_open_vote
from awards.turnout import voters_of
from awards.votes.outcome import Outcome
from awards.votes.rules import Base
from awards.wording import quorum_words, reached_words, threshold_words
from blocs.http import PortalRequest
from blocs.models import Membership, User
from blocs.permissions import Verdict, serves_leader
from blocs.readiness import Missing

from .lookup import seen_conference
from .record import members_of


@dataclass(frozen=True)
class Line:
    """An option with its numbers in words, once there is a count to show."""

    option: VoteOption
    share: str = ""
    passes: bool = False  # has enough votes
    wins: bool = False  # and a seat


@dataclass(frozen=True)
class Seat:
    """A member whose paper this account casts: its form, or none once it has voted."""

    membership: Membership
    voted: bool
    form: CastForm | None


@dataclass(frozen=True)
class Deeds:
    """What the reader may do with the vote, each with the reason where not."""

    prepare: Verdict
    open: Verdict
    end: Verdict
    count: Verdict
    announce: Verdict
    annul: Verdict
    follow: Verdict  # another round, or again on printed papers
    see_count: Verdict

    @property
    def cancel(self) -> Verdict:
        return self.prepare if self.prepare else self.end


@dataclass(frozen=True)
class Result:
    """A count that the reader may see."""

    outcome: Outcome
    whole: int  # what the votes are measured against
    tied: tuple[VoteOption, ...]
    runners: tuple[VoteOption, ...]
    told: tuple[VoteOption, ...]  # where the numbers tell how each voted
    against_ranking: bool


@dataclass(frozen=True)
class Page:
    """All that the template draws."""

    vote: Vote
    lines: tuple[Line, ...]
    deeds: Deeds
    forms: Mapping[str, forms.BaseForm]
    seats: tuple[Seat, ...]
    writers: tuple[WrittenForm, ...]
    missing: list[Missing]
    result: Result | None
    threshold: str
    quorum: str
    cast: int
    on_roll: int
    follower: Vote | None
    reason: str  # why it was cancelled
    keeps: bool  # the reader belongs to the secretariat

    @property
    def is_cancelled(self) -> bool:
        return self.vote.status == VoteStatus.CANCELLED

    @property
    def has_seats_left(self) -> bool:
        """Whether another round would have something to decide."""
        chosen = sum(line.option.is_chosen for line in self.lines)
        runners = self.result.runners if self.result else ()
        return chosen < self.vote.seats and len(runners) > 1


def vote_or_404(request: PortalRequest, bloc: str, year: int, number: int) -> Vote:
    conference = seen_conference(request, bloc, year)
    rows = votes_in(conference).select_related("award", "previous", "summary")
    vote: Vote = get_object_or_404(rows, number=number)
    vote.conference = conference
    if vote.previous is not None:
        vote.previous.conference = conference
    return vote


def deeds_of(user: User, vote: Vote) -> Deeds:
    return Deeds(
        prepare=may.can_prepare_vote(user, vote),
        open=may.can_open_vote(user, vote),
        end=may.can_end_vote(user, vote),
        count=may.can_count_hands(user, vote),
        announce=may.can_announce(user, vote),
        annul=may.can_annul(user, vote),
        follow=may.can_hold_votes(user, vote.conference),
        see_count=may.can_see_count(user, vote),
    )


def marks_held_by(user: User, vote: Vote) -> list[Mark]:
    """The roll's members whose papers this account casts, whether they have voted or not."""
    if not vote.is_electronic:
        return []
    voters = dict(vote.conference.attendances.values_list("membership", "voter"))
    marks = vote.roll.select_related("membership__agency", "membership__review")
    return [
        mark
        for mark in marks.prefetch_related("membership__agency__names")
        if may.holds_paper_of(user, mark.membership, voters.get(mark.membership_id))
    ]


def seats_of(request: PortalRequest, vote: Vote, options: Sequence[VoteOption]) -> tuple[Seat, ...]:
    """The papers that this account casts; a form only while there is one left to cast."""
    data = request.POST if request.method == "POST" else None
    return tuple(
        Seat(
            mark.membership,
            mark.voted,
            None
            if mark.voted or not vote.is_open
            else CastForm(
                data,
                vote=vote,
                options=options,
                membership=mark.membership,
                user=request.user,
            ),
        )
        for mark in marks_held_by(request.user, vote)
    )


def writers_of(
    request: PortalRequest, vote: Vote, options: Sequence[VoteOption]
) -> tuple[WrittenForm, ...]:
    """A form for each absent member whose written opinion can still be taken up."""
    if vote.absentees != Absentees.WRITTEN_OPINION or not (vote.is_draft or vote.is_open):
        return ()
    if not may.can_hold_votes(request.user, vote.conference):
        return ()
    data = request.POST if request.method == "POST" else None
    return tuple(
        WrittenForm(data, vote=vote, options=options, membership=one)
        for one in voters_of(vote.conference, vote.absentees).in_writing
    )


def result_for(vote: Vote, options: Sequence[VoteOption]) -> Result:
    outcome = outcome_of(vote, options)
    chosen = [at for at, one in enumerate(options) if one.is_chosen or at in outcome.chosen]
    return Result(
        outcome=outcome,
        whole=vote.turnout.of(Base(vote.base)),
        tied=tuple(options[at] for at in outcome.tied),
        runners=tuple(options[at] for at in outcome.runners if not options[at].is_chosen),
        told=tuple(told_apart(vote, options)) if vote.is_secret else (),
        against_ranking=(
            vote.kind == ResolutionKind.PROPOSE and is_against_ranking(options, chosen)
        ),
    )


def lines_of(vote: Vote, options: Sequence[VoteOption], result: Result | None) -> tuple[Line, ...]:
    if result is None:
        return tuple(Line(one) for one in options)
    outcome = result.outcome
    return tuple(
        Line(
            one,
            reached_words(one.yes or 0, result.whole, vote.base),
            passes=at in outcome.passing,
            wins=at in outcome.chosen,
        )
        for at, one in enumerate(options)
    )


def show_vote(
    request: PortalRequest,
    vote: Vote,
    *,
    status: int = 200,
    seats: tuple[Seat, ...] | None = None,
    writers: tuple[WrittenForm, ...] | None = None,
    **bound: forms.BaseForm,
) -> HttpResponse:
    """Draw the page; forms given by name come back with what was typed and what is wrong."""
    user, options = request.user, options_of(vote)
    deeds = deeds_of(user, vote)
    result = result_for(vote, options) if vote.result_sha256 and deeds.see_count else None
    page = Page(
        vote=vote,
        lines=lines_of(vote, options, result),
        deeds=deeds,
        forms=_forms(vote, options, deeds, result) | bound,
        seats=seats_of(request, vote, options) if seats is None else seats,
        writers=writers_of(request, vote, options) if writers is None else writers,
        missing=missing_to_open_vote(vote) if vote.is_draft and deeds.follow else [],
        result=result,
        threshold=threshold_words(vote),
        quorum=quorum_words(vote),
        cast=vote.cast,  # type: ignore[attr-defined]
        on_roll=vote.on_roll,  # type: ignore[attr-defined]
        follower=_follower(vote),
        reason=_reason(vote),
        keeps=serves_leader(user, vote.conference.review),
    )
    context = {
        "review": vote.conference.review,
        "page": page,
        "vote": vote,
        "may_print": may.can_print_papers(user, vote),
        "may_see_tallies": may.can_see_tallies(user, vote),
    }
    return render(request, "awards/vote_detail.html", context, status=status)


def _forms(
    vote: Vote, options: Sequence[VoteOption], deeds: Deeds, result: Result | None
) -> dict[str, forms.BaseForm]:
    drawn: dict[str, forms.BaseForm] = {"cancel": CancelForm(), "annul": AnnulForm()}
    if deeds.count:
        drawn["count"] = CountForm(vote=vote, options=options)
    if deeds.announce and result is not None:
        drawn["announce"] = announce_form(vote, options, result.outcome)
    return drawn


def announce_form(
    vote: Vote,
    options: Sequence[VoteOption],
    outcome: Outcome,
    data: object = None,
) -> AnnounceForm:
    return AnnounceForm(
        data,  # type: ignore[arg-type]
        vote=vote,
        options=options,
        outcome=outcome,
        members=members_of(vote.conference.review),
    )


def _follower(vote: Vote) -> Vote | None:
    follower = vote.followers.live().first()
    if follower is not None:
        follower.conference = vote.conference
    return follower


def _reason(vote: Vote) -> str:
    if vote.status != VoteStatus.CANCELLED:
        return ""
    return vote.changes.filter(to_status=VoteStatus.CANCELLED).values_list("note", flat=True)[0]
