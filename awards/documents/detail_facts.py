"""The detailed table from the version in force, by the rows that screen and workbook show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import translation

from awards.documents import facts, summary_facts
from awards.documents.detail import Cell, DetailRow, DetailTable
from awards.documents.facts import Numbering
from awards.documents.scored_sheet import BLANK, NOT_APPLICABLE
from awards.documents.summary import Annex
from awards.documents.wording import points
from blocs.models import Review
from scoring.cases import adopted_set
from scoring.criteria import rules_of
from scoring.criteria_table import PointsCell, criteria_rows
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.tables import STAGES, Table


def gather(review: Review, numbering: Numbering) -> DetailTable:
    """Every criterion of every member, the members by rank."""
    table, version = facts.table_and_version(review)
    conference = facts.conference_of(review)
    summary = summary_facts.summarised(review, numbering, table, version, conference)
    rules = rules_of(adopted_set(review))
    with translation.override("vi"):  # the papers are Vietnamese whatever the reader's screen
        rows = (*_rows(table, rules), _ranks(table))
    return DetailTable(
        header=summary.header,
        annex=Annex("Phụ lục", f"(Kèm theo {summary.title})"),
        bloc=summary.bloc,
        year=summary.year,
        members=tuple(row.short for row in table.rows),
        rows=rows,
        version=summary.version,
        adopted_on=summary.adopted_on,
        sha256=summary.sha256,
        policies=summary.policies,
        signatures=summary.signatures,
    )


def _rows(table: Table, rules: Rules) -> Iterator[DetailRow]:
    stages = [criteria_rows(table, rules, table.rows, stage) for stage in STAGES]
    for claimed, appraised, agreed in zip(*stages, strict=True):
        yield DetailRow(
            kind=agreed.kind,
            code=agreed.code,
            name=agreed.name,
            max=points(agreed.max, table.places),
            cells=tuple(
                _cell(of_member, table.places)
                for of_member in zip(claimed.cells, appraised.cells, agreed.cells, strict=True)
            ),
        )


def _cell(stages: Sequence[PointsCell], places: int) -> Cell:
    """The agreed points; above them what stood there before, where a stage changed them."""
    texts = [_text(cell, places) for cell in stages]
    return Cell(texts[-1], () if len(set(texts)) == 1 else tuple(texts[:-1]))


def _text(cell: PointsCell, places: int) -> str:
    if cell.is_blank:
        return BLANK
    mark = NOT_APPLICABLE if cell.policy else ""
    return f"{points(cell.value, places)} {mark}".strip()


def _ranks(table: Table) -> DetailRow:
    ranks = tuple(Cell(str(row.rank or BLANK)) for row in table.rows)
    return DetailRow("total", "", "Xếp hạng", "", ranks)
