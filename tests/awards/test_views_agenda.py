"""The agenda on the conference page, and the chair's console: who uses them, and what they show."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from awards import transitions as awards
from awards.models import AgendaItem, AgendaKind, ResolutionKind
from tests.awards.meetings import Meeting
from tests.awards.polls import Poll
from tests.forms import fields_of, signed_in
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db

POSTS = ("agenda_item_move", "agenda_item_remove", "agenda_item_go", "outcome_write")


def url(world, name="conference_detail", *more):
    return reverse(f"awards:{name}", args=[*world.review.url_args, *more])


def text_of(page):
    return page.content.decode()


def laid_out(world):
    awards.lay_out_agenda(world.conference, by=world.secretary)
    return world


def at(world, kind):
    """The room has come to the first item of this kind."""
    item = world.conference.agenda.filter(kind=kind).first()
    awards.go_to(world.conference, item, by=world.leader)
    return item


def items_of(world):
    return list(world.conference.agenda.all())


def build_world():
    return laid_out(Meeting().attend())


# --- who


def test_strangers_get_404():
    world = laid_out(Meeting().open())
    client = signed_in(make_user("stranger", make_agency("xa")))
    item = items_of(world)[0]
    assert client.get(url(world, "console")).status_code == 404
    assert client.get(url(world, "agenda_item_change", item.pk)).status_code == 404
    for name in ("agenda_item_add", "agenda_lay_out"):
        assert client.post(url(world, name)).status_code == 404
    for name in POSTS:
        assert client.post(url(world, name, item.pk)).status_code == 404


def test_members_and_board_read_the_agenda_and_change_nothing():
    world = laid_out(Meeting().open())
    item = items_of(world)[0]
    for user in (world.head("a2"), world.officer("a3"), world.board):
        client = signed_in(user)
        page = client.get(url(world))
        assert item.title in text_of(page)
        assert url(world, "screen") in text_of(page)
        assert url(world, "console") not in text_of(page)
        for action in ("agenda/#agenda", "move/#agenda", "lay-out/"):
            with pytest.raises(LookupError):
                fields_of(page, action)
        assert client.get(url(world, "console")).status_code == 403
        assert client.get(url(world, "agenda_item_change", item.pk)).status_code == 403
        for name in ("agenda_item_add", "agenda_lay_out"):
            assert client.post(url(world, name)).status_code == 403
        for name in POSTS:
            assert client.post(url(world, name, item.pk)).status_code == 403


def test_writing_is_by_post_and_reading_by_get():
    world = laid_out(Meeting().open())
    client, pk = signed_in(world.secretary), items_of(world)[0].pk
    for name in ("agenda_item_add", "agenda_lay_out"):
        assert client.get(url(world, name)).status_code == 405
    for name in POSTS:
        assert client.get(url(world, name, pk)).status_code == 405
    for name in ("console", "screen"):
        assert client.post(url(world, name)).status_code == 405


def test_without_a_plan_there_is_no_console():
    world = Meeting().approve()
    client = signed_in(world.officer("a1"))
    assert client.get(url(world, "console")).status_code == 404
    assert url(world, "console") not in text_of(client.get(url(world)))


# --- planning


def test_the_default_agenda_is_one_click_away():
    world = Meeting().plan()
    client = signed_in(world.secretary)
    page = client.get(url(world))
    assert "There is no agenda yet." in text_of(page)
    fields = fields_of(page, "lay-out/")
    answer = client.post(url(world, "agenda_lay_out"), fields)
    assert answer.url == url(world) + "#agenda"
    page = client.get(url(world))
    lines = page.context["page"].agenda
    assert [line.begins for line in lines][:4] == [
        datetime.time(8),
        datetime.time(8, 15),
        datetime.time(8, 20),
        datetime.time(8, 40),
    ]
    assert [line.status for line in lines] == ["next"] + ["waiting"] * 12
    with pytest.raises(LookupError):
        fields_of(page, "lay-out/")
    again = client.post(url(world, "agenda_lay_out"), follow=True)
    assert "There is an agenda already" in text_of(again)
    assert len(items_of(world)) == 13


def test_an_item_is_added_with_the_form_of_the_page():
    world = laid_out(Meeting().plan())
    client = signed_in(world.leader)
    fields = fields_of(client.get(url(world)), "agenda/#agenda")
    assert fields["item-planned_minutes"] == "10"
    fields |= {"item-title": "Giải\xa0lao", "item-planned_minutes": "15"}
    answer = client.post(url(world, "agenda_item_add"), fields)
    assert answer.url == url(world) + "#agenda"
    last = items_of(world)[-1]
    assert (last.title, last.kind, last.planned_minutes) == ("Giải lao", "other", 15)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", ""),
        ("title", "x" * 301),
        ("presenter", "x" * 201),
        ("planned_minutes", "0"),
        ("planned_minutes", "481"),
        ("planned_minutes", "1.5"),
        ("planned_minutes", ""),
        ("kind", "dance"),
    ],
)
def test_a_bad_item_is_told_at_the_field_and_shown_again(field, typed):
    world = laid_out(Meeting().plan())
    client = signed_in(world.secretary)
    sent = {
        "item-kind": "other",
        "item-title": "Giải lao",
        "item-presenter": "",
        "item-planned_minutes": "15",
        f"item-{field}": typed,
    }
    page = client.post(url(world, "agenda_item_add"), sent)
    assert page.status_code == 422
    assert list(page.context["page"].forms["item"].errors) == [field]
    if field != "kind":
        assert fields_of(page, "agenda/#agenda")[f"item-{field}"] == typed
    assert len(items_of(world)) == 13
    page = client.post(url(world, "agenda_item_change", items_of(world)[0].pk), sent)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]


def test_an_item_is_changed_on_its_own_page():
    world = laid_out(Meeting().plan())
    client, item = signed_in(world.secretary), items_of(world)[3]
    assert url(world, "agenda_item_change", item.pk) in text_of(client.get(url(world)))
    fields = fields_of(client.get(url(world, "agenda_item_change", item.pk)))
    assert fields["item-title"] == item.title
    fields |= {"item-presenter": "bà Trần Thị Bình"}
    answer = client.post(url(world, "agenda_item_change", item.pk), fields)
    assert answer.url == url(world) + "#agenda"
    changed = AgendaItem.objects.get(pk=item.pk)
    assert (changed.presenter, changed.title) == ("bà Trần Thị Bình", item.title)


def test_items_are_moved_and_removed_from_the_list():
    world = laid_out(Meeting().plan())
    client, item = signed_in(world.secretary), items_of(world)[2]
    fields_of(client.get(url(world)), f"agenda/{item.pk}/move/#agenda")
    client.post(url(world, "agenda_item_move", item.pk), {"direction": "up"})
    assert items_of(world)[1] == item
    client.post(url(world, "agenda_item_move", item.pk), {"direction": "sideways"})
    assert items_of(world)[1] == item
    assert fields_of(client.get(url(world)), f"agenda/{item.pk}/remove/") == {}
    client.post(url(world, "agenda_item_remove", item.pk))
    assert item not in items_of(world)
    assert client.post(url(world, "agenda_item_remove", item.pk)).status_code == 404


def test_an_item_typed_too_late_is_not_lost():
    world = laid_out(Meeting().decide_all())
    item = items_of(world)[0]
    world.adopt_minutes()
    client = signed_in(world.secretary)
    sent = {"item-kind": "other", "item-title": "Khác", "item-planned_minutes": "5"}
    page = client.post(url(world, "agenda_item_add"), sent)
    assert page.status_code == 422
    assert "The minutes have been adopted" in text_of(page)
    assert fields_of(page, "agenda/#agenda")["item-title"] == "Khác"
    assert client.post(url(world, "agenda_item_change", item.pk), sent).status_code == 422
    assert client.get(url(world, "agenda_item_change", item.pk)).status_code == 403


# --- what the list shows


def test_each_item_leads_to_what_it_decides_and_says_whether_it_is_decided():
    world = laid_out(Meeting().adopt())
    page = signed_in(world.officer("a3")).get(url(world))
    anchors = {part.anchor for part in page.context["page"].parts}
    for line in page.context["page"].agenda:
        assert line.places, line.item.kind
        assert {place.anchor for place in line.places} <= anchors
    places = {line.item.kind: line.places for line in page.context["page"].agenda}
    assert [place.done for place in places[AgendaKind.ADOPTION]] == [True, True]
    assert [place.done for place in places[AgendaKind.HANDOVER]] == [False]


def test_before_the_opening_items_lead_nowhere_for_nothing_can_be_recorded():
    world = laid_out(Meeting().plan())
    page = signed_in(world.secretary).get(url(world))
    assert [part.anchor for part in page.context["page"].parts] == ["plan", "agenda", "opening"]
    assert not any(line.places for line in page.context["page"].agenda)


def test_the_state_of_each_item_is_said_in_words(world):
    at(world, AgendaKind.OPENING)
    at(world, AgendaKind.REPORT)  # the second opening item was passed over
    page = signed_in(world.officer("a3")).get(url(world))
    states = [line.status for line in page.context["page"].agenda]
    assert states[:4] == ["done", "waiting", "now", "next"]
    for word in ("Done", "Now", "Next", "Not begun"):
        assert f">{word}</span>" in text_of(page)


def test_a_closed_conference_has_no_item_now():
    world = laid_out(Meeting().decide_all())
    at(world, AgendaKind.CLOSING)
    world.adopt_minutes()
    awards.close_conference(world.conference, ends_at=datetime.time(11), by=world.leader)
    world.reload()
    page = signed_in(world.officer("a3")).get(url(world))
    states = [line.status for line in page.context["page"].agenda]
    assert states == ["waiting"] * 12 + ["done"]


@pytest.mark.parametrize("items", [1, 3])
def test_the_query_count_of_the_page_does_not_grow_with_the_agenda(
    items, django_assert_num_queries
):
    world = Meeting().decide_all()
    for _number in range(items):
        fields = {"kind": "other", "title": "Mục", "presenter": "", "planned_minutes": 5}
        awards.add_item(world.conference, fields=fields, by=world.secretary)
    client = signed_in(world.secretary)
    client.get(url(world))
    with django_assert_num_queries(42):
        client.get(url(world))


# --- the console


def test_the_console_before_the_first_item_begins_with_it(world):
    first = items_of(world)[0]
    client = signed_in(world.leader)
    page = client.get(url(world, "console"))
    assert "No item has begun yet." in text_of(page)
    fields = fields_of(page, f"agenda/{first.pk}/go/")
    answer = client.post(url(world, "agenda_item_go", first.pk), fields)
    assert answer.url == url(world, "console")
    page = client.get(url(world, "console"))
    assert page.context["page"].current.item == first
    assert "Now: item 1 of 13" in text_of(page)


def test_the_console_of_a_conference_not_in_session_leads_to_its_opening():
    world = laid_out(Meeting().plan())
    page = signed_in(world.secretary).get(url(world, "console"))
    assert "The conference is not in session." in text_of(page)
    assert url(world) + "#opening" in text_of(page)
    with pytest.raises(LookupError):
        fields_of(page, "go/")


def test_the_outcome_is_saved_and_the_room_goes_on_with_one_button(world):
    item = at(world, AgendaKind.REPORT)
    client = signed_in(world.secretary)
    page = client.get(url(world, "console"))
    following = page.context["page"].next.item
    fields = fields_of(page, f"agenda/{item.pk}/outcome/") | {"outcome": "Nhất trí.\r\nKhông sửa."}
    assert f'name="go" value="{following.pk}"' in text_of(page)
    client.post(url(world, "outcome_write", item.pk), fields)
    assert world.conference.current_item == item
    shown = fields_of(client.get(url(world, "console")), f"agenda/{item.pk}/outcome/")
    assert shown["outcome"] == "Nhất trí.\nKhông sửa."
    fields = shown | {"go": following.pk}
    for _click in range(2):  # a second click of the same button goes no further
        answer = client.post(url(world, "outcome_write", item.pk), fields)
        assert answer.url == url(world, "console")
        assert world.conference.current_item == following


def test_an_outcome_that_is_refused_comes_back_as_that_item_s(world):
    at(world, AgendaKind.REPORT)
    waiting = items_of(world)[-1]
    client = signed_in(world.secretary)
    page = client.post(url(world, "outcome_write", waiting.pk), {"outcome": "Đã bàn."})
    assert page.status_code == 422
    assert "The conference has not come to this item yet." in text_of(page)
    assert f"This is the outcome of: {waiting.title}" in text_of(page)
    assert fields_of(page, f"agenda/{waiting.pk}/outcome/")["outcome"] == "Đã bàn."
    page = client.post(url(world, "outcome_write", waiting.pk), {"outcome": "x" * 20_001})
    assert list(page.context["form"].errors) == ["outcome"]


def test_an_item_of_another_conference_cannot_be_gone_to(world):
    other = laid_out(Meeting(slug="k-9", prefix="x").plan())
    item, strange = at(world, AgendaKind.REPORT), items_of(other)[0]
    client = signed_in(world.secretary)
    assert client.post(url(world, "agenda_item_go", strange.pk)).status_code == 404
    sent = {"outcome": "", "go": strange.pk}
    assert client.post(url(world, "outcome_write", item.pk), sent).status_code == 404
    assert world.conference.current_item == item


def test_minutes_are_counted_by_the_server(world):
    item = at(world, AgendaKind.TABLE)
    began = timezone.now() - datetime.timedelta(minutes=13, seconds=5)
    AgendaItem.objects.filter(pk=item.pk).update(started_at=began)
    page = signed_in(world.leader).get(url(world, "console"))
    assert "13 minutes" in text_of(page)
    assert "3 minutes over" in text_of(page)


def test_presence_and_quorum():
    world = laid_out(Poll(members=5).attend("a4", "a5"))
    page = signed_in(world.secretary).get(url(world, "console"))
    assert "<strong>03/05</strong>" in text_of(page)
    assert page.context["page"].quorum.needed == 3
    assert "Quorum met" in text_of(page)
    absent = {world.membership("a3").pk: awards.Presence(present=False, reason="Ốm")}
    awards.record_attendance(world.conference, presences=absent, by=world.secretary)
    page = signed_in(world.secretary).get(url(world, "console"))
    assert "<strong>02/05</strong>" in text_of(page)
    assert "No quorum" in text_of(page)


def test_what_is_missing_for_the_item_leads_to_where_it_is_done(world):
    at(world, AgendaKind.ADOPTION)
    client = signed_in(world.secretary)
    missing = client.get(url(world, "console")).context["page"].missing
    assert [one.url for one in missing] == [url(world) + "#report", url(world) + "#adoption"]
    world.resolve(ResolutionKind.ADOPT_REPORT)
    page = client.get(url(world, "console"))
    assert [one.url for one in page.context["page"].missing] == [url(world) + "#adoption"]
    at(world, AgendaKind.CLOSING)
    missing = client.get(url(world, "console")).context["page"].missing
    assert url(world) + "#handover" in [one.url for one in missing]


def test_the_console_counts_the_papers_and_names_nobody():
    world = laid_out(Poll(members=5).adopt())
    at(world, AgendaKind.PROPOSALS)
    vote = world.open_vote()
    world.cast(vote, {"a4": "yynnn", "a2": "nnyyy"})
    client = signed_in(world.leader)
    page = client.get(url(world, "console"))
    assert "Papers cast: 2/5" in text_of(page)
    assert "Sở a4" not in text_of(page)
    assert "Sở a2" not in text_of(page)


def test_the_console_asks_for_its_news(world):
    item = at(world, AgendaKind.REPORT)
    client = signed_in(world.leader)
    whole = text_of(client.get(url(world, "console")))
    assert f'hx-get="{url(world, "console")}?item={item.pk}"' in whole
    news = client.get(url(world, "console"), {"item": item.pk}, headers={"HX-Request": "true"})
    assert "<html" not in text_of(news)
    assert "<form" not in text_of(news)
    assert "HX-Request" in news.headers["Vary"]
    assert "gone on to another item" not in text_of(news)
    at(world, AgendaKind.TABLE)
    for shown in (item.pk, "x"):
        news = client.get(url(world, "console"), {"item": shown}, headers={"HX-Request": "true"})
        assert ("gone on to another item" in text_of(news)) == (shown != "x")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_query_count_of_the_console_does_not_grow(rows, django_assert_num_queries):
    world = Poll(members=5).adopt()
    for _number in range(rows):
        fields = {"kind": "proposals", "title": "Mục", "presenter": "", "planned_minutes": 5}
        awards.add_item(world.conference, fields=fields, by=world.secretary)
        world.open_vote()
    at(world, AgendaKind.PROPOSALS)
    client = signed_in(world.leader)
    client.get(url(world, "console"))
    with django_assert_num_queries(33):
        client.get(url(world, "console"))
