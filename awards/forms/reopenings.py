"""An adopted table opened again: why, what the board says, and on what the new one rests."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from .fields import Paragraphs


class AskForm(forms.Form):
    """Why the adopted table has to be corrected."""

    reason = Paragraphs(label=gettext_lazy("What has to be corrected, and why"), rows=4)


class GrantForm(forms.Form):
    """The board opens the table; a word to the leader is optional."""

    answer = Paragraphs(
        label=gettext_lazy("Word to the bloc leader (optional)"),
        rows=2,
        required=False,
        max_length=2000,
    )


class RefuseForm(forms.Form):
    """The board lets the table stand."""

    answer = Paragraphs(label=gettext_lazy("Why the table stands"), rows=3, max_length=2000)


class AdoptAnewForm(forms.Form):
    """The hash of the corrected table that was read, and on what its adoption rests."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
    basis = Paragraphs(
        label=gettext_lazy("What the new table rests on"),
        rows=3,
        max_length=2000,
        help_text=gettext_lazy(
            "Such as the written consent of the members, with its day and numbers."
        ),
    )


class WhyForm(forms.Form):
    """Why a proposal is upheld, or withdrawn."""

    reason = Paragraphs(label=gettext_lazy("Reason"), rows=2, max_length=2000)
