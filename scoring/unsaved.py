"""What somebody had typed into a sheet when the session ended, carried through the login page.

Nothing is kept on the server: the rows travel in a signed hidden field. The sheet's form names
its reader in a signed ticket, so that the rows come back to that person only.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.core import signing
from django.http import QueryDict

from blocs.models import User
from scoring import permissions as may
from scoring.forms.rows import RowForm
from scoring.models import Sheet
from scoring.sheet_page import APPRAISE, ENTER, bound_form

TICKET = "ticket"
ROW_FIELD = re.compile(r"s[0-9]+-[a-z0-9_-]+")
MOST = 200_000  # characters of names and values; a sheet of sixty criteria has about 20 000
TICKET_AGE = 24 * 60 * 60  # seconds: a page may stay open over a working day
ROWS_AGE = 60 * 60  # seconds between the refused save and the login
TICKET_SALT, ROWS_SALT = "scoring.unsaved.ticket", "scoring.unsaved.rows"


@dataclass(frozen=True)
class TypedRows:
    """The fields of a group as they were posted."""

    sheet: int
    group: int
    fields: tuple[tuple[str, str], ...]

    @property
    def data(self) -> QueryDict:
        data = QueryDict(mutable=True)
        for name, value in self.fields:
            data.appendlist(name, value)
        return data


def ticket_for(user: User, sheet: Sheet) -> str:
    """Whose form this is; goes with it as a hidden field."""
    return signing.dumps([user.pk, sheet.pk], salt=TICKET_SALT)


def pack(posted: QueryDict, group: int) -> str:
    """The typed rows, signed; nothing without a valid ticket or where they are too many."""
    try:
        user, sheet = signing.loads(posted.get(TICKET, ""), salt=TICKET_SALT, max_age=TICKET_AGE)
    except signing.BadSignature:
        return ""
    fields = [
        (name, value)
        for name in posted
        if ROW_FIELD.fullmatch(name)
        for value in posted.getlist(name)
    ]
    if not fields or sum(len(name) + len(value) for name, value in fields) > MOST:
        return ""
    return signing.dumps([user, sheet, group, fields], salt=ROWS_SALT, compress=True)


def unpack(packed: str, user: User) -> TypedRows | None:
    """The rows, if they are this person's and not too old."""
    try:
        owner, sheet, group, fields = signing.loads(packed, salt=ROWS_SALT, max_age=ROWS_AGE)
    except signing.BadSignature:
        return None
    if owner != user.pk:
        return None
    return TypedRows(sheet, group, tuple((name, value) for name, value in fields))


def changed_forms(sheet: Sheet, user: User, data: Mapping[str, str]) -> list[RowForm]:
    """The posted rows in which something was typed; none where the reader no longer writes."""
    if not (may.is_own(user, sheet) or may.appraises(user, sheet)):
        return []
    mode = ENTER if may.is_own(user, sheet) else APPRAISE
    forms = []
    for score in sheet.scores.select_related("criterion__criteria_set").in_order():
        score.sheet = sheet
        if f"s{score.pk}-version" in data:
            forms.append(bound_form(mode, data, score))
    return [form for form in forms if form.is_typed_over()]
