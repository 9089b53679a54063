"""A score changed in the room: which one, and to what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Method
from awards.transitions import Votes
from blocs.forms.fields import CountField
from blocs.models import Membership
from scoring.forms.inputs import Entry, FigureField, FigureForm, texts_of
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Criterion as Leaf
from scoring.models import Criterion, Score

from .fields import MemberField, Paragraphs, Text

WITHOUT_VOTE, BY_VOTE = "", "vote"


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
    asked_member = MemberField(
        label=gettext_lazy("Asked for by"), required=False, empty=gettext_lazy("No member")
    )
    asked_name = Text(
        label=gettext_lazy("Or by somebody else"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Name and position."),
    )
    voted = forms.ChoiceField(
        label=gettext_lazy("How the room agreed"),
        choices=[
            (WITHOUT_VOTE, gettext_lazy("Without a vote")),
            (BY_VOTE, gettext_lazy("By vote")),
        ],
        required=False,
    )
    in_favour = CountField(
        label=gettext_lazy("In favour"), min_value=0, max_value=999, required=False
    )
    against = CountField(label=gettext_lazy("Against"), min_value=0, max_value=999, required=False)
    abstained = CountField(
        label=gettext_lazy("Abstained"), min_value=0, max_value=999, required=False
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    VOTES = ("in_favour", "against", "abstained")

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        score: Score,
        rules: Rules,
        leaf: Leaf,
        members: Sequence[Membership] = (),
    ) -> None:
        inputs = score.agreed_inputs or score.appraised_inputs or score.claimed_inputs
        initial = {
            **texts_of(leaf, inputs),
            "reason": score.agreement_reason,
            "version": score.version,
        }
        super().__init__(data, rules=rules, leaf=leaf, key=score.pk, initial=initial)
        cast(MemberField, self.fields["asked_member"]).offer(members)
        if leaf.late_data:
            self.fields["provisional"] = forms.BooleanField(
                label=_("Provisional: the final figure comes later"), required=False
            )
            self.initial["provisional"] = score.is_provisional

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and self.inputs is None and cleaned.get("points") is None:
            raise forms.ValidationError(_("Give figures or points; 0 is an answer."))
        if cleaned.get("asked_member") and cleaned.get("asked_name"):
            self.add_error("asked_name", _("Either a member or somebody else, not both."))
        self._check_votes(cleaned)
        return cleaned

    def _check_votes(self, cleaned: Mapping[str, Any]) -> None:
        by_vote = cleaned.get("voted") == BY_VOTE
        if by_vote and cleaned.get("in_favour") is None and "in_favour" not in self.errors:
            self.add_error("in_favour", _("Say how many were in favour."))
        if not by_vote and any(cleaned.get(name) is not None for name in self.VOTES):
            self.add_error("voted", _("There are votes below: choose “By vote”, or empty them."))

    @property
    def vote_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.VOTES]

    @property
    def votes(self) -> Votes | None:
        """How the room voted, if it did."""
        if self.cleaned_data.get("voted") != BY_VOTE:
            return None
        return Votes(
            Method.SHOW_OF_HANDS, *(self.cleaned_data.get(name) or 0 for name in self.VOTES)
        )

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
            "asked_by": self.cleaned_data["asked_member"] or self.cleaned_data["asked_name"],
            "votes": self.votes,
        }
