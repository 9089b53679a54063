"""Which reviews the board wants to see."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from blocs.models import Phase

from .fields import Text


class BoardFilterForm(forms.Form):
    """Name without accents, year, phase; all of them optional."""

    q = Text(label=_("Bloc"), max_length=100, required=False)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    phase = forms.ChoiceField(
        label=_("Phase"), required=False, choices=[("", _("All")), *Phase.choices]
    )

    def __init__(self, data: QueryDict | None = None, *, years: Iterable[int]) -> None:
        super().__init__(data)
        self.fields["year"].choices = [  # type: ignore[attr-defined]
            ("", _("All")),
            *((year, str(year)) for year in years),
        ]
        self.fields["q"].widget.attrs["type"] = "search"
