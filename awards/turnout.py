"""Who can vote, by a rule: those present, and the absent as the rule lets them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from awards.models import Absentees, Attendance, Conference
from blocs.models import Membership


@dataclass(frozen=True)
class Voters:
    """Members in protocol order: in the room or by proxy, and in writing; of all entitled."""

    able: tuple[Membership, ...]
    in_writing: tuple[Membership, ...]
    entitled: int

    @property
    def voting(self) -> int:
        """How many votes there can be."""
        return len(self.able) + len(self.in_writing)


def voters_of(conference: Conference, absentees: str) -> Voters:
    """Who can vote now, by the attendance as it is recorded; after the closing, every member."""
    review = conference.review
    members = list(review.memberships.in_order().with_names())
    known = {one.membership_id: one for one in conference.attendances.all()}
    if conference.is_closed:
        return Voters(able=tuple(members), in_writing=(), entitled=len(members))
    return Voters(
        able=tuple(one for one in members if is_able(known.get(one.pk), absentees)),
        in_writing=tuple(one for one in members if writes(known.get(one.pk), absentees)),
        entitled=len(members),
    )


def is_able(attendance: Attendance | None, absentees: str) -> bool:
    """Votes in the room: present, or by a proxy where the rule admits one."""
    if attendance is None:
        return False
    return attendance.present or (absentees == Absentees.PROXY and bool(attendance.proxy))


def writes(attendance: Attendance | None, absentees: str) -> bool:
    """Absent, and has sent a written opinion where the rule admits one."""
    if attendance is None or attendance.present or absentees != Absentees.WRITTEN_OPINION:
        return False
    return bool(attendance.written_opinion)


@dataclass(frozen=True)
class Headcount:
    """How many members take part in which way; of whom nothing is recorded, none."""

    present: int
    by_proxy: int
    in_writing: int
    absent: int


def headcount(attendances: Iterable[Attendance]) -> Headcount:
    """A member by proxy counts as such; of the absent, those with a written opinion apart."""
    rows = list(attendances)
    absent = [one for one in rows if not (one.present or one.proxy)]
    wrote = sum(bool(one.written_opinion) for one in absent)
    return Headcount(
        present=sum(one.present for one in rows),
        by_proxy=sum(bool(one.proxy) for one in rows),
        in_writing=wrote,
        absent=len(absent) - wrote,
    )


def count_able(attendances: Iterable[Attendance], absentees: str) -> int:
    """How many votes there can be by a rule, as ``Voters.voting`` has it."""
    return sum(is_able(one, absentees) or writes(one, absentees) for one in attendances)
