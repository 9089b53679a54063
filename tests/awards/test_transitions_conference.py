"""The conference from its plan to its close: who may, when, and what each step refuses."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from awards import transitions as awards
from awards.models import (
    Attendance,
    Conference,
    ConferenceStatus,
    Method,
    Resolution,
    ResolutionKind,
)
from awards.transitions.resolutions import Votes
from blocs.models import Office
from blocs.workflow import IllegalMove
from tests.awards.meetings import PLAN, Meeting

pytestmark = pytest.mark.django_db

ELEVEN = datetime.time(11, 0)


def build_world():
    return Meeting().open()


# --- plan and opening


def test_the_secretariat_plans_from_the_appraisal_on():
    world = Meeting().open_appraisal()
    conference = awards.plan_conference(world.review, fields=PLAN, by=world.officer("a1"))
    assert conference.status == ConferenceStatus.PLANNED
    again = awards.plan_conference(
        world.review, fields={**PLAN, "venue": "Nhà văn hóa"}, by=world.leader
    )
    assert again.pk == conference.pk
    assert Conference.objects.get().venue == "Nhà văn hóa"


def test_nobody_else_plans_and_nobody_before_the_appraisal():
    world = Meeting().submit_all()
    with pytest.raises(PermissionDenied):
        awards.plan_conference(world.review, fields=PLAN, by=world.secretary)
    world = Meeting(slug="khoi-2", prefix="b").open_appraisal()
    for user in (world.head("b2"), world.board):
        with pytest.raises(PermissionDenied):
            awards.plan_conference(world.review, fields=PLAN, by=user)
    assert not Conference.objects.exists()


def test_a_closed_conference_is_not_planned_again():
    world = Meeting().close()
    with pytest.raises(PermissionDenied):  # the review has left the phase of the conference
        awards.plan_conference(world.review, fields=PLAN, by=world.secretary)


@pytest.mark.parametrize("held_on", [datetime.date(22, 1, 5), datetime.date(2122, 1, 5)])
def test_the_day_is_plausible(held_on):
    world = Meeting().approve()
    with pytest.raises(ValidationError):
        awards.plan_conference(
            world.review, fields={**PLAN, "held_on": held_on}, by=world.secretary
        )


def test_only_the_secretariat_opens_and_only_once():
    world = Meeting().plan()
    for user in world.others:
        with pytest.raises(PermissionDenied):
            awards.open_conference(world.conference, by=user)
    awards.open_conference(world.conference, by=world.secretary)
    assert world.conference.is_open
    with pytest.raises(IllegalMove):
        awards.open_conference(world.conference, by=world.secretary)


def test_it_does_not_open_before_the_table_is_approved():
    world = Meeting().open_appraisal()
    awards.plan_conference(world.review, fields=PLAN, by=world.secretary)
    with pytest.raises(PermissionDenied):
        awards.open_conference(world.conference, by=world.secretary)


# --- the record


def deeds_of_the_record(world: Meeting):
    """Each writing of the record, as a function of who does it."""
    conference, member = world.conference, world.membership("a2")
    votes = Votes(Method.CONSENSUS, 0)
    score = world.score("a2", "I.1")
    return {
        "attendance": lambda by: awards.record_attendance(
            conference, presences={member.pk: awards.Presence(present=True)}, by=by
        ),
        "delegate": lambda by: awards.add_delegate(
            conference, membership=member, name="ông A", position="Giám đốc", by=by
        ),
        "remark": lambda by: awards.add_remark(
            conference, membership=member, speaker="", text="Nhất trí.", by=by
        ),
        "score": lambda by: awards.agree_score(
            conference, score, points=5, reason="x", version=score.version, by=by
        ),
        "resolution": lambda by: awards.resolve(
            conference, kind=ResolutionKind.OTHER, text="x", votes=votes, by=by
        ),
        "handover": lambda by: awards.record_handover(
            conference, handed_by="ông A", received_by="", by=by
        ),
    }


DEEDS = ["attendance", "delegate", "remark", "score", "resolution", "handover"]


@pytest.mark.parametrize("deed", DEEDS)
def test_only_the_secretariat_keeps_the_record(world, deed):
    write = deeds_of_the_record(world)[deed]
    for user in world.others:
        with pytest.raises(PermissionDenied):
            write(user)
    conference = world.conference
    assert not conference.attendances.exists()
    assert not conference.delegates.exists()
    assert not conference.remarks.exists()
    assert not conference.resolutions.exists()


@pytest.mark.parametrize("deed", DEEDS)
def test_the_record_is_kept_in_session_only(deed):
    world = Meeting().plan()
    with pytest.raises(PermissionDenied):
        deeds_of_the_record(world)[deed](world.secretary)


@pytest.mark.parametrize("deed", DEEDS)
def test_the_record_of_a_closed_conference_stands(deed):
    world = Meeting().close()
    with pytest.raises(PermissionDenied):
        deeds_of_the_record(world)[deed](world.secretary)


def test_an_absent_member_needs_a_reason(world):
    member = world.membership("a2")
    with pytest.raises(ValidationError):
        awards.record_attendance(
            world.conference,
            presences={member.pk: awards.Presence(present=False)},
            by=world.secretary,
        )
    assert not Attendance.objects.exists()


def test_attendance_is_corrected_and_not_doubled():
    world = Meeting().attend("a3")
    member = world.membership("a3")
    awards.record_attendance(
        world.conference, presences={member.pk: awards.Presence(present=True)}, by=world.secretary
    )
    attendance = Attendance.objects.get(membership=member)
    assert (attendance.present, attendance.absence_reason) == (True, "")
    assert Attendance.objects.count() == 3


def test_members_of_another_review_have_no_part():
    world, other = Meeting().attend(), Meeting(slug="khoi-2", prefix="b")
    foreign = other.membership("b1")
    by, conference = world.secretary, world.conference
    with pytest.raises(ValidationError):
        awards.record_attendance(
            conference, presences={foreign.pk: awards.Presence(present=True)}, by=by
        )
    with pytest.raises(ValidationError):
        awards.add_delegate(conference, membership=foreign, name="", position="x", by=by)
    with pytest.raises(ValidationError):
        awards.add_remark(conference, membership=foreign, speaker="", text="x", by=by)
    with pytest.raises(ValidationError):
        awards.resolve(
            conference,
            kind=ResolutionKind.ELECT,
            votes=world.votes(),
            office=Office.LEADER,
            membership=foreign,
            by=by,
        )
    with pytest.raises(ValidationError):
        awards.resolve(
            conference,
            kind=ResolutionKind.OTHER,
            text="x",
            votes=world.votes(),
            reservations=[(foreign, "không")],
            by=by,
        )
    assert not Resolution.objects.exists()


def test_delegates_and_remarks_can_be_taken_out_in_session(world):
    by, conference = world.secretary, world.conference
    delegate = awards.add_delegate(conference, membership=None, name="", position="Khách", by=by)
    remark = awards.add_remark(conference, membership=None, speaker="Khách", text="x", by=by)
    for user in world.others:
        with pytest.raises(PermissionDenied):
            awards.remove_delegate(delegate, by=user)
        with pytest.raises(PermissionDenied):
            awards.remove_remark(remark, by=user)
    awards.remove_delegate(delegate, by=by)
    awards.remove_remark(remark, by=by)
    assert not conference.delegates.exists()
    assert not conference.remarks.exists()
