"""Báo cáo tổng kết: the bloc's year-end report."""

from __future__ import annotations

from dataclasses import dataclass

from awards.documents.header import Header, PlaceDate, SignatureBlock, recipient_lines
from awards.documents.prose import Block
from awards.documents.results import Nomination, ScoreLine
from awards.documents.wording import count_words, end_mark

TEMPLATE = "documents/report.html"


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member in the table of the bloc."""

    name: str
    role: str


@dataclass(frozen=True, slots=True)
class MemberSection:
    """What a member wrote of its own year."""

    name: str
    results: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class RewardLine:
    """How many received one form of award in the year."""

    form: str
    collectives: int
    individuals: int

    @property
    def collectives_text(self) -> str:
        return count_words(self.collectives)

    @property
    def individuals_text(self) -> str:
        return count_words(self.individuals)


@dataclass(frozen=True, slots=True)
class YearEndReport:
    """Everything the year-end report prints; a part without text is left out with its heading."""

    header: Header
    place_date: PlaceDate
    bloc: str
    year: int
    office_year: int
    addressees: tuple[str, ...]
    opening: tuple[Block, ...]
    situation: tuple[Block, ...]
    members: tuple[MemberLine, ...]
    leadership: tuple[Block, ...]
    movements: tuple[Block, ...]
    member_sections: tuple[MemberSection, ...]
    exemplars: tuple[Block, ...]
    rewards: tuple[Block, ...]
    reward_lines: tuple[RewardLine, ...]
    activities: tuple[Block, ...]
    score_text: tuple[Block, ...]
    scores: tuple[ScoreLine, ...]
    score_source: str
    nominations: tuple[Nomination, ...]
    limits: tuple[Block, ...]
    causes: tuple[Block, ...]
    lessons: tuple[Block, ...]
    goals: tuple[Block, ...]
    tasks: tuple[Block, ...]
    solutions: tuple[Block, ...]
    proposals: tuple[Block, ...]
    closing: str
    recipients: tuple[str, ...]
    signature: SignatureBlock

    @property
    def subject(self) -> str:
        return (
            f"Tổng kết công tác thi đua, khen thưởng năm {self.year} và phương hướng, "
            f"nhiệm vụ năm {self.office_year} của {self.bloc}"
        )

    @property
    def title(self) -> str:
        return f"Báo cáo {self.subject[0].lower()}{self.subject[1:]}"

    @property
    def created(self) -> str:
        return self.place_date.day.isoformat() if self.place_date.day else ""

    @property
    def reported_sections(self) -> tuple[MemberSection, ...]:
        return tuple(section for section in self.member_sections if section.results)

    @property
    def has_results(self) -> bool:
        return any(
            (
                self.leadership,
                self.movements,
                self.reported_sections,
                self.exemplars,
                self.rewards,
                self.reward_lines,
                self.activities,
                self.has_ranking,
            )
        )

    @property
    def has_ranking(self) -> bool:
        return bool(self.score_text or self.scores or self.nominations)

    @property
    def scores_noted(self) -> bool:
        return any(line.note for line in self.scores)

    @property
    def has_limits(self) -> bool:
        return bool(self.limits or self.causes or self.lessons)

    @property
    def has_directions(self) -> bool:
        return bool(self.goals or self.tasks or self.solutions)

    @property
    def member_count(self) -> str:
        return count_words(len(self.members))

    @property
    def closing_text(self) -> str:
        return end_mark(self.closing or f"Trên đây là {self.title}")

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        return recipient_lines(self.recipients, addressed=bool(self.addressees))
