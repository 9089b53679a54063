"""Everything that the conference page shows, read in one go: a constant number of queries."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from awards.ballots import votes_in
from awards.checks import rules_for
from awards.committee import accounts_for, tellers_of, warnings_on
from awards.forms.resolutions import Room, obstacles
from awards.models import (
    Absentees,
    AgendaItem,
    Attendance,
    Award,
    AwardRule,
    Conference,
    Delegate,
    FlagHandover,
    Remark,
    Resolution,
    ResolutionKind,
    RoomDecision,
    Teller,
    Vote,
    VoteRule,
)
from awards.turnout import Headcount, count_able, headcount
from awards.wording import quorum_words
from blocs.models import Membership, Office, Phase, Review, User
from scoring.cases import adopted_set
from scoring.forms.objections import ReplyForm
from scoring.models import (
    CriteriaSet,
    Criterion,
    Objection,
    ObjectionStatus,
    Score,
    ScoreChange,
    ScoreStage,
    Summary,
    SummaryStatus,
)
from scoring.tables import Row, Table, live_table, table_of

ById = Mapping[int, Membership]


@dataclass(frozen=True)
class Presence:
    """A member's line in the list of attendance, with the people who came for it."""

    membership: Membership
    attendance: Attendance | None
    delegates: tuple[Delegate, ...]


@dataclass(frozen=True)
class Candidate:
    """A member beside the choice of whom to propose: its rank, and what bars it from what."""

    row: Row
    awards: tuple[tuple[Award, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Quorum:
    """Whether enough members can vote for the conference to go on, by the first rule offered."""

    rule: VoteRule | None  # None: no rule is known
    able: int
    entitled: int

    @property
    def needed(self) -> int | None:
        """How many members it takes; 0 where the rule asks for none."""
        return math.ceil(self.rule.quorum * self.entitled) if self.rule else None

    @property
    def is_reached(self) -> bool:
        return self.able >= (self.needed or 0)

    @property
    def words(self) -> str:
        """Nothing where no quorum is asked for."""
        return quorum_words(self.rule) if self.rule else ""


@dataclass(frozen=True)
class RoomChange:
    """A score that the room changed, with who asked for it and how the room voted, if known."""

    change: ScoreChange
    decision: RoomDecision | None


@dataclass(frozen=True)
class Contested:
    """An objection on the agenda."""

    objection: Objection
    form: ReplyForm


@dataclass(frozen=True)
class Record:
    """The conference as it has been recorded so far."""

    review: Review
    conference: Conference | None
    agenda: tuple[AgendaItem, ...]
    members: tuple[Membership, ...]
    presences: tuple[Presence, ...]
    guests: tuple[Delegate, ...]
    remarks: tuple[Remark, ...]
    resolutions: tuple[Resolution, ...]
    handover: FlagHandover | None
    table: Table | None
    summary: Summary | None
    changes: tuple[RoomChange, ...]
    objections: tuple[Contested, ...]
    to_set: tuple[Score, ...]
    criteria: tuple[Criterion, ...]
    rules: tuple[AwardRule, ...]
    vote_rules: tuple[VoteRule, ...]
    accounts: tuple[User, ...]
    votes: tuple[Vote, ...]
    tellers: tuple[Teller, ...]
    teller_warnings: tuple[str, ...]
    teller_accounts: tuple[User, ...]  # of whom a teller may be named

    @property
    def attendances(self) -> tuple[Attendance, ...]:
        return tuple(one.attendance for one in self.presences if one.attendance is not None)

    @property
    def headcount(self) -> Headcount:
        return headcount(self.attendances)

    @property
    def quorum(self) -> Quorum:
        rule = self.vote_rules[0] if self.vote_rules else None
        able = count_able(self.attendances, rule.absentees if rule else Absentees.NOT_COUNTED)
        return Quorum(rule, able, len(self.members))

    @property
    def present(self) -> int:
        return sum(one.attendance is not None and one.attendance.present for one in self.presences)

    @property
    def is_attendance_complete(self) -> bool:
        return all(one.attendance is not None for one in self.presences)

    @property
    def is_adopted(self) -> bool:
        return self.summary is not None and self.summary.status == SummaryStatus.ADOPTED

    @property
    def are_settled(self) -> bool | None:
        """Whether every objection was worked through; None where there is none."""
        rows = [one.objection.status != ObjectionStatus.CARRIED for one in self.objections]
        return all(rows) if rows else None

    @property
    def room(self) -> Room:
        return Room(self.members, self.present, self.resolutions, self.vote_rules, self.attendances)

    @property
    def rows(self) -> dict[str, Row]:
        return {row.slug: row for row in self.table.rows} if self.table else {}

    def of_kind(self, kind: str) -> tuple[Resolution, ...]:
        return tuple(one for one in self.resolutions if one.kind == kind)

    @property
    def adopted_report(self) -> tuple[Resolution, ...]:
        return self.of_kind(ResolutionKind.ADOPT_REPORT)

    @property
    def adopted_summary(self) -> tuple[Resolution, ...]:
        return self.of_kind(ResolutionKind.ADOPT_SUMMARY)

    @property
    def proposed(self) -> tuple[Resolution, ...]:
        return self.of_kind(ResolutionKind.PROPOSE)

    @property
    def elected(self) -> tuple[Resolution, ...]:
        return self.of_kind(ResolutionKind.ELECT)

    @property
    def adopted_minutes(self) -> tuple[Resolution, ...]:
        return self.of_kind(ResolutionKind.ADOPT_MINUTES)

    @property
    def others(self) -> tuple[Resolution, ...]:
        return self.of_kind(ResolutionKind.OTHER)

    @property
    def has_people(self) -> bool:
        """Whether anybody in the room was entered by name."""
        return bool(self.guests) or any(one.delegates for one in self.presences)

    @property
    def next_leader(self) -> Membership | None:
        return next(
            (one.membership for one in self.elected if one.carried and one.office == Office.LEADER),
            None,
        )

    def has_carried(self, kind: str) -> bool:
        return any(one.carried for one in self.of_kind(kind))

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """By rank; each with what would keep it from each award, were nobody proposed yet."""
        by_slug = {member.agency.slug: member for member in self.members}
        return tuple(
            Candidate(
                row,
                tuple(
                    (
                        rule.award,
                        tuple(why for _at, why in obstacles(rule, row, (), by_slug[row.slug])),
                    )
                    for rule in self.rules
                ),
            )
            for row in (self.table.rows if self.table else ())
        )


def members_of(review: Review) -> tuple[Membership, ...]:
    """In protocol order, with their names."""
    return tuple(review.memberships.in_order().with_names())


def read_record(review: Review) -> Record:
    """Read the whole conference of ``review``; what does not exist yet is empty."""
    conference = Conference.objects.filter(review=review).first()
    if conference is not None:
        conference.review = review
    members = members_of(review)
    by_id = {member.pk: member for member in members}
    begun = review.has_reached(Phase.CONFERENCE)
    summary = _summary(review) if begun else None
    criteria_set = adopted_set(review) if begun else None
    delegates = tuple(conference.delegates.all()) if conference else ()
    tellers = tellers_of(conference) if conference else []
    return Record(
        review=review,
        conference=conference,
        agenda=tuple(conference.agenda.all()) if conference else (),
        members=members,
        presences=_presences(conference, members, delegates),
        guests=tuple(one for one in delegates if one.membership_id is None),
        remarks=_remarks(conference, by_id) if conference else (),
        resolutions=_resolutions(conference, by_id) if conference else (),
        handover=_handover(conference, by_id) if conference else None,
        table=_table(review, summary, criteria_set),
        summary=summary,
        changes=_changes(review, by_id) if begun else (),
        objections=_objections(review) if begun else (),
        to_set=_to_set(review, by_id) if begun else (),
        criteria=tuple(criteria_set.criteria.answerable()) if criteria_set else (),
        rules=tuple(sorted(rules_for(review), key=lambda rule: rule.award.position)),
        vote_rules=tuple(VoteRule.objects.offered_to(review.bloc)),
        accounts=accounts_of(review),
        votes=tuple(votes_in(conference)) if conference else (),
        tellers=tuple(tellers),
        teller_warnings=tuple(warnings_on(conference, tellers)) if conference else (),
        teller_accounts=tuple(accounts_for(review)) if conference and conference.is_open else (),
    )


def accounts_of(review: Review) -> tuple[User, ...]:
    """Everybody at the review's agencies who can sign in, heads before their officers."""
    accounts = User.objects.filter(is_active=True, agency__memberships__review=review)
    return tuple(accounts.order_by("agency__memberships__position", "role", "pk"))


def _objections(review: Review) -> tuple[Contested, ...]:
    """Those that the leader carried to the conference, with the form that settles each."""
    rows = Objection.objects.of(review).filter(
        status__in=[ObjectionStatus.CARRIED, ObjectionStatus.SETTLED]
    )
    return tuple(
        Contested(row, ReplyForm(auto_id=f"id_settle_{row.pk}_%s")) for row in rows.with_people()
    )


def _summary(review: Review) -> Summary | None:
    in_force = Summary.objects.filter(review=review).exclude(status=SummaryStatus.SUPERSEDED)
    summary = in_force.first()
    if summary is not None:
        summary.review = review
    return summary


def _table(
    review: Review, summary: Summary | None, criteria_set: CriteriaSet | None
) -> Table | None:
    """As adopted; before that, and once it was opened again, as the scores stand now."""
    if criteria_set is None:
        return None
    if summary is not None and summary.status == SummaryStatus.ADOPTED:
        return table_of(summary)
    return live_table(review, criteria_set)


def _presences(
    conference: Conference | None, members: Sequence[Membership], delegates: Sequence[Delegate]
) -> tuple[Presence, ...]:
    known = {one.membership_id: one for one in conference.attendances.all()} if conference else {}
    return tuple(
        Presence(
            member,
            known.get(member.pk),
            tuple(one for one in delegates if one.membership_id == member.pk),
        )
        for member in members
    )


def _remarks(conference: Conference, by_id: ById) -> tuple[Remark, ...]:
    remarks = tuple(conference.remarks.all())
    for remark in remarks:
        if remark.membership_id is not None:
            remark.membership = by_id[remark.membership_id]
    return remarks


def _resolutions(conference: Conference, by_id: ById) -> tuple[Resolution, ...]:
    rows = conference.resolutions.select_related("award", "vote")
    found = tuple(rows.prefetch_related("reservations"))
    for resolution in found:
        if resolution.membership_id is not None:
            resolution.membership = by_id[resolution.membership_id]
        for reservation in resolution.reservations.all():
            reservation.membership = by_id[reservation.membership_id]
    return found


def _handover(conference: Conference, by_id: ById) -> FlagHandover | None:
    handover = FlagHandover.objects.filter(conference=conference).first()
    if handover is not None:
        handover.from_member = by_id[handover.from_member_id]
        handover.to_member = by_id[handover.to_member_id]
    return handover


def _changes(review: Review, by_id: ById) -> tuple[RoomChange, ...]:
    """What the room changed, newest first."""
    changes = tuple(
        ScoreChange.objects.filter(score__sheet__membership__review=review, stage=ScoreStage.AGREED)
        .select_related("score__criterion", "score__sheet", "by")
        .order_by("-pk")
    )
    for change in changes:
        change.score.sheet.membership = by_id[change.score.sheet.membership_id]
    decisions = {
        one.change_id: one for one in RoomDecision.objects.filter(conference__review=review)
    }
    for decision in decisions.values():
        if decision.membership_id is not None:
            decision.membership = by_id[decision.membership_id]
    return tuple(RoomChange(change, decisions.get(change.pk)) for change in changes)


def _to_set(review: Review, by_id: ById) -> tuple[Score, ...]:
    """Criteria that the conference itself decides, and has not decided yet."""
    scores = tuple(
        Score.objects.filter(
            sheet__membership__review=review,
            criterion__document__has_key="set_by",
            agreed_at=None,
        )
        .select_related("criterion", "sheet")
        .order_by("criterion__position", "sheet__membership__position")
    )
    for score in scores:
        score.sheet.membership = by_id[score.sheet.membership_id]
    return scores
