"""Phiếu thẩm định: what the appraiser made of one member's claims, and what the member objected."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal

from awards.documents.header import Header, PlaceDate, SignatureBlock
from awards.documents.sheet import points_text
from awards.documents.wording import long_date, points

TEMPLATE = "documents/appraisal.html"


@dataclass(frozen=True, slots=True)
class AppraisalRow:
    """A group, a criterion or a sum; ``kind`` is group, node, leaf, part, sum or total.

    Points of the set's scale, None where a stage gave none; what differs has a reason.
    """

    kind: str
    code: str
    name: str
    max: Decimal | None
    claimed: Decimal | None = None
    appraised: Decimal | None = None
    applies: bool = True
    reason: str = ""

    @property
    def difference(self) -> Decimal | None:
        """Appraised less claimed points."""
        if self.claimed is None or self.appraised is None:
            return None
        return self.appraised - self.claimed


@dataclass(frozen=True, slots=True)
class AppraisalLine:
    """A row as it is printed."""

    kind: str
    code: str
    name: str
    max: str
    claimed: str
    appraised: str
    difference: str
    reason: str


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection of the member, and what came of it."""

    criterion: str
    raised_on: datetime.date
    reason: str
    state: str
    reply: str

    @property
    def outcome(self) -> str:
        return f"{self.state}: {self.reply}" if self.reply else self.state


@dataclass(frozen=True, slots=True)
class AppraisalSlip:
    """Everything the appraisal slip prints."""

    header: Header
    place_date: PlaceDate
    member: str
    bloc: str
    year: int
    criteria: str  # the title of the set
    places: int
    rows: tuple[AppraisalRow, ...]
    appraiser: str  # the agency, and in what office it appraised
    appraised_on: datetime.date
    accepted_on: datetime.date | None
    objections: tuple[Objection, ...]
    signatures: tuple[SignatureBlock, ...]

    @property
    def subject(self) -> str:
        return f"Kết quả tự chấm điểm thi đua năm {self.year} của {self.member}"

    @property
    def title(self) -> str:
        return f"Phiếu thẩm định {self.subject[:1].lower()}{self.subject[1:]}"

    @property
    def created(self) -> str:
        return self.appraised_on.isoformat()

    @property
    def appraisal(self) -> str:
        accepted = (
            f" Đơn vị đồng ý với kết quả thẩm định {long_date(self.accepted_on)}."
            if self.accepted_on
            else ""
        )
        return f"{self.appraiser} thẩm định xong {long_date(self.appraised_on)}.{accepted}"

    @property
    def lines(self) -> tuple[AppraisalLine, ...]:
        return tuple(self._line(row) for row in self.rows)

    def _line(self, row: AppraisalRow) -> AppraisalLine:
        claimed, appraised = (
            "" if row.kind == "part" else points_text(value, self.places, applies=row.applies)
            for value in (row.claimed, row.appraised)
        )
        return AppraisalLine(
            kind=row.kind,
            code=row.code,
            name=row.name,
            max=points(row.max, self.places),
            claimed=claimed,
            appraised=appraised,
            difference=points(row.difference, self.places),
            reason=row.reason,
        )
