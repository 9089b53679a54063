"""The worked example of Khối 7, and eight numbers computed by hand."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from scoring.kernel.answers_file import parse_answers, read_case
from scoring.kernel.arithmetic import rounded
from scoring.kernel.cases import Case
from scoring.kernel.ranking import Contender, rank
from scoring.kernel.rules.inputs import Attainment, Distance
from scoring.kernel.tabulation import as_json, tabulate
from tests.kernel.building import EXAMPLES, bonus, judged, set_of, table_of

FIRST_RANKS = [1, 1, 3, 4]


def answers_of_2022():
    return parse_answers((EXAMPLES / "khoi-7-2022.answers.json").read_text(encoding="utf-8"))


def test_example_of_2022_gives_the_expected_table(set_a):
    expected = json.loads((EXAMPLES / "khoi-7-2022.expected.json").read_text(encoding="utf-8"))
    del expected["choices"], expected["note"]
    computed = as_json(tabulate(set_a, read_case(set_a, answers_of_2022())))
    assert computed == expected


def test_order_of_members_and_entries_does_not_change_the_example(set_a):
    raw = answers_of_2022()
    case = read_case(set_a, raw)
    reverse = {
        slug: {
            key: dict(reversed(part.items())) if isinstance(part, dict) else part
            for key, part in member.items()
        }
        for slug, member in reversed(raw["members"].items())
    }
    there = tabulate(set_a, case)
    back = tabulate(set_a, read_case(set_a, {**raw, "members": reverse}))
    assert there.order == back.order
    assert there.members == back.members


def test_blank_sheet_is_tabulated_with_blanks_and_nothing_in_the_sums(set_a):
    member = read_case(set_a, answers_of_2022()).members[0]
    blank = type(member)(slug="blank", name="Blank")
    result = tabulate(set_a, Case((blank,))).members["blank"]
    assert {leaf.delta for leaf in result.leaves.values()} == {None}
    assert [totals.total for totals in result.totals.values()] == [0, 0, 0]
    assert result.late_days is None


def points(criteria, code, raw, **more):
    leaf = criteria.find(code)
    return str(rounded(leaf.rule.points(leaf.rule.read(raw), leaf.max, **more), criteria.places))


@pytest.mark.parametrize(("actual", "expected"), [("92", "5.52"), ("49", "0.00")])
def test_number_1_ratio_of_tasks_on_time(set_a, actual, expected):
    assert points(set_a, "I.1.2", {"actual": actual, "target": "100"}) == expected


def test_number_2_index_is_rounded_half_up_at_the_leaf(set_a):
    assert points(set_a, "I.2.1", {"value": "87.35"}) == "4.37"


def test_number_3_band_is_looked_up_unrounded(set_a):
    assert points(set_a, "I.2.2", {"value": "97.995"}) == "2.00"


@pytest.mark.parametrize(
    ("actual", "leader", "expected"),
    [(100, 150, "60.0"), (110, 150, "72.0"), (150, 150, "120.0"), (80, 150, "48.0")],
)
def test_number_4_relative_against_the_leader(set_c, actual, leader, expected):
    leaf = set_c.find("1.1")
    exact = leaf.rule.points(Attainment(Decimal(actual), Decimal(100)), leaf.max, Decimal(leader))
    assert str(rounded(exact, set_c.places)) == expected


def test_number_5_rescaled_group_of_a_station():
    na = dict.fromkeys(("I.2", "I.3"), "no such task")
    leaves = [judged("I.1", "33")] + [judged(code, "6", na_policy="RESCALE") for code in na]
    table = table_of(
        set_of({"I": leaves}),
        {"station": {"not_applicable": na, "claimed": {"I.1": {"points": "30"}}}},
    )
    node = table["members"]["station"]["nodes"]["I"]
    assert node["self"] == "30.00"
    assert node["rescaled"]["out"] == "12.00"
    assert node["rescaled"]["self"] == "40.91"


def test_number_6_bonus_is_capped():
    worth = {"T.1": "2", "T.2": "1", "T.3": "1.5", "T.4": "1", "T.5": "1"}
    criteria = set_of(
        {"I": [judged("I.1")]},
        bonus=[bonus(code, cap, {"kind": "judged"}) for code, cap in worth.items()],
    )
    claimed = {code: {"points": cap} for code, cap in worth.items()}
    totals = table_of(criteria, {"a": {"claimed": claimed}})["members"]["a"]["totals"]["self"]
    assert (totals["bonus_raw"], totals["bonus"]) == ("6.50", "5.00")


def test_number_7_accuracy_of_the_own_score(set_a):
    leaf = set_a.find("IV.4")
    distance = Distance(abs(Decimal("93.25") - Decimal("90.75")))
    assert leaf.rule.points(distance, leaf.max) == 1


def test_number_8_tie_is_resolved_by_group_one():
    totals = {"a": "96.75", "b": "96.75", "c": "95.5", "d": "90"}
    group = {"a": Decimal("42.0"), "b": Decimal("43.5")}
    tied = [
        Contender(slug, Decimal(total), {"group:I": group.get(slug)})
        for slug, total in totals.items()
    ]
    assert [rank(tied, [])[slug].rank for slug in totals] == FIRST_RANKS
    resolved = rank(tied, ["group:I"])
    assert [resolved[slug].rank for slug in "bacd"] == [1, 2, 3, 4]
    assert resolved["b"].tie_decided_by == "group:I"
