"""Attendance, people in the room and remarks, as the conference page records them."""

import pytest
from django.urls import reverse

from awards.models import Attendance, Delegate, Remark
from tests.awards.meetings import Meeting
from tests.forms import fields_of, signed_in

pytestmark = pytest.mark.django_db


def url(world, name="conference_detail", *more):
    return reverse(f"awards:{name}", args=[*world.review.url_args, *more])


def text_of(page):
    return page.content.decode()


# --- attendance


def test_all_members_attendance_is_saved_together():
    world = Meeting().open()
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world)), "attendance/#attendance")
    assert set(fields.values()) == {"present", ""}
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
def test_an_absence_without_a_reason_saves_no_line(reason):
    world = Meeting().open()
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world)), "attendance/#attendance")
    absent = world.membership("a3").pk
    fields |= {f"attendance-{absent}-presence": "absent", f"attendance-{absent}-reason": reason}
    page = client.post(url(world, "attendance_record"), fields)
    assert page.status_code == 422
    assert f'id="id_attendance-{absent}-reason_error"' in text_of(page)
    assert fields_of(page, "attendance/#attendance") == fields
    assert not Attendance.objects.exists()


def test_attendance_of_a_foreign_member_is_not_read():
    world, other = Meeting().open(), Meeting(slug="khoi-2", prefix="b")
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world)), "attendance/#attendance")
    foreign = other.membership("b1").pk
    client.post(
        url(world, "attendance_record"), fields | {f"attendance-{foreign}-presence": "present"}
    )
    assert not Attendance.objects.filter(membership=foreign).exists()


# --- people and remarks


def test_delegates_and_guests_are_added_and_taken_out():
    world = Meeting().open()
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


def test_a_delegate_of_a_foreign_member_is_refused():
    world, other = Meeting().open(), Meeting(slug="khoi-2", prefix="b")
    fields = {"delegate-membership": other.membership("b1").pk, "delegate-position": "x"}
    page = signed_in(world.secretary).post(url(world, "delegate_add"), fields)
    assert page.status_code == 422
    assert list(page.context["page"].forms["delegate"].errors) == ["membership"]
    assert not Delegate.objects.exists()


def test_remarks_are_added_and_taken_out():
    world = Meeting().open()
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


def test_a_remark_needs_words_and_somebody_who_spoke():
    world = Meeting().open()
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
