"""Readings 1 to 5 of docs/scoring-rules.md: sums, rescaling, step and grade."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from scoring.kernel.arithmetic import rounded
from scoring.kernel.cases import check_exemptions
from scoring.kernel.errors import InputError
from tests.kernel.building import bonus, judged, leaf, penalty, set_of, table_of

RATIO = {"kind": "ratio"}


def ratio_of(actual, target):
    return {"actual": actual, "target": target}


def test_points_are_multiplied_first_and_rounded_half_up_at_the_leaf():
    """Reading 1: 18 x 0.601 / 1.2 is 9.015 and prints 9.02."""
    table = table_of(
        set_of({"I": [leaf("I.1", "18", RATIO)]}),
        {"a": {"claimed": {"I.1": ratio_of("0.601", "1.2")}}},
    )
    assert table["members"]["a"]["leaves"]["I.1"]["self"] == "9.02"


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [("0.005", 2, "0.01"), ("0.004999", 2, "0.00"), ("-0.005", 2, "-0.01"), ("2.5", 0, "3")],
)
def test_half_is_rounded_away_from_zero(value, places, expected):
    """Reading 1."""
    assert str(rounded(Fraction(value), places)) == expected


def test_total_is_the_sum_of_rounded_leaves_and_is_not_rounded_again():
    """Reading 1: three times 3.335 prints 3.34 each, and 10.02 in the sum, not 10.01."""
    leaves = [leaf(f"I.{n}", "10", RATIO) for n in (1, 2, 3)]
    claimed = {one["code"]: ratio_of("0.3335", "1") for one in leaves}
    member = table_of(set_of({"I": leaves}), {"a": {"claimed": claimed}})["members"]["a"]
    assert member["totals"]["self"]["total"] == "10.02"


def test_places_of_the_set_win_over_the_default():
    """Reading 1."""
    criteria = set_of({"I": [leaf("I.1", "18", RATIO)]}, rounding={"places": 1, "mode": "HALF_UP"})
    table = table_of(criteria, {"a": {"claimed": {"I.1": ratio_of("0.601", "1.2")}}})
    assert table["places"] == 1
    assert table["members"]["a"]["totals"]["self"]["total"] == "9.0"


def rescaling_set():
    return set_of(
        {
            "I": [
                judged("I.1", "6"),
                judged("I.2", "3", na_policy="RESCALE"),
                judged("I.3", "3", na_policy="FULL"),
            ],
            "II": [judged("II.1", "4")],
        },
        tie_break=["group:I"],
    )


def test_rescale_works_in_the_group_and_keeps_full_leaves_in_sum_and_divisor():
    """Reading 2: (4 + 3) x 12 / (12 - 3) = 9.333."""
    member = table_of(
        rescaling_set(),
        {
            "a": {
                "not_applicable": {"I.2": "none", "I.3": "none"},
                "claimed": {"I.1": {"points": "4"}, "II.1": {"points": "1"}},
            }
        },
    )["members"]["a"]
    assert member["nodes"]["I"]["self"] == "7.00"
    assert member["nodes"]["I"]["rescaled"] == {
        "out": "3.00",
        "self": "9.33",
        "appraised": "9.33",
        "agreed": "9.33",
    }
    assert "rescaled" not in member["nodes"]["II"]
    assert member["totals"]["self"]["base"] == "10.33"


def test_averaged_leaves_stay_in_sum_and_divisor_of_a_rescaled_group():
    """Reading 2: (3 + 2) x 12 / (12 - 3) = 6.667; the 2 is the average of the others."""
    criteria = set_of(
        {
            "I": [
                judged("I.1", "6"),
                judged("I.2", "3", na_policy="RESCALE"),
                judged("I.3", "3", na_policy="BLOC_AVERAGE"),
            ]
        }
    )
    station = {
        "claimed": {"I.1": {"points": "3"}},
        "not_applicable": {"I.2": "no such task", "I.3": "no such fund"},
    }
    others = {"claimed": {"I.3": {"points": "2"}}}
    table = table_of(criteria, {"a": others, "station": station})
    assert table["members"]["station"]["nodes"]["I"]["rescaled"]["self"] == "6.67"


def test_tie_rules_use_the_rescaled_group():
    """Reading 2: 9 points each; group I of a is 6 raw and 8 rescaled, of b it is 7."""
    b = {"I.1": "4", "I.2": "0", "I.3": "3", "II.1": "2"}
    a = {"I.1": "3", "I.3": "3", "II.1": "1"}
    table = table_of(
        rescaling_set(),
        {
            "b": {"claimed": {code: {"points": points} for code, points in b.items()}},
            "a": {
                "not_applicable": {"I.2": "none"},
                "claimed": {code: {"points": points} for code, points in a.items()},
            },
        },
    )
    assert table["members"]["a"]["tie"]["agreed"]["same_total_as"] == ["b"]
    assert table["members"]["a"]["tie"]["agreed"]["tie_decided_by"] == "group:I"
    assert table["order"] == ["a", "b"]


def test_exemption_of_a_whole_group_is_refused_with_the_group_named():
    """Reading 3."""
    criteria = set_of({"I": [judged("I.1", na_policy="RESCALE")], "II": [judged("II.1")]})
    with pytest.raises(InputError, match="No leaf of the group I would apply") as refusal:
        table_of(criteria, {"a": {"not_applicable": {"I.1": "none"}}})
    assert refusal.value.field == "I"


def test_average_with_nobody_left_is_refused_with_the_leaf_named():
    """Reading 3."""
    criteria = set_of({"I": [judged("I.1", na_policy="BLOC_AVERAGE"), judged("I.2")]})
    with pytest.raises(InputError, match="left to average I.1"):
        check_exemptions(criteria, {"a": ["I.1"], "b": ["I.1"]})
    with pytest.raises(InputError, match="left to average I.1"):
        check_exemptions(criteria, {"a": ["I.1"], "b": []}, unranked=frozenset({"b"}))
    check_exemptions(criteria, {"a": ["I.1"], "b": []})


def test_step_binds_judged_points_and_not_computed_ones():
    """Reading 4."""
    criteria = set_of({"I": [judged("I.1"), leaf("I.2", "10", RATIO)]})
    with pytest.raises(InputError, match="0.3 points are not a multiple of the step 0.25"):
        table_of(criteria, {"a": {"claimed": {"I.1": {"points": "0.3"}}}})
    member = table_of(criteria, {"a": {"claimed": {"I.2": ratio_of("1", "3")}}})["members"]["a"]
    assert member["leaves"]["I.2"]["self"] == "3.33"


def test_judged_points_stay_within_the_maximum():
    """Reading 4."""
    with pytest.raises(InputError, match="10.25 points are more than the maximum of 10"):
        table_of(set_of({"I": [judged("I.1")]}), {"a": {"claimed": {"I.1": {"points": "10.25"}}}})


def test_points_set_by_hand_keep_the_step_for_judged_and_the_decimals_elsewhere():
    """Reading 4: for what a person types the step binds, for a computed rule the decimals do."""
    criteria = set_of({"I": [judged("I.1"), leaf("I.2", "10", RATIO)]})

    def by_hand(code, points):
        change = {code: {"points": points, "reason": "checked"}}
        claimed = {"I.1": {"points": "1"}, "I.2": ratio_of("1", "3")}
        member = {"claimed": claimed, "appraised": change}
        return table_of(criteria, {"a": member})["members"]["a"]["leaves"][code]["appraised"]

    assert by_hand("I.1", "2.25") == "2.25"
    with pytest.raises(InputError, match="2.26 points are not a multiple of the step 0.25"):
        by_hand("I.1", "2.26")
    assert by_hand("I.2", "2.26") == "2.26"
    with pytest.raises(InputError, match="2.265 points are not a multiple of the step 0.01"):
        by_hand("I.2", "2.265")
    with pytest.raises(InputError, match="10.01 points are more than the maximum of 10"):
        by_hand("I.2", "10.01")


def graded(points, **more):
    criteria = set_of(
        {"I": [judged("I.1")]},
        bonus=[bonus("T.1", "5", {"kind": "judged"})],
        penalties=[penalty("TR.1", {"kind": "penalty", "each": "1"})],
    )
    claimed = {"I.1": {"points": points}, **more}
    return table_of(criteria, {"a": {"claimed": claimed}})["members"]["a"]


def test_grade_goes_by_the_total_with_bonus_and_penalties():
    """Reading 5: 7 + 1 reaches 8, 8 - 1 does not."""
    assert graded("7")["grade"]["agreed"] == "Fair"
    assert graded("7", **{"T.1": {"points": "1"}})["grade"]["agreed"] == "Good"
    assert graded("8", **{"TR.1": {"count": "1"}})["grade"]["agreed"] == "Fair"


def test_total_is_not_clamped_and_below_every_threshold_is_the_lowest_grade():
    """Reading 5."""
    over = graded("10", **{"T.1": {"points": "5"}})
    assert over["totals"]["agreed"]["total"] == "15.00"
    below = graded("0", **{"TR.1": {"count": "3"}})
    assert below["totals"]["agreed"]["total"] == "-3.00"
    assert below["grade"]["agreed"] == "Weak"


def test_parents_are_never_counted_twice():
    """Reading 2: base is the sum of groups, which hold the sums of their leaves."""
    member = graded("6")
    assert member["nodes"]["I"]["self"] == member["totals"]["self"]["base"] == "6.00"
    assert Decimal(member["totals"]["self"]["total"]) == 6
