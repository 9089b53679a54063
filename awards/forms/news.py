"""The news item: its text, its photographs, and how it is published and taken back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import NewsItem, Photo

from .fields import Paragraphs, Text

CAPTION_LENGTH = 300  # characters, as the column holds


class NewsForm(forms.Form):
    """Title, text and author, with the version that the writer had before the eyes."""

    title = Text(label=gettext_lazy("Title of the news item"), max_length=300)
    text = Paragraphs(
        label=gettext_lazy("Text"),
        rows=24,
        help_text=gettext_lazy(
            "Each line is a paragraph. Leave points, ranks and counts of votes out: "
            "everybody in the province reads this."
        ),
    )
    author = Text(
        label=gettext_lazy("Text and photographs by"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Stands below the text, as in: Nguyễn Văn Hận"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: QueryDict | dict[str, Any] | None = None, *, item: NewsItem) -> None:
        self.item = item
        self.theirs: list[tuple[str, str]] = []  # label and stored value, where it differs
        names = ("title", "text", "author", "version")
        super().__init__(data, initial={name: getattr(item, name) for name in names})

    @property
    def fields_given(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("title", "text", "author")}


def over_theirs(form: NewsForm, item: NewsItem) -> NewsForm:
    """The form again, with what was typed, but over what a colleague saved meanwhile.

    Saved once more, it replaces that knowingly.
    """
    typed = form.fields_given
    again = NewsForm({**typed, "version": str(item.version)}, item=item)
    again.add_error(None, _("A colleague has changed this text in the meantime."))
    again.theirs = [
        (str(again.fields[name].label), getattr(item, name))
        for name in typed
        if typed[name] != getattr(item, name)
    ]
    return again


class Caption(Text):
    """What a photograph shows, in one or two lines."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 2})
        super().__init__(
            label=gettext_lazy("Caption"), max_length=CAPTION_LENGTH, widget=widget, **kwargs
        )


class PhotoForm(forms.Form):
    """A photograph and what it shows."""

    image = forms.FileField(
        label=gettext_lazy("Photograph"),
        help_text=gettext_lazy(
            "JPG or PNG, at most 20 MB. Where and when it was taken is removed from the file."
        ),
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png"}),
    )
    caption = Caption(
        help_text=gettext_lazy(
            "Who does what: it also stands for the picture where it is not seen."
        ),
    )

    @property
    def photo(self) -> dict[str, Any]:
        """The arguments of the transition."""
        return {"upload": self.cleaned_data["image"], "caption": self.cleaned_data["caption"]}

    @property
    def lost_file(self) -> bool:
        """A good file came with a form that was refused: browsers do not keep it."""
        return bool(self.errors and self.files.get("image") and "image" not in self.errors)


class CaptionForm(forms.Form):
    """The caption of a photograph, corrected."""

    caption = Caption()

    def __init__(self, data: QueryDict | None = None, *, photo: Photo) -> None:
        self.photo = photo
        initial = {"caption": photo.caption}
        super().__init__(data, initial=initial, auto_id=f"id_photo_{photo.pk}_%s")


class MoveForm(forms.Form):
    """One place up or down."""

    EARLIER, LATER = "earlier", "later"

    direction = forms.ChoiceField(choices=[(EARLIER, EARLIER), (LATER, LATER)])

    @property
    def earlier(self) -> bool:
        return bool(self.cleaned_data["direction"] == self.EARLIER)


class PublishForm(forms.Form):
    """The version of the text that the leader has read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class TakeBackForm(forms.Form):
    """Why a published item is taken back."""

    reason = Paragraphs(label=gettext_lazy("Reason"), rows=2, max_length=2000)
