"""Readings 14 to 19 of docs/scoring-rules.md: late days, knock-outs, ranks and ties."""

from __future__ import annotations

import pytest

from scoring.kernel.errors import InputError
from tests.kernel.building import judged, leaf, penalty, set_of, table_of

DEADLINE = {
    "kind": "deadline",
    "table": [{"late_days_max": "0", "points": "2"}, {"late_days_max": "3", "points": "1"}],
    "beyond": "0.5",
    "missing": "0",
}
LATE = {
    "kind": "deadline_penalty",
    "table": [{"late_days_max": "3", "minus": "1"}, {"late_days_max": "10", "minus": "2"}],
    "beyond": "KNOCKOUT",
}
EFFECTS = ("EXCLUDE_ALL", "EXCLUDE_FLAG", "SUSPEND", "UNRANK")
KNOCKOUTS = [{"code": effect, "effect": effect, "name": effect} for effect in EFFECTS]
CAP = {"code": "CAP", "effect": "CAP_GRADE", "name": "Capped", "grade": "Fair"}


def late_set(**late):
    return set_of(
        {"I": [judged("I.1"), leaf("I.2", "2", DEADLINE, auto=True)]},
        penalties=[penalty("TR.1", {**LATE, **late}, auto=True)],
        knockouts=[*KNOCKOUTS, CAP],
        tie_break=["group:I", "fewer_penalties", "flag_votes", "chair"],
    )


def events(*pairs):
    return [{"kind": kind, "at": at} for kind, at in pairs]


def late_member(*pairs, **submission):
    """A member due on 15 January 2023; the pairs are its events."""
    return {
        "system": {"I.2": "submission", "TR.1": "submission"},
        "submission": {"due": "2023-01-15", "events": events(*pairs), **submission},
    }


def late_result(member, **late):
    members = {"lead": {"office": "leader"}, "dep": {"office": "deputy"}, "a": member}
    return table_of(late_set(knockout="EXCLUDE_ALL", **late), members)["members"]["a"]


def submitted(at):
    return ("submitted", at)


@pytest.mark.parametrize(
    ("at", "days"),
    [
        ("2023-01-15T23:59:59+07:00", 0),
        ("2023-01-16T00:00:00+07:00", 1),
        ("2023-01-15T16:59:59Z", 0),
        ("2023-01-15T17:00:00Z", 1),
        ("2023-01-01T08:00:00+07:00", 0),
        ("2023-01-16T23:59:59.999999+07:00", 1),
    ],
)
def test_late_days_are_calendar_days_in_vietnam(at, days):
    """Reading 14."""
    assert late_result(late_member(submitted(at)))["late_days"] == days


IN_TIME, LATE_1, LATE_4 = (f"2023-01-{day}T08:00:00+07:00" for day in (14, 16, 19))


@pytest.mark.parametrize(
    ("pairs", "days"),
    [
        ([submitted(IN_TIME), ("supplement_requested", LATE_1), submitted(LATE_4)], 0),
        ([submitted(IN_TIME), ("recalled", LATE_1), submitted(LATE_4)], 4),
        ([submitted(IN_TIME), ("recalled", LATE_1)], None),
        (
            [
                submitted(IN_TIME),
                ("supplement_requested", LATE_1),
                ("recalled", "2023-01-17T08:00:00+07:00"),
                submitted(LATE_4),
            ],
            4,
        ),
        ([], None),
    ],
)
def test_last_completing_submit_counts(pairs, days):
    """Reading 15: a supplement is not late, recalling and submitting again is."""
    assert late_result(late_member(*pairs))["late_days"] == days
    assert late_result(late_member(*pairs[::-1]))["late_days"] == days


def extension(at="2023-01-14T23:59:59+07:00", by="lead"):
    return {"to": "2023-01-18", "granted_at": at, "granted_by": by}


@pytest.mark.parametrize(
    ("granted", "days"),
    [
        (extension(), 0),
        (extension(by="dep"), 0),
        (extension(at="2023-01-15T00:00:00+07:00"), 1),  # the due day has begun
        (extension(by="a"), 1),
    ],
)
def test_extension_counts_if_granted_before_the_due_day_and_by_another(granted, days):
    """Reading 16."""
    member = late_member(submitted(LATE_1), extension=granted)
    assert late_result(member)["late_days"] == days


@pytest.mark.parametrize(("by", "days"), [("lead", 1), ("dep", 0), ("a", 1)])
def test_extension_of_the_leader_is_granted_by_the_deputy(by, days):
    """Reading 16."""
    leader = late_member(submitted(LATE_1), extension=extension(by=by))
    members = {
        "lead": {"office": "leader", **leader},
        "dep": {"office": "deputy"},
        "a": {"office": "member"},
    }
    criteria = late_set(knockout="EXCLUDE_ALL")
    assert table_of(criteria, members)["members"]["lead"]["late_days"] == days


@pytest.mark.parametrize(
    ("pairs", "leaf_points", "minus", "raised"),
    [
        ([submitted(IN_TIME)], "2.00", "0.00", False),
        ([submitted(LATE_1)], "1.00", "1.00", False),
        ([submitted("2023-01-25T08:00:00+07:00")], "0.50", "2.00", False),
        ([submitted("2023-01-26T08:00:00+07:00")], "0.50", "2.00", True),
        ([], "0.00", "2.00", True),
    ],
)
def test_deadline_and_its_penalty(pairs, leaf_points, minus, raised):
    """Reading 17: on time is free; beyond the table the last minus stays and K.O. is raised."""
    found = late_result(late_member(*pairs))
    assert found["leaves"]["I.2"]["agreed"] == leaf_points
    assert found["bonus_and_penalties"]["TR.1"]["agreed"] == minus
    expected = [{"code": "EXCLUDE_ALL", "effect": "EXCLUDE_ALL", "from": "TR.1"}]
    assert found["knockouts"] == (expected if raised else [])


def test_nothing_received_without_a_submission():
    """Reading 17: fed by a submission that is not there."""
    found = late_result({"system": {"I.2": "submission", "TR.1": "submission"}})
    assert found["late_days"] is None
    assert found["leaves"]["I.2"]["agreed"] == "0.00"
    assert [one["from"] for one in found["knockouts"]] == ["TR.1"]


def test_system_that_has_not_reported_yet_leaves_blanks():
    """Reading 17: before the due day nothing is missing."""
    found = late_result({})
    assert found["leaves"]["I.2"]["agreed"] is None
    assert found["knockouts"] == []


def test_penalty_with_a_number_beyond_the_table():
    """Reading 17."""
    members = {"a": late_member()}
    criteria = late_set(beyond="4")
    found = table_of(criteria, members)["members"]["a"]
    assert found["bonus_and_penalties"]["TR.1"]["agreed"] == "4.00"
    assert found["knockouts"] == []


def test_late_knockout_is_named_by_the_rule_or_by_the_bloc():
    """Reading 17."""
    members = {"a": late_member()}
    found = table_of(late_set(), members, knockout_of_late_submission="SUSPEND")
    assert found["members"]["a"]["knockouts"][0]["code"] == "SUSPEND"
    with pytest.raises(InputError, match="knockout_of_late_submission"):
        table_of(late_set(), members)


def found_out(*codes, **finding):
    return [
        {"knockout": code, "source": "s", "document": "d", "received_at": "2023-01-05", **finding}
        for code in codes
    ]


@pytest.mark.parametrize(
    ("code", "rank", "grade", "flag", "merit"),
    [
        ("EXCLUDE_ALL", 1, "Good", False, False),
        ("EXCLUDE_FLAG", 1, "Good", False, True),
        ("SUSPEND", 1, "Good", False, False),
        ("UNRANK", None, "Good", True, True),
        ("CAP", 1, "Fair", True, True),
    ],
)
def test_effect_of_a_knockout(code, rank, grade, flag, merit):
    """Reading 18."""
    member = {"claimed": {"I.1": {"points": "9"}}, "findings": found_out(code)}
    table = table_of(late_set(knockout="SUSPEND"), {"a": member, "b": {}})
    found = table["members"]["a"]
    assert found["totals"]["agreed"]["total"] == "9.00"
    assert found["rank"]["agreed"] == rank
    assert found["grade"]["agreed"] == grade
    assert found["may_be_proposed"] == {"flag": flag, "merit": merit}
    assert table["members"]["b"]["rank"]["agreed"] == (1 if rank is None else 2)
    assert table["order"] == (["b", "a"] if rank is None else ["a", "b"])


def test_capped_grade_does_not_lift_a_lower_one():
    """Reading 18."""
    member = {"claimed": {"I.1": {"points": "2"}}, "findings": found_out("CAP")}
    found = table_of(late_set(knockout="SUSPEND"), {"a": member})["members"]["a"]
    assert found["grade"]["agreed"] == "Weak"


def test_lifted_finding_no_longer_holds_and_twins_are_named_once():
    """Reading 18."""
    lifted = found_out("SUSPEND", lifted_at="2023-02-01")
    findings = [*found_out("EXCLUDE_FLAG", "EXCLUDE_ALL", "EXCLUDE_FLAG"), *lifted]
    found = table_of(late_set(knockout="SUSPEND"), {"a": {"findings": findings}})["members"]["a"]
    assert [one["code"] for one in found["knockouts"]] == ["EXCLUDE_ALL", "EXCLUDE_FLAG"]


def tie_set(*rules):
    return set_of(
        {"I": [judged("I.1")], "II": [judged("II.1")]},
        penalties=[
            penalty("TR.1", {"kind": "penalty", "each": "1"}),
            penalty("TR.2", {"kind": "penalty", "each": "3"}),
        ],
        tie_break=list(rules),
    )


def tied(first, second, **penalties):
    counts = {code: {"count": count} for code, count in penalties.items()}
    return {"claimed": {"I.1": {"points": first}, "II.1": {"points": second}, **counts}}


def ranks(table, name="agreed"):
    return {slug: one["rank"][name] for slug, one in table["members"].items()}


def test_what_no_rule_breaks_stays_shared():
    """Reading 19: 1, 2, 2, 4."""
    members = {"a": tied("9", "9"), "b": tied("5", "5"), "c": tied("5", "5"), "d": tied("1", "1")}
    table = table_of(tie_set("group:I"), members)
    assert ranks(table) == {"a": 1, "b": 2, "c": 2, "d": 4}
    assert table["members"]["b"]["tie"]["agreed"] == {
        "shared_with": ["c"],
        "same_total_as": ["c"],
        "tie_decided_by": None,
    }
    assert table["order"] == ["a", "b", "c", "d"]


def test_last_rule_that_set_a_member_apart_is_named():
    """Reading 19: a leads by group I; b and c are then split by the votes."""
    members = {"c": tied("5", "5"), "b": tied("5", "5"), "a": tied("6", "4")}
    table = table_of(tie_set("group:I", "flag_votes"), members, flag_votes={"b": 3, "c": 2})
    decided = {
        slug: one["tie"]["agreed"]["tie_decided_by"] for slug, one in table["members"].items()
    }
    assert ranks(table) == {"a": 1, "b": 2, "c": 3}
    assert decided == {"a": "group:I", "b": "flag_votes", "c": "flag_votes"}


def test_fewer_penalties_compares_points_and_not_cases():
    """Reading 19: two letters at 1 point cost less than one case at 3."""
    members = {"a": tied("6", "6", **{"TR.2": "1"}), "b": tied("6", "5", **{"TR.1": "2"})}
    assert ranks(table_of(tie_set("fewer_penalties"), members)) == {"a": 2, "b": 1}


def test_votes_and_chair_decide_only_after_the_table_is_frozen():
    """Reading 19."""
    members = {"a": tied("5", "5"), "b": tied("5", "5")}
    table = table_of(tie_set("flag_votes", "chair"), members, chair_order=["b", "a"])
    assert ranks(table, "appraised") == ranks(table, "agreed_on_points") == {"a": 1, "b": 1}
    assert ranks(table) == {"a": 2, "b": 1}
    assert table["members"]["a"]["tie"]["agreed"]["tie_decided_by"] == "chair"


def test_rule_unknown_for_one_of_the_tied_is_passed_over():
    """Reading 19: without votes for b the chair decides, not the votes for a."""
    members = {"a": tied("5", "5"), "b": tied("5", "5")}
    table = table_of(
        tie_set("flag_votes", "chair"), members, flag_votes={"a": 5}, chair_order=["b", "a"]
    )
    assert ranks(table) == {"a": 2, "b": 1}
    shared = table_of(tie_set("chair"), members, chair_order=["b"])
    assert ranks(shared) == {"a": 1, "b": 1}
