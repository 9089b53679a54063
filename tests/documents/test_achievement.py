"""A member's report of achievements, read back from the PDF."""

import datetime
from dataclasses import replace
from decimal import Decimal as D

import pytest

from awards.documents.achievement import TEMPLATE, AchievementReport, FigureLine, PastLine
from awards.documents.header import Header, PlaceDate, SignatureBlock
from awards.documents.layout import LAYOUT
from awards.documents.pdf import to_pdf
from awards.documents.prose import blocks
from tests.documents import khoi_7
from tests.documents.reading import Paper

TEXT = blocks("Sở hoàn thành các chỉ tiêu, nhiệm vụ được giao trong năm 2022.")
WRITTEN = ("situation", "functions", "results", "measures", "compliance", "organisations")
LONG = (
    "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông, nông nghiệp và phát triển nông "
    "thôn, dân dụng và công nghiệp tỉnh Trà Vinh"
)


def past(year=2021, name="Tập thể lao động xuất sắc"):
    day = datetime.date(year + 1, 1, 5)
    return PastLine(year, name, "15/QĐ-UBND", day, "Chủ tịch Ủy ban nhân dân tỉnh Trà Vinh")


def report():
    return AchievementReport(
        header=Header("UBND TỈNH TRÀ VINH", khoi_7.AGRICULTURE.upper(), "41", "BC-SNNPTNT"),
        place_date=PlaceDate("Trà Vinh", datetime.date(2023, 2, 27), 2023),
        member=khoi_7.AGRICULTURE,
        bloc=khoi_7.BLOC,
        year=2022,
        award="Cờ thi đua của Ủy ban nhân dân tỉnh",
        figures=(
            FigureLine("I. Nhiệm vụ chính trị", D(60), D("59.5"), D("58.75")),
            FigureLine("Điểm thưởng", None, D("2"), D("2")),
            FigureLine("Điểm trừ", None, D("0"), D("0")),
            FigureLine("Tổng điểm", None, D("98"), D("97.23"), is_total=True),
        ),
        outcome="Kết quả: xếp thứ 1/5 đơn vị được xếp hạng của Khối; xếp loại Xuất sắc.",
        titles=(past(), past(2020)),
        rewards=(past(2019, "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"),),
        signature=SignatureBlock("", "", "THỦ TRƯỞNG ĐƠN VỊ", "GIÁM ĐỐC", "Thạch Văn Mẫu"),
        **dict.fromkeys(WRITTEN, TEXT),
    )


def printed(**changes):
    return Paper(to_pdf(TEMPLATE, replace(report(), **changes)))


@pytest.fixture(scope="module")
def paper():
    return printed()


def test_the_report_follows_the_form_in_its_order(paper):
    outline = [
        "UBND TỈNH TRÀ VINH",
        "SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN",
        "Số: 41/BC-SNNPTNT",
        "BÁO CÁO THÀNH TÍCH Đề nghị tặng Cờ thi đua của Ủy ban nhân dân tỉnh năm 2022",
        "Tên tập thể đề nghị: Sở Nông nghiệp và Phát triển nông thôn.",
        "I. SƠ LƯỢC ĐẶC ĐIỂM, TÌNH HÌNH",
        "1. Đặc điểm, tình hình",
        "2. Chức năng, nhiệm vụ",
        "II. THÀNH TÍCH ĐẠT ĐƯỢC",
        "1. Kết quả thực hiện nhiệm vụ",
        "I. Nhiệm vụ chính trị 60,00 59,50 58,75",
        "Điểm thưởng 2,00 2,00",
        "Tổng điểm 98,00 97,23",
        "xếp thứ 1/5",
        "2. Các biện pháp, sáng kiến, phong trào thi đua",
        "3. Việc chấp hành chủ trương của Đảng",
        "4. Hoạt động của tổ chức đảng, đoàn thể",
        "III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG",
        "1. Danh hiệu thi đua",
        "2021 Tập thể lao động xuất sắc Quyết định số 15/QĐ-UBND ngày 05/01/2022 của Chủ tịch",
        "2. Hình thức khen thưởng",
        "2019 Bằng khen",
        "Cờ thi đua của Ủy ban nhân dân tỉnh năm 2022./.",
    ]
    places = [paper.text.find(part) for part in outline]
    assert dict(zip(outline, places, strict=True)) == dict(
        zip(outline, sorted(places), strict=True)
    )
    assert -1 not in places
    assert paper.text.count("./.") == 1


def test_the_level_above_confirms_left_and_the_head_signs_right(paper):
    above, head = paper.line("XÁC NHẬN"), paper.line("THỦ TRƯỞNG")
    assert above.baseline == head.baseline
    assert above.right < head.left
    assert head.middle == pytest.approx(paper.line("Thạch Văn Mẫu").middle, abs=0.5)
    assert paper.line("GIÁM ĐỐC").page == head.page == paper.line("Trên đây").page


@pytest.mark.parametrize(
    ("start", "measure", "face"),
    [
        ("UBND TỈNH", "parent", "Tinos"),
        ("SỞ NÔNG NGHIỆP", "issuer", "Tinos-Bold"),
        ("BÁO CÁO THÀNH TÍCH", "title", "Tinos-Bold"),
        ("Đề nghị tặng", "subject", "Tinos-Bold"),
        ("I. SƠ LƯỢC", "heading", "Tinos-Bold"),
        ("59,50", "table-text", "Tinos"),
        ("XÁC NHẬN", "signature", "Tinos-Bold"),
    ],
)
def test_each_element_has_its_face_and_size(paper, start, measure, face):
    line = paper.line(start)
    assert (line.font, line.size) == (face, pytest.approx(LAYOUT[measure].value, abs=0.05))


def test_parts_without_text_are_left_out_and_an_empty_history_says_so():
    empty = printed(**dict.fromkeys(WRITTEN, ()), figures=(), outcome="", titles=(), rewards=())
    assert "TÌNH HÌNH" not in empty.text
    assert "THÀNH TÍCH ĐẠT ĐƯỢC" not in empty.text
    assert "I. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG 1. Danh hiệu thi đua Chưa có." in empty.text
    assert empty.text.count("Chưa có.") == 2
    assert len(empty.texts) == 1


@pytest.mark.parametrize("count", [1, 5, 15, 60])
def test_any_history_and_the_longest_name_stay_within_the_margins(count):
    lines = tuple(past(2021 - n, f"{LONG} {n}") for n in range(count))
    header = Header("UBND TỈNH TRÀ VINH", LONG.upper(), "41", "BC-BQLDA")
    paper = printed(header=header, member=LONG, titles=lines, rewards=lines)
    assert paper.overflow((30, 20, 15, 20)) == []
    assert paper.line("XÁC NHẬN").page == paper.line("THỦ TRƯỞNG").page
    assert paper.fonts <= {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic"}
    assert paper.unembedded == []
