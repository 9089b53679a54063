"""docs/criteria.md and docs/scoring-rules.md say what the kernel does."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

import scoring
from scoring.kernel.arithmetic import plain, rounded
from scoring.kernel.criteria import Part
from scoring.kernel.errors import InputError
from scoring.kernel.loading import parse_yaml, read_rule, read_set
from scoring.kernel.rules import PENALTY_KINDS, RULES
from scoring.kernel.rules.inputs import Distance

DOCS = Path(scoring.__file__).parents[1] / "docs"
CRITERIA = (DOCS / "criteria.md").read_text(encoding="utf-8")
# The paragraph of each kind, which begins with its name in bold.
PARAGRAPHS = dict(re.findall(r"^\*\*`(\w+)`\*\*(.*?)(?=\n\n|\Z)", CRITERIA, re.M | re.S))

LATE = {"due": "2022-03-31", "received_at": "2022-04-05T08:00:00+07:00"}
EXAMPLES = [
    ("binary", {"met": True}, "6"),
    ("levels", {"level": "Fair"}, "3.5"),
    ("bands", {"value": "97.995"}, "4"),
    ("bands", {"value": "94.9"}, "0"),
    ("ratio", {"actual": "92", "target": "100"}, "5.52"),
    ("ratio", {"actual": "50", "target": "100"}, "3"),
    ("ratio", {"actual": "49", "target": "100"}, "0"),
    ("deadline", LATE, "3"),
    ("deadline", {**LATE, "received_at": "2022-04-06T08:00:00+07:00"}, "1"),
    ("deadline", {**LATE, "received_at": None}, "0"),
    ("deduct", {"counts": {"Late report": 2, "Missing report": 1}}, "5"),
    ("per_unit", {"count": "2.5"}, "3.75"),
    ("external", {"value": "87.35"}, "5.24"),
    ("relative", {"actual": "80", "target": "100"}, "2.4"),
    ("relative", {"actual": "110", "target": "100"}, "3.6"),
    ("judged", {"points": "4.25"}, "4.25"),
    ("penalty", {"count": "2"}, "2"),
    ("deadline_penalty", {**LATE, "received_at": None}, "2"),
]


def documented_rule(kind):
    snippet = re.search(r"`(\{kind: .*?\})`", PARAGRAPHS[kind], re.S).group(1)
    part = Part.PENALTY if kind in PENALTY_KINDS else Part.BASE
    return read_rule(parse_yaml(f"rule: {snippet}")["rule"], kind, part)


def test_example_set_of_the_page_is_sound():
    block = re.search(r"```yaml\n(.*?)```", CRITERIA, re.S).group(1)
    assert read_set(parse_yaml(block)).scale == 10


def test_every_rule_kind_has_a_paragraph():
    assert set(PARAGRAPHS) == set(RULES)


@pytest.mark.parametrize(("kind", "raw", "expected"), EXAMPLES)
def test_documented_example_gives_the_documented_points(kind, raw, expected):
    rule = documented_rule(kind)
    more = {"leader": Decimal(150)} if kind == "relative" else {}
    points = rounded(rule.points(rule.read(raw), Decimal(6), **more), 2)
    assert plain(points) == expected
    assert expected in PARAGRAPHS[kind]


def test_documented_accuracy_gives_the_documented_points():
    rule = documented_rule("derived")
    assert [rule.points(Distance(Decimal(n)), Decimal(6)) for n in ("2.5", "2")] == [3, 6]
    with pytest.raises(InputError, match="nothing is entered"):
        rule.read({})


def test_every_reading_is_named_by_a_test():
    rules = (DOCS / "scoring-rules.md").read_text(encoding="utf-8")
    numbers = {int(number) for number in re.findall(r"^(\d+)\. \*\*", rules, re.M)}
    assert numbers == set(range(1, 23))
    tests = "\n".join(
        path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")
    )
    named = re.findall(r'"""Readings? (\d+)(?: and (\d+))?', tests)
    assert {int(number) for pair in named for number in pair if number} == numbers
