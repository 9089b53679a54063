"""The list of proposals as a workbook: numbers as numbers, texts never as formulas."""

from __future__ import annotations

import io
from decimal import Decimal

from django.utils.translation import gettext as _

from awards.documents.submission import ProposedMember

WIDTHS = (6, 50, 28, 12, 8, 10, 12, 12, 80)


def workbook_of(members: tuple[ProposedMember, ...], title: str) -> bytes:
    """One sheet, a line for each proposal, in the order of the submission letter's annex."""
    from xlsxwriter import Workbook  # noqa: PLC0415 -- slow import

    held = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = Workbook(held, {**options, "in_memory": True})
    book.set_properties({"title": title})
    sheet = book.add_worksheet(_("Proposals"))
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 0)
    sheet.freeze_panes(1, 2)
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    cell = {"valign": "top", "border": 1}
    head = book.add_format({**cell, "bold": True, "text_wrap": True})
    text = book.add_format({**cell, "text_wrap": True})
    whole = book.add_format({**cell, "num_format": "0"})
    share = book.add_format({**cell, "num_format": "0.00%"})
    places = max((member.places for member in members), default=2)
    points = book.add_format({**cell, "num_format": "0." + "0" * places if places else "0"})
    formats = (whole, text, text, points, whole, whole, whole, share, text)
    for column, name in enumerate(_heads()):
        sheet.write_string(0, column, name, head)
    for row, member in enumerate(members, start=1):
        for column, (value, form) in enumerate(zip(_values(row, member), formats, strict=True)):
            if value is None:
                sheet.write_blank(row, column, None, form)
            elif isinstance(value, str):
                sheet.write_string(row, column, value, text)
            else:
                sheet.write_number(row, column, value, form)
    book.close()
    return held.getvalue()


def _heads() -> tuple[str, ...]:
    return (
        _("No."),
        _("Member"),
        _("Title or reward"),
        _("Total"),
        _("Rank"),
        _("In favour"),
        _("Measured against"),
        _("Share"),
        _("Summary of achievements"),
    )


def _values(number: int, member: ProposedMember) -> tuple[Decimal | int | str | None, ...]:
    share = Decimal(member.in_favour) / member.base if member.base else None
    grounds = "\n".join(block.text for block in member.grounds)
    return (
        number,
        member.name,
        member.award,
        member.total,
        member.rank or "–",
        member.in_favour,
        member.base,
        share,
        grounds,
    )
