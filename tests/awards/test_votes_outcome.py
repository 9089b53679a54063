"""Who is chosen, who is tied, who runs again: by example, and what holds for every count."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from awards.votes.outcome import OptionCount, contradicts_ranking, decide
from awards.votes.rules import Base, Comparator, Rule, TieBreak, Turnout

MORE, LEAST = Comparator.MORE_THAN, Comparator.AT_LEAST
SHARES = {"2/3": Fraction(2, 3), "80": Fraction(4, 5), "90": Fraction(9, 10), "50": Fraction(1, 2)}
FULL = Turnout(entitled=15, present=14, issued=13, returned=12, valid=11)


def turnout(whole, base=Base.VALID):
    """A turnout whose ``base`` is ``whole`` and whose other numbers are larger or smaller."""
    order = ["entitled", "present", "issued", "returned", "valid"]
    at = order.index(base.value)
    return Turnout(**{name: whole + at - n for n, name in enumerate(order)})


RULES = st.builds(
    Rule,
    base=st.sampled_from(Base),
    comparator=st.sampled_from(Comparator),
    threshold=st.sampled_from(list(SHARES.values())),
    tie=st.sampled_from(TieBreak),
)


@st.composite
def counts(draw):
    """Options of one valid count of fifteen papers."""
    options = draw(
        st.lists(
            st.builds(
                OptionCount,
                yes=st.integers(0, FULL.valid),
                rank=st.none() | st.integers(1, 6),
            ),
            min_size=1,
            max_size=6,
        )
    )
    return options, draw(st.integers(1, 4))


@given(RULES, counts())
@settings(max_examples=300)
def test_what_holds_for_every_outcome(rule, case):
    options, seats = case
    found = decide(rule, FULL, options, seats=seats)
    votes_of = [one.yes for one in options]
    passing = [at for at, votes in enumerate(votes_of) if rule.passes(votes, FULL)]
    assert list(found.passing) == passing
    assert set(found.chosen) | set(found.tied) <= set(passing)
    assert not set(found.chosen) & set(found.tied)
    assert len(found.chosen) + found.seats_left == seats
    out = set(range(len(options))) - set(found.chosen)
    for at in found.chosen:
        assert all(votes_of[at] >= votes_of[other] for other in out if other in passing)
    if found.tied:
        assert len({votes_of[at] for at in found.tied}) == 1
        assert len(found.tied) > found.seats_left > 0
        assert found.runners == found.tied
    else:
        assert len(found.chosen) == min(seats, len(passing))
    if found.runners and not found.tied:
        assert found.seats_left
        assert not set(found.runners) & set(found.chosen)
        assert len(found.runners) >= 2


@given(RULES, counts())
@settings(max_examples=300)
def test_one_vote_more_never_unmakes_a_choice(rule, case):
    options, seats = case
    for at in decide(rule, FULL, options, seats=seats).chosen:
        if options[at].yes < FULL.valid:
            more = list(options)
            more[at] = dataclasses.replace(options[at], yes=options[at].yes + 1)
            assert at in decide(rule, FULL, more, seats=seats).chosen


@given(RULES, counts())
@settings(max_examples=200)
def test_the_outcome_does_not_depend_on_the_order_of_the_options(rule, case):
    options, seats = case
    found = decide(rule, FULL, options, seats=seats)
    turned = decide(rule, FULL, options[::-1], seats=seats)
    last = len(options) - 1
    for name in ("chosen", "tied", "runners", "passing"):
        assert sorted(last - at for at in getattr(turned, name)) == list(getattr(found, name))


def outcome(*yes, seats=1, tie=TieBreak.SECOND_ROUND, ranks=None, threshold=Fraction(1, 2)):
    rule = Rule(Base.VALID, MORE, threshold, tie=tie)
    ranks = ranks or [None] * len(yes)
    options = [OptionCount(votes, rank=rank) for votes, rank in zip(yes, ranks, strict=True)]
    return decide(rule, turnout(10), options, seats=seats)


def test_equals_for_the_last_seat_go_into_a_second_round():
    found = outcome(8, 7, 7, seats=2)
    assert (found.chosen, found.tied, found.runners, found.seats_left) == ((0,), (1, 2), (1, 2), 1)


def test_equals_that_all_have_seats_are_no_tie():
    found = outcome(8, 8, 3, seats=2)
    assert (found.chosen, found.tied, found.runners) == ((0, 1), (), ())


def test_the_better_rank_decides_where_the_rule_says_so():
    for ranks in permutations([1, 2, 3]):
        found = outcome(7, 7, 7, tie=TieBreak.SCORE_RANK, ranks=list(ranks))
        assert found.chosen == (ranks.index(1),)
        assert not found.tied


@pytest.mark.parametrize("ranks", [[1, 1], [1, None], [None, None]])
def test_a_rank_that_does_not_tell_them_apart_decides_nothing(ranks):
    found = outcome(7, 7, tie=TieBreak.SCORE_RANK, ranks=ranks)
    assert (found.chosen, found.tied) == ((), (0, 1))


def test_a_shared_rank_away_from_the_last_seat_does_not_hinder():
    found = outcome(7, 7, 7, seats=2, tie=TieBreak.SCORE_RANK, ranks=[1, 1, 3])
    assert (found.chosen, found.tied) == ((0, 1), ())


def test_the_chair_is_left_to_decide_where_the_rule_says_so():
    found = outcome(7, 7, tie=TieBreak.CHAIR, ranks=[1, 2])
    assert (found.chosen, found.tied) == ((), (0, 1))


def test_where_nobody_passes_the_two_with_the_most_votes_run_again():
    assert outcome(4, 5, 1).runners == (0, 1)
    assert outcome(5, 4, 4, 0).runners == (0, 1, 2), "and whoever equals the second"
    assert outcome(3).runners == (), "one alone has nobody to run against"


def test_seats_left_over_are_not_filled_with_those_who_did_not_pass():
    found = outcome(8, 5, 5, 4, seats=2)
    assert (found.chosen, found.runners, found.seats_left) == ((0,), (1, 2), 1)


@pytest.mark.parametrize(
    ("ranks", "chosen", "against"),
    [
        ([1, 2, 3], [0], False),
        ([1, 2, 3], [0, 1], False),
        ([1, 2, 3], [1], True),
        ([1, 2, 3], [0, 2], True),
        ([1, 2, 3], [], False),
        ([1, 2, 3], [0, 1, 2], False),
        ([1, 1, 3], [1], False),
        ([1, 2, None], [2], True),
        ([None, None], [0], False),
    ],
)
def test_a_choice_against_the_ranking(ranks, chosen, against):
    options = [OptionCount(1, rank=rank) for rank in ranks]
    assert contradicts_ranking(options, chosen) is against
