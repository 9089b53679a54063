"""The summary table as a workbook: numbers as numbers, texts never as formulas."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from scoring.criteria_table import PointsCell, criteria_rows
from scoring.kernel.criteria import NaPolicy
from scoring.summary_page import SummaryPage
from scoring.table_changes import stage_names
from scoring.tables import STAGES, Column, Row
from scoring.wording import policy_text


def workbook_of(page: SummaryPage) -> bytes:
    """Four sheets: ranking; groups and stages; criteria by members; notes."""
    from xlsxwriter import Workbook  # noqa: PLC0415 -- slow import

    held = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(held, {**options, "in_memory": True})
    book.set_properties({"title": page.table.title, "comments": page.table.sha256})
    pen = _Pen(book, page)
    pen.ranking()
    pen.groups()
    pen.criteria()
    pen.notes()
    book.close()
    return held.getvalue()


class _Pen:
    """Writes the sheets of one table."""

    def __init__(self, book: Any, page: SummaryPage) -> None:
        self.book, self.page, self.table = book, page, page.table
        number = "0." + "0" * self.table.places if self.table.places else "0"
        self.head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
        self.text = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        self.number = book.add_format({"num_format": number, "valign": "top", "border": 1})
        self.sum = book.add_format({"num_format": number, "bold": True, "border": 1})
        # What does not apply and counts all the same stays a number, with its mark beside it.
        mark = f'{number} "{_("N/A")}"'
        self.exempt = book.add_format({"num_format": mark, "italic": True, "border": 1})

    # --- cells

    def _sheet(self, name: str, widths: tuple[int, ...], rows: int = 1, columns: int = 0) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, rows - 1)
        sheet.freeze_panes(rows, columns)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        return sheet

    def _put(self, sheet: Any, row: int, column: int, value: object, form: Any = None) -> None:
        """Text as text, numbers as numbers, None as an empty cell."""
        if value is None:
            sheet.write_blank(row, column, None, form or self.number)
        elif isinstance(value, Decimal | int):
            sheet.write_number(row, column, value, form or self.number)
        else:
            sheet.write_string(row, column, str(value), form or self.text)

    def _line(self, sheet: Any, row: int, values: list[object], form: Any = None) -> None:
        for column, value in enumerate(values):
            self._put(sheet, row, column, value, form)

    # --- sheets

    def ranking(self) -> None:
        sheet = self._sheet(_("Ranking"), (8, 46, 10, 10, 10, 10, 18, 8, 60), columns=2)
        stages = list(stage_names().values())
        heads = [_("Rank"), _("Member"), *stages, _("Difference"), _("Grade"), _("Days late")]
        self._line(sheet, 0, [*heads, _("Notes")], self.head)
        whole = self.book.add_format({"num_format": "0", "border": 1, "valign": "top"})
        for at, line in enumerate(self.page.lines, start=1):
            row = line.row
            totals = [row.claimed.total, row.appraised.total, row.agreed.total]
            values: list[object] = [row.rank or "–", row.name, *totals, row.delta, row.grade]
            self._line(sheet, at, values)
            self._put(sheet, at, 0, row.rank or "–", whole if row.rank else None)
            self._put(sheet, at, 7, row.late_days, whole)
            self._put(sheet, at, 8, "\n".join(line.notes))

    def groups(self) -> None:
        sheet = self._sheet(_("Groups and stages"), (46, 18), columns=2)
        codes = [f"{group.code}. {group.name}" for group in self.table.groups]
        sums = [_("Groups together"), _("Bonus"), _("Penalty"), _("Total")]
        self._line(sheet, 0, [_("Member"), _("Stage"), *codes, *sums], self.head)
        maxima: list[object] = [_("Maximum"), "", *(group.max for group in self.table.groups)]
        self._line(sheet, 1, maxima)
        at = 2
        for row in self.table.rows:
            for name, column in zip(stage_names().values(), _columns(row), strict=True):
                ends = [column.base, column.bonus, column.penalty, column.total]
                self._line(sheet, at, [row.name, name, *column.groups, *ends])
                at += 1

    def criteria(self) -> None:
        sheet = self._sheet(_("By criterion"), (10, 60, 10), rows=2, columns=3)
        members, names = self.table.rows, list(stage_names().values())
        heads = [_("Code"), _("Criterion"), _("Maximum")]
        self._line(sheet, 0, [*heads, *(row.short for row in members for _stage in STAGES)])
        self._line(sheet, 1, ["", "", "", *(name for _row in members for name in names)])
        by_stage = [criteria_rows(self.table, self.page.rules, members, stage) for stage in STAGES]
        for at, rows in enumerate(zip(*by_stage, strict=True), start=2):
            strong = self.head if rows[0].kind != "leaf" else None
            self._line(sheet, at, [rows[0].code, rows[0].name], strong)
            self._put(sheet, at, 2, rows[0].max)
            cells = [row.cells[n] for n in range(len(members)) for row in rows]
            for column, cell in enumerate(cells, start=3):
                self._points(sheet, at, column, cell, strong=rows[0].kind != "leaf")

    def _points(self, sheet: Any, at: int, column: int, cell: PointsCell, *, strong: bool) -> None:
        if cell.policy and cell.value is None:
            self._put(sheet, at, column, _("N/A"))
        elif cell.policy:
            self._put(sheet, at, column, cell.value, self.exempt)
        else:
            self._put(sheet, at, column, cell.value, self.sum if strong else self.number)

    def notes(self) -> None:
        sheet = self._sheet(_("Notes"), (30, 100))
        content, shown = self.table.content, self.page.shown
        version = str(shown.version) if shown else _("as the scores stand now")
        state = shown.get_status_display() if shown else ""
        lines = [
            (_("Bloc"), content["bloc"]),
            (_("Year"), str(content["year"])),
            (_("Set of criteria"), f"{content['set']['code']}. {content['set']['title']}"),
            (_("Version"), version),
            (_("State"), state),
            ("SHA-256", self.table.sha256),
            (_("Decimals"), str(self.table.places)),
            (_("Blank"), _("an empty cell: no points although the criterion applies")),
            (_("N/A"), _("does not apply; a number beside it counts all the same")),
        ]
        lines += [(self._exempt_head(row, code), text) for row, code, text in self._exemptions()]
        self._line(sheet, 0, [_("Name"), _("Value")], self.head)
        for at, (name, value) in enumerate(lines, start=1):
            self._line(sheet, at, [name, value])

    def _exempt_head(self, row: Row, code: str) -> str:
        return f"{_('N/A')}: {row.short}, {code}"

    def _exemptions(self) -> list[tuple[Row, str, str]]:
        return [
            (row, code, policy_text(NaPolicy(policy)))
            for row in self.table.rows
            for code, policy in row.not_applicable.items()
        ]


def _columns(row: Row) -> tuple[Column, Column, Column]:
    return row.claimed, row.appraised, row.agreed
