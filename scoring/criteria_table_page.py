"""The page of the table criteria by members, at one stage."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.criteria_table import CriteriaRow, criteria_rows
from scoring.summary_page import SummaryPage
from scoring.tables import Row

# As many members as a landscape sheet holds beside the criteria.
ACROSS = 10


@dataclass(frozen=True)
class Sheet:
    """One table: so many members as stand side by side on paper."""

    members: tuple[Row, ...]
    rows: list[CriteriaRow]


def sheets_of(page: SummaryPage, stage: str) -> list[Sheet]:
    """The whole bloc in tables of at most ``ACROSS`` members, in the order of the ranks."""
    rows = page.table.rows
    parts = [rows[at : at + ACROSS] for at in range(0, len(rows), ACROSS)]
    return [Sheet(part, criteria_rows(page.table, page.rules, part, stage)) for part in parts]
