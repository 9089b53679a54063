"""A document of a member's library: handed in, attached to criteria, looked for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.vietnamese import search_key, tidy
from scoring import uploads
from scoring.evidence_library import LibraryDocument
from scoring.models import Evidence, Score, Sheet
from scoring.transitions.evidence import Document, web_address

from .inputs import DayField
from .sheets import DeedForm, bare_helper


class EvidenceForm(DeedForm):
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
    not_secret = forms.BooleanField(
        label=gettext_lazy("This document is not a state secret."),
        error_messages={
            "required": gettext_lazy("Tick this once you have made sure; else do not attach it.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = bare_helper()

    @property
    def document(self) -> Document:
        given = self.cleaned_data
        return Document(
            title=given["title"],
            url=given["url"],
            upload=given["upload"],
            document_number=given["document_number"],
            document_date=given["document_date"],
        )

    @property
    def shown_title(self) -> str:
        """What the document is called in messages."""
        upload = self.cleaned_data["upload"]
        given: str = self.cleaned_data["title"] or self.cleaned_data["url"]
        return given or uploads.shown_name(upload.name)

    @property
    def lost_file(self) -> bool:
        """A good file came with a form that was refused: browsers do not keep it."""
        return bool(self.errors and self.files.get("upload") and "upload" not in self.errors)

    def clean_upload(self) -> Any:
        upload = self.cleaned_data["upload"]
        if upload is not None:
            uploads.check(upload)
        return upload

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        if url:
            web_address(url)
        return url

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        given = [name for name in ("upload", "url") if cleaned.get(name)]
        wrong = {"upload", "url"}.intersection(self.errors)
        if not wrong and len(given) != 1:
            self.add_error("upload", _("Attach either a file or a link."))
        return cleaned


class Ticks(forms.CheckboxSelectMultiple):
    """Ticks whose line in the summary of errors leads to the first of them."""

    def id_for_label(self, id_: str, index: str | None = None) -> str:
        return super().id_for_label(id_, index or "0")


class ScoresField(forms.ModelMultipleChoiceField):
    """The criteria of a sheet that its member answers, to be ticked."""

    widget = Ticks

    def label_from_instance(self, score: Score) -> str:
        return f"{score.criterion.code} {score.criterion.name}"


def scores_field() -> ScoresField:
    return ScoresField(
        label=gettext_lazy("Criteria that it proves"),
        queryset=Score.objects.none(),
        error_messages={"required": gettext_lazy("Tick at least one criterion.")},
    )


def offer_scores(form: forms.Form, sheet: Sheet) -> None:
    field = form.fields["scores"]
    field.queryset = (  # type: ignore[attr-defined]
        sheet.scores.in_order().exclude(criterion__document__has_key="set_by")
    )


class NewerForm(EvidenceForm):
    """A newer version; what is known of the former one stands in the fields."""

    def __init__(self, *args: Any, evidence: Evidence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = ("title", "document_number", "document_date")
        self.initial.update({name: getattr(evidence, name) for name in known})


class LibraryForm(EvidenceForm):
    """A new document, and all the criteria that it proves."""

    scores = scores_field()
    field_order = (*[name for name in EvidenceForm.base_fields if name != "not_secret"], "scores")

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_scores(self, sheet)


class ProvedForm(DeedForm):
    """Which criteria a document of the library proves."""

    scores = scores_field()

    def __init__(self, *args: Any, evidence: Evidence, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["scores"] = [score.pk for score in evidence.scores.all()]
        offer_scores(self, evidence.sheet)
        self.helper = bare_helper()


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


class LibraryFilterForm(forms.Form):
    """Words of a document, with or without marks, and a criterion."""

    q = forms.CharField(
        label=gettext_lazy("Title, number or file name"), max_length=100, required=False
    )
    criterion = forms.ChoiceField(label=gettext_lazy("Criterion"), required=False)

    def __init__(self, data: Any, *, codes: Iterable[str]) -> None:
        super().__init__(data)
        choices = [("", _("All criteria")), *((code, code) for code in codes)]
        self.fields["criterion"].choices = choices  # type: ignore[attr-defined]

    def chosen(self, documents: Iterable[LibraryDocument]) -> list[LibraryDocument]:
        """Those that fit; a filter that makes no sense filters nothing."""
        self.is_valid()
        words = search_key(tidy(self.cleaned_data.get("q", ""))).split()
        code = self.cleaned_data.get("criterion", "")
        return [
            document
            for document in documents
            if (not code or code in document.codes)
            and all(word in document.search_text for word in words)
        ]
