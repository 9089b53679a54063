"""Registrations, meetings with their attendance, and a member's own report."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blocs.forms.fields import DayField, MomentField
from blocs.models import Meeting, Membership, Presence


class RegistrationForm(forms.Form):
    registered_at = MomentField(
        label=_("Received at"),
        required=False,
        help_text=_("When the signed covenant and the registered titles reached the bloc leader."),
    )
    never_registered = forms.BooleanField(
        label=_("The member did not sign or register"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        received = cleaned.get("registered_at")
        if received is not None and cleaned.get("never_registered"):
            self.add_error("never_registered", _("Either a day of receipt or never: not both."))
        if received is not None and received > timezone.now():
            self.add_error("registered_at", _("This moment has not come yet."))
        return cleaned


class MeetingForm(forms.ModelForm):
    """A meeting, and for every member who came."""

    held_on = DayField(label=_("Held on"))

    class Meta:
        model = Meeting
        fields = ["held_on", "title"]

    def __init__(
        self,
        *args: Any,
        parts: Sequence[Membership],
        presences: dict[int, str] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        for part in parts:
            self.fields[f"presence-{part.pk}"] = forms.ChoiceField(
                label=part.name,
                choices=Presence.choices,
                widget=forms.RadioSelect,
                initial=(presences or {}).get(part.pk),
            )

    def clean_held_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day

    def rows(self) -> Iterator[tuple[Membership, BoundField]]:
        for part in self.parts:
            yield part, self[f"presence-{part.pk}"]

    @property
    def presences(self) -> dict[int, str]:
        """Membership id to presence."""
        return {part.pk: self.cleaned_data[f"presence-{part.pk}"] for part in self.parts}
