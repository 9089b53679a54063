"""Biên bản hội nghị: the minutes of the year-end conference (form 1.9 of Decree 30/2020)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from awards.documents.header import Header, SignatureBlock, recipient_lines
from awards.documents.minutes_votes import HeldVote
from awards.documents.prose import Block
from awards.documents.results import Nomination, ScoreLine
from awards.documents.wording import (
    capitalised,
    count_words,
    end_mark,
    long_date,
    percent,
    points,
    time_words,
)

TEMPLATE = "documents/minutes.html"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the room; ``name`` carries the form of address (ông, bà)."""

    name: str
    position: str = ""

    @property
    def line(self) -> str:
        return ", ".join(part for part in (capitalised(self.name), self.position) if part)


@dataclass(frozen=True, slots=True)
class Delegation:
    """Those who sat for one member."""

    member: str
    delegates: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class Absence:
    """A member nobody sat for, and why; who voted for it, and what it sent in writing."""

    member: str
    reason: str = ""
    proxy: str = ""
    opinion: tuple[Block, ...] = ()

    @property
    def line(self) -> str:
        proxy = f"ủy quyền biểu quyết: {self.proxy}" if self.proxy else ""
        known = "; ".join(part for part in (self.reason, proxy) if part)
        return f"{self.member} ({known})" if known else self.member


@dataclass(frozen=True, slots=True)
class Remark:
    """What one member or person said."""

    speaker: str
    text: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Contested:
    """An objection that came before the conference, and what the conference said to it."""

    member: str
    criterion: str
    reason: tuple[Block, ...]
    reply: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ScoreChange:
    """A score that the room changed, with the reason it gave."""

    member: str
    criterion: str
    before: Decimal | None
    after: Decimal | None
    reason: str
    places: int = 2
    asked_by: str = ""
    in_favour: int | None = None  # of ``voters``, where the room voted
    voters: int = 0

    @property
    def reason_text(self) -> str:
        if self.in_favour is None:
            return self.reason
        vote = f"{count_words(self.in_favour)}/{count_words(self.voters)}"
        return f"{self.reason} (biểu quyết: đồng ý {vote})".strip()

    @property
    def before_text(self) -> str:
        return points(self.before, self.places)

    @property
    def after_text(self) -> str:
        return points(self.after, self.places)


@dataclass(frozen=True, slots=True)
class Vote:
    """One question put to the room: ``in_favour`` out of ``base`` members."""

    question: str
    method: str
    present: int
    in_favour: int
    base: int
    against: int = 0
    abstained: int = 0
    reservations: tuple[Remark, ...] = ()
    unit: str = ""  # đơn vị có mặt: what ``base`` counts, where it is not all members
    needed: str = ""  # ít nhất 2/3 tổng số đơn vị thành viên, where it is not the usual majority
    carried: bool = True

    @property
    def sentence(self) -> str:
        rest = "".join(
            f"; {words} {count_words(count)}"
            for words, count in (
                ("không đồng ý", self.against),
                ("không có ý kiến", self.abstained),
            )
            if count
        )
        unit = f" {self.unit}" if self.unit else ""
        needed = f" (mức cần đạt: {self.needed})" if self.needed else ""
        failed = "" if self.carried else "; không được thông qua"
        return (
            f"{self.question}: {self.method}; có mặt {count_words(self.present)} đơn vị; đồng ý "
            f"{count_words(self.in_favour)}/{count_words(self.base)}{unit}, đạt tỷ lệ "
            f"{percent(self.in_favour, self.base)}{needed}{rest}{failed}."
        )


@dataclass(frozen=True, slots=True)
class Elected:
    """A member chosen for next year's office."""

    office: str  # Khối trưởng
    member: str
    vote: str = ""

    @property
    def line(self) -> str:
        vote = f" ({self.vote})" if self.vote else ""
        return f"{self.office}: {self.member}{vote}"


@dataclass(frozen=True, slots=True)
class Handover:
    """The rotating flag going from one member to the next."""

    giver: str
    taker: str
    note: str = ""

    @property
    def sentence(self) -> str:
        note = f" {capitalised(self.note.rstrip('.'))}." if self.note else ""
        return f"{capitalised(self.giver)} trao cờ luân lưu của Khối cho {self.taker}.{note}"


@dataclass(frozen=True, slots=True)
class Minutes:
    """Everything the minutes print; proceedings that did not take place are left out.

    There is no place-and-date line: form 1.9 states day and place in the text.
    """

    header: Header
    bloc: str
    year: int
    office_year: int
    day: datetime.date
    started_at: datetime.time | None
    venue: str
    member_count: int
    present_count: int
    delegations: tuple[Delegation, ...]
    absences: tuple[Absence, ...]
    guests: tuple[Person, ...]
    chair: Person
    secretary: Person
    opening: tuple[Block, ...]
    report: tuple[Block, ...]
    score_text: tuple[Block, ...]
    scores: tuple[ScoreLine, ...]
    score_source: str
    discussion: tuple[Block, ...]
    remarks: tuple[Remark, ...]
    score_changes: tuple[ScoreChange, ...]
    votes: tuple[Vote, ...]
    nomination_text: tuple[Block, ...]
    nominations: tuple[Nomination, ...]
    elected: tuple[Elected, ...]
    handover: Handover | None
    board_remarks: tuple[Remark, ...]
    conclusion: tuple[Block, ...]
    adopted_at: datetime.time | None
    ended_at: datetime.time | None
    recipients: tuple[str, ...]
    secretary_signature: SignatureBlock
    chair_signature: SignatureBlock
    objections: tuple[Contested, ...] = ()
    outcomes: tuple[Remark, ...] = ()  # of items of the agenda
    tellers: tuple[Person, ...] = ()
    held_votes: tuple[HeldVote, ...] = ()
    adoption: Vote | None = None  # how the room voted on the minutes themselves

    @property
    def subject(self) -> str:
        return f"Hội nghị tổng kết và bình xét thi đua năm {self.year} {self.bloc}"

    @property
    def title(self) -> str:
        return f"Biên bản {self.subject[0].lower()}{self.subject[1:]}"

    @property
    def created(self) -> str:
        return self.day.isoformat()

    @property
    def beginning(self) -> str:
        return (
            f"Hôm nay, vào lúc {time_words(self.started_at)}, {long_date(self.day)}, tại "
            f"{self.venue}, {self.bloc} tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng "
            f"năm {self.year}, phương hướng, nhiệm vụ năm {self.office_year} và bình xét thi đua."
        )

    @property
    def attendance(self) -> str:
        absent = self.member_count - self.present_count
        rest = f"; vắng {count_words(absent)}" if absent else ""
        return (
            f"Đơn vị thành viên: có mặt {count_words(self.present_count)}/"
            f"{count_words(self.member_count)}{rest}."
        )

    @property
    def absence_line(self) -> str:
        return "; ".join(absence.line for absence in self.absences)

    @property
    def written_opinions(self) -> tuple[Remark, ...]:
        return tuple(Remark(one.member, one.opinion) for one in self.absences if one.opinion)

    @property
    def scores_noted(self) -> bool:
        return any(line.note for line in self.scores)

    @property
    def names_askers(self) -> bool:
        """Whether it is known of any changed score who asked for it."""
        return any(change.asked_by for change in self.score_changes)

    @property
    def has_discussion(self) -> bool:
        return bool(self.discussion or self.remarks or self.objections or self.score_changes)

    @property
    def ending(self) -> str:
        vote = self.adoption
        agreed = "các thành viên dự họp thống nhất"
        if vote is not None and vote.in_favour < vote.present:
            agreed = (
                f"{vote.method}; đồng ý {count_words(vote.in_favour)}/{count_words(vote.present)} "
                "đơn vị tham gia biểu quyết"
            )
        adopted = (
            f"Biên bản được thông qua lúc {time_words(self.adopted_at)}, {long_date(self.day)}, "
            f"{agreed}"
        )
        ended = f". Hội nghị kết thúc vào {time_words(self.ended_at)}, {long_date(self.day)}"
        return end_mark(adopted + (ended if self.ended_at else ""))

    @property
    def signatures(self) -> tuple[SignatureBlock, ...]:
        return self.secretary_signature, self.chair_signature

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        return recipient_lines(self.recipients)
