"""Báo cáo tổng kết: the bloc's year-end report."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from awards.documents.header import Header, PlaceDate, SignatureBlock, recipient_lines
from awards.documents.layout import Layout
from awards.documents.prose import Block
from awards.documents.report_annexes import (
    ExemplarGroup,
    MemberRewards,
    RewardLine,
    RewardTable,
    annex_labels,
    reward_tables,
)
from awards.documents.results import Nomination, ScoreLine
from awards.documents.summary import Annex, SummaryTable
from awards.documents.wording import (
    blank_date,
    count_words,
    end_mark,
    long_date,
    points,
)

TEMPLATE = "documents/report.html"


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member in the table of the bloc."""

    name: str
    role: str
    staff: int | None = None
    head: str = ""  # name and position

    @property
    def staff_text(self) -> str:
        return "" if self.staff is None else points(Decimal(self.staff), 0)


@dataclass(frozen=True, slots=True)
class MemberSection:
    """What a member wrote of its own year."""

    name: str
    results: tuple[Block, ...]


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
    score_table: SummaryTable | None = None
    exemplar_groups: tuple[ExemplarGroup, ...] = ()
    member_rewards: tuple[MemberRewards, ...] = ()

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
                self.has_exemplars,
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
    def has_exemplars(self) -> bool:
        return bool(self.exemplars or self.exemplar_lists)

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
    def shows_staff(self) -> bool:
        return any(member.staff is not None for member in self.members)

    @property
    def shows_heads(self) -> bool:
        return any(member.head for member in self.members)

    @property
    def opening_blocks(self) -> tuple[Block, ...]:
        """The opening; form 1.4 demands one, so an unwritten one says what is reported."""
        return self.opening or (
            Block(
                "paragraph",
                f"{self.bloc} báo cáo kết quả công tác thi đua, khen thưởng năm {self.year} và "
                f"phương hướng, nhiệm vụ năm {self.office_year} như sau:",
            ),
        )

    @property
    def member_count(self) -> str:
        return count_words(len(self.members))

    @property
    def closing_text(self) -> str:
        return end_mark(self.closing or f"Trên đây là {self.title}")

    @property
    def recipient_lines(self) -> tuple[str, ...]:
        return recipient_lines(self.recipients, addressed=bool(self.addressees))

    # --- annexes: numbered where there are several, left out where they have no rows

    @property
    def year_of_bloc(self) -> str:
        return f"Năm {self.year} của {self.bloc}"

    @property
    def exemplar_lists(self) -> tuple[ExemplarGroup, ...]:
        return tuple(group for group in self.exemplar_groups if group.lines)

    @property
    def reward_tables(self) -> tuple[RewardTable, ...]:
        return reward_tables(self.member_rewards, self.reward_lines)

    @property
    def annexes(self) -> dict[str, Annex]:
        """Head of each annex that is printed, by what it holds."""
        present = {
            "scores": self.score_table is not None and bool(self.score_table.rows),
            "exemplars": bool(self.exemplar_lists),
            "rewards": any(member.lines for member in self.member_rewards),
        }
        day = self.place_date.day
        dated = long_date(day) if day else blank_date(self.place_date.year)
        reference = f"(Kèm theo Báo cáo số {self.header.reference} {dated} của {self.bloc})"
        labels = annex_labels(tuple(name for name, is_there in present.items() if is_there))
        return {name: Annex(label, reference) for name, label in labels.items()}

    def measures_in(self, layout: Layout) -> str:
        """What the annexed score table needs of the stylesheet."""
        return self.score_table.measures_in(layout) if self.score_table else ""

    @property
    def annexed_table(self) -> SummaryTable | None:
        annex = self.annexes.get("scores")
        return replace(self.score_table, annex=annex) if self.score_table and annex else None

    @property
    def score_reference(self) -> str:
        annex = self.annexes.get("scores")
        return f"(Chi tiết tại {annex.label} kèm theo)" if annex else self.score_source

    @property
    def exemplar_reference(self) -> str:
        """How many the members name, and where they are listed."""
        annex = self.annexes.get("exemplars")
        if annex is None:
            return ""
        counts = [
            f"{count_words(len(group.lines))} {group.title.lower()}"
            for group in self.exemplar_lists
        ]
        return (
            f"Các đơn vị thành viên giới thiệu {' và '.join(counts)} điển hình tiên tiến "
            f"(danh sách tại {annex.label} kèm theo)."
        )

    @property
    def reward_reference(self) -> str:
        annex = self.annexes.get("rewards")
        return f"(Số liệu của từng đơn vị tại {annex.label} kèm theo)" if annex else ""

    @property
    def without_rewards(self) -> str:
        """Members whose reports give no numbers: that is not a nought."""
        return "; ".join(member.name for member in self.member_rewards if not member.lines)
