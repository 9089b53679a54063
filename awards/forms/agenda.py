"""An item of the agenda, its place, and what came of it."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from awards.models import AgendaItem, AgendaKind
from blocs.forms.fields import CountField

from .fields import Paragraphs, Text


class AgendaItemForm(forms.Form):
    """What an item says; its place is changed on the list."""

    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=AgendaKind.choices,
        initial=AgendaKind.OTHER,
        help_text=_("It says to which part of the record the item leads."),
    )
    title = Text(label=_("Title of the item"), max_length=300)
    presenter = Text(label=_("Presenter"), max_length=200, required=False)
    planned_minutes = CountField(label=_("Minutes planned"), min_value=1, max_value=480, initial=10)

    def __init__(self, data: QueryDict | None = None, *, item: AgendaItem | None = None) -> None:
        given = {name: getattr(item, name) for name in self.base_fields} if item else None
        super().__init__(data, prefix="item", initial=given)


class MoveForm(forms.Form):
    """One place up or down."""

    UP, DOWN = "up", "down"

    direction = forms.ChoiceField(choices=[(UP, _("Up")), (DOWN, _("Down"))])

    @property
    def is_up(self) -> bool:
        return bool(self.cleaned_data["direction"] == self.UP)


class OutcomeForm(forms.Form):
    """What came of an item; ``go`` is the item (id) to which the conference then goes on."""

    outcome = Paragraphs(
        label=_("Outcome"),
        rows=3,
        required=False,
        help_text=_("In short, for the minutes. It may stay empty."),
    )
    go = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ShownForm(forms.Form):
    """Which item (id) the console shows that asks for news."""

    item = forms.IntegerField(required=False)
