"""A score changed in the room: which one, and to what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from blocs.models import Membership
from scoring.models import Criterion, Score

from .fields import MemberField, Paragraphs

POINTS = re.compile(r"[0-9]{1,8}(?:[.,][0-9]{1,2})?")


class ScoreChoiceForm(forms.Form):
    """Whose score, and on which criterion."""

    membership = MemberField(label=_("Member"))
    criterion = forms.TypedChoiceField(label=_("Criterion"), coerce=int)

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        members: Sequence[Membership],
        criteria: Sequence[Criterion],
    ) -> None:
        super().__init__(data, prefix="choice")
        self.fields["membership"].offer(members)  # type: ignore[attr-defined]
        self.fields["criterion"].choices = [  # type: ignore[attr-defined]
            ("", "---------"),
            *((criterion.pk, f"{criterion.code} {criterion.name}") for criterion in criteria),
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        membership, criterion = cleaned.get("membership"), cleaned.get("criterion")
        if membership and criterion:
            score = Score.objects.filter(sheet__membership=membership, criterion=criterion).first()
            if score is None:
                self.add_error("criterion", _("This criterion does not apply to the member."))
            cleaned["score"] = score
        return cleaned


class PointsField(forms.CharField):
    """Points as 8,5 or 8.5; a group mark, as in 1.000, is refused and not guessed at."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: object) -> Decimal | None:
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        if not POINTS.fullmatch(text):
            raise forms.ValidationError(_("Write the points as 8,5 and without other marks."))
        return Decimal(text.replace(",", "."))


class AgreementForm(forms.Form):
    """The points that the conference agrees on, and why they differ."""

    points = PointsField(label=_("Agreed points"))
    reason = Paragraphs(
        label=_("Reason"),
        rows=3,
        max_length=2000,
        help_text=_("It is written into the minutes."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: QueryDict | None = None, *, score: Score) -> None:
        super().__init__(data, initial={"version": score.version})
