"""What a member types into its sheet, and what others set for the whole sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.models import Membership, User
from blocs.workflow import IllegalMove
from scoring import transitions
from scoring.kernel.criteria import Criterion as Leaf
from scoring.models import Score, Sheet
from scoring.rule_text import figures_text

from .inputs import DayField, Entry, texts_of
from .rows import RowForm


def bare_helper() -> FormHelper:
    """The form tag and its token stand in the template."""
    helper = FormHelper()
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class ClaimForm(RowForm):
    """The member's figures and explanation for one criterion."""

    explanation = forms.CharField(required=False, max_length=4000)

    @staticmethod
    def texts(leaf: Leaf, score: Score) -> dict[str, str]:
        return {**texts_of(leaf, score.claimed_inputs), "explanation": score.explanation}

    @property
    def explanation_entry(self) -> Entry:
        return self.entry("explanation", "text", _("Explanation"))

    @property
    def text_entries(self) -> list[Entry]:
        return [self.explanation_entry]

    def summary(self, score: Score | None) -> str:
        inputs = self.inputs if score is None else score.claimed_inputs
        note = self.cleaned_data.get("explanation", "") if score is None else score.explanation
        figures = figures_text(self.leaf, inputs) or _("not answered")
        return f"{figures} - {note}" if note else figures

    def write(self, *, version: int, by: User) -> Score:
        return transitions.claim(
            self.score,
            inputs=self.inputs,
            explanation=self.cleaned_data["explanation"],
            version=version,
            provisional=self.cleaned_data.get("provisional", False),
            by=by,
        )


class NoteForm(forms.Form):
    """A word on why a sheet goes back; nobody has to give one."""

    note = forms.CharField(
        label=gettext_lazy("Reason (optional)"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class DeedForm(forms.Form):
    """A form whose deed may still refuse a value."""

    def attempt(self, deed: Callable[[], object]) -> bool:
        """Do it, or put the refusal at the field; the wrong moment must not lose what was typed."""
        try:
            deed()
        except ValidationError as error:
            self.add_error(None, error)
        except (PermissionDenied, IllegalMove) as error:
            self.add_error(None, str(error))
        return not self.errors


class ExtensionForm(DeedForm):
    """A later due day for one member."""

    to = DayField(label=gettext_lazy("New due day"), help_text=gettext_lazy("dd/mm/yyyy"))
    reason = forms.CharField(
        label=gettext_lazy("Reason of the extension"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()


class AppraiserForm(DeedForm):
    """Which other member appraises a sheet."""

    appraiser = forms.TypedChoiceField(label=gettext_lazy("Appraiser"), coerce=int)

    def __init__(
        self, *args: Any, sheet: Sheet, members: Iterable[Membership], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        others = [(part.pk, part.name) for part in members if part.pk != sheet.membership_id]
        self.fields["appraiser"].choices = others  # type: ignore[attr-defined]
        self.initial.setdefault("appraiser", sheet.appraiser_id)
        self.helper = bare_helper()
