"""Rules and papers of votes: exact shares, and what holds for every count."""

from __future__ import annotations

import ast
import dataclasses
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from awards import votes
from awards.votes.outcome import CountError, OptionCount, check_count
from awards.votes.papers import (
    BLANK,
    CHOSEN,
    NO,
    SPOILED,
    YES,
    Form,
    PaperError,
    Sheet,
    count,
    is_blank,
    papers_in,
    put,
)
from awards.votes.rules import Base, Comparator, Rule, Turnout

MORE, LEAST = Comparator.MORE_THAN, Comparator.AT_LEAST
SHARES = {"2/3": Fraction(2, 3), "80": Fraction(4, 5), "90": Fraction(9, 10), "50": Fraction(1, 2)}
FULL = Turnout(entitled=15, present=14, issued=13, returned=12, valid=11)


def turnout(whole, base=Base.VALID):
    """A turnout whose ``base`` is ``whole`` and whose other numbers are larger or smaller."""
    order = ["entitled", "present", "issued", "returned", "valid"]
    at = order.index(base.value)
    return Turnout(**{name: whole + at - n for n, name in enumerate(order)})


# --- shares


@pytest.mark.parametrize("base", list(Base))
@pytest.mark.parametrize(
    ("comparator", "share", "whole", "least"),
    [
        (LEAST, "2/3", 3, 2),
        (LEAST, "2/3", 5, 4),
        (LEAST, "2/3", 6, 4),
        (LEAST, "80", 5, 4),
        (LEAST, "80", 7, 6),
        (LEAST, "90", 7, 7),
        (LEAST, "90", 10, 9),
        (MORE, "50", 4, 3),
        (MORE, "50", 5, 3),
        (LEAST, "50", 4, 2),
    ],
)
def test_the_least_number_of_votes_that_passes_is_exact_base_by_base(
    base, comparator, share, whole, least
):
    rule = Rule(base, comparator, SHARES[share])
    numbers = turnout(whole, base)
    assert numbers.of(base) == whole
    passing = [votes for votes in range(whole + 1) if rule.passes(votes, numbers)]
    assert passing == list(range(least, whole + 1))


@pytest.mark.parametrize("base", list(Base))
@pytest.mark.parametrize("comparator", list(Comparator))
def test_of_nobody_nothing_passes(base, comparator):
    rule = Rule(base, comparator, Fraction(1, 2))
    assert not rule.passes(0, Turnout(0, 0, 0, 0, 0))
    assert not rule.passes(1, Turnout(0, 0, 0, 0, 0))


def test_each_base_is_its_own_number():
    assert [FULL.of(base) for base in Base] == [15, 14, 13, 12, 11]
    assert (FULL.invalid, FULL.not_returned) == (1, 1)


def test_a_share_that_floats_get_wrong_is_right():
    """0.1 + 0.2 is more than 0.3 in floats: three tenths of ten are three votes."""
    rule = Rule(Base.VALID, LEAST, Fraction(1, 10) + Fraction(2, 10))
    assert rule.passes(3, turnout(10))
    assert not Rule(Base.VALID, MORE, Fraction(3, 10)).passes(3, turnout(10))


def test_no_module_of_the_count_knows_floats_or_django():
    for path in Path(votes.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), path
            assert not (isinstance(node, ast.Name) and node.id == "float"), path
            names = [alias.name for alias in getattr(node, "names", []) if hasattr(alias, "name")]
            assert not any(name.startswith("django") for name in names), path
            assert not str(getattr(node, "module", "") or "").startswith("django"), path


@given(whole=st.integers(1, 60), top=st.integers(1, 20), more=st.integers(0, 20))
def test_whoever_passes_with_some_votes_passes_with_more(whole, top, more):
    for comparator in Comparator:
        rule = Rule(Base.VALID, comparator, Fraction(top, top + more))
        results = [rule.passes(votes, turnout(whole)) for votes in range(whole + 1)]
        assert results == sorted(results)
        assert rule.passes(whole, turnout(whole)) == (comparator == LEAST or more > 0)


@pytest.mark.parametrize(
    ("able", "entitled", "quorate"),
    [(2, 3, True), (3, 5, False), (4, 5, True), (4, 6, True), (3, 6, False), (0, 0, False)],
)
def test_a_quorum_of_two_thirds_is_exact(able, entitled, quorate):
    rule = Rule(Base.VALID, MORE, Fraction(1, 2), quorum=Fraction(2, 3))
    assert rule.is_quorate(able, entitled) is quorate


# --- papers


@st.composite
def sheets_and_papers(draw):
    sheet = draw(st.sampled_from([Sheet(form, n, most) for form in Form for n, most in SIZES]))
    return sheet, draw(st.lists(paper_of(sheet), max_size=15))


SIZES = [(1, 1), (2, 1), (3, 2), (5, 3)]


@st.composite
def paper_of(draw, sheet):
    if draw(st.integers(0, 9)) == 0:
        return SPOILED
    if sheet.form == Form.APPROVE:
        marks = st.sampled_from([YES, NO, BLANK])
        return "".join(draw(st.lists(marks, min_size=sheet.options, max_size=sheet.options)))
    places = draw(st.sets(st.integers(0, sheet.options - 1), max_size=sheet.limit))
    return "".join(CHOSEN if at in places else BLANK for at in range(sheet.options))


@given(sheets_and_papers(), st.booleans(), st.randoms(use_true_random=False))
def test_the_count_does_not_depend_on_the_order_of_papers(case, blank, chance):
    sheet, papers = case
    shuffled = list(papers)
    chance.shuffle(shuffled)
    assert count(sheet, papers, blank_is_valid=blank) == count(
        sheet, shuffled, blank_is_valid=blank
    )


@given(sheets_and_papers())
def test_the_box_is_sorted_after_each_paper_and_gains_exactly_that_one(case):
    _sheet, papers = case
    box = ""
    for n, paper in enumerate(papers, start=1):
        box = put(box, paper)
        assert papers_in(box) == sorted(papers[:n])


@given(sheets_and_papers())
def test_the_box_tells_nothing_of_the_order_of_casting(case):
    _sheet, papers = case
    boxes = set()
    for order in (papers, papers[::-1], sorted(papers)):
        box = ""
        for paper in order:
            box = put(box, paper)
        boxes.add(box)
    assert len(boxes) == 1


@given(sheets_and_papers(), st.booleans())
def test_a_count_keeps_every_identity(case, blank):
    sheet, papers = case
    tally = count(sheet, papers, blank_is_valid=blank)
    assert tally.returned == len(papers) == tally.valid + tally.invalid
    assert tally.blank == sum(map(is_blank, papers))
    assert tally.invalid == papers.count(SPOILED) + (0 if blank else tally.blank)
    for yes, no, abstain in zip(tally.yes, tally.no, tally.abstain, strict=True):
        assert yes + no + abstain == tally.valid
    if sheet.form != Form.APPROVE:
        assert sum(tally.yes) <= tally.valid * sheet.limit
        assert set(tally.no) <= {0}
    whole = Turnout(15, 15, 15, tally.returned, tally.valid)
    rows = [OptionCount(*row) for row in zip(tally.yes, tally.no, tally.abstain, strict=True)]
    check_count(sheet.form, whole, rows, most=sheet.most)


@given(sheets_and_papers(), st.booleans())
def test_counting_paper_by_paper_adds_up_to_the_count_of_all(case, blank):
    sheet, papers = case
    tally = count(sheet, papers, blank_is_valid=blank)
    singles = [count(sheet, [paper], blank_is_valid=blank) for paper in papers]
    for column in ("yes", "no", "abstain"):
        added = [sum(getattr(one, column)[at] for one in singles) for at in range(sheet.options)]
        assert list(getattr(tally, column)) == added


def test_a_wholly_blank_paper_counts_as_the_rule_says():
    sheet = Sheet(Form.APPROVE, 2)
    assert count(sheet, ["--", "yn"], blank_is_valid=True).valid == 2
    tally = count(sheet, ["--", "yn"], blank_is_valid=False)
    assert (tally.valid, tally.invalid, tally.blank) == (1, 1, 1)


APPROVE, CHOOSE, ELECT = Sheet(Form.APPROVE, 3), Sheet(Form.CHOOSE, 3, 2), Sheet(Form.ELECT, 3, 2)
IMPOSSIBLE = [
    *((APPROVE, paper) for paper in ("", "y", "yy", "yyyy", "xyn", "y\nn", "Yyn", "!!!", "y!n")),
    *((CHOOSE, paper) for paper in ("xxx", "x", "yx-", "nn-", "", "x--\n", " x-")),
    *((ELECT, paper) for paper in ("xx-", "xxx", "y--", "x-", "x--x")),
]


@pytest.mark.parametrize(("sheet", "paper"), IMPOSSIBLE)
def test_a_paper_that_the_question_does_not_admit_is_refused(sheet, paper):
    with pytest.raises(PaperError):
        sheet.check(paper)
    with pytest.raises(PaperError):
        count(sheet, [paper], blank_is_valid=True)


@pytest.mark.parametrize(
    ("sheet", "paper"),
    [
        *((APPROVE, paper) for paper in ("yyy", "nnn", "---", "yn-", SPOILED)),
        *((CHOOSE, paper) for paper in ("xx-", "x--", "---", SPOILED)),
        *((ELECT, paper) for paper in ("x--", "--x", "---", SPOILED)),
    ],
)
def test_blank_and_spoiled_papers_and_fewer_choices_are_admitted(sheet, paper):
    sheet.check(paper)


def test_a_refusal_does_not_repeat_the_paper():
    for sheet, paper in IMPOSSIBLE:
        with pytest.raises(PaperError) as refusal:
            sheet.check(paper)
        assert len(paper) < 2 or paper not in str(refusal.value)


# --- the identities of a count, each broken once

FIVE = Turnout(entitled=5, present=5, issued=5, returned=4, valid=3)


@pytest.mark.parametrize(
    ("identity", "form", "numbers", "rows", "most"),
    [
        ("issued_within_entitled", Form.APPROVE, {"issued": 6}, [(3, 0, 0)], 1),
        ("returned_within_issued", Form.APPROVE, {"returned": 6}, [(3, 0, 0)], 1),
        ("valid_within_returned", Form.APPROVE, {"valid": 5}, [(5, 0, 0)], 1),
        ("votes_make_valid", Form.APPROVE, {}, [(3, 0, 0), (2, 0, 0)], 1),
        ("votes_make_valid", Form.APPROVE, {}, [(3, 1, 0)], 1),
        ("votes_within_valid", Form.CHOOSE, {}, [(4, 0, 0)], 2),
        ("choices_within_limit", Form.CHOOSE, {}, [(3, 0, 0), (3, 0, 0), (1, 0, 0)], 2),
        ("choices_within_limit", Form.ELECT, {}, [(2, 0, 0), (2, 0, 0)], 2),
    ],
)
def test_each_identity_of_a_count_is_enforced(identity, form, numbers, rows, most):
    whole = dataclasses.replace(FIVE, **numbers)
    with pytest.raises(CountError) as refusal:
        check_count(form, whole, [OptionCount(*row) for row in rows], most=most)
    assert refusal.value.identity == identity


def test_a_count_at_every_limit_is_accepted():
    rows = [OptionCount(3, 0, 0), OptionCount(3, 0, 0), OptionCount(0, 0, 3)]
    check_count(Form.CHOOSE, FIVE, rows, most=2)
    check_count(Form.APPROVE, FIVE, [OptionCount(1, 1, 1)], most=1)
    full = Turnout(5, 5, 5, 5, 5)
    check_count(Form.ELECT, full, [OptionCount(5), OptionCount(0)], most=1)


def test_the_broken_option_is_named():
    with pytest.raises(CountError) as refusal:
        check_count(Form.APPROVE, FIVE, [OptionCount(3), OptionCount(2)], most=1)
    assert refusal.value.option == 1
