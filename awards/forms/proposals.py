"""A proposal's grounds, the way of the dossier, and the outcome."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Proposal
from blocs.forms.fields import DayField

from .fields import Paragraphs, Text


class GroundsForm(forms.Form):
    """What a proposal rests on; shows a colleague's text where one was saved meanwhile."""

    grounds = Paragraphs(
        label=gettext_lazy("Summary of achievements"),
        rows=4,
        required=False,
    )

    def __init__(self, data: QueryDict | None = None, *, proposal: Proposal) -> None:
        self.proposal = proposal
        super().__init__(
            data, prefix=f"proposal-{proposal.pk}", initial={"grounds": proposal.grounds}
        )

    def clean_grounds(self) -> str:
        read = self.data.get(self.add_initial_prefix("grounds"), "")
        if _lines(read) != _lines(self.proposal.grounds):
            raise forms.ValidationError(
                _("A colleague has changed this text in the meantime. It now reads: %(text)s")
                % {"text": self.proposal.grounds or "-"}
            )
        return str(self.cleaned_data["grounds"])


def _lines(text: str) -> list[str]:
    return text.strip().splitlines()


class ReturnForm(forms.Form):
    """Why the dossier goes back."""

    reason = Paragraphs(label=gettext_lazy("What has to be mended"), rows=3, max_length=2000)


class OutcomeForm(forms.Form):
    """What the province decided on one proposal."""

    GRANTED, NOT_GRANTED = "granted", "not_granted"

    outcome = forms.ChoiceField(
        label=gettext_lazy("Outcome"),
        choices=[
            ("", "---------"),
            (GRANTED, gettext_lazy("Granted")),
            (NOT_GRANTED, gettext_lazy("Not granted")),
        ],
    )
    decision_number = Text(
        label=gettext_lazy("Number of the decision"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("As in: 512/QĐ-UBND"),
    )
    decision_date = DayField(label=gettext_lazy("Date of the decision"), required=False)
    reason = Paragraphs(
        label=gettext_lazy("Reason, where it was not granted"),
        rows=2,
        required=False,
        max_length=2000,
    )

    def __init__(
        self, data: QueryDict | None = None, *, proposal: Proposal, today: datetime.date
    ) -> None:
        self.proposal, self.today = proposal, today
        super().__init__(data, prefix=f"outcome-{proposal.pk}")

    def clean_decision_date(self) -> datetime.date | None:
        day: datetime.date | None = self.cleaned_data["decision_date"]
        if day is not None and day.year < self.proposal.review.year:
            raise forms.ValidationError(_("The decision cannot be older than the review."))
        if day is not None and day > self.today:
            raise forms.ValidationError(_("The date lies in the future."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == self.GRANTED:
            for name, message in (
                ("decision_number", _("Give the number of the decision.")),
                ("decision_date", _("Give the date of the decision.")),
            ):
                if name not in self.errors and not cleaned.get(name):
                    self.add_error(name, message)
        missing = "reason" not in self.errors and not cleaned.get("reason")
        if cleaned.get("outcome") == self.NOT_GRANTED and missing:
            self.add_error("reason", _("Say why the award was not granted."))
        return cleaned

    @property
    def decision(self) -> dict[str, Any]:
        """The arguments of the transition: of a refusal, only its reason."""
        granted = self.cleaned_data["outcome"] == self.GRANTED
        wanted = ("decision_number", "decision_date") if granted else ("reason",)
        return {"granted": granted} | {name: self.cleaned_data[name] for name in wanted}
