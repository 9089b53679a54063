"""Fields and layout that the forms of this app share, and how a refusal comes back to a form."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from blocs.models import Membership
from blocs.vietnamese import tidy
from scoring.kernel.errors import InputError
from scoring.messages import translated

LONG_TEXT = 20_000  # characters: some ten printed pages


class Text(forms.CharField):
    """Typed text in NFC; no-break spaces become spaces."""

    def to_python(self, value: object) -> str:
        return tidy(super().to_python(value) or "")


class Paragraphs(Text):
    """Text of several lines."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", LONG_TEXT)
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class Clock(forms.TimeField):
    """A time of day as 08:00; 8h00 and 8g00 are understood."""

    default_error_messages = {"invalid": _("Write the time as 08:00.")}

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"placeholder": "08:00", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TimeInput(attrs=attrs, format="%H:%M"))
        super().__init__(**kwargs)

    def to_python(self, value: object) -> datetime.time | None:
        return super().to_python(tidy(value).lower() if isinstance(value, str) else value)


class MemberField(forms.TypedChoiceField):
    """One of the review's members, from the list that the page has loaded already."""

    def __init__(self, *, empty: object = "---------", **kwargs: Any) -> None:
        self.members: dict[int, Membership] = {}
        self.empty = empty
        super().__init__(coerce=self.member, empty_value=None, **kwargs)

    def offer(self, members: Iterable[Membership], labels: dict[int, str] | None = None) -> None:
        """Let the user choose among ``members``, under their names or under ``labels``."""
        self.members = {member.pk: member for member in members}
        named = labels or {}
        self.choices = [("", self.empty)] + [
            (pk, named.get(pk, member.name)) for pk, member in self.members.items()
        ]

    def member(self, value: object) -> Membership:
        return self.members[int(str(value))]


class Refusable(Protocol):
    """A form, or a list of forms, that can carry a refusal."""

    fields: Mapping[str, forms.Field]

    def add_error(self, field: str | None, error: Any) -> None: ...


def add_refusal(form: Refusable, refusal: Exception) -> None:
    """Show on the form why a deed was refused: at the field where the refusal names one."""
    if isinstance(refusal, InputError):
        form.add_error(refusal.field if refusal.field in form.fields else None, translated(refusal))
    elif isinstance(refusal, ValidationError) and hasattr(refusal, "error_dict"):
        for name, errors in refusal.error_dict.items():
            form.add_error(name if name in form.fields else None, ValidationError(errors))
    elif isinstance(refusal, ValidationError):
        form.add_error(None, refusal)
    else:
        form.add_error(None, str(refusal))
