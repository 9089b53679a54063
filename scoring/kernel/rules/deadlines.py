"""Rules about days: `deadline` (a leaf) and `deadline_penalty` (a penalty)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import ClassVar, Self

from scoring.kernel.arithmetic import plain
from scoring.kernel.documents import Document
from scoring.kernel.errors import gettext_noop

from .inputs import Inputs, Receipt, given, read_receipt
from .rule import Field, FieldType, Rule, texts
from .tables import Table, read_day_table, refuse_growing, table_document, worth_up_to

ZERO = Decimal(0)


def receipt_fields(due: str) -> tuple[Field, ...]:
    """The inputs of a deadline; `due` is the author's wording of the due day."""
    return (
        Field("due", FieldType.DAY, gettext_noop("Due day"), due),
        Field("received_at", FieldType.MOMENT, gettext_noop("Received at"), required=False),
        Field("extended_to", FieldType.DAY, gettext_noop("Extended to"), required=False),
    )


@dataclass(frozen=True)
class Deadline(Rule):
    """Points by late days: `beyond` after the last row, `missing` if nothing came (reading 17)."""

    kind: ClassVar[str] = "deadline"
    table: Table
    beyond: Decimal = ZERO
    missing: Decimal = ZERO
    due: str = ""

    @property
    def best(self) -> Decimal | None:
        return max(self.beyond, self.missing, *(points for _, points in self.table))

    @property
    def fields(self) -> tuple[Field, ...]:
        return receipt_fields(self.due)

    def read(self, raw: object) -> Receipt:
        return read_receipt(raw)

    def points(self, inputs: Inputs, maximum: Decimal) -> Fraction:
        late_days = given(inputs, Receipt).late_days
        if late_days is None:
            return Fraction(self.missing)
        worth = worth_up_to(self.table, late_days)
        return Fraction(self.beyond if worth is None else worth)

    @classmethod
    def from_document(cls, document: Document) -> Self:
        table = read_day_table(document, "points")
        beyond = document.amount("beyond")
        refuse_growing(document, [*(points for _, points in table), beyond])
        missing = document.amount("missing") if document.has("missing") else ZERO
        return cls(table, beyond, missing, document.optional_text("due"))

    def document(self) -> dict[str, object]:
        return {
            **texts(due=self.due),
            "table": table_document(self.table, "late_days_max", "points"),
            "beyond": plain(self.beyond),
            "missing": plain(self.missing),
        }


@dataclass(frozen=True)
class DeadlinePenalty(Rule):
    """Points to subtract by late days; on time costs nothing (reading 17).

    `beyond` is what a later receipt costs. None stands for KNOCKOUT: the last minus of the table
    stays and the knock-out `knockout` is raised ("" leaves its name to the bloc).
    """

    kind: ClassVar[str] = "deadline_penalty"
    table: Table
    beyond: Decimal | None
    knockout: str = ""
    due: str = ""

    @property
    def fields(self) -> tuple[Field, ...]:
        return receipt_fields(self.due)

    def read(self, raw: object) -> Receipt:
        return read_receipt(raw)

    def raises_knockout(self, inputs: Inputs) -> bool:
        """Whether the receipt is beyond the table (or never came) and beyond means KNOCKOUT."""
        return self.beyond is None and self._minus_in_table(inputs) is None

    def points(self, inputs: Inputs, maximum: Decimal) -> Fraction:
        minus = self._minus_in_table(inputs)
        if minus is None:
            minus = self.table[-1][1] if self.beyond is None else self.beyond
        return Fraction(minus)

    def _minus_in_table(self, inputs: Inputs) -> Decimal | None:
        late_days = given(inputs, Receipt).late_days
        if late_days is None:
            return None
        return ZERO if late_days == 0 else worth_up_to(self.table, late_days)

    @classmethod
    def from_document(cls, document: Document) -> Self:
        table = read_day_table(document, "minus")
        knocks_out = document.take_if("beyond", "KNOCKOUT")
        beyond = None if knocks_out else document.amount("beyond")
        costs = [minus for _, minus in table] + ([] if beyond is None else [beyond])
        refuse_growing(document, costs[::-1])
        knockout = document.optional_text("knockout")
        if knockout and not knocks_out:
            document.refuse(
                gettext_noop("%(code)s: knockout %(knockout)s needs beyond: KNOCKOUT."),
                knockout=knockout,
            )
        return cls(table, beyond, knockout, document.optional_text("due"))

    def document(self) -> dict[str, object]:
        return {
            **texts(due=self.due, knockout=self.knockout),
            "table": table_document(self.table, "late_days_max", "minus"),
            "beyond": "KNOCKOUT" if self.beyond is None else plain(self.beyond),
        }
