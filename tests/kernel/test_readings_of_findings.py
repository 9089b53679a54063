"""Findings with an effect of their own, where the criteria list no knock-out (reading 18)."""

from __future__ import annotations

import dataclasses
import datetime

import pytest

from scoring.kernel.answers_file import read_case
from scoring.kernel.cases import Finding
from scoring.kernel.criteria import Effect, Knockout
from scoring.kernel.tabulation import as_json, tabulate

from .building import judged, raw_case, set_of

DAY = datetime.date(2023, 1, 5)
LISTED = {"code": "K1", "effect": "EXCLUDE_FLAG", "name": "Listed"}


def finding(effect: Effect, grade: str | None = None, lifted_at: datetime.date | None = None):
    own = Knockout("", effect, "Late taxes", grade)
    return Finding("", "Tax office", "12/TB", DAY, lifted_at, own)


def table(*findings: Finding):
    """Member a has 10 of 10 points and the findings, b has 9."""
    criteria = set_of({"I": [judged("I.1")]}, knockouts=[LISTED])
    points = {slug: {"claimed": {"I.1": {"points": p}}} for slug, p in (("a", "10"), ("b", "9"))}
    case = read_case(criteria, raw_case(points))
    first, *others = case.members
    found = dataclasses.replace(first, findings=findings)
    return as_json(tabulate(criteria, dataclasses.replace(case, members=(found, *others))))


def standing(member):
    may = member["may_be_proposed"]
    return member["rank"]["agreed"], member["grade"]["agreed"], may["flag"], may["merit"]


@pytest.mark.parametrize(
    ("effect", "grade", "expected"),
    [
        (Effect.EXCLUDE_FLAG, None, (1, "Good", False, True)),
        (Effect.EXCLUDE_ALL, None, (1, "Good", False, False)),
        (Effect.CAP_GRADE, "Fair", (1, "Fair", True, True)),
        (Effect.UNRANK, None, (None, "Good", True, True)),
        (Effect.SUSPEND, None, (1, "Good", False, False)),
    ],
)
def test_what_a_finding_takes_away_by_itself(effect, grade, expected):
    found = table(finding(effect, grade))["members"]
    assert standing(found["a"]) == expected
    assert found["a"]["totals"]["agreed"]["total"] == "10.00"
    assert found["a"]["knockouts"] == [{"code": "", "effect": effect.value, "from": "finding"}]
    assert standing(found["b"]) == (1 if effect is Effect.UNRANK else 2, "Good", True, True)


@pytest.mark.parametrize("effect", list(Effect))
def test_a_lifted_finding_takes_nothing_away(effect):
    found = table(finding(effect, "Fair", lifted_at=DAY))["members"]["a"]
    assert standing(found) == (1, "Good", True, True)
    assert found["knockouts"] == []


def test_the_lowest_of_several_caps_holds():
    found = table(finding(Effect.CAP_GRADE, "Weak"), finding(Effect.CAP_GRADE, "Fair"))
    assert standing(found["members"]["a"]) == (1, "Weak", True, True)


def test_findings_of_their_own_follow_those_of_the_set():
    listed = Finding("K1", "Inspectorate", "3/KL", DAY)
    found = table(finding(Effect.UNRANK), listed, finding(Effect.SUSPEND))["members"]["a"]
    effects = [(one["code"], one["effect"]) for one in found["knockouts"]]
    assert effects == [("K1", "EXCLUDE_FLAG"), ("", "UNRANK"), ("", "SUSPEND")]
