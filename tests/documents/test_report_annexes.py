"""The annexes of the year-end report and its table of members, read back from the PDF."""

from dataclasses import replace

import pytest

from awards.documents.header import Header, PlaceDate
from awards.documents.pdf import to_pdf
from awards.documents.prose import blocks
from awards.documents.report import TEMPLATE, MemberLine
from awards.documents.report_annexes import (
    ExemplarGroup,
    ExemplarLine,
    MemberRewards,
    RewardLine,
    added_up,
    reward_tables,
)
from awards.documents.summary import ROWS_OF_A_PAGE
from tests.documents import khoi_7
from tests.documents.reading import Paper

STANDING, LYING = (210.0, 297.0), (297.0, 210.0)
MARGINS = (30, 20, 15, 20)
LONG = "Ban Quản lý Khu kinh tế và các khu công nghiệp tỉnh Bà Rịa - Vũng Tàu"
REFERENCE = "(Kèm theo Báo cáo số 03/BC-KTĐ7 ngày 28 tháng 02 năm 2023 của Khối thi đua Khối 7)"


def names(count):
    return [row.name for row in khoi_7.summary(count).rows]


def exemplars(members, deeds="Được nhân rộng trong toàn ngành."):
    def lines(name):
        return tuple(
            ExemplarLine(f"{name} {at}", "Phòng Kế hoạch - Tài chính", member, blocks(deeds))
            for at, member in enumerate(members, start=1)
        )

    return (
        ExemplarGroup("Tập thể", lines("Tổ số")),
        ExemplarGroup("Cá nhân", lines("Nguyễn Văn")),
    )


def rewards(members, forms=4):
    """The first form is of collectives alone; the second member reports none."""
    titles = [f"Danh hiệu thi đua thứ {at}" for at in range(1, forms + 1)]
    lines = tuple(RewardLine(title, at + 1, 3 * at) for at, title in enumerate(titles))
    own = tuple(MemberRewards(name, () if at == 1 else lines) for at, name in enumerate(members))
    return {"member_rewards": own, "reward_lines": added_up(own, tuple(titles))}


def report(count=5, *, forms=4, **changes):
    members = changes.pop("names", names(count))
    table = khoi_7.summary(count)
    rows = tuple(replace(row, name=name) for row, name in zip(table.rows, members, strict=True))
    parts = {
        "members": tuple(MemberLine(name, "Thành viên", 1204, "Lê Thị A") for name in members),
        "score_table": replace(table, rows=rows),
        "exemplar_groups": exemplars(members),
        **rewards(members, forms),
    }
    return replace(khoi_7.report(), **(parts | changes))


def printed(count=5, **changes):
    return Paper(to_pdf(TEMPLATE, report(count, **changes)))


def numbers(paper):
    """What stands in the top margin of each page."""
    found = {line.page: line.text for line in paper.lines if line.baseline < 20}
    return [found.get(at, "") for at in range(len(paper.texts))]


@pytest.fixture(scope="module")
def paper():
    return printed()


@pytest.mark.parametrize("count", [1, 5, 15, 60])
def test_every_annex_counts_its_own_pages_standing_or_lying(count):
    paper = printed(count)
    begins = [paper.line(start).page for start in ("BÁO CÁO", "Phụ lục I", "Phụ lục II")]
    begins.append(next(line.page for line in paper.lines if line.text == "Phụ lục III"))
    ends = [*begins[1:], len(paper.texts)]
    lengths = [end - begin for begin, end in zip(begins, ends, strict=True)]
    expected = [page or "" for length in lengths for page in ["", *range(2, length + 1)]]
    assert numbers(paper) == [str(page) for page in expected]
    for begin, end, size in zip(begins, ends, (STANDING, LYING, STANDING, LYING), strict=True):
        assert set(paper.sizes[begin:end]) == {size}
    assert paper.overflow(MARGINS) == []
    heads = ("", "STT Đơn vị Tự chấm", "STT Tập thể, cá nhân", "STT Đơn vị Danh hiệu")
    for begin, end, head in zip(begins[1:], ends[1:], heads[1:], strict=True):
        # The foot of a score table of a few rows may take a page of its own.
        pages = paper.texts[begin : end if count > ROWS_OF_A_PAGE else begin + 1]
        assert all(head in text for text in pages)
    last = max(
        line.page for line in paper.lines if line.text == "Lê Văn Đông" and line.page < begins[1]
    )
    assert paper.line("Trên đây là").page == paper.line("TM. KHỐI THI ĐUA").page == last
    assert paper.text.count("./.") == 1


def test_two_lying_annexes_in_a_row_count_anew():
    paper = printed(40, exemplar_groups=())
    second = paper.line("Phụ lục II").page
    assert numbers(paper)[second - 1 : second + 2] == [
        str(second - paper.line("Phụ lục I").page),
        "",
        "2",
    ]


def test_the_head_of_an_annex_is_set_as_the_law_has_it(paper):
    for start, face, size in (
        ("Phụ lục II", "Tinos-Bold", 14),
        ("DANH SÁCH TẬP THỂ", "Tinos-Bold", 14),
        ("(Kèm theo Báo cáo", "Tinos-Italic", 14),
    ):
        line = paper.line(start)
        assert (line.font, line.size) == (face, size)
    assert paper.text.count(REFERENCE) == 3
    assert paper.line("DANH SÁCH TẬP THỂ").middle == pytest.approx(112.5, abs=0.5)
    assert paper.line("Phụ lục III").middle == pytest.approx(156, abs=0.5)


def test_the_text_refers_to_each_annex(paper):
    for words in (
        "(Chi tiết tại Phụ lục I kèm theo)",
        "giới thiệu 05 tập thể và 05 cá nhân điển hình tiên tiến (danh sách tại Phụ lục II kèm",
        "(Số liệu của từng đơn vị tại Phụ lục III kèm theo)",
    ):
        assert words in paper.text
    assert khoi_7.SCORE_SOURCE not in paper.text


def test_a_single_annex_bears_no_number_and_one_without_rows_is_left_out():
    paper = printed(score_table=None, member_rewards=())
    assert "Phụ lục DANH SÁCH" in paper.text
    assert "(danh sách tại Phụ lục kèm theo)" in paper.text
    assert "Số liệu của từng đơn vị" not in paper.text
    bare = printed(score_table=khoi_7.summary(0), exemplar_groups=exemplars([]), member_rewards=())
    assert "Phụ lục" not in bare.text
    assert set(bare.sizes) == {STANDING}
    assert khoi_7.SCORE_SOURCE in bare.text


def test_a_draft_leaves_room_for_number_and_day_in_every_annex():
    draft = report(
        header=Header("", "KHỐI 7", "", "BC-KTĐ7"), place_date=PlaceDate("Trà Vinh", None, 2023)
    )
    paper = Paper(to_pdf(TEMPLATE, draft, draft=True))
    blank = "(Kèm theo Báo cáo số /BC-KTĐ7 ngày tháng năm 2023 của Khối thi đua Khối 7)"
    assert paper.text.count(blank) == 3
    assert all("DỰ THẢO" in text for text in paper.texts)
    assert all(min(paper.ink(at)) > 7 for at in range(len(paper.texts)))


def test_long_names_wrap_at_their_spaces():
    paper = printed(names=[f"{LONG} {at}" for at in range(5)])
    assert paper.overflow(MARGINS) == []
    for word in ("nghiệp", "Vũng"):
        assert paper.text.count(word) >= 15


def test_achievements_that_fill_a_page_do_not_leave_the_head_of_their_table_behind():
    paper = printed(1, exemplar_groups=exemplars(names(1), "thành tích nổi bật " * 105))
    first = paper.line("DANH SÁCH TẬP THỂ").page
    assert "thành tích nổi bật" in paper.texts[first]
    assert paper.overflow(MARGINS) == []


# --- rewards


def test_rewards_are_stated_by_member_with_sums_and_dashes(paper):
    assert "1 Sở Nông nghiệp và Phát triển nông thôn 01 – 02 03 03 06 04 09 10 18" in paper.text
    assert "Cộng 04 – 08 12 12 24 16 36 40 72" in paper.text
    assert "2 Danh hiệu thi đua thứ 2 08 12" in paper.text


def test_no_numbers_reported_is_told_and_not_a_nought(paper):
    assert f"Không có số liệu khen thưởng của: {names(2)[1]}." in paper.text
    table = reward_tables(members=report().member_rewards, totals=report().reward_lines)[0]
    assert [name for name, _cells in table.rows] == [names(5)[at] for at in (0, 2, 3, 4)]


def test_many_titles_go_on_in_further_tables_and_the_last_has_the_sums():
    full = report(forms=17)
    tables = full.reward_tables
    assert [len(table.forms) for table in tables] == [6, 6, 5]
    assert [table.has_sums for table in tables] == [False, False, True]
    assert tables[-1].totals[-2:] == ("612", "1632")
    paper = Paper(to_pdf(TEMPLATE, full))
    assert paper.overflow(MARGINS) == []


# --- what the year's facts and the members' reports leave open


def test_columns_of_the_members_that_would_be_empty_are_left_out():
    head = "STT Đơn vị Biên chế Người đứng đầu Vai trò"
    one, other = MemberLine("Sở A", "Khối trưởng", 0, ""), MemberLine("Sở B", "Thành viên")
    for members, shown in (
        ((one, replace(other, head="Lê Thị A, Giám đốc")), head),
        ((one, other), "STT Đơn vị Biên chế Vai trò 1 Sở A 0 Khối trưởng 2 Sở B Thành viên"),
        ((replace(one, staff=None), other), "STT Đơn vị Vai trò"),
    ):
        plain = replace(khoi_7.report(), members=members)
        assert shown in Paper(to_pdf(TEMPLATE, plain)).text


def test_an_unwritten_opening_says_what_is_reported_and_a_table_is_announced():
    paper = printed(opening=(), rewards=(), score_text=())
    for words in (
        "Khối thi đua Khối 7 báo cáo kết quả công tác thi đua, khen thưởng năm 2022 và phương "
        "hướng, nhiệm vụ năm 2023 như sau:",
        "Kết quả khen thưởng của các đơn vị thành viên trong năm 2022: STT",
        "Kết quả chấm điểm, xếp hạng của các đơn vị thành viên năm 2022: STT",
    ):
        assert words in paper.text


@pytest.mark.parametrize(
    ("unit", "place"),
    [
        ("", "Sở Công Thương"),
        ("Chuyên viên", "Chuyên viên, Sở Công Thương"),
        ("Chuyên viên sở Công Thương", "Chuyên viên sở Công Thương"),
    ],
)
def test_the_agency_of_an_exemplary_person_is_said_once(unit, place):
    assert ExemplarLine("Lê Thị A", unit, "Sở Công Thương", ()).place == place
