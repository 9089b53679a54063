"""Votes from the question to what they decide: right person, right moment, right numbers."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from awards import transitions as awards
from awards.checks import checks_of
from awards.models import (
    Award,
    BallotBox,
    Mark,
    Method,
    PaperForm,
    Proposal,
    Resolution,
    ResolutionKind,
    TieBreak,
    Vote,
    VoteRule,
    VoteStatus,
)
from awards.readiness import missing_to_close, missing_to_open_vote
from blocs.models import Office
from blocs.readiness import NotReady
from blocs.workflow import IllegalMove
from tests.awards.polls import Poll

pytestmark = pytest.mark.django_db

ALL_FOR_FIRST = {"a1": "yn", "a2": "yn", "a3": "yn"}


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def poll(members=3):
    return Poll(members=members).adopt()


def ruled(world, **columns):
    """A rule of the bloc's own that differs from a simple majority in ``columns``."""
    VoteRule.objects.create(bloc=None, code="own", name="Quy chế", **columns)
    return "own"


def election(world, papers, *, seats=1, names=(), rule="majority-of-members", **columns):
    vote = world.open_vote(*names, kind="elect", seats=seats, rule=rule, **columns)
    return world.count(vote, papers)


def chosen(vote):
    return [one.membership.name for one in vote.options.all() if one.is_chosen]


def build_world():
    return poll()


# --- who, and when


def test_each_deed_belongs_to_its_person(world):
    for user in world.others:
        with pytest.raises(PermissionDenied):
            awards.prepare_vote(world.conference, world.question(), by=user)
    vote = world.prepare("a1", "a2")
    for user in [*world.others, world.secretary]:
        with pytest.raises(PermissionDenied):
            awards.open_vote(vote, by=user)
    awards.open_vote(vote, by=world.leader)
    for user in [*world.others, world.secretary]:
        with pytest.raises(PermissionDenied):
            awards.close_ballot(vote, by=user)
        with pytest.raises(PermissionDenied):
            awards.cancel_vote(vote, reason="x", by=user)
    world.count(vote, ALL_FOR_FIRST)
    for user in [*world.others, world.secretary]:
        with pytest.raises(PermissionDenied):
            awards.announce_vote(vote, by=user)
    assert not Resolution.objects.filter(kind=ResolutionKind.PROPOSE).exists()


def test_hands_are_counted_by_the_secretariat(world):
    vote = world.open_vote("a1", method=Method.SHOW_OF_HANDS)
    for user in world.others:
        with pytest.raises(PermissionDenied):
            awards.count_hands(vote, [(3, 0)], by=user)
    awards.count_hands(vote, [(2, 1)], by=world.secretary)
    assert Vote.objects.get().status == VoteStatus.COUNTED


def test_each_deed_has_its_moment(world):
    vote = world.prepare("a1", "a2")
    by = world.leader
    for deed in (awards.close_ballot, awards.announce_vote, awards.begin_next_round):
        with pytest.raises(IllegalMove):
            deed(vote, by=by)
    with pytest.raises(IllegalMove):
        awards.repeat_on_paper(vote, by=by)
    awards.open_vote(vote, by=by)
    for deed in (awards.open_vote, awards.announce_vote, awards.begin_next_round):
        with pytest.raises(IllegalMove):
            deed(vote, by=by)
    world.count(vote, ALL_FOR_FIRST)
    with pytest.raises(IllegalMove):
        awards.cancel_vote(vote, reason="x", by=by)
    awards.announce_vote(vote, by=by)
    for deed in (awards.open_vote, awards.close_ballot, awards.announce_vote):
        with pytest.raises(IllegalMove):
            deed(vote, by=by)


def test_a_question_stands_once_it_is_open(world):
    vote = world.open_vote("a1", "a2")
    with pytest.raises(PermissionDenied):
        awards.prepare_vote(world.conference, world.question("a3"), vote=vote, by=world.secretary)
    assert [one.membership.name for one in vote.options.all()] == ["Sở a1", "Sở a2"]


def test_proposals_wait_for_the_adopted_table():
    world = Poll(members=3).attend()
    with pytest.raises(ValidationError):
        world.prepare("a1")
    assert not Vote.objects.exists()


def test_a_member_of_another_review_does_not_stand(world):
    other = Poll(members=2, slug="khoi-2", prefix="b")
    question = world.question("a1")
    object.__setattr__(question, "candidates", [other.membership("b1")])
    with pytest.raises(ValidationError):
        awards.prepare_vote(world.conference, question, by=world.secretary)


def test_a_consensus_is_no_choice(world):
    with pytest.raises(ValidationError) as refused:
        world.prepare(form=PaperForm.ELECT, method=Method.CONSENSUS)
    assert list(refused.value.error_dict) == ["method"]


# --- opening


def test_a_quorum_is_of_all_members():
    world = Poll(members=5).attend("a3", "a4", "a5")
    question = world.question("a1", kind="other", method=Method.SHOW_OF_HANDS)
    vote = awards.prepare_vote(world.conference, question, by=world.secretary)
    with pytest.raises(NotReady):
        awards.open_vote(vote, by=world.leader)
    vote.refresh_from_db()
    assert vote.is_draft
    assert [item.text for item in missing_to_open_vote(vote)] == [
        "A quorum: 2 of 5 members can vote, 1/2 are needed"
    ]


def test_two_voters_keep_no_secret_and_are_told_of_the_alternatives():
    world = Poll(members=3).attend("a3")
    vote = world.prepare("a1", kind="other")
    with pytest.raises(NotReady, match="choose a show of hands or a consensus"):
        awards.open_vote(vote, by=world.leader)
    open_one = world.prepare("a1", kind="other", method=Method.SHOW_OF_HANDS)
    assert awards.open_vote(open_one, by=world.leader).is_open


def test_opening_freezes_ranks_roll_and_numbers(world):
    vote = world.open_vote("a3", "a1")
    assert [one.rank for one in vote.options.all()] == [3, 1]
    assert (vote.entitled, vote.present, vote.roll.count()) == (3, 3, 3)
    assert not vote.roll.filter(voted=True).exists()
    assert len(vote.definition_sha256) == 64


# --- what is decided


def test_what_is_announced_is_what_the_close_and_the_checks_read():
    world = Poll(members=3).decide_all()
    Resolution.objects.filter(kind=ResolutionKind.PROPOSE).delete()
    assert "A resolution on whom to propose" in [
        item.text for item in missing_to_close(world.conference)
    ]
    vote = world.count(
        world.open_vote("a1", rule="80-percent-of-members"), {"a1": "y", "a2": "y", "a3": "y"}
    )
    assert not Resolution.objects.filter(kind=ResolutionKind.PROPOSE).exists()
    awards.announce_vote(vote, by=world.leader)
    resolution = Resolution.objects.get(kind=ResolutionKind.PROPOSE)
    assert resolution.vote == vote
    assert (resolution.in_favour, resolution.base_count, resolution.numerator) == (3, 3, 4)
    assert resolution.carried
    assert [item.text for item in missing_to_close(world.conference)] == ["Adoption of the minutes"]


def closed_with(world, vote, note=""):
    """The conference closed on what the vote decided; the checks of its one proposal."""
    awards.announce_vote(vote, note=note, by=world.leader)
    world.elect("a3", Office.LEADER)
    world.elect("a2", Office.DEPUTY)
    awards.record_handover(world.conference, handed_by="x", received_by="", by=world.secretary)
    world.adopt_minutes()
    awards.close_conference(world.conference, ends_at=datetime.time(11), by=world.leader)
    ((_proposal, checks),) = checks_of(world.reload()).items()
    return {check.text: check for check in checks}


def test_the_checks_state_the_votes_own_rule_and_numbers(world):
    vote = world.count(
        world.open_vote("a1", rule="majority-of-valid"), {"a1": "y", "a2": "y", "a3": "!"}
    )
    checks = closed_with(world, vote)
    check = checks["Voted for at the conference: 2 of 2 valid papers, 100%"]
    assert check.holds
    assert "needs more than 1/2 of the valid papers" in check.source
    assert checks["First in rank: rank 1"].holds


def test_a_flag_against_the_ranking_needs_a_note_which_then_bars_nothing(world):
    vote = world.count(world.open_vote("a1", "a2"), {"a1": "ny", "a2": "ny", "a3": "yy"})
    with pytest.raises(ValidationError) as refused:
        awards.announce_vote(vote, by=world.leader)
    assert list(refused.value.error_dict) == ["note"]
    check = closed_with(world, vote, note="Sở a1 nhường.")["First in rank: rank 2"]
    assert (check.holds, check.waits) == (False, True)
    assert "Sở a1 nhường." in check.source


def test_a_second_in_rank_proposed_without_such_a_vote_stays_barred(world):
    vote = world.count(world.open_vote("a2"), {"a1": "y", "a2": "y", "a3": "y"})
    check = closed_with(world, vote, note="Lời chúc mừng.")["First in rank: rank 2"]
    assert (check.holds, check.waits) == (False, False)


# --- seats and ties


def test_no_more_are_chosen_than_there_are_seats(world):
    vote = world.count(
        world.open_vote(seats=2, award=Award.objects.get(code="merit")),
        {"a1": "yyy", "a2": "yyn", "a3": "yyn"},
    )
    awards.announce_vote(vote, by=world.leader)
    assert chosen(vote) == ["Sở a1", "Sở a2"]


TIED = {"a1": "x-", "a2": "x-", "a3": "-x", "a4": "-x"}


def tied(tie):
    """Two candidates of an election with two votes each, at least half being enough."""
    world = poll(members=4)
    rule = ruled(world, tie=tie, comparator="at_least", numerator=1, denominator=2)
    return world, election(world, TIED, names=("a2", "a3"), rule=rule)


def test_a_tie_goes_into_a_second_round_between_the_tied():
    world, vote = tied(TieBreak.SECOND_ROUND)
    with pytest.raises(ValidationError):
        awards.announce_vote(vote, chair_choice=[0], note="x", by=world.leader)
    awards.announce_vote(vote, by=world.leader)
    assert chosen(vote) == []
    second = awards.begin_next_round(vote, by=world.secretary)
    assert (second.round, second.previous, second.seats) == (2, vote, 1)
    assert [one.membership.name for one in second.options.all()] == ["Sở a2", "Sở a3"]
    with pytest.raises(IllegalMove):
        awards.begin_next_round(vote, by=world.secretary)


def test_the_chair_decides_a_tie_with_a_note_where_the_rule_says_so():
    world, vote = tied(TieBreak.CHAIR)
    with pytest.raises(ValidationError) as refused:
        awards.announce_vote(vote, chair_choice=[1], by=world.leader)
    assert list(refused.value.error_dict) == ["note"]
    with pytest.raises(ValidationError):
        awards.announce_vote(vote, chair_choice=[0, 1], note="x", by=world.leader)
    awards.announce_vote(vote, chair_choice=[1], note="Chưa từng làm.", by=world.leader)
    assert chosen(vote) == ["Sở a3"]
    with pytest.raises(IllegalMove):
        awards.begin_next_round(vote, by=world.secretary)


def test_the_better_rank_decides_a_tie_where_the_rule_says_so():
    world = poll(members=4)
    rule = ruled(world, tie=TieBreak.SCORE_RANK, comparator="at_least", numerator=1, denominator=2)
    papers = {"a1": "yn", "a2": "yn", "a3": "ny", "a4": "ny"}
    vote = world.count(world.open_vote("a3", "a2", rule=rule), papers)
    awards.announce_vote(vote, by=world.leader)
    assert chosen(vote) == ["Sở a2"]


def test_whom_the_chair_has_named_stands_in_no_second_round():
    world = poll(members=4)
    rule = ruled(world, tie=TieBreak.CHAIR, numerator=1, denominator=3)
    papers = {"a1": "xx-", "a2": "xx-", "a3": "--x", "a4": "--x"}
    vote = world.open_vote(
        *("a2", "a3", "a4"),
        kind="elect",
        office=Office.DEPUTY,
        form=PaperForm.CHOOSE,
        most=2,
        seats=2,
        rule=rule,
    )
    world.count(vote, papers)
    awards.announce_vote(vote, chair_choice=[0], note="x", by=world.leader)
    second = awards.begin_next_round(vote, by=world.secretary)
    assert [one.membership.name for one in second.options.all()] == ["Sở a3", "Sở a4"]


def test_where_nobody_has_enough_the_top_two_stand_again():
    world = poll(members=5)
    papers = {"a1": "x--", "a2": "x--", "a3": "-x-", "a4": "-x-", "a5": "--x"}
    vote = election(world, papers, names=("a2", "a3", "a4"))
    awards.announce_vote(vote, by=world.leader)
    second = awards.begin_next_round(vote, by=world.secretary)
    assert [one.membership.name for one in second.options.all()] == ["Sở a2", "Sở a3"]
    assert second.is_draft


# --- hands and consensus


def test_a_consensus_has_no_votes_against_and_keeps_reservations(world):
    vote = world.open_vote("a1", method=Method.CONSENSUS)
    with pytest.raises(ValidationError):
        awards.count_hands(vote, [(2, 1)], by=world.secretary)
    awards.count_hands(vote, [(2, 0)], by=world.secretary)
    words = [(world.membership("a3"), "Đề nghị xem lại.")]
    awards.announce_vote(vote, reservations=words, by=world.leader)
    resolution = Resolution.objects.get(vote=vote)
    assert (resolution.in_favour, resolution.against, resolution.abstained) == (2, 0, 1)
    assert [one.text for one in resolution.reservations.all()] == ["Đề nghị xem lại."]


def test_more_hands_than_members_are_refused(world):
    vote = world.open_vote("a1", method=Method.SHOW_OF_HANDS)
    with pytest.raises(ValidationError):
        awards.count_hands(vote, [(3, 1)], by=world.secretary)
    with pytest.raises(ValidationError):
        awards.count_hands(vote, [(1, 0), (1, 0)], by=world.secretary)
    assert Vote.objects.get().is_open


# --- broken off


def test_a_cancelled_ballot_destroys_its_papers_and_goes_on_paper_once(world):
    vote = world.open_vote("a1", "a2", asks_password=True)
    world.cast(vote, {"a2": "yy"})
    with pytest.raises(ValidationError):
        awards.cancel_vote(vote, reason=" ", by=world.leader)
    awards.cancel_vote(vote, reason="Mất mạng.", by=world.leader)
    box = BallotBox.objects.get()
    assert (box.papers, box.is_sealed) == ("", True)
    follower = awards.repeat_on_paper(vote, by=world.secretary)
    assert (follower.on_paper, follower.asks_password, follower.round) == (True, False, 1)
    assert follower.previous == vote
    assert not Mark.objects.filter(vote=follower).exists()
    with pytest.raises(IllegalMove):
        awards.repeat_on_paper(vote, by=world.secretary)


def test_a_draft_is_cancelled_by_the_secretariat(world):
    vote = world.prepare("a1")
    for user in world.others:
        with pytest.raises(PermissionDenied):
            awards.cancel_vote(vote, reason="x", by=user)
    awards.cancel_vote(vote, reason="Nhầm.", by=world.secretary)
    assert Vote.objects.get().status == VoteStatus.CANCELLED
    assert not Proposal.objects.exists()
