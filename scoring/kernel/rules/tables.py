"""Tables of a bound and what it is worth, as `bands`, deadlines and `derived` use them."""

from __future__ import annotations

from decimal import Decimal

from scoring.kernel.arithmetic import plain
from scoring.kernel.documents import Document
from scoring.kernel.errors import gettext_noop

# Rows of (bound, worth), sorted by rising bound.
Table = tuple[tuple[Decimal, Decimal], ...]


def read_table(document: Document, bound_key: str, worth_key: str) -> Table:
    """Read the rows of `table` in any order; each bound may be there once."""
    rows = []
    for row in document.rows("table"):
        bound = row.number(bound_key) if bound_key == "min" else row.amount(bound_key)
        rows.append((bound, row.amount(worth_key)))
        row.done()
    rows.sort()
    for (bound, _), (following, _) in zip(rows, rows[1:], strict=False):
        if bound == following:
            document.refuse(
                gettext_noop("%(code)s: two rows of the table have %(key)s %(value)s."),
                key=bound_key,
                value=plain(bound),
            )
    return tuple(rows)


def read_day_table(document: Document, worth_key: str) -> Table:
    """Read a table whose bounds are late days, whole numbers."""
    table = read_table(document, "late_days_max", worth_key)
    for days, _ in table:
        if days != int(days):
            document.refuse(
                gettext_noop("%(code)s: late_days_max is %(value)s; it must be a whole number."),
                value=plain(days),
            )
    return table


def worth_up_to(table: Table, value: Decimal | int) -> Decimal | None:
    """The worth of the first row whose bound `value` does not exceed; None beyond the table."""
    for bound, worth in table:
        if value <= bound:
            return worth
    return None


def refuse_growing(document: Document, worths: list[Decimal]) -> None:
    """Refuse points that grow from row to row: being later or further off never pays."""
    for earlier, later in zip(worths, worths[1:], strict=False):
        if later > earlier:
            document.refuse(
                gettext_noop("%(code)s: a later row gives %(later)s, an earlier one %(earlier)s."),
                later=plain(later),
                earlier=plain(earlier),
            )


def table_document(table: Table, bound_key: str, worth_key: str) -> list[dict[str, object]]:
    """The rows as plain mappings, numbers as text."""
    return [{bound_key: plain(bound), worth_key: plain(worth)} for bound, worth in table]
