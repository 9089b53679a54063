"""A filled workbook: uploaded to be read, then applied as it was read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring.models import Sheet
from scoring.scores import Claim
from scoring.workbooks.opening import LARGEST, XLSX
from scoring.workbooks.preview import Preview, preview_of

SALT = "scoring.workbook"


class WorkbookForm(forms.Form):
    """The workbook of a sheet; ``preview`` is what it would change."""

    workbook = forms.FileField(
        label=gettext_lazy("Filled workbook"),
        widget=forms.FileInput(attrs={"accept": f".xlsx,{XLSX}"}),
        help_text=gettext_lazy("The .xlsx file that you downloaded from this sheet and filled in."),
    )

    preview: Preview

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet

    def clean_workbook(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["workbook"]
        self.preview = preview_of(self.sheet, file.read(LARGEST + 1))
        return file


class ApplyForm(forms.Form):
    """The claims of a preview, signed: what is applied is what was shown."""

    claims = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet

    def clean_claims(self) -> list[Claim]:
        try:
            content = signing.loads(self.cleaned_data["claims"], salt=SALT)
        except signing.BadSignature as error:
            raise ValidationError(_("The form was not sent whole.")) from error
        if content["sheet"] != self.sheet.pk:
            raise ValidationError(_("The form was not sent whole."))
        scores = {score.pk: score for score in self.sheet.scores.select_related("criterion")}
        return [
            Claim(scores[pk], version, inputs, explanation)
            for pk, version, inputs, explanation in content["claims"]
        ]


def application_of(sheet: Sheet, claims: Sequence[Claim]) -> ApplyForm:
    """The form that applies these very claims."""
    rows = [[one.score.pk, one.version, one.inputs, one.explanation] for one in claims]
    signed = signing.dumps({"sheet": sheet.pk, "claims": rows}, salt=SALT, compress=True)
    return ApplyForm(initial={"claims": signed}, sheet=sheet)
