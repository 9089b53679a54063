"""The papers: their text parts, number and date, and what comes back of them signed."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.boundfield import BoundWidget
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.documents.papers import Section
from awards.documents.quotes import Quote
from awards.documents.richtext import LONGEST, visible
from awards.models import PdfVariant, TextPart
from awards.register import number_of
from blocs.forms.fields import DayField
from blocs.models import Review
from scoring.uploads import LARGEST

from .fields import Paragraphs, Text


class TextForm(forms.Form):
    """One text part of a paper, with the version that its writer had before the eyes."""

    # The hidden copy tells what this writer changed from what a colleague changed meanwhile.
    # How long it may be to its readers the transition says; this bounds the markup as well.
    text = Paragraphs(
        label=gettext_lazy("Text"),
        rows=6,
        required=False,
        show_hidden_initial=True,
        max_length=5 * LONGEST,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, data: Mapping[str, object] | None = None, *, section: Section, part: TextPart | None
    ) -> None:
        self.section, self.part = section, part
        self.is_saved = False  # with this very request
        self.sent = ""  # as the browser sent it, when it was saved
        self.is_over_theirs = False  # a colleague has saved another text meanwhile
        stored = {"text": part.text if part else "", "version": part.version if part else 0}
        super().__init__(data, prefix=section.key, initial=stored)
        text = self.fields["text"]
        text.label, text.help_text = section.title, section.help
        text.widget.attrs["data-editor"] = True  # editor.js makes an editor of it
        text.widget.attrs["rows"] = max(3, min(20, stored["text"].count("\n") + 3))  # type: ignore[attr-defined]

    @property
    def is_changed(self) -> bool:
        return "text" in self.changed_data

    @property
    def theirs(self) -> str:
        """What is stored now, legible: somebody else has saved it in the meantime."""
        return visible(self.part.text) if self.part else ""


def text_forms(
    sections: Sequence[Section], parts: Mapping[str, TextPart], data: QueryDict | None = None
) -> list[TextForm]:
    return [TextForm(data, section=one, part=parts.get(one.key)) for one in sections]


def over_theirs(form: TextForm, part: TextPart | None) -> TextForm:
    """The form again, with what was typed, but over the text that a colleague saved meanwhile.

    Saved once more, it replaces that text knowingly. ``part`` is None where nothing is stored.
    """
    data = {
        form.add_prefix("text"): form.cleaned_data["text"],
        form.add_initial_prefix("text"): part.text if part else "",
        form.add_prefix("version"): str(part.version if part else 0),
    }
    again = TextForm(data, section=form.section, part=part)
    again.is_over_theirs = True
    again.add_error("text", _("A colleague has changed this text in the meantime."))
    return again


class PullForm(forms.Form):
    """Whose words are put below a text part, and the version of it that was before the eyes."""

    members = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Members"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick at least one member.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, data: QueryDict | None = None, *, quotes: Sequence[Quote], version: int
    ) -> None:
        self.quotes = quotes
        super().__init__(data, initial={"version": version})
        members = cast(forms.TypedMultipleChoiceField, self.fields["members"])
        members.choices = [(quote.member, quote.name) for quote in quotes]

    def look_again(self, version: int) -> None:
        """Keep what was ticked, to be put below the text as it stands now."""
        data = cast(QueryDict, self.data).copy()
        data["version"] = str(version)
        self.data = data

    @property
    def ticks(self) -> Iterator[tuple[BoundWidget, Quote]]:
        """Each box with the words that it stands for."""
        return zip(self["members"], self.quotes, strict=True)


def _numbered(versions: Sequence[int]) -> list[tuple[int, str]]:
    return [(one, _("Version %(version)s") % {"version": one}) for one in versions]


class CompareForm(forms.Form):
    """Two versions of a text part to be compared; ``versions`` newest first."""

    old = forms.TypedChoiceField(label=gettext_lazy("Older version"), coerce=int)
    new = forms.TypedChoiceField(label=gettext_lazy("Newer version"), coerce=int)

    def __init__(self, data: QueryDict | None = None, *, versions: Sequence[int]) -> None:
        self.newest = versions[0] if versions else 0
        self.before = versions[1] if len(versions) > 1 else self.newest
        # The page of the list travels in the same query, without a choice.
        chosen = data if data is not None and "old" in data else None
        super().__init__(chosen, initial={"old": self.before, "new": self.newest})
        for name in ("old", "new"):
            cast(forms.TypedChoiceField, self.fields[name]).choices = _numbered(versions)

    @property
    def chosen(self) -> tuple[int, int]:
        """The newest and the one before it where nothing sensible was chosen."""
        if self.is_bound and self.is_valid():
            return self.cleaned_data["old"], self.cleaned_data["new"]
        return self.before, self.newest


class RestoreForm(forms.Form):
    """The version to go back to, and the one that its reader had before the eyes."""

    version = forms.TypedChoiceField(coerce=int, widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        versions: Sequence[int],
        initial: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        cast(forms.TypedChoiceField, self.fields["version"]).choices = _numbered(versions)


class IssueForm(forms.Form):
    """The office's number of a paper and its date."""

    number = Text(
        label=gettext_lazy("Number"),
        max_length=20,
        help_text=gettext_lazy("As entered in the office's register."),
    )
    dated = DayField(label=gettext_lazy("Date of the paper"))
    variant = forms.ChoiceField(
        label=gettext_lazy("Form of the file"),
        choices=PdfVariant.choices,
        required=False,
        help_text=gettext_lazy(
            "PDF/UA-1 can be read aloud; PDF/A-3a is meant for the archive. Both as the print "
            "engine writes them; no validator has certified them."
        ),
    )

    def __init__(
        self, data: QueryDict | None = None, *, review: Review, series: str, today: datetime.date
    ) -> None:
        self.review, self.today = review, today
        super().__init__(data, initial={"dated": today, "variant": PdfVariant.ACCESSIBLE})
        if not series:  # an annex bears no number of its own
            del self.fields["number"]

    def clean_number(self) -> str:
        return number_of(self.cleaned_data["number"])

    def clean_dated(self) -> datetime.date:
        dated: datetime.date = self.cleaned_data["dated"]
        if dated.year < self.review.year:
            raise forms.ValidationError(_("The paper cannot be older than its review."))
        if dated > self.today:
            raise forms.ValidationError(_("The date lies in the future."))
        return dated

    def clean_variant(self) -> str:
        return self.cleaned_data["variant"] or PdfVariant.ACCESSIBLE

    @property
    def paper(self) -> dict[str, Any]:
        """The arguments of the transition."""
        return {"number": "", **self.cleaned_data}


class DraftForm(forms.Form):
    """The form of a draft's file; tagged where none is asked for."""

    variant = forms.ChoiceField(choices=PdfVariant.choices, required=False)

    @property
    def chosen(self) -> str:
        """The form of the file, for a sound choice; ``LookupError`` for another."""
        if not self.is_valid():
            raise LookupError("no such form of a file")
        return self.cleaned_data["variant"] or PdfVariant.ACCESSIBLE


class WithdrawForm(forms.Form):
    """Why an issued paper is taken back."""

    reason = Paragraphs(
        label=gettext_lazy("Why the paper is withdrawn"),
        max_length=2000,
        error_messages={"required": gettext_lazy("Say why the paper is withdrawn.")},
    )


class CopyForm(forms.Form):
    """A signed copy: a scan, or the issued PDF with digital signatures."""

    file = forms.FileField(
        label=gettext_lazy("Signed copy"),
        help_text=gettext_lazy(
            "A scan of the signed and stamped paper (PDF, JPG, PNG), or the issued PDF signed "
            "digitally; at most 20 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
        error_messages={"required": gettext_lazy("Choose the file of the signed copy.")},
    )


class SameFileForm(forms.Form):
    """A file to be compared with what was issued; it is read and not kept."""

    file = forms.FileField(
        label=gettext_lazy("File to compare"),
        help_text=gettext_lazy("At most 20 MB. The file is compared byte by byte and not kept."),
        error_messages={"required": gettext_lazy("Choose the file to compare.")},
    )

    def clean_file(self) -> UploadedFile:
        upload: UploadedFile = self.cleaned_data["file"]
        if (upload.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 20 MB; choose another."))
        return upload

    @property
    def sha256(self) -> str:
        """The fingerprint of what was uploaded."""
        digest = hashlib.sha256()
        for chunk in self.cleaned_data["file"].chunks():
            digest.update(chunk)
        return digest.hexdigest()
