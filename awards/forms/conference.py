"""The conference: its plan, who came, who spoke, the flag, the close."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from awards.models import Attendance, Conference
from awards.transitions import Presence
from blocs.forms.fields import DayField
from blocs.models import Membership, Review, User

from .fields import AccountField, Clock, MemberField, Paragraphs, Text


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

    PRESENT, PROXY, ABSENT = "present", "proxy", "absent"
    OF_ABSENCE = ("reason", "proxy", "written_opinion")

    presence = forms.ChoiceField(
        label=_("Attendance"),
        choices=[(PRESENT, _("Present")), (PROXY, _("By proxy")), (ABSENT, _("Absent"))],
    )
    reason = Text(label=_("Reason of absence"), max_length=300, required=False)
    proxy = Text(
        label=_("Proxy"),
        max_length=300,
        required=False,
        help_text=_("Name, position, and number and day of the written appointment."),
    )
    written_opinion = Paragraphs(label=_("Written opinion"), rows=3, required=False)
    voter = AccountField(
        label=_("Account that votes"), required=False, empty=_("Any account of the agency")
    )

    def __init__(
        self, *args: Any, membership: Membership, accounts: Sequence[User] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership
        cast(AccountField, self.fields["voter"]).offer(membership, accounts)
        for name, field in self.fields.items():
            label = f"{membership.name}: {field.label}"
            field.widget.attrs |= {"aria-label": label, "class": WIDGET_CLASS[name]}

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """What most lines leave empty."""
        return [self[name] for name in ("proxy", "written_opinion", "voter")]

    @property
    def has_more(self) -> bool:
        return any(field.value() or field.errors for field in self.more_fields)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        presence = cleaned.get("presence")
        if presence in (self.PROXY, self.ABSENT) and self._lacks("reason"):
            self.add_error("reason", _("Say why the member is absent."))
        if presence == self.PROXY and self._lacks("proxy"):
            self.add_error("proxy", _("Say who votes for the member, and by which paper."))
        self._refuse_unused(presence)
        self._check_voter(presence)
        return cleaned

    def _lacks(self, name: str) -> bool:
        return name not in self.errors and not self.cleaned_data.get(name)

    def _refuse_unused(self, presence: str | None) -> None:
        """What was just typed and would not be kept is an error; what stood before falls away."""
        unused = {
            self.PRESENT: {
                name: _("A member that is present has none.") for name in self.OF_ABSENCE
            },
            self.PROXY: {"written_opinion": _("A member by proxy votes in the room.")},
            self.ABSENT: {"proxy": _("Choose “By proxy” above if somebody votes for the member.")},
        }
        for name, why in unused.get(presence or "", {}).items():
            if self.cleaned_data.get(name):
                if name in self.changed_data:
                    self.add_error(name, why)
                else:
                    self.cleaned_data[name] = ""

    def _check_voter(self, presence: str | None) -> None:
        voter = self.cleaned_data.get("voter")
        if voter is None:
            return
        own = voter.agency_id == self.membership.agency_id
        if presence == self.ABSENT:
            if "voter" in self.changed_data:
                self.add_error("voter", _("An absent member without a proxy casts no paper."))
            self.cleaned_data["voter"] = None
        elif presence == self.PRESENT and not own:
            if "voter" in self.changed_data:
                self.add_error(
                    "voter", _("A member that is present votes with an account of its own agency.")
                )
            self.cleaned_data["voter"] = None

    @property
    def line(self) -> Presence:
        """The member's line as the transition takes it."""
        cleaned = self.cleaned_data
        return Presence(
            present=cleaned["presence"] == self.PRESENT,
            reason=cleaned["reason"],
            proxy=cleaned["proxy"],
            written_opinion=cleaned["written_opinion"],
            voter=cleaned["voter"],
        )


WIDGET_CLASS = {
    "presence": "form-select",
    "reason": "form-control",
    "proxy": "form-control",
    "written_opinion": "form-control",
    "voter": "form-select",
}


class AttendanceList:
    """The list of all members, saved together. A line belongs to its member by its very name,
    so that no posted id can point elsewhere."""

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        members: Sequence[Membership],
        attendances: Sequence[Attendance] = (),
        accounts: Sequence[User] = (),
    ) -> None:
        known = {one.membership_id: one for one in attendances}
        self.is_bound = data is not None
        self.refusals: list[str] = []
        self.forms = [
            AttendanceForm(
                data,
                prefix=f"attendance-{member.pk}",
                membership=member,
                accounts=accounts,
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
    def presences(self) -> dict[int, Presence]:
        """The lines by member, as the transition takes them."""
        return {form.membership.pk: form.line for form in self.forms}


def _as_initial(attendance: Attendance | None) -> dict[str, str]:
    if attendance is None:
        return {"presence": AttendanceForm.PRESENT}
    presence = AttendanceForm.PROXY if attendance.proxy else AttendanceForm.ABSENT
    return {
        "presence": AttendanceForm.PRESENT if attendance.present else presence,
        "reason": attendance.absence_reason,
        "proxy": attendance.proxy,
        "written_opinion": attendance.written_opinion,
        "voter": str(attendance.voter_id or ""),
    }


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
