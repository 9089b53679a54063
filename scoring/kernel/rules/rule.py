"""What every rule can do, and the description of its inputs for a form."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import ClassVar, Self

from scoring.kernel.documents import Document

from .inputs import Inputs


class FieldType(Enum):
    """How an input is entered."""

    CHOICE = "choice"  # one of `choices`
    DECIMAL = "decimal"
    INTEGER = "integer"
    DAY = "day"
    MOMENT = "moment"
    BOOLEAN = "boolean"
    COUNTS = "counts"  # a whole number for each of `choices`


@dataclass(frozen=True)
class Field:
    """One input of a rule, described so that a form can be built without knowing the kind.

    `label` is English and meant for translation; `text` is the author's wording and is not. Where
    `required` is False the input may be None.
    """

    name: str
    type: FieldType
    label: str
    text: str = ""
    choices: tuple[str, ...] = ()
    required: bool = True
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    multiple_of: Decimal | None = None


class Rule(ABC):
    """A rule turns the inputs of one criterion into points."""

    kind: ClassVar[str]

    @property
    def best(self) -> Decimal | None:
        """The most points that the rule's own numbers give; None where the maximum decides."""
        return None

    @property
    @abstractmethod
    def fields(self) -> tuple[Field, ...]:
        """The inputs to enter, in the order of a form."""

    @abstractmethod
    def read(self, raw: object) -> Inputs:
        """Check raw inputs (a mapping) and return them typed; InputError names the field."""

    @abstractmethod
    def points(self, inputs: Inputs, maximum: Decimal) -> Fraction:
        """Exact points, not rounded. `maximum` is the leaf's maximum or the bonus's cap."""

    @classmethod
    @abstractmethod
    def from_document(cls, document: Document) -> Self:
        """Read the rule's own keys; CriteriaError names the criterion and the key."""

    @abstractmethod
    def document(self) -> dict[str, object]:
        """The rule's own keys without `kind`, numbers as text."""


def texts(**values: str) -> dict[str, object]:
    """The texts that are not empty, as part of a rule's document."""
    return {key: value for key, value in values.items() if value}
