"""Rules that work on figures: `bands`, `ratio`, `external`, `relative`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Self

from scoring.kernel.arithmetic import plain
from scoring.kernel.documents import Document
from scoring.kernel.errors import InputError, gettext_noop

from .inputs import Attainment, Inputs, RawInputs, Value, given
from .rule import Field, FieldType, Rule, texts
from .tables import Table, read_table, table_document

ZERO = Decimal(0)


def band_points(table: Table, value: Decimal) -> Decimal:
    """Points of the half-open band [min, next) that holds `value`, which is not rounded first.

    `table` is sorted by rising lower bound; below the lowest row: 0 (reading 11).
    """
    points = ZERO
    for bound, worth in table:
        if value >= bound:
            points = worth
    return points


@dataclass(frozen=True)
class Bands(Rule):
    """Points by bands of a figure."""

    kind: ClassVar[str] = "bands"
    table: Table
    unit: str = ""

    @property
    def best(self) -> Decimal | None:
        return max(points for _, points in self.table)

    @property
    def fields(self) -> tuple[Field, ...]:
        return (Field("value", FieldType.DECIMAL, gettext_noop("Value"), self.unit),)

    def read(self, raw: object) -> Value:
        return Value(RawInputs(raw, "value").number("value"))

    def points(self, inputs: Inputs, maximum: Decimal) -> Fraction:
        return Fraction(band_points(self.table, given(inputs, Value).value))

    @classmethod
    def from_document(cls, document: Document) -> Self:
        return cls(read_table(document, "min", "points"), document.optional_text("unit"))

    def document(self) -> dict[str, object]:
        rows = table_document(self.table, "min", "points")
        return {**texts(unit=self.unit), "table": rows[::-1]}


@dataclass(frozen=True)
class Ratio(Rule):
    """maximum x actual / target, at most the maximum; 0 where the ratio is below `zero_below`.

    Exactly on `zero_below` is not below it (reading 10).
    """

    kind: ClassVar[str] = "ratio"
    numerator: str = ""
    denominator: str = ""
    zero_below: Decimal = ZERO

    @property
    def fields(self) -> tuple[Field, ...]:
        return (
            Field(
                "actual", FieldType.DECIMAL, gettext_noop("Actual"), self.numerator, minimum=ZERO
            ),
            Field(
                "target", FieldType.DECIMAL, gettext_noop("Target"), self.denominator, minimum=ZERO
            ),
        )

    def read(self, raw: object) -> Attainment:
        fields = RawInputs(raw, "actual", "target")
        inputs = Attainment(fields.amount("actual"), fields.amount("target"))
        if inputs.target == 0:
            raise InputError(
                gettext_noop(
                    "The target must be above 0; where there is none, "
                    "have the criterion marked as not applicable."
                ),
                field="target",
            )
        return inputs

    def points(self, inputs: Inputs, maximum: Decimal) -> Fraction:
        attainment = given(inputs, Attainment)
        ratio = Fraction(attainment.actual) / Fraction(attainment.target)
        if ratio < Fraction(self.zero_below):
            return Fraction(0)
        return Fraction(maximum) * min(ratio, Fraction(1))

    @classmethod
    def from_document(cls, document: Document) -> Self:
        cap = document.number("cap") if document.has("cap") else Decimal(1)
        if cap != 1:
            document.refuse(
                gettext_noop("%(code)s: the cap of a ratio is %(value)s; only 1 is possible."),
                value=cap,
            )
        zero_below = document.amount("zero_below") if document.has("zero_below") else ZERO
        if zero_below > 1:
            document.refuse(
                gettext_noop("%(code)s: zero_below is %(value)s; it must not be above 1."),
                value=zero_below,
            )
        numerator = document.optional_text("numerator")
        return cls(numerator, document.optional_text("denominator"), zero_below)

    def document(self) -> dict[str, object]:
        document = texts(numerator=self.numerator, denominator=self.denominator)
        if self.zero_below:
            document["zero_below"] = plain(self.zero_below)
        return document


@dataclass(frozen=True)
class External(Rule):
    """A published index: maximum x value / `from_scale`, or points by bands where a table is given.

    An index above its scale is refused (reading 11).
    """

    kind: ClassVar[str] = "external"
    index: str = ""
    from_scale: Decimal | None = None
    table: Table = ()

    @property
    def best(self) -> Decimal | None:
        return max(points for _, points in self.table) if self.table else None

    @property
    def fields(self) -> tuple[Field, ...]:
        label = gettext_noop("Published index")
        return (
            Field(
                "value",
                FieldType.DECIMAL,
                label,
                self.index,
                minimum=None if self.from_scale is None else ZERO,
                maximum=self.from_scale,
            ),
        )

    def read(self, raw: object) -> Value:
        fields = RawInputs(raw, "value")
        if self.from_scale is None:
            return Value(fields.number("value"))
        value = fields.amount("value")
        if value > self.from_scale:
            raise InputError(
                gettext_noop("The index is %(value)s, its scale ends at %(scale)s."),
                field="value",
                value=plain(value),
                scale=plain(self.from_scale),
            )
        return Value(value)

    def points(self, inputs: Inputs, maximum: Decimal) -> Fraction:
        value = given(inputs, Value).value
        if self.table or self.from_scale is None:
            return Fraction(band_points(self.table, value))
        return Fraction(maximum) * Fraction(value) / Fraction(self.from_scale)

    @classmethod
    def from_document(cls, document: Document) -> Self:
        scale = document.positive("from_scale") if document.has("from_scale") else None
        table = read_table(document, "min", "points") if document.has("table") else ()
        if scale is None and not table:
            document.refuse(
                gettext_noop("%(code)s: an external index needs from_scale or a table.")
            )
        return cls(document.optional_text("index"), scale, table)

    def document(self) -> dict[str, object]:
        document = texts(index=self.index)
        if self.from_scale is not None:
            document["from_scale"] = plain(self.from_scale)
        if self.table:
            document["table"] = table_document(self.table, "min", "points")[::-1]
        return document


@dataclass(frozen=True)
class Relative(Rule):
    """An actual against its target and against the best of the bloc (reading 6).

    Below the target: half the maximum x actual / target. Exactly at it: half. Above it: half, and
    of the other half the share (actual - target) / (best - target). The best above it: all.
    """

    kind: ClassVar[str] = "relative"
    metric: str = ""
    target: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        return (
            Field("actual", FieldType.DECIMAL, gettext_noop("Actual"), self.metric, minimum=ZERO),
            Field("target", FieldType.DECIMAL, gettext_noop("Target"), self.target, minimum=ZERO),
        )

    def read(self, raw: object) -> Attainment:
        fields = RawInputs(raw, "actual", "target")
        return Attainment(fields.amount("actual"), fields.amount("target"))

    def points(self, inputs: Inputs, maximum: Decimal, leader: Decimal | None = None) -> Fraction:
        """Exact points. `leader` is the best actual of the ranked members, None without any."""
        attainment = given(inputs, Attainment)
        actual, target = Fraction(attainment.actual), Fraction(attainment.target)
        half = Fraction(maximum) / 2
        if actual < target:
            return half * actual / target
        if actual == target:
            return half
        if leader is None or actual >= leader:
            return Fraction(maximum)
        return half + half * (actual - target) / (Fraction(leader) - target)

    @classmethod
    def from_document(cls, document: Document) -> Self:
        return cls(document.optional_text("metric"), document.optional_text("target"))

    def document(self) -> dict[str, object]:
        return texts(metric=self.metric, target=self.target)
