"""The bloc's year: registrations, meetings, and what each member reports of its own."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs import permissions as may
from blocs.models import (
    ExemplaryModel,
    Meeting,
    MeetingAttendance,
    MemberReport,
    Membership,
    Presence,
    Review,
    RewardCount,
    User,
    reward_key,
)
from blocs.permissions import require
from blocs.vietnamese import one_line, tidy
from blocs.workflow import Stale, holding


def record_registration(
    membership: Membership, *, received_at: datetime.datetime | None, never: bool = False, by: User
) -> None:
    """Note when a member's covenant and registration reached the leader, or that none came."""
    with holding(membership.review) as review:
        require(may.can_record_activities(by, review))
        if never and received_at is not None:
            raise ValidationError(
                {"never_registered": _("Either a day of receipt or never: not both.")}
            )
        if received_at is not None and received_at > timezone.now():
            raise ValidationError({"registered_at": _("This moment has not come yet.")})
        Membership.objects.filter(pk=membership.pk).update(
            registered_at=received_at, never_registered=never
        )


def record_meeting(
    review: Review,
    *,
    held_on: datetime.date,
    title: str,
    presences: Mapping[int, str],
    by: User,
    meeting: Meeting | None = None,
) -> Meeting:
    """Write down a meeting of the bloc and who came (membership id to presence)."""
    with holding(review) as held:
        require(may.can_record_activities(by, held))
        if held_on > timezone.localdate():
            raise ValidationError({"held_on": _("This day has not come yet.")})
        missing = [part for part in held.memberships.all() if part.pk not in presences]
        if missing:
            raise ValidationError(
                _("Say for every member who came; missing: %(members)s.")
                % {"members": ", ".join(part.name for part in missing)}
            )
        meeting = meeting or Meeting(review=held)
        meeting.held_on, meeting.title = held_on, tidy(title)
        meeting.save()
        for membership, presence in presences.items():
            MeetingAttendance.objects.update_or_create(
                meeting=meeting,
                membership_id=membership,
                defaults={"presence": Presence(presence)},
            )
        return meeting


def remove_meeting(meeting: Meeting, *, by: User) -> None:
    with holding(meeting.review) as held:
        require(may.can_record_activities(by, held))
        meeting.delete()


def write_report(
    membership: Membership,
    *,
    fields: Mapping[str, object],
    version: int,
    by: User,
    models: Sequence[ExemplaryModel] | None = None,
    rewards: Sequence[RewardCount] | None = None,
) -> MemberReport:
    """Save a member's own report; refused when a colleague saved in between.

    ``models`` and ``rewards`` (not saved yet) take the place of all rows that the report had;
    None leaves those as they are.
    """
    with holding(membership) as held:
        require(may.can_write_report(by, held))
        report, _created = MemberReport.objects.get_or_create(membership=held)
        if report.version != version:
            raise Stale(_("A colleague has changed this report in the meantime."))
        for field, value in fields.items():
            setattr(report, field, value)
        report.version += 1
        report.save()
        if models is not None:
            replace_models(report, models)
        if rewards is not None:
            replace_rewards(report, rewards)
        return report


def replace_models(report: MemberReport, models: Sequence[ExemplaryModel]) -> None:
    for row in models:
        row.report, row.name, row.unit = report, one_line(row.name), one_line(row.unit)
    report.exemplary_models.all().delete()
    ExemplaryModel.objects.bulk_create(models)


def replace_rewards(report: MemberReport, rewards: Sequence[RewardCount]) -> None:
    """Two spellings of one title would stand in the papers as two: the second is refused."""
    for row in rewards:
        row.report, row.form = report, one_line(row.form)
    if len({reward_key(row.form) for row in rewards}) < len(rewards):
        raise ValidationError(_("Every title or reward stands in the report once."))
    report.reward_counts.all().delete()
    RewardCount.objects.bulk_create(rewards)
