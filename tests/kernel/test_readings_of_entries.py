"""Readings 12, 13, 20 and 22 of docs/scoring-rules.md: who enters what, and at which stage."""

from __future__ import annotations

from decimal import Decimal

import pytest

from scoring.kernel.answers_file import read_case
from scoring.kernel.cases import unanswered
from scoring.kernel.errors import InputError
from scoring.kernel.loading import read_rule
from scoring.kernel.rules import FieldType
from tests.kernel.building import bonus, judged, leaf, raw_case, set_of, table_of

DERIVED = {
    "kind": "derived",
    "table": [{"max_delta": "2", "points": "2"}, {"max_delta": "5", "points": "1"}],
    "beyond": "0",
}
BANDS = [{"min": "98", "points": "3"}, {"min": "95", "points": "2"}, {"min": "90", "points": "1"}]


def rule(**document):
    return read_rule(document, "X")


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


def test_bonus_of_the_conference_counts_in_the_agreed_stage_only():
    """Reading 12."""
    criteria = set_of(
        {"I": [judged("I.1")]}, bonus=[bonus("T.1", "1", {"kind": "binary"}, set_by="CONFERENCE")]
    )
    agreed = {"T.1": {"inputs": {"met": True}, "reason": "in the minutes"}}
    member = table_of(criteria, {"a": {"agreed": agreed}})["members"]["a"]
    assert member["bonus_and_penalties"]["T.1"] == {
        "self": None,
        "appraised": None,
        "agreed": "1.00",
    }
    for stage, change in (("claimed", {"met": True}), ("appraised", agreed["T.1"])):
        with pytest.raises(InputError, match=f"a, {stage}, T.1"):
            table_of(criteria, {"a": {stage: {"T.1": change}}})


def test_auto_leaf_has_one_value_in_every_stage_and_nobody_types_it():
    """Reading 12."""
    criteria = set_of({"I": [leaf("I.1", "2", {"kind": "binary"}, auto=True)]})
    member = table_of(criteria, {"a": {"system": {"I.1": {"met": True}}}})["members"]["a"]
    assert member["leaves"]["I.1"] == {
        "na": None,
        "self": "2.00",
        "appraised": "2.00",
        "agreed": "2.00",
        "delta": "0.00",
    }
    change = {"inputs": {"met": True}, "reason": "no"}
    for stage, entry in (("claimed", {"met": True}), ("appraised", change), ("agreed", change)):
        with pytest.raises(InputError, match=f"a, {stage}, I.1"):
            table_of(criteria, {"a": {stage: {"I.1": entry}}})


@pytest.mark.parametrize(
    ("appraised_points", "agreed_points", "columns"),
    [
        (None, None, ("6.00", "6.00", "6.00")),
        ("5", None, ("6.00", "5.00", "5.00")),
        (None, "7", ("6.00", "6.00", "7.00")),
        ("5", "7", ("6.00", "5.00", "7.00")),
    ],
)
def test_a_stage_is_the_claim_overlaid_by_later_changes(appraised_points, agreed_points, columns):
    """Reading 13."""
    member = appraised(
        {"I.1": "6"},
        {"I.1": appraised_points} if appraised_points else {},
        {"I.1": agreed_points} if agreed_points else {},
    )
    found = table_of(set_of({"I": [judged("I.1")]}), {"a": member})["members"]["a"]["leaves"]["I.1"]
    assert tuple(found[column] for column in ("self", "appraised", "agreed")) == columns


def test_later_inputs_replace_points_that_were_set_by_hand():
    """Reading 13: the conference goes back to the rule."""
    criteria = set_of({"I": [leaf("I.1", "4", {"kind": "binary"})]})
    member = {
        "claimed": {"I.1": {"met": True}},
        "appraised": {"I.1": {"points": "1.33", "reason": "a part of it"}},
        "agreed": {"I.1": {"inputs": {"met": True}, "reason": "all of it"}},
    }
    found = table_of(criteria, {"a": member})["members"]["a"]["leaves"]["I.1"]
    assert (found["appraised"], found["agreed"]) == ("1.33", "4.00")


def test_late_data_still_needs_a_provisional_value():
    """Reading 20: blank blocks the submission; zero and an empty count are answers."""
    criteria = set_of(
        {
            "I": [
                judged("I.1", late_data=True),
                judged("I.2"),
                judged("I.3", na_policy="FULL"),
                leaf("I.4", "2", {"kind": "binary"}, auto=True),
                leaf("I.5", "2", DERIVED, auto=True),
            ]
        },
        bonus=[bonus("T.1", "5", {"kind": "judged"})],
    )
    raw = raw_case({"a": {"claimed": {"I.2": {"points": "0"}}, "not_applicable": {"I.3": "none"}}})
    assert unanswered(criteria, read_case(criteria, raw).members[0]) == ("I.1",)


def test_bare_number_stands_for_a_level_only_if_one_level_has_it():
    """Reading 22."""
    levels = rule(
        kind="levels",
        levels=[
            {"label": "best", "points": "2"},
            {"label": "fair", "points": "1"},
            {"label": "late", "points": "1"},
        ],
    )
    assert levels.level_worth(Decimal("2.00")).level == "best"
    with pytest.raises(InputError, match="2 levels are worth 1 points"):
        levels.level_worth(Decimal(1))
    with pytest.raises(InputError, match="0 levels are worth 1.5 points"):
        levels.level_worth(Decimal("1.5"))


EACH_KIND = {
    "binary": ({}, {"met": True}),
    "levels": ({"levels": [{"label": "a", "points": "2"}]}, {"level": "a"}),
    "bands": ({"table": BANDS, "unit": "%"}, {"value": "97.5"}),
    "ratio": ({"numerator": "done", "zero_below": "0.5"}, {"actual": "9", "target": "10"}),
    "deadline": (
        {"table": [{"late_days_max": "0", "points": "2"}], "beyond": "0", "missing": "0"},
        {
            "due": "2022-03-31",
            "received_at": "2022-03-30T10:00:00+07:00",
            "extended_to": "2022-04-01",
        },
    ),
    "deduct": ({"items": [{"label": "late", "minus": "1"}]}, {"counts": {"late": 2}}),
    "per_unit": ({"each": "0.5", "cap": "2", "unit": "model"}, {"count": "2.5"}),
    "external": ({"index": "PAR", "from_scale": "100"}, {"value": "87.35"}),
    "relative": ({"metric": "m", "target": "t"}, {"actual": "1", "target": "0"}),
    "judged": ({"guide": "as seen fit"}, {"points": "1.25"}),
}


@pytest.mark.parametrize(("kind", "example"), EACH_KIND.items())
def test_fields_of_a_rule_name_its_inputs(kind, example):
    """Reading 22: a workbook or form is built from the fields alone; inputs read back equal."""
    parameters, raw = example
    found = rule(kind=kind, **parameters)
    assert [field.name for field in found.fields] == list(raw)
    assert found.read(raw).document() == raw
    assert all(field.choices for field in found.fields if field.type is FieldType.CHOICE)
