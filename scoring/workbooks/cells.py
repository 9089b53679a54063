"""The cells of a workbook that somebody fills in, read as the texts that the form takes.

The workbook has no rules of its own: each cell becomes what the same person would have typed in
the browser, and the form of the page says whether it is right.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from scoring.forms.inputs import FigureField
from scoring.kernel.arithmetic import plain
from scoring.kernel.errors import InputError
from scoring.kernel.rules import Field, FieldType, Judged, Levels, Rule
from scoring.messages import translated
from scoring.rule_text import WITH_UNIT, label_of

from .old_fonts import looks_legacy

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.cell.cell import MergedCell

TICK = "x"
NOT_APPLICABLE = "KAD"  # "không áp dụng"
QUOTED = re.compile(r'"[^"]*"|\\.')
SPACE = re.compile(r"\s+")
INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060"
LAST_SERIAL = 75_000  # a day of the year 2105


@dataclass(frozen=True)
class InputCell:
    """One cell to fill in; ``name`` is the field of the form that reads it."""

    name: str
    label: str
    field: Field
    is_tick: bool = False


def input_cells(rule: Rule) -> list[InputCell]:
    """What a rule asks for, cell by cell, in the order of its form."""
    cells: list[InputCell] = []
    for asked in rule.fields:
        none = f"{asked.name}-none"
        if asked.type is FieldType.COUNTS:
            cells += [
                InputCell(f"{asked.name}-{number}", label, asked)
                for number, label in enumerate(asked.choices)
            ]
            cells.append(InputCell(none, _("Nothing to report"), asked, is_tick=True))
            continue
        cells.append(InputCell(asked.name, _label(asked, rule), asked))
        if asked.type is FieldType.MOMENT and not asked.required:
            cells.append(InputCell(none, _("Nothing came"), asked, is_tick=True))
    return cells


def _label(asked: Field, rule: Rule) -> str:
    """As beside the input of the page; a unit or a guide alone would not say what is asked."""
    if rule.kind in WITH_UNIT and asked.text:
        return f"{_(asked.label)} ({asked.text})"
    return _(asked.label) if isinstance(rule, Judged) else label_of(asked, rule)


# --- what a cell holds


def value_of_cell(cell: Cell | MergedCell) -> Any:
    """The cell's value, None where it is blank; ``ValidationError`` for what is no value."""
    value = cell.value
    if value is None:
        return None
    if cell.data_type == "e":
        raise ValidationError(_("The cell holds an error: %(error)s.") % {"error": value})
    if cell.data_type == "f" or not isinstance(value, PLAIN_TYPES):
        raise ValidationError(_("The cell holds a formula. Put the value itself in its place."))
    if isinstance(value, str):
        text = text_in(value)
        if looks_legacy(text):
            raise ValidationError(
                _("This text was typed for an old font (TCVN3 or VNI). Convert it to Unicode.")
            )
        return text or None
    return value


PLAIN_TYPES = (str, bool, int, float, datetime.date, datetime.time, datetime.timedelta)


def text_in(value: str) -> str:
    """Text composed, without blanks around it and without Excel's escapes."""
    from openpyxl.utils.escape import unescape  # noqa: PLC0415 -- slow import

    text = unescape(value) if "_x" in value else value
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return text.strip().strip(INVISIBLE).strip()


def number_text(value: float) -> str:
    """A number with a comma, of the fifteen digits that a worksheet keeps: no binary noise."""
    number = Decimal(value) if isinstance(value, int) else Decimal(format(value, ".15g"))
    return format(number, "f").replace(".", ",")


def is_percent(cell: Cell | MergedCell) -> bool:
    return "%" in QUOTED.sub("", str(cell.number_format or ""))


# --- a cell as the text of its form field


def typed_text(
    cell: Cell | MergedCell, asked: InputCell, rule: Rule, epoch: datetime.datetime
) -> str:
    """What the form's field is given for this cell; ``ValidationError`` for what it cannot be."""
    value = value_of_cell(cell)
    if value is None:
        return ""
    if isinstance(value, str) and value.casefold() in ("kad", "n/a", "na", "không áp dụng"):
        raise ValidationError(
            _("Only the criteria say what does not apply (KAD). Leave the cell empty, or write 0.")
        )
    if asked.is_tick:
        return ticked(value)
    return READERS[asked.field.type](cell, value, rule, epoch)


def ticked(value: Any) -> str:
    """What a ticked box sends; ``ValidationError`` for any other word."""
    if value is True or (isinstance(value, str) and value.casefold() in {"x", "có", "yes"}):
        return "on"
    raise ValidationError(_("Write x here, or leave the cell empty."))


def figure_text(cell: Cell | MergedCell, value: Any, *_more: object) -> str:
    """A number as text, whatever its cell is; a text as it stands, for the form to judge."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValidationError(_("A number belongs here, not a date or a truth value."))
    if is_percent(cell):
        raise ValidationError(
            _(
                "The cell is formatted as a percentage and holds %(value)s. Format it as a number, "
                "and write the figure that is meant."
            )
            % {"value": number_text(value)}
        )
    return number_text(value)


def _day(_cell: object, value: Any, _rule: object, epoch: datetime.datetime) -> str:
    from openpyxl.utils.datetime import from_excel  # noqa: PLC0415 -- slow import

    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if not 0 < value < LAST_SERIAL:
            raise ValidationError(_("This number is not a day. Write the day as dd/mm/yyyy."))
        value = from_excel(value, epoch)
    if isinstance(value, str):
        return value
    if isinstance(value, datetime.datetime):
        # Half a second is the noise of a stored time; a minute more could be the next day.
        value = value + datetime.timedelta(milliseconds=500)
        with_time = value.hour or value.minute
        return value.strftime("%d/%m/%Y %H:%M" if with_time else "%d/%m/%Y")
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y")
    raise ValidationError(_("Write the day as dd/mm/yyyy."))


def _yes_no(_cell: object, value: Any, *_more: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    words = {"yes": "yes", "no": "no"}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            words |= {_("Met").casefold(): "yes", _("Not met").casefold(): "no"}
    found = words.get(SPACE.sub(" ", str(value)).casefold())
    if found is None:
        raise ValidationError(
            _("Choose “%(yes)s” or “%(no)s”.") % {"yes": _("Met"), "no": _("Not met")}
        )
    return found


def _level(cell: Cell | MergedCell, value: Any, rule: Rule, _epoch: object) -> str:
    """The label; a bare number stands for the one level that is worth it."""
    text = value if isinstance(value, str) else figure_text(cell, value).replace(",", ".")
    known: Any = rule
    labels: tuple[str, ...] = known.labels
    same = [label for label in labels if _folded(label) == _folded(text)]
    if text in labels or len(same) == 1:
        return text if text in labels else same[0]
    number = _number_in(text if isinstance(value, str) else text.replace(".", ","))
    if number is None or not isinstance(rule, Levels):
        raise ValidationError(_("Choose one of: %(labels)s.") % {"labels": "; ".join(labels)})
    try:
        return rule.level_worth(Decimal(plain(number))).level
    except InputError as error:
        raise ValidationError(translated(error)) from error


def _folded(text: str) -> str:
    return SPACE.sub(" ", text).strip().casefold()


def _number_in(text: str) -> Decimal | None:
    try:
        number: Decimal | None = FigureField(required=False).clean(text)
    except ValidationError:
        return None
    return number


READERS: dict[FieldType, Callable[..., str]] = {
    FieldType.DECIMAL: figure_text,
    FieldType.INTEGER: figure_text,
    FieldType.COUNTS: figure_text,
    FieldType.DAY: _day,
    FieldType.MOMENT: _day,
    FieldType.BOOLEAN: _yes_no,
    FieldType.CHOICE: _level,
}
