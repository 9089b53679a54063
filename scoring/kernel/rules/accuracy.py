"""The rule about the sheet itself: `derived`, how close a member scored itself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Self

from scoring.kernel.arithmetic import plain
from scoring.kernel.documents import Document
from scoring.kernel.errors import InputError, gettext_noop

from .inputs import Distance, Inputs, given
from .rule import Field, Rule
from .tables import Table, read_table, refuse_growing, table_document, worth_up_to

FORMULA = "abs(sum(self)-sum(appraised)) over all other base leaves"


@dataclass(frozen=True)
class Derived(Rule):
    """Points by the distance between the claimed and the appraised sum (reading 9).

    Edges are inclusive: a distance of exactly `max_delta` is still in its row.
    """

    kind: ClassVar[str] = "derived"
    table: Table
    beyond: Decimal

    @property
    def best(self) -> Decimal | None:
        return max(self.beyond, *(points for _, points in self.table))

    @property
    def fields(self) -> tuple[Field, ...]:
        return ()

    def read(self, raw: object) -> Inputs:
        raise InputError(
            gettext_noop("This criterion is computed from the others; nothing is entered."),
            field="inputs",
        )

    def points(self, inputs: Inputs, maximum: Decimal) -> Fraction:
        worth = worth_up_to(self.table, given(inputs, Distance).delta)
        return Fraction(self.beyond if worth is None else worth)

    @classmethod
    def from_document(cls, document: Document) -> Self:
        formula = document.optional_text("formula") or FORMULA
        if "".join(formula.split()) != "".join(FORMULA.split()):
            document.refuse(
                gettext_noop('%(code)s: the only formula is "%(formula)s".'), formula=FORMULA
            )
        table = read_table(document, "max_delta", "points")
        beyond = document.amount("beyond")
        refuse_growing(document, [*(points for _, points in table), beyond])
        return cls(table, beyond)

    def document(self) -> dict[str, object]:
        return {
            "formula": FORMULA,
            "table": table_document(self.table, "max_delta", "points"),
            "beyond": plain(self.beyond),
        }
