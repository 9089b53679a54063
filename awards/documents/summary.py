"""Bảng tổng hợp chấm điểm: the score table of the bloc, one landscape annex."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from awards.documents.header import Header, PlaceDate, SignatureBlock
from awards.documents.layout import Layout, summary_measures
from awards.documents.wording import long_date, points
from scoring.charts.geometry import Chart

TEMPLATE = "documents/summary.html"
ROWS_OF_A_PAGE = 6  # with names and remarks of a few lines


@dataclass(frozen=True, slots=True)
class Group:
    """A top-level group of criteria; ``code`` heads its columns."""

    code: str
    title: str
    max_points: Decimal


@dataclass(frozen=True, slots=True)
class Scores:
    """One stage of one member: a number for each group, bonus, penalty and the total."""

    groups: tuple[Decimal | None, ...]
    bonus: Decimal | None
    penalty: Decimal | None
    total: Decimal | None

    def cells(self, places: int) -> tuple[str, ...]:
        values = (*self.groups, self.bonus, self.penalty, self.total)
        return tuple(points(value, places) for value in values)


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """One member. A member with ``unranked_reason`` prints below the ranked ones, without rank."""

    name: str
    claimed: Scores
    appraised: Scores
    agreed: Decimal | None
    delta: Decimal | None  # appraised total less claimed total
    rank: str
    grade: str
    note: str = ""
    unranked_reason: str = ""


@dataclass(frozen=True, slots=True)
class SummaryLine:
    """A row as it is printed."""

    number: str
    name: str
    claimed: tuple[str, ...]
    appraised: tuple[str, ...]
    agreed: str
    delta: str
    rank: str
    grade: str
    note: str


@dataclass(frozen=True, slots=True)
class Annex:
    """``Phụ lục …`` and ``(Kèm theo …)``: the head of a table that follows another paper."""

    label: str
    reference: str


@dataclass(frozen=True, slots=True)
class ChartLine:
    """The numbers of a member beside the pictures: the agreed stage, then the total of each."""

    name: str
    agreed: tuple[str, ...]
    totals: tuple[str, ...]
    delta: str


@dataclass(frozen=True, slots=True)
class Charts:
    """The annex of pictures with their numbers."""

    stacked: tuple[Chart, ...]
    paired: tuple[Chart, ...]
    stages: tuple[str, ...]
    lines: tuple[ChartLine, ...]


@dataclass(frozen=True, slots=True)
class SummaryTable:
    """Everything the score table prints, under the national head or as the annex of a paper."""

    header: Header
    place_date: PlaceDate | None
    annex: Annex | None
    bloc: str
    year: int
    places: int
    groups: tuple[Group, ...]
    bonus_cap: Decimal | None
    rows: tuple[SummaryRow, ...]
    version: int
    adopted_on: datetime.date | None
    sha256: str
    policies: tuple[str, ...]  # how criteria that do not apply were counted, in sentences
    notes: tuple[str, ...]
    signatures: tuple[SignatureBlock, ...]  # the one who drew it up, the deputy, the leader
    charts: Charts | None = None

    @property
    def name(self) -> str:
        return f"Bảng tổng hợp chấm điểm thi đua năm {self.year}"

    @property
    def title(self) -> str:
        return f"{self.name} {self.bloc}"

    @property
    def is_long(self) -> bool:
        """Whether it takes more than a page: its last row then stands with the signatures."""
        return len(self.rows) > ROWS_OF_A_PAGE

    @property
    def created(self) -> str:
        return self.adopted_on.isoformat() if self.adopted_on else ""

    def measures_in(self, layout: Layout) -> str:
        """Text size and columns as CSS, counted from the margins of ``layout``."""
        lines = self.lines
        return summary_measures(
            len(self.groups),
            tuple(cell for line in lines for cell in (*line.claimed[:-1], *line.appraised[:-1])),
            tuple(
                cell
                for line in lines
                for cell in (line.claimed[-1], line.appraised[-1], line.agreed, line.delta)
            ),
            layout,
        )

    @property
    def stage_columns(self) -> tuple[str, ...]:
        return (*(group.code for group in self.groups), "Thưởng", "Trừ", "Tổng")

    @property
    def stage_width(self) -> str:
        return str(len(self.stage_columns))

    @property
    def lines(self) -> tuple[SummaryLine, ...]:
        ranked = [row for row in self.rows if not row.unranked_reason]
        unranked = [row for row in self.rows if row.unranked_reason]
        return tuple(
            self._line(position, row) for position, row in enumerate(ranked + unranked, start=1)
        )

    def _line(self, position: int, row: SummaryRow) -> SummaryLine:
        reason = f"Không xếp hạng: {row.unranked_reason}" if row.unranked_reason else ""
        return SummaryLine(
            number=str(position),
            name=row.name,
            claimed=row.claimed.cells(self.places),
            appraised=row.appraised.cells(self.places),
            agreed=points(row.agreed, self.places),
            delta=points(row.delta, self.places),
            rank="–" if row.unranked_reason else row.rank,
            grade=row.grade,
            note=". ".join(text.rstrip(".") for text in (reason, row.note) if text),
        )

    @property
    def maxima(self) -> str:
        parts = [
            f"{group.code}. {group.title}: {points(group.max_points, self.places)}"
            for group in self.groups
        ]
        if self.bonus_cap is not None:
            parts.append(f"điểm thưởng không quá {points(self.bonus_cap, self.places)}")
        return "; ".join(parts)

    @property
    def provenance(self) -> str:
        adopted = (
            f"được Hội nghị thống nhất {long_date(self.adopted_on)}"
            if self.adopted_on
            else "chưa được Hội nghị thống nhất"
        )
        return f"Phiên bản {self.version}, {adopted}"
