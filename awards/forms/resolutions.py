"""What the conference resolves: how it voted, on what, and who had reservations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.models import Award, AwardRule, Method, Resolution, ResolutionKind
from awards.transitions.resolutions import Votes
from blocs.forms.fields import CountField
from blocs.models import Membership, Office
from scoring.tables import Row

from .fields import MemberField, Paragraphs, Text


@dataclass(frozen=True)
class Room:
    """Who may vote, and what has been resolved so far: what every form here is checked against."""

    members: Sequence[Membership]
    present: int
    resolutions: Sequence[Resolution] = ()


class ResolutionForm(forms.Form):
    """How the room voted. Each member present has one vote; all in favour is filled in."""

    kind = ""
    method = forms.ChoiceField(label=gettext_lazy("Method"), choices=Method.choices)
    in_favour = CountField(label=gettext_lazy("In favour"), min_value=0, max_value=999)
    against = CountField(label=gettext_lazy("Against"), min_value=0, max_value=999, initial=0)
    abstained = CountField(label=gettext_lazy("Abstained"), min_value=0, max_value=999, initial=0)

    def __init__(
        self, data: QueryDict | None = None, *, room: Room, prefix: str | None = None
    ) -> None:
        self.room = room
        super().__init__(
            data,
            prefix=prefix or self.kind,
            initial={"method": Method.CONSENSUS, "in_favour": room.present},
        )
        for member in room.members:
            self.fields[f"reservation-{member.pk}"] = Text(
                label=member.name, required=False, max_length=2000
            )

    @property
    def vote_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("method", "in_favour", "against", "abstained")]

    @property
    def subject_fields(self) -> list[forms.BoundField]:
        """What the resolution is about, apart from the vote."""
        votes = ("method", "in_favour", "against", "abstained", "seen")
        return [
            self[name]
            for name in self.fields
            if name not in votes and not name.startswith("reservation-")
        ]

    @property
    def reservation_fields(self) -> list[forms.BoundField]:
        return [self[f"reservation-{member.pk}"] for member in self.room.members]

    @property
    def has_reservations(self) -> bool:
        return self.is_bound and any(
            field.data or field.errors for field in self.reservation_fields
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        numbers = [cleaned.get(name) for name in ("in_favour", "against", "abstained")]
        if None not in numbers and sum(cast("list[int]", numbers)) > self.room.present:
            self.add_error(
                "in_favour",
                _("%(present)s members are present; that many votes at the most.")
                % {"present": self.room.present},
            )
        if cleaned.get("method") == Method.CONSENSUS and cleaned.get("against"):
            self.add_error("against", _("A consensus has no votes against; record a vote."))
        return cleaned

    @property
    def resolution(self) -> dict[str, Any]:
        """The arguments of the transition."""
        cleaned = self.cleaned_data
        subject = ("text", "membership", "award", "office", "seen")
        return {name: cleaned[name] for name in subject if name in cleaned} | {
            "kind": self.kind,
            "votes": Votes(
                cleaned["method"], cleaned["in_favour"], cleaned["against"], cleaned["abstained"]
            ),
            "reservations": [
                (member, cleaned[f"reservation-{member.pk}"])
                for member in self.room.members
                if cleaned[f"reservation-{member.pk}"]
            ],
        }


class ReportForm(ResolutionForm):
    """Adopts the year-end report."""

    kind = ResolutionKind.ADOPT_REPORT


class TableForm(ResolutionForm):
    """Adopts the score table as it was read: its hash travels with the form."""

    kind = ResolutionKind.ADOPT_SUMMARY
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, data: QueryDict | None = None, *, room: Room, seen: str = "") -> None:
        super().__init__(data, room=room)
        self.initial["seen"] = seen


class OtherForm(ResolutionForm):
    """Anything else that the conference resolves."""

    kind = ResolutionKind.OTHER
    text = Paragraphs(label=gettext_lazy("The conference resolves"), rows=2)


class ElectionForm(ResolutionForm):
    """Elects a member to an office of next year."""

    kind = ResolutionKind.ELECT
    office = forms.ChoiceField(
        label=gettext_lazy("Office"),
        choices=[(office.value, office.label) for office in (Office.LEADER, Office.DEPUTY)],
    )
    membership = MemberField(label=gettext_lazy("Member"))

    def __init__(self, data: QueryDict | None = None, *, room: Room) -> None:
        super().__init__(data, room=room)
        self.fields["membership"].offer(room.members)  # type: ignore[attr-defined]
        if any(one.office == Office.LEADER for one in self.elected):
            self.initial["office"] = Office.DEPUTY

    @property
    def elected(self) -> list[Resolution]:
        return [one for one in self.room.resolutions if one.kind == self.kind and one.carried]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        office, member = cleaned.get("office"), cleaned.get("membership")
        if office == Office.LEADER and any(one.office == office for one in self.elected):
            self.add_error("office", _("A leader has been elected; strike that election first."))
        if member is not None and any(one.membership_id == member.pk for one in self.elected):
            self.add_error("membership", _("This member has been elected already."))
        return cleaned


class ProposalForm(ResolutionForm):
    """Proposes a member for an award; what bars it is said here, not after the conference."""

    kind = ResolutionKind.PROPOSE
    award = forms.ChoiceField(label=gettext_lazy("Award"))
    membership = MemberField(label=gettext_lazy("Member"))

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        room: Room,
        rules: Sequence[AwardRule],
        rows: Mapping[str, Row],
    ) -> None:
        super().__init__(data, room=room)
        self.rules = {str(rule.award_id): rule for rule in rules}
        self.rows = rows
        award = cast(forms.ChoiceField, self.fields["award"])
        award.choices = [("", "---------")] + [
            (pk, rule.award.name) for pk, rule in self.rules.items()
        ]
        ranked = sorted(room.members, key=self._rank)
        labels = {member.pk: self._label(member) for member in ranked}
        cast(MemberField, self.fields["membership"]).offer(ranked, labels)

    def _rank(self, member: Membership) -> int:
        row = self.rows.get(member.agency.slug)
        return (row.rank if row else None) or len(self.rows) + 1

    def _label(self, member: Membership) -> str:
        row = self.rows.get(member.agency.slug)
        if row is None or row.rank is None:
            return _("%(member)s (not ranked)") % {"member": member.name}
        return _("Rank %(rank)s: %(member)s") % {"rank": row.rank, "member": member.name}

    def clean_award(self) -> Award:
        return self.rules[self.cleaned_data["award"]].award

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        award, member = cleaned.get("award"), cleaned.get("membership")
        if award is not None and member is not None:
            rule = self.rules[str(award.pk)]
            proposed = [
                one for one in self.room.resolutions if one.kind == self.kind and one.carried
            ]
            for field, reason in obstacles(
                rule, self.rows.get(member.agency.slug), proposed, member
            ):
                self.add_error(field, reason)
        return cleaned


def obstacles(
    rule: AwardRule, row: Row | None, proposed: Sequence[Resolution], member: Membership
) -> list[tuple[str, str]]:
    """Field and reason of everything that would keep this proposal from being submitted."""
    found = bars_to(rule, row, proposed, member)
    if row is not None and rule.must_lead and row.rank != 1:
        found.append(("membership", _("This award is only for the first in rank.")))
    return found


def bars_to(
    rule: AwardRule, row: Row | None, proposed: Sequence[Resolution], member: Membership
) -> list[tuple[str, str]]:
    """Field and reason of what bars a member from standing at all, whatever its rank."""
    found = []
    if any(one.membership_id == member.pk for one in proposed):
        found.append(
            ("membership", _("A member is proposed for one award a year on the same achievement."))
        )
    if sum(one.award_id == rule.award_id for one in proposed) >= rule.quota:
        found.append(
            ("award", _("The quota is used up: %(quota)s for the bloc.") % {"quota": rule.quota})
        )
    if row is not None and not (row.may_have_flag if rule.award.is_flag else row.may_have_merit):
        found.append(("membership", _("The member may not be proposed for this award.")))
    return found
