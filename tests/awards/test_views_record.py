"""Attendance, people in the room and remarks, as the conference page records them."""

import pytest
from django.urls import reverse

from awards.models import Attendance, Delegate, Remark
from blocs.models import User
from tests.awards.meetings import Meeting
from tests.awards.polls import Poll
from tests.forms import fields_of, signed_in
from tests.worlds import make_user

pytestmark = pytest.mark.django_db


def url(world, name="conference_detail", *more):
    return reverse(f"awards:{name}", args=[*world.review.url_args, *more])


def text_of(page):
    return page.content.decode()


def build_world():
    return Meeting().open()


# --- attendance


def test_all_members_attendance_is_saved_together(world):
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world)), "attendance/#attendance")
    assert set(fields.values()) == {"present", ""}
    assert len(fields) == 3 * 5
    absent = world.membership("a3").pk
    fields |= {f"attendance-{absent}-presence": "absent", f"attendance-{absent}-reason": "Họp"}
    answer = client.post(url(world, "attendance_record"), fields)
    assert answer.url == url(world) + "#attendance"
    assert list(Attendance.objects.values_list("present", "absence_reason")) == [
        (True, ""),
        (True, ""),
        (False, "Họp"),
    ]
    again = fields_of(client.get(url(world)), "attendance/#attendance")
    assert again == fields


@pytest.mark.parametrize("reason", ["", "\xa0", "x" * 301])
def test_an_absence_without_a_reason_saves_no_line(world, reason):
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world)), "attendance/#attendance")
    absent = world.membership("a3").pk
    fields |= {f"attendance-{absent}-presence": "absent", f"attendance-{absent}-reason": reason}
    page = client.post(url(world, "attendance_record"), fields)
    assert page.status_code == 422
    assert f'id="id_attendance-{absent}-reason_error"' in text_of(page)
    assert fields_of(page, "attendance/#attendance") == fields
    assert not Attendance.objects.exists()


def test_attendance_of_a_foreign_member_is_not_read(world):
    other = Meeting(slug="khoi-2", prefix="b")
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world)), "attendance/#attendance")
    foreign = other.membership("b1").pk
    client.post(
        url(world, "attendance_record"), fields | {f"attendance-{foreign}-presence": "present"}
    )
    assert not Attendance.objects.filter(membership=foreign).exists()


def line(world, name, **typed):
    pk = world.membership(name).pk
    return {f"attendance-{pk}-{field}": str(value) for field, value in typed.items()}


PROXY = {"presence": "proxy", "reason": "Họp", "proxy": "bà Lan, Phó Giám đốc, giấy số 5"}


def test_proxy_opinion_and_account_are_saved_and_shown_again():
    world = Meeting(members=5).open()
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world)), "attendance/#attendance")
    fields |= line(world, "a3", **PROXY, voter=world.officer("a2").pk)
    fields |= line(world, "a4", presence="absent", reason="Ốm", written_opinion="Nhất trí.")
    fields |= line(world, "a5", voter=world.head("a5").pk)
    assert client.post(url(world, "attendance_record"), fields).status_code == 302
    rows = Attendance.objects.values_list("present", "proxy", "written_opinion", "voter__username")
    assert list(rows) == [
        (True, "", "", None),
        (True, "", "", None),
        (False, PROXY["proxy"], "", "officer.a2"),
        (False, "", "Nhất trí.", None),
        (True, "", "", "head.a5"),
    ]
    page = client.get(url(world))
    assert fields_of(page, "attendance/#attendance") == fields
    words = " ".join(text_of(page).split())
    assert "Members present: 3 of 5; by proxy: 1; absent with a written opinion: 1" in words
    assert "There is a quorum: it takes at least 1/2 of all members; 3 of 5 can vote." in words
    read = text_of(signed_in(world.head("a2")).get(url(world)))
    assert "By proxy: bà Lan, Phó Giám đốc, giấy số 5 (Họp)" in read
    assert "Written opinion: Nhất trí." in read


def test_without_a_quorum_the_page_says_so():
    world = Meeting(members=5).attend("a3", "a4", "a5")
    words = " ".join(text_of(signed_in(world.secretary).get(url(world))).split())
    assert "Members present: 2 of 5; absent: 3" in words
    assert "There is no quorum: it takes at least 1/2 of all members; 2 of 5 can vote." in words


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"presence": "proxy", "reason": "Họp"}, "proxy"),
        ({**PROXY, "reason": ""}, "reason"),
        ({**PROXY, "proxy": "x" * 301}, "proxy"),
        ({**PROXY, "written_opinion": "Nhất trí."}, "written_opinion"),
        ({"presence": "absent", "reason": "Ốm", "proxy": "bà Lan"}, "proxy"),
        ({"presence": "present", "reason": "Ốm"}, "reason"),
        ({"presence": "present", "proxy": "bà Lan"}, "proxy"),
        ({"presence": "present", "written_opinion": "Nhất trí."}, "written_opinion"),
        ({"presence": "present", "voter": "officer.a2"}, "voter"),
        ({"presence": "absent", "reason": "Ốm", "voter": "head.a3"}, "voter"),
        ({"presence": "present", "voter": "board"}, "voter"),
        ({**PROXY, "voter": "board"}, "voter"),
        ({**PROXY, "voter": "shut"}, "voter"),
    ],
)
def test_bad_lines_are_told_at_their_field_and_nothing_is_lost(world, typed, field):
    shut = make_user("shut", world.agencies["a3"])
    shut.is_active = False
    shut.save()
    if "voter" in typed:
        typed = {**typed, "voter": User.objects.get(username=typed["voter"]).pk}
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world)), "attendance/#attendance")
    fields |= line(world, "a3", **typed)
    page = client.post(url(world, "attendance_record"), fields)
    assert page.status_code == 422
    lines = page.context["page"].forms["attendance"].forms
    assert [list(one.errors) for one in lines] == [[], [], [field]]
    assert f'id="id_attendance-{world.membership("a3").pk}-{field}_error"' in text_of(page)
    assert not Attendance.objects.exists()
    if typed.get("voter") in (None, world.officer("a2").pk, world.head("a3").pk):
        assert fields_of(page, "attendance/#attendance") == fields


def test_who_comes_after_all_loses_reason_and_proxy_without_retyping(world):
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world)), "attendance/#attendance")
    fields |= line(world, "a3", **PROXY, voter=world.officer("a2").pk)
    client.post(url(world, "attendance_record"), fields)
    fields = fields_of(client.get(url(world)), "attendance/#attendance")
    fields |= line(world, "a3", presence="present")
    assert client.post(url(world, "attendance_record"), fields).status_code == 302
    row = Attendance.objects.get(membership=world.membership("a3"))
    assert (row.present, row.absence_reason, row.proxy, row.voter) == (True, "", "", None)


def test_while_a_vote_is_open_its_roll_stands_and_what_was_typed_is_shown():
    world = Poll(members=4).adopt()
    vote = world.open_vote()
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world)), "attendance/#attendance")
    assert client.post(url(world, "attendance_record"), fields).status_code == 302  # as it was
    fields |= line(world, "a4", presence="absent", reason="Về sớm")
    page = client.post(url(world, "attendance_record"), fields)
    assert page.status_code == 422
    assert f"Sở a4: vote {vote.number} is open, and its roll stands." in text_of(page)
    assert fields_of(page, "attendance/#attendance") == fields
    assert Attendance.objects.filter(present=True).count() == 4


# --- people and remarks


def test_delegates_and_guests_are_added_and_taken_out(world):
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world)), "delegates/#delegates")
    fields |= {
        "delegate-membership": str(world.membership("a2").pk),
        "delegate-name": "ông Hà Trí Trung",
        "delegate-position": "Phó Giám đốc",
    }
    answer = client.post(url(world, "delegate_add"), fields)
    assert answer.url == url(world) + "#delegates"
    guest = {"delegate-position": "Trưởng Ban Thi đua - Khen thưởng tỉnh"}
    client.post(url(world, "delegate_add"), guest)
    page = text_of(client.get(url(world)))
    assert "ông Hà Trí Trung, Phó Giám đốc" in " ".join(page.split())
    assert Delegate.objects.get(membership=None).name == ""
    pk = Delegate.objects.first().pk
    for user in (world.head("a2"), world.board):
        assert signed_in(user).post(url(world, "delegate_remove", pk)).status_code == 403
    assert client.get(url(world, "delegate_remove", pk)).status_code == 405
    client.post(url(world, "delegate_remove", pk))
    assert Delegate.objects.count() == 1
    assert client.post(url(world, "delegate_remove", pk)).status_code == 404


def test_a_delegate_of_a_foreign_member_is_refused(world):
    other = Meeting(slug="khoi-2", prefix="b")
    fields = {"delegate-membership": other.membership("b1").pk, "delegate-position": "x"}
    page = signed_in(world.secretary).post(url(world, "delegate_add"), fields)
    assert page.status_code == 422
    assert list(page.context["page"].forms["delegate"].errors) == ["membership"]
    assert not Delegate.objects.exists()


def test_remarks_are_added_and_taken_out(world):
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world)), "remarks/#remarks")
    fields |= {"remark-membership": str(world.membership("a3").pk), "remark-text": "<b>Nhất trí"}
    answer = client.post(url(world, "remark_add"), fields)
    assert answer.url == url(world) + "#remarks"
    assert "&lt;b&gt;Nhất trí" in text_of(client.get(url(world)))
    pk = Remark.objects.get().pk
    assert signed_in(world.head("a3")).post(url(world, "remark_remove", pk)).status_code == 403
    assert client.get(url(world, "remark_remove", pk)).status_code == 405
    client.post(url(world, "remark_remove", pk))
    assert not Remark.objects.exists()


def test_a_remark_needs_words_and_somebody_who_spoke(world):
    client = signed_in(world.secretary)
    page = client.post(url(world, "remark_add"), {"remark-text": "Nhất trí."})
    assert list(page.context["page"].forms["remark"].errors) == ["speaker"]
    assert fields_of(page, "remarks/#remarks")["remark-text"] == "Nhất trí."
    page = client.post(url(world, "remark_add"), {"remark-speaker": "ông A", "remark-text": " "})
    assert list(page.context["page"].forms["remark"].errors) == ["text"]
    assert not Remark.objects.exists()


def test_a_remark_typed_while_the_conference_was_closed_is_shown_again():
    world = Meeting().close()
    page = signed_in(world.secretary).post(
        url(world, "remark_add"), {"remark-speaker": "ông A", "remark-text": "Lời cuối."}
    )
    assert page.status_code == 422
    assert "The conference is not in session." in text_of(page)
    assert fields_of(page, "remarks/#remarks")["remark-text"] == "Lời cuối."
