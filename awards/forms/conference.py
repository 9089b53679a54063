"""The conference: its plan, who came, who spoke, the flag, the close."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from awards.models import Attendance, Conference
from blocs.forms.fields import DayField
from blocs.models import Membership, Review

from .fields import Clock, MemberField, Paragraphs, Text


class PlanForm(forms.Form):
    """When and where, who chairs, who writes the minutes."""

    held_on = DayField(label=_("Day"))
    starts_at = Clock(label=_("Begins at"))
    venue = Text(label=_("Venue"), max_length=300)
    chair_name = Text(label=_("Chair"), max_length=100, help_text=_("As in: ông Lê Văn Đông"))
    chair_position = Text(label=_("Position of the chair"), max_length=200)
    secretary_name = Text(label=_("Secretary"), max_length=100, required=False)
    secretary_position = Text(label=_("Position of the secretary"), max_length=200)

    def __init__(
        self, data: QueryDict | None = None, *, review: Review, conference: Conference | None
    ) -> None:
        self.review = review
        given = {name: getattr(conference, name) for name in self.base_fields} if conference else {}
        super().__init__(data, prefix="plan", initial=given)

    def clean_held_on(self) -> datetime.date:
        day: datetime.date = self.cleaned_data["held_on"]
        if day.year < self.review.year:
            raise forms.ValidationError(
                _("The conference cannot be held before the year under review.")
            )
        if day.year > self.review.year + 2:
            raise forms.ValidationError(_("This day lies too far after the year under review."))
        return day


class AttendanceForm(forms.Form):
    """One member's line in the list of attendance."""

    PRESENT, ABSENT = "present", "absent"

    presence = forms.ChoiceField(
        label=_("Attendance"), choices=[(PRESENT, _("Present")), (ABSENT, _("Absent"))]
    )
    reason = Text(label=_("Reason of absence"), max_length=300, required=False)

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership
        for name, field in self.fields.items():
            label = f"{membership.name}: {field.label}"
            field.widget.attrs |= {"aria-label": label, "class": WIDGET_CLASS[name]}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        missing = "reason" not in self.errors and not cleaned.get("reason")
        if cleaned.get("presence") == self.ABSENT and missing:
            self.add_error("reason", _("Say why the member is absent."))
        return cleaned


WIDGET_CLASS = {"presence": "form-select", "reason": "form-control"}


class AttendanceList:
    """The list of all members, saved together. A line belongs to its member by its very name,
    so that no posted id can point elsewhere."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        members: Sequence[Membership],
        attendances: Sequence[Attendance] = (),
    ) -> None:
        known = {one.membership_id: one for one in attendances}
        self.is_bound = data is not None
        self.refusals: list[str] = []
        self.forms = [
            AttendanceForm(
                data,
                prefix=f"attendance-{member.pk}",
                membership=member,
                initial=_as_initial(known.get(member.pk)),
            )
            for member in members
        ]

    @property
    def fields(self) -> dict[str, forms.Field]:
        return {}

    def is_valid(self) -> bool:
        verdicts = [form.is_valid() for form in self.forms]  # every line shows its errors
        return all(verdicts)

    def add_error(self, _field: str | None, error: Any) -> None:
        self.refusals.append(" ".join(getattr(error, "messages", [str(error)])))

    @property
    def presences(self) -> dict[int, tuple[bool, str]]:
        """What was ticked, as the transition takes it."""
        return {
            form.membership.pk: (
                form.cleaned_data["presence"] == AttendanceForm.PRESENT,
                form.cleaned_data["reason"],
            )
            for form in self.forms
        }


def _as_initial(attendance: Attendance | None) -> dict[str, str]:
    if attendance is None or attendance.present:
        return {"presence": AttendanceForm.PRESENT}
    return {"presence": AttendanceForm.ABSENT, "reason": attendance.absence_reason}


class DelegateForm(forms.Form):
    """A person in the room: of a member, or a guest."""

    membership = MemberField(label=_("Of"), required=False, empty=_("Guest (of no member)"))
    name = Text(
        label=_("Name of the person"),
        max_length=100,
        required=False,
        help_text=_("As in: ông Nguyễn Văn An; may stay empty for a group."),
    )
    position = Text(label=_("Position"), max_length=200)

    def __init__(self, data: QueryDict | None = None, *, members: Sequence[Membership]) -> None:
        super().__init__(data, prefix="delegate")
        self.fields["membership"].offer(members)  # type: ignore[attr-defined]


class RemarkForm(forms.Form):
    """What a member or a guest said."""

    membership = MemberField(label=_("Of"), required=False, empty=_("Guest (of no member)"))
    speaker = Text(
        label=_("Speaker"),
        max_length=200,
        required=False,
        help_text=_("Name and position; needed for a guest."),
    )
    text = Paragraphs(label=_("Remark, in short"), rows=3)

    def __init__(self, data: QueryDict | None = None, *, members: Sequence[Membership]) -> None:
        super().__init__(data, prefix="remark")
        self.fields["membership"].offer(members)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        named = cleaned.get("membership") or cleaned.get("speaker")
        if not named and not {"membership", "speaker"} & set(self.errors):
            self.add_error("speaker", _("Say who spoke."))
        return cleaned


class HandoverForm(forms.Form):
    """Who gave the rotating flag and who took it, and in which state."""

    handed_by = Text(label=_("Handed over by"), max_length=200, help_text=_("Name and position."))
    received_by = Text(
        label=_("Received by"), max_length=200, required=False, help_text=_("Name and position.")
    )
    condition = Text(
        label=_("State of the flag"),
        max_length=300,
        required=False,
        help_text=_("As in: intact, clean."),
    )
    enclosed = Paragraphs(
        label=_("Papers handed over with it"),
        rows=3,
        max_length=2000,
        required=False,
        help_text=_("One a line."),
    )

    def __init__(
        self, data: QueryDict | None = None, *, initial: dict[str, str] | None = None
    ) -> None:
        super().__init__(data, prefix="handover", initial=initial)


class CloseForm(forms.Form):
    """The hour at which the session ended."""

    ends_at = Clock(label=_("Ended at"))

    def __init__(self, data: QueryDict | None = None, *, conference: Conference | None) -> None:
        self.conference = conference
        super().__init__(data, prefix="close")

    def clean_ends_at(self) -> datetime.time:
        ends_at: datetime.time = self.cleaned_data["ends_at"]
        if self.conference is not None and ends_at < self.conference.starts_at:
            raise forms.ValidationError(_("The conference cannot end before it begins."))
        return ends_at
