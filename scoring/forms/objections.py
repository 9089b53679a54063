"""What is typed of an objection: why, with what proof; and the answer to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Criterion as Leaf
from scoring.kernel.errors import InputError
from scoring.models import Score
from scoring.templatetags.points import points as points_text

from .appraisal import is_set_directly
from .evidence import EvidenceForm
from .inputs import Entry, FigureField, FigureForm, texts_of
from .sheets import DeedForm, bare_helper


class ObjectionForm(EvidenceForm):
    """Why the appraised points are not right, with a document that proves it if there is one."""

    reason = forms.CharField(
        label=gettext_lazy("Why the appraised points are not right"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ("reason",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["not_secret"].required = False

    @property
    def has_document(self) -> bool:
        return bool(self.cleaned_data.get("upload") or self.cleaned_data.get("url"))

    def clean(self) -> dict[str, Any]:
        """A document is optional; one that is handed in must not be a secret."""
        if not self.errors and not self.has_document:
            return self.cleaned_data
        cleaned = super().clean()
        if self.has_document and not cleaned.get("not_secret"):
            self.add_error("not_secret", self.fields["not_secret"].error_messages["required"])
        return cleaned


class AnswerForm(FigureForm):
    """The answer in words, and other figures or points where the member is right.

    Figures left as the appraisal has them leave it as it is.
    """

    points = FigureField(required=False)
    reply = forms.CharField(max_length=4000, label=gettext_lazy("Answer"))
    version = forms.IntegerField(min_value=0)

    def __init__(self, data: Any, *, rules: Rules, leaf: Leaf, score: Score) -> None:
        inputs = score.appraised_inputs or score.claimed_inputs
        self.shown = texts_of(leaf, inputs)
        direct = points_text(score.appraised) if is_set_directly(score) else ""
        self.shown["points"] = direct.replace("\N{MINUS SIGN}", "-")
        initial = {**self.shown, "version": score.version}
        super().__init__(data, rules=rules, leaf=leaf, key=score.pk, initial=initial)

    @property
    def points_entry(self) -> Entry:
        return self.entry("points", "text", _("or points"), numeric=True)

    @property
    def reply_entry(self) -> Entry:
        return self.entry("reply", "text", _("Answer"))

    @property
    def answer(self) -> dict[str, Any]:
        """The arguments of the transition: figures only where the appraiser changed them."""
        names = [name for name in self.fields if name not in ("reply", "version")]
        moved = any(self.value(name).strip() != self.shown.get(name, "") for name in names)
        points = self.cleaned_data["points"] if moved else None
        return {
            "reply": self.cleaned_data["reply"],
            "inputs": self.inputs if moved and points is None else None,
            "points": points,
            "version": self.cleaned_data["version"],
        }

    def refuse_value(self, error: InputError | ValidationError) -> None:
        """Put a refusal of the deed at its field."""
        if isinstance(error, InputError):
            self.refuse(error)
        else:
            self.add_error(None, error)


class ReplyForm(DeedForm):
    """What the conference said to an objection."""

    reply = forms.CharField(
        label=gettext_lazy("What the conference decided"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()
