"""What a spreadsheet program itself refuses in a cell, and how it says so."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from scoring.kernel.arithmetic import plain
from scoring.kernel.criteria import Criterion as Leaf
from scoring.kernel.rules import FieldType, Judged
from scoring.rule_text import rule_sentence
from scoring.templatetags.points import points

from .cells import TICK, InputCell

MOST_TITLE, MOST_MESSAGE = 32, 255  # letters, as Excel has it
FIRST_DAY, LAST_DAY = datetime.date(2000, 1, 1), datetime.date(2100, 12, 31)
LARGEST = 10**15


class Checks:
    """Data validation of one worksheet; lists of choices stand on a worksheet of their own."""

    def __init__(self, sheet: Any, lists: Any, name: str) -> None:
        self.sheet, self.lists, self.name = sheet, lists, name
        self.columns: dict[tuple[str, ...], str] = {}
        lists.hide()
        lists.protect()

    def add(self, row: int, column: int, asked: InputCell, leaf: Leaf) -> None:
        """The check of one open cell."""
        rule, message = self._check(asked, leaf)
        advice = "" if asked.is_tick else rule_sentence(leaf)
        self.sheet.data_validation(
            row,
            column,
            row,
            column,
            {
                **rule,
                "ignore_blank": True,
                "input_title": Truncator(leaf.code).chars(MOST_TITLE),
                "input_message": Truncator(f"{asked.label}. {advice}").chars(MOST_MESSAGE),
                "error_title": Truncator(_("Not possible here")).chars(MOST_TITLE),
                "error_message": Truncator(message).chars(MOST_MESSAGE),
            },
        )

    def _check(self, asked: InputCell, leaf: Leaf) -> tuple[dict[str, object], str]:
        if asked.is_tick:
            return {"validate": "list", "source": [TICK]}, _(
                "Write x here, or leave the cell empty."
            )
        kind = asked.field.type
        if kind is FieldType.BOOLEAN:
            return self._list((_("Met"), _("Not met")))
        if kind is FieldType.CHOICE:
            return self._list(asked.field.choices)
        if kind in (FieldType.DAY, FieldType.MOMENT):
            days = {"validate": "date", "minimum": FIRST_DAY, "maximum": LAST_DAY}
            return {**days, "criteria": "between"}, _("Write the day as dd/mm/yyyy.")
        return _number(asked, leaf)

    def _list(self, choices: tuple[str, ...]) -> tuple[dict[str, object], str]:
        if choices not in self.columns:
            column = len(self.columns)
            for row, choice in enumerate(choices):
                self.lists.write_string(row, column, choice)
            letter = _letters(column)
            self.columns[choices] = f"='{self.name}'!${letter}$1:${letter}${len(choices)}"
        return {"validate": "list", "source": self.columns[choices]}, _("Choose from the list.")


def _letters(column: int) -> str:
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _number(asked: InputCell, leaf: Leaf) -> tuple[dict[str, object], str]:
    field = asked.field
    whole = field.type in (FieldType.INTEGER, FieldType.COUNTS)
    least = -LARGEST if field.minimum is None else field.minimum
    most = field.maximum
    if isinstance(leaf.rule, Judged):
        most = leaf.max
    check: dict[str, object] = {
        "validate": "integer" if whole else "decimal",
        "criteria": "between",
        "minimum": plain(Decimal(least)),
        "maximum": plain(Decimal(LARGEST if most is None else most)),
    }
    if most is not None:
        message = _("Enter a number from %(least)s to %(most)s.") % {
            "least": points(field.minimum),
            "most": points(most),
        }
    elif whole:
        message = _("Enter a whole number that is not below 0.")
    elif field.minimum is not None:
        message = _("Enter a number that is not below 0.")
    else:
        message = _("Write a number only, such as 12 or 12,5.")
    return check, message
