"""A title or reward that an agency received before."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import AwardCategory, PastAward
from blocs.forms.fields import LAST_YEAR, CountField, DayField

from .fields import Text

FIRST_YEAR = 1945
COLUMNS = ("year", "category", "name", "decision_number", "decision_date", "authority")


class PastDayField(DayField):
    """A day since 1945: decisions are older than anything else that is typed here."""

    def validate(self, value: datetime.date | None) -> None:
        forms.DateField.validate(self, value)  # DayField would refuse all before 2000


class PastAwardForm(forms.Form):
    """One row of the history; ``today`` is the last day that a decision may bear."""

    year = CountField(
        label=gettext_lazy("Year of the achievement"),
        help_text=gettext_lazy("As in 2021: the year that it was given for."),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=[("", "---------"), *AwardCategory.choices]
    )
    name = Text(label=gettext_lazy("Title or reward"), max_length=200)
    decision_number = Text(
        label=gettext_lazy("Number of the decision"),
        max_length=60,
        help_text=gettext_lazy("As in: 512/QĐ-UBND"),
    )
    decision_date = PastDayField(label=gettext_lazy("Date of the decision"))
    authority = Text(
        label=gettext_lazy("Decided by"),
        max_length=200,
        help_text=gettext_lazy("As in: Chủ tịch Ủy ban nhân dân tỉnh"),
    )

    def __init__(
        self, data: QueryDict | None = None, *, today: datetime.date, past: PastAward | None = None
    ) -> None:
        self.today = today
        stored = {name: getattr(past, name) for name in COLUMNS} if past else None
        super().__init__(data, initial=stored)

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        self._require_plausible(year)
        if year > self.today.year:
            raise forms.ValidationError(_("The year lies in the future."))
        return year

    def _require_plausible(self, year: int) -> None:
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise forms.ValidationError(
                _("The year must lie between %(first)s and %(last)s.")
                % {"first": FIRST_YEAR, "last": LAST_YEAR}
            )

    def clean_decision_date(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["decision_date"]
        self._require_plausible(day.year)
        if day > self.today:
            raise forms.ValidationError(_("The date lies in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        year, day = cleaned.get("year"), cleaned.get("decision_date")
        if year and day and day.year < year:
            self.add_error("decision_date", _("The decision is older than the year it is for."))
        return cleaned
