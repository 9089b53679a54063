"""The agenda: who plans it, who goes through it, and what stands once an item has begun."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from awards import transitions as awards
from awards.agenda import DEFAULT_AGENDA, planned_starts
from awards.models import AgendaItem, AgendaKind
from blocs.workflow import IllegalMove
from tests.awards.meetings import PLAN, Meeting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


FIELDS = {
    "kind": AgendaKind.OTHER,
    "title": "Giải lao",
    "presenter": "",
    "planned_minutes": 15,
}


def planned(stage="plan"):
    world = getattr(Meeting(), stage)()
    awards.lay_out_agenda(world.conference, by=world.secretary)
    return world


def titles(world):
    return [item.title for item in world.conference.agenda.all()]


def build_world():
    return planned()


# --- planning


def test_the_default_agenda_has_thirteen_items_in_the_order_of_a_meeting(world):
    items = list(world.conference.agenda.all())
    assert len(items) == len(DEFAULT_AGENDA) == 13
    assert [item.position for item in items] == list(range(1, 14))
    assert [item.kind for item in items][-4:] == ["election", "handover", "launch", "closing"]
    assert items[9].title == "Bầu chọn Khối trưởng, Khối phó năm 2025"
    assert "năm 2024 và phương hướng, nhiệm vụ năm 2025" in items[2].title
    assert items[1].presenter == "ông Lê Văn An, Phó Giám đốc Sở a1"
    assert items[2].presenter == "Sở a1"
    assert items[6].presenter == "Sở ban-tdkt"
    assert items[12].presenter == "bà Trần Thị Bình, Chuyên viên Sở a1"
    assert all(item.started_at is None for item in items)


def test_it_is_laid_out_once(world):
    with pytest.raises(IllegalMove, match="already|rồi|đã có"):
        awards.lay_out_agenda(world.conference, by=world.secretary)
    assert world.conference.agenda.count() == 13


def test_planned_hours_add_up_and_pass_midnight():
    starts = planned_starts(datetime.time(23, 30), [20, 15, 480])
    assert starts == [datetime.time(23, 30), datetime.time(23, 50), datetime.time(0, 5)]


def test_the_secretariat_plans_from_the_appraisal_on():
    world = Meeting().open_appraisal()
    conference = awards.plan_conference(world.review, fields=PLAN, by=world.secretary)
    awards.lay_out_agenda(conference, by=world.leader)
    assert conference.agenda.count() == 13


def test_nobody_else_plans(world):
    item = world.conference.agenda.first()
    for user in world.others:
        for deed in (
            lambda by: awards.lay_out_agenda(world.conference, by=by),
            lambda by: awards.add_item(world.conference, fields=FIELDS, by=by),
            lambda by: awards.change_item(item, fields=FIELDS, by=by),
            lambda by: awards.move_item(item, up=False, by=by),
            lambda by: awards.remove_item(item, by=by),
        ):
            with pytest.raises(PermissionDenied):
                deed(user)
    assert world.conference.agenda.count() == 13
    assert world.conference.agenda.first() == item


def test_an_item_is_added_at_the_end_and_changed_in_its_place(world):
    added = awards.add_item(world.conference, fields=FIELDS, by=world.secretary)
    assert titles(world)[-1] == "Giải lao"
    changed = FIELDS | {"title": "Nghỉ giữa giờ", "planned_minutes": 20}
    awards.change_item(added, fields=changed, by=world.secretary)
    added.refresh_from_db()
    assert (added.title, added.planned_minutes, added.position) == ("Nghỉ giữa giờ", 20, 14)


@pytest.mark.parametrize("minutes", [0, 481])
def test_an_item_takes_a_plausible_time(world, minutes):
    with pytest.raises(ValidationError):
        awards.add_item(
            world.conference, fields=FIELDS | {"planned_minutes": minutes}, by=world.secretary
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.create(
            conference=world.conference, position=1, title="x", planned_minutes=minutes
        )


def test_items_move_by_one_place_and_not_beyond_the_ends(world):
    before = titles(world)
    first, second = world.conference.agenda.all()[:2]
    awards.move_item(second, up=True, by=world.secretary)
    assert titles(world) == [before[1], before[0], *before[2:]]
    awards.move_item(second, up=True, by=world.secretary)  # already first
    assert titles(world)[0] == before[1]
    awards.move_item(second, up=False, by=world.secretary)
    last = world.conference.agenda.last()
    awards.move_item(last, up=False, by=world.secretary)
    assert titles(world) == before
    assert first == world.conference.agenda.first()


def test_an_item_that_has_begun_stays():
    world = planned("open")
    first, second = world.conference.agenda.all()[:2]
    awards.go_to(world.conference, first, by=world.secretary)
    awards.go_to(world.conference, second, by=world.secretary)
    for item in (first, second):
        with pytest.raises(IllegalMove):
            awards.remove_item(item, by=world.secretary)
    awards.remove_item(world.conference.agenda.last(), by=world.secretary)
    assert world.conference.agenda.count() == 12


def test_an_item_that_is_gone_is_told():
    world = planned("open")
    item = world.conference.agenda.last()
    awards.remove_item(AgendaItem.objects.get(pk=item.pk), by=world.secretary)
    for deed in (
        lambda: awards.change_item(item, fields=FIELDS, by=world.secretary),
        lambda: awards.go_to(world.conference, item, by=world.secretary),
    ):
        with pytest.raises(IllegalMove):
            deed()


def test_an_item_of_another_conference_is_none_of_this_one():
    world, other = planned("open"), Meeting(slug="khoi-9", prefix="x").plan()
    awards.lay_out_agenda(other.conference, by=other.secretary)
    with pytest.raises(IllegalMove):
        awards.go_to(world.conference, other.conference.agenda.first(), by=world.secretary)


def test_once_the_minutes_are_adopted_the_agenda_stands():
    world = Meeting().decide_all()
    awards.lay_out_agenda(world.conference, by=world.secretary)
    item = world.conference.agenda.first()
    world.adopt_minutes()
    for deed in (
        lambda: awards.add_item(world.conference, fields=FIELDS, by=world.secretary),
        lambda: awards.remove_item(item, by=world.secretary),
        lambda: awards.go_to(world.conference, item, by=world.leader),
        lambda: awards.record_outcome(item, text="x", by=world.secretary),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_after_the_close_nothing_is_planned():
    world = Meeting().decide_all()
    awards.lay_out_agenda(world.conference, by=world.secretary)
    world.adopt_minutes()
    awards.close_conference(world.conference, ends_at=datetime.time(11), by=world.leader)
    world.reload()
    with pytest.raises(PermissionDenied):
        awards.add_item(world.conference, fields=FIELDS, by=world.secretary)


# --- going through it


@pytest.mark.parametrize("role", ["leader", "secretary"])
def test_going_on_ends_one_item_and_begins_the_other(role):
    world = planned("open")
    first, second = world.conference.agenda.all()[:2]
    before = timezone.now()
    awards.go_to(world.conference, first, by=getattr(world, role))
    assert world.conference.current_item == first
    awards.go_to(world.conference, second, by=getattr(world, role))
    first.refresh_from_db()
    second.refresh_from_db()
    assert before <= first.started_at <= first.ended_at
    assert second.started_at == first.ended_at
    assert second.ended_at is None
    assert world.conference.current_item == second


def test_a_second_click_on_the_same_item_changes_nothing():
    world = planned("open")
    first = world.conference.agenda.first()
    awards.go_to(world.conference, first, by=world.leader)
    began = AgendaItem.objects.get(pk=first.pk).started_at
    awards.go_to(world.conference, first, by=world.leader)
    again = AgendaItem.objects.get(pk=first.pk)
    assert (again.started_at, again.ended_at) == (began, None)


def test_an_item_taken_up_again_keeps_its_first_beginning():
    world = planned("open")
    first, second = world.conference.agenda.all()[:2]
    awards.go_to(world.conference, first, by=world.leader)
    began = AgendaItem.objects.get(pk=first.pk).started_at
    awards.go_to(world.conference, second, by=world.leader)
    awards.go_to(world.conference, first, by=world.leader)
    again = AgendaItem.objects.get(pk=first.pk)
    assert (again.started_at, again.ended_at) == (began, None)
    assert AgendaItem.objects.get(pk=second.pk).ended_at is not None


def test_the_room_is_led_in_session_and_by_nobody_else(world):
    item = world.conference.agenda.first()
    with pytest.raises(PermissionDenied):
        awards.go_to(world.conference, item, by=world.leader)
    awards.open_conference(world.conference, by=world.secretary)
    for user in world.others:
        with pytest.raises(PermissionDenied):
            awards.go_to(world.conference, item, by=user)
        with pytest.raises(PermissionDenied):
            awards.record_outcome(item, text="x", by=user)
    assert world.conference.current_item is None


def test_an_outcome_is_written_of_what_has_begun():
    world = planned("open")
    first, second = world.conference.agenda.all()[:2]
    awards.go_to(world.conference, first, by=world.leader)
    awards.record_outcome(first, text="Hội nghị nhất trí.", by=world.secretary)
    assert AgendaItem.objects.get(pk=first.pk).outcome == "Hội nghị nhất trí."
    with pytest.raises(IllegalMove):
        awards.record_outcome(second, text="x", by=world.secretary)
