"""What is typed of a finding: who reported what, what follows from it, and what settles it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.models import Membership
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.models import Criterion, FindingEffect, Part
from scoring.transitions import Report

from .inputs import DayField
from .sheets import DeedForm, bare_helper


class FindingForm(DeedForm):
    """A document of another agency about one member."""

    member = forms.TypedChoiceField(label=gettext_lazy("Member"), coerce=int)
    matter = forms.CharField(
        label=gettext_lazy("What was found"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    source_agency = forms.CharField(
        label=gettext_lazy("Agency that reported it"),
        max_length=200,
        help_text=gettext_lazy("Such as the inspectorate, the police, the tax office."),
    )
    document = forms.CharField(label=gettext_lazy("Number of the document"), max_length=100)
    document_date = DayField(
        label=gettext_lazy("Date of the document"), help_text=gettext_lazy("dd/mm/yyyy")
    )
    received_on = DayField(label=gettext_lazy("Received on"), help_text=gettext_lazy("dd/mm/yyyy"))
    knockout = forms.TypedChoiceField(
        label=gettext_lazy("Knock-out of the criteria"),
        coerce=int,
        required=False,
        empty_value=None,
    )
    effect = forms.ChoiceField(
        label=gettext_lazy("Or, where the criteria do not list it: what follows"), required=False
    )
    grade = forms.ChoiceField(
        label=gettext_lazy("Grade at the best"),
        required=False,
        help_text=gettext_lazy("Only where the grade is capped."),
    )
    touches = forms.TypedChoiceField(
        label=gettext_lazy("Criterion beside which it is shown"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=gettext_lazy("It takes no points off: the appraiser decides on those."),
    )

    def __init__(
        self,
        *args: Any,
        members: Sequence[Membership],
        criteria: Sequence[Criterion],
        rules: Rules,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members = {part.pk: part for part in members}
        self.criteria = {row.pk: row for row in criteria}
        choose, none = ("", _("Choose…")), ("", "---------")
        self._offer("member", [choose, *((part.pk, part.name) for part in members)])
        self._offer("knockout", [none, *self._rows(Part.KNOCKOUT)])
        self._offer("touches", [none, *self._rows(Part.LEAF, Part.BONUS, Part.PENALTY)])
        self._offer("effect", [none, *FindingEffect.choices])
        self._offer("grade", [none, *((one.label, one.label) for one in rules.grades)])
        self.helper = bare_helper()

    def _offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def _rows(self, *parts: Part) -> list[tuple[int, str]]:
        return [(row.pk, str(row)) for row in self.criteria.values() if row.part in parts]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("knockout") and cleaned.get("effect"):
            self.add_error("effect", _("Choose either a knock-out or what follows, not both."))
        if cleaned.get("grade") and cleaned.get("effect") != FindingEffect.CAP_GRADE:
            self.add_error("grade", _("Only where the grade is capped."))
        return cleaned

    @property
    def membership(self) -> Membership:
        return self.members[self.cleaned_data["member"]]

    @property
    def report(self) -> Report:
        typed = self.cleaned_data
        names = ("matter", "source_agency", "document", "document_date", "received_on")
        return Report(
            **{name: typed[name] for name in names},
            knockout=self.criteria.get(typed["knockout"]),
            effect=typed["effect"],
            grade=typed["grade"],
            touches=self.criteria.get(typed["touches"]),
        )


class LiftForm(DeedForm):
    """The document that settles a matter."""

    document = forms.CharField(
        label=gettext_lazy("Document that settles the matter"),
        max_length=300,
        help_text=gettext_lazy("Number, date and agency, as in a written conclusion."),
    )
    lifted_on = DayField(label=gettext_lazy("Lifted on"), help_text=gettext_lazy("dd/mm/yyyy"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()

    def clean_document(self) -> str:
        document: str = self.cleaned_data["document"].strip()
        if not document:
            raise ValidationError(_("Name the document that settles the matter."))
        return document
