"""What comes after voting: hands counted, a result announced, a vote broken off."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Method, PaperForm, TieBreak, Vote, VoteOption
from awards.votes.outcome import Outcome
from blocs.forms.fields import CountField
from blocs.models import Membership

from .fields import Paragraphs, Text


class CountForm(forms.Form):
    """Hands raised for and against, option by option; in a consensus nobody is against."""

    def __init__(
        self, data: QueryDict | None = None, *, vote: Vote, options: Sequence[VoteOption]
    ) -> None:
        self.vote, self.options = vote, options
        super().__init__(data, prefix="count")
        self.asks_against = vote.form == PaperForm.APPROVE and vote.method != Method.CONSENSUS
        agreed = vote.present if vote.method == Method.CONSENSUS else None
        for one in options:
            self.fields[f"yes-{one.pk}"] = CountField(
                label=_("%(option)s: in favour") % {"option": one.name},
                min_value=0,
                max_value=999,
                initial=agreed,
            )
            if self.asks_against:
                self.fields[f"no-{one.pk}"] = CountField(
                    label=_("%(option)s: against") % {"option": one.name},
                    min_value=0,
                    max_value=999,
                    initial=0,
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        able = self.vote.present or 0
        for one in self.options:
            yes, no = cleaned.get(f"yes-{one.pk}"), cleaned.get(f"no-{one.pk}", 0)
            if yes is not None and no is not None and yes + no > able:
                words = _("%(present)s members are present; that many votes at the most.")
                self.add_error(f"yes-{one.pk}", words % {"present": able})
        return cleaned

    @property
    def counts(self) -> list[tuple[int, int]]:
        """In favour and against, in the order of the options."""
        cleaned = self.cleaned_data
        return [(cleaned[f"yes-{one.pk}"], cleaned.get(f"no-{one.pk}", 0)) for one in self.options]


class AnnounceForm(forms.Form):
    """The note of the chair, whom it names among the tied, and reservations in a consensus."""

    note = Paragraphs(label=gettext_lazy("Note of the chair"), rows=2, required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        vote: Vote,
        options: Sequence[VoteOption],
        outcome: Outcome,
        members: Sequence[Membership] = (),
    ) -> None:
        self.outcome = outcome
        super().__init__(data, prefix="announce")
        if outcome.tied and vote.tie == TieBreak.CHAIR:
            self.fields["choice"] = forms.MultipleChoiceField(
                label=_("The chair decides between the tied: %(seats)s to be chosen")
                % {"seats": outcome.seats_left},
                choices=[(str(at), options[at].name) for at in outcome.tied],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.members = members if vote.method == Method.CONSENSUS else ()
        for member in self.members:
            self.fields[f"reservation-{member.pk}"] = Text(
                label=_("Reservation of %(member)s") % {"member": member.name},
                required=False,
                max_length=2000,
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named = cleaned.get("choice") or ()
        if len(named) > self.outcome.seats_left:
            self.add_error("choice", _("More are named than can be chosen."))
        elif named and not cleaned.get("note"):
            self.add_error("note", _("Say why the chair decides so."))
        return cleaned

    @property
    def announcement(self) -> dict[str, Any]:
        """The arguments of the transition."""
        cleaned = self.cleaned_data
        return {
            "note": cleaned["note"],
            "chair_choice": [int(at) for at in cast(list[str], cleaned.get("choice") or [])],
            "reservations": [
                (member, words)
                for member in self.members
                if (words := cleaned[f"reservation-{member.pk}"])
            ],
        }


class CancelForm(forms.Form):
    """Why a vote is broken off."""

    reason = Paragraphs(label=gettext_lazy("Reason"), rows=2)

    def __init__(self, data: QueryDict | None = None, *, prefix: str = "cancel") -> None:
        super().__init__(data, prefix=prefix)


class AnnulForm(CancelForm):
    """Why an announced vote is set aside."""

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix="annul")
