"""Score sheet, appraisal slip and history of a score, read back from their PDF."""

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from awards.documents import appraisal, history, sheet
from awards.documents.pdf import to_pdf
from awards.documents.sheet import SheetRow
from tests.documents import khoi_large as large
from tests.documents.reading import Paper

MARGINS = (30, 20, 15, 20)


def printed(template, document):
    return Paper(to_pdf(template, document))


def page_of(paper, text):
    return next(at for at, page in enumerate(paper.texts) if text in page)


@pytest.mark.parametrize("criteria", [1, 5, 15, 60, 150])
def test_a_sheet_of_any_length_repeats_its_head_and_keeps_its_margins(criteria):
    paper = printed(sheet.TEMPLATE, large.sheet(criteria, 1))
    signing = page_of(paper, "NGƯỜI LẬP BẢNG")
    assert paper.overflow(MARGINS) == []
    assert set(paper.sizes) == {(297.0, 210.0)}
    assert all("Mã Tiêu chí Điểm tối đa" in text for text in paper.texts[: signing + 1])
    assert len(paper.texts) <= 3 + criteria // 7
    assert "Tổng điểm tự chấm" in paper.texts[signing]
    assert paper.fonts <= {"Tinos", "Tinos-Bold", "Tinos-Italic"}


def test_the_evidence_follows_the_signatures_and_counts_its_own_pages():
    paper = printed(sheet.TEMPLATE, large.sheet(20, 30))
    begins = page_of(paper, "Phụ lục DANH MỤC TÀI LIỆU MINH CHỨNG")
    assert begins == page_of(paper, "THỦ TRƯỞNG ĐƠN VỊ") + 1
    numbers = {line.page: line.text for line in paper.lines if line.baseline < 20}
    assert numbers == {
        **{at: str(at + 1) for at in range(1, begins)},
        **{at: str(at - begins + 1) for at in range(begins + 1, len(paper.texts))},
    }
    assert max(numbers) > begins + 1
    assert paper.overflow(MARGINS) == []
    assert "Danh mục có 30 tài liệu" in paper.texts[-1]


def test_a_sheet_without_evidence_says_so_and_has_no_annex():
    paper = printed(sheet.TEMPLATE, large.sheet(2, 0))
    assert len(paper.texts) == 1
    assert "Không có tài liệu minh chứng kèm theo." in paper.text
    assert "Phụ lục" not in paper.text


def test_blank_zero_and_not_applicable_are_three_answers():
    rows = (
        SheetRow("leaf", "I.1", "Trống", Decimal(5)),
        SheetRow("leaf", "I.2", "Không", Decimal(5), Decimal(0)),
        SheetRow("leaf", "I.3", "Miễn", Decimal(5), None, applies=False),
        SheetRow("leaf", "I.4", "Miễn, tính đủ", Decimal(5), Decimal(5), applies=False),
        SheetRow("part", "", "Điểm thưởng", None),
    )
    document = large.sheet(rows=rows, submitted_on=None)
    assert [line.claimed for line in document.lines] == ["–", "0,00", "KAD", "5,00 KAD", ""]
    text = printed(sheet.TEMPLATE, document).text
    assert "Bảng chưa được nộp cho Khối." in text


def test_words_without_spaces_and_markup_stay_inside_the_sheet():
    row = SheetRow(
        "leaf",
        "I.1",
        "<script>alert(1)</script> " + "x" * 300,
        Decimal(5),
        figures="y" * 200,
        note=large.ADDRESS * 3,
        evidence=tuple(range(1, 40)),
    )
    paper = printed(sheet.TEMPLATE, large.sheet(rows=(row,)))
    assert paper.overflow(MARGINS) == []
    assert "<script>alert(1)</script>" in paper.text


@pytest.mark.parametrize(("criteria", "objections"), [(1, 0), (5, 1), (60, 40)])
def test_a_slip_of_any_length_keeps_its_margins_and_signs_at_its_end(criteria, objections):
    paper = printed(appraisal.TEMPLATE, large.slip(criteria, objections))
    assert paper.overflow(MARGINS) == []
    last = paper.texts[-1]
    assert "ĐẠI DIỆN ĐƠN VỊ THẨM ĐỊNH KHỐI TRƯỞNG" in last
    assert "thẩm định xong ngày 08 tháng 02 năm 2023." in last
    assert ("Đơn vị không có kiến nghị." in paper.text) == (objections == 0)
    assert all("Mã Tiêu chí" in text or "STT" in text for text in paper.texts)


def test_the_slip_tells_claimed_appraised_and_the_difference_with_its_sign():
    lines = large.slip(2).lines
    assert [(one.claimed, one.appraised, one.difference) for one in lines[-2:]] == [
        ("4,50", "4,00", "-0,50"),
        ("90,00", "88,00", "-2,00"),
    ]
    accepted = large.slip(2, accepted_on=datetime.date(2023, 2, 10))
    assert "Đơn vị đồng ý với kết quả thẩm định ngày 10 tháng 02 năm 2023." in accepted.appraisal


@pytest.mark.parametrize("writings", [0, 1, 40])
def test_a_history_of_any_length_keeps_its_margins(writings):
    paper = printed(history.TEMPLATE, large.history(writings))
    assert paper.overflow(MARGINS) == []
    assert paper.text.count("11/01/2023 15:20:00") == writings + bool(writings)
    assert ("Chưa có lần ghi điểm nào." in paper.text) == (writings == 0)
    if writings:
        assert "– 5,64 (143 trên 152)" in paper.text
        assert all("STT Thời điểm" in text for text in paper.texts)


@pytest.mark.parametrize(
    ("template", "document"),
    [
        (sheet.TEMPLATE, large.sheet(3)),
        (appraisal.TEMPLATE, large.slip(3)),
        (history.TEMPLATE, large.history(1)),
    ],
)
def test_the_same_facts_print_the_same_bytes(template, document):
    assert to_pdf(template, document) == to_pdf(template, replace(document))
