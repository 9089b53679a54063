"""The summary table, read back from its PDF."""

from dataclasses import replace
from decimal import Decimal

import pytest

from awards.documents.pdf import to_pdf
from awards.documents.summary import ROWS_OF_A_PAGE, TEMPLATE, Annex, ChartLine, Charts
from scoring.charts import paired as p
from scoring.charts import stacked as s
from scoring.table_charts import TOGETHER
from tests.documents import khoi_7
from tests.documents.reading import Paper


def printed(count=5, groups=4, **changes):
    return Paper(to_pdf(TEMPLATE, replace(khoi_7.summary(count, groups), **changes)))


@pytest.fixture(scope="module")
def paper():
    return printed()


def test_the_table_states_every_number_with_a_comma(paper):
    for fact in (
        "BẢNG TỔNG HỢP CHẤM ĐIỂM THI ĐUA NĂM 2022 KHỐI THI ĐUA KHỐI 7",
        "42,73 24,25 19,25 8,50 1,50 0,00 96,23 41,73 24,25 18,75 10,00 1,50 0,00 96,23 97,23 0,00",
        "1,00 0,00 88,06 88,06 -2,23 5 Tốt",
        "I. Thực hiện nhiệm vụ chính trị: 45,00; II. ",
        "điểm thưởng không quá 5,00",
        "Phiên bản 1, được Hội nghị thống nhất ngày 23 tháng 02 năm 2023.",
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        "Tiêu chí không áp dụng: điểm của nhóm được quy đổi",
    ):
        assert fact in paper.text, fact


@pytest.mark.parametrize(
    ("count", "groups"), [(1, 3), (1, 8), (2, 4), (3, 4), (5, 4), (6, 4), (7, 4), (15, 6), (60, 8)]
)
def test_any_number_of_members_and_groups_fits_a_landscape_sheet(count, groups):
    paper = printed(count, groups)
    assert set(paper.sizes) == {(297.0, 210.0)}
    assert paper.overflow((30, 20, 15, 20)) == []
    # A few rows stay together, the signatures may follow overleaf; of more rows one joins them.
    with_rows = paper.texts[: None if count > ROWS_OF_A_PAGE else 1]
    assert all("STT Đơn vị" in text for text in with_rows)
    if count <= ROWS_OF_A_PAGE:
        assert "Điểm tối đa: " in paper.texts[0]
    assert paper.text.count(khoi_7.AGRICULTURE) == (count + 4) // 5
    signing = paper.line("NGƯỜI LẬP BẢNG").page
    assert "Phiên bản 1" in paper.texts[signing]
    assert paper.line("BẢNG TỔNG HỢP").page == 0
    assert "1 Sở Nông nghiệp" in paper.texts[0]
    assert paper.fonts <= {"Tinos", "Tinos-Bold", "Tinos-Italic"}


def test_no_word_of_the_head_is_broken(paper):
    for words in ("Thưởng", "Chênh", "STT", "thống", "hạng"):
        assert any(words in line.text for line in paper.lines)


def test_page_numbers_are_hidden_on_the_first_page_and_centred_after():
    paper = printed(60, 8)
    in_margin = [line for line in paper.lines if line.baseline < 20]
    assert [(line.text, line.page) for line in in_margin] == [
        (str(at + 1), at) for at in range(1, len(paper.texts))
    ]
    assert all(line.middle == pytest.approx(156, abs=0.5) for line in in_margin)


def test_figures_are_right_aligned_in_their_column(paper):
    agreed = ("97,23", "94,86", "92,19", "91,44", "88,06")
    rights = [line.right for line in paper.lines if line.text.endswith(agreed) and line.right > 225]
    assert len(rights) == 5
    assert max(rights) - min(rights) < 0.3


def test_unranked_members_stand_last_with_the_reason():
    rows = khoi_7.summary().rows
    table = replace(
        khoi_7.summary(),
        rows=(replace(rows[0], unranked_reason="đơn vị đặc thù"), *rows[1:]),
    )
    assert [line.name for line in table.lines][-1] == khoi_7.AGRICULTURE
    assert [line.number for line in table.lines] == ["1", "2", "3", "4", "5"]
    last = table.lines[-1]
    assert (last.rank, last.note) == ("–", "Không xếp hạng: đơn vị đặc thù")
    assert "đơn vị đặc thù" in Paper(to_pdf(TEMPLATE, table)).text


def test_blank_scores_stay_blank():
    row = khoi_7.ROWS[0]
    blank = replace(
        row,
        claimed=replace(row.claimed, groups=(None,) * 4, total=None),
        agreed=None,
        delta=None,
    )
    table = replace(khoi_7.summary(1), rows=(blank,), adopted_on=None, bonus_cap=None, sha256="")
    assert table.lines[0].claimed == ("", "", "", "", "1,50", "0,00", "")
    assert table.lines[0].agreed == ""
    text = Paper(to_pdf(TEMPLATE, table)).text
    assert "chưa được Hội nghị thống nhất" in text
    assert "SHA-256" not in text


def test_a_thousand_point_scale_gets_wider_columns():
    def thousand(stage):
        return replace(
            stage, groups=tuple(score * 10 for score in stage.groups), total=Decimal(1000)
        )

    table = khoi_7.summary()
    paper = printed(
        rows=tuple(
            replace(row, claimed=thousand(row.claimed), appraised=thousand(row.appraised))
            for row in table.rows
        )
    )
    assert "427,30 242,50 192,50 85,00 1,50 0,00 1.000,00" in paper.text
    assert paper.overflow((30, 20, 15, 20)) == []


def test_an_annex_has_its_label_and_reference_in_place_of_the_national_head():
    paper = printed(
        annex=Annex("Phụ lục I", "(Kèm theo Báo cáo số 03/BC-KTĐ7 ngày 28 tháng 02 năm 2023)")
    )
    assert "CỘNG HÒA" not in paper.text
    label, reference = paper.line("Phụ lục I"), paper.line("(Kèm theo")
    assert (label.font, label.size) == ("Tinos-Bold", 14)
    assert (reference.font, reference.size) == ("Tinos-Italic", 14)
    assert label.middle == pytest.approx(156, abs=0.5)


def test_the_three_sign_from_left_to_right_with_names_on_one_line(paper):
    heads = [paper.line(start) for start in ("NGƯỜI LẬP BẢNG", "KHỐI PHÓ", "KHỐI TRƯỞNG")]
    assert [head.left for head in heads] == sorted(head.left for head in heads)
    assert len({head.baseline for head in heads}) == 1
    names = [paper.line(name) for name in ("Trần Thị Mẫu", "Phạm Văn Thử", "Lê Văn Đông")]
    assert len({name.baseline for name in names}) == 1


def with_charts(count, groups=4, name=None):
    """The table with the annex of charts, as its facts make it."""
    table = khoi_7.summary(count, groups)
    stacks = [
        s.Stack(
            name or row.name,
            row.appraised.groups,
            row.appraised.bonus,
            row.appraised.penalty,
            row.agreed,
        )
        for row in table.rows
    ]
    pairs = [p.Pair(one.name, (one.total, one.total)) for one in stacks]
    words = s.StackWords(
        "Hình", "Mô tả", tuple(f"{one.code}. {one.title}" for one in table.groups), "T", "Tr"
    )
    pair_words = p.PairWords("Hình đôi", "Mô tả", ("Tự chấm", "Thẩm định"))
    parts = range(0, count, TOGETHER)
    charts = Charts(
        stacked=tuple(
            s.stacked(stacks[n : n + TOGETHER], words, s.scale_for(stacks), key=f"s{n}", places=2)
            for n in parts
        ),
        paired=tuple(
            p.paired(pairs[n : n + TOGETHER], pair_words, p.scale_for(pairs), key=f"p{n}", places=2)
            for n in parts
        ),
        stages=("Tự chấm", "Thẩm định"),
        lines=tuple(
            ChartLine(row.name, row.appraised.cells(2), ("97,23", "97,23"), "0,00")
            for row in table.rows
        ),
    )
    return Paper(to_pdf(TEMPLATE, replace(table, charts=charts)))


@pytest.mark.parametrize(("count", "groups"), [(1, 3), (5, 4), (12, 8), (60, 8)])
def test_the_annex_of_charts_fits_its_pages_after_the_signatures(count, groups):
    paper = with_charts(count, groups)
    assert paper.overflow((30, 20, 15, 20)) == []
    annex = paper.line("Phụ lục. Biểu đồ").page
    assert annex == paper.line("NGƯỜI LẬP BẢNG").page + 1
    assert paper.fonts <= {"Tinos", "Tinos-Bold", "Tinos-Italic"}
    assert paper.unembedded == []
    assert set(paper.sizes) == {(297.0, 210.0)}
    assert not any(len(text) < 40 for text in paper.texts)


def test_long_names_do_not_leave_the_picture():
    long = "Ban Quản lý Khu kinh tế và các khu công nghiệp tỉnh Trà Vinh và những đơn vị khác"
    assert with_charts(5, 4, long).overflow((30, 20, 15, 20)) == []
