"""Registrations, meetings and the members' own reports."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from blocs import transitions
from blocs.models import (
    ExemplaryModel,
    Meeting,
    MeetingAttendance,
    MemberReport,
    ModelKind,
    Phase,
    RewardCount,
)
from blocs.workflow import Stale
from tests.blocs.test_transitions_reviews import move_to
from tests.worlds import World

pytestmark = pytest.mark.django_db
MOMENT = datetime.datetime(2024, 3, 20, 9, tzinfo=datetime.UTC)


def presences(world, **given):
    return {part.pk: given.get(part.agency.slug, "led") for part in world.review.memberships.all()}


def record(world, by=None, **given):
    return transitions.record_meeting(
        world.review,
        held_on=given.pop("held_on", datetime.date(2024, 6, 15)),
        title="Sơ kết 6 tháng\xa0",
        presences=given.pop("presences", presences(world)),
        by=by or world.officer("a1"),
        **given,
    )


def test_the_secretariat_records_a_registration():
    world = World()
    part = world.membership("a2")
    transitions.record_registration(part, received_at=MOMENT, by=world.officer("a1"))
    part.refresh_from_db()
    assert part.registered_at == MOMENT
    transitions.record_registration(part, received_at=None, never=True, by=world.officer("a1"))
    part.refresh_from_db()
    assert (part.registered_at, part.never_registered) == (None, True)


def test_received_and_never_exclude_each_other():
    world = World()
    with pytest.raises(ValidationError, match="not both"):
        transitions.record_registration(
            world.membership("a2"), received_at=MOMENT, never=True, by=world.leader
        )


def test_nothing_is_received_tomorrow():
    world = World()
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    with pytest.raises(ValidationError, match="not come yet"):
        transitions.record_registration(
            world.membership("a2"), received_at=tomorrow, by=world.leader
        )
    with pytest.raises(ValidationError, match="not come yet"):
        record(world, held_on=timezone.localdate() + datetime.timedelta(days=1))


@pytest.mark.parametrize("who", ["deputy", "board"])
def test_others_record_nothing(who):
    world = World()
    by = getattr(world, who)
    with pytest.raises(PermissionDenied):
        transitions.record_registration(world.membership("a2"), received_at=MOMENT, by=by)
    with pytest.raises(PermissionDenied):
        record(world, by=by)


def test_a_meeting_says_of_every_member_who_came():
    world = World()
    some = presences(world)
    some.pop(world.membership("a3").pk)
    with pytest.raises(ValidationError, match="Sở a3"):
        record(world, presences=some)
    assert not Meeting.objects.exists()


def test_a_meeting_is_recorded_and_changed():
    world = World()
    meeting = record(world)
    assert (meeting.title, meeting.attendances.count()) == ("Sơ kết 6 tháng", 3)
    record(world, meeting=meeting, presences=presences(world, a2="absent"))
    assert MeetingAttendance.objects.count() == 3
    assert meeting.attendances.get(membership=world.membership("a2")).presence == "absent"


def test_the_record_closes_with_the_table():
    world = World()
    meeting = record(world)
    move_to(world.review, Phase.CONFERENCE)
    for deed in (
        lambda: record(world),
        lambda: transitions.remove_meeting(meeting, by=world.leader),
        lambda: transitions.record_registration(
            world.membership("a2"), received_at=MOMENT, by=world.leader
        ),
    ):
        with pytest.raises(PermissionDenied, match="closed"):
            deed()
    assert Meeting.objects.count() == 1


def test_a_meeting_recorded_wrongly_is_removed():
    world = World()
    transitions.remove_meeting(record(world), by=world.officer("a1"))
    assert not MeetingAttendance.objects.exists()


def test_a_report_is_written_by_its_own_agency_only():
    world = World()
    part = world.membership("a2")
    for by in (world.leader, world.board):
        with pytest.raises(PermissionDenied):
            transitions.write_report(part, fields={"results": "x"}, version=0, by=by)
    transitions.write_report(part, fields={"results": "Tốt"}, version=0, by=world.officer("a2"))
    assert MemberReport.objects.get(membership=part).results == "Tốt"


def test_a_colleagues_text_is_not_overwritten():
    world = World()
    part = world.membership("a2")
    transitions.write_report(part, fields={"results": "first"}, version=0, by=world.officer("a2"))
    with pytest.raises(Stale):
        transitions.write_report(part, fields={"results": "second"}, version=0, by=world.head("a2"))
    transitions.write_report(part, fields={"results": "third"}, version=1, by=world.head("a2"))
    assert MemberReport.objects.get(membership=part).results == "third"


def test_reports_stand_after_the_conference():
    world = World()
    move_to(world.review, Phase.SUBMISSION)
    with pytest.raises(PermissionDenied, match="closed"):
        transitions.write_report(
            world.membership("a2"), fields={}, version=0, by=world.officer("a2")
        )


def test_rows_of_a_report_are_replaced_whole_and_left_alone_where_none_are_given():
    world = World()
    part, by = world.membership("a2"), world.officer("a2")
    for version, (name, form) in enumerate([("Lê A", "Lao động tiên tiến"), ("Lê  B ", "Cờ")]):
        transitions.write_report(
            part,
            fields={},
            models=[ExemplaryModel(kind=ModelKind.INDIVIDUAL, name=name, deeds="Tốt")],
            rewards=[RewardCount(form=form, individuals=1)],
            version=version,
            by=by,
        )
    transitions.write_report(part, fields={"results": "Tốt"}, version=2, by=by)
    report = MemberReport.objects.get()
    assert [row.name for row in report.exemplary_models.all()] == ["Lê B"]
    assert [row.form for row in report.reward_counts.all()] == ["Cờ"]


def test_one_title_in_two_spellings_is_refused_and_nothing_is_written():
    world = World()
    rows = [RewardCount(form=form, individuals=1) for form in ("Cờ  thi đua", "cờ thi đua")]
    with pytest.raises(ValidationError, match="once"):
        transitions.write_report(
            world.membership("a2"), fields={}, rewards=rows, version=0, by=world.officer("a2")
        )
    assert not MemberReport.objects.exists()


def test_the_database_refuses_a_reward_of_nobody_and_one_counted_twice():
    world = World()
    report = transitions.write_report(
        world.membership("a2"), fields={}, version=0, by=world.officer("a2")
    )
    RewardCount.objects.create(report=report, form="Cờ", collectives=1)
    for name, row in (
        ("rewardcount_of_somebody", {"form": "Khác"}),
        ("reward", {"form": "Cờ", "individuals": 1}),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            RewardCount.objects.create(report=report, **row)
