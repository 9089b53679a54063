"""Fields and layout that the forms of this app share, and how a refusal comes back to a form."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from awards.models import VoteRule
from blocs.models import Membership, User
from blocs.vietnamese import tidy
from scoring.forms.inputs import FigureForm
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

    def to_python(self, value: object) -> str:
        # Browsers end lines with CR LF, and old ones not in hidden fields.
        return super().to_python(value).replace("\r\n", "\n")


class Clock(forms.TimeField):
    """A time of day as 08:00; 8h00 and 8g00 are understood."""

    default_error_messages = {"invalid": _("Write the time as 08:00.")}

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"placeholder": "08:00", "autocomplete": "off"}
        kwargs.setdefault("widget", forms.TimeInput(attrs=attrs, format="%H:%M"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime.time | None:
        return super().to_python(tidy(value).lower() if isinstance(value, str) else value)


class MemberField(forms.ChoiceField):
    """One of the review's members, from the list that the page has loaded already."""

    def __init__(self, *, empty: Any = "---------", **kwargs: Any) -> None:
        self.members: dict[str, Membership] = {}
        self.empty = empty
        super().__init__(**kwargs)

    def offer(self, members: Iterable[Membership], labels: dict[int, str] | None = None) -> None:
        """Let the user choose among ``members``, under their names or under ``labels``."""
        named = labels or {}
        self.members = {str(member.pk): member for member in members}
        self.choices = [("", self.empty)] + [
            (pk, named.get(member.pk, member.name)) for pk, member in self.members.items()
        ]

    def clean(self, value: Any) -> Any:
        return self.members.get(super().clean(value))


class AccountField(forms.ChoiceField):
    """One of the accounts that the page has loaded; their agencies are loaded with them."""

    def __init__(self, *, empty: Any = "---------", **kwargs: Any) -> None:
        self.accounts: dict[str, User] = {}
        self.empty = empty
        super().__init__(**kwargs)

    def offer(self, membership: Membership, accounts: Iterable[User]) -> None:
        """Let the user choose among ``accounts``, those of the member's own agency first."""
        self.accounts = {str(one.pk): one for one in accounts}
        own: list[tuple[str, str]] = []
        others: list[tuple[str, str]] = []
        for pk, account in self.accounts.items():
            label = ", ".join(part for part in (str(account), account.position) if part)
            (own if account.agency_id == membership.agency_id else others).append((pk, label))
        self.choices = [
            ("", self.empty),
            (membership.short_name, own),
            (_("Other agencies (with a proxy)"), others),
        ]

    def offer_all(self, accounts: Iterable[User]) -> None:
        """Let the user choose among ``accounts``, each with its agency."""
        self.accounts = {str(one.pk): one for one in accounts}
        self.choices = [("", self.empty)] + [
            (pk, f"{account} ({account.agency})") for pk, account in self.accounts.items()
        ]

    def clean(self, value: Any) -> Any:
        return self.accounts.get(super().clean(value))


class RuleField(forms.ChoiceField):
    """One of the rules of voting that the bloc is offered; ``usual`` where none is chosen."""

    def __init__(self, rules: Iterable[VoteRule], *, usual: VoteRule, **kwargs: Any) -> None:
        self.usual = usual
        self.rules = {str(rule.pk): rule for rule in rules}
        choices = [(pk, rule.name) for pk, rule in self.rules.items()]
        super().__init__(choices=choices, **kwargs)

    def clean(self, value: Any) -> Any:
        return self.rules.get(super().clean(value), self.usual)


def add_refusal(form: Any, refusal: Exception) -> None:
    """Show on a form, or on a list of forms, why a deed was refused: at the field that is named."""
    if isinstance(refusal, InputError):
        if isinstance(form, FigureForm):
            form.refuse(refusal)
        else:
            form.add_error(None, translated(refusal))
    elif isinstance(refusal, ValidationError) and hasattr(refusal, "error_dict"):
        for name, errors in refusal.error_dict.items():
            form.add_error(name if name in form.fields else None, ValidationError(errors))
    elif isinstance(refusal, ValidationError):
        form.add_error(None, refusal)
    else:
        form.add_error(None, str(refusal))
