"""The minutes of the flag's handover, read back from their PDF."""

from dataclasses import replace

import pytest

from awards.documents.handover_minutes import ROOM, TEMPLATE, HandoverMinutes, Party
from awards.documents.header import SignatureBlock
from awards.documents.pdf import to_pdf
from tests.documents import khoi_7
from tests.documents.reading import Paper

GIVER = Party(
    khoi_7.AGRICULTURE,
    "Khối trưởng năm 2022",
    f"ông Lê Văn Đông, Phó Giám đốc {khoi_7.AGRICULTURE}",
)
TAKER = Party(khoi_7.BROADCASTER, "Khối trưởng năm 2023", "ông Thạch Văn Mẫu, Giám đốc")


def signature(title, name):
    return SignatureBlock("", "", title, "", name)


def handover():
    return HandoverMinutes(
        header=khoi_7.head("BB-KTĐ7"),
        bloc=khoi_7.BLOC,
        year=2022,
        day=khoi_7.CONFERENCE_DAY,
        venue="hội trường Sở Nông nghiệp và Phát triển nông thôn",
        giver=GIVER,
        taker=TAKER,
        condition="Cờ nguyên vẹn, sạch, đủ cán và hộp đựng",
        enclosed=("Sổ truyền thống của Khối", "Danh sách Khối trưởng các năm"),
        recipients=("Các đơn vị thành viên Khối 7", "Lưu: VT, Hồ sơ"),
        giver_signature=signature("ĐẠI DIỆN BÊN GIAO", "Lê Văn Đông"),
        taker_signature=signature("ĐẠI DIỆN BÊN NHẬN", "Thạch Văn Mẫu"),
        chair_signature=signature("CHỦ TỌA", "Lê Văn Đông"),
    )


def printed(**changes):
    return Paper(to_pdf(TEMPLATE, replace(handover(), **changes)))


@pytest.fixture(scope="module")
def paper():
    return printed()


def test_the_paper_names_both_sides_the_thing_its_state_and_its_papers(paper):
    for fact in (
        "UBND TỈNH TRÀ VINH",
        "BIÊN BẢN Bàn giao cờ luân lưu của Khối thi đua Khối 7",
        "Hôm nay, ngày 23 tháng 02 năm 2023, tại hội trường Sở Nông nghiệp",
        "I. BÊN GIAO Sở Nông nghiệp và Phát triển nông thôn, Khối trưởng năm 2022.",
        "Đại diện: Ông Lê Văn Đông, Phó Giám đốc Sở Nông nghiệp và Phát triển nông thôn.",
        "II. BÊN NHẬN Đài Phát thanh và Truyền hình tỉnh Trà Vinh, Khối trưởng năm 2023.",
        "Đại diện: Ông Thạch Văn Mẫu, Giám đốc.",
        "Hiện vật: 01 cờ luân lưu của Khối thi đua Khối 7.",
        "Tình trạng: Cờ nguyên vẹn, sạch, đủ cán và hộp đựng.",
        "- Sổ truyền thống của Khối; - Danh sách Khối trưởng các năm.",
        "- Các đơn vị thành viên Khối 7; - Lưu: VT, Hồ sơ.",
    ):
        assert fact in paper.text, fact
    assert paper.text.count("./.") == 1
    assert "DỰ THẢO" not in paper.text


def test_giver_signs_left_and_taker_right_and_the_chair_between_them(paper):
    giver, taker = paper.line("ĐẠI DIỆN BÊN GIAO"), paper.line("ĐẠI DIỆN BÊN NHẬN")
    chair = paper.line("CHỦ TỌA")
    assert giver.baseline == chair.baseline == taker.baseline
    assert giver.right < chair.left < chair.right < taker.left
    names = [line for line in paper.lines if line.text in ("Lê Văn Đông", "Thạch Văn Mẫu")]
    assert [name.text for name in names] == ["Lê Văn Đông", "Lê Văn Đông", "Thạch Văn Mẫu"]
    for name, title in zip(names, (giver, chair, taker), strict=True):
        assert name.middle == pytest.approx(title.middle, abs=0.5)
        assert name.page == title.page


def test_an_ordinary_handover_fits_on_one_page(paper):
    assert len(paper.texts) == 1


def test_the_number_waits_for_a_pen_and_the_day_stands_in_the_text(paper):
    assert "Số: /BB-KTĐ7" in paper.text
    head = [line for line in paper.lines if line.page == 0 and line.baseline < 50]
    assert not any("ngày" in line.text for line in head)


def test_whoever_was_not_named_is_written_in_by_hand():
    text = printed(taker=replace(TAKER, person=""), condition="", enclosed=()).text
    assert f"Đại diện: {ROOM}" in text.replace(" ", "").replace("Đạidiện:", "Đại diện: ")
    assert text.count(ROOM) == 2
    assert "Hồ sơ kèm theo: không." in text


@pytest.mark.parametrize("count", [0, 2, 14, 40])
def test_any_number_of_papers_stays_within_the_margins_and_signs_on_one_page(count):
    papers = tuple(f"Tài liệu thứ {n} " + "kèm theo cờ luân lưu " * 5 for n in range(count))
    paper = printed(enclosed=papers)
    assert paper.overflow((30, 20, 15, 20)) == []
    assert paper.line("ĐẠI DIỆN BÊN GIAO").page == paper.line("CHỦ TỌA").page


def test_every_face_is_embedded_and_the_bytes_are_the_same_each_time(paper):
    assert paper.fonts <= {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic"}
    assert paper.unembedded == []
    assert printed().data == paper.data
