"""Bảng điểm chi tiết: criteria by members, the annex from which the summary table is added up."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from awards.documents.header import Header, SignatureBlock
from awards.documents.summary import Annex
from awards.documents.wording import long_date

TEMPLATE = "documents/detail.html"
WIDEST = 10  # members beside each other, so that a short name such as Sở NN&PTNT stays whole
NARROW = 8  # up to as many columns keep one width, and the criteria take what is left


@dataclass(frozen=True, slots=True)
class Cell:
    """Points of one member as printed; ``before`` has claimed and appraised where they differ."""

    agreed: str
    before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DetailRow:
    """A criterion or a sum; ``kind`` is group, node, leaf, sum or total. All of it is text.

    ``cells`` stand in the order of the paper's members.
    """

    kind: str
    code: str
    name: str
    max: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """The members that stand beside each other, with all rows."""

    members: tuple[str, ...]
    span: str  # which members of how many; blank where all stand in one band
    rows: tuple[DetailRow, ...]


@dataclass(frozen=True, slots=True)
class DetailTable:
    """Everything the detailed table prints."""

    header: Header
    annex: Annex
    bloc: str
    year: int
    members: tuple[str, ...]  # short names
    rows: tuple[DetailRow, ...]
    version: int
    adopted_on: datetime.date | None
    sha256: str
    policies: tuple[str, ...]  # how criteria that do not apply were counted, in sentences
    signatures: tuple[SignatureBlock, ...]  # the one who drew it up, the deputy, the leader

    @property
    def name(self) -> str:
        return f"Bảng điểm chi tiết theo tiêu chí năm {self.year}"

    @property
    def title(self) -> str:
        return f"{self.name} {self.bloc}"

    @property
    def created(self) -> str:
        return self.adopted_on.isoformat() if self.adopted_on else ""

    @property
    def is_narrow(self) -> bool:
        return max(len(band.members) for band in self.bands) <= NARROW

    @property
    def bands(self) -> tuple[Band, ...]:
        """As few as hold all members, of equal width to within one."""
        count = len(self.members)
        parts = max(1, -(-count // WIDEST))
        ends = [count * part // parts for part in range(parts + 1)]
        return tuple(self._band(start, end) for start, end in zip(ends, ends[1:], strict=False))

    def _band(self, start: int, end: int) -> Band:
        count = len(self.members)
        whole = end - start == count
        return Band(
            members=self.members[start:end],
            span="" if whole else f"Đơn vị thứ {start + 1} đến {end} trong {count} đơn vị",
            rows=tuple(
                DetailRow(row.kind, row.code, row.name, row.max, row.cells[start:end])
                for row in self.rows
            ),
        )

    @property
    def provenance(self) -> str:
        adopted = (
            f"được Hội nghị thống nhất {long_date(self.adopted_on)}"
            if self.adopted_on
            else "chưa được Hội nghị thống nhất"
        )
        return f"Phiên bản {self.version}, {adopted}"
