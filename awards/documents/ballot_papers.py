"""Phiếu bình xét, phiếu bầu: the papers of a secret ballot, two A5 on a sheet of A4 to be cut.

A paper bears no name, no number and no mark: all papers of a vote are the same, letter by letter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from awards.documents.binding import repeated
from awards.documents.header import Header
from awards.documents.layout import (
    BALLOT_HALF,
    LAYOUT,
    PAGE_WIDTH,
    POINTS_PER_MM,
    Layout,
    ballot_measures,
)
from awards.documents.pdf import UNTAGGED, to_pdf

TEMPLATE = "documents/ballot_papers.html"
PER_SHEET = 2
EM = 0.45  # the mean width of a letter in a Vietnamese name, in its size
LINE = 1.2  # the height of a line in its size
HEAD_MM = 34.0  # head, title, instruction, with one line of the subject
SUBJECT_MM = 128.0  # the width of its column
RULES_MM = 13.5  # the small print
TABLE_HEAD_MM = 6.5
INDEX_MM = 10.0
CHOICE_MM = 26.0
PADDING_MM = 1.2  # above and below a row's text together
STEP = 0.5  # points


@dataclass(frozen=True, slots=True)
class BallotPapers:
    """Everything that the papers of one vote print, and how many there are."""

    header: Header
    heading: str  # PHIẾU BÌNH XÉT
    subject: str  # đề nghị tặng Cờ thi đua … năm 2022
    instruction: str
    option_heading: str  # Đơn vị
    options: tuple[str, ...]
    choices: tuple[str, ...]  # Đồng ý, Không đồng ý, Không có ý kiến; or Chọn alone
    rules: tuple[str, ...]
    copies: int

    @property
    def title(self) -> str:
        return f"{self.heading.capitalize()} {self.subject}"

    @property
    def sheets(self) -> tuple[range, ...]:
        """The papers of each sheet; the last may hold one alone."""
        return tuple(
            range(min(PER_SHEET, self.copies - at)) for at in range(0, self.copies, PER_SHEET)
        )

    @property
    def measures(self) -> str:
        """The table's text and the least height of its rows as CSS: the largest that fits."""
        size = self.size or LAYOUT["ballot-smallest"].value
        row = min(LAYOUT["ballot-row"].value, self._room / max(1, len(self.options)))
        return ballot_measures(size, max(0, row - PADDING_MM))

    @property
    def size(self) -> float | None:
        """The largest text in points with which all options fit; None where none does."""
        margins = 2 * LAYOUT["ballot-margin"].value
        width = PAGE_WIDTH - margins - INDEX_MM - len(self.choices) * CHOICE_MM - 3.0
        size = LAYOUT["ballot-largest"].value
        while _height(self.options, size, width) > self._room:
            size -= STEP
            if size < LAYOUT["ballot-smallest"].value:
                return None
        return size

    @property
    def _room(self) -> float:
        """What is left for the rows, in mm."""
        subject = LAYOUT["ballot-subject"].value
        more = (_lines(self.subject, subject, SUBJECT_MM) - 1) * subject * LINE / POINTS_PER_MM
        margins = 2 * LAYOUT["ballot-margin"].value
        return BALLOT_HALF - margins - HEAD_MM - more - TABLE_HEAD_MM - RULES_MM


def _lines(text: str, size: float, width: float) -> int:
    """How many lines a text takes in a column of ``width`` mm, rather too many than too few."""
    per_line = max(1, int(width * POINTS_PER_MM / (size * EM)))
    return math.ceil(max(1, len(text)) / per_line)


def _height(options: tuple[str, ...], size: float, width: float) -> float:
    """The height in mm of the rows with this text."""
    line = size * LINE / POINTS_PER_MM
    return sum(_lines(name, size, width) * line + PADDING_MM for name in options)


def print_papers(document: BallotPapers, layout: Layout = LAYOUT) -> bytes:
    """All papers as a PDF: one sheet is set and used again, for setting each takes its time.

    The file has no tags: they would belong to one of the equal sheets alone. Raises
    ``DocumentError``.
    """
    full, rest = divmod(document.copies, PER_SHEET)
    sample = replace(document, copies=min(full, 1) * PER_SHEET + rest)
    content = to_pdf(TEMPLATE, sample, variant=UNTAGGED, layout=layout)
    return repeated(content, [0] * full + [min(full, 1)] * rest)
