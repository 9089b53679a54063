"""The submission letter with its list, read back from the PDF."""

import datetime
from dataclasses import replace
from decimal import Decimal as D

import pytest

from awards.documents.header import PlaceDate
from awards.documents.layout import LAYOUT
from awards.documents.pdf import to_pdf
from awards.documents.prose import blocks
from awards.documents.submission import (
    TEMPLATE,
    AwardRequest,
    Enclosure,
    ProposedMember,
    SubmissionLetter,
)
from tests.documents import khoi_7
from tests.documents.reading import Paper

PORTRAIT, LANDSCAPE = (210.0, 297.0), (297.0, 210.0)
LONG = (
    "Ban Quản lý dự án đầu tư xây dựng các công trình giao thông, nông nghiệp và phát triển nông "
    "thôn, dân dụng và công nghiệp tỉnh Trà Vinh"
)
GROUNDS = blocks("Dẫn đầu Khối về điểm thi đua năm 2022; hoàn thành các chỉ tiêu được giao.")


def member(name=khoi_7.AGRICULTURE, award="Cờ thi đua năm 2022", **more):
    usual = {"total": D("97.23"), "places": 2, "rank": 1, "in_favour": 5, "base": 5}
    return ProposedMember(name, award, **{**usual, "grounds": GROUNDS, **more})


def letter():
    return SubmissionLetter(
        header=khoi_7.head("TTr-KTĐ7", "3"),
        place_date=PlaceDate("Trà Vinh", datetime.date(2023, 2, 28), 2023),
        bloc=khoi_7.BLOC,
        year=2022,
        addressees=(khoi_7.COMMITTEE, "Hội đồng Thi đua - Khen thưởng tỉnh"),
        through="Ban Thi đua - Khen thưởng tỉnh",
        grounds=(
            "Luật Thi đua, khen thưởng năm 2003",
            "Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ",
            "kết quả bình xét tại Hội nghị tổng kết ngày 23 tháng 02 năm 2023",
        ),
        opening=(),
        requests=(
            AwardRequest("Cờ thi đua của Ủy ban nhân dân tỉnh", "Cờ thi đua", 1),
            AwardRequest("Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", "Bằng khen", 1),
        ),
        enclosures=(
            Enclosure("Báo cáo tổng kết năm 2022", "số 02/BC-KTĐ7"),
            Enclosure("Báo cáo thành tích của 02 tập thể được đề nghị"),
        ),
        closing=(),
        members=(
            member(),
            member(khoi_7.TRANSPORT, "Bằng khen", total=D("94.86"), rank=2, in_favour=4),
        ),
        recipients=("Các đơn vị thành viên Khối 7", "Lưu: VT"),
        signature=khoi_7.CHAIR_SIGNATURE,
    )


def printed(**changes):
    return Paper(to_pdf(TEMPLATE, replace(letter(), **changes)))


@pytest.fixture(scope="module")
def paper():
    return printed()


def test_the_letter_asks_on_its_grounds_for_counted_awards_and_names_the_dossier(paper):
    assert paper.sizes == [PORTRAIT, LANDSCAPE]
    for fact in (
        "Số: 03/TTr-KTĐ7",
        "TỜ TRÌNH Về việc đề nghị tặng Cờ thi đua và Bằng khen năm 2022",
        "- Ủy ban nhân dân tỉnh Trà Vinh; - Hội đồng Thi đua - Khen thưởng tỉnh.",
        "(Qua Ban Thi đua - Khen thưởng tỉnh)",
        "Căn cứ Luật Thi đua, khen thưởng năm 2003;",
        "Căn cứ kết quả bình xét tại Hội nghị tổng kết ngày 23 tháng 02 năm 2023. Khối thi đua",
        "1. Cờ thi đua của Ủy ban nhân dân tỉnh: 01 tập thể;",
        "2. Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh: 01 tập thể.",
        "1. Báo cáo tổng kết năm 2022 (số 02/BC-KTĐ7);",
        "2. Báo cáo thành tích của 02 tập thể được đề nghị.",
        "xem xét, quyết định./.",
        "- Như trên; - Các đơn vị thành viên Khối 7; - Lưu: VT.",
        "TM. KHỐI THI ĐUA KHỐI 7",
    ):
        assert fact in paper.texts[0], fact
    assert paper.text.count("./.") == 1


def test_the_list_states_points_rank_votes_and_grounds_under_its_annex_head(paper):
    for fact in (
        "Phụ lục DANH SÁCH TẬP THỂ ĐỀ NGHỊ TẶNG CỜ THI ĐUA VÀ BẰNG KHEN NĂM 2022",
        "(Kèm theo Tờ trình số 03/TTr-KTĐ7 ngày 28 tháng 02 năm 2023 của Khối thi đua Khối 7)",
        "97,23 1 05/05 đơn vị, 100%",
        "94,86 2 04/05 đơn vị, 80%",
        "Dẫn đầu Khối về điểm thi đua năm 2022",
    ):
        assert fact in paper.texts[1], fact


@pytest.mark.parametrize(
    ("start", "measure", "face"),
    [
        ("TỜ TRÌNH", "title", "Tinos-Bold"),
        ("Về việc đề nghị", "subject", "Tinos-Bold"),
        ("Kính gửi", "addressee", "Tinos"),
        ("(Qua", "addressee", "Tinos"),
        ("Căn cứ Luật", "body", "Tinos-Italic"),
        ("1. Cờ thi đua", "body", "Tinos"),
        ("TM. KHỐI", "signature", "Tinos-Bold"),
        ("Nơi nhận:", "recipients-label", "Tinos-Bold-Italic"),
        ("Phụ lục", "annex-label", "Tinos-Bold"),
        ("DANH SÁCH", "title", "Tinos-Bold"),
        ("(Kèm theo", "annex-reference", "Tinos-Italic"),
        ("97,23", "list-text", "Tinos"),
    ],
)
def test_each_element_has_its_face_and_size(paper, start, measure, face):
    line = paper.line(start)
    assert (line.font, line.size) == (face, pytest.approx(LAYOUT[measure].value, abs=0.05))


@pytest.mark.parametrize("count", [1, 5, 15, 60])
def test_any_number_of_proposals_stays_within_the_margins_and_the_list_counts_its_pages(count):
    members = tuple(member(f"{LONG} số {n}", in_favour=4, unit="số phiếu hợp lệ")
                    for n in range(count))  # fmt: skip
    paper = printed(members=members)
    assert paper.overflow((30, 20, 15, 20)) == []
    annex = [at for at, size in enumerate(paper.sizes) if size == LANDSCAPE]
    assert annex == list(range(len(paper.sizes) - len(annex), len(paper.sizes)))
    numbers = [line.text for line in paper.lines if line.baseline < 20 and line.page in annex]
    assert numbers == [str(at) for at in range(2, len(annex) + 1)]
    assert all("Tóm tắt thành tích" in paper.texts[at] for at in annex), "the head repeats"
    assert f"số {count - 1}" in paper.texts[-1]


def test_words_before_and_after_push_the_signature_with_its_text():
    for lines in range(8, 16):
        paper = printed(closing=blocks("\n".join(["Khối cam kết số liệu chính xác."] * lines)))
        sign = paper.line("TM. KHỐI")
        assert sign.page == paper.line("Kính trình").page
        assert paper.overflow((30, 20, 15, 20)) == []


def test_one_award_alone_a_tie_without_rank_and_no_grounds_are_said_plainly():
    paper = printed(
        requests=letter().requests[:1],
        members=(member(rank=None, total=None, grounds=()),),
        grounds=("Luật Thi đua, khen thưởng",),
        through="",
        signature=khoi_7.CHAIR_SIGNATURE,
    )
    assert "Về việc đề nghị tặng Cờ thi đua năm 2022" in paper.text
    assert "Căn cứ Luật Thi đua, khen thưởng. Khối thi đua" in paper.text
    assert "(Qua" not in paper.text
    assert "năm 2022 – 05/05" in paper.text


def test_a_summary_of_ten_thousand_words_runs_over_pages():
    paper = printed(members=(member(grounds=blocks("thành tích nổi bật " * 2500)),))
    assert paper.overflow((30, 20, 15, 20)) == []
    assert paper.text.count("nổi") == paper.text.count("bật") == 2500


def test_a_draft_leaves_room_for_number_and_day_in_head_and_list():
    draft = replace(
        letter(), header=khoi_7.head("TTr-KTĐ7"), place_date=PlaceDate("Trà Vinh", None, 2023)
    )
    paper = Paper(to_pdf(TEMPLATE, draft, draft=True))
    assert "Số: /TTr-KTĐ7" in paper.text
    assert "(Kèm theo Tờ trình số /TTr-KTĐ7 ngày tháng năm 2023 của" in paper.text
    assert all("DỰ THẢO" in text for text in paper.texts)


def test_every_face_is_embedded_and_the_bytes_are_the_same_each_time(paper):
    assert paper.fonts <= {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic"}
    assert paper.unembedded == []
    assert printed().data == paper.data
