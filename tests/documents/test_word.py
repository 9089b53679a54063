"""Papers as Word files: the same facts as on the PDF, in styles that an office goes on with."""

import datetime
import io
import re
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from awards.documents import minutes, report, submission, word
from awards.documents.layout import LAYOUT, layout_for
from awards.documents.pdf import to_pdf
from awards.documents.prose import Block, Run, blocks
from awards.models import PrintProfile
from tests.documents import khoi_7, test_report_annexes, test_submission
from tests.documents.papers_to_read import party_report, report_of
from tests.documents.reading import Paper

WRITERS = {
    "report": (word.write_report, khoi_7.report(), report.TEMPLATE),
    "annexed report": (word.write_report, test_report_annexes.report(), report.TEMPLATE),
    "party report": (word.write_report, party_report(5), report.TEMPLATE),
    "minutes": (word.write_minutes, khoi_7.minutes(), minutes.TEMPLATE),
    "submission": (word.write_submission, test_submission.letter(), submission.TEMPLATE),
}
HOSTILE = '<script>alert(1)</script> =HYPERLINK("http://evil.example") \x00\x0b\u202e{{ x }}'
MM = 36000  # of Word's smallest units


def opened(content):
    return docx.Document(io.BytesIO(content))


def parts(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def body_of(content):
    """Every paragraph in its order, those in tables too, as lines without doubled spaces."""
    elements = opened(content).element.body.iter(qn("w:p"))
    lines = ("".join(part.text or "" for part in one.iter(qn("w:t"))) for one in elements)
    return [" ".join(line.split()) for line in lines if line.strip()]


@pytest.fixture(scope="module", params=WRITERS)
def written(request):
    write, document, template = WRITERS[request.param]
    return write(document), document, template


# --- facts


def test_every_sentence_of_the_file_stands_on_the_paper(written):
    """Headings carry their numbers as a list, so the paper's own text is searched without these."""
    content, document, template = written
    paper = Paper(to_pdf(template, document))
    flat = re.sub(r"\s+", "", paper.text).casefold()
    lines = [line for line in body_of(content) if re.sub(r"\s+", "", line).casefold() not in flat]
    # Beside the recipients a long line of the paper may be broken by its neighbour.
    assert [line for line in lines if len(line) > 60] == []
    assert len(lines) <= 2


def test_no_word_and_no_figure_of_the_paper_is_missing_in_the_file(written):
    content, document, template = written
    paper = Paper(to_pdf(template, document)).text.casefold()
    held = {*re.split(r"\s+", " ".join(body_of(content)).casefold())}
    marks = "().,;:/-"
    stripped = {word.strip(marks) for word in held}
    words = {word.strip(marks) for word in paper.split()}
    counted = re.compile(r"[ivx]+|[0-9]{1,2}|[0-9]\.[0-9]+|phần")  # Word counts headings and pages
    missing = {one for one in words - stripped if one and not counted.fullmatch(one)}
    assert missing == set()


def test_bold_steps_and_tables_of_a_text_part_are_kept():
    text = (
        Block("paragraph", "Tốt lắm", (Run("Tốt", bold=True), Run(" lắm", italic=True))),
        Block("step", "Bước đầu", number=1),
        Block(
            "table", "A | B", rows=(("Chỉ tiêu", "Kết quả"), ("Trồng rừng", "100 ha")), head=True
        ),
    )
    file = opened(word.write_report(replace(khoi_7.report(), leadership=text)))
    (runs,) = (one.runs for one in file.paragraphs if one.text == "Tốt lắm")
    assert [(run.text, run.bold, run.italic) for run in runs] == [
        ("Tốt", True, None),
        (" lắm", None, True),
    ]
    assert any(one.text == "1. Bước đầu" for one in file.paragraphs)
    (table,) = (one for one in file.tables if one.cell(0, 0).text == "Chỉ tiêu")
    assert table.cell(1, 1).text == "100 ha"


# --- look


def test_the_page_and_its_styles_have_the_measures_of_the_law(written):
    file = opened(written[0])
    for section in file.sections:
        standing = section.orientation == WD_ORIENT.PORTRAIT
        sides = (round(section.page_width / MM), round(section.page_height / MM))
        assert sides == ((210, 297) if standing else (297, 210))
        assert round(section.left_margin / MM) == 30
        assert {round(one / MM) for one in (section.top_margin, section.bottom_margin)} == {20}
    for style, measure in (("Nội dung", "body"), ("Quốc hiệu", "nation"), ("Chữ ký", "signature")):
        assert file.styles[style].font.size.pt == LAYOUT[measure].value
        assert file.styles[style].font.name == "Times New Roman"
    styles = file.styles.element
    fonts = [face for one in styles.iter(qn("w:rFonts")) for face in one.attrib.values()]
    assert set(fonts) == {"Times New Roman"}
    for name, body in parts(written[0]).items():
        if name.startswith("word/") and "theme" not in name:
            assert not re.search(rb'Cambria(?! Math)|Calibri|Courier|"Symbol|Wingdings', body), name


def test_a_province_s_layout_reaches_the_file():
    profile = PrintProfile(margin_left=35, body_size=13, paragraph_gap=8)
    file = opened(word.write_report(khoi_7.report(), layout=layout_for(profile)))
    assert round(file.sections[0].left_margin / MM) == 35
    assert file.styles["Nội dung"].font.size.pt == 13
    assert file.styles["Nội dung"].paragraph_format.space_after.pt == 8


def test_headings_are_word_s_own_and_numbered_by_it():
    file = opened(word.write_report(khoi_7.report()))
    levels = {one.style.name for one in file.paragraphs if one.style.name.startswith("Heading")}
    assert levels == {"Heading 1", "Heading 2", "Heading 3", "Heading 4"}
    named = [one.text.strip() for one in file.paragraphs if one.style.name == "Heading 2"]
    assert named[0] == "Những kết quả đạt được"  # "I." is the list's, not typed
    for name in levels:
        assert file.styles[name].paragraph_format.keep_with_next


def test_a_part_s_capitals_are_its_name_s_and_not_its_number_s():
    file = opened(word.write_report(khoi_7.report()))
    parts = [one.text.strip() for one in file.paragraphs if one.style.name == "Heading 1"]
    assert "PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2023" in parts
    assert not file.styles["Heading 1"].font.all_caps
    assert file.styles["Heading 1"].next_paragraph_style.name == "Nội dung"


def test_what_announces_a_table_stays_with_it(written):
    above = None
    for element in opened(written[0]).element.body:
        if element.tag == qn("w:tbl") and element.find(".//" + qn("w:tblHeader")) is not None:
            assert above is None or above.find(".//" + qn("w:keepNext")) is not None
        above = element if element.tag == qn("w:p") else None


def test_the_number_of_the_page_is_a_field_and_hidden_on_first_pages(written):
    file = opened(written[0])
    first = file.sections[0]
    assert "PAGE" in first.header._element.xml
    assert "PAGE" not in first.first_page_header._element.xml
    assert all(section.different_first_page_header_footer for section in file.sections)


def test_annexes_lie_where_the_paper_s_do_and_count_their_own_pages():
    file = opened(word.write_report(test_report_annexes.report()))
    lying = [section.orientation == WD_ORIENT.LANDSCAPE for section in file.sections]
    assert lying == [False, True, False, True]
    for section in file.sections[1:]:
        assert section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) == "1"


def test_a_long_note_of_the_annexed_table_gets_room():
    given = test_report_annexes.report()
    first, *others = given.score_table.rows
    noted = replace(first, note="Cùng tổng điểm, xét theo điểm nhóm I; nộp sau thời hạn")
    table = replace(given.score_table, rows=(noted, *others))
    file = opened(word.write_report(replace(given, score_table=table)))
    (summary,) = (one for one in file.tables if one.cell(0, len(one.columns) - 1).text == "Ghi chú")
    assert summary.columns[len(summary.columns) - 1].width > 20 * MM


def test_heads_of_tables_repeat_and_rows_are_not_parted():
    file = opened(word.write_report(report_of(60)))
    (scores,) = (one for one in file.tables if one.cell(0, 2).text == "Tổng điểm")
    assert len(scores.rows) == 61
    first, *rows = (row._tr.trPr for row in scores.rows)
    assert first.find(qn("w:tblHeader")) is not None
    assert all(row.find(qn("w:cantSplit")) is not None for row in rows)


def test_a_draft_says_so_and_a_final_copy_does_not():
    for draft in (True, False):
        content = word.write_minutes(khoi_7.minutes(), draft=draft)
        shown = b"".join(body for name, body in parts(content).items() if "header" in name)
        assert ("DỰ THẢO".encode() in shown) is draft
        assert opened(content).core_properties.title.startswith("Dự thảo") is draft


# --- safety


def test_hostile_text_is_text_and_nothing_leads_outside():
    given = khoi_7.report()
    hostile = replace(given, leadership=blocks(HOSTILE), bloc=f"Khối {HOSTILE}")
    content = word.write_report(hostile)
    assert any("<script>alert(1)</script>" in line for line in body_of(content))
    for name, body in parts(content).items():
        assert not name.endswith((".bin", ".vml"))
        if name.endswith(".rels"):
            assert b'TargetMode="External"' not in body
        assert b"\x00" not in body if name.endswith(".xml") else True


def test_the_same_facts_give_the_same_bytes_at_any_hour(written, monkeypatch):
    content, document, _template = written
    write = next(one for one, given, _t in WRITERS.values() if given is document)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)
    assert write(document) == content
    days = opened(content).core_properties
    assert days.created in (None, days.modified)
    assert days.language == "vi-VN"
    assert datetime.date(2023, 1, 1) < days.created.date() < datetime.date(2024, 1, 1)
