"""Bảng tự chấm điểm: what one member claims, criterion by criterion, with its evidence annexed."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from awards.documents.evidence_list import EvidenceList
from awards.documents.header import Header, PlaceDate, SignatureBlock
from awards.documents.scored_sheet import BLANK, NOT_APPLICABLE
from awards.documents.wording import long_date, points

TEMPLATE = "documents/sheet.html"


def points_text(value: Decimal | None, places: int, *, applies: bool) -> str:
    """``9,00``, ``9,00 KAD`` where a criterion counts without applying, ``KAD``, or ``–``."""
    text = points(value, places)
    if applies:
        return text or BLANK
    return f"{text} {NOT_APPLICABLE}".strip()


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A group, a criterion or a sum; ``kind`` is group, node, leaf, part, sum or total.

    Points of the set's scale; ``claimed`` is None where the member gave none. ``evidence`` has
    numbers of the annexed list.
    """

    kind: str
    code: str
    name: str
    max: Decimal | None
    claimed: Decimal | None = None
    applies: bool = True
    figures: str = ""
    note: str = ""
    evidence: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A row as it is printed."""

    kind: str
    code: str
    name: str
    max: str
    figures: str
    claimed: str
    note: str
    evidence: str


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """Everything the score sheet prints."""

    header: Header
    place_date: PlaceDate
    member: str
    bloc: str
    year: int
    criteria: str  # the title of the set
    places: int
    rows: tuple[SheetRow, ...]
    submitted_on: datetime.date | None
    evidence: EvidenceList
    signatures: tuple[SignatureBlock, ...]

    @property
    def name(self) -> str:
        return f"Bảng tự chấm điểm thi đua năm {self.year}"

    @property
    def title(self) -> str:
        return f"{self.name} của {self.member}"

    @property
    def created(self) -> str:
        return self.submitted_on.isoformat() if self.submitted_on else ""

    @property
    def submitted(self) -> str:
        if self.submitted_on is None:
            return "Bảng chưa được nộp cho Khối."
        return f"Nộp cho Khối {long_date(self.submitted_on)}."

    @property
    def lines(self) -> tuple[SheetLine, ...]:
        return tuple(self._line(row) for row in self.rows)

    def _line(self, row: SheetRow) -> SheetLine:
        claimed = points_text(row.claimed, self.places, applies=row.applies)
        return SheetLine(
            kind=row.kind,
            code=row.code,
            name=row.name,
            max=points(row.max, self.places),
            figures=row.figures,
            claimed="" if row.kind == "part" else claimed,
            note=row.note,
            evidence=", ".join(map(str, row.evidence)),
        )
