"""Registrations, meetings and reports on screen."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from blocs import transitions
from blocs.models import Meeting, MemberReport, Membership, Phase
from tests.blocs.test_transitions_reviews import move_to
from tests.forms import fields_of, signed_in
from tests.worlds import World

pytestmark = pytest.mark.django_db


def of(world, name, *args):
    return reverse(f"blocs:{name}", args=[*world.review.url_args, *args])


def meet(world, title="Sơ kết", **given):
    presences = {
        part.pk: given.get(part.agency.slug, "led") for part in world.review.memberships.all()
    }
    return transitions.record_meeting(
        world.review,
        held_on=datetime.date(2024, 6, 15),
        title=title,
        presences=presences,
        by=world.leader,
    )


# --- who sees and writes


def test_strangers_get_404_and_other_members_403():
    world = World()
    meeting = meet(world)
    part = world.membership("a2")
    stranger = World(prefix="b", slug="khoi-2").leader
    for name, args in (
        ("registration_record", [part.pk]),
        ("meeting_create", []),
        ("meeting_edit", [meeting.pk]),
        ("meeting_remove", [meeting.pk]),
    ):
        for user, status in ((stranger, 404), (world.deputy, 403), (world.board, 403)):
            assert signed_in(user).post(of(world, name, *args), {}).status_code == status
    assert signed_in(stranger).get(of(world, "activity_list")).status_code == 404
    assert Meeting.objects.count() == 1


def test_a_member_sees_its_own_record_until_the_table_is_out():
    world = World()
    meet(world, a2="absent", a3="sent")
    address = of(world, "activity_list")
    page = signed_in(world.officer("a3")).get(address).content.decode()
    assert "Somebody else was sent" in page
    assert "Absent" not in page
    assert "Sở a2" not in page
    for user in (world.officer("a1"), world.board):
        page = signed_in(user).get(address).content.decode()
        assert "Sở a2: Absent" in page
    move_to(world.review, Phase.CONFERENCE)
    page = signed_in(world.officer("a3")).get(address).content.decode()
    assert "Sở a2: Absent" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same(rows, django_assert_num_queries):
    world = World(members=rows)
    for n in range(rows):
        meet(world, title=f"Họp {n}")
    client = signed_in(world.leader)
    # session, user, names; review, own parts, members, names, meetings, attendances
    with django_assert_num_queries(9):
        client.get(of(world, "activity_list"))


# --- registrations


def test_the_secretariat_records_a_registration_in_vietnam_time():
    world = World()
    part = world.membership("a2")
    client = signed_in(world.officer("a1"))
    address = of(world, "registration_record", part.pk)
    fields = fields_of(client.get(address)) | {"registered_at": "11/03/2024 16:30"}
    assert client.post(address, fields).status_code == 302
    part = Membership.objects.get(pk=part.pk)
    assert timezone.localtime(part.registered_at).strftime("%d/%m/%Y %H:%M") == "11/03/2024 16:30"
    assert fields_of(client.get(address))["registered_at"].startswith("11/03/2024 16:30")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"registered_at": "13/13/2024"}, "Write day and time"),
        ({"registered_at": "11/03/0022"}, "between 2000 and 2100"),
        ({"registered_at": "01/01/2099"}, "not come yet"),
        ({"registered_at": "11/03/2024", "never_registered": "on"}, "not both"),
    ],
)
def test_a_wrong_registration_stays_on_the_page(typed, said):
    world = World()
    client = signed_in(world.leader)
    address = of(world, "registration_record", world.membership("a2").pk)
    response = client.post(address, typed)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert fields_of(response) == typed
    assert world.membership("a2").registered_at is None


def test_a_member_of_another_review_is_not_recorded_here():
    world = World()
    foreign = World(prefix="b", slug="khoi-2").membership("b2")
    address = of(world, "registration_record", foreign.pk)
    assert signed_in(world.leader).post(address, {"never_registered": "on"}).status_code == 404


# --- meetings


def test_a_meeting_is_recorded_and_changed_from_the_page():
    world = World()
    client = signed_in(world.officer("a1"))
    fields = fields_of(client.get(of(world, "meeting_create")))
    fields |= {"held_on": "15/06/2024", "title": "Sơ kết"}
    fields |= {f"presence-{part.pk}": "led" for part in world.review.memberships.all()}
    assert client.post(of(world, "meeting_create"), fields).status_code == 302
    meeting = Meeting.objects.get()
    address = of(world, "meeting_edit", meeting.pk)
    rendered = fields_of(client.get(address))
    assert rendered == fields
    rendered[f"presence-{world.membership('a2').pk}"] = "absent"
    client.post(address, rendered)
    assert meeting.attendances.filter(presence="absent").count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"held_on": "1/1/22"}, "Write the day as"),
        ({"held_on": "01/01/2099"}, "not come yet"),
        ({"title": ""}, "required"),
        ({"title": "x" * 201}, "at most 200"),
        ({"presence": ""}, "required"),
        ({"presence": "asleep"}, "valid choice"),
    ],
)
def test_a_wrong_meeting_stays_on_the_page(typed, said):
    world = World()
    fields = {"held_on": "15/06/2024", "title": "Sơ kết"} | typed
    presence = fields.pop("presence", "led")
    fields |= {f"presence-{part.pk}": presence for part in world.review.memberships.all()}
    response = signed_in(world.leader).post(of(world, "meeting_create"), fields)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert fields_of(response)["held_on"] == fields["held_on"]
    assert not Meeting.objects.exists()


def test_a_meeting_is_removed():
    world = World()
    meeting = meet(world)
    client = signed_in(world.leader)
    address = of(world, "meeting_remove", meeting.pk)
    assert client.get(address).status_code == 405
    assert fields_of(client.get(of(world, "activity_list")), address) == {}
    client.post(address)
    assert not Meeting.objects.exists()


def test_after_the_table_the_record_is_closed():
    world = World()
    meeting = meet(world)
    move_to(world.review, Phase.CONFERENCE)
    client = signed_in(world.leader)
    page = client.get(of(world, "activity_list")).content.decode()
    assert "the record of activities is closed" in page
    assert client.post(of(world, "meeting_remove", meeting.pk)).status_code == 403
    assert client.get(of(world, "meeting_create")).status_code == 403


# --- reports


def write(world, name, text="Kết quả"):
    part = world.membership(name)
    version = MemberReport.objects.filter(membership=part).values_list("version", flat=True)
    return transitions.write_report(
        part, fields={"results": text}, version=version.first() or 0, by=world.officer(name)
    )


def test_who_reads_a_report():
    world = World()
    write(world, "a2")
    address = of(world, "report_detail", "a2")
    stranger = World(prefix="b", slug="khoi-2").leader
    for user, status in (
        (world.officer("a2"), 200),
        (world.officer("a1"), 200),
        (world.head("a3"), 403),
        (world.board, 403),
        (stranger, 404),
    ):
        assert signed_in(user).get(address).status_code == status
    move_to(world.review, Phase.EXAMINATION)
    assert "Kết quả" in signed_in(world.board).get(address).content.decode()


def test_the_list_shows_only_the_reports_one_may_read():
    world = World()
    address = of(world, "report_list")
    page = signed_in(world.officer("a3")).get(address).content.decode()
    assert of(world, "report_detail", "a3") in page
    assert of(world, "report_detail", "a2") not in page
    page = signed_in(world.leader).get(address).content.decode()
    assert of(world, "report_detail", "a2") in page
    assert "no report for you" in signed_in(world.board).get(address).content.decode()


@pytest.mark.parametrize("rows", [2, 4])  # the leader's own, and one or three more
def test_the_list_of_reports_costs_the_same(rows, django_assert_num_queries):
    world = World(members=rows)
    for name in world.agencies:
        write(world, name)
    client = signed_in(world.leader)
    with django_assert_num_queries(7):  # session, user, names; review, members, names, own parts
        client.get(of(world, "report_list"))


def test_the_officer_writes_the_own_report():
    world = World()
    client = signed_in(world.officer("a2"))
    address = of(world, "report_detail", "a2")
    fields = fields_of(client.get(address))
    fields |= {"staff": "1200", "results": "Đạt\r\n90 %", "shortcomings": "", "proposals": "Không"}
    assert client.post(address, fields).status_code == 302
    report = MemberReport.objects.get()
    assert (report.staff, report.results, report.version) == (1200, "Đạt\r\n90 %", 1)
    assert fields_of(client.get(address))["staff"] == "1200"


@pytest.mark.parametrize("staff", ["1.000", "8,5", "-3", "mười", "12345678"])
def test_a_number_of_staff_that_can_be_misread_is_refused(staff):
    world = World()
    client = signed_in(world.officer("a2"))
    address = of(world, "report_detail", "a2")
    response = client.post(
        address, fields_of(client.get(address)) | {"staff": staff, "results": "R"}
    )
    assert response.status_code == 422
    again = fields_of(response)
    assert (again["staff"], again["results"]) == (staff, "R")
    assert not MemberReport.objects.exists()


def test_two_colleagues_do_not_overwrite_each_other():
    world = World()
    client = signed_in(world.officer("a2"))
    address = of(world, "report_detail", "a2")
    fields = fields_of(client.get(address)) | {"results": "mine"}
    write(world, "a2", "theirs")
    response = client.post(address, fields)
    assert response.status_code == 409
    page = response.content.decode()
    assert "mine" in page
    assert "theirs" in page
    assert MemberReport.objects.get().results == "theirs"
    assert client.post(address, fields_of(response)).status_code == 302  # now on purpose
    assert MemberReport.objects.get().results == "mine"


def test_a_report_sent_too_late_is_not_lost_from_the_screen():
    world = World()
    client = signed_in(world.officer("a2"))
    address = of(world, "report_detail", "a2")
    fields = fields_of(client.get(address)) | {"results": "two hours of work"}
    move_to(world.review, Phase.SUBMISSION)
    response = client.post(address, fields)
    assert response.status_code == 403
    page = response.content.decode()
    assert "the reports stand" in page
    assert "two hours of work" in page
    assert not MemberReport.objects.exists()


def test_the_leader_reads_but_does_not_write():
    world = World()
    write(world, "a2")
    client = signed_in(world.leader)
    address = of(world, "report_detail", "a2")
    page = client.get(address)
    assert "Kết quả" in page.content.decode()
    with pytest.raises(LookupError):
        fields_of(page)
    assert client.post(address, {"version": "1", "results": "x"}).status_code == 403
    assert MemberReport.objects.get().results == "Kết quả"
