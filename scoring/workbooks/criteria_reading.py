"""Reading the workbook of a criteria set: its cells as the document that the loader checks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn

from django.core.exceptions import ValidationError
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from scoring.criteria_files import MAX_WORDS, refuse_control_characters
from scoring.forms.inputs import FigureField
from scoring.kernel.arithmetic import nfc, plain
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.errors import CriteriaError
from scoring.kernel.loading import read_set, write_set
from scoring.messages import translated

from . import criteria_layout as at
from .cells import figure_text, ticked, value_of_cell
from .opening import names_of_tables, open_workbook

if TYPE_CHECKING:
    from openpyxl import Workbook

DEEPEST = 20  # groups within groups

Node = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One row of a table: its cells by the key of their column."""

    sheet: str
    number: int
    cells: dict[str, Any]

    def refuse(self, text: str) -> NoReturn:
        raise ValidationError(
            _("“%(sheet)s”, row %(row)s: %(text)s")
            % {"sheet": self.sheet, "row": self.number, "text": text}
        )

    def value(self, column: str, key: str = "") -> Any:
        """What stands in a column: number as text with a point, text, True; None where blank."""
        key = key or column
        try:
            value = value_of_cell(self.cells[column])
            if value is None:
                return None
            if key in at.NUMBERS:
                return number_of(figure_text(self.cells[column], value))
            if key in at.FLAGS:
                return bool(ticked(value))
        except ValidationError as error:
            self.refuse(f"{key}: {' '.join(error.messages)}")
        if not isinstance(value, str):
            self.refuse(
                _("%(key)s: text belongs here. Format the cell as text and type it again.")
                % {"key": key}
            )
        return value if key in RAW else at.unescaped(value)

    def filled(self) -> Node:
        """The columns that have something, by key."""
        values = {column: self.value(column) for column in self.cells}
        return {column: value for column, value in values.items() if value is not None}


RAW = frozenset(("table", "parameters", "evidence"))  # taken apart before anything is unescaped


def number_of(text: str) -> str:
    """A number with comma or point, as the loader wants it; ``ValidationError``."""
    return plain(FigureField(required=False).clean(text))


def read_book(content: bytes) -> Rules:
    """The set that an uploaded workbook describes; ``ValidationError`` names the row."""
    reading = CriteriaReading(open_workbook(content))
    document = reading.document()
    try:
        rules = read_set(document)
    except CriteriaError as error:
        text = Truncator(translated(error)).chars(MAX_WORDS)
        row = reading.rows.get(nfc(error.code))
        if row is not None:
            row.refuse(text)
        raise ValidationError(text) from error
    refuse_control_characters(write_set(rules))
    return rules


class CriteriaReading:
    """The worksheets as one document; ``rows`` says where each code stands."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.rows: dict[str, Row] = {}
        for name in at.COLUMNS:
            if name not in names_of_tables(book):
                raise ValidationError(
                    _("The workbook has no worksheet “%(sheet)s”. Begin with a downloaded set.")
                    % {"sheet": name}
                )

    def document(self) -> dict[str, object]:
        """What `read_set` takes."""
        head = self._terms()
        head["grades"] = [row.filled() for row in self._rows(at.GRADES)]
        head["tie_break"] = [row.value("rule") for row in self._rows(at.TIES)]
        head["groups"] = self._tree()
        for name, key in at.EXTRAS.items():
            head[key] = [self._criterion(row) for row in self._rows(name)]
        return {"criteria_set": head}

    # --- tables

    def _rows(self, name: str) -> Iterator[Row]:
        """The rows of a worksheet that have anything in a column of the format."""
        sheet = self.book[name]
        for area in sheet.merged_cells.ranges:
            Row(name, area.min_row, {}).refuse(_("Merged cells: undo the merging."))
        head = enumerate(sheet[at.KEYS + 1], start=1)
        columns = {str(cell.value).strip(): number for number, cell in head}
        for key in at.COLUMNS[name]:
            if key not in columns:
                Row(name, at.KEYS + 1, {}).refuse(_("there is no column “%(key)s”.") % {"key": key})
        for number in range(at.FIRST + 1, sheet.max_row + 1):
            cells = {key: sheet.cell(number, columns[key]) for key in at.COLUMNS[name]}
            if any(str(cell.value or "").strip() for cell in cells.values()):
                yield Row(name, number, cells)

    def _terms(self) -> Node:
        head: Node = {}
        for row in self._rows(at.TERMS):
            key = row.value("key")
            if key not in at.TERM_KEYS or key in head:
                row.refuse(_("“%(key)s” is not known here, or there twice.") % {"key": key})
            head[key] = row.value("value", key)
            if key == "code" and head[key]:
                self.rows[nfc(head[key])] = row
        head = {key: value for key, value in head.items() if value is not None}
        places = head.pop("places", None)
        return head if places is None else {**head, "rounding": {"places": places}}

    def _tree(self) -> list[Node]:
        """Groups with their children; a parent stands above those that name it."""
        top: list[Node] = []
        groups: dict[str, tuple[Node, int]] = {}
        for row in self._rows(at.GROUPS):
            parent = row.value("parent")
            node = self._criterion(row)
            siblings, depth = top, 0
            if parent is not None:
                if nfc(parent) not in groups:
                    row.refuse(_("there is no group “%(code)s” above.") % {"code": parent})
                group, depth = groups[nfc(parent)]
                siblings = group["children"]
            if depth >= DEEPEST:
                row.refuse(_("groups lie too deep within each other."))
            siblings.append(node)
            if "rule" not in node:
                node["children"] = []
                groups[nfc(str(node.get("code")))] = node, depth + 1
        return top

    # --- one criterion

    def _criterion(self, row: Row) -> Node:
        node = row.filled()
        node.pop("parent", None)
        code = node.get("code")
        if not isinstance(code, str):
            row.refuse(_("there is no code."))
        if nfc(code) in self.rows:
            row.refuse(_("the code “%(code)s” is there already.") % {"code": code})
        self.rows[nfc(code)] = row
        if "evidence" in node:
            node["evidence"] = [
                at.unescaped(line.strip()) for line in node["evidence"].split("\n") if line.strip()
            ]
        kind = node.pop("kind", None)
        table, parameters = node.pop("table", ""), node.pop("parameters", "")
        if kind is not None:
            node["rule"] = self._rule(row, kind, table, parameters)
        elif table or parameters:
            row.refuse(_("a table or parameters need the kind of the rule."))
        return node

    def _rule(self, row: Row, kind: str, table: str, parameters: str) -> Node:
        rule: Node = {"kind": kind}
        for line in filter(str.strip, parameters.split("\n")):
            name, value = _parted(row, line, line.find("="))
            if name in rule:
                row.refuse(_("“%(key)s” is there twice.") % {"key": name})
            is_number = name in at.NUMBER_PARAMETERS and value != "KNOCKOUT"
            rule[name] = _number(row, value) if is_number else at.unescaped(value)
        lines = [line for line in table.split("\n") if line.strip()]
        if lines and kind not in at.TABLES:
            row.refuse(_("a rule of the kind “%(kind)s” has no table.") % {"kind": kind})
        if lines:
            key, left, right = at.TABLES[kind]
            rule[key] = [_pair(row, line, left, right) for line in lines]
        return rule


def _pair(row: Row, line: str, left: str, right: str) -> Node:
    """A line of a table; a label may hold "=" itself, the number after the last one cannot."""
    name, worth = _parted(row, line, line.rfind("="))
    first = at.unescaped(name) if left == "label" else _number(row, name)
    return {left: first, right: _number(row, worth)}


def _parted(row: Row, line: str, place: int) -> tuple[str, str]:
    if place < 0:
        row.refuse(_("“%(line)s” has no “=”.") % {"line": Truncator(line).chars(60)})
    return line[:place].strip(), line[place + 1 :].strip()


def _number(row: Row, text: str) -> str:
    if not text:
        row.refuse(_("a number is missing beside “=”."))
    try:
        return number_of(text)
    except ValidationError as error:
        words = " ".join(error.messages)
        row.refuse(f"{text}: {words}")
