"""The explanation of each number, held against the tabulation: formula, exact value, rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.kernel.answers_file import read_case
from scoring.kernel.criteria import Stage
from scoring.kernel.explanation import Stated, derivation, rescaling
from scoring.kernel.knockouts import unranked_members
from scoring.kernel.ranking import Contender, rank
from scoring.kernel.rules import RULES
from scoring.kernel.tabulation import tabulate
from scoring.kernel.tie_questions import standing
from tests.kernel.building import bonus, judged, leaf, penalty, raw_case, set_of
from tests.kernel.test_worked_example import answers_of_2022

OPERATORS = {"×": "*", "/": "/", "+": "+", "−": "-", "(": "(", ")": ")"}


def value_of(formula):
    """The printed formula, worked out by somebody who only reads it."""
    parts = [OPERATORS[one] if isinstance(one, str) else f"Fraction('{one}')" for one in formula]
    return eval("".join(parts), {"Fraction": Fraction})  # noqa: S307


def explained(criteria, raw):
    """Every derivation of the case, after it was held against the table."""
    case = read_case(criteria, raw)
    table = tabulate(criteria, case)
    stated = Stated(
        criteria,
        {
            slug: {code: one.points for code, one in {**member.leaves, **member.extras}.items()}
            for slug, member in table.members.items()
        },
        {member.slug: set(member.not_applicable) for member in case.members},
        unranked_members(criteria, case),
        case,
    )
    found = {}
    for slug, member in table.members.items():
        for criterion in criteria.criteria:
            for stage in Stage:
                one = derivation(stated, slug, criterion, stage)
                at = (slug, criterion.code, stage)
                assert one.points == stated.points[slug][criterion.code][stage], at
                if one.formula:
                    assert value_of(one.formula) == one.exact, at
                else:
                    assert one.points is None, at
                found[at] = one
        for group in criteria.groups:
            node = member.nodes[group.code]
            for stage in Stage:
                if node.rescaled is not None:
                    one = rescaling(node.raw[stage], node.max, node.out, criteria.places)
                    assert one.points == node.rescaled[stage]
                    assert value_of(one.formula) == one.exact
    return found, stated


def test_every_number_of_the_worked_example_is_explained(set_a):
    found, _stated = explained(set_a, answers_of_2022())
    assert len(found) == 5 * len(set_a.criteria) * 3
    assert sum(bool(one.formula) for one in found.values()) > 600


TABLE = [{"min": "10", "points": "2"}, {"min": "50", "points": "5"}, {"min": "90", "points": "8"}]
LATE = {"table": [{"late_days_max": "0", "points": "8"}, {"late_days_max": "3", "points": "4"}]}
LATE_MINUS = {"table": [{"late_days_max": "3", "minus": "1"}, {"late_days_max": "9", "minus": "2"}]}
LEVELS = [{"label": "Good", "points": "8"}, {"label": "Fair", "points": "3.5"}]
DEDUCT = [{"label": "late", "minus": "0.3"}, {"label": "lost", "minus": "5"}]


def received(day):
    at = f"2022-04-{day:02}T09:00:00+07:00" if day else None
    return {"due": "2022-03-31", "received_at": at}


# kind -> (rule, inputs that reach every case of it)
BASE = {
    "binary": ({}, [{"met": True}, {"met": False}]),
    "levels": ({"levels": LEVELS}, [{"level": "Good"}, {"level": "Fair"}]),
    "judged": ({}, [{"points": "7.25"}, {"points": "0"}]),
    "bands": ({"table": TABLE}, [{"value": v} for v in ("5", "10", "89.999", "90")]),
    "external": ({"from_scale": "120"}, [{"value": "87.35"}, {"value": "0"}, {"value": "120"}]),
    "ratio": (
        {"zero_below": "0.5"},
        [
            {"actual": "0.601", "target": "1.2"},
            {"actual": "1", "target": "3"},
            {"actual": "5", "target": "4"},
        ],
    ),
    "deadline": (
        {**LATE, "beyond": "1", "missing": "0.5"},
        [{**received(1), "due": "2022-04-01"}, received(2), received(20), received(None)],
    ),
    "deduct": (
        {"items": DEDUCT},
        [{"counts": {}}, {"counts": {"late": 3, "lost": 1}}, {"counts": {"lost": 2}}],
    ),
    "per_unit": ({"each": "1.5", "cap": "8"}, [{"count": c} for c in ("0", "2.5", "9")]),
    "relative": (
        {},
        [
            {"actual": "80", "target": "97"},
            {"actual": "97", "target": "97"},
            {"actual": "110", "target": "97"},
            {"actual": "150", "target": "97"},
        ],
    ),
}


@pytest.mark.parametrize("kind", BASE)
def test_each_rule_of_the_base_is_explained_in_each_of_its_cases(kind):
    rule, inputs = BASE[kind]
    criteria = set_of({"I": [leaf("I.1", "8", {"kind": kind, **rule}), judged("I.2")]})
    members = {f"m{n}": {"claimed": {"I.1": one}} for n, one in enumerate(inputs)}
    found, _stated = explained(criteria, raw_case(members))
    assert all(found[slug, "I.1", Stage.AGREED].formula for slug in members)


def test_external_bands_bonus_and_penalties_are_explained():
    criteria = set_of(
        {"I": [leaf("I.1", "8", {"kind": "external", "table": TABLE})]},
        bonus=[bonus("T.1", "2", {"kind": "per_unit", "each": "0.5", "cap": "2"})],
        penalties=[
            penalty("TR.1", {"kind": "penalty", "each": "0.75"}),
            penalty("TR.2", {"kind": "deadline_penalty", **LATE_MINUS, "beyond": "KNOCKOUT"}),
        ],
        knockouts=[{"code": "K1", "effect": "EXCLUDE_ALL", "name": "Late"}],
    )
    claims = [
        {"I.1": {"value": "55"}, "T.1": {"count": "7"}, "TR.1": {"count": "2"}, "TR.2": received(2)}
    ]
    claims += [{"TR.2": received(day)} for day in (20, None)]
    claims += [{"TR.2": {**received(1), "due": "2022-04-01"}}]
    members = {f"m{n}": {"claimed": one} for n, one in enumerate(claims)}
    found, _stated = explained(criteria, raw_case(members))
    minus = [str(found[slug, "TR.2", Stage.AGREED].points) for slug in members]
    assert minus == ["1.00", "2.00", "2.00", "0.00"]


def test_all_rules_are_covered():
    assert set(BASE) | {"derived", "penalty", "deadline_penalty"} == set(RULES)


def test_exemptions_averages_accuracy_and_points_set_by_hand_are_explained():
    derived = {"kind": "derived", "table": [{"max_delta": "2", "points": "2"}], "beyond": "0"}
    criteria = set_of(
        {
            "I": [
                judged("I.1", "30"),
                judged("I.2", na_policy="FULL"),
                judged("I.3", na_policy="BLOC_AVERAGE"),
                judged("I.4", "7", na_policy="RESCALE"),
                leaf("I.5", "2", derived, auto=True),
            ]
        },
        knockouts=[{"code": "K9", "effect": "UNRANK", "name": "Too young"}],
    )
    young = {"knockout": "K9", "source": "s", "document": "d", "received_at": "2022-12-01"}
    members = {
        "a": {
            "claimed": {"I.1": {"points": "28"}},
            "appraised": {"I.1": {"points": "25.5", "reason": "checked"}},
            "not_applicable": dict.fromkeys(("I.2", "I.3", "I.4"), "none"),
        },
        "b": {"claimed": {"I.1": {"points": "28"}, "I.3": {"points": "5"}}},
        "c": {"claimed": {"I.3": {"points": "7.25"}}, "agreed": {}},
        "d": {"claimed": {"I.3": {"points": "10"}}, "findings": [young]},
        "e": {"claimed": {"I.3": {"points": "6"}}},
    }
    found, stated = explained(criteria, raw_case(members))
    average = found["a", "I.3", Stage.AGREED]
    assert average.formula == (
        *("(", Decimal("5.00"), "+", Decimal("7.25"), "+", Decimal("6.00"), ")"),
        *("/", Decimal(3)),
    )
    assert average.points == Decimal("6.08")
    by_hand = found["a", "I.1", Stage.AGREED]
    assert (by_hand.points, by_hand.reason) == (Decimal("25.50"), "checked")
    assert found["a", "I.5", Stage.APPRAISED].remark.params["delta"] == Decimal("2.50")
    # Without the figures, what rests on points alone is explained all the same.
    bare = Stated(criteria, stated.points, stated.exempt, stated.unranked)
    assert derivation(bare, "b", criteria.find("I.1"), Stage.AGREED) is None
    for code in ("I.2", "I.3", "I.5"):
        one = criteria.find(code)
        assert derivation(bare, "a", one, Stage.AGREED) == found["a", code, Stage.AGREED]


def test_the_formula_of_the_half():
    """Reading 1: 18 x 0.601 / 1.2 = 9.015, and half up."""
    criteria = set_of({"I": [leaf("I.1", "18", {"kind": "ratio"})]})
    raw = raw_case({"a": {"claimed": {"I.1": {"actual": "0.601", "target": "1.2"}}}})
    one = explained(criteria, raw)[0]["a", "I.1", Stage.CLAIMED]
    assert one.formula == (Decimal(18), "×", Decimal("0.601"), "/", Decimal("1.2"))
    assert (one.exact, one.points) == (Fraction("9.015"), Decimal("9.02"))


# --- ranks


def contender(slug, total, **values):
    return Contender(slug, Decimal(total), values)


def test_a_rule_unknown_for_one_is_passed_over_and_the_next_decides():
    contenders = [
        contender("a", "9", x=3, y=1),
        contender("b", "9", x=None, y=2),
        contender("c", "9", x=5, y=1),
        contender("d", "10", x=0, y=0),
    ]
    found = standing(contenders, ["x", "y"], "a")
    first, second = found.questions
    assert first.unknown
    assert not first.decided
    assert (second.ahead, second.level, second.behind) == (("b",), ("c",), ())
    assert (found.rank, found.above, found.shared_with) == (3, ("d",), ("c",))
    assert found.same_total == ("b", "c")


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 2),
            st.one_of(st.none(), st.integers(0, 2)),
            st.integers(0, 1),
        ),
        min_size=1,
        max_size=7,
    )
)
def test_the_standing_agrees_with_the_ranking(rows):
    contenders = [contender(f"m{n}", str(total), x=x, y=y) for n, (total, x, y) in enumerate(rows)]
    for slug, place in rank(contenders, ["x", "y"]).items():
        found = standing(contenders, ["x", "y"], slug)
        assert found.rank == place.rank
        assert found.shared_with == place.shared_with
        assert found.same_total == place.same_total_as
        decided = [question.rule for question in found.questions if question.decided]
        assert (decided[-1] if decided else None) == place.tie_decided_by
