"""Every paper against the layout law: blocs of all sizes, both ends of a province's choice."""

from dataclasses import replace

import pytest

from awards.documents.layout import LAYOUT, layout_for, mm, pt
from awards.documents.pdf import to_pdf
from awards.models import PrintProfile
from tests.documents.lawful import breaches
from tests.documents.papers_to_read import PAPERS_TO_READ
from tests.documents.reading import Paper

NARROW = PrintProfile(
    margin_top=25, margin_bottom=25, margin_left=35, margin_right=20, head_size=13, body_size=14,
    paragraph_gap=12, line_spacing=1.5,
)  # fmt: skip
WIDE = PrintProfile(head_size=12, body_size=13, indent=1, line_spacing=1)
LAYOUTS = {"usual": LAYOUT, "narrow": layout_for(NARROW), "wide": layout_for(WIDE)}
CASES = [(one, count, "usual") for one in PAPERS_TO_READ for count in one.counts] + [
    (one, one.counts[min(1, len(one.counts) - 1)], layout)
    for one in PAPERS_TO_READ
    for layout in ("narrow", "wide")
]


@pytest.mark.parametrize(
    ("one", "count", "layout"), CASES, ids=[f"{o.name}-{n}-{w}" for o, n, w in CASES]
)
def test_each_paper_keeps_the_layout_law(one, count, layout):
    document, measures = one.build(count), LAYOUTS[layout]
    paper = Paper(to_pdf(one.template, document, layout=measures))
    assert breaches(paper, document, measures, sizes=one.sizes) == []


def factor(value):
    return replace(LAYOUT["line-height"], value=value)


@pytest.mark.parametrize(
    ("name", "measure", "words"),
    [
        ("margin-left", mm(25), "left"),
        ("margin-top", mm(15), "top"),
        ("page-number", pt(12), "page number in"),
        ("nation", pt(15), "nation in"),
        ("number", pt(12), "number in"),
        ("body", pt(12), "text in 12.0 pt"),
        ("line-height", factor(2), "apart"),
        ("issuer-rule", factor(0.9), "under the issuer"),
        ("signature", pt(12), "signature"),
    ],
)
def test_the_reader_sees_a_measure_outside_the_law(name, measure, words):
    one = PAPERS_TO_READ[0]
    document = one.build(1)
    paper = Paper(to_pdf(one.template, document, layout={**LAYOUT, name: measure}))
    assert any(words in breach for breach in breaches(paper, document))
