"""docs/voting.md says what the count does."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest

import awards
from awards.votes.outcome import OptionCount, decide
from awards.votes.papers import Form, Sheet, count
from awards.votes.rules import Base, Comparator, Rule, TieBreak, Turnout, reaches

PAGE = (Path(awards.__file__).parents[1] / "docs" / "voting.md").read_text(encoding="utf-8")
[SHARES, PAPERS, OUTCOMES] = [
    block.splitlines() for block in re.findall(r"^```\n(.*?)^```$", PAGE, re.M | re.S)
]
COMPARATORS = {"at least": Comparator.AT_LEAST, "more than": Comparator.MORE_THAN}


@pytest.mark.parametrize("line", SHARES)
def test_documented_share(line):
    words, share, whole, least = re.fullmatch(r"(.+) (\d+/\d+) of (\d+) -> (\w+)", line).groups()
    enough = [
        votes
        for votes in range(int(whole) + 1)
        if reaches(votes, int(whole), COMPARATORS[words], Fraction(share))
    ]
    assert (str(enough[0]) if enough else "never") == least


@pytest.mark.parametrize("line", PAPERS)
def test_documented_papers(line):
    pattern = r"(\w+)(?: at most (\d))?, blank is (\w+): (.+) -> (.+)"
    form, most, blank, papers, expected = re.fullmatch(pattern, line).groups()
    papers = papers.split()
    tally = count(
        Sheet(Form(form), len(papers[0]), int(most or 1)), papers, blank_is_valid=blank == "valid"
    )
    columns = [
        f"{name} {' '.join(map(str, getattr(tally, name)))}" for name in ("yes", "no", "abstain")
    ]
    numbers = f"valid {tally.valid}, invalid {tally.invalid}, blank {tally.blank}"
    assert "; ".join([numbers, *columns]) == expected


@pytest.mark.parametrize("line", OUTCOMES)
def test_documented_outcome(line):
    pattern = r"(.+) (\d+/\d+) of (\d+), (\d) seats?, (\w+): (.+) -> (.+)"
    words, share, whole, seats, tie, votes, expected = re.fullmatch(pattern, line).groups()
    rule = Rule(Base.VALID, COMPARATORS[words], Fraction(share), tie=TieBreak(tie))
    options = [
        OptionCount(int(yes), rank=int(rank) if rank else None)
        for yes, rank in re.findall(r"(\d+)(?: \((\d+)\))?", votes)
    ]
    found = decide(rule, Turnout(*[int(whole)] * 5), options, seats=int(seats))

    def numbered(places):
        return " ".join(str(place + 1) for place in places) or "none"

    said = f"chosen {numbered(found.chosen)}"
    if found.runners:
        said += f"; second round {numbered(found.runners)}"
    assert said == expected
