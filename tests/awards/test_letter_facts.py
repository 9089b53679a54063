"""What the submission letter, its workbook and the reports of achievements read of the records."""

import datetime
import io

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from awards import transitions as awards
from awards.documents.achievement_facts import head_signature
from awards.documents.papers import PaperKey, facts_of, series_of
from awards.models import DocumentKind, ProposalStatus
from blocs import transitions as blocs
from blocs.models import Membership, Review, Role, User
from blocs.readiness import NotReady
from tests.awards.meetings import Meeting
from tests.forms import fields_of, signed_in
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


LETTER = PaperKey(DocumentKind.SUBMISSION)
DAY = datetime.date(2025, 2, 28)


def achievements(name):
    return PaperKey(DocumentKind.ACHIEVEMENT, name)


def letter(world):
    return facts_of(world.review, LETTER, number="3", dated=DAY)


def build_world():
    return Meeting().close()


# --- the letter


def test_the_letter_counts_live_proposals_with_the_table_and_the_votes_in_force(world):
    awards.write_grounds(world.proposal("a1"), grounds="Dòng một\nDòng hai", by=world.secretary)
    said = letter(world)
    assert [request.line for request in said.requests] == [
        "Cờ thi đua của Ủy ban nhân dân tỉnh: 01 tập thể",
        "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh: 01 tập thể",
    ]
    first, second = said.members
    assert (first.name, first.award, first.rank) == ("Sở a1", "Cờ thi đua năm 2024", 1)
    assert (first.votes_text, first.share_text) == ("03/03 đơn vị", "100%")
    assert [block.text for block in first.grounds] == ["Dòng một", "Dòng hai"]
    assert first.total > second.total
    assert said.through == "Sở ban-tdkt"
    assert said.signature.authority_line == "TM. KHỐI THI ĐUA KHOI-1"
    awards.withdraw_proposal(world.proposal("a1"), reason="Rút", by=world.leader)
    assert [member.name for member in letter(world).members] == ["Sở a2"]
    awards.withdraw_proposal(world.proposal("a2"), reason="Rút", by=world.leader)
    with pytest.raises(NotReady, match="proposal"):
        letter(world)


def test_grounds_come_from_the_law_of_that_day_and_are_replaced_or_extended_line_by_line(world):
    law = letter(world).ground_lines
    assert law[0] == "Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15;"
    assert law[1].startswith("Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023")
    assert law[-1] == (
        "Căn cứ kết quả bình xét tại Hội nghị tổng kết ngày 20 tháng 02 năm 2025 của Khối thi đua "
        "khoi-1."
    )
    for section, text in (
        ("grounds", "Căn cứ Quyết định số 86/2025/QĐ-UBND.\ncăn cứ Quy chế của Khối;"),
        ("law", "Luật mới"),
    ):
        awards.write_text(
            world.review, LETTER, section=section, text=text, version=0, by=world.secretary
        )
        if section == "grounds":
            more = letter(world).ground_lines
            assert more == (
                *law[:2],
                "Căn cứ Quyết định số 86/2025/QĐ-UBND;",
                "Căn cứ Quy chế của Khối;",
                law[-1],
            )
    assert letter(world).ground_lines == ("Căn cứ Luật mới;", *more[2:])


def test_the_dossier_is_listed_with_the_numbers_that_were_issued(world):
    before = letter(world).enclosure_lines
    assert before == (
        "1. Báo cáo tổng kết công tác thi đua, khen thưởng năm 2024;",
        "2. Biên bản Hội nghị tổng kết và bình xét thi đua năm 2024;",
        "3. Bảng tổng hợp chấm điểm thi đua năm 2024;",
        "4. Báo cáo thành tích của 02 tập thể được đề nghị.",
    )
    world.issue(DocumentKind.REPORT, "2")
    assert letter(world).enclosures[0].text.endswith("năm 2024 (số 02/BC-KTĐ-khoi-1)")


# --- the list as a workbook


def test_the_workbook_holds_numbers_as_numbers_and_no_formula(world):
    formula = "=HYPERLINK(1)"
    awards.write_grounds(world.proposal("a1"), grounds=formula, by=world.secretary)
    page = reverse("awards:proposal_workbook", args=world.review.url_args)
    answer = signed_in(world.officer("a3")).get(page)
    assert answer["Content-Disposition"].startswith("attachment;")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(min_row=2))
    first = rows[0]
    said = letter(world).members[0]
    assert len(rows) == 2
    assert [cell.value for cell in first[:3]] == [1, "Sở a1", "Cờ thi đua năm 2024"]
    assert (first[3].value, first[3].data_type) == (float(said.total), "n")
    assert [cell.value for cell in first[4:8]] == [1, 3, 3, 1]
    assert (first[8].value, first[8].data_type) == (formula, "s")
    stranger = make_user("stranger", make_agency("xa"))
    assert signed_in(stranger).get(page).status_code == 404
    assert signed_in(world.board).get(page).status_code == 403
    assert signed_in(world.leader).post(page).status_code == 405


# --- the reports of achievements


def test_only_a_proposed_member_has_achievements_to_report(world):
    with pytest.raises(NotReady, match="only members that are proposed"):
        facts_of(world.review, achievements("a3"))
    assert facts_of(world.review, achievements("a2")).award.startswith("Bằng khen")
    awards.withdraw_proposal(world.proposal("a2"), reason="Rút", by=world.leader)
    with pytest.raises(NotReady):
        facts_of(world.review, achievements("a2"))


def test_the_member_writes_and_its_head_alone_issues_in_its_own_series(world):
    key, client = achievements("a2"), signed_in(world.officer("a2"))
    page = reverse("awards:text_edit", args=[*world.review.url_args, key])
    fields = fields_of(client.get(page))
    assert client.post(page, fields | {"results-text": "Vượt chỉ tiêu."}).status_code == 302
    for user in (world.leader, world.head("a3"), world.board):
        assert signed_in(user).get(page).status_code == 403
    said = facts_of(world.review, key, number="1", dated=DAY)
    assert [block.text for block in said.results] == ["Vượt chỉ tiêu."]
    assert (said.header.body, said.header.number_line) == ("SỞ A2", "Số: 01/BC-A2")
    assert series_of(world.review, key) == "BC-A2"
    name = {"full": "Sở Xây dựng", "short": "Sở XD", "abbreviation": "SXD"}
    blocs.name_agency(world.agencies["a2"], **name, valid_from=datetime.date(2025, 2, 1))
    renamed = facts_of(world.review, key, number="1", dated=DAY)
    assert (renamed.header.body, renamed.header.number_line) == ("SỞ XÂY DỰNG", "Số: 01/BC-SXD")
    assert [line.name for line in said.figures[-3:]] == ["Điểm thưởng", "Điểm trừ", "Tổng điểm"]
    total = said.figures[-1]
    assert total.agreed == letter(world).members[1].total
    assert said.outcome.startswith("Kết quả: xếp thứ 2/3 đơn vị")
    issue = {"number": "01", "dated": datetime.date(2025, 2, 21)}
    for user in (world.officer("a2"), world.leader, world.head("a1"), world.board):
        with pytest.raises(PermissionDenied):
            awards.issue(world.review, key, **issue, by=user)
    assert awards.issue(world.review, key, **issue, by=world.head("a2")).about == "a2"


def test_the_history_holds_what_was_received_before_whatever_bloc_and_name_it_was():
    earlier = Meeting().receive()
    decision = {"decision_number": "512/QĐ-UBND", "decision_date": datetime.date(2024, 4, 1)}
    for name in ("a1", "a2"):
        awards.decide(earlier.proposal(name), granted=True, by=earlier.board, **decision)
    assert earlier.proposal("a2").status == ProposalStatus.GRANTED
    world = Meeting(slug="khoi-2", prefix="b").close()
    agency = world.agencies["b1"]
    # As if the agency had been a member of the other bloc a year before.
    Review.objects.filter(pk=earlier.review.pk).update(year=2023)
    Membership.objects.filter(pk=earlier.membership("a1").pk).update(agency=agency)
    blocs.rename_agency(
        agency, full="Sở Tên mới", short="Sở TM", abbreviation="STM",
        valid_from=datetime.date(2025, 1, 1), by=world.board,
    )  # fmt: skip
    typed = {
        "year": 2024,
        "category": "reward",
        "name": "Bằng khen chuyên đề",
        "decision_number": "9/QĐ",
        "decision_date": datetime.date(2025, 3, 1),
        "authority": "Thủ tướng Chính phủ",
    }
    awards.add_past_award(agency, fields=typed, by=world.board)
    draft = facts_of(world.review, achievements("b1"))
    assert [(line.year, line.name) for line in draft.titles] == [
        (2023, "Cờ thi đua của Ủy ban nhân dân tỉnh")
    ]
    assert draft.titles[0].decision == (
        "Quyết định số 512/QĐ-UBND ngày 01/04/2024 của Chủ tịch Ủy ban nhân dân tỉnh Trà Vinh"
    )
    assert [line.name for line in draft.rewards] == ["Bằng khen chuyên đề"]
    dated = facts_of(world.review, achievements("b1"), number="1", dated=DAY)
    assert dated.rewards == ()  # its decision is younger than the paper
    assert dated.member == "Sở Tên mới"  # the name on the paper's day


@pytest.mark.parametrize(
    ("position", "full_name", "lines"),
    [
        ("Giám đốc", "ông Thạch Văn Mẫu", ("", "THỦ TRƯỞNG ĐƠN VỊ", "GIÁM ĐỐC", "Thạch Văn Mẫu")),
        ("Phó Giám đốc", "Lê Văn An", ("KT. THỦ TRƯỞNG ĐƠN VỊ", "PHÓ GIÁM ĐỐC", "", "Lê Văn An")),
        ("Thủ trưởng đơn vị", "Thủ trưởng đơn vị (A1)", ("", "THỦ TRƯỞNG ĐƠN VỊ", "", "")),
        ("", "", ("", "THỦ TRƯỞNG ĐƠN VỊ", "", "")),
    ],
)
def test_the_head_signs_or_a_deputy_in_the_heads_place(position, full_name, lines):
    agency = make_agency("a1")
    make_user("head", agency, Role.HEAD)
    User.objects.filter(username="head").update(position=position, full_name=full_name)
    signed = head_signature(agency)
    assert (signed.authority_line, signed.title_line, signed.office_line, signed.name) == lines
