"""What is typed to prepare a criteria set: a file, sources, exemptions, the adoption."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from blocs.models import Membership
from scoring.criteria_files import MAX_BYTES, examples, read_file
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.models import AutoSource, Criterion
from scoring.workbooks.criteria_reading import read_book
from scoring.workbooks.opening import is_workbook


def example_choices() -> list[tuple[str, str]]:
    """The examples by title, with their size."""
    choices = [("", _("No example"))]
    for example in examples():
        count = len(example.rules.leaves)
        size = ngettext(
            "%(scale)s points, %(count)s criterion", "%(scale)s points, %(count)s criteria", count
        ) % {"scale": format(example.rules.scale, "f"), "count": count}
        choices.append((example.name, f"{example.rules.title} ({size})"))
    return choices


class UploadForm(forms.Form):
    """A set to begin with: one of the examples, or the bloc's own file."""

    example = forms.ChoiceField(
        label=gettext_lazy("Begin with an example"), choices=example_choices, required=False
    )
    file = forms.FileField(
        label=gettext_lazy("Or upload your own file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".yaml,.yml,.xlsx"}),
        help_text=gettext_lazy(
            "A YAML file in UTF-8 or an Excel workbook (.xlsx), of 200 kB at the most."
        ),
    )

    rules: Rules

    @property
    def origin(self) -> str:
        """The field that the set came from."""
        return "file" if self.files.get("file") else "example"

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        if file is not None and file.size is not None and file.size > MAX_BYTES:
            raise ValidationError(
                _("The file has more than 200 kB, far more than any criteria set. Wrong file?")
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        name, file = cleaned["example"], cleaned["file"]
        if bool(name) == bool(file):
            raise ValidationError(_("Choose either an example or a file of your own."))
        if file:
            try:
                content = file.read()
                self.rules = (read_book if is_workbook(content) else read_file)(content)
            except ValidationError as error:
                self.add_error("file", error)
        else:
            self.rules = next(one.rules for one in examples() if one.name == name)
        return cleaned


class SourceForm(forms.Form):
    """Which record fills an automatic criterion in."""

    source = forms.ChoiceField(label=gettext_lazy("Filled in from"), choices=AutoSource.choices)

    def __init__(
        self, *args: Any, sources: Sequence[AutoSource] = tuple(AutoSource), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["source"]
        field.choices = [(one.value, one.label) for one in sources]  # type: ignore[attr-defined]


class ExemptionForm(forms.Form):
    """A criterion that does not apply to a member, and why."""

    member = forms.TypedChoiceField(label=gettext_lazy("Member"), coerce=int)
    criterion = forms.TypedChoiceField(label=gettext_lazy("Criterion"), coerce=int)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *args: Any,
        parts: Sequence[Membership],
        criteria: Sequence[Criterion],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {part.pk: part for part in parts}
        self.criteria = {criterion.pk: criterion for criterion in criteria}
        choose = ("", _("Choose…"))
        member, criterion = self.fields["member"], self.fields["criterion"]
        member.choices = [choose, *((pk, one.name) for pk, one in self.parts.items())]  # type: ignore[attr-defined]
        criterion.choices = [choose, *((pk, str(one)) for pk, one in self.criteria.items())]  # type: ignore[attr-defined]


class AdoptForm(forms.Form):
    """The digest of the draft that was read."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
