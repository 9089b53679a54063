"""The page of a review: who is where, what comes next, who may know what."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from blocs.models import AgencyKind, Phase, Review
from portal.overview import links_of, next_step_of, places_of, steps_of
from scoring import transitions as scoring
from tests.forms import fields_of, signed_in
from tests.worlds import World, make_agency, make_province, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
PAGE = "/khoi-1/2024/"


def page_for(user):
    return signed_in(user).get(PAGE).content.decode()


def step_for(user, world):
    return next_step_of(user, world.reload(), None, world.membership("a1"))


def pages(user, review):
    """The names of the pages that the review's page leads this person to."""
    return {link.url.removeprefix(PAGE).strip("/") for link in links_of(user, review)}


# --- who may open it


def test_strangers_do_not_find_the_review():
    world = World()
    stranger = World(prefix="b", slug="khoi-2").leader
    other_board = make_user(
        "b9", make_agency("ban-b", kind=AgencyKind.BOARD, province=make_province("ben-tre"))
    )
    for user in (stranger, other_board, make_user("nobody", None)):
        assert signed_in(user).get(PAGE).status_code == 404
    for user in (world.leader, world.officer("a3"), world.board):
        assert signed_in(user).get(PAGE).status_code == 200


def test_a_year_without_a_review_is_not_found_and_posts_are_refused():
    world = World()
    client = signed_in(world.leader)
    assert client.get("/khoi-1/2030/").status_code == 404
    assert client.get("/khoi-9/2024/").status_code == 404
    assert client.post(PAGE).status_code == 405


# --- who is where


def test_members_see_all_names_and_only_their_own_state():
    world = World(members=4).open_self_scoring()
    for name in ("a2", "a4"):
        world.fill(name)
        scoring.submit(world.sheet(name), by=world.head(name))
    places = places_of(world.officer("a3"), world.review)
    assert [place.part.name for place in places] == ["Sở a1", "Sở a2", "Sở a3", "Sở a4"]
    assert [place.part.agency.slug for place in places if place.sheet] == ["a3"]
    page = page_for(world.officer("a3"))
    assert "Submitted" not in page
    assert "members see their own record only" in page


@pytest.mark.parametrize("who", ["leader", "board"])
def test_leader_and_board_see_every_state(who):
    world = World().open_self_scoring()
    world.fill("a2")
    scoring.submit(world.sheet("a2"), by=world.head("a2"))
    places = places_of(getattr(world, who), world.review)
    assert [place.sheet.status for place in places] == ["draft", "submitted", "draft"]


def test_the_deputy_sees_the_sheet_that_it_appraises_once_appraisal_has_begun():
    world = World(members=4).open_self_scoring()
    shown = [p.part.agency.slug for p in places_of(world.deputy, world.review) if p.sheet]
    assert shown == ["a2"]
    world = World(members=4, prefix="b", slug="khoi-2").open_appraisal()
    shown = [p.part.agency.slug for p in places_of(world.deputy, world.review) if p.sheet]
    assert shown == ["b1", "b2"]


# --- the phases


def test_the_phases_and_their_dates():
    world = World().open_self_scoring()
    steps = steps_of(world.review, None)
    assert [step.state for step in steps] == ["done", "current"] + ["todo"] * 5
    assert steps[1].date == world.review.scores_due
    Review.objects.filter(pk=world.review.pk).update(status=Phase.CLOSED)
    assert {step.state for step in steps_of(world.reload(), None)} == {"done"}


def test_the_history_says_who_and_when():
    world = World().open_self_scoring()
    page = page_for(world.officer("a3"))
    history = page[page.index("History of the phases") :]
    assert "Self-scoring" in history
    assert str(world.leader) in history


# --- the next step


def test_self_scoring_is_opened_from_here_once_nothing_is_missing():
    world = World()
    page = page_for(world.leader)
    assert "Adopted criteria" in page
    assert reverse("scoring:criteria_detail", args=["khoi-1", 2024]) in page
    opening = reverse("scoring:self_scoring_open", args=["khoi-1", 2024])
    with pytest.raises(LookupError):
        fields_of(page, opening)
    world.adopt_criteria()
    Review.objects.update(scores_due=datetime.date(2030, 1, 1))
    assert fields_of(page_for(world.leader), opening) == {}
    assert fields_of(page_for(world.board), opening) == {}
    for user in (world.officer("a1"), world.deputy):
        page = page_for(user)
        assert "Only the bloc leader opens self-scoring." in page
        assert "the head of Sở a1, or the provincial board" in page
        with pytest.raises(LookupError):
            fields_of(page, opening)


def test_what_is_missing_for_the_appraisal_is_not_told_to_other_members():
    world = World().open_self_scoring()
    assert [item.text for item in step_for(world.officer("a1"), world).missing] == [
        "Score sheet of Sở a1: Being filled in",
        "Score sheet of Sở a2: Being filled in",
        "Score sheet of Sở a3: Being filled in",
    ]
    for user in (world.officer("a3"), world.deputy):
        assert step_for(user, world).missing == []
        assert not step_for(user, world).verdict


def test_the_appraisal_begins_once_all_sheets_are_in():
    world = World().submit_all()
    beginning = reverse("scoring:appraisal_open", args=["khoi-1", 2024])
    assert fields_of(page_for(world.leader), beginning) == {}
    with pytest.raises(LookupError):
        fields_of(page_for(world.board), beginning)


def test_open_appraisals_are_told_to_the_leaders_people_only():
    world = World().open_appraisal()
    assert "Appraisal of Sở a2" in page_for(world.officer("a1"))
    for user in (world.deputy, world.head("a3"), world.board):
        assert "Appraisal of Sở a2" not in page_for(user)


def test_the_table_is_approved_on_its_own_page():
    world = World().appraise_all()
    step = step_for(world.leader, world)
    assert step.url == "/khoi-1/2024/summary/"
    assert not step.question


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("who", ["leader", "deputy", "board", "member"])
def test_every_phase_has_its_page_for_everybody(phase, who):
    world = World().approve()
    Review.objects.filter(pk=world.review.pk).update(status=phase)
    user = world.officer("a3") if who == "member" else getattr(world, who)
    response = signed_in(user).get(PAGE)
    assert response.status_code == 200
    assert ("Next step" in response.content.decode()) == (phase != Phase.CLOSED)


def test_the_board_closes_a_decided_review_from_here():
    world = World().approve()
    Review.objects.update(status=Phase.DECIDED)
    closing = reverse("blocs:review_close", args=["khoi-1", 2024])
    assert fields_of(page_for(world.board), closing) == {}
    page = page_for(world.leader)
    assert "Only the provincial board closes a review." in page
    with pytest.raises(LookupError):
        fields_of(page, closing)


# --- ways on


ALWAYS = {"criteria", "documents", "activities", "reports", "calendar", "flag", "members"}


def test_links_lead_only_where_one_may_go():
    world = World()
    assert pages(world.deputy, world.review) == ALWAYS
    assert pages(world.leader, world.review) == ALWAYS
    world.open_self_scoring()
    scored = ALWAYS | {"sheets", "provisional"}
    assert pages(world.officer("a3"), world.review) == scored | {"sheet"}
    assert pages(world.board, world.review) == scored | {"findings"}


def test_from_the_conference_on_members_reach_table_and_conference():
    world = World().approve()
    opened = ALWAYS | {"sheet", "sheets", "summary", "conference"}
    opened |= {"objections", "provisional", "reopening"}
    assert pages(world.officer("a3"), world.review) == opened
    assert "proposals" not in pages(world.board, world.review)


def test_every_link_can_be_opened():
    for world in (World().open_self_scoring(), World(prefix="b", slug="khoi-2").approve()):
        first = next(iter(world.agencies))
        for user in (world.board, world.leader, world.officer(first), world.deputy):
            client = signed_in(user)
            for link in links_of(user, world.review):
                assert client.get(link.url, follow=True).status_code == 200, (
                    user.username,
                    link.url,
                )


@pytest.mark.parametrize(
    ("stage", "count"),
    [("open_self_scoring", 13), ("open_appraisal", 31), ("approve", 10)],
)
@pytest.mark.parametrize("members", [2, 4])  # one and three beside the leader
def test_the_page_costs_the_same(stage, count, members, django_assert_num_queries):
    world = getattr(World(members=members), stage)()
    client = signed_in(world.leader)
    with django_assert_num_queries(count):
        client.get(PAGE)
