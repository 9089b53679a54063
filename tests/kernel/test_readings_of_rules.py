"""Readings 6 to 11 of docs/scoring-rules.md: the rules."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scoring.kernel.answers_file import read_case
from scoring.kernel.cases import Case, Member
from scoring.kernel.criteria import Stage
from scoring.kernel.errors import CriteriaError, InputError
from scoring.kernel.loading import read_rule
from scoring.kernel.tabulation import recomputed, tabulate
from tests.kernel.building import bonus, judged, leaf, penalty, raw_case, set_of, table_of

RELATIVE = {"kind": "relative"}
DERIVED = {
    "kind": "derived",
    "table": [{"max_delta": "2", "points": "2"}, {"max_delta": "5", "points": "1"}],
    "beyond": "0",
}
UNRANK = {"code": "K9", "effect": "UNRANK", "name": "Too young"}
YOUNG = {"knockout": "K9", "source": "s", "document": "d", "received_at": "2022-12-01"}


def figures(actual, target="100"):
    return {"I.1": {"actual": actual, "target": target}}


def relative_points(members, stage="self"):
    criteria = set_of({"I": [leaf("I.1", "120", RELATIVE), judged("I.2")]}, knockouts=[UNRANK])
    table = table_of(criteria, members)
    return {slug: one["leaves"]["I.1"][stage] for slug, one in table["members"].items()}


def claims(**actuals):
    return {slug: {"claimed": figures(actual)} for slug, actual in actuals.items()}


def test_relative_compares_with_the_best_of_the_bloc():
    """Reading 6."""
    assert relative_points(claims(a="80", b="100", c="110", d="150")) == {
        "a": "48.00",
        "b": "60.00",
        "c": "72.00",
        "d": "120.00",
    }


def test_relative_exactly_at_target_is_half_even_for_the_best():
    """Reading 6."""
    assert relative_points(claims(a="100", b="90")) == {"a": "60.00", "b": "54.00"}


def test_relative_all_best_share_the_maximum():
    """Reading 6: a tie for the best is no reason to lose points."""
    assert relative_points(claims(a="150", b="150")) == {"a": "120.00", "b": "120.00"}


def test_relative_target_zero_is_reached_by_zero_and_exceeded_by_more():
    """Reading 6."""
    actuals = {"a": "0", "b": "5", "c": "10"}
    members = {slug: {"claimed": figures(actual, "0")} for slug, actual in actuals.items()}
    assert relative_points(members) == {"a": "60.00", "b": "90.00", "c": "120.00"}


def test_relative_unranked_member_does_not_lead_but_gets_the_maximum():
    """Reading 6: also exactly at the best, where the formula would divide by nothing."""
    members = claims(a="110", b="150", c="100")
    members["b"]["findings"] = [YOUNG]
    assert relative_points(members) == {"a": "120.00", "b": "120.00", "c": "60.00"}
    alone = {"a": {"claimed": figures("150"), "findings": [YOUNG]}}
    assert relative_points(alone) == {"a": "120.00"}


def test_relative_is_blank_until_all_who_take_part_have_submitted():
    """Reading 6."""
    assert relative_points({**claims(a="110"), "b": {}}) == {"a": None, "b": None}


def test_relative_is_computed_from_the_inputs_of_each_stage():
    """Reading 6: the appraiser lowers the leader, and the other one moves up."""
    members = claims(a="110", b="150")
    members["b"]["appraised"] = {"I.1": {"inputs": figures("120")["I.1"], "reason": "checked"}}
    assert relative_points(members)["a"] == "72.00"
    assert relative_points(members, "appraised")["a"] == "90.00"


def test_relative_still_compares_with_an_actual_whose_points_were_set_by_hand():
    """Reading 6: b keeps leading with 150 although its points were lowered."""
    members = claims(a="110", b="150")
    members["b"]["appraised"] = {"I.1": {"points": "90", "reason": "checked"}}
    assert relative_points(members, "appraised") == {"a": "72.00", "b": "90.00"}


def test_relative_and_averages_stay_blank_without_the_whole_bloc():
    """Readings 6 and 7: a member's own page does not compare it with itself."""
    criteria = set_of(
        {"I": [leaf("I.1", "120", RELATIVE), judged("I.2", na_policy="BLOC_AVERAGE")]}
    )
    inputs = criteria.find("I.1").rule.read(figures("150")["I.1"])
    some = {"I.2": criteria.find("I.2").rule.read({"points": "4"})}
    members = (
        Member("a", "A", claimed={"I.1": inputs}, not_applicable={"I.2": "none"}),
        Member("b", "B", claimed={"I.1": inputs, **some}),
    )
    for whole, expected in ((True, {"I.1": 120, "I.2": 4}), (False, {"I.1": None, "I.2": None})):
        result = tabulate(criteria, Case(members, whole_bloc=whole)).members["a"]
        points = {code: leaf.points[Stage.CLAIMED] for code, leaf in result.leaves.items()}
        assert points == expected


def test_bloc_average_is_the_rounded_mean_of_ranked_members_with_points():
    """Reading 7: (4 + 4 + 5) / 3 = 4.333, per stage; the unranked 10 stays out."""
    criteria = set_of(
        {"I": [judged("I.1", na_policy="BLOC_AVERAGE"), judged("I.2")]}, knockouts=[UNRANK]
    )
    members = {
        slug: {"claimed": {"I.1": {"points": points}}}
        for slug, points in {"a": "4", "b": "4", "c": "5", "young": "10"}.items()
    }
    members["young"]["findings"] = [YOUNG]
    members["a"]["appraised"] = {"I.1": {"points": "3", "reason": "checked"}}
    members["none"] = {"not_applicable": {"I.1": "none"}}
    found = table_of(criteria, members)["members"]["none"]["leaves"]["I.1"]
    assert found == {
        "na": "BLOC_AVERAGE",
        "self": "4.33",
        "appraised": "4.00",
        "agreed": "4.00",
        "delta": "-0.33",
    }


def test_points_moved_by_other_members_are_listed_and_need_no_reason():
    """Reading 8: only b was changed, so only a's points were recomputed."""
    criteria = set_of({"I": [leaf("I.1", "120", RELATIVE)]})
    members = claims(a="110", b="150")
    before = tabulate(criteria, read_case(criteria, raw_case(members)))
    members["b"]["agreed"] = {"I.1": {"inputs": figures("120")["I.1"], "reason": "checked"}}
    after = tabulate(criteria, read_case(criteria, raw_case(members)))
    moved = recomputed(before, after, entered={("b", "I.1")})
    assert [(one.slug, one.code, one.stage) for one in moved] == [("a", "I.1", Stage.AGREED)]
    assert (moved[0].before, moved[0].after) == (Decimal(72), Decimal(90))


def derived_set(**keys):
    return set_of(
        {
            "I": [judged("I.1", **keys), judged("I.2"), leaf("I.3", "2", DERIVED, auto=True)],
        },
        bonus=[bonus("T.1", "5", {"kind": "judged"})],
        penalties=[penalty("TR.1", {"kind": "penalty", "each": "4"})],
    )


def appraised(claimed, changes, agreed=None, **more):
    return {
        "claimed": {code: {"points": points} for code, points in claimed.items()},
        "appraised": {
            code: {"points": points, "reason": "checked"} for code, points in changes.items()
        },
        "agreed": {
            code: {"points": points, "reason": "agreed"} for code, points in (agreed or {}).items()
        },
        **more,
    }


@pytest.mark.parametrize(
    ("claimed", "changes", "expected"),
    [
        ({"I.1": "8", "I.2": "5"}, {"I.1": "6"}, "2.00"),  # exactly 2: the edge is inclusive
        ({"I.1": "8", "I.2": "5"}, {"I.1": "5.75"}, "1.00"),
        ({"I.1": "8", "I.2": "5"}, {"I.1": "3", "I.2": "9"}, "2.00"),  # -5 and +4 cancel
        ({"I.1": "8", "I.2": "8"}, {"I.1": "2"}, "0.00"),
        ({"I.1": "8"}, {"I.2": "9"}, "2.00"),  # I.2 has no claimed points: not counted
    ],
)
def test_derived_measures_base_leaves_with_points_in_both_columns(claimed, changes, expected):
    """Reading 9."""
    table = table_of(derived_set(), {"a": appraised(claimed, changes)})
    found = table["members"]["a"]["leaves"]["I.3"]
    assert found["self"] is None
    assert found["appraised"] == expected


def test_derived_skips_bonus_penalties_and_what_does_not_apply():
    """Reading 9."""
    member = appraised({"I.2": "5", "T.1": "5"}, {"T.1": "0"}, not_applicable={"I.1": "none"})
    member["claimed"]["TR.1"] = {"count": "0"}
    member["appraised"]["TR.1"] = {"inputs": {"count": "3"}, "reason": "letters"}
    other = appraised({"I.1": "10", "I.2": "5"}, {"I.1": "1"})
    criteria = derived_set(na_policy="BLOC_AVERAGE")
    result = table_of(criteria, {"a": member, "b": other})["members"]["a"]
    assert result["leaves"]["I.1"]["delta"] == "-9.00"
    assert result["leaves"]["I.3"]["appraised"] == "2.00"


def test_derived_is_fixed_at_the_appraisal():
    """Reading 9: the conference takes 8 points off, the leaf keeps its points."""
    table = table_of(derived_set(), {"a": appraised({"I.1": "8"}, {}, {"I.1": "0"})})
    assert table["members"]["a"]["leaves"]["I.3"]["agreed"] == "2.00"


def test_delta_without_derived_leaves_its_points_out():
    """Reading 9."""
    member = table_of(derived_set(), {"a": appraised({"I.1": "8"}, {"I.1": "7"})})["members"]["a"]
    assert (member["delta"], member["delta_without_derived"]) == ("1.00", "-1.00")


def rule(**document):
    return read_rule(document, "X")


def test_ratio_with_target_zero_is_refused_and_points_to_not_applicable():
    """Reading 10."""
    with pytest.raises(InputError, match="not applicable") as refusal:
        rule(kind="ratio").read({"actual": "0", "target": "0"})
    assert refusal.value.field == "target"


def test_ratio_cap_other_than_one_is_refused():
    """Reading 10."""
    with pytest.raises(CriteriaError, match="the cap of a ratio is 1.2; only 1 is possible"):
        rule(kind="ratio", cap="1.2")


def test_ratio_exactly_on_zero_below_is_not_below():
    """Reading 10."""
    ratio = rule(kind="ratio", zero_below="0.5")
    points = [
        ratio.points(ratio.read({"actual": actual, "target": "100"}), Decimal(6))
        for actual in ("50", "49.999", "120")
    ]
    assert points == [3, 0, 6]


def test_not_applicable_needs_a_policy_of_the_set_and_a_reason():
    """Reading 10: a scorer cannot exempt itself in December."""
    criteria = set_of({"I": [judged("I.1"), judged("I.2", na_policy="FULL")]})
    with pytest.raises(InputError, match="always applies"):
        table_of(criteria, {"a": {"not_applicable": {"I.1": "none"}}})
    with pytest.raises(InputError, match="Give a reason"):
        table_of(criteria, {"a": {"not_applicable": {"I.2": " "}}})


BANDS = [{"min": "98", "points": "3"}, {"min": "95", "points": "2"}, {"min": "90", "points": "1"}]


@pytest.mark.parametrize(
    ("value", "expected"),
    [("120", 3), ("98", 3), ("97.9999", 2), ("95", 2), ("90", 1), ("89.99", 0), ("-4", 0)],
)
@pytest.mark.parametrize("kind", ["bands", "external"])
def test_bands_are_half_open_and_zero_below_the_lowest(kind, value, expected):
    """Reading 11: `external` uses the same table."""
    bands = rule(kind=kind, table=BANDS)
    assert bands.points(bands.read({"value": value}), Decimal(3)) == expected


def test_external_above_its_scale_is_refused():
    """Reading 11."""
    external = rule(kind="external", from_scale="100")
    assert external.points(external.read({"value": "100"}), Decimal(5)) == 5
    with pytest.raises(InputError, match="The index is 100.01, its scale ends at 100"):
        external.read({"value": "100.01"})


def test_per_unit_admits_halves_and_penalty_does_not():
    """Reading 11."""
    per_unit = rule(kind="per_unit", each="1", cap="3")
    points = [per_unit.points(per_unit.read({"count": n}), Decimal(3)) for n in ("2.5", "4")]
    assert points == [Decimal("2.5"), 3]
    with pytest.raises(InputError, match="whole number or a half"):
        per_unit.read({"count": "2.3"})


def test_deduct_with_nothing_to_report_is_an_answer():
    """Reading 11: an empty count gives the maximum, a missing one is refused."""
    deduct = rule(kind="deduct", items=[{"label": "late", "minus": "0.25"}])
    assert deduct.points(deduct.read({"counts": {}}), Decimal(2)) == 2
    assert deduct.points(deduct.read({"counts": {"late": 3}}), Decimal(2)) == Decimal("1.25")
    assert deduct.points(deduct.read({"counts": {"late": 90}}), Decimal(2)) == 0
    with pytest.raises(InputError, match="missing"):
        deduct.read({})
