"""What the room is told before it elects: warnings of a constant cost, and nobody is barred."""

import datetime

import pytest
from django.utils import translation

from awards import transitions as awards
from awards.candidacy import candidacies_of
from awards.models import PaperForm, ResolutionKind
from blocs import transitions as blocs
from blocs.models import Bloc, Office
from tests.awards.meetings import Meeting
from tests.awards.polls import Poll
from tests.forms import fields_of, signed_in
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


LED = "Led the bloc in {}; others have not led it since."


def warned(world, office=Office.LEADER):
    """Agency to its warnings, for those that have any."""
    names = dict(world.review.memberships.values_list("pk", "agency__slug"))
    candidacies = candidacies_of(world.review, offices=[office])
    found = {one.membership.pk: one.warnings for one in candidacies}
    assert set(found) == set(names)
    return {names[pk]: list(words) for pk, words in found.items() if words}


def former(world, year, leader):
    """A past review of the bloc, led by somebody."""
    members = {
        agency: Office.LEADER if name == leader else Office.MEMBER
        for name, agency in world.agencies.items()
    }
    return blocs.open_review(world.bloc, year, members=members, by=world.board)


def test_this_years_officers_are_named_with_the_year():
    world = World()
    assert warned(world) == {"a1": [LED.format(2024)]}
    assert warned(world, Office.DEPUTY) == {
        "a2": ["Was deputy leader in 2024; others have not been since."]
    }


def test_whoever_led_before_others_did_is_not_warned_about_once_all_have_led():
    world = World()
    former(world, 2022, "a2")
    former(world, 2023, "a3")
    # a2 led first of all: both others have led since.
    assert warned(world) == {"a1": [LED.format(2024)], "a3": [LED.format(2023)]}


def test_an_office_held_long_ago_is_not_held_against_anybody():
    world = World()
    former(world, 2019, "a3")
    assert "a3" not in warned(world)
    former(world, 2020, "a2")
    assert warned(world)["a2"] == [LED.format(2020)]


def test_offices_of_another_bloc_do_not_count():
    world = World()
    bloc = Bloc.objects.create(
        province=world.province, slug="k9", name="Khối 9", full_name="K9", symbol="K9"
    )
    blocs.open_review(bloc, 2023, members={world.agencies["a3"]: Office.LEADER}, by=world.board)
    assert "a3" not in warned(world)


def test_an_agency_that_ends_by_next_year_is_named_and_a_renamed_one_is_not():
    world = World(members=4)
    for name, day in (("a3", datetime.date(2025, 12, 31)), ("a4", datetime.date(2026, 1, 1))):
        world.agencies[name].names.update(valid_to=day)
    blocs.name_agency(
        world.agencies["a2"],
        full="Sở mới",
        short="Sở mới",
        abbreviation="SM",
        valid_from=datetime.date(2025, 3, 1),
    )
    assert warned(world) == {
        "a1": [LED.format(2024)],
        "a3": ["The agency ends on 31/12/2025; no name follows."],
    }


def test_a_suspended_member_is_named_until_the_finding_is_lifted():
    world = World().open_self_scoring()
    finding = world.find("a3")
    words = ["A finding suspends or bars this member from awards."]
    assert warned(world)["a3"] == words
    type(finding).objects.filter(pk=finding.pk).update(
        lifted_on=datetime.date(2025, 1, 5),
        lifted_by=world.board,
        lifted_at=datetime.datetime(2025, 1, 5, tzinfo=datetime.UTC),
        lifting_document="13/TB",
    )
    assert "a3" not in warned(world)


def test_a_member_that_goes_to_another_bloc_is_named_and_one_that_stays_is_not():
    world = World()
    bloc = Bloc.objects.create(
        province=world.province, slug="k9", name="Khối 9", full_name="K9", symbol="K9"
    )
    blocs.open_review(bloc, 2025, members={world.agencies["a3"]: Office.MEMBER}, by=world.board)
    blocs.open_review(
        world.bloc, 2025, members={world.agencies["a2"]: Office.MEMBER}, by=world.board
    )
    assert warned(world) == {"a1": [LED.format(2024)], "a3": ["Goes to Khối 9 in 2025."]}


@pytest.mark.parametrize("members", [3, 5])
def test_the_query_count_does_not_grow(members, django_assert_num_queries):
    world = World(members=members).open_self_scoring()
    former(world, 2023, "a3")
    for name in world.agencies:
        world.find(name)
    bloc = Bloc.objects.create(
        province=world.province, slug="k9", name="Khối 9", full_name="K9", symbol="K9"
    )
    blocs.open_review(
        bloc,
        2025,
        members=dict.fromkeys(world.agencies.values(), Office.MEMBER),
        by=world.board,
    )
    with django_assert_num_queries(6):
        found = candidacies_of(world.review)
    assert all(len(one.warnings) >= 2 for one in found)


# --- on the conference page


def conference_page(world, user):
    return signed_in(user).get(world.conference.get_absolute_url())


def test_the_secretariat_reads_the_warnings_above_the_form_and_members_do_not():
    world = Meeting().attend()
    html = conference_page(world, world.secretary).content.decode()
    assert html.index(LED.format(2024)) < html.index('name="elect-membership"')
    assert LED.format(2024) not in conference_page(world, world.officer("a2")).content.decode()


def test_a_warning_bars_nobody():
    world = Meeting().attend()
    client = signed_in(world.secretary)
    page = client.get(world.conference.get_absolute_url())
    fields = fields_of(page, "new/elect/#elections")
    fields |= {
        "elect-office": Office.LEADER,
        "elect-membership": str(world.membership("a1").pk),
    }
    url = f"{world.conference.get_absolute_url()}resolutions/new/elect/"
    assert client.post(url, fields).status_code == 302
    assert world.conference.resolutions.get(kind="elect").membership == world.membership("a1")


def test_an_election_by_vote_shows_its_round_and_numbers():
    world = Poll(members=3).adopt()
    vote = world.open_vote(
        "a2", "a3", kind=ResolutionKind.ELECT, form=PaperForm.APPROVE, rule="majority-of-members"
    )
    world.count(vote, dict.fromkeys(world.names, "yn"))
    awards.announce_vote(vote, by=world.leader)
    html = conference_page(world, world.officer("a2")).content.decode()
    assert "Bloc leader of next year: Sở a2, in round 1 with 3 of 3 votes" in html
