"""Reviews are opened, dated, handed on and closed; members are set."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs import transitions
from blocs.models import AgencyKind, Bloc, Membership, Office, Phase, Review
from blocs.workflow import IllegalMove
from tests.worlds import World, make_agency, make_province, make_user

pytestmark = pytest.mark.django_db
DAY = datetime.date


def dates(**given):
    names = ("registration_due", "scores_due", "appraisal_due", "dossier_due")
    return dict.fromkeys(names) | given


def move_to(review, phase):
    Review.objects.filter(pk=review.pk).update(status=phase, scores_due=DAY(2024, 12, 1))
    review.refresh_from_db()


# --- opening


def test_only_the_board_opens_a_review():
    world = World()
    with pytest.raises(PermissionDenied):
        transitions.open_review(world.bloc, 2025, members={}, by=world.leader)


def test_the_board_of_another_province_does_not():
    world = World()
    other = make_agency("ban-b", kind=AgencyKind.BOARD, province=make_province("ben-tre"))
    with pytest.raises(PermissionDenied):
        transitions.open_review(world.bloc, 2025, members={}, by=make_user("b2", other))


def test_members_stand_in_the_order_given():
    world = World(members=4)
    parts = world.review.memberships.in_order()
    assert [part.agency.slug for part in parts] == ["a1", "a2", "a3", "a4"]
    assert [part.office for part in parts] == ["leader", "deputy", "member", "member"]


def test_an_agency_is_in_one_bloc_a_year():
    world = World()
    bloc = Bloc.objects.create(
        province=world.province, slug="k9", name="Khối 9", full_name="K9", symbol="K9"
    )
    members = {world.agencies["a3"]: Office.MEMBER}
    with pytest.raises(ValidationError, match="Sở a3 is already a member of Khối 1 in 2024"):
        transitions.open_review(bloc, 2024, members=members, by=world.board)
    assert not Review.objects.filter(bloc=bloc).exists()
    assert transitions.open_review(bloc, 2025, members=members, by=world.board).year == 2025


@pytest.mark.parametrize("offices", [["leader", "leader"]])
def test_two_leaders_are_refused_in_words(offices):
    world = World()
    members = dict(zip([make_agency("x"), make_agency("y")], offices, strict=True))
    with pytest.raises(ValidationError, match="one leader"):
        transitions.open_review(world.bloc, 2025, members=members, by=world.board)


def test_the_board_office_is_no_member():
    world = World()
    members = {world.board_agency: Office.MEMBER}
    with pytest.raises(ValidationError, match="office cannot be a member"):
        transitions.open_review(world.bloc, 2025, members=members, by=world.board)


def test_a_bloc_is_reviewed_once_a_year():
    world = World()
    with pytest.raises(ValidationError):
        transitions.open_review(
            world.bloc, 2024, members={make_agency("x"): Office.LEADER}, by=world.board
        )


@pytest.mark.parametrize("year", [0, 22, 1999, 20244])
def test_an_implausible_year_is_refused_in_words(year):
    world = World()
    with pytest.raises(ValidationError):
        transitions.open_review(world.bloc, year, members={}, by=world.board)


def test_two_reviews_of_one_bloc_run_at_once_with_their_own_offices():
    world = World().open_self_scoring()
    upcoming = transitions.continue_review(
        world.review,
        leader=world.membership("a3"),
        deputies=[world.membership("a1")],
        by=world.leader,
    )
    assert (upcoming.year, upcoming.status) == (2025, Phase.PREPARATION)
    assert world.reload().status == Phase.SELF_SCORING
    offices = dict(upcoming.memberships.values_list("agency__slug", "office"))
    assert offices == {"a1": "deputy", "a2": "member", "a3": "leader"}
    assert world.membership("a1").office == Office.LEADER  # this year's stay


def test_handing_over_to_a_review_that_is_open_sets_its_offices():
    world = World()
    first = transitions.continue_review(
        world.review, leader=world.membership("a1"), deputies=[], by=world.leader
    )
    again = transitions.continue_review(
        world.review, leader=world.membership("a2"), deputies=[], by=world.board
    )
    assert again == first
    assert again.memberships.get(office=Office.LEADER).agency.slug == "a2"


def test_a_member_that_went_to_another_bloc_does_not_stop_the_handover():
    world = World()
    bloc = Bloc.objects.create(
        province=world.province, slug="k9", name="Khối 9", full_name="K9", symbol="K9"
    )
    transitions.open_review(
        bloc, 2025, members={world.agencies["a3"]: Office.LEADER}, by=world.board
    )
    upcoming = transitions.continue_review(
        world.review, leader=world.membership("a2"), deputies=[], by=world.leader
    )
    assert {part.agency.slug for part in upcoming.memberships.all()} == {"a1", "a2"}


@pytest.mark.parametrize("who", ["a2", "a3"])
def test_only_leader_and_board_hand_over(who):
    world = World()
    with pytest.raises(PermissionDenied):
        transitions.continue_review(
            world.review, leader=world.membership("a2"), deputies=[], by=world.head(who)
        )


# --- members


def test_a_member_is_added_at_the_end():
    world = World()
    part = transitions.add_member(world.review, make_agency("x"), by=world.board)
    assert (part.position, part.office) == (4, Office.MEMBER)


def test_members_are_added_during_the_preparation_only():
    world = World().open_self_scoring()
    with pytest.raises(ValidationError, match="being prepared"):
        transitions.add_member(world.review, make_agency("x"), by=world.board)


def test_an_agency_is_added_once():
    world = World()
    with pytest.raises(ValidationError, match="already a member"):
        transitions.add_member(world.review, world.agencies["a3"], by=world.board)


def test_the_leader_does_not_set_members():
    world = World()
    for deed in (
        lambda: transitions.add_member(world.review, make_agency("x"), by=world.leader),
        lambda: transitions.remove_member(world.membership("a3"), by=world.leader),
        lambda: transitions.order_members(world.review, {}, by=world.leader),
        lambda: transitions.set_ranking(
            world.membership("a3"), unranked=True, reason="x", by=world.leader
        ),
        lambda: transitions.assign_offices(
            world.review, leader=world.membership("a3"), deputies=[], by=world.leader
        ),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    assert Membership.objects.filter(review=world.review).count() == 3


def test_offices_change_hands_in_one_go():
    world = World(members=4)
    transitions.assign_offices(
        world.review,
        leader=world.membership("a2"),
        deputies=[world.membership("a1"), world.membership("a4")],
        by=world.board,
    )
    offices = dict(world.review.memberships.values_list("agency__slug", "office"))
    assert offices == {"a1": "deputy", "a2": "leader", "a3": "member", "a4": "deputy"}


def test_the_leader_is_not_deputy_as_well():
    world = World()
    leader = world.membership("a1")
    with pytest.raises(ValidationError, match="deputy as well"):
        transitions.assign_offices(world.review, leader=leader, deputies=[leader], by=world.board)


def test_members_stand_once_the_table_is_out():
    world = World()
    move_to(world.review, Phase.CONFERENCE)
    with pytest.raises(PermissionDenied, match="circulated"):
        transitions.set_ranking(world.membership("a3"), unranked=True, reason="x", by=world.board)


def test_the_order_of_the_papers_can_be_set():
    world = World()
    positions = {world.membership("a1").pk: 3, world.membership("a3").pk: 1}
    transitions.order_members(world.review, positions, by=world.board)
    slugs = [part.agency.slug for part in world.review.memberships.in_order()]
    assert slugs == ["a3", "a2", "a1"]


def test_a_member_listed_wrongly_is_removed():
    world = World()
    transitions.remove_member(world.membership("a3"), by=world.board)
    assert world.review.memberships.count() == 2


def test_a_member_with_a_record_stays():
    world = World()
    part = world.membership("a3")
    transitions.write_report(part, fields={"results": "x"}, version=0, by=world.officer("a3"))
    with pytest.raises(ValidationError, match="recorded"):
        transitions.remove_member(part, by=world.board)


def test_unranking_needs_a_reason_and_ranking_again_forgets_it():
    world = World()
    part = world.membership("a3")
    with pytest.raises(ValidationError, match="Say why"):
        transitions.set_ranking(part, unranked=True, reason="  ", by=world.board)
    transitions.set_ranking(part, unranked=True, reason="Mới thành lập\xa0", by=world.board)
    part.refresh_from_db()
    assert (part.unranked, part.unranked_reason) == (True, "Mới thành lập")
    transitions.set_ranking(part, unranked=False, reason="Mới thành lập", by=world.board)
    part.refresh_from_db()
    assert (part.unranked, part.unranked_reason) == (False, "")


# --- dates


def test_leader_and_board_set_the_dates():
    world = World()
    for by, day in ((world.leader, DAY(2024, 12, 1)), (world.board, DAY(2024, 12, 5))):
        transitions.set_calendar(world.review, dates=dates(scores_due=day), by=by)
        assert world.reload().scores_due == day


def test_the_deputy_does_not():
    world = World()
    with pytest.raises(PermissionDenied):
        transitions.set_calendar(world.review, dates=dates(), by=world.deputy)


def test_the_due_day_stands_once_scoring_is_open():
    world = World().open_self_scoring()
    due = world.review.scores_due
    with pytest.raises(ValidationError, match="extensions"):
        transitions.set_calendar(
            world.review, dates=dates(scores_due=due + datetime.timedelta(1)), by=world.board
        )
    later = due + datetime.timedelta(20)
    transitions.set_calendar(
        world.review, dates=dates(scores_due=due, dossier_due=later), by=world.leader
    )
    assert world.reload().dossier_due == later


# --- closing


def test_a_decided_review_is_closed_by_the_board():
    world = World()
    with pytest.raises(IllegalMove):
        transitions.close_review(world.review, by=world.board)
    move_to(world.review, Phase.DECIDED)
    with pytest.raises(PermissionDenied):
        transitions.close_review(world.review, by=world.leader)
    transitions.close_review(world.review, by=world.board)
    assert world.reload().status == Phase.CLOSED


# --- blocs


def test_the_board_adds_a_bloc_of_its_own_province():
    world = World()
    bloc = Bloc(province=world.province, slug="k9", name=" Khối\xa09 ", full_name="K9", symbol="K9")
    transitions.save_bloc(bloc, by=world.board)
    assert Bloc.objects.get(slug="k9").name == "Khối 9"
    with pytest.raises(PermissionDenied):
        transitions.save_bloc(bloc, by=world.leader)
    foreign = Bloc(
        province=make_province("ben-tre"), slug="k8", name="K", full_name="K", symbol="K"
    )
    with pytest.raises(PermissionDenied):
        transitions.save_bloc(foreign, by=world.board)
