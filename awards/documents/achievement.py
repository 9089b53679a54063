"""Báo cáo thành tích: what a proposed member achieved, and what it was given before."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from awards.documents.header import Header, PlaceDate, SignatureBlock
from awards.documents.prose import Block
from awards.documents.wording import end_mark, points

TEMPLATE = "documents/achievement.html"


@dataclass(frozen=True, slots=True)
class FigureLine:
    """Points of one group (or bonus, penalty, total) in the table that the conference adopted."""

    name: str
    most: Decimal | None  # None: no maximum
    claimed: Decimal | None
    agreed: Decimal | None
    places: int = 2
    is_total: bool = False

    @property
    def most_text(self) -> str:
        return points(self.most, self.places)

    @property
    def claimed_text(self) -> str:
        return points(self.claimed, self.places)

    @property
    def agreed_text(self) -> str:
        return points(self.agreed, self.places)


@dataclass(frozen=True, slots=True)
class PastLine:
    """A title or a reward received before."""

    year: int
    name: str
    decision_number: str
    decision_date: datetime.date
    authority: str

    @property
    def year_text(self) -> str:
        return str(self.year)

    @property
    def decision(self) -> str:
        return (
            f"Quyết định số {self.decision_number} ngày {self.decision_date:%d/%m/%Y} của "
            f"{self.authority}"
        )


@dataclass(frozen=True, slots=True)
class AchievementReport:
    """Everything the report prints; a part without text is left out with its heading."""

    header: Header
    place_date: PlaceDate
    member: str  # in full, as the form demands
    bloc: str
    year: int
    award: str  # Cờ thi đua của Ủy ban nhân dân tỉnh
    situation: tuple[Block, ...]
    functions: tuple[Block, ...]
    results: tuple[Block, ...]
    figures: tuple[FigureLine, ...]
    outcome: str  # Xếp thứ 1/5 …, xếp loại Xuất sắc; blank before the table is adopted
    measures: tuple[Block, ...]
    compliance: tuple[Block, ...]
    organisations: tuple[Block, ...]
    titles: tuple[PastLine, ...]
    rewards: tuple[PastLine, ...]
    signature: SignatureBlock

    @property
    def subject(self) -> str:
        return f"Đề nghị tặng {self.award} năm {self.year}"

    @property
    def title(self) -> str:
        return f"Báo cáo thành tích {self.subject[0].lower()}{self.subject[1:]}"

    @property
    def created(self) -> str:
        return self.place_date.day.isoformat() if self.place_date.day else ""

    @property
    def has_situation(self) -> bool:
        return bool(self.situation or self.functions)

    @property
    def figures_words(self) -> str:
        return (
            f"Kết quả chấm điểm thi đua năm {self.year} theo Bảng tổng hợp chấm điểm của "
            f"{self.bloc}:"
        )

    @property
    def has_achievements(self) -> bool:
        return bool(
            self.results or self.figures or self.measures or self.compliance or self.organisations
        )

    @property
    def closing_text(self) -> str:
        subject = f"{self.subject[0].lower()}{self.subject[1:]}"
        return end_mark(f"Trên đây là báo cáo thành tích của {self.member} {subject}")

    @property
    def signatures(self) -> tuple[SignatureBlock, ...]:
        """The level above confirms on the left; the head of the agency signs on the right."""
        return (
            SignatureBlock("", "XÁC NHẬN CỦA", "CẤP TRÌNH KHEN", "", ""),
            self.signature,
        )
