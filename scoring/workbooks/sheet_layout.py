"""Where everything stands in the workbook of a sheet: writer and reader agree on it here."""

from __future__ import annotations

from scoring.models import Sheet

FORMAT = "thi-dua-khoi/sheet/1"
SCORES, IDENTITY, LISTS = "Bảng chấm điểm", "Nhận dạng", "Danh mục"

# Columns, counted from 0 as the writer does.
CODE, NAME, MAX, RULE, ASKED, FIGURE, POINTS, EXPLANATION, KEY, VERSION, LATER = range(11)
HEAD = 4  # the row of headings, counted from 0; the criteria begin below it
FIRST = HEAD + 1

# In the column KEY: a field of the criterion's form, or one of these.
GROUP, TOTAL, AUTO, EXEMPT, CONFERENCE = "@group", "@total", "@auto", "@exempt", "@conference"
UNREAD = frozenset((GROUP, TOTAL, AUTO, EXEMPT, CONFERENCE))


def identity_of(sheet: Sheet, code: str, sha256: str) -> dict[str, str]:
    """What tells one workbook from another; in the file on a worksheet of its own."""
    membership = sheet.membership
    return {
        "format": FORMAT,
        "bloc": membership.review.bloc.slug,
        "year": str(membership.review.year),
        "member": membership.agency.slug,
        "name": membership.name,
        "criteria": code,
        "sha256": sha256,
    }
