"""The rotating flag: its chain, its minutes, and what the close of a conference opened."""

import datetime

import pytest
from django.urls import reverse

from awards import transitions as awards
from awards.models import Conference, FlagHandover
from blocs import transitions as blocs
from blocs.models import Bloc, Office, Review
from scoring.models import CriteriaSet
from tests.awards.meetings import PLAN, Meeting
from tests.documents.reading import Paper
from tests.forms import fields_of, signed_in
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db


def url(world, name="flag"):
    return reverse(f"awards:{name}", args=world.review.url_args)


def flag_page(world, user):
    page = signed_in(user).get(url(world))
    assert page.status_code == 200
    return page.content.decode()


def former(world, year, giver, taker, bloc=None):
    """A handover of a past year, as it would have been recorded."""
    members = dict.fromkeys(world.agencies.values(), Office.MEMBER)
    review = blocs.open_review(bloc or world.bloc, year, members=members, by=world.board)
    day = datetime.date(year + 1, 2, 10)
    conference = Conference.objects.create(review=review, **{**PLAN, "held_on": day})
    parts = {part.agency.slug: part for part in review.memberships.all()}
    return FlagHandover.objects.create(
        conference=conference,
        from_member=parts[giver],
        to_member=parts[taker],
        handed_by=f"ông {year}",
    )


def build_world():
    return Meeting().decide_all()


# --- the chain


def test_strangers_get_404_and_nobody_posts(world):
    stranger = signed_in(make_user("stranger", make_agency("xa")))
    for name in ("flag", "handover_paper"):
        assert stranger.get(url(world, name)).status_code == 404
        assert signed_in(world.secretary).post(url(world, name)).status_code == 405


@pytest.mark.parametrize("who", ["a1", "a3", "board"])
def test_members_and_board_read_who_holds_the_flag_and_who_held_it(world, who):
    former(world, 2022, "a2", "a3")
    former(world, 2023, "a3", "a1")
    html = flag_page(world, world.board if who == "board" else world.officer(who))
    assert "The flag is now with <strong>Sở a3</strong>." in html
    days = [html.index(day) for day in ("20/02/2025", "10/02/2024", "10/02/2023")]
    assert days == sorted(days)
    assert "Hội trường Sở a1" in html
    assert html.index("ông Lê Văn An") < html.index("ông 2023") < html.index("ông 2022")


def test_a_flag_never_handed_over_is_said():
    world = Meeting()
    assert "No handover of the flag has been recorded yet." in flag_page(world, world.officer("a3"))


def test_the_flag_of_another_bloc_is_not_in_the_chain(world):
    bloc = Bloc.objects.create(
        province=world.province, slug="k9", name="Khối 9", full_name="K9", symbol="K9"
    )
    former(world, 2023, "a2", "a3", bloc)
    assert "ông 2023" not in flag_page(world, world.board)


def test_a_year_that_the_reader_had_no_part_in_is_told_without_a_link():
    world = Meeting(members=4).decide_all()
    handover = former(world, 2023, "a2", "a1")
    handover.conference.review.memberships.get(agency=world.agencies["a4"]).delete()
    way = reverse("awards:conference_detail", args=[world.bloc.slug, 2023])
    assert way in flag_page(world, world.officer("a3"))
    html = flag_page(world, world.officer("a4"))
    assert "ông 2023" in html
    assert way not in html


@pytest.mark.parametrize("years", [1, 3])
def test_the_query_count_does_not_grow(world, years, django_assert_num_queries):
    for year in range(2024 - years, 2024):
        former(world, year, "a2", "a3")
    client = signed_in(world.officer("a3"))
    client.get(url(world))
    with django_assert_num_queries(9):
        client.get(url(world))


def test_review_and_conference_lead_to_the_flag():
    world = Meeting().attend()
    for page in (world.review.get_absolute_url(), world.conference.get_absolute_url()):
        assert f'href="{url(world)}"' in signed_in(world.officer("a3")).get(page).content.decode()


# --- recording it, and its paper


def test_state_and_papers_are_recorded_with_the_form_of_the_page():
    world = Meeting().attend()
    world.elect("a3", Office.LEADER)
    client = signed_in(world.secretary)
    fields = fields_of(client.get(world.conference.get_absolute_url()), "handover/#handover")
    fields |= {
        "handover-received_by": "bà Bình, Giám đốc Sở a3",
        "handover-condition": "Nguyên vẹn",
        "handover-enclosed": "Sổ truyền thống\r\nẢnh các năm",
    }
    assert client.post(url(world, "handover_record"), fields).status_code == 302
    page = client.get(world.conference.get_absolute_url())
    again = fields_of(page, "handover/#handover")
    assert again["handover-condition"] == "Nguyên vẹn"
    assert again["handover-enclosed"] == "Sổ truyền thống\nẢnh các năm"
    assert url(world, "handover_paper") in page.content.decode()
    text = Paper(client.get(url(world, "handover_paper")).content).text
    for fact in (
        "Sở a1, Khối trưởng năm 2024.",
        "Đại diện: Ông Lê Văn An, Phó Giám đốc Sở a1.",
        "Sở a3, Khối trưởng năm 2025.",
        "Đại diện: Bà Bình, Giám đốc Sở a3.",
        "Tình trạng: Nguyên vẹn.",
        "- Sổ truyền thống; - Ảnh các năm.",
    ):
        assert fact in text, fact


def test_words_too_long_come_back_with_what_was_typed():
    world = Meeting().attend()
    world.elect("a3", Office.LEADER)
    client = signed_in(world.secretary)
    fields = fields_of(client.get(world.conference.get_absolute_url()), "handover/#handover")
    fields |= {"handover-condition": "x" * 301, "handover-enclosed": "Sổ"}
    page = client.post(url(world, "handover_record"), fields)
    assert page.status_code == 422
    assert fields_of(page, "handover/#handover")["handover-enclosed"] == "Sổ"
    assert not FlagHandover.objects.exists()


def test_the_paper_waits_for_the_handover_and_for_readers_of_papers():
    world = Meeting().attend()
    answer = signed_in(world.secretary).get(url(world, "handover_paper"))
    assert answer.url == f"{world.conference.get_absolute_url()}#handover"
    world.elect("a3", Office.LEADER)
    awards.record_handover(world.conference, handed_by="ông A", received_by="", by=world.secretary)
    answer = signed_in(world.officer("a2")).get(url(world, "handover_paper"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert signed_in(world.board).get(url(world, "handover_paper")).status_code == 403


# --- what the close opened


def test_the_closed_conference_says_what_it_opened():
    world = Meeting().close()
    upcoming = Review.objects.get(bloc=world.bloc, year=2025)
    html = signed_in(world.officer("a2")).get(world.conference.get_absolute_url()).content.decode()
    assert "The review of 2025 is open" in html
    assert f'href="{upcoming.get_absolute_url()}"' in html
    criteria = CriteriaSet.objects.get(review=upcoming)
    assert f'href="{criteria.get_absolute_url()}"' in html
    opened = html[html.index("The review of 2025 is open") :]
    assert opened.index("Sở a3") < opened.index("Sở a2")


def test_an_agency_that_is_not_in_next_years_review_gets_no_link_to_it():
    world = Meeting(members=4).read_minutes()
    bloc = Bloc.objects.create(
        province=world.province, slug="k9", name="Khối 9", full_name="K9", symbol="K9"
    )
    blocs.open_review(bloc, 2025, members={world.agencies["a4"]: Office.MEMBER}, by=world.board)
    awards.close_conference(world.conference, ends_at=datetime.time(11), by=world.leader)
    html = signed_in(world.officer("a4")).get(world.conference.get_absolute_url()).content.decode()
    assert "The review of 2025 is open" not in html
