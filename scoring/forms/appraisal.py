"""What an appraiser types: other figures or points for a criterion, reasons, acceptances."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.models import User
from scoring import transitions
from scoring.kernel.criteria import Criterion as Leaf
from scoring.models import Score
from scoring.rule_text import figures_text
from scoring.sheet_rows import TYPED, Section
from scoring.templatetags.points import points as points_text

from .inputs import Entry, FigureField, texts_of
from .rows import RowForm
from .sheets import bare_helper


class AppraiseForm(RowForm):
    """The claim's figures, to be left or changed; or points in their place; and the reason."""

    points = FigureField(required=False)
    reason = forms.CharField(required=False, max_length=4000)

    @staticmethod
    def texts(leaf: Leaf, score: Score) -> dict[str, str]:
        inputs = score.appraised_inputs or score.claimed_inputs
        texts = {**texts_of(leaf, inputs), "reason": score.appraisal_reason}
        if is_set_directly(score):
            texts["points"] = points_text(score.appraised).replace("\N{MINUS SIGN}", "-")
        return texts

    @property
    def points_entry(self) -> Entry:
        return self.entry("points", "text", _("or points"), numeric=True)

    @property
    def reason_entry(self) -> Entry:
        return self.entry("reason", "text", _("Reason of the difference"))

    @property
    def text_entries(self) -> list[Entry]:
        return [self.reason_entry]

    @property
    def all_entries(self) -> list[Entry]:
        return [*super().all_entries, self.points_entry]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        empty = self.inputs is None and cleaned.get("points") is None
        if not self.errors and empty and self.score.claimed_inputs is not None:
            raise ValidationError(_("Give figures or points; 0 is an answer."))
        return cleaned

    def summary(self, score: Score | None) -> str:
        if score is None:
            inputs, direct = self.inputs, self.cleaned_data.get("points")
            reason = self.cleaned_data.get("reason", "")
        else:
            inputs = score.appraised_inputs or score.claimed_inputs
            direct = score.appraised if is_set_directly(score) else None
            reason = score.appraisal_reason
        if direct is not None:
            text = _("%(points)s points, set directly") % {"points": points_text(direct)}
        else:
            text = figures_text(self.leaf, inputs) or _("not answered")
        return f"{text} - {reason}" if reason else text

    def write(self, *, version: int, by: User) -> Score:
        direct = self.cleaned_data["points"]
        try:
            return transitions.appraise(
                self.score,
                inputs=None if direct is not None else self.inputs,
                points=direct,
                reason=self.cleaned_data["reason"],
                version=version,
                provisional=self.cleaned_data.get("provisional"),
                by=by,
            )
        except ValidationError as error:
            # The figure is typed first and the reason after it.
            self.incomplete = hasattr(error, "error_dict") and set(error.error_dict) == {"reason"}
            raise


def is_set_directly(score: Score) -> bool:
    """Points that the appraiser typed in place of the rule's result."""
    return (
        score.is_appraised
        and score.appraised_inputs is None
        and score.appraised is not None
        and score.appraised != score.claimed
    )


class PlaceForm(forms.Form):
    """Where a row was posted from: the page of its sheet, or that of its criterion."""

    by_criterion = forms.BooleanField(required=False)


class AcceptForm(PlaceForm):
    """What is accepted as claimed: one row, one group, or with neither all the rest."""

    score = forms.IntegerField(required=False)
    group = forms.IntegerField(required=False)


class ReasonForm(forms.Form):
    """Why a sheet goes back, or why its appraisal is taken up again."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


@dataclass(frozen=True)
class Tick:
    """A criterion that may be named in a return."""

    id: str
    value: int
    label: str
    chosen: bool


@dataclass(frozen=True)
class TickGroup:
    """The criteria of one top-level group; open where one of them is ticked."""

    title: str
    ticks: tuple[Tick, ...]

    @property
    def is_open(self) -> bool:
        return any(tick.chosen for tick in self.ticks)


class ReturnForm(ReasonForm):
    """Why a sheet goes back, and for which criteria; with none ticked, for all of them."""

    criteria = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Criteria to be supplemented"), coerce=int, required=False
    )

    def __init__(self, *args: Any, sections: Iterable[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {
            section.title: [
                (row.score.criterion_id, f"{row.leaf.code} {row.leaf.name}")
                for row in section.leaves
                if row.kind == TYPED and row.score is not None
            ]
            for section in sections
        }
        field = cast("forms.TypedMultipleChoiceField", self.fields["criteria"])
        field.choices = [choice for choices in self.groups.values() for choice in choices]

    @property
    def tick_groups(self) -> list[TickGroup]:
        chosen = set(self["criteria"].value() or [])
        return [
            TickGroup(
                title,
                tuple(
                    Tick(f"{self['criteria'].auto_id}_{pk}", pk, label, str(pk) in chosen)
                    for pk, label in choices
                ),
            )
            for title, choices in self.groups.items()
            if choices
        ]
