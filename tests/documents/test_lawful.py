"""Every paper against the layout law: all sizes of blocs, both ends of what a province may choose."""

import pytest

from awards.documents.layout import LAYOUT, layout_for
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
