"""The document with the final figure."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from scoring.models import Score

from .sheets import DeedForm, bare_helper


class FinalForm(DeedForm):
    """Where the final figure stands, which is the provisional one."""

    document = forms.CharField(
        label=gettext_lazy("Document with the final figure"),
        max_length=300,
        help_text=gettext_lazy("Number, date and agency."),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, score: Score) -> None:
        self.key = score.pk
        super().__init__(data, prefix=f"f{score.pk}", initial={"version": score.version})
        self.helper = bare_helper()
