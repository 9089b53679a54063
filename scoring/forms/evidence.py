"""A new document of a member's library, or one that is there already."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from scoring import uploads
from scoring.models import Evidence, Score

from .inputs import DayField
from .sheets import bare_helper


class EvidenceForm(forms.Form):
    """A file or a link, with what identifies the document."""

    upload = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        help_text=gettext_lazy("PDF, DOCX, XLSX, JPG, PNG or HEIC, at most 20 MB."),
        widget=forms.FileInput(
            attrs={"accept": ",".join(uploads.ACCEPTED)},
        ),
    )
    url = forms.URLField(
        label=gettext_lazy("or a link"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("The address of a page that proves it, such as https://…"),
    )
    title = forms.CharField(
        label=gettext_lazy("Title of the document"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Without a title the name of the file is shown."),
    )
    document_number = forms.CharField(
        label=gettext_lazy("Document number"), required=False, max_length=60
    )
    document_date = DayField(
        label=gettext_lazy("Document date"),
        required=False,
        help_text=gettext_lazy("dd/mm/yyyy"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload is not None:
            uploads.check(upload)
        return upload

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if url and not url.lower().startswith(("http://", "https://")):
            raise ValidationError(_("The link must begin with https:// or http://."))
        return url

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and bool(cleaned["upload"]) == bool(cleaned["url"]):
            self.add_error("upload", _("Attach either a file or a link."))
        return cleaned


class ReuseForm(forms.Form):
    """A document of the library that proves this criterion too."""

    evidence = forms.ModelChoiceField(
        label=gettext_lazy("Document"), queryset=Evidence.objects.none(), empty_label="---"
    )

    def __init__(self, *args: Any, score: Score, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["evidence"].queryset = (  # type: ignore[attr-defined]
            Evidence.objects.current()
            .filter(sheet=score.sheet_id)
            .exclude(scores=score)
            .order_by("title")
        )
        self.helper = bare_helper()
