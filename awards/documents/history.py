"""Lịch sử điểm: every writing of one score, from the first claim to the last agreement."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from awards.documents.header import Header
from awards.documents.wording import count_words, points

TEMPLATE = "documents/history.html"


@dataclass(frozen=True, slots=True)
class Value:
    """Points (None where none follow from the figures alone) with the figures behind them."""

    points: Decimal | None
    figures: str = ""

    def text(self, places: int) -> str:
        number = points(self.points, places)
        if number and self.figures:
            return f"{number} ({self.figures})"
        return number or self.figures or "–"


@dataclass(frozen=True, slots=True)
class Writing:
    """One writing of the score; ``at`` is a moment in Vietnam."""

    at: datetime.datetime
    stage: str
    before: Value
    after: Value
    reason: str
    by: str
    agency: str
    office: str


@dataclass(frozen=True, slots=True)
class WritingLine:
    """A writing as it is printed."""

    moment: str
    stage: str
    before: str
    after: str
    reason: str
    who: str


@dataclass(frozen=True, slots=True)
class ScoreHistory:
    """Everything the history of a score prints."""

    header: Header
    member: str
    bloc: str
    year: int
    code: str
    criterion: str
    max: Decimal | None
    places: int
    writings: tuple[Writing, ...]  # oldest first

    @property
    def title(self) -> str:
        return f"Lịch sử điểm tiêu chí {self.code} của {self.member}"

    @property
    def subject(self) -> str:
        worth = f", điểm tối đa {points(self.max, self.places)}" if self.max is not None else ""
        return f"Tiêu chí {self.code}. {self.criterion}{worth}"

    @property
    def created(self) -> str:
        return self.writings[-1].at.date().isoformat() if self.writings else ""

    @property
    def count(self) -> str:
        if not self.writings:
            return "Chưa có lần ghi điểm nào."
        last = self.lines[-1].moment
        return f"Có {count_words(len(self.writings))} lần ghi điểm; lần cuối lúc {last}."

    @property
    def lines(self) -> tuple[WritingLine, ...]:
        return tuple(
            WritingLine(
                moment=f"{one.at:%d/%m/%Y %H:%M:%S}",
                stage=one.stage,
                before=one.before.text(self.places),
                after=one.after.text(self.places),
                reason=one.reason,
                who=f"{one.by}, {one.agency} ({one.office})",
            )
            for one in self.writings
        )
