"""Stored figures as the values of cells: numbers as numbers, days as days."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from scoring.kernel.rules import FieldType
from scoring.templatetags.points import points

from .cells import TICK, InputCell

DIGITS = 15  # that a worksheet keeps of a number

CellValue = str | Decimal | datetime.datetime | None


def stored_value(asked: InputCell, inputs: Mapping[str, Any] | None) -> CellValue:
    """What the cell shows of the stored figures; None leaves it blank."""
    if inputs is None:
        return None
    value = inputs.get(asked.field.name)
    if asked.is_tick:
        return None if value else TICK
    if asked.field.type is FieldType.COUNTS:
        value = (value or {}).get(asked.label)
    if value is None:
        return None
    return _as_cell(asked.field.type, value)


def _as_cell(kind: FieldType, value: Any) -> CellValue:
    if kind is FieldType.BOOLEAN:
        return _("Met") if value else _("Not met")
    if kind is FieldType.CHOICE:
        return str(value)
    if kind is FieldType.DAY:
        return datetime.datetime.fromisoformat(value)
    if kind is FieldType.MOMENT:
        moment = timezone.localtime(datetime.datetime.fromisoformat(value))
        return moment.replace(second=0, microsecond=0, tzinfo=None)
    number = Decimal(value)
    if len(number.as_tuple().digits) > DIGITS:
        return points(number).replace("\N{MINUS SIGN}", "-")
    return number
