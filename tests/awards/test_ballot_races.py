"""Two windows and two connections vote at once, and the ballot is closed while papers are cast."""

from __future__ import annotations

from collections import Counter

import pytest

from awards import transitions as awards
from awards.models import Absentees, Attendance, BallotBox, Mark, Vote, VoteStatus
from blocs.models import Membership, User
from tests.awards.ballots import more_votes
from tests.awards.polls import Poll
from tests.awards.stores import Store
from tests.racing import first_holding, rows

pytestmark = pytest.mark.django_db(transaction=True)


def sentence(poll, **more):
    """An open secret ballot on three members, agree or disagree."""
    return poll.open_vote(*poll.names[:3], kind="other", title="Biểu quyết", **more)


def agrees(vote):
    """Marks set, papers in the box; and the box is sorted."""
    papers = BallotBox.objects.get(vote=vote).papers
    lines = papers.split("\n") if papers else []
    assert lines == sorted(lines)
    assert Mark.objects.filter(vote=vote, voted=True).count() == len(lines)
    return lines


# --- two at once: the second waits for the box


@pytest.mark.postgres
def test_two_windows_of_one_agency_cast_one_paper():
    poll = Poll().attend()
    vote, member = sentence(poll), poll.membership("a3")
    head, officer = poll.head("a3"), poll.officer("a3")

    def second_window():
        awards.cast_paper(vote, member, paper="nnn", by=officer)

    with first_holding(rows(vote.box), second_window) as second:
        awards.cast_paper(vote, member, paper="yyy", by=head)
    assert second.outcome == "AlreadyVoted"
    assert agrees(vote) == ["yyy"]


@pytest.mark.postgres
def test_two_members_at_once_cast_two_papers():
    poll = Poll().attend()
    vote, member, by = sentence(poll), poll.membership("a4"), poll.head("a4")
    with first_holding(
        rows(vote.box), lambda: awards.cast_paper(vote, member, paper="nnn", by=by)
    ) as second:
        poll.cast(vote, {"a3": "yyy"})
    assert second.outcome == "done"
    assert agrees(vote) == ["nnn", "yyy"]


@pytest.mark.postgres
def test_a_paper_that_waits_while_the_ballot_is_closed_is_refused():
    poll = Poll().attend()
    vote, member, by = sentence(poll), poll.membership("a4"), poll.head("a4")
    poll.cast(vote, {"a3": "yyy"})
    with first_holding(
        rows(vote.box), lambda: awards.cast_paper(vote, member, paper="nnn", by=by)
    ) as second:
        awards.close_ballot(vote, by=poll.leader)
    assert second.outcome == "PermissionDenied"
    assert agrees(vote) == ["yyy"]
    assert Vote.objects.get(pk=vote.pk).returned == 1


@pytest.mark.postgres
def test_closing_waits_for_a_paper_that_is_being_cast_and_counts_it():
    poll = Poll().attend()
    vote, leader = sentence(poll), poll.leader
    with first_holding(rows(vote.box), lambda: awards.close_ballot(vote, by=leader)) as second:
        poll.cast(vote, {"a3": "yyy"})
    assert second.outcome == "done"
    assert agrees(vote) == ["yyy"]
    assert Vote.objects.get(pk=vote.pk).returned == 1


@pytest.mark.postgres
def test_a_paper_that_waits_while_the_vote_is_cancelled_is_refused():
    poll = Poll().attend()
    vote, member, by = sentence(poll), poll.membership("a4"), poll.head("a4")
    poll.cast(vote, {"a3": "yyy"})
    with first_holding(
        rows(vote.box), lambda: awards.cast_paper(vote, member, paper="nnn", by=by)
    ) as second:
        awards.cancel_vote(vote, reason="Mất mạng", by=poll.leader)
    assert second.outcome == "PermissionDenied"
    box = BallotBox.objects.get(vote=vote)
    assert (box.papers, box.is_sealed) == ("", True)


@pytest.mark.postgres
def test_a_ballot_is_closed_once():
    poll = Poll().attend()
    vote, leader, secretary = sentence(poll), poll.leader, poll.leader
    with first_holding(rows(vote), lambda: awards.close_ballot(vote, by=secretary)) as second:
        awards.close_ballot(vote, by=leader)
    assert second.outcome == "IllegalMove"
    assert vote.changes.filter(to_status=VoteStatus.COUNTED).count() == 1


@pytest.mark.postgres
def test_a_vote_is_opened_once_and_has_one_roll():
    poll = Poll().attend()
    vote, leader = poll.prepare("a1", "a2", kind="other"), poll.leader
    with first_holding(rows(poll.conference), lambda: awards.open_vote(vote, by=leader)) as second:
        awards.open_vote(vote, by=leader)
    assert second.outcome == "IllegalMove"
    assert (vote.roll.count(), BallotBox.objects.filter(vote=vote).count()) == (5, 1)


@pytest.mark.postgres
def test_a_written_opinion_that_comes_while_the_ballot_is_closed_is_too_late():
    poll = Poll().attend("a5")
    Attendance.objects.filter(membership=poll.membership("a5")).update(written_opinion="Đồng ý")
    rule = poll.rule()
    rule.pk, rule.code, rule.absentees = None, "in-writing", Absentees.WRITTEN_OPINION
    rule.save(force_insert=True)
    vote, member = sentence(poll, rule="in-writing"), poll.membership("a5")
    secretary = poll.secretary

    def write():
        awards.record_written_vote(vote, member, paper="yyy", by=secretary)

    poll.cast(vote, {"a3": "yyy"})
    with first_holding(rows(vote), write) as second:
        awards.close_ballot(vote, by=poll.leader)
    assert second.outcome == "IllegalMove"
    assert (Vote.objects.get(pk=vote.pk).written, vote.written_votes.count()) == (0, 0)


# --- many at once, in two processes

VOTES, ATTEMPTS = 84, 4  # 84 votes x 15 members x 2 processes x 4 attempts: 10 080


def test_ten_thousand_attempts_of_two_connections(tmp_path):
    """Each member tries four times in two windows: one paper each, none twice, none lost."""
    poll = Poll(members=15).attend()
    votes = more_votes(sentence(poll), VOTES)
    members = list(Membership.objects.filter(review=poll.review).select_related("agency"))
    accounts = {user.username: user.pk for user in User.objects.all()}
    store = Store(tmp_path)

    def orders(role, paper):
        """Both windows go the same way through half of the votes, and towards each other
        through the other half."""
        for place, vote in enumerate(votes):
            turned = place % 2 and role == "officer"
            for member in members[::-1] if turned else members:
                account = accounts[f"{role}.{member.agency.slug}"]
                yield from [[vote.pk, member.pk, account, paper]] * ATTEMPTS

    windows = [list(orders("head", "yyn")), list(orders("officer", "nny"))]
    assert sum(map(len, windows)) >= 10_000
    answers = store.finish(*[store.begin("cast", orders=window) for window in windows])
    assert {said for answer in answers for said in answer} == {"cast", "AlreadyVoted"}
    cast = Counter(
        (order[0], order[3])
        for window, answer in zip(windows, answers, strict=True)
        for order, said in zip(window, answer, strict=True)
        if said == "cast"
    )
    marks, papers = store.marks(), store.papers()
    assert sum(cast.values()) == VOTES * 15
    for vote in votes:
        assert len(marks[vote.pk]) == 15
        assert all(marks[vote.pk].values())
        assert papers[vote.pk] == sorted(papers[vote.pk])
        assert Counter(papers[vote.pk]) == Counter(
            {paper: cast[vote.pk, paper] for paper in ("yyn", "nny") if cast[vote.pk, paper]}
        )
    assert min(Counter(key[1] for key in cast.elements()).values()) > 0, "both windows took part"
