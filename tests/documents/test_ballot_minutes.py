"""The minutes of a ballot, read back from their PDF and gathered from the records."""

import datetime
from dataclasses import replace
from fractions import Fraction

import pytest

from awards import transitions as awards
from awards.documents import ballot_minutes_facts
from awards.documents.ballot_minutes import TEMPLATE, BallotMinutes, Member, Numbers, Result
from awards.documents.header import Header, SignatureBlock
from awards.documents.pdf import to_pdf
from awards.documents.wording import threshold_text
from awards.models import Award, PaperForm, ResolutionKind, TieBreak, Vote
from tests.awards.paper_polls import RIGHT, PaperPoll
from tests.documents import khoi_7
from tests.documents.reading import Paper

HASH = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
MARGINS = (30, 20, 15, 20)
LONGEST = "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh Trà Vinh"


def signature(title, name):
    return SignatureBlock("", "", title, "", name)


def result(name=khoi_7.AGRICULTURE, yes=5, **changes):
    given = Result(name, yes, 5 - yes, 0, 5, "Được đề nghị" if yes > 2 else "Không đạt")
    return replace(given, **changes)


def minutes(**changes):
    given = BallotMinutes(
        header=Header("UBND TỈNH TRÀ VINH", "KHỐI THI ĐUA KHỐI 7"),
        subject="bình xét đề nghị khen thưởng năm 2022",
        question="đề nghị tặng Cờ thi đua của Ủy ban nhân dân tỉnh năm 2022",
        held_on=khoi_7.CONFERENCE_DAY,
        venue="hội trường Sở Nông nghiệp và Phát triển nông thôn",
        conference="Hội nghị tổng kết năm 2022 Khối thi đua Khối 7",
        opened_at=datetime.time(9, 5),
        closed_at=datetime.time(9, 40),
        on_paper=True,
        committee=(
            Member("Ông Trần Văn Bảy", "Phó Giám đốc", khoi_7.TRANSPORT, is_head=True),
            Member("Bà Lê Thị Chín", "Chuyên viên", khoi_7.TRADE, is_head=False),
            Member(
                "Ông Hà Văn Mười", "Chuyên viên Ban Thi đua - Khen thưởng tỉnh",
                "Ban Thi đua - Khen thưởng tỉnh", is_head=False,
            ),
        ),
        numbers=Numbers(5, 5, 5, 5, 5, 4, 0),
        rule="quá 1/2 tổng số đơn vị thành viên",
        basis="Quy chế hoạt động của khối thi đua",
        seats=1,
        option_heading="Đơn vị",
        chooses=False,
        results=(result(), result(khoi_7.TRADE, 1)),
        chosen=(khoi_7.AGRICULTURE,),
        origin="",
        remarks=(),
        sha256=HASH,
        papers=(),
        signatures=(
            signature("THÀNH VIÊN", "Lê Thị Chín"),
            signature("THÀNH VIÊN", "Hà Văn Mười"),
            signature("TRƯỞNG BAN", "Trần Văn Bảy"),
        ),
        chair=signature("XÁC NHẬN CỦA CHỦ TỌA", "Lê Văn Đông"),
    )  # fmt: skip
    return replace(given, **changes)


def printed(**changes):
    return Paper(to_pdf(TEMPLATE, minutes(**changes)))


def test_the_minutes_state_committee_numbers_rule_and_result():
    paper = printed()
    for words in (
        "BIÊN BẢN KIỂM PHIẾU bình xét đề nghị khen thưởng năm 2022",
        "ngày 23 tháng 02 năm 2023",
        "mở bỏ phiếu lúc 09 giờ 05 phút, kiểm phiếu xong lúc 09 giờ 40 phút",
        "1. Ông Trần Văn Bảy, Phó Giám đốc, Sở Giao thông vận tải - Trưởng ban;",
        "3. Ông Hà Văn Mười, Chuyên viên Ban Thi đua - Khen thưởng tỉnh - Thành viên.",
        "Tổng số đơn vị thành viên: 05; có quyền bỏ phiếu: 05; có mặt: 05.",
        "Số phiếu phát ra: 05; thu vào: 05; hợp lệ: 04; không hợp lệ: 01.",
        "được quá 1/2 tổng số đơn vị thành viên (theo Quy chế hoạt động của khối thi đua).",
        "1 Sở Nông nghiệp và Phát triển nông thôn 5 0 0 100% Được đề nghị",
        "2 Sở Công Thương 1 4 0 20% Không đạt",
        "Phiếu được niêm phong",
        "./.",
    ):
        assert words in paper.text, words
    assert HASH in paper.text.replace(" ", "")
    assert paper.fonts <= {"Tinos", "Tinos-Bold", "Tinos-Italic"}
    assert paper.unembedded == []


def test_members_sign_before_the_head_and_the_chair_below():
    paper = printed()
    heads = [line for line in paper.lines if line.text in ("THÀNH VIÊN", "TRƯỞNG BAN")]
    assert [line.text for line in sorted(heads, key=lambda line: line.left)] == [
        "THÀNH VIÊN",
        "THÀNH VIÊN",
        "TRƯỞNG BAN",
    ]
    assert len({(line.page, line.baseline) for line in heads}) == 1
    chair = paper.line("XÁC NHẬN CỦA CHỦ TỌA")
    assert chair.page == heads[0].page
    assert chair.baseline > heads[0].baseline + 25
    assert paper.line("Lê Văn Đông").baseline > chair.baseline + 20


@pytest.mark.parametrize("count", [1, 5, 15])
@pytest.mark.parametrize("name", [khoi_7.TRADE, LONGEST])
@pytest.mark.parametrize("chooses", [False, True])
def test_any_number_of_candidates_stays_within_the_margins(count, name, chooses):
    paper = printed(
        results=tuple(result(f"{name} {at}") for at in range(1, count + 1)), chooses=chooses
    )
    assert set(paper.sizes) == {(210.0, 297.0)}
    assert paper.overflow(MARGINS) == []
    assert paper.text.count(name) == count + (name == khoi_7.TRADE)  # a teller is of that agency
    assert ("Không đồng ý" in paper.text) is not chooses


def test_without_a_committee_secretary_and_chair_sign_side_by_side():
    paper = printed(signatures=(signature("THƯ KÝ", "Trần Thị Mẫu"),))
    secretary, chair = paper.line("THƯ KÝ"), paper.line("XÁC NHẬN CỦA CHỦ TỌA")
    assert (secretary.page, secretary.baseline) == (chair.page, chair.baseline)
    assert secretary.left < chair.left
    assert paper.text.count("XÁC NHẬN CỦA CHỦ TỌA") == 1


def test_a_large_committee_signs_in_rows_of_three():
    given = minutes(
        signatures=tuple(signature("THÀNH VIÊN", f"Người {at}") for at in range(4))
        + (signature("TRƯỞNG BAN", "Trần Văn Bảy"),)
    )
    assert [len(row) for row in given.signature_rows] == [2, 3]
    assert Paper(to_pdf(TEMPLATE, given)).overflow(MARGINS) == []


def test_the_papers_of_an_electronic_ballot_stand_sorted_in_an_annex():
    paper = printed(on_paper=False, papers=(("Đ", "K"), ("Đ", "–"), ("Đ", "Đ"), ("K", "K"), ()))
    assert "Phụ lục. Các phiếu đã bỏ" in paper.texts[-1]
    assert "không theo thứ tự bỏ phiếu" in paper.texts[-1]
    assert "1 2 Đ K Đ – Đ Đ K K Phiếu hỏng" in paper.texts[-1]
    assert "bỏ phiếu kín trên hệ thống điện tử" in paper.text
    assert "phong bì" not in paper.text
    assert paper.overflow(MARGINS) == []


def test_missing_and_written_papers_are_counted_out():
    text = printed(numbers=Numbers(7, 7, 6, 7, 6, 6, 1)).text
    assert "thu vào: 06; không thu về: 01; hợp lệ: 06; không hợp lệ: 0." in text
    assert "Trong đó có 01 ý kiến bằng văn bản" in text


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (("entitled", "more_than", 1, 2), "quá 1/2 tổng số đơn vị thành viên"),
        (("present", "at_least", 2, 3), "ít nhất 2/3 số đơn vị có mặt"),
        (("valid", "at_least", 4, 5), "ít nhất 80% số phiếu hợp lệ"),
        (("issued", "at_least", 9, 10), "ít nhất 90% số phiếu phát ra"),
        (("returned", "more_than", 50, 100), "quá 1/2 số phiếu thu vào"),
        (("entitled", "at_least", 1, 1), "ít nhất 100% tổng số đơn vị thành viên"),
        (("entitled", "at_least", 5, 7), "ít nhất 5/7 tổng số đơn vị thành viên"),
    ],
)
def test_a_rule_in_words(rule, words):
    base, comparator, numerator, denominator = rule
    assert threshold_text(base, comparator, Fraction(numerator, denominator)) == words


# --- from the records


def counted(world):
    return awards.confirm_tally(world.entered(), by=world.second)


@pytest.mark.django_db
def test_minutes_of_printed_papers():
    world = PaperPoll()
    found = ballot_minutes_facts.gather(counted(world))
    assert [(one.agency, one.is_head) for one in found.committee] == [
        ("Sở a4", True),
        ("Sở ban-tdkt", False),
    ]
    assert found.numbers == Numbers(5, 5, 5, 5, 4, 3, 0)
    assert [(one.yes, one.no, one.abstain, one.share) for one in found.results] == [
        (3, 0, 0, "60%"),
        (2, 1, 0, "40%"),
        (1, 1, 1, "20%"),
    ]
    assert [one.words for one in found.results] == ["Được đề nghị", "Không đạt", "Không đạt"]
    assert found.chosen == ("Sở a1",)
    assert found.on_paper
    assert found.papers == ()
    assert [one.title_line for one in found.signatures] == ["THÀNH VIÊN", "TRƯỞNG BAN"]
    assert found.opened_at is not None


@pytest.mark.django_db
def test_the_sorted_papers_are_published_from_five_on_once_announced():
    world = PaperPoll().adopt()
    cast = {"a1": "yn", "a2": "y-", "a3": "yn", "a4": "nn", "a5": "!"}
    vote = world.count(world.open_vote("a1", "a2"), cast)
    assert ballot_minutes_facts.gather(vote).papers == ()
    vote = awards.announce_vote(vote, by=world.leader)
    found = ballot_minutes_facts.gather(vote)
    assert found.papers == ((), ("K", "K"), ("Đ", "–"), ("Đ", "K"), ("Đ", "K"))
    assert [one.title_line for one in found.signatures] == ["THƯ KÝ"]
    few = world.open_vote("a3", "a4", award=Award.objects.get(code="merit"))
    few = world.count(few, {"a1": "yn", "a2": "y-", "a3": "yn", "a4": "nn"})
    few = awards.announce_vote(few, note="Theo đề nghị của Khối", by=world.leader)
    assert ballot_minutes_facts.gather(few).papers == ()


@pytest.mark.django_db
def test_a_result_against_the_ranking_is_minuted_with_the_reason_of_the_chair():
    world = PaperPoll().adopt()
    cast = dict.fromkeys(world.names, "ny")
    vote = world.count(world.open_vote("a1", "a3"), cast)
    vote = awards.announce_vote(vote, note="a1 đã có Cờ năm trước.", by=world.leader)
    remarks = ballot_minutes_facts.gather(vote).remarks
    assert "khác với thứ tự xếp hạng" in remarks[0]
    assert remarks[1] == "Ý kiến của chủ tọa: a1 đã có Cờ năm trước."


@pytest.mark.django_db
def test_a_tie_decided_by_the_chair_names_the_tied_and_the_chosen():
    world = PaperPoll().adopt()
    vote = world.prepare("a1", "a2", form=PaperForm.APPROVE)
    Vote.objects.filter(pk=vote.pk).update(tie=TieBreak.CHAIR)
    vote = awards.open_vote(vote, by=world.leader)
    vote = world.count(vote, dict.fromkeys(world.names, "yy"))
    assert "chờ chủ tọa quyết định" in ballot_minutes_facts.gather(vote).remarks[0]
    vote = awards.announce_vote(vote, chair_choice=[1], note="Quy mô lớn hơn", by=world.leader)
    found = ballot_minutes_facts.gather(vote)
    assert found.remarks[0] == (
        "Các đơn vị bằng phiếu: Sở a1; Sở a2. Theo quy định chủ tọa quyết định chọn: Sở a2."
    )
    assert [one.words for one in found.results] == ["Bằng phiếu", "Được đề nghị"]


@pytest.mark.django_db
def test_a_second_round_refers_to_the_first():
    world = PaperPoll().adopt()
    vote = world.open_vote("a1", "a2", kind=ResolutionKind.ELECT)
    vote = world.count(vote, {"a1": "x-", "a2": "-x", "a3": "x-", "a4": "-x", "a5": "--"})
    vote = awards.announce_vote(vote, by=world.leader)
    second = awards.begin_next_round(vote, by=world.secretary)
    second = awards.open_vote(second, by=world.leader)
    second = world.count(second, dict.fromkeys(world.names, "x-"))
    found = ballot_minutes_facts.gather(second)
    assert found.subject == "bầu Khối trưởng năm 2025 (vòng 2)"
    assert found.origin == "Đây là vòng 2, tiếp theo lần bỏ phiếu số 01 (vòng 1)."
    assert found.question == "bầu Khối trưởng năm 2025 (vòng 2)"
    assert found.results[0].words == "Trúng cử"


@pytest.mark.django_db
def test_a_ballot_put_again_on_paper_says_what_it_replaces():
    world = PaperPoll().committee()
    vote = world.open_vote("a1", "a2", "a3")
    vote = awards.cancel_vote(vote, reason="Mất mạng.", by=world.leader)
    again = awards.repeat_on_paper(vote, by=world.secretary)
    again = awards.open_vote(again, by=world.leader)
    tally = awards.begin_tally(again, by=world.first)
    awards.save_tally(tally, RIGHT, by=world.first)
    awards.enter_tally(tally, by=world.first)
    again = awards.confirm_tally(tally, by=world.second)
    assert ballot_minutes_facts.gather(again).origin == (
        "Bỏ phiếu lại bằng phiếu in, thay lần bỏ phiếu số 01 đã hủy, lý do hủy: Mất mạng."
    )
