"""The detailed table, criteria by members, read back from its PDF."""

import pytest

from awards.documents.detail import NARROW, TEMPLATE, WIDEST, Cell
from awards.documents.pdf import to_pdf
from tests.documents import khoi_large as large
from tests.documents.reading import Paper


def printed(members, criteria):
    return Paper(to_pdf(TEMPLATE, large.detail(members, criteria)))


@pytest.mark.parametrize(("members", "criteria"), [(1, 1), (1, 30), (5, 150), (15, 30), (60, 12)])
def test_any_number_of_members_and_criteria_fits_with_the_head_repeated(members, criteria):
    paper = printed(members, criteria)
    assert paper.overflow((30, 20, 15, 20)) == []
    assert set(paper.sizes) == {(297.0, 210.0)}
    assert all("Mã Tiêu chí Điểm tối đa" in text for text in paper.texts[:-1])
    bands = -(-members // WIDEST)
    assert paper.text.count("Tiêu chí ngắn 0") == bands  # the criteria stand in each of them
    assert bands <= len(paper.texts) <= bands * (2 + criteria // 8)
    heads = [at for at, text in enumerate(paper.texts) if "NGƯỜI LẬP BẢNG" in text]
    assert heads == [len(paper.texts) - 1]
    assert paper.fonts <= {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic"}


@pytest.mark.parametrize("members", [1, 8, 9, 10, 11, 15, 20, 21, 60, 61])
def test_every_member_stands_in_one_band_and_bands_are_even(members):
    table = large.detail(members, 3)
    bands = table.bands
    assert [name for band in bands for name in band.members] == list(table.members)
    sizes = [len(band.members) for band in bands]
    assert max(sizes) <= WIDEST
    assert max(sizes) - min(sizes) <= 1
    assert table.is_narrow == (max(sizes) <= NARROW)
    for at, row in enumerate(table.rows):
        assert tuple(cell for band in bands for cell in band.rows[at].cells) == row.cells


def test_pages_run_on_from_band_to_band_without_a_number_on_the_first():
    paper = printed(21, 12)
    numbers = [(line.page, line.text) for line in paper.lines if line.baseline < 20]
    assert numbers == [(at, str(at + 1)) for at in range(1, len(paper.texts))]
    for span in ("thứ 1 đến 7", "thứ 8 đến 14", "thứ 15 đến 21"):
        assert f"Đơn vị {span} trong 21 đơn vị" in paper.text


def test_stages_stand_above_each_other_only_where_they_differ():
    paper = printed(5, 3)
    assert Cell("4,00") in large.detail(5, 3).rows[0].cells
    assert "4,00 3,50 3,00" in paper.text
    agreed = [line for line in paper.lines if line.text == "3,00"]
    assert {line.font for line in agreed} == {"Tinos-Bold"}


def test_a_short_name_of_an_agency_is_not_broken_where_most_members_stand():
    paper = printed(10, 3)
    assert any("NN&PTNT" in line.text for line in paper.lines)
    assert "1.000,00 1.000,00" in paper.text


def test_version_adoption_and_hash_stand_below_the_table():
    text = printed(2, 3).texts[-1]
    assert "Phiên bản 1, được Hội nghị thống nhất ngày 23 tháng 02 năm 2023." in text
    assert large.detail(2, 3).sha256 in text.replace(" ", "")
    assert "I.3 (Sở GTVT)" in text
