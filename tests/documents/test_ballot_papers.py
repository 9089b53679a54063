"""The papers of a secret ballot, read back from their PDF."""

from dataclasses import replace

import pytest

from awards import transitions as awards
from awards.documents import ballot_papers_facts
from awards.documents.ballot_papers import BallotPapers, print_papers
from awards.documents.header import Header
from awards.documents.pdf import DocumentError
from awards.models import Attendance, PaperForm, ResolutionKind
from tests.awards.paper_polls import PaperPoll
from tests.documents import khoi_7
from tests.documents.reading import Paper

# The longest name among the agencies of a province.
LONGEST = "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh Trà Vinh"
APPROVE = ("Đồng ý", "Không đồng ý", "Không có ý kiến")
RULES = (
    "Phiếu không hợp lệ: không do Ban kiểm phiếu phát, không có dấu; đánh dấu từ 02 ô trở lên trên "
    "cùng một dòng; viết thêm tên hoặc nội dung khác, ký tên, tẩy xóa; để trống toàn bộ.",
    "Dòng không đánh dấu được tính là không có ý kiến.",
)
HALF, MARGIN = 148.5, 9


def papers(*options, **changes):
    given = BallotPapers(
        header=Header("UBND TỈNH TRÀ VINH", "KHỐI THI ĐUA KHỐI 7"),
        heading="PHIẾU BÌNH XÉT",
        subject="đề nghị tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh năm 2022",
        instruction="Đánh dấu X vào ô lựa chọn, mỗi dòng một ô",
        option_heading="Đơn vị",
        options=options or (khoi_7.AGRICULTURE, khoi_7.TRADE),
        choices=APPROVE,
        rules=RULES,
        copies=5,
    )
    return replace(given, **changes)


def printed(*options, **changes):
    return Paper(print_papers(papers(*options, **changes)))


def halves(paper):
    """The lines of each paper: text, face, size and place on it, from the top of its half."""
    found = {}
    for line in paper.lines:
        lower = line.baseline > HALF
        top = line.baseline - HALF * lower
        found.setdefault((line.page, lower), []).append(
            (line.text, line.font, line.size, line.left, top)
        )
    return list(found.values())


def test_a_paper_says_what_it_is_about_and_how_to_mark_it():
    text = printed().text
    for words in (
        "UBND TỈNH TRÀ VINH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "PHIẾU BÌNH XÉT đề nghị tặng Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh năm 2022",
        "(Đánh dấu X vào ô lựa chọn, mỗi dòng một ô)",
        "STT Đơn vị Đồng ý Không đồng ý Không có ý kiến",
        "1 Sở Nông nghiệp và Phát triển nông thôn",
        "Phiếu không hợp lệ:",
        "(Đóng dấu của cơ quan Khối trưởng)",
    ):
        assert words in text, words


def test_all_papers_are_the_same_two_on_a_sheet_and_none_to_spare():
    paper = printed(copies=5)
    assert set(paper.sizes) == {(210.0, 297.0)}
    assert len(paper.sizes) == 3
    each = halves(paper)
    assert len(each) == 5
    for one in each[1:]:
        for line, first in zip(one, each[0], strict=True):
            assert line[:3] == first[:3]
            assert line[3:] == pytest.approx(first[3:], abs=0.15)


def test_nothing_counts_the_papers_or_the_pages():
    paper = printed("Sở Công Thương", copies=4)
    assert paper.texts[0] == paper.texts[1]
    assert paper.text.count("PHIẾU BÌNH XÉT") == 4


def test_a_thin_line_shows_where_to_cut():
    paper = printed(copies=2)
    assert paper.printed_at(0, HALF) > 0.4  # dashes over the whole width
    assert paper.printed_at(0, HALF - 2) == 0


@pytest.mark.parametrize("choices", [APPROVE, ("Chọn",)])
@pytest.mark.parametrize("name", [khoi_7.AGRICULTURE, LONGEST])
@pytest.mark.parametrize("count", [1, 5, 15])
def test_up_to_fifteen_candidates_fit_on_each_paper(count, name, choices):
    names = tuple(f"{name} {chr(65 + at)}" for at in range(count))
    paper = printed(*names, choices=choices, copies=2)
    assert len(paper.sizes) == 1
    assert paper.fonts <= {"Tinos", "Tinos-Bold", "Tinos-Italic"}
    assert paper.unembedded == []
    text = paper.text
    for one in names:
        assert text.count(one) == 2
    for half in halves(paper):
        assert max(line[-1] for line in half) < HALF - MARGIN
        assert min(line[-1] for line in half) > MARGIN
    assert all(line.left > MARGIN - 0.5 and line.right < 210 - MARGIN for line in paper.lines)
    assert min(line.size for line in paper.lines) >= 8.5


def test_names_that_wrap_take_smaller_letters_and_what_cannot_fit_is_not_printed():
    assert papers(*[LONGEST] * 15).size > papers(*[LONGEST * 2] * 9).size
    assert papers(*[LONGEST * 3] * 15).size is None


def test_the_same_papers_print_the_same_bytes():
    assert printed().data == printed().data


# --- from the records


@pytest.mark.django_db
def test_papers_of_a_vote_on_an_award():
    world = PaperPoll()
    vote = world.open_paper()
    found = ballot_papers_facts.gather(vote)
    assert found.heading == "PHIẾU BÌNH XÉT"
    assert found.subject == "đề nghị tặng Cờ thi đua của Ủy ban nhân dân tỉnh năm 2024"
    assert found.options == ("Sở a1", "Sở a2", "Sở a3")
    assert found.choices == APPROVE
    assert found.copies == 5
    assert "để trống toàn bộ" in found.rules[0]


@pytest.mark.django_db
def test_papers_of_an_election_and_of_a_choice():
    world = PaperPoll().committee()
    vote = world.prepare("a1", "a2", kind=ResolutionKind.ELECT, on_paper=True)
    found = ballot_papers_facts.gather(vote)
    assert (found.heading, found.subject) == ("PHIẾU BẦU", "Khối trưởng năm 2025")
    assert found.choices == ("Chọn",)
    assert "chọn quá 01 đơn vị" in found.rules[0]
    choice = world.prepare("a1", "a2", "a3", form=PaperForm.CHOOSE, most=2, on_paper=True)
    assert "tối đa 02 đơn vị" in ballot_papers_facts.gather(choice).instruction


@pytest.mark.django_db
def test_a_draft_prints_as_many_as_can_vote_and_none_where_nobody_can():
    world = PaperPoll().committee()
    vote = world.prepare("a1", "a2", on_paper=True)
    Attendance.objects.filter(membership=world.membership("a5")).update(
        present=False, absence_reason="Công tác"
    )
    assert ballot_papers_facts.gather(vote).copies == 4
    Attendance.objects.all().delete()
    with pytest.raises(DocumentError):
        ballot_papers_facts.gather(vote)


@pytest.mark.django_db
def test_a_second_round_says_so():
    world = PaperPoll().committee()
    vote = world.open_vote("a1", "a2", kind=ResolutionKind.ELECT)
    world.cast(vote, {"a1": "x-", "a2": "-x", "a3": "x-", "a4": "-x"})
    vote = awards.close_ballot(vote, by=world.leader)
    vote = awards.announce_vote(vote, by=world.leader)
    second = awards.begin_next_round(vote, by=world.secretary)
    assert ballot_papers_facts.gather(second).subject == "Khối trưởng năm 2025 (vòng 2)"
