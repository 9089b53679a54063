"""A score changed in the room: which one, and to what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.models import Membership
from scoring.forms.inputs import Entry, FigureField, FigureForm, texts_of
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Criterion as Leaf
from scoring.models import Criterion, Score

from .fields import MemberField, Paragraphs


class ScoreChoiceForm(forms.Form):
    """Whose score, and on which criterion."""

    membership = MemberField(label=gettext_lazy("Member"))
    criterion = forms.TypedChoiceField(label=gettext_lazy("Criterion"), coerce=int)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        members: Sequence[Membership],
        criteria: Sequence[Criterion],
    ) -> None:
        super().__init__(data, prefix="choice")
        self.fields["membership"].offer(members)  # type: ignore[attr-defined]
        self.fields["criterion"].choices = [  # type: ignore[attr-defined]
            ("", "---------"),
            *((criterion.pk, f"{criterion.code} {criterion.name}") for criterion in criteria),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        membership, criterion = cleaned.get("membership"), cleaned.get("criterion")
        if membership and criterion:
            score = Score.objects.filter(sheet__membership=membership, criterion=criterion).first()
            if score is None:
                self.add_error("criterion", _("This criterion does not apply to the member."))
            cleaned["score"] = score
        return cleaned


class AgreementForm(FigureForm):
    """The figures that the conference agrees on, or points in their place; and the reason."""

    points = FigureField(required=False)
    reason = Paragraphs(
        label=gettext_lazy("Reason"),
        rows=3,
        max_length=2000,
        required=False,
        help_text=gettext_lazy("Needed where the points differ; it is written into the minutes."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, data: QueryDict | None = None, *, score: Score, rules: Rules, leaf: Leaf
    ) -> None:
        inputs = score.agreed_inputs or score.appraised_inputs or score.claimed_inputs
        initial = {
            **texts_of(leaf, inputs),
            "reason": score.agreement_reason,
            "version": score.version,
        }
        super().__init__(data, rules=rules, leaf=leaf, key=score.pk, initial=initial)
        if leaf.late_data:
            self.fields["provisional"] = forms.BooleanField(
                label=_("Provisional: the final figure comes later"), required=False
            )
            self.initial["provisional"] = score.is_provisional

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and self.inputs is None and cleaned.get("points") is None:
            raise forms.ValidationError(_("Give figures or points; 0 is an answer."))
        return cleaned

    @property
    def direct(self) -> Entry:
        """The input for points in place of figures."""
        return self.entry("points", "text", _("Or points directly"), numeric=True)

    @property
    def is_stale(self) -> bool:
        """Whether a colleague has saved this score since the page was read."""
        return self.is_bound and str(self["version"].value()) != str(self.initial["version"])

    @property
    def agreement(self) -> dict[str, Any]:
        """The arguments of the transition; points typed directly go before figures."""
        points = self.cleaned_data["points"]
        return {
            "inputs": None if points is not None else self.inputs,
            "points": points,
            "reason": self.cleaned_data["reason"],
            "version": self.cleaned_data["version"],
            "provisional": self.cleaned_data.get("provisional"),
        }
