"""Figures of one set carried over to another: what fits comes along, the rest is listed."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from scoring.kernel.answers_file import read_case
from scoring.kernel.carry_over import carry_over
from scoring.kernel.dry_run import table_text
from scoring.kernel.errors import InputError
from scoring.kernel.tabulation import tabulate
from tests.kernel.building import bonus, judged, leaf, penalty, raw_case, set_of
from tests.kernel.test_worked_example import answers_of_2022

RATIO = {"kind": "ratio"}
BINARY = {"kind": "binary"}
LATE = {"kind": "deadline", "table": [{"late_days_max": "0", "points": "2"}], "beyond": "0"}


def carried(old, new, members, **options):
    case = read_case(old, raw_case(members))
    return carry_over(old, case, new, **options)


def figures(actual):
    return {"actual": actual, "target": "10"}


def test_same_set_takes_everything_and_gives_the_same_table(set_a):
    case = read_case(set_a, answers_of_2022())
    found = carry_over(set_a, case, set_a)
    assert found.case == case
    assert (found.new, found.gone, found.changed, found.refused) == ((), (), (), ())
    assert table_text(tabulate(set_a, found.case)) == table_text(tabulate(set_a, case))


def test_figures_are_scored_anew_with_the_new_maximum():
    old = set_of({"I": [leaf("I.1", "6", RATIO)]})
    new = set_of({"I": [leaf("I.1", "10", RATIO)]})
    found = carried(old, new, {"a": {"claimed": {"I.1": figures("9")}}})
    table = json.loads(table_text(tabulate(new, found.case)))
    assert table["members"]["a"]["leaves"]["I.1"]["agreed"] == "9.00"


def test_what_stands_in_one_set_only_or_has_another_rule_is_listed():
    old = set_of(
        {"I": [leaf("I.1", "6", RATIO), leaf("I.2", "2", BINARY), leaf("I.3", "2", BINARY)]},
        bonus=[bonus("T.1", "1", {"kind": "per_unit", "each": "1", "cap": "1"})],
    )
    new = set_of(
        {"I": [leaf("I.1", "6", BINARY), leaf("I.2", "2", BINARY), leaf("I.4", "2", BINARY)]},
        penalties=[penalty("TR.1", {"kind": "penalty", "each": "1"})],
    )
    member = {
        "claimed": {"I.1": figures("9"), "I.2": {"met": True}, "I.3": {"met": True}}
        | {"T.1": {"count": "1"}}
    }
    found = carried(old, new, {"a": member})
    assert (found.new, found.gone, found.changed) == (("I.4", "TR.1"), ("I.3", "T.1"), ("I.1",))
    assert list(found.case.members[0].claimed) == ["I.2"]


@pytest.mark.parametrize("more", [{"auto": True}, {}])
def test_figures_of_the_system_do_not_feed_what_members_enter_nor_the_reverse(more):
    typed, fed = (
        set_of({"I": [leaf("I.1", "2", LATE)]}),
        set_of({"I": [leaf("I.1", "2", LATE, auto=True)]}),
    )
    old, new = (fed, typed) if more else (typed, fed)
    part = "system" if more else "claimed"
    inputs = {"due": "2022-12-31", "received_at": None}
    found = carried(old, new, {"a": {part: {"I.1": inputs}}})
    assert found.changed == ("I.1",)
    assert not found.case.members[0].system
    assert not found.case.members[0].claimed


def test_figures_that_the_new_rule_refuses_are_listed_with_the_reason():
    old = set_of({"I": [judged("I.1", "10"), judged("I.2", "10")]})
    new = set_of({"I": [judged("I.1", "5"), judged("I.2", "15")]}, step="1")
    member = {
        "claimed": {"I.1": {"points": "7"}, "I.2": {"points": "3"}},
        "appraised": {"I.2": {"inputs": {"points": "2.5"}, "reason": "checked"}},
        "agreed": {"I.2": {"points": "2", "reason": "agreed"}},
    }
    found = carried(old, new, {"a": member})
    assert [(one.slug, one.code, one.error.sentence) for one in found.refused] == [
        ("a", "I.1", "7 points are more than the maximum of 5."),
        ("a", "I.2", "2.5 points are not a multiple of the step 1."),
    ]
    kept = found.case.members[0]
    assert (list(kept.claimed), list(kept.appraised)) == (["I.2"], [])
    assert kept.agreed["I.2"].points == Decimal(2)


def test_exemption_comes_along_only_where_the_new_set_has_a_policy():
    old = set_of({"I": [judged("I.1"), judged("I.2", na_policy="FULL")]})
    member = {"claimed": {"I.1": {"points": "5"}}, "not_applicable": {"I.2": "no such task"}}
    same = carried(old, old, {"a": member})
    assert same.case.members[0].not_applicable == {"I.2": "no such task"}
    always = set_of({"I": [judged("I.1"), judged("I.2")]})
    found = carried(old, always, {"a": member})
    assert found.case.members[0].not_applicable == {}
    assert [(one.code, one.error.sentence) for one in found.refused] == [
        ("I.2", "The set gives no na_policy for it, so it always applies.")
    ]


def test_exemptions_that_are_handed_over_stand_in_place_of_the_old_ones():
    old = set_of({"I": [judged("I.1"), judged("I.2", na_policy="FULL")]})
    answered = {"claimed": {"I.1": {"points": "5"}, "I.2": {"points": "4"}}}
    found = carried(old, old, {"a": answered}, exempt={"a": {"I.2": "decided this year"}})
    assert found.case.members[0].not_applicable == {"I.2": "decided this year"}
    assert list(found.case.members[0].claimed) == ["I.1"]


def test_exemptions_that_cannot_be_scored_are_refused():
    """Reading 3: also for a trial."""
    criteria = set_of({"I": [judged("I.1", na_policy="RESCALE")], "II": [judged("II.1")]})
    with pytest.raises(InputError, match="No leaf of the group I would apply"):
        carried(criteria, criteria, {"a": {}}, exempt={"a": {"I.1": "no such task"}})


def test_members_that_are_not_kept_leave_votes_and_order_of_the_chair_too():
    criteria = set_of({"I": [judged("I.1")]})
    raw = raw_case({"a": {}, "b": {}}, flag_votes={"a": 1, "b": 2}, chair_order=["b", "a"])
    found = carry_over(criteria, read_case(criteria, raw), criteria, members={"a"})
    assert [one.slug for one in found.case.members] == ["a"]
    assert (found.case.flag_votes, found.case.chair_order) == ({"a": 1}, ("a",))


def test_finding_of_a_knockout_that_the_new_set_lacks_is_listed():
    knockouts = [{"code": "K1", "effect": "EXCLUDE_ALL", "name": "No agreement signed"}]
    old = set_of({"I": [judged("I.1")]}, knockouts=knockouts)
    finding = {"knockout": "K1", "source": "s", "document": "d", "received_at": "2023-01-05"}
    members = {"a": {"findings": [finding]}}
    assert carried(old, old, members).case.members[0].findings
    found = carried(old, set_of({"I": [judged("I.1")]}), members)
    assert found.case.members[0].findings == ()
    assert [one.code for one in found.refused] == ["K1"]
