"""The minutes of the conference, read back from their PDF."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from awards.documents.minutes import (
    TEMPLATE,
    Absence,
    Contested,
    Person,
    Remark,
    ScoreChange,
    Vote,
)
from awards.documents.minutes_votes import Candidate, HeldVote, Papers, Share
from awards.documents.pdf import to_pdf
from awards.documents.prose import blocks
from tests.documents import khoi_7
from tests.documents.reading import Paper


def printed(**changes):
    return Paper(to_pdf(TEMPLATE, replace(khoi_7.minutes(), **changes)))


@pytest.fixture(scope="module")
def paper():
    return printed()


def test_the_minutes_state_the_facts_of_the_conference(paper):
    for fact in (
        "BIÊN BẢN Hội nghị tổng kết và bình xét thi đua năm 2022 Khối thi đua Khối 7",
        "Hôm nay, vào lúc 08 giờ 00 phút, ngày 23 tháng 02 năm 2023, tại hội trường Sở Nông nghiệp "
        "và Phát triển nông thôn",
        "có mặt 05/05.",
        "Ông Hà Trí Trung, Trưởng Ban Thi đua - Khen thưởng tỉnh",
        "Chủ tọa: Ông Lê Văn Đông, Phó Giám đốc Sở Nông nghiệp và Phát triển nông thôn",
        "Thư ký: Bà Trần Thị Mẫu",
        "đồng ý 05/05, đạt tỷ lệ 100%",
        "đồng ý 04/05, đạt tỷ lệ 80%; không có ý kiến 01.",
        "tặng Cờ thi đua năm 2022 cho Sở Nông nghiệp và Phát triển nông thôn",
        "tặng Bằng khen cho Sở Giao thông vận tải Trà Vinh",
        "Khối trưởng: Đài Phát thanh và Truyền hình Trà Vinh;",
        "Khối phó: Sở Tài nguyên và Môi trường.",
        "trao cờ luân lưu của Khối cho Đài Phát thanh và Truyền hình Trà Vinh.",
        "Biên bản được thông qua lúc 11 giờ 15 phút",
        "kết thúc vào 11 giờ 30 phút, ngày 23 tháng 02 năm 2023./.",
        "0,75 1,50",
    ):
        assert fact in paper.text, fact


def test_minutes_have_a_number_but_no_place_and_date_line(paper):
    assert "Số: 02/BB-KTĐ7" in paper.text
    head = [line for line in paper.lines if line.page == 0 and line.baseline < 50]
    assert not any("ngày" in line.text for line in head)
    assert not any(line.font == "Tinos-Italic" for line in paper.lines)


def test_secretary_signs_left_and_chair_right_with_the_recipients_under_the_secretary(paper):
    secretary, chair = paper.line("THƯ KÝ"), paper.line("CHỦ TỌA")
    below = [line for line in paper.lines if line.page == secretary.page]
    names = [line for line in below if line.baseline > secretary.baseline + 1]
    left, right = names[:2]
    assert secretary.baseline == chair.baseline
    assert secretary.right < 112.5 < chair.left
    assert (left.text, right.text) == ("Trần Thị Mẫu", "Lê Văn Đông")
    assert left.baseline == right.baseline
    assert left.middle == pytest.approx(secretary.middle, abs=0.5)
    label = paper.line("Nơi nhận:")
    assert label.page == secretary.page
    assert label.baseline > left.baseline
    assert label.right < 112.5
    assert "- Lưu: VT, Hồ sơ." in paper.text
    assert "Như trên" not in paper.text


def test_the_text_ends_with_the_end_mark_once(paper):
    assert paper.text.count("./.") == 1
    assert "các thành viên dự họp thống nhất./." in printed(ended_at=None).text


def test_unknown_times_leave_room_for_a_pen():
    text = printed(started_at=None, adopted_at=None, ended_at=None).text
    assert "vào lúc giờ phút, ngày 23" in text
    assert "thông qua lúc giờ phút, ngày 23" in text


def test_nothing_is_printed_in_the_margins(paper):
    assert paper.overflow((30, 20, 15, 20)) == []


def test_absent_members_stand_with_their_reasons():
    text = printed(
        present_count=3,
        absences=(Absence(khoi_7.TRADE, "bận công tác"), Absence(khoi_7.TRANSPORT)),
    ).text
    assert "có mặt 03/05; vắng 02." in text
    assert "Sở Công Thương (bận công tác); Sở Giao thông vận tải." in text


def test_only_what_took_place_is_printed_and_the_numbers_close_up():
    empty = dict.fromkeys(
        (
            "delegations", "guests", "opening", "score_text", "scores", "discussion", "remarks",
            "score_changes", "votes", "nomination_text", "nominations", "elected",
            "board_remarks", "recipients",
        ),
        (),
    )  # fmt: skip
    text = printed(**empty, handover=None).text
    assert "1. Trình bày dự thảo báo cáo tổng kết" in text
    assert "2. Kết luận" in text
    for absent in ("Khách mời", "Thảo luận", "Biểu quyết", "Bầu", "cờ luân lưu", "STT"):
        assert absent not in text


def test_votes_against_are_counted_out():
    vote = Vote("Bầu Khối trưởng", "bỏ phiếu kín", 6, 5, 6, against=1)
    assert vote.sentence == (
        "Bầu Khối trưởng: bỏ phiếu kín; có mặt 06 đơn vị; đồng ý 05/06, đạt tỷ lệ 83,33%; "
        "không đồng ý 01."
    )


def test_long_remarks_and_reasons_break_over_pages_within_the_margins():
    words = " ".join(f"từ{at}" for at in range(10_000))
    paper = printed(
        remarks=(Remark(khoi_7.TRADE, blocks(words)),),
        score_changes=(
            ScoreChange(khoi_7.TRADE, "I.1.1", None, None, " ".join(["lý do"] * 1500) + " cuối"),
        ),
    )
    assert "từ9999" in paper.text
    assert "cuối" in paper.text
    assert paper.overflow((30, 20, 15, 20)) == []


def test_who_asked_for_a_score_stands_in_a_column_of_its_own_where_it_is_known():
    change = ScoreChange(khoi_7.TRADE, "I.1.1", None, None, "Đối chiếu lại")
    assert "Người đề nghị" not in printed(score_changes=(change,)).text
    asked = replace(change, asked_by=khoi_7.TRANSPORT, in_favour=4, voters=5)
    paper = printed(score_changes=(change, asked))
    assert "Người đề nghị" in paper.text
    assert "Đối chiếu lại (biểu quyết: đồng ý 04/05)" in paper.text
    assert paper.overflow((30, 20, 15, 20)) == []


def test_another_rule_than_the_majority_of_all_members_is_named():
    vote = Vote(
        "Thông qua quy chế", "biểu quyết giơ tay", 5, 4, 5,
        unit="đơn vị có mặt", needed="ít nhất 80% số đơn vị có mặt",
    )  # fmt: skip
    assert vote.sentence == (
        "Thông qua quy chế: biểu quyết giơ tay; có mặt 05 đơn vị; đồng ý 04/05 đơn vị có mặt, "
        "đạt tỷ lệ 80% (mức cần đạt: ít nhất 80% số đơn vị có mặt)."
    )


# --- a meeting with a secret ballot, a second round, an absent member and an objection

ALL = Share("tổng số đơn vị thành viên", 5, Fraction(1, 2), strictly=True, basis="Quy chế của Khối")


def ballot(number=1, **changes):
    vote = HeldVote(
        number=number,
        question="Đề nghị tặng Cờ thi đua",
        method="bỏ phiếu kín bằng phiếu in",
        round=1,
        entitled=5,
        present=5,
        share=ALL,
        candidates=(
            Candidate(khoi_7.AGRICULTURE, 2, 2, 0, chosen=False),
            Candidate(khoi_7.TRANSPORT, 4, 0, 0, chosen=True),
        ),
        papers=Papers(5, 5, 4, blank=1, written=1),
        against_ranking=True,
        note=blocks("Hội nghị ghi nhận thành tích nổi bật trong năm."),
    )
    return replace(vote, **changes)


ROUNDS = (
    ballot(),
    ballot(
        2,
        question="Bầu Khối trưởng",
        candidates=(
            Candidate(khoi_7.TRADE, 2, None, None, chosen=False),
            Candidate(khoi_7.BROADCASTER, 2, None, None, chosen=False),
        ),
        papers=Papers(5, 5, 4),
        against_ranking=False,
        note=(),
        tied=(khoi_7.TRADE, khoi_7.BROADCASTER),
    ),
    ballot(
        3,
        question="Bầu Khối trưởng",
        round=2,
        previous=2,
        candidates=(
            Candidate(khoi_7.TRADE, 2, None, None, chosen=False),
            Candidate(khoi_7.BROADCASTER, 3, None, None, chosen=True),
        ),
        papers=Papers(5, 5, 5),
        against_ranking=False,
        note=(),
        reservations=((khoi_7.TRADE, blocks("Xin bảo lưu ý kiến.")),),
    ),
    ballot(4, candidates=(), papers=None, cancelled="Mất điện.", against_ranking=False, note=()),
)


@pytest.fixture(scope="module")
def voted():
    return printed(
        present_count=4,
        absences=(
            Absence(khoi_7.TRANSPORT, "bận công tác", opinion=blocks("Nhất trí với dự thảo.")),
            Absence(khoi_7.TRADE, "ốm", proxy="bà Lý Thị Thử, Giấy ủy quyền số 05/GUQ"),
        ),
        objections=(
            Contested(
                khoi_7.ENVIRONMENT,
                "IV.5. Hoạt động chung",
                blocks("Đề nghị tính đợt ra quân trồng cây."),
                blocks("Hội nghị thống nhất công nhận."),
            ),
        ),
        outcomes=(Remark("Phát động thi đua", blocks("Các đơn vị ký giao ước.")),),
        tellers=(Person("bà Trần Thị Mẫu", "Trưởng ban"), Person("ông Phạm Văn Thử", "thành viên")),
        held_votes=ROUNDS,
        nominations=(replace(khoi_7.NOMINATIONS[0], vote="theo kết quả bỏ phiếu kín"),),
    )


def test_a_ballot_stands_with_method_round_turnout_numbers_and_outcome(voted):
    # A sentence may go on over the page: without the page numbers.
    text = " ".join(re.sub(r"^\d\s|\s\d$", "", page) for page in voted.texts)
    for fact in (
        "vắng mặt: Sở Giao thông vận tải (bận công tác); Sở Công Thương (ốm; ủy quyền biểu quyết: "
        "bà Lý Thị Thử, Giấy ủy quyền số 05/GUQ).",
        "Ý kiến bằng văn bản của đơn vị vắng mặt: Sở Giao thông vận tải: Nhất trí với dự thảo.",
        "Kiến nghị của Sở Tài nguyên và Môi trường về điểm IV.5. Hoạt động chung: Đề nghị tính "
        "đợt ra quân trồng cây. Ý kiến của Hội nghị: Hội nghị thống nhất công nhận.",
        "Phát động thi đua: Các đơn vị ký giao ước.",
        "Ban kiểm phiếu: - Bà Trần Thị Mẫu, Trưởng ban; - Ông Phạm Văn Thử, thành viên.",
        "Biểu quyết số 1: Đề nghị tặng Cờ thi đua (bỏ phiếu kín bằng phiếu in)",
        "Có quyền biểu quyết: 05 đơn vị; tham gia biểu quyết: 05 đơn vị. Số phiếu phát ra: 05; thu "
        "vào: 05; hợp lệ: 04; không hợp lệ: 01, trong đó phiếu trắng: 01; trong số phiếu thu vào "
        "có 01 ý kiến gửi bằng văn bản.",
        "Tỷ lệ để được thông qua: quá 1/2 tổng số đơn vị thành viên (05); căn cứ: Quy chế của "
        "Khối.",
        "- Sở Giao thông vận tải: đồng ý 04; không đồng ý 0; không có ý kiến 0; 04/05, đạt tỷ lệ "
        "80%; được chọn.",
        "Kết quả khác với thứ tự xếp hạng trong bảng tổng hợp chấm điểm.",
        "(có Biên bản kiểm phiếu kèm theo)",
        "Ý kiến của chủ tọa: Hội nghị ghi nhận thành tích nổi bật trong năm.",
        f"Bằng phiếu nhau ở vị trí cuối: Sở Công Thương; {khoi_7.BROADCASTER}.",
        "vòng 2, sau biểu quyết số 2)",
        "03 phiếu; 03/05, đạt tỷ lệ 60%; được chọn.",
        "Ý kiến khác của Sở Công Thương: Xin bảo lưu ý kiến.",
        "Biểu quyết bị hủy, không kiểm đếm; lý do: Mất điện.",
        "(theo kết quả bỏ phiếu kín).",
    ):
        assert fact in text, fact
    assert voted.overflow((30, 20, 15, 20)) == []


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (replace(ALL, basis=""), "quá 1/2 tổng số đơn vị thành viên (05)"),
        (
            Share("số phiếu hợp lệ", 7, Fraction(2, 3), strictly=False),
            "ít nhất 2/3 số phiếu hợp lệ (07)",
        ),
        (
            Share("số phiếu thu vào", 5, Fraction(4, 5), strictly=False),
            "ít nhất 80% số phiếu thu vào (05)",
        ),
        (
            Share("số phiếu phát ra", 0, Fraction(1), strictly=False),
            "ít nhất 100% số phiếu phát ra (0)",
        ),
    ],
)
def test_what_a_vote_needs_is_said_exactly(share, words):
    assert share.needed == words


def test_a_vote_that_failed_says_so():
    vote = Vote("Đổi quy chế", "biểu quyết giơ tay", 5, 2, 5, against=3, carried=False)
    assert vote.sentence.endswith("đạt tỷ lệ 40%; không đồng ý 03; không được thông qua.")


def test_minutes_adopted_with_reservations_do_not_claim_unanimity():
    text = printed(adoption=Vote("", "biểu quyết giơ tay", 5, 4, 5)).text
    assert "biểu quyết giơ tay; đồng ý 04/05 đơn vị tham gia biểu quyết. Hội nghị" in text
    assert "các thành viên dự họp thống nhất" not in text
    everybody = printed(adoption=Vote("", "các đơn vị thống nhất", 5, 5, 5)).text
    assert "các thành viên dự họp thống nhất" in everybody
