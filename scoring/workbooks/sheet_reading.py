"""Reading the workbook of a sheet: what it says of each criterion, and what is wrong in it.

Nothing is judged here but the file: whether a figure is right, the form of the page says.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Criterion as Leaf

from . import sheet_layout as at
from .cells import NOT_APPLICABLE, InputCell, input_cells, text_in, typed_text, value_of_cell
from .opening import names_of_tables

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet


@dataclass(frozen=True)
class Remark:
    """Something about one cell, or about the whole file where ``cell`` is empty."""

    cell: str
    code: str
    text: str

    @property
    def place(self) -> tuple[int, str]:
        """Sorts remarks as the worksheet has their cells, the whole file first."""
        digits = "".join(filter(str.isdigit, self.cell.partition(":")[0]))
        return int(digits or 0), self.cell


@dataclass
class Answered:
    """What the workbook says of one criterion; ``cells`` are the addresses by form field."""

    leaf: Leaf
    version: int
    texts: dict[str, str] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    explanation: str = ""
    points: object = None
    points_cell: str = ""
    wrong: bool = False

    @property
    def has_figures(self) -> bool:
        return any(self.texts.values())

    @property
    def first_cell(self) -> str:
        return next(iter(self.cells.values()), "")


def check_identity(book: Workbook, expected: dict[str, str]) -> None:
    """Refuse the workbook of another bloc, year, member or set (``ValidationError``)."""
    if not {at.SCORES, at.IDENTITY} <= names_of_tables(book):
        raise ValidationError(
            _("This is not the workbook of a score sheet. Download it from the sheet's page.")
        )
    rows = book[at.IDENTITY].iter_rows(min_row=1, max_row=20, max_col=2, values_only=True)
    found = {str(name): "" if value is None else str(value) for name, value in rows}
    if found.get("format") != expected["format"]:
        raise ValidationError(
            _("This is not the workbook of a score sheet. Download it from the sheet's page.")
        )
    for names, template in (
        (("bloc", "year"), _("The workbook is of “%(found)s”, this sheet is of “%(expected)s”.")),
        (("member", "name"), _("The workbook is of “%(found)s”, this sheet is of “%(expected)s”.")),
        (
            ("criteria", "sha256"),
            _("The workbook was made for other criteria (%(found)s) than those in force."),
        ),
    ):
        # The name is for people: it may change in the year, its owner does not.
        told = names[:1] if names[0] == "member" else names
        if any(found.get(name) != expected[name] for name in told):
            words = {
                "found": ", ".join(found.get(name, "")[:60] for name in names),
                "expected": ", ".join(expected[name] for name in names),
            }
            raise ValidationError(template % words)


class SheetReading:
    """The rows of a workbook: ``answers`` by code, ``problems``, and ``notices`` of no weight."""

    def __init__(self, book: Workbook, rules: Rules, typed: frozenset[str]) -> None:
        self.book, self.rules, self.typed = book, rules, typed
        self.sheet: Worksheet = book[at.SCORES]
        self.answers: dict[str, Answered] = {}
        self.problems: list[Remark] = []
        self.notices: list[Remark] = []
        self._refuse_merged()
        for row in range(at.FIRST + 1, self.sheet.max_row + 1):
            self._read_row(row)
        self._refuse_incomplete()

    # --- the parts of the worksheet

    def _cell(self, row: int, column: int) -> Any:
        return self.sheet.cell(row, column + 1)

    def _text(self, row: int, column: int) -> str:
        value = self._cell(row, column).value
        return "" if value is None else text_in(str(value))

    def _wrong(self, cell: str, code: str, text: str) -> None:
        self.problems.append(Remark(cell, code, text))

    def _refuse_merged(self) -> None:
        for area in self.sheet.merged_cells.ranges:
            if area.max_row > at.FIRST and area.min_col <= at.EXPLANATION + 1:
                text = _("Merged cells: undo the merging.")
                self._wrong(area.coord, self._text(area.min_row, at.CODE), text)

    # --- rows

    def _read_row(self, row: int) -> None:
        code, key = self._text(row, at.CODE), self._text(row, at.KEY)
        if key in at.UNREAD:
            self._notice_unread(row, code, key)
            return
        if not code and not key:
            self._refuse_stray(row)
            return
        where = self._cell(row, at.CODE).coordinate
        if not self.rules.has(code):
            self._wrong(where, code, _("There is no criterion with this code."))
        elif code not in self.typed:
            self._wrong(where, code, _("Nobody fills this criterion in on this sheet."))
        else:
            self._read_criterion(row, self.rules.find(code), key)

    def _refuse_stray(self, row: int) -> None:
        """Something beside the table, which nobody would read."""
        for column in (at.FIGURE, at.EXPLANATION):
            if self._text(row, column):
                where = self._cell(row, column).coordinate
                self._wrong(where, "", _("This row has no code of a criterion."))

    def _notice_unread(self, row: int, code: str, key: str) -> None:
        if key == at.EXEMPT and self._text(row, at.FIGURE) != NOT_APPLICABLE:
            where = self._cell(row, at.FIGURE).coordinate
            text = _("This criterion does not apply to the member; the cell is not read.")
            self.notices.append(Remark(where, code, text))

    def _read_criterion(self, row: int, leaf: Leaf, key: str) -> None:
        asked = next((one for one in input_cells(leaf.rule) if one.name == key), None)
        where = self._cell(row, at.CODE).coordinate
        known = self.answers.get(leaf.code)
        version = _number(self._cell(row, at.VERSION).value)
        if asked is None or version is None or version < 0 or version % 1:
            text = _("This row is not as the portal wrote it. Download the workbook anew.")
            self._wrong(where, leaf.code, text)
            return
        if known is not None and key in known.cells:
            self._wrong(where, leaf.code, _("This row is there twice."))
            known.wrong = True
            return
        if known is None:
            known = self.answers[leaf.code] = Answered(leaf, int(version))
            self._read_first(row, known)
        self._read_figure(row, known, asked)

    def _read_first(self, row: int, answered: Answered) -> None:
        """What stands in the first row of a criterion only."""
        cell = self._cell(row, at.EXPLANATION)
        answered.cells["explanation"] = cell.coordinate
        try:
            value = value_of_cell(cell)
            answered.explanation = "" if value is None else _words(value)
        except ValidationError as error:
            self._refuse(answered, cell.coordinate, error)
        answered.points = self._cell(row, at.POINTS).value
        answered.points_cell = self._cell(row, at.POINTS).coordinate
        if _number(self._cell(row, at.MAX).value) != answered.leaf.max:
            text = _("The maximum stands in the criteria; what the workbook says is not read.")
            where = self._cell(row, at.MAX).coordinate
            self.notices.append(Remark(where, answered.leaf.code, text))

    def _read_figure(self, row: int, answered: Answered, asked: InputCell) -> None:
        cell = self._cell(row, at.FIGURE)
        answered.cells[asked.name] = cell.coordinate
        answered.texts[asked.name] = ""
        try:
            text = typed_text(cell, asked, answered.leaf.rule, self.book.epoch)
            answered.texts[asked.name] = text
        except ValidationError as error:
            self._refuse(answered, cell.coordinate, error)

    def _refuse(self, answered: Answered, where: str, error: ValidationError) -> None:
        answered.wrong = True
        self._wrong(where, answered.leaf.code, " ".join(error.messages))

    # --- the whole

    def _refuse_incomplete(self) -> None:
        for leaf in self._typed_leaves():
            wanted = {asked.name for asked in input_cells(leaf.rule)}
            answered = self.answers.get(leaf.code)
            if answered is None or wanted - set(answered.cells):
                text = _("The rows of this criterion are missing. Download the workbook anew.")
                self._wrong("", leaf.code, text)
                if answered is not None:
                    answered.wrong = True

    def _typed_leaves(self) -> Iterator[Leaf]:
        return (leaf for leaf in self.rules.criteria if leaf.code in self.typed)


def _words(value: Any) -> str:
    """An explanation that is a bare number or truth value is still words."""
    return value if isinstance(value, str) else str(value)


def _number(value: Any) -> Decimal | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value):
        return Decimal(format(value, ".15g"))
    return None


def points_differ(value: object, points: Decimal | None) -> bool:
    """Whether a cell of the locked column shows other points than the portal has."""
    return _number(value) != points if value is not None else points is not None
