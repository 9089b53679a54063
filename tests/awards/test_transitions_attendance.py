"""Attendance as it is written: by proxy, in writing, by which account, and under an open vote."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from awards import transitions as awards
from awards.models import Absentees, Attendance, VoteRule
from awards.transitions import Presence
from blocs.workflow import IllegalMove
from tests.awards.polls import Poll

pytestmark = pytest.mark.django_db

ABSENT = Presence(present=False, reason="Ốm")
PROXY = Presence(present=False, reason="Ốm", proxy="bà Lan, giấy số 5")
WROTE = Presence(present=False, reason="Ốm", written_opinion="Nhất trí.")


def record(world, **presences):
    awards.record_attendance(
        world.conference,
        presences={world.membership(name).pk: one for name, one in presences.items()},
        by=world.secretary,
    )


def rule_with(world, absentees):
    return VoteRule.objects.create(
        bloc=world.bloc, name=absentees, absentees=absentees, quorum_numerator=0
    )


def open_by(world, absentees):
    question = replace(world.question(), rule=rule_with(world, absentees))
    vote = awards.prepare_vote(world.conference, question, by=world.secretary)
    return awards.open_vote(vote, by=world.leader)


def build_world():
    return Poll().adopt()


@pytest.mark.parametrize(
    "presence",
    [
        Presence(present=False),
        Presence(present=False, reason=" "),
        Presence(present=True, proxy="bà Lan"),
        Presence(present=True, written_opinion="Nhất trí."),
        Presence(present=False, reason="Ốm", proxy="x" * 301),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_all_the_others(presence):
    world = Poll().open()
    with pytest.raises(ValidationError):
        record(world, a1=Presence(present=True), a2=presence)
    assert not Attendance.objects.exists()


def test_the_account_is_of_the_agency_or_with_a_proxy_of_any_in_the_review():
    world = Poll().open()
    own, other = world.head("a3"), world.head("a2")
    record(world, a3=Presence(present=True, voter=own))
    record(world, a3=Presence(present=False, reason="Ốm", proxy="bà Lan", voter=other))
    assert Attendance.objects.get().voter == other
    foreign = Poll(slug="khoi-2", prefix="b").head("b1")
    shut = world.officer("a3")
    shut.is_active = False
    for wrong in (
        Presence(present=True, voter=other),
        Presence(present=False, reason="Ốm", voter=own),
        Presence(present=False, reason="Ốm", proxy="bà Lan", voter=foreign),
        Presence(present=False, reason="Ốm", proxy="bà Lan", voter=world.board),
        Presence(present=True, voter=shut),
    ):
        with pytest.raises(ValidationError):
            record(world, a3=wrong)
    assert Attendance.objects.get().voter == other


@pytest.mark.parametrize(
    "line", [ABSENT, PROXY, WROTE, "named"], ids=["absent", "proxy", "wrote", "account"]
)
def test_a_member_on_the_roll_of_an_open_vote_keeps_its_line(world, line):
    vote = world.open_vote()
    if line == "named":
        line = Presence(present=True, voter=world.head("a5"))
    with pytest.raises(IllegalMove, match=str(vote.number)):
        record(world, a5=line)
    assert Attendance.objects.get(membership=world.membership("a5")).present
    record(world, a5=Presence(present=True))  # nothing changes
    awards.cancel_vote(vote, reason="Mất mạng", by=world.leader)
    record(world, a5=line)


def test_a_late_arrival_is_recorded_once_the_vote_is_closed(world):
    record(world, a5=ABSENT)
    vote = world.open_vote()
    with pytest.raises(IllegalMove):
        record(world, a5=Presence(present=True))
    record(world, a5=Presence(present=False, reason="Đi công tác"))  # no part in the vote
    world.count(vote, dict.fromkeys(world.names[:4], "yyyyy"))
    record(world, a5=Presence(present=True))
    assert Attendance.objects.get(membership=world.membership("a5")).present


@pytest.mark.parametrize(
    ("absentees", "joins", "stays_out"),
    [
        (Absentees.NOT_COUNTED, Presence(present=True), WROTE),
        (Absentees.NOT_COUNTED, Presence(present=True), PROXY),
        (Absentees.PROXY, PROXY, WROTE),
        (Absentees.WRITTEN_OPINION, WROTE, PROXY),
    ],
)
def test_nobody_joins_a_vote_that_has_begun(world, absentees, joins, stays_out):
    record(world, a5=ABSENT)
    open_by(world, absentees)
    with pytest.raises(IllegalMove):
        record(world, a5=joins)
    record(world, a5=stays_out)


def test_an_opinion_that_was_counted_on_is_not_taken_back_while_the_vote_is_open(world):
    record(world, a5=WROTE)
    open_by(world, Absentees.WRITTEN_OPINION)
    with pytest.raises(IllegalMove):
        record(world, a5=ABSENT)
    assert Attendance.objects.get(membership=world.membership("a5")).written_opinion
