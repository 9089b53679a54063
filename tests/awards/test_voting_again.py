"""Votes held again after the conference, once a table that they rested on was corrected."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from awards import transitions as awards
from awards.decided import elected_to
from awards.documents.minutes_votes_facts import held_votes
from awards.models import (
    Award,
    Proposal,
    ProposalStatus,
    ResolutionKind,
    Vote,
    VoteStatus,
)
from awards.readiness import missing_to_submit
from awards.verification import counted_ballots, verify
from blocs.models import Office
from blocs.readiness import NotReady
from scoring import transitions as scoring
from scoring.models import Reopening
from scoring.tables import live_table
from tests.awards.polls import Poll
from tests.awards.tampering import tamper

pytestmark = pytest.mark.django_db


def corrected() -> Poll:
    """A closed conference whose table was opened again: a4 and a5 lead now."""
    world = Poll()
    world.close()
    reopening = scoring.ask_reopening(world.review, reason="Cộng sai điểm", by=world.leader)
    scoring.grant_reopening(reopening, answer="Đồng ý", by=world.board)
    score = world.score("a1", "I.2")
    awards.agree_score(
        world.conference,
        score,
        inputs={"level": "Trung bình"},
        reason="Cộng sai",
        version=score.version,
        by=world.leader,
    )
    scoring.adopt_anew(
        Reopening.objects.get(),
        seen=live_table(world.review).sha256,
        basis="Văn bản lấy ý kiến 5/5 thành viên đồng ý",
        by=world.leader,
    )
    world.reload()
    return world


def flag_of(world: Poll) -> list[tuple[str, str]]:
    rows = Proposal.objects.filter(review=world.review, award__code="flag").order_by("pk")
    return [(row.membership.agency.slug, row.status) for row in rows]


def build_world():
    return corrected()


def test_without_a_corrected_table_nothing_is_voted_on_after_the_closing():
    world = Poll()
    world.close()
    with pytest.raises(PermissionDenied):
        world.prepare()


def test_a_vote_held_again_takes_the_place_of_the_stale_proposal(world):
    vote = world.open_vote("a1", "a4", "a5")
    world.count(vote, {"a1": "nyn", "a2": "nyn", "a3": "nyn", "a4": "nyn", "a5": "yyn"})
    with translation.override("en"):
        missing = [item.text for item in missing_to_submit(world.review)]
    assert any("A vote not finished" in text for text in missing)
    awards.announce_vote(vote, note="Điểm cao nhất sau khi sửa", by=world.leader)
    assert flag_of(world) == [
        ("a1", ProposalStatus.WITHDRAWN),
        ("a4", ProposalStatus.PROPOSED),
    ]
    proposal = Proposal.objects.get(status=ProposalStatus.PROPOSED, award__code="flag")
    assert proposal.summary.version == 2
    assert proposal.resolution.vote == vote


def test_the_same_member_may_be_chosen_again(world):
    vote = world.open_vote("a1", "a4", "a5")
    world.count(vote, dict.fromkeys(("a1", "a2", "a3", "a4"), "ynn"))
    awards.announce_vote(vote, note="Hội nghị giữ ý kiến cũ", by=world.leader)
    assert flag_of(world) == [
        ("a1", ProposalStatus.WITHDRAWN),
        ("a1", ProposalStatus.PROPOSED),
    ]


def test_only_proposals_are_voted_on_again(world):
    with pytest.raises(ValidationError):
        world.prepare("a2", "a3", kind=ResolutionKind.ELECT, office=Office.LEADER)
    merit = Award.objects.get(code="merit")
    assert world.prepare("a2", "a3", award=merit).is_again


def test_every_member_is_on_the_roll_of_a_vote_held_again(world):
    assert world.open_vote("a2", "a3").roll.count() == 5


# --- a vote set aside while in session


def elected() -> tuple[Poll, Vote]:
    world = Poll()
    world.adopt()
    vote = world.open_vote("a2", "a3", kind=ResolutionKind.ELECT)
    world.count(vote, {"a1": "-x", "a2": "-x", "a3": "-x"})
    return world, awards.announce_vote(vote, by=world.leader)


def test_an_annulled_election_decides_nothing_and_keeps_its_numbers():
    world, vote = elected()
    assert elected_to(world.conference, Office.LEADER) == [world.membership("a3")]
    awards.annul_vote(vote, reason="Đơn vị trúng cử xin rút", by=world.leader)
    vote.refresh_from_db()
    assert (vote.status, vote.valid) == (VoteStatus.CANCELLED, 3)
    assert elected_to(world.conference, Office.LEADER) == []
    assert vote.changes.last().note == "Đơn vị trúng cử xin rút"


def test_the_minutes_tell_an_annulled_result_from_a_vote_that_was_never_counted():
    world, vote = elected()
    awards.annul_vote(vote, reason="Đơn vị trúng cử xin rút", by=world.leader)
    cut = world.open_vote("a4", "a5", kind=ResolutionKind.ELECT)
    awards.cancel_vote(cut, reason="Mất mạng", by=world.leader)
    told = [one.cancellation for one in held_votes(world.conference)]
    assert told == [
        "Kết quả đã công bố bị hủy; lý do: Đơn vị trúng cử xin rút.",
        "Biểu quyết bị hủy, không kiểm đếm; lý do: Mất mạng.",
    ]


def test_an_annulled_ballot_is_still_recounted():
    world, vote = elected()
    awards.annul_vote(vote, reason="Đơn vị trúng cử xin rút", by=world.leader)
    vote.refresh_from_db()
    assert vote in counted_ballots()
    assert verify(vote).faults == ()
    tamper("UPDATE awards_ballotbox SET papers = %s", "x")
    assert not verify(vote).agrees


def test_a_second_leader_is_elected_once_the_first_election_is_annulled():
    world, vote = elected()
    again = world.prepare("a4", "a5", kind=ResolutionKind.ELECT)
    with pytest.raises(NotReady):
        awards.open_vote(again, by=world.leader)
    awards.annul_vote(vote, reason="Đơn vị trúng cử xin rút", by=world.leader)
    assert awards.open_vote(again, by=world.leader).is_open


def test_only_the_chair_annuls_with_a_reason_and_only_what_was_announced():
    world, vote = elected()
    for user in (world.secretary, *world.others):
        with pytest.raises(PermissionDenied):
            awards.annul_vote(vote, reason="x", by=user)
    with pytest.raises(ValidationError):
        awards.annul_vote(vote, reason=" ", by=world.leader)
    still_open = world.open_vote("a4", "a5", kind=ResolutionKind.ELECT, office=Office.DEPUTY)
    with pytest.raises(PermissionDenied):
        awards.annul_vote(still_open, reason="x", by=world.leader)
    assert elected_to(world.conference, Office.LEADER) == [world.membership("a3")]
