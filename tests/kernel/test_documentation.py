"""docs/criteria.md, docs/rules.md and docs/scoring-rules.md say what the kernel does."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

import scoring
from scoring.kernel.answers_file import read_case
from scoring.kernel.arithmetic import plain, rounded
from scoring.kernel.criteria import Criterion, Part
from scoring.kernel.entries import read_inputs
from scoring.kernel.errors import InputError
from scoring.kernel.loading import parse_yaml, read_rule, read_set
from scoring.kernel.rules import PENALTY_KINDS, RULES
from scoring.kernel.rules.inputs import Distance
from scoring.kernel.tabulation import as_json, tabulate
from tests.kernel.building import judged, set_of

DOCS = Path(scoring.__file__).parents[1] / "docs"
RULES_PAGE = (DOCS / "rules.md").read_text(encoding="utf-8")
# A block is its language ("yaml" or nothing) with its text.
BLOCK = r"^```(yaml)?\n(.*?)^```$"
# The heading of each kind, with all that follows up to the next heading.
KINDS = dict(re.findall(r"^### `(\w+)`(.*?)(?=^##|\Z)", RULES_PAGE, re.M | re.S))
LINE = re.compile(r"(.+) -> (?:refused: (?P<refused>.+)|(?P<points>[0-9.]+)(?:, (?P<raised>\w+))?)")
THE_BEST = Decimal(150)
MAXIMUM = Decimal(6)


def blocks(text):
    return [(language, block) for language, block in re.findall(BLOCK, text, re.M | re.S)]


def examples():
    """Kind and line of every computed example."""
    for kind, text in KINDS.items():
        for language, block in blocks(text):
            if not language:
                yield from ((kind, line) for line in block.splitlines())


def documented(kind):
    [rule] = [block for language, block in blocks(KINDS[kind]) if language]
    part = Part.PENALTY if kind in PENALTY_KINDS else Part.BASE
    return Criterion("X", "X", part, read_rule(parse_yaml(rule), "X", part), max=MAXIMUM)


def inputs_of(criterion, text):
    if criterion.derived:
        return Distance(Decimal(text))
    # As in a file of answers, a count is a number; YAML here keeps all numbers exact.
    raw = parse_yaml(f"inputs: {text}")["inputs"]
    if "counts" in raw:
        raw["counts"] = {
            label: int(count) if count == int(count) else count
            for label, count in raw["counts"].items()
        }
    return read_inputs(set_of({"I": [judged("I.1")]}), criterion, raw)


def test_every_rule_kind_is_on_the_page_with_its_yaml_and_examples():
    assert set(KINDS) == set(RULES)
    for kind in RULES:
        assert documented(kind).rule.kind == kind
    counted = [kind for kind, _line in examples()]
    assert min(counted.count(kind) for kind in RULES) >= 2


@pytest.mark.parametrize(("kind", "line"), list(examples()))
def test_documented_example_gives_the_documented_points(kind, line):
    found, criterion = LINE.fullmatch(line), documented(kind)
    assert found, line
    if found["refused"]:
        with pytest.raises(InputError) as refusal:
            inputs_of(criterion, found[1])
        assert found["refused"] in refusal.value.sentence
        return
    inputs, rule = inputs_of(criterion, found[1]), criterion.rule
    more = {"leader": THE_BEST} if kind == "relative" else {}
    assert plain(rounded(rule.points(inputs, MAXIMUM, **more), 2)) == found["points"]
    if kind == "deadline_penalty":
        assert (rule.knockout if rule.raises_knockout(inputs) else None) == found["raised"]


def whole_examples():
    """Set, answers and results: three blocks one after the other."""
    tail = RULES_PAGE[RULES_PAGE.index("## What a member is not asked") :]
    found = [block for _language, block in blocks(tail)]
    assert len(found) % 3 == 0
    return [found[n : n + 3] for n in range(0, len(found), 3)]


@pytest.mark.parametrize(("criteria", "answers", "results"), whole_examples())
def test_documented_table_is_the_computed_one(criteria, answers, results):
    rules = read_set(parse_yaml(criteria))
    members = {
        slug: {"name": slug, "office": "member", **member}
        for slug, member in parse_yaml(answers).items()
    }
    raw = {"set": rules.code, "review_year": 2026, "members": members}
    table = as_json(tabulate(rules, read_case(rules, raw)))["members"]
    for line in results.splitlines():
        path, expected = line.split(" = ")
        value = table
        for key in path.split():
            value = value[key]
        written = value if isinstance(value, str) else json.dumps(value)
        assert written == expected, line


def test_example_set_of_the_criteria_page_is_sound():
    page = (DOCS / "criteria.md").read_text(encoding="utf-8")
    [(_language, block)] = blocks(page)
    assert read_set(parse_yaml(block)).scale == 10


def test_every_reading_is_named_by_a_test():
    rules = (DOCS / "scoring-rules.md").read_text(encoding="utf-8")
    numbers = {int(number) for number in re.findall(r"^(\d+)\. \*\*", rules, re.M)}
    assert numbers == set(range(1, 23))
    tests = "\n".join(
        path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_*.py")
    )
    # The docstring of a test, not of a module.
    named = re.findall(r'def test_\w+\([^)]*\):\n +"""Readings? (\d+)(?: and (\d+))?', tests)
    assert {int(number) for pair in named for number in pair if number} == numbers
