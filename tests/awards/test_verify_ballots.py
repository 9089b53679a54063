"""The command that recounts: what it says when all agrees, and that it finds each tampering."""

from __future__ import annotations

import datetime

import pytest

from awards import transitions as awards
from awards.models import Absentees, Attendance, BallotBox
from tests.awards.polls import Poll
from tests.awards.recounts import counted, run
from tests.awards.tampering import tamper


def build_world():
    poll = Poll().attend()
    return awards.announce_vote(counted(poll, seats=2), by=poll.leader)


@pytest.fixture
def announced(world):
    return world


@pytest.mark.django_db
def test_without_ballots_there_is_nothing_to_say():
    assert run() == (0, "0 ballots verified.\n")


def test_a_ballot_that_agrees(announced):
    status, said = run()
    assert (status, said) == (0, "khoi-1 2024, vote 1: 5 papers, all agrees\n1 ballots verified.\n")


@pytest.mark.django_db
def test_counted_elections_with_written_votes_agree_before_their_announcement():
    poll = Poll().attend("a5")
    Attendance.objects.filter(membership=poll.membership("a5")).update(written_opinion="Đồng ý")
    rule = poll.rule()
    rule.pk, rule.code, rule.absentees = None, "in-writing", Absentees.WRITTEN_OPINION
    rule.save(force_insert=True)
    vote = poll.open_vote("a1", "a2", kind="elect", rule="in-writing")
    awards.record_written_vote(vote, poll.membership("a5"), paper="x-", by=poll.secretary)
    poll.count(vote, {"a1": "x-", "a2": "-x", "a3": "--", "a4": "x-"})
    status, said = run()
    assert (status, said.splitlines()[0]) == (0, "khoi-1 2024, vote 1: 4 papers, all agrees")


@pytest.mark.django_db
def test_cancelled_ballots_and_shows_of_hands_are_not_recounted():
    poll = Poll().attend()
    awards.cancel_vote(poll.open_vote(kind="other"), reason="Mất mạng", by=poll.leader)
    hands = poll.open_vote("a1", kind="other", method="show_of_hands")
    awards.count_hands(hands, [(5, 0)], by=poll.leader)
    assert run() == (0, "0 ballots verified.\n")


# --- each discrepancy is found

VOTE, BOX = "UPDATE awards_vote SET ", "UPDATE awards_ballotbox SET "
OPTION, CHANGE = "UPDATE awards_voteoption SET ", "UPDATE awards_votechange SET "
TAMPERINGS = {
    "another paper in the box": (BOX + "papers = %s", "!\nnyy\nyyn\nyyy\nyyy", "recounted"),
    "a paper taken out": (BOX + "papers = %s", "!\nnyy\nyyn\nyyy", "4 papers in the box, 5 marks"),
    "a paper put in": (BOX + "papers = %s", "!\nnyy\nyn-\nyyn\nyyy\nyyy", "6 papers in the box"),
    "papers in another order": (BOX + "papers = %s", "yyy\n!\nnyy\nyn-\nyyn", "not sorted"),
    "an impossible paper": (BOX + "papers = %s", "!\nnyy\nyn-\nyyn\nzzz", "not one of this"),
    "the box unsealed": (BOX + "is_sealed = %s", False, "not sealed"),
    "the box removed": ("DELETE FROM awards_ballotbox WHERE vote_id > %s", 0, "no box"),
    "a mark taken back": (
        "UPDATE awards_mark SET voted = %s WHERE id = (SELECT min(id) FROM awards_mark)",
        False,
        "4 marks and 0 written votes, 5 papers counted",
    ),
    "a member taken off the roll": (
        "DELETE FROM awards_mark WHERE id = (SELECT min(id) FROM awards_mark WHERE id > %s)",
        0,
        "“roll” is not what the definition says",
    ),
    "valid altered": (VOTE + "valid = %s", 3, "valid: 4 recounted, 3 stored"),
    "returned altered": (VOTE + "returned = %s", 4, "5 marks and 0 written votes, 4 papers"),
    "issued altered": (VOTE + "issued = %s, entitled = 5, returned = 4", 4, "4 papers issued"),
    "blank altered": (VOTE + "blank = %s", 1, "blank: 0 recounted, 1 stored"),
    "written altered": (VOTE + "written = %s", 1, "0 written votes, 1 counted"),
    "hash of the result altered": (VOTE + "result_sha256 = %s", "0" * 64, "result does not have"),
    "hash of the question altered": (VOTE + "definition_sha256 = %s", "0" * 64, "definition does"),
    "definition emptied": (VOTE + "definition = %s", "", "cannot be read"),
    "question altered": (VOTE + "title = %s", "Khác", "“title” is not what the definition says"),
    "threshold altered": (VOTE + "denominator = %s", 3, "“rule” is not what the definition says"),
    "seats altered": (VOTE + "seats = %s", 1, "more are chosen than there are seats"),
    "rank altered": (OPTION + "rank = %s", 9, "“options” is not what the definition says"),
    "votes altered": (OPTION + "yes = %s, no = 1", 3, "recounted, (3, 1,"),
    "chosen altered": (OPTION + "is_chosen = %s", False, "others are chosen"),
    "history altered": (CHANGE + "to_status = %s WHERE to_status = 'counted'", "open", "history"),
    "history removed": ("DELETE FROM awards_votechange WHERE to_status = %s", "open", "history"),
    "times altered": (
        CHANGE + "at = %s WHERE to_status = 'open'",
        datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC),
        "not in the order of its times",
    ),
    "a resolution removed": (
        "DELETE FROM awards_resolution WHERE in_favour > %s",
        0,
        "resolutions are not those of the chosen",
    ),
    "a resolution altered": (
        "UPDATE awards_resolution SET in_favour = %s",
        2,
        "resolutions are not those of the chosen",
    ),
    "announced without an announcement": (
        "DELETE FROM awards_votechange WHERE to_status = %s",
        "announced",
        "the history is not that of a vote in this state",
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_each_tampering_is_found(announced, name):
    sql, value, words = TAMPERINGS[name]
    tamper(sql, value)
    status, said = run()
    assert status == 1
    assert "DOES NOT AGREE" in said
    assert words in said
    assert said.endswith("1 of 1 ballots do not agree.")


@pytest.mark.django_db
def test_somebody_chosen_before_the_announcement_is_found():
    counted()
    tamper("UPDATE awards_voteoption SET is_chosen = %s", True)
    assert "chosen without an announcement" in run()[1]


@pytest.mark.django_db
def test_numbers_that_break_an_identity_are_found():
    poll = Poll().attend()
    poll.count(poll.open_vote("a1", "a2", kind="elect"), {"a1": "x-", "a2": "-x", "a3": "x-"})
    tamper("UPDATE awards_voteoption SET yes = %s", 3)
    assert "“choices_within_limit”" in run()[1]


# --- while a ballot is open


@pytest.mark.django_db
def test_while_a_ballot_is_open_there_is_no_sweep_and_no_destruction():
    poll = Poll().attend()
    done = awards.announce_vote(counted(poll), by=poll.leader)
    poll.open_vote(kind="other")
    for words in (["--sweep"], ["--destroy-before", "2100-01-01"]):
        status, said = run(*words)
        assert status == 2
        assert "vote 2: OPEN: no backup, no sweep until it is closed" in said
        assert "Nothing was done: a ballot is open." in said
    assert BallotBox.objects.get(vote=done).papers


@pytest.mark.django_db
def test_backup_scripts_ask_whether_a_ballot_is_open():
    poll = Poll().attend()
    assert run("--open") == (0, "No ballot is open.\n")
    vote = poll.open_vote(kind="other")
    status, said = run("--open")
    assert status == 2
    assert "khoi-1 2024, vote 1: OPEN" in said
    awards.close_ballot(vote, by=poll.leader)
    assert run("--open") == (0, "No ballot is open.\n")


@pytest.mark.django_db
def test_an_open_ballot_does_not_hinder_recounting_the_closed_ones():
    poll = Poll().attend()
    counted(poll)
    poll.open_vote(kind="other")
    status, said = run()
    assert status == 0
    assert "vote 1: 5 papers, all agrees" in said


# --- the papers are destroyed, the numbers stay


def test_papers_that_do_not_agree_are_kept_as_evidence(announced):
    tamper("UPDATE awards_vote SET valid = %s", 3)
    status, said = run("--destroy-before", "2100-01-01")
    assert status == 1
    assert "does not agree; its papers are kept" in said
    assert BallotBox.objects.get().papers


def test_a_sweep_that_cannot_be_done_is_an_error(announced):
    """Here because a transaction, the test's, is open."""
    status, said = run("--sweep")
    assert status == 1
    assert said.startswith("Not swept")
