"""Rules that a single answer decides: `binary`, `levels`, `judged`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Self

from scoring.kernel.arithmetic import plain
from scoring.kernel.documents import Document
from scoring.kernel.errors import InputError, gettext_noop

from .inputs import Inputs, Judgement, Level, Met, RawInputs, given
from .rule import Field, FieldType, Rule, texts


@dataclass(frozen=True)
class Binary(Rule):
    """Met: the maximum. Not met: 0."""

    kind: ClassVar[str] = "binary"

    @property
    def fields(self) -> tuple[Field, ...]:
        return (Field("met", FieldType.BOOLEAN, gettext_noop("Met")),)

    def read(self, raw: object) -> Met:
        return Met(RawInputs(raw, "met").flag("met"))

    def points(self, inputs: Inputs, maximum: Decimal) -> Fraction:
        return Fraction(maximum) if given(inputs, Met).met else Fraction(0)

    @classmethod
    def from_document(cls, document: Document) -> Self:
        return cls()

    def document(self) -> dict[str, object]:
        return {}


@dataclass(frozen=True)
class Levels(Rule):
    """The points of the level chosen; each level is a label with its points."""

    kind: ClassVar[str] = "levels"
    levels: tuple[tuple[str, Decimal], ...]

    @property
    def best(self) -> Decimal | None:
        return max(points for _, points in self.levels)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in the author's order."""
        return tuple(label for label, _ in self.levels)

    @property
    def fields(self) -> tuple[Field, ...]:
        return (Field("level", FieldType.CHOICE, gettext_noop("Level"), choices=self.labels),)

    def read(self, raw: object) -> Level:
        level = RawInputs(raw, "level").text("level")
        if level not in self.labels:
            raise InputError(
                gettext_noop("There is no such level; expected one of: %(expected)s."),
                field="level",
                expected="; ".join(self.labels),
            )
        return Level(level)

    def level_worth(self, points: Decimal) -> Level:
        """The level that a bare number in a workbook stands for (reading 22).

        InputError unless exactly one level is worth `points`.
        """
        found = [label for label, worth in self.levels if worth == points]
        if len(found) != 1:
            raise InputError(
                gettext_noop("%(count)s levels are worth %(points)s points; write the label."),
                field="level",
                count=len(found),
                points=plain(points),
            )
        return Level(found[0])

    def points(self, inputs: Inputs, maximum: Decimal) -> Fraction:
        return Fraction(dict(self.levels)[given(inputs, Level).level])

    @classmethod
    def from_document(cls, document: Document) -> Self:
        levels = []
        for row in document.rows("levels"):
            levels.append((row.text("label"), row.amount("points")))
            row.done()
        labels = [label for label, _ in levels]
        for label in labels:
            if labels.count(label) > 1:
                document.refuse(
                    gettext_noop('%(code)s: the level "%(label)s" is there twice.'), label=label
                )
        return cls(tuple(levels))

    def document(self) -> dict[str, object]:
        return {"levels": [{"label": la, "points": plain(points)} for la, points in self.levels]}


@dataclass(frozen=True)
class Judged(Rule):
    """Points typed freely between 0 and the maximum, in steps of the set (reading 4).

    The rule knows neither maximum nor step; `entries.read_inputs` checks both.
    """

    kind: ClassVar[str] = "judged"
    guide: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        label = gettext_noop("Points")
        return (Field("points", FieldType.DECIMAL, label, self.guide, minimum=Decimal(0)),)

    def read(self, raw: object) -> Judgement:
        return Judgement(RawInputs(raw, "points").amount("points"))

    def points(self, inputs: Inputs, maximum: Decimal) -> Fraction:
        return Fraction(given(inputs, Judgement).points)

    @classmethod
    def from_document(cls, document: Document) -> Self:
        return cls(document.optional_text("guide"))

    def document(self) -> dict[str, object]:
        return texts(guide=self.guide)
