"""The conference page: who reads it, who writes in it, and that nothing typed is lost."""

import datetime

import pytest
from django.urls import reverse

from awards import transitions as awards
from awards.models import Conference, FlagHandover
from blocs.models import Office, Phase, Review
from tests.awards.meetings import PLAN, Meeting
from tests.forms import fields_of, signed_in
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db


def url(world, name="conference_detail", *more):
    return reverse(f"awards:{name}", args=[*world.review.url_args, *more])


def text_of(page):
    return page.content.decode()


def build_world():
    return Meeting().open()


# --- reading


def test_strangers_get_404(world):
    client = signed_in(make_user("stranger", make_agency("xa")))
    assert client.get(url(world)).status_code == 404
    for name in ("conference_plan", "conference_open", "attendance_record", "remark_add"):
        assert client.post(url(world, name)).status_code == 404


@pytest.mark.parametrize("name", ["a2", "a3"])
def test_members_and_board_read_the_same_page_without_forms(name):
    world = Meeting().decide_all()
    for user in (world.officer(name), world.board):
        page = signed_in(user).get(url(world))
        assert page.status_code == 200
        assert "3 of 3 members agree" in text_of(page)
        assert page.context["page"].keeps is False
        for action in ("attendance/#attendance", "remarks/#remarks", "close/", "remove/"):
            with pytest.raises(LookupError):
                fields_of(page, action)


def test_links_lead_only_where_the_reader_may_go():
    world = Meeting().close()
    board, member = signed_in(world.board), signed_in(world.officer("a3"))
    for name in ("document_list", "proposal_list"):
        assert url(world, name) in text_of(member.get(url(world)))
        assert member.get(url(world, name)).status_code == 200
    assert url(world, "proposal_list") not in text_of(board.get(url(world)))
    assert board.get(url(world, "proposal_list")).status_code == 403
    assert "/documents/report/draft/" not in text_of(board.get(url(world)))


def test_before_the_table_is_approved_only_the_secretariat_sees_the_plan():
    world = Meeting().open_appraisal()
    assert signed_in(world.secretary).get(url(world)).status_code == 200
    for user in (world.head("a2"), world.officer("a3"), world.board):
        assert signed_in(user).get(url(world)).status_code == 403


def test_unplanned_conference_is_said_to_members():
    world = Meeting().approve()
    page = signed_in(world.head("a3")).get(url(world))
    assert "The conference has not been planned yet." in text_of(page)
    with pytest.raises(LookupError):
        fields_of(page, "plan/#plan")


def test_each_part_is_an_anchor(world):
    html = text_of(signed_in(world.secretary).get(url(world)))
    for part in signed_in(world.secretary).get(url(world)).context["page"].parts:
        assert f'id="{part.anchor}"' in html
        assert f'href="#{part.anchor}"' in html


@pytest.mark.parametrize("members", [3, 5])
def test_the_query_count_does_not_grow(members, django_assert_num_queries):
    world = Meeting(members=members).decide_all()
    for name in world.names:
        awards.add_delegate(
            world.conference,
            membership=world.membership(name),
            name="ông A",
            position="Giám đốc",
            by=world.secretary,
        )
        awards.add_remark(
            world.conference,
            membership=world.membership(name),
            speaker="",
            text="Nhất trí.",
            by=world.secretary,
        )
    client = signed_in(world.secretary)
    with django_assert_num_queries(42):
        client.get(url(world))


# --- planning and opening


def test_the_secretariat_plans_with_the_form_of_the_page():
    world = Meeting().open_appraisal()
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world)), "plan/#plan")
    assert fields["plan-held_on"] == ""
    fields |= {
        "plan-held_on": "20/02/2025",
        "plan-starts_at": "8h00",
        "plan-venue": "Hội trường\xa0Sở",
        "plan-chair_name": "ông Lê Văn An",
        "plan-chair_position": "Phó Giám đốc",
        "plan-secretary_name": "bà Bình",
        "plan-secretary_position": "Chuyên viên",
    }
    answer = client.post(url(world, "conference_plan"), fields)
    assert answer.url == url(world) + "#plan"
    conference = Conference.objects.get()
    assert conference.held_on == datetime.date(2025, 2, 20)
    assert conference.starts_at == datetime.time(8, 0)
    assert conference.venue == "Hội trường Sở"
    again = fields_of(client.get(url(world)), "plan/#plan")
    assert again["plan-held_on"] == "20/02/2025"
    assert again["plan-starts_at"] == "08:00"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("held_on", "05/01/0022"),
        ("held_on", "05/01/22"),
        ("held_on", "31/02/2025"),
        ("held_on", "hôm nay"),
        ("held_on", "01/01/2023"),
        ("held_on", "01/01/2099"),
        ("held_on", ""),
        ("starts_at", "25:00"),
        ("starts_at", "sáng"),
        ("venue", ""),
        ("venue", "\xa0 \xa0"),
        ("venue", "x" * 301),
        ("chair_name", "x" * 101),
    ],
)
def test_bad_plans_are_told_at_the_field_and_shown_again(field, typed):
    world = Meeting().approve()
    client = signed_in(world.secretary)
    fields = {f"plan-{name}": value for name, value in PLAN.items()}
    fields |= {"plan-held_on": "20/02/2025", "plan-starts_at": "08:00", f"plan-{field}": typed}
    page = client.post(url(world, "conference_plan"), fields)
    assert page.status_code == 422
    form = page.context["page"].forms["plan"]
    assert list(form.errors) == [field]
    assert not Conference.objects.exists()
    shown = fields_of(page, "plan/#plan")
    assert shown[f"plan-{field}"] == typed
    assert shown["plan-secretary_name"] == PLAN["secretary_name"]


def test_others_do_not_plan():
    world = Meeting().approve()
    for user in (world.head("a2"), world.officer("a3"), world.board):
        assert signed_in(user).post(url(world, "conference_plan"), {}).status_code == 403


def test_a_plan_typed_too_late_is_not_lost():
    world = Meeting().close()
    client = signed_in(world.secretary)
    fields = {f"plan-{name}": value for name, value in PLAN.items()}
    fields |= {"plan-held_on": "21/02/2025", "plan-starts_at": "08:00", "plan-venue": "Nơi khác"}
    page = client.post(url(world, "conference_plan"), fields)
    assert page.status_code == 422
    assert "The conference is prepared once appraisal has begun." in text_of(page)
    assert fields_of(page, "plan/#plan")["plan-venue"] == "Nơi khác"
    assert world.conference.venue == PLAN["venue"]


def test_opened_by_the_secretariat_only():
    world = Meeting().plan()
    for user in (world.head("a2"), world.officer("a3"), world.board):
        assert signed_in(user).post(url(world, "conference_open")).status_code == 403
    client = signed_in(world.secretary)
    assert fields_of(client.get(url(world)), "conference/open/") == {}
    answer = client.post(url(world, "conference_open"))
    assert answer.url == url(world) + "#attendance"
    assert world.conference.is_open
    page = client.post(url(world, "conference_open"), follow=True)  # a second click
    assert "cannot be done now" in text_of(page)


@pytest.mark.parametrize(
    "name",
    [
        "conference_plan",
        "conference_open",
        "attendance_record",
        "delegate_add",
        "remark_add",
        "handover_record",
        "conference_close",
    ],
)
def test_writing_is_by_post(world, name):
    assert signed_in(world.secretary).get(url(world, name)).status_code == 405
    assert signed_in(world.secretary).post(url(world)).status_code == 405


@pytest.mark.parametrize("name", ["attendance_record", "delegate_add", "remark_add"])
def test_others_get_403_also_with_a_bad_form(world, name):
    for user in (world.head("a2"), world.officer("a3"), world.board):
        assert signed_in(user).post(url(world, name), {}).status_code == 403


# --- handover and close


def test_the_flag_is_handed_to_the_elected_leader():
    world = Meeting().attend()
    client = signed_in(world.secretary)
    with pytest.raises(LookupError):
        fields_of(client.get(url(world)), "handover/#handover")
    early = client.post(url(world, "handover_record"), {"handover-handed_by": "ông An"})
    assert early.status_code == 422
    assert fields_of(early, "handover/#handover")["handover-handed_by"] == "ông An"
    world.elect("a3", Office.LEADER)
    fields = fields_of(client.get(url(world)), "handover/#handover")
    assert fields["handover-handed_by"] == "ông Lê Văn An, Phó Giám đốc Sở a1"
    answer = client.post(url(world, "handover_record"), fields)
    assert answer.url == url(world) + "#handover"
    assert FlagHandover.objects.get().to_member == world.membership("a3")
    assert signed_in(world.head("a3")).post(url(world, "handover_record")).status_code == 403


def test_the_close_is_refused_with_the_missing_list():
    world = Meeting().adopt()
    client = signed_in(world.leader)
    page = client.get(url(world))
    assert "Election of next year&#x27;s leader" in text_of(page)
    fields = fields_of(page, "conference/close/") | {"close-ends_at": "11:00"}
    page = client.post(url(world, "conference_close"), fields)
    assert page.status_code == 422
    assert "Still missing" in text_of(page)
    assert fields_of(page, "conference/close/")["close-ends_at"] == "11:00"
    assert world.conference.is_open


@pytest.mark.parametrize("typed", ["", "muộn", "07:59", "24:00"])
def test_a_bad_hour_is_told_at_the_field(typed):
    world = Meeting().read_minutes()
    page = signed_in(world.leader).post(url(world, "conference_close"), {"close-ends_at": typed})
    assert page.status_code == 422
    assert list(page.context["page"].forms["close"].errors) == ["ends_at"]
    assert fields_of(page, "conference/close/")["close-ends_at"] == typed
    assert world.conference.is_open


def test_only_the_leader_closes():
    world = Meeting().read_minutes()
    for user in (world.secretary, world.head("a2"), world.board):
        answer = signed_in(user).post(url(world, "conference_close"), {"close-ends_at": "11:00"})
        assert answer.status_code == 403
    assert "Only the bloc leader closes" in text_of(signed_in(world.secretary).get(url(world)))
    client = signed_in(world.leader)
    fields = fields_of(client.get(url(world)), "conference/close/") | {"close-ends_at": "11:00"}
    answer = client.post(url(world, "conference_close"), fields)
    assert answer.url == url(world) + "#closing"
    assert world.reload().status == Phase.SUBMISSION
    assert Review.objects.filter(bloc=world.bloc).count() == 2
    page = client.get(url(world))
    assert "The conference was closed at 11:00." in text_of(page)
    with pytest.raises(LookupError):
        fields_of(page, "remarks/#remarks")


def test_the_leader_of_the_next_year_has_no_part_in_this_conference():
    world = Meeting().close()
    new = world.head("a3")
    assert signed_in(new).post(url(world, "remark_add"), {}).status_code == 403
    world.review = Review.objects.get(bloc=world.bloc, year=2025)
    assert signed_in(world.head("a1")).post(url(world, "conference_plan"), {}).status_code == 403
    page = signed_in(new).get(url(world))
    assert page.status_code == 200  # the secretariat of 2025 sees that it is too early
