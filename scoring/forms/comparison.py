"""Choosing two versions of the table to compare, and a stage to read it at."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring.models import Summary

NOW = "now"


class CompareForm(forms.Form):
    """Two versions; left open, the last one is compared with the table as it stands now."""

    def __init__(self, data: object, *, versions: Sequence[Summary]) -> None:
        choices = [(str(one.version), self._label(one)) for one in versions]
        choices.append((NOW, _("The table in force")))
        asked = dict(data.items()) if hasattr(data, "items") else {}
        super().__init__({"from": choices[0][0], "to": NOW, **asked})
        # "from" is a word of Python, so the fields are not written as attributes.
        self.fields["from"] = forms.ChoiceField(label=_("Earlier version"), choices=choices)
        self.fields["to"] = forms.ChoiceField(label=_("Later version"), choices=choices)

    @staticmethod
    def _label(one: Summary) -> str:
        state = one.get_status_display()
        return _("Version %(version)s, %(state)s") % {"version": one.version, "state": state}


class StageForm(forms.Form):
    """Which column of the sheets the table shows."""

    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"),
        required=False,
        choices=[
            ("agreed", gettext_lazy("Agreed")),
            ("appraised", gettext_lazy("Appraised")),
            ("self", gettext_lazy("Claimed")),
        ],
    )
