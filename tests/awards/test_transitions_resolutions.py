"""What the conference resolves: votes, proposals, the adopted table, scores in the room."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction

from awards import transitions as awards
from awards.documents.facts import Numbering
from awards.documents.minutes_facts import gather
from awards.models import (
    Method,
    Reservation,
    Resolution,
    ResolutionKind,
    RoomDecision,
)
from awards.transitions.resolutions import Votes
from blocs.workflow import IllegalMove, Stale
from scoring.models import Summary, SummaryStatus
from scoring.tables import live_table
from tests.awards.meetings import Meeting

pytestmark = pytest.mark.django_db

ELEVEN = datetime.time(11, 0)


def build_world():
    return Meeting().attend()


def test_votes_above_those_present_are_refused():
    world = Meeting().attend("a3")  # two of three are there
    for votes in (
        Votes(Method.SHOW_OF_HANDS, 3),
        Votes(Method.SHOW_OF_HANDS, 2, against=1),
        Votes(Method.SHOW_OF_HANDS, 1, against=1, abstained=1),
    ):
        with pytest.raises(ValidationError):
            awards.resolve(
                world.conference, kind="other", text="x", votes=votes, by=world.secretary
            )
    assert not Resolution.objects.exists()


def test_a_consensus_has_no_votes_against(world):
    with pytest.raises(ValidationError):
        awards.resolve(
            world.conference,
            kind="other",
            text="x",
            votes=Votes(Method.CONSENSUS, 2, against=1),
            by=world.secretary,
        )


def test_carried_needs_more_than_half_of_all_members_and_not_of_those_present():
    world = Meeting(members=4).attend("a3", "a4")
    assert not world.resolve("other", 2, text="hai trên bốn").carried
    world = Meeting(members=5, slug="khoi-2", prefix="b").attend("b4", "b5")
    assert world.resolve("other", 3, text="ba trên năm").carried


def test_the_entitled_are_all_members_of_the_review():
    world = Meeting(members=5).attend("a5")
    resolution = world.resolve(
        "other", text="x", reservations=[(world.membership("a4"), "Đề nghị lùi lại.")]
    )
    assert (resolution.in_favour, resolution.entitled) == (4, 5)
    assert Reservation.objects.get().text == "Đề nghị lùi lại."


def test_a_proposal_waits_for_the_adopted_table(world):
    with pytest.raises(ValidationError):
        world.propose("a1", "flag")
    assert not Resolution.objects.exists()


def test_the_conference_resolves_once_on_report_and_proposal():
    world = Meeting().adopt()
    with pytest.raises(ValidationError):
        world.resolve(ResolutionKind.ADOPT_REPORT)
    world.propose("a1", "flag")
    with pytest.raises(ValidationError):
        world.propose("a1", "flag")


def test_adopting_freezes_the_table_that_was_read():
    world = Meeting().adopt()
    summary = Summary.objects.get(review=world.review)
    assert (summary.status, summary.version) == (SummaryStatus.ADOPTED, 1)


def test_a_table_that_moved_since_it_was_read_is_not_adopted(world):
    seen = live_table(world.review).sha256
    score = world.score("a2", "I.1")
    awards.agree_score(
        world.conference,
        score,
        inputs={"actual": "8", "target": "10"},
        reason="Đối chiếu lại",
        version=score.version,
        by=world.secretary,
    )
    with pytest.raises(Stale):
        world.resolve(ResolutionKind.ADOPT_SUMMARY, seen=seen)
    assert not Resolution.objects.exists()
    world.resolve(ResolutionKind.ADOPT_SUMMARY, seen=live_table(world.review).sha256)
    statuses = Summary.objects.filter(review=world.review).values_list("version", "status")
    assert list(statuses) == [(1, SummaryStatus.SUPERSEDED), (2, SummaryStatus.ADOPTED)]


def test_a_table_that_is_voted_down_is_not_adopted_and_can_be_voted_again(world):
    seen = live_table(world.review).sha256
    resolution = world.resolve(ResolutionKind.ADOPT_SUMMARY, 1, seen=seen)
    assert Summary.objects.get().status == SummaryStatus.APPROVED
    awards.remove_resolution(resolution, by=world.secretary)
    world.resolve(ResolutionKind.ADOPT_SUMMARY, seen=seen)
    assert Summary.objects.get().status == SummaryStatus.ADOPTED


def test_the_adoption_of_the_table_is_not_struck_and_others_are():
    world = Meeting().adopt()
    adoption = world.conference.resolutions.get(kind=ResolutionKind.ADOPT_SUMMARY)
    report = world.conference.resolutions.get(kind=ResolutionKind.ADOPT_REPORT)
    for user in world.others:
        with pytest.raises(PermissionDenied):
            awards.remove_resolution(report, by=user)
    with pytest.raises(IllegalMove):
        awards.remove_resolution(adoption, by=world.secretary)
    awards.remove_resolution(report, by=world.secretary)
    assert list(world.conference.resolutions.all()) == [adoption]


def test_scores_stand_once_the_table_is_adopted():
    world = Meeting().adopt()
    score = world.score("a2", "I.1")
    with pytest.raises(IllegalMove):
        awards.agree_score(
            world.conference,
            score,
            points=5,
            reason="x",
            version=score.version,
            by=world.secretary,
        )


def test_a_difference_in_the_room_needs_a_reason_and_the_current_version(world):
    score = world.score("a2", "I.1")
    inputs = {"actual": "8", "target": "10"}
    for reason, version, error in (
        (" ", score.version, ValidationError),
        ("x", score.version - 1, Stale),
    ):
        with pytest.raises(error):
            awards.agree_score(
                world.conference,
                score,
                inputs=inputs,
                reason=reason,
                version=version,
                by=world.secretary,
            )
    score.refresh_from_db()
    assert score.agreed is None


# --- who asked for a score, and the vote on it


def agree(world, name="a2", *, points=5, reason="Theo ý kiến hội nghị", **more):
    score = world.score(name, "I.1")
    return awards.agree_score(
        world.conference,
        score,
        points=points,
        reason=reason,
        version=score.version,
        by=world.secretary,
        **more,
    )


def hands(*numbers):
    return Votes(Method.SHOW_OF_HANDS, *numbers)


@pytest.mark.parametrize("votes", [(2, 2), (2, 0), (0, 0), (5, 0), (3, 1, 1)])
def test_a_score_stands_where_the_room_did_not_agree_or_votes_are_too_many(votes):
    """Four of five are present: three must be in favour."""
    world = Meeting(members=5).attend("a5")
    with pytest.raises(ValidationError):
        agree(world, votes=hands(*votes))
    assert not RoomDecision.objects.exists()
    assert world.score("a2", "I.1").agreed is None
    agree(world, votes=hands(3, 1))
    assert world.score("a2", "I.1").agreed == 5


def test_a_foreign_member_asks_for_nothing(world):
    other = Meeting(slug="khoi-2", prefix="b")
    with pytest.raises(ValidationError):
        agree(world, asked_by=other.membership("b1"))
    assert not RoomDecision.objects.exists()


def test_each_change_has_its_own_decision_and_the_minutes_print_the_last():
    world = Meeting(members=5).attend()
    agree(world, points=5, asked_by=world.membership("a3"), votes=hands(3, 2))
    agree(world, points=4, asked_by="ông Trung", votes=hands(4))
    agree(world, "a3", points=3, reason="Thiếu minh chứng")
    decisions = RoomDecision.objects.order_by("pk")
    assert [one.change.new_points for one in decisions] == [5, 4]
    minutes = gather(world.review, Numbering("", "", None))
    printed = [(one.asked_by, one.reason_text) for one in minutes.score_changes]
    assert minutes.names_askers
    assert printed == [
        ("ông Trung", "Theo ý kiến hội nghị (biểu quyết: đồng ý 04/05)"),
        ("", "Thiếu minh chứng"),
    ]


def test_a_decision_of_the_room_is_not_altered_afterwards(world):
    agree(world, votes=hands(3))
    with pytest.raises(DatabaseError), transaction.atomic():
        RoomDecision.objects.update(in_favour=2)
    assert RoomDecision.objects.get().in_favour == 3
