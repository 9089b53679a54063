"""What a rule is fed with: one small frozen class per form of input, and its reading.

The forms are described in docs/scoring-rules.md, "Dry run". Numbers come as text with a point,
days as YYYY-MM-DD, moments as ISO 8601 with an offset.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TypeVar

from scoring.kernel.arithmetic import nfc, number_from
from scoring.kernel.days import VIETNAM, days_late
from scoring.kernel.errors import InputError, gettext_noop

DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MAX_COUNT = Decimal(1_000_000_000)


@dataclass(frozen=True)
class Inputs:
    """The inputs of one criterion at one stage."""

    def document(self) -> dict[str, object]:
        """The plain form that the rule's `read` accepts; numbers as text."""
        raise NotImplementedError


T = TypeVar("T", bound=Inputs)


@dataclass(frozen=True)
class Met(Inputs):
    """Whether a requirement is met."""

    met: bool

    def document(self) -> dict[str, object]:
        return {"met": self.met}


@dataclass(frozen=True)
class Level(Inputs):
    """The label of the level reached."""

    level: str

    def document(self) -> dict[str, object]:
        return {"level": self.level}


@dataclass(frozen=True)
class Value(Inputs):
    """One figure, in the unit that the rule names (percent, index points)."""

    value: Decimal

    def document(self) -> dict[str, object]:
        return {"value": format(self.value, "f")}


@dataclass(frozen=True)
class Attainment(Inputs):
    """An actual and its target, in one unit."""

    actual: Decimal
    target: Decimal

    def document(self) -> dict[str, object]:
        return {"actual": format(self.actual, "f"), "target": format(self.target, "f")}


@dataclass(frozen=True)
class Receipt(Inputs):
    """When something was due and when it came; `received_at` is None where nothing came."""

    due: date
    received_at: datetime | None
    extended_to: date | None = None

    @property
    def late_days(self) -> int | None:
        """Late calendar days at UTC+7 (0 on time); None where nothing came (reading 14)."""
        if self.received_at is None:
            return None
        return days_late(self.extended_to or self.due, self.received_at)

    def document(self) -> dict[str, object]:
        document: dict[str, object] = {
            "due": self.due.isoformat(),
            "received_at": self.received_at.isoformat() if self.received_at else None,
        }
        if self.extended_to:
            document["extended_to"] = self.extended_to.isoformat()
        return document


@dataclass(frozen=True)
class Counts(Inputs):
    """How often each kind of shortcoming occurred; empty is the answer "none"."""

    counts: tuple[tuple[str, int], ...]

    def document(self) -> dict[str, object]:
        return {"counts": dict(self.counts)}


@dataclass(frozen=True)
class Count(Inputs):
    """A number of units; halves are possible where the rule admits them."""

    count: Decimal

    def document(self) -> dict[str, object]:
        return {"count": format(self.count, "f")}


@dataclass(frozen=True)
class Judgement(Inputs):
    """Points that a person typed."""

    points: Decimal

    def document(self) -> dict[str, object]:
        return {"points": format(self.points, "f")}


@dataclass(frozen=True)
class Distance(Inputs):
    """Points between the claimed and the appraised column; computed, never entered."""

    delta: Decimal

    def document(self) -> dict[str, object]:
        return {}


def given(inputs: Inputs, form: type[T]) -> T:
    """`inputs` as the form that a rule needs; TypeError where a caller mixed up two rules."""
    if not isinstance(inputs, form):
        raise TypeError(f"{form.__name__} expected, not {type(inputs).__name__}")
    return inputs


class RawInputs:
    """The raw inputs of one criterion, read field by field; each error names its field."""

    def __init__(self, raw: object, *allowed: str) -> None:
        if not isinstance(raw, Mapping):
            raise InputError(gettext_noop("Inputs with names are expected here."), field="inputs")
        for key in raw:
            if key not in allowed:
                raise InputError(
                    gettext_noop("This input is not known here; expected: %(expected)s."),
                    field=str(key),
                    expected=", ".join(allowed) or "-",
                )
        self._raw = raw

    def take(self, field: str) -> object:
        """The raw value of `field`."""
        if field not in self._raw:
            raise InputError(gettext_noop("This input is missing."), field=field)
        return self._raw[field]

    def flag(self, field: str) -> bool:
        """true or false."""
        value = self.take(field)
        if not isinstance(value, bool):
            raise InputError(gettext_noop("Answer true or false."), field=field)
        return value

    def text(self, field: str) -> str:
        """Text, composed (NFC)."""
        value = self.take(field)
        if not isinstance(value, str):
            raise InputError(gettext_noop("Enter text."), field=field)
        return nfc(value)

    def number(self, field: str) -> Decimal:
        """A finite number of at most 15 digits on either side of the point."""
        return read_number(self.take(field), field)

    def amount(self, field: str) -> Decimal:
        """A number that is not below zero."""
        value = self.number(field)
        if value < 0:
            raise InputError(gettext_noop("Enter a number that is not below 0."), field=field)
        return value

    def count(self, field: str) -> Decimal:
        """A number of units, not below zero and below a thousand million."""
        value = self.amount(field)
        if value >= MAX_COUNT:
            raise InputError(gettext_noop("Enter a smaller number."), field=field)
        return value

    def day(self, field: str) -> date:
        """A day in Vietnam."""
        return read_day(self.take(field), field)

    def moment_or_none(self, field: str) -> datetime | None:
        """A moment, or None for null."""
        value = self.take(field)
        return None if value is None else read_moment(value, field)

    def day_or_none(self, field: str) -> date | None:
        """A day, or None for null or an absent field."""
        return None if self._raw.get(field) is None else self.day(field)


def read_number(value: object, field: str) -> Decimal:
    """A number written as text with a point; InputError for anything else, floats included."""
    number = number_from(value) if isinstance(value, str) else None
    if number is None:
        raise InputError(
            gettext_noop("Enter a number as text with a decimal point, such as 2.5."), field=field
        )
    return number


def read_day(value: object, field: str) -> date:
    """A day written YYYY-MM-DD; InputError for anything else."""
    try:
        if isinstance(value, str) and DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise InputError(gettext_noop("Enter a day as YYYY-MM-DD."), field=field)


def read_moment(value: object, field: str) -> datetime:
    """A moment in ISO 8601 with Z or an offset; InputError for anything else."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        if moment is not None and moment.tzinfo is not None:
            moment.astimezone(VIETNAM)  # the first and last day of the calendar overflow here
            return moment
    except (ValueError, OverflowError):
        pass
    raise InputError(
        gettext_noop("Enter a moment with its offset, such as 2023-01-15T16:30:00+07:00."),
        field=field,
    )


def read_receipt(raw: object) -> Receipt:
    """The inputs of a deadline: `due`, `received_at` (null: nothing came), `extended_to`."""
    fields = RawInputs(raw, "due", "received_at", "extended_to")
    receipt = Receipt(
        fields.day("due"), fields.moment_or_none("received_at"), fields.day_or_none("extended_to")
    )
    if receipt.extended_to and receipt.extended_to < receipt.due:
        raise InputError(
            gettext_noop("The extension ends before the due day."), field="extended_to"
        )
    return receipt
