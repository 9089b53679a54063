"""The year-end report, read back from its PDF."""

from dataclasses import replace

import pytest

from awards.documents.header import Header, PlaceDate, recipient_lines
from awards.documents.layout import LAYOUT
from awards.documents.pdf import to_pdf
from awards.documents.prose import blocks
from awards.documents.report import TEMPLATE, MemberSection
from tests.documents import khoi_7
from tests.documents.reading import Paper

FACES = {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic"}
LEFT, RIGHT, MIDDLE = 30, 195, 112.5  # the text area of an A4 sheet in mm


def printed(**changes):
    return Paper(to_pdf(TEMPLATE, replace(khoi_7.report(), **changes)))


@pytest.fixture(scope="module")
def paper():
    return printed()


def test_the_report_states_the_facts_of_the_year(paper):
    for fact in (
        "Tổng kết công tác thi đua, khen thưởng năm 2022 và phương hướng, nhiệm vụ năm 2023",
        "Khối thi đua Khối 7 năm 2022 gồm 05 cơ quan, đơn vị thành viên",
        "Đề nghị Ủy ban nhân dân tỉnh Trà Vinh tặng Cờ thi đua năm 2022 cho Sở Nông nghiệp và "
        "Phát triển nông thôn có thành tích tiêu biểu, xuất sắc.",
        "Đề nghị Ủy ban nhân dân tỉnh Trà Vinh tặng Bằng khen cho Sở Giao thông vận tải Trà Vinh.",
        "97,23 1 Xuất sắc",
        "Đài Phát thanh và Truyền hình tỉnh Trà Vinh 88,06 5 Tốt",
    ):
        assert fact in paper.text


def test_the_parts_stand_in_the_order_of_the_outline(paper):
    outline = [
        "Kính gửi:",
        "ĐẶC ĐIỂM, TÌNH HÌNH",
        "Phần I KẾT QUẢ CÔNG TÁC THI ĐUA, KHEN THƯỞNG NĂM 2022",
        "I. NHỮNG KẾT QUẢ ĐẠT ĐƯỢC",
        "1. Công tác lãnh đạo, chỉ đạo",
        "2. Tổ chức phong trào thi đua",
        "3. Kết quả thực hiện nhiệm vụ chính trị của từng đơn vị",
        "3.1. Sở Nông nghiệp và Phát triển nông thôn",
        "3.5. Đài Phát thanh và Truyền hình tỉnh Trà Vinh",
        "4. Điển hình tiên tiến, mô hình mới",
        "5. Công tác khen thưởng",
        "6. Hoạt động của Khối",
        "7. Kết quả chấm điểm, xếp hạng và bình xét",
        "II. TỒN TẠI, HẠN CHẾ VÀ NGUYÊN NHÂN",
        "1. Tồn tại, hạn chế",
        "Phần II PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2023",
        "I. MỤC TIÊU",
        "III. GIẢI PHÁP",
        "ĐỀ XUẤT, KIẾN NGHỊ",
        "Khối thi đua Khối 7./.",
    ]
    places = [paper.text.find(part) for part in outline]
    assert -1 not in places
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("start", "measure", "face"),
    [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "nation", "Tinos-Bold"),
        ("Độc lập - Tự do - Hạnh phúc", "motto", "Tinos-Bold"),
        ("UBND TỈNH TRÀ VINH", "parent", "Tinos"),
        ("KHỐI THI ĐUA KHỐI 7", "issuer", "Tinos-Bold"),
        ("Số: 03/BC-KTĐ7", "number", "Tinos"),
        ("Trà Vinh, ngày 28 tháng 02 năm 2023", "place-date", "Tinos-Italic"),
        ("BÁO CÁO", "title", "Tinos-Bold"),
        ("Tổng kết công tác", "subject", "Tinos-Bold"),
        ("Kính gửi:", "addressee", "Tinos"),
        ("Thực hiện hướng dẫn", "body", "Tinos"),
        ("I. NHỮNG KẾT QUẢ", "heading", "Tinos-Bold"),
        ("Sở Giao thông vận tải", "table-text", "Tinos"),
        ("TM. KHỐI THI ĐUA KHỐI 7", "signature", "Tinos-Bold"),
        ("Lê Văn Đông", "signature", "Tinos-Bold"),
        ("Nơi nhận:", "recipients-label", "Tinos-Bold-Italic"),
        ("- Như trên;", "recipients", "Tinos"),
    ],
)
def test_each_element_has_its_face_and_size(paper, start, measure, face):
    line = paper.line(start)
    assert (line.font, line.size) == (face, pytest.approx(LAYOUT[measure].value, abs=0.05))


def test_only_our_faces_are_embedded(paper):
    assert paper.fonts <= FACES
    assert paper.unembedded == []


def test_nothing_is_printed_in_the_margins(paper):
    assert set(paper.sizes) == {(210.0, 297.0)}
    assert paper.overflow((30, 20, 15, 20)) == []


def test_the_page_number_is_centred_in_the_top_margin_but_on_page_one(paper):
    in_margin = [line for line in paper.lines if line.baseline < 20]
    assert [(line.text, line.page) for line in in_margin] == [
        (str(at + 1), at) for at in range(1, len(paper.texts))
    ]
    for line in in_margin:
        assert line.middle == pytest.approx(MIDDLE, abs=0.5)
        assert 5 < line.baseline < 15
        assert (line.font, line.size) == ("Tinos", LAYOUT["page-number"].value)


def test_the_head_has_two_columns_and_the_date_under_the_motto(paper):
    nation, motto = paper.line("CỘNG HÒA"), paper.line("Độc lập")
    issuer, number, place = paper.line("KHỐI THI"), paper.line("Số:"), paper.line("Trà Vinh,")
    assert nation.right <= RIGHT
    assert nation.baseline == paper.line("UBND").baseline
    assert motto.middle == pytest.approx(nation.middle, abs=0.5)
    assert place.middle == pytest.approx(nation.middle, abs=0.5)
    assert number.middle == pytest.approx(issuer.middle, abs=0.5)
    assert number.baseline == place.baseline
    assert issuer.right < nation.left


def test_the_rules_are_drawn_in_their_lengths(paper):
    motto, issuer = paper.line("Độc lập"), paper.line("KHỐI THI")
    subject = paper.line("nhiệm vụ năm 2023 của")

    def rule_under(line):
        return next(
            rule
            for rule in paper.rules(0)
            if 0 < rule[2] - line.baseline < 4 and rule[0] < line.middle < rule[1]
        )

    left, right, _ = rule_under(motto)
    assert right - left == pytest.approx(motto.right - motto.left, abs=1)
    left, right, _ = rule_under(issuer)
    assert 1 / 3 <= (right - left) / (issuer.right - issuer.left) <= 1 / 2
    left, right, _ = rule_under(subject)
    longest = paper.line("Tổng kết công tác")
    assert 1 / 3 <= (right - left) / (longest.right - longest.left) <= 1 / 2
    assert "___" not in paper.text


def test_the_text_is_justified_indented_and_spaced(paper):
    first, second, third = (
        paper.line(start) for start in ("Thực hiện hướng", "hoạt động các khối", "khen thưởng năm")
    )
    assert first.left - LEFT == pytest.approx(LAYOUT["indent"].value, abs=0.4)
    assert second.left == pytest.approx(LEFT, abs=0.3)
    assert first.right == pytest.approx(RIGHT, abs=0.5)
    assert second.right == pytest.approx(RIGHT, abs=0.5)
    step = (second.baseline - first.baseline) * 72 / 25.4 / 14
    assert 1.15 <= step <= 1.725
    assert third.baseline - second.baseline == pytest.approx(step * 14 * 25.4 / 72, abs=0.05)
    after = paper.line("Trên đây là").baseline - paper.line("bộ làm công tác").baseline
    assert (after * 72 / 25.4) - step * 14 >= 5.9


def test_dashes_of_several_addressees_stand_under_the_colon(paper):
    first, second = paper.line("- Hội đồng Thi đua"), paper.line("- Ban Thi đua")
    assert first.text.endswith(";")
    assert second.text.endswith(".")
    assert first.left == second.left == pytest.approx(paper.line("Kính gửi:").right, abs=1.5)


def test_one_addressee_stands_on_the_line(paper):
    assert (
        "Kính gửi: Ban Thi đua - Khen thưởng tỉnh."
        in printed(addressees=("Ban Thi đua - Khen thưởng tỉnh",)).text
    )


def test_a_short_table_stays_whole_with_the_line_that_announces_it(paper):
    parts = ("Căn cứ tiêu chí", "Tổng điểm", "97,23", "88,06")
    assert len({paper.line(start).page for start in parts}) == 1


def test_the_text_ends_with_the_end_mark_once(paper):
    assert paper.text.count("./.") == 1
    assert printed(closing="Xin trân trọng báo cáo.").text.count("Xin trân trọng báo cáo./.") == 1


def test_signature_and_recipients_share_their_height(paper):
    label, authority = paper.line("Nơi nhận:"), paper.line("TM. KHỐI THI ĐUA KHỐI 7")
    assert label.left == pytest.approx(LEFT, abs=0.5)
    assert authority.left > MIDDLE - 20
    assert label.baseline == pytest.approx(authority.baseline, abs=1.5)
    office = paper.line("PHÓ GIÁM ĐỐC")
    assert office.baseline - paper.line("KHỐI TRƯỞNG").baseline > 25
    assert paper.line("Lê Văn Đông").middle == pytest.approx(authority.middle, abs=0.5)


@pytest.mark.parametrize("lines", range(36))
def test_the_signature_is_never_alone_on_a_page_and_no_heading_parts_from_its_text(lines):
    # The lines push all that follows them over the end of the page.
    pushing = blocks("\n\n".join([*(f"Câu {at}" for at in range(lines)), "# Khó khăn\nThân"]))
    paper = printed(member_sections=(), situation=pushing)
    name = paper.line("Lê Văn Đông")
    assert paper.line("Trên đây là").page == paper.line("TM. KHỐI THI ĐUA").page == name.page
    for at in range(len(paper.texts)):
        last = max((line for line in paper.lines if line.page == at), key=lambda x: x.baseline)
        assert last.text == "Lê Văn Đông" or not last.font.startswith("Tinos-Bold")


def test_a_report_without_optional_parts_closes_up_its_numbers():
    paper = printed(
        addressees=(), situation=(), members=(), leadership=(), member_sections=(), exemplars=(),
        rewards=(), reward_lines=(), activities=(), score_text=(), nominations=(), limits=(),
        causes=(), lessons=(), goals=(), tasks=(), proposals=(), recipients=(), score_source="",
        header=Header("", "KHỐI THI ĐUA KHỐI 7", "", "BC-KTĐ7"),
        place_date=PlaceDate("Trà Vinh", None, 2023),
    )  # fmt: skip
    assert "1. Tổ chức phong trào thi đua" in paper.text
    assert "2. Kết quả chấm điểm" in paper.text
    assert "I. GIẢI PHÁP" in paper.text
    for absent in ("Kính gửi", "ĐẶC ĐIỂM", "TỒN TẠI", "ĐỀ XUẤT", "Như trên", "UBND"):
        assert absent not in paper.text
    assert "Số: /BC-KTĐ7" in paper.text
    assert "Trà Vinh, ngày tháng năm 2023" in paper.text
    assert "- Lưu: VT." in paper.text
    assert "/CreationDate" not in paper.pdf.metadata


def test_ten_thousand_words_of_one_member_run_over_pages_within_the_margins():
    words = " ".join(f"từ{at}" for at in range(10_000))
    paper = printed(
        member_sections=(MemberSection(khoi_7.TRADE, blocks(f"{words}\n\n{'dài' * 300}")),)
    )
    assert "từ0" in paper.text
    assert "từ9999" in paper.text
    assert paper.overflow((30, 20, 15, 20)) == []


def test_recipients_open_with_as_above_and_close_with_the_archive():
    assert recipient_lines(("Lưu: VT.", "Khối 7;"), addressed=True) == (
        "- Như trên;",
        "- Khối 7;",
        "- Lưu: VT.",
    )
    assert recipient_lines(()) == ("- Lưu: VT.",)
