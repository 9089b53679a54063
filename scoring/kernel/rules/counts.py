"""Rules that count: `deduct`, `per_unit` and `penalty`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Self

from scoring.kernel.arithmetic import is_multiple, nfc, plain
from scoring.kernel.documents import Document
from scoring.kernel.errors import InputError, gettext_noop

from .inputs import Count, Counts, Inputs, RawInputs, given
from .rule import Field, FieldType, Rule, texts

ZERO = Decimal(0)
HALF = Decimal("0.5")


@dataclass(frozen=True)
class Deduct(Rule):
    """The maximum less a minus for each shortcoming, never below 0."""

    kind: ClassVar[str] = "deduct"
    items: tuple[tuple[str, Decimal], ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The shortcomings in the author's order."""
        return tuple(label for label, _ in self.items)

    @property
    def fields(self) -> tuple[Field, ...]:
        label = gettext_noop("Number of cases")
        return (Field("counts", FieldType.COUNTS, label, choices=self.labels, minimum=ZERO),)

    def read(self, raw: object) -> Counts:
        counts = RawInputs(raw, "counts").take("counts")
        if not isinstance(counts, Mapping):
            raise InputError(
                gettext_noop("Give a whole number for each kind of case; none is an answer too."),
                field="counts",
            )
        found: dict[str, int] = {}
        for label, count in counts.items():
            label = nfc(str(label))
            if label not in self.labels or label in found:
                raise InputError(
                    gettext_noop("There is no such case; expected: %(expected)s."),
                    field=label,
                    expected="; ".join(self.labels),
                )
            if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count < 10**9:
                raise InputError(
                    gettext_noop("Enter a whole number that is not below 0."), field=label
                )
            found[label] = count
        return Counts(tuple((label, found[label]) for label in self.labels if label in found))

    def points(self, inputs: Inputs, maximum: Decimal) -> Fraction:
        minus = dict(self.items)
        lost = sum(
            (count * Fraction(minus[label]) for label, count in given(inputs, Counts).counts),
            Fraction(0),
        )
        return max(Fraction(0), Fraction(maximum) - lost)

    @classmethod
    def from_document(cls, document: Document) -> Self:
        items = []
        for row in document.rows("items"):
            items.append((row.text("label"), row.positive("minus")))
            row.done()
        labels = [label for label, _ in items]
        for label in labels:
            if labels.count(label) > 1:
                document.refuse(
                    gettext_noop('%(code)s: the item "%(label)s" is there twice.'), label=label
                )
        return cls(tuple(items))

    def document(self) -> dict[str, object]:
        return {"items": [{"label": label, "minus": plain(minus)} for label, minus in self.items]}


@dataclass(frozen=True)
class PerUnit(Rule):
    """`each` points for a unit, at most `cap`; half units count half (reading 11)."""

    kind: ClassVar[str] = "per_unit"
    each: Decimal
    cap: Decimal
    unit: str = ""

    @property
    def best(self) -> Decimal | None:
        return self.cap

    @property
    def fields(self) -> tuple[Field, ...]:
        label = gettext_noop("Count")
        return (
            Field("count", FieldType.DECIMAL, label, self.unit, minimum=ZERO, multiple_of=HALF),
        )

    def read(self, raw: object) -> Count:
        count = RawInputs(raw, "count").count("count")
        if not is_multiple(count, HALF):
            raise InputError(gettext_noop("Enter a whole number or a half."), field="count")
        return Count(count)

    def points(self, inputs: Inputs, maximum: Decimal) -> Fraction:
        return min(Fraction(given(inputs, Count).count) * Fraction(self.each), Fraction(self.cap))

    @classmethod
    def from_document(cls, document: Document) -> Self:
        each, cap = document.positive("each"), document.positive("cap")
        return cls(each, cap, document.optional_text("unit"))

    def document(self) -> dict[str, object]:
        return {**texts(unit=self.unit), "each": plain(self.each), "cap": plain(self.cap)}


@dataclass(frozen=True)
class Penalty(Rule):
    """`each` points to subtract for a unit, without an upper limit."""

    kind: ClassVar[str] = "penalty"
    each: Decimal
    unit: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        label = gettext_noop("Count")
        return (Field("count", FieldType.INTEGER, label, self.unit, minimum=ZERO),)

    def read(self, raw: object) -> Count:
        count = RawInputs(raw, "count").count("count")
        if count != int(count):
            raise InputError(
                gettext_noop("Enter a whole number that is not below 0."), field="count"
            )
        return Count(count)

    def points(self, inputs: Inputs, maximum: Decimal) -> Fraction:
        return Fraction(given(inputs, Count).count) * Fraction(self.each)

    @classmethod
    def from_document(cls, document: Document) -> Self:
        return cls(document.positive("each"), document.optional_text("unit"))

    def document(self) -> dict[str, object]:
        return {**texts(unit=self.unit), "each": plain(self.each)}
