"""The mark at the foot of the first page: there, readable, and in nobody's way."""

from dataclasses import replace

import pypdfium2
import pytest
import segno

from awards.documents import report, summary
from awards.documents.layout import LAYOUT
from awards.documents.mark import Mark, facts_code
from awards.documents.pdf import to_pdf
from awards.models import PdfVariant
from tests.documents import khoi_7
from tests.documents.reading import HAIR, MM, Paper

ADDRESS = "https://thidua.travinh.gov.vn/documents/check/aB3_dE-gHi45/"
MARK = Mark("Bản phát hành", "aB3_dE-gHi45", ADDRESS)
CODE = LAYOUT["mark-size"].value


def printed(template, document, **how):
    return Paper(to_pdf(template, document, **how))


@pytest.fixture(scope="module")
def papers():
    """A page that stands and one that lies, each without the mark and with it."""
    return [
        (printed(template, document), printed(template, document, mark=MARK))
        for template, document in (
            (report.TEMPLATE, khoi_7.report()),
            (summary.TEMPLATE, khoi_7.summary()),
        )
    ]


def test_the_mark_moves_nothing_and_stands_on_the_first_page_only(papers):
    for bare, marked in papers:
        (line,) = [one for one in marked.lines if one.text.startswith("Bản phát hành")]
        assert (line.text, line.size, line.page) == (MARK.line, LAYOUT["mark-text"].value, 0)
        assert 6 <= line.size <= 7
        assert [one for one in marked.lines if one != line] == bare.lines
        height = marked.sizes[0][1]
        margin = LAYOUT["margin-bottom"].value
        # Printers leave some 4 mm white.
        assert marked.ink(0)[3] >= 4 - HAIR
        assert line.baseline - 3 > height - margin
        for at in range(1, len(marked.sizes)):
            assert marked.ink(at) == bare.ink(at)


def test_the_code_can_be_read_off_the_printed_page(papers):
    for _bare, marked in papers:
        matrix = segno.make(ADDRESS, error="m", micro=False).matrix
        scale = 8
        page = pypdfium2.PdfDocument(marked.data)[0].render(scale=scale).to_pil().convert("L")
        left = LAYOUT["margin-left"].value
        top = marked.sizes[0][1] - LAYOUT["margin-bottom"].value + 3
        step = CODE / len(matrix)
        read = [
            [
                page.getpixel(
                    (
                        round((left + (column + 0.5) * step) * MM * scale),
                        round((top + (row + 0.5) * step) * MM * scale),
                    )
                )
                < 128
                for column in range(len(matrix))
            ]
            for row in range(len(matrix))
        ]
        assert read == [[bool(module) for module in row] for row in matrix]


@pytest.mark.parametrize(
    ("variant", "stated"),
    [(PdfVariant.ACCESSIBLE, r'pdfuaid:part="1"'), (PdfVariant.ARCHIVE, r'pdfaid:part="3"')],
)
def test_the_chosen_form_of_the_file_is_stated_in_it(variant, stated):
    paper = printed(report.TEMPLATE, khoi_7.report(), mark=MARK, variant=variant)
    assert stated in paper.pdf.trailer["/Root"]["/Metadata"].get_data().decode()
    assert paper.unembedded == []


def test_the_code_of_a_draft_follows_from_its_facts_alone():
    facts = khoi_7.report()
    assert facts_code(facts) == facts_code(khoi_7.report())
    assert facts_code(facts) != facts_code(replace(facts, office_year=facts.office_year + 1))
    assert len(facts_code(facts)) == 16
