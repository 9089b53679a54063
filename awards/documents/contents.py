"""Mục lục hồ sơ: what stands before the bound volume of a dossier, in the order of the volume."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from awards.documents.header import Header

TEMPLATE = "documents/contents.html"


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """One document. ``page`` counts from 1 after the contents pages; None: not in the volume."""

    heading: str  # the group that it stands in
    title: str
    reference: str  # số, ngày; may be blank
    page: int | None
    note: str = ""  # why it is not in the volume

    @property
    def place(self) -> str:
        return "–" if self.page is None else str(self.page)


@dataclass(frozen=True, slots=True)
class NumberedLine:
    """A line with its number from 1, which counts on through all groups."""

    number: int
    line: ContentsLine


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything the contents pages print; ``pages`` is the length of the volume after them."""

    header: Header
    bloc: str
    year: int
    lines: tuple[ContentsLine, ...]
    pages: int
    created: str = ""  # the volume bears no day of its own

    @property
    def title(self) -> str:
        return f"Mục lục hồ sơ thi đua năm {self.year} của {self.bloc}"

    @property
    def groups(self) -> tuple[tuple[str, tuple[NumberedLine, ...]], ...]:
        numbered = [NumberedLine(at, line) for at, line in enumerate(self.lines, 1)]
        return tuple(
            (heading, tuple(rows))
            for heading, rows in groupby(numbered, lambda row: row.line.heading)
        )

    @property
    def closing(self) -> str:
        outside = sum(line.page is None for line in self.lines)
        count = f"Hồ sơ có {len(self.lines)} tài liệu, tập này có {self.pages} trang"
        return f"{count}; {outside} tài liệu không có trong tập." if outside else f"{count}."
