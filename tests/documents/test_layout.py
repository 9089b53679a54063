"""The measures: within the law, said once, used by the stylesheet."""

import re
from pathlib import Path

import pytest

from awards.documents.layout import LAYOUT, ballot_measures, custom_properties, summary_measures

ROOT = Path(__file__).resolve().parents[2]
CSS = (ROOT / "static" / "css" / "print.css").read_text()


@pytest.mark.parametrize("name", LAYOUT)
def test_each_measure_stays_within_the_bounds_of_the_law(name):
    measure = LAYOUT[name]
    assert measure.low <= measure.value <= measure.high


def test_the_stylesheet_uses_only_measures_that_exist():
    measures = custom_properties() + summary_measures(4, ("10,00",), ("100,00",))
    measures += ballot_measures(13, 12)
    defined = set(re.findall(r"(--[a-z-]+):", measures))
    assert set(re.findall(r"var\((--[a-z-]+)\)", CSS)) <= defined


def test_the_stylesheet_repeats_no_size_and_no_margin_of_the_page():
    assert not re.search(r"font-size:\s*[\d.]+(pt|mm|px)", CSS)
    assert re.findall(r"@page[^{]*{[^}]*?\d+mm", CSS) == []


def test_the_list_in_the_docs_agrees():
    text = (ROOT / "docs" / "papers.md").read_text()
    rows = dict(re.findall(r"^\| `([a-z-]+)` \| ([^|]+?) \|", text, re.MULTILINE))
    assert rows == {name: str(measure) for name, measure in LAYOUT.items()}


@pytest.mark.parametrize(
    ("groups", "longest", "size"),
    [(3, "42,73", "10.5pt"), (4, "42,73", "10pt"), (8, "42,73", "7.5pt"), (4, "450,00", "9pt")],
)
def test_the_summary_takes_the_largest_text_with_which_its_columns_fit(groups, longest, size):
    assert f"--summary-text:{size}" in summary_measures(groups, (longest,), (longest,))
