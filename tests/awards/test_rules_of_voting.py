"""Thresholds at exact fractions, as a resolution recorded at once is measured by its rule."""

from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import translation

from awards import transitions as awards
from awards.documents.facts import vote_words
from awards.documents.wording import share_text, threshold_text
from awards.models import Absentees, Method, Resolution, VoteBase, VoteRule
from awards.transitions.resolutions import Votes
from awards.votes.rules import Base, Comparator
from awards.wording import (
    fewest_votes,
    meaning_words,
    quorum_words,
    share_words,
    threshold_words,
)
from tests.awards.meetings import Meeting

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def rule_of(world, share, *, base=VoteBase.ENTITLED, comparator="at_least", **more):
    numerator, denominator = share
    return VoteRule.objects.create(
        bloc=world.bloc,
        name=f"{numerator}/{denominator} {base} {comparator} {more}",
        base=base,
        comparator=comparator,
        numerator=numerator,
        denominator=denominator,
        **{"quorum_numerator": 0, **more},
    )


def vote(world, rule, in_favour, against=0, abstained=0):
    return awards.resolve(
        world.conference,
        kind="other",
        text="x",
        votes=Votes(Method.SHOW_OF_HANDS, in_favour, against, abstained),
        rule=rule,
        by=world.secretary,
    )


def build_world():
    return Meeting().open()


@pytest.mark.parametrize(
    ("share", "members", "enough"),
    [
        ((2, 3), 3, 2),
        ((2, 3), 5, 4),
        ((2, 3), 6, 4),
        ((4, 5), 5, 4),
        ((9, 10), 7, 7),
        ((9, 10), 10, 9),
    ],
)
def test_exactly_the_share_is_enough_and_one_vote_less_is_not(share, members, enough):
    world = Meeting(members=members).attend()
    rule = rule_of(world, share)
    assert vote(world, rule, enough).carried
    assert not vote(world, rule, enough - 1, members - enough + 1).carried
    assert fewest_votes(rule, members) == enough


def test_more_than_two_thirds_is_not_reached_by_two_thirds():
    world = Meeting(members=3).attend()
    rule = rule_of(world, (2, 3), comparator="more_than")
    assert not vote(world, rule, 2).carried
    assert vote(world, rule, 3).carried


@pytest.mark.parametrize(
    ("base", "whole"),
    [
        (VoteBase.ENTITLED, 6),
        (VoteBase.PRESENT, 5),
        (VoteBase.ISSUED, 5),
        (VoteBase.RETURNED, 4),
        (VoteBase.VALID, 4),
    ],
)
def test_each_base_is_counted_as_it_was_when_the_room_voted(base, whole):
    """Six members, five of them present, four votes cast."""
    world = Meeting(members=6).attend("a6")
    rule = rule_of(world, (4, 5), base=base)
    resolution = vote(world, rule, 3, 1)
    assert (resolution.base_count, resolution.base) == (whole, base)
    for in_favour in range(6):
        counted = in_favour if base in (VoteBase.RETURNED, VoteBase.VALID) else whole
        enough = counted > 0 and Fraction(in_favour, counted) >= Fraction(4, 5)
        assert vote(world, rule, in_favour).carried is enough


def test_a_quorum_that_is_not_met_stops_the_vote():
    world = Meeting(members=5).attend("a4", "a5")
    rule = rule_of(world, (1, 2), quorum_numerator=2, quorum_denominator=3)
    with pytest.raises(ValidationError, match="3"):
        vote(world, rule, 3)
    assert not Resolution.objects.exists()
    assert vote(world, rule_of(world, (1, 2), quorum_numerator=3, quorum_denominator=5), 3).carried


@pytest.mark.parametrize(
    ("absentees", "able"),
    [(Absentees.NOT_COUNTED, 3), (Absentees.PROXY, 4), (Absentees.WRITTEN_OPINION, 4)],
)
def test_the_absent_vote_as_the_rule_lets_them(absentees, able):
    world = Meeting(members=5).attend("a4", "a5")
    awards.record_attendance(
        world.conference,
        presences={
            world.membership("a4").pk: awards.Presence(
                present=False, reason="Đi công tác", proxy="bà Lan, giấy ủy quyền số 5"
            ),
            world.membership("a5").pk: awards.Presence(
                present=False, reason="Ốm", written_opinion="Nhất trí."
            ),
        },
        by=world.secretary,
    )
    rule = rule_of(world, (1, 2), absentees=absentees)
    assert vote(world, rule, able).present == able
    with pytest.raises(ValidationError):
        vote(world, rule, able + 1)


# --- in words


@pytest.mark.parametrize(
    ("share", "text"),
    [
        ((1, 2), "1/2"),
        ((2, 3), "2/3"),
        ((3, 4), "3/4"),
        ((4, 5), "80%"),
        ((9, 10), "90%"),
        ((17, 20), "85%"),
        ((5, 6), "5/6"),
        ((1, 1), "100%"),
    ],
)
def test_a_share_is_written_as_people_say_it(share, text):
    assert share_text(Fraction(*share)) == text


def test_shares_are_rounded_half_up_from_exact_fractions():
    assert share_words(5, 6) == "83,33%"
    assert share_words(1, 16) == "6,25%"
    assert share_words(1, 800) == "0,13%"  # 0.125: a binary half would round down
    assert share_words(4, 5) == "80%"
    assert share_words(0, 0) == "–"


def test_rules_in_words():
    world = Meeting()
    majority = VoteRule(base="entitled", comparator="more_than", numerator=1, denominator=2)
    valid = VoteRule(base="valid", comparator="at_least", numerator=4, denominator=5)
    assert "1/2" in threshold_words(majority)
    assert "80%" in threshold_words(valid)
    assert threshold_words(majority) != threshold_words(valid)
    assert "2/3" in quorum_words(majority)
    assert quorum_words(rule_of(world, (1, 2))) == ""
    assert [n for n in ("5", "4", "3") if n in meaning_words(valid, 5)] == ["5", "4", "3"]


def test_the_papers_say_the_rule_in_vietnamese():
    texts = [
        threshold_text(Base.ENTITLED, Comparator.MORE_THAN, Fraction(1, 2)),
        threshold_text(Base.PRESENT, Comparator.AT_LEAST, Fraction(2, 3)),
        threshold_text(Base.VALID, Comparator.AT_LEAST, Fraction(4, 5)),
    ]
    assert texts == [
        "quá 1/2 tổng số đơn vị thành viên",
        "ít nhất 2/3 số đơn vị có mặt",
        "ít nhất 80% số phiếu hợp lệ",
    ]


def test_the_minutes_name_the_base_and_the_rule_where_it_is_not_the_usual_one():
    world = Meeting(members=5).attend("a5")
    usual = world.resolve("other", 4, text="x")
    assert vote_words(usual) == "04/05 đơn vị thống nhất, đạt tỷ lệ 80%"
    present = vote(world, rule_of(world, (2, 3), base=VoteBase.PRESENT), 3)
    assert vote_words(present) == (
        "03/04 đơn vị có mặt thống nhất, đạt tỷ lệ 75%; mức cần đạt: ít nhất 2/3 số đơn vị có mặt"
    )


# --- the bloc's own charter

COLUMNS = {"name": "Ba phần tư", "numerator": 3, "denominator": 4, "basis": "Quy chế"}


def test_only_the_leading_head_keeps_the_charter_and_only_then(world):
    for user in (world.secretary, *world.others):
        with pytest.raises(PermissionDenied):
            awards.add_rule(world.review, fields=COLUMNS, by=user)
    rule = awards.add_rule(world.review, fields=COLUMNS, by=world.leader)
    assert (rule.bloc, rule.position, rule.threshold) == (world.bloc, 1, Fraction(3, 4))
    assert list(VoteRule.objects.offered_to(world.bloc))[-1] == rule
    other = Meeting(slug="khoi-2", prefix="b")
    assert rule not in VoteRule.objects.offered_to(other.bloc)
    with pytest.raises(PermissionDenied):
        awards.add_rule(other.review, fields=COLUMNS, by=other.leader)  # in preparation


def test_a_rule_is_retired_and_what_was_voted_by_it_stands():
    world = Meeting().attend()
    rule = awards.add_rule(world.review, fields=COLUMNS, by=world.leader)
    resolution = vote(world, rule, 3)
    with pytest.raises(PermissionDenied):
        awards.retire_rule(rule, world.review, by=world.secretary)
    awards.retire_rule(rule, world.review, by=world.leader)
    assert rule not in VoteRule.objects.offered_to(world.bloc)
    resolution.refresh_from_db()
    assert (resolution.numerator, resolution.denominator, resolution.carried) == (3, 4, True)
    awards.add_rule(world.review, fields=COLUMNS, by=world.leader)  # the name is free again
    with pytest.raises(PermissionDenied):
        awards.retire_rule(rule, world.review, by=world.leader)


def test_rules_of_the_catalogue_and_of_other_blocs_are_not_retired_here(world):
    other = Meeting(slug="khoi-2", prefix="b").open()
    foreign = awards.add_rule(other.review, fields=COLUMNS, by=other.leader)
    for rule in (VoteRule.objects.filter(bloc=None).first(), foreign):
        with pytest.raises(PermissionDenied):
            awards.retire_rule(rule, world.review, by=world.leader)
    assert not VoteRule.objects.filter(is_retired=True).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"numerator": 5, "denominator": 4},
        {"numerator": 0},
        {"quorum_numerator": 4, "quorum_denominator": 3},
        {"base": "everybody"},
        {"name": ""},
    ],
)
def test_a_rule_that_cannot_be_is_refused(world, wrong):
    with pytest.raises(ValidationError):
        awards.add_rule(world.review, fields={**COLUMNS, **wrong}, by=world.leader)
    assert not VoteRule.objects.filter(bloc=world.bloc).exists()
