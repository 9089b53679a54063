"""Writing a criteria set as a workbook that its author can edit and upload again."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from scoring.kernel.criteria import CONFERENCE, Effect, NaPolicy
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.loading import write_set
from scoring.kernel.rules import BASE_KINDS, BONUS_KINDS, PENALTY_KINDS, RULES
from scoring.templatetags.points import points

from . import criteria_layout as at
from .cells import TICK
from .formats import Writer

LAST = 500  # the row to which lists of choices reach
WIDTHS = {
    "name": 50,
    "title": 60,
    "table": 34,
    "parameters": 30,
    "evidence": 34,
    "verifier": 24,
    "words": 40,
    "value": 60,
    "kind": 16,
    "na_policy": 16,
    "effect": 18,
    "label": 30,
    "rule": 24,
    "set_by": 14,
}

Cell = str | Decimal | bool | None


def criteria_book(rules: Rules) -> bytes:
    """The workbook as bytes; `read_book` reads an equal set from it."""
    import xlsxwriter  # noqa: PLC0415 -- slow import

    buffer = io.BytesIO()
    plain_text = dict.fromkeys(
        ("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False
    )
    document: Any = write_set(rules)["criteria_set"]
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **plain_text}) as book:
        writing = CriteriaBook(book)
        for name, rows in _worksheets(document):
            writing.add(name, rows)
    return buffer.getvalue()


def _worksheets(document: Mapping[str, Any]) -> Iterator[tuple[str, list[dict[str, Cell]]]]:
    yield at.TERMS, list(_terms(document))
    tree = [line for group in document["groups"] for line in _tree(group, "")]
    yield at.GROUPS, tree
    for name, key in at.EXTRAS.items():
        yield name, [_criterion(item) for item in document[key]]
    yield at.GRADES, [_criterion(grade) for grade in document["grades"]]
    ties: list[dict[str, Cell]] = [{"rule": _text(rule)} for rule in document["tie_break"]]
    yield at.TIES, ties


def _terms(document: Mapping[str, Any]) -> Iterator[dict[str, Cell]]:
    values = {**document, "places": str(document["rounding"]["places"])}
    words = words_of_columns()
    for key in at.TERM_KEYS:
        value = values[key]
        cell: Cell = Decimal(value) if key in at.NUMBERS else _text(value)
        yield {"key": key, "words": words[key], "value": cell}


def _tree(node: Mapping[str, Any], parent: str) -> Iterator[dict[str, Cell]]:
    yield {"parent": _text(parent), **_criterion(node)}
    for child in node.get("children", ()):
        yield from _tree(child, node["code"])


def _criterion(item: Mapping[str, Any]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for key, value in item.items():
        if key in at.NUMBERS:
            cells[key] = Decimal(value)
        elif key == "evidence":
            cells[key] = "\n".join(at.escaped(text, one_line=True) for text in value)
        elif key == "rule":
            cells |= _rule(value)
        elif key in at.FLAGS:
            cells[key] = TICK
        elif key != "children":
            cells[key] = _text(value)
    return cells


def _rule(rule: Mapping[str, Any]) -> dict[str, Cell]:
    kind = rule["kind"]
    key, left, right = at.TABLES.get(kind, ("", "", ""))
    lines = [f"{_side(left, row[left])} = {_side(right, row[right])}" for row in rule.get(key, ())]
    parameters = [
        f"{name} = {_parameter(name, value)}"
        for name, value in rule.items()
        if name not in ("kind", "formula", key)
    ]
    return {"kind": kind, "table": "\n".join(lines), "parameters": "\n".join(parameters)}


def _side(key: str, value: str) -> str:
    return at.escaped(value, one_line=True) if key == "label" else _number(value)


def _parameter(name: str, value: str) -> str:
    is_number = name in at.NUMBER_PARAMETERS and value != "KNOCKOUT"
    return _number(value) if is_number else at.escaped(value, one_line=True)


def _number(value: str) -> str:
    return points(Decimal(value)).replace("\N{MINUS SIGN}", "-")


def _text(value: str) -> str:
    return at.escaped(value)


def words_of_columns() -> dict[str, str]:
    """Each key in words, for the second row."""
    return {
        "key": _("Key"),
        "words": _("Meaning"),
        "value": _("Value"),
        "code": _("Code"),
        "title": _("Title"),
        "scale": _("Points of all groups together"),
        "step": _("Typed points are multiples of"),
        "places": _("Decimals after rounding"),
        "bonus_cap": _("Most that all bonuses add"),
        "label": _("Grade"),
        "min": _("Lowest total of the grade"),
        "rule": _("Tie rules in their order"),
        "parent": _("Code of the group above"),
        "name": _("Name"),
        "max": _("Maximum"),
        "cap": _("Maximum"),
        "kind": _("Kind of rule; empty for a group"),
        "table": _("Table of the rule, a line each: “label = points” or “bound = points”"),
        "parameters": _("Parameters of the rule, a line each: “key = value”"),
        "evidence": _("Evidence asked for, a line each"),
        "verifier": _("Who holds the true data"),
        "na_policy": _("Where it does not apply"),
        "late_data": _("x: final data come late"),
        "auto": _("x: filled in by the portal"),
        "set_by": _("Set by"),
        "effect": _("Effect"),
        "grade": _("Best grade still possible"),
    }


class CriteriaBook:
    """The worksheets of the workbook; nothing in it is locked."""

    def __init__(self, book: Writer) -> None:
        self.book = book
        cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
        head = {**cell, "bg_color": "#E9EEF4"}
        self.keys = book.add_format({**head, "font_color": "#595959"})
        self.words = book.add_format({**head, "bold": True})
        self.text = book.add_format({**cell, "num_format": "@"})
        self.number = book.add_format(cell)
        self.group = book.add_format({**cell, "num_format": "@", "bold": True})

    def add(self, name: str, rows: Iterable[Mapping[str, Cell]]) -> None:
        """One worksheet with the rows of one table."""
        sheet, columns = self.book.add_worksheet(name), at.COLUMNS[name]
        words = words_of_columns()
        for column, key in enumerate(columns):
            look = self.number if key in at.NUMBERS else self.text
            sheet.set_column(column, column, WIDTHS.get(key, 12), look)
            sheet.write_string(at.KEYS, column, key, self.keys)
            sheet.write_string(at.WORDS, column, words[key], self.words)
        for row, cells in enumerate(rows, start=at.FIRST):
            is_group = name == at.GROUPS and "kind" not in cells
            for column, key in enumerate(columns):
                self._write(sheet, row, column, cells.get(key), is_group=is_group)
        self._check(sheet, name)
        sheet.freeze_panes(at.FIRST, columns.index("name") if "name" in columns else 0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(at.KEYS, at.WORDS)

    def _write(self, sheet: Any, row: int, column: int, value: Cell, *, is_group: bool) -> None:
        text = self.group if is_group else self.text
        if isinstance(value, Decimal):
            sheet.write_number(row, column, float(value), self.number)
        elif value:
            sheet.write_string(row, column, str(value), text)
        else:
            sheet.write_blank(row, column, None, text)

    def _check(self, sheet: Any, name: str) -> None:
        kinds = {at.GROUPS: BASE_KINDS, at.BONUS: BONUS_KINDS, at.PENALTIES: PENALTY_KINDS}
        lists: dict[str, list[str]] = {
            "kind": [kind for kind in RULES if kind in kinds.get(name, ())],
            "na_policy": [policy.value for policy in NaPolicy],
            "effect": [effect.value for effect in Effect],
            "set_by": [CONFERENCE],
            **dict.fromkeys(at.FLAGS, [TICK]),
        }
        for column, key in enumerate(at.COLUMNS[name]):
            if lists.get(key):
                check: dict[str, object] = {
                    "validate": "list",
                    "source": lists[key],
                    "error_message": _("Choose from the list."),
                }
                sheet.data_validation(at.FIRST, column, LAST, column, check)
