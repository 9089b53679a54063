"""Members of a review: added, given offices and places, taken out of the ranking."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from blocs.forms.fields import CountField
from blocs.models import Membership, Office


class MemberAddForm(forms.Form):
    agency = forms.TypedChoiceField(label=_("Agency"), coerce=int)

    def __init__(self, *args: Any, agencies: list[tuple[int | str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        assert isinstance(agency, forms.ChoiceField)  # noqa: S101 -- for the type checker
        agency.choices = agencies


class OfficesForm(forms.Form):
    """Office and place of every member of a review."""

    def __init__(self, *args: Any, parts: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        for part in parts:
            self.fields[f"office-{part.pk}"] = forms.ChoiceField(
                label=_("Office"), choices=Office.choices, initial=part.office
            )
            self.fields[f"position-{part.pk}"] = CountField(
                label=_("Place"), min_value=1, max_value=200, initial=part.position
            )

    def rows(self) -> Iterator[tuple[Membership, BoundField, BoundField]]:
        for part in self.parts:
            yield part, self[f"office-{part.pk}"], self[f"position-{part.pk}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and len(self.holding(Office.LEADER)) != 1:
            raise ValidationError(_("A bloc has one leader."))
        if not self.errors and len(set(self.positions.values())) < len(self.parts):
            raise ValidationError(_("Two members have the same place."))
        return cleaned

    def holding(self, office: Office) -> list[Membership]:
        """The members with this office, as typed."""
        return [p for p in self.parts if self.cleaned_data[f"office-{p.pk}"] == office]

    @property
    def positions(self) -> dict[int, int]:
        return {part.pk: self.cleaned_data[f"position-{part.pk}"] for part in self.parts}


class RankingForm(forms.ModelForm):
    class Meta:
        model = Membership
        fields = ["unranked", "unranked_reason"]
        labels = {
            "unranked": _("This member is not ranked this year"),
            "unranked_reason": _("Reason"),
        }
