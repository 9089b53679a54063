"""Reading a version of the summary table, and approving the table that was read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from blocs.canonical import canonical_text
from blocs.forms.fields import CountField
from scoring.tables import Row, Table
from scoring.templatetags.points import points

SALT = "scoring.summary"


class VersionForm(forms.Form):
    """Which version to read; none is the table in force."""

    version = CountField(required=False, min_value=1)


class ApproveForm(forms.Form):
    """The hash of the table that was read, and a signed copy of its numbers."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    copy = forms.CharField(widget=forms.HiddenInput)

    def clean_copy(self) -> dict[str, list[str]]:
        try:
            copy: dict[str, list[str]] = signing.loads(self.cleaned_data["copy"], salt=SALT)
        except signing.BadSignature as error:
            raise ValidationError(_("The form was not sent whole.")) from error
        return copy


def approval_of(table: Table) -> ApproveForm:
    """The form that approves this very table."""
    copy = {row.slug: _copy(table, row) for row in table.rows}
    signed = signing.dumps(copy, salt=SALT, compress=True)
    return ApproveForm(initial={"seen": table.sha256, "copy": signed})


def _copy(table: Table, row: Row) -> list[str]:
    """The values of a row in their order, then a digest of the single points behind them."""
    behind = canonical_text({"leaves": row.leaves, "extras": row.extras})
    digest = hashlib.sha256(behind.encode()).hexdigest()
    return [*(value for _what, value in _values(table, row)), digest[:16]]


def _values(table: Table, row: Row) -> Iterator[tuple[str, str]]:
    places = table.places
    for stage, column in ((_("Claimed"), row.claimed), (_("Appraised"), row.appraised)):
        for group, worth in zip(table.groups, column.groups, strict=True):
            yield f"{stage}, {group.code}", points(worth, places)
        yield f"{stage}, {_('bonus')}", points(column.bonus, places)
        yield f"{stage}, {_('penalty')}", points(column.penalty, places)
        yield f"{stage}, {_('total')}", points(column.total, places)
    yield _("Rank"), str(row.rank or "–")
    yield _("Grade"), row.grade


@dataclass(frozen=True)
class Moved:
    """A number of a member that is no longer what was read."""

    member: str
    what: str
    before: str
    after: str


def changes_since(copy: dict[str, list[str]], table: Table) -> list[Moved]:
    """What moved between the copy that was read and the table now, member by member."""
    found = []
    for row in table.rows:
        before, after = copy.get(row.slug), _copy(table, row)
        names = [what for what, _value in _values(table, row)]
        if before is None or len(before) != len(after):
            found.append(Moved(row.name, _("The whole row"), "", ""))
        elif before != after:
            moved = [
                Moved(row.name, what, old, new)
                for what, old, new in zip(names, before, after, strict=False)
                if old != new
            ]
            found += moved or [Moved(row.name, _("Points within the groups"), "", "")]
    return found
