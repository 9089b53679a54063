"""The invitation and its copies, read back from their PDF and gathered from the records."""

import datetime

import pytest
from django.urls import reverse

from awards import transitions
from awards.documents import invitation_copies
from awards.documents.facts import Numbering
from awards.documents.invitation import TEMPLATE
from awards.documents.invitation_facts import for_each, gather
from awards.documents.papers import PaperKey
from awards.documents.pdf import to_pdf
from awards.models import DocumentKind
from blocs.readiness import NotReady
from tests.documents.papers_to_read import bare_invitation, invitation_of
from tests.documents.reading import Paper
from tests.worlds import World

NUMBERING = Numbering("", "GM-KTĐ7", None)
PLAN = {
    "held_on": datetime.date(2025, 2, 20),
    "starts_at": datetime.time(8),
    "venue": "hội trường Sở a1",
    "chair_name": "ông Lê Văn Đông",
    "chair_position": "Giám đốc",
    "secretary_name": "",
    "secretary_position": "chuyên viên",
}


def test_the_invitation_says_whom_to_what_when_and_where():
    paper = Paper(to_pdf(TEMPLATE, invitation_of(1)))
    for text in (
        "Số: 05/GM-KTĐ7",
        "GIẤY MỜI Hội nghị tổng kết công tác thi đua, khen thưởng năm 2022",
        "Khối thi đua Khối 7 trân trọng kính mời: Lãnh đạo Ban Quản lý dự án",
        "Chủ trì: Ông Lê Văn Đông, Phó Giám đốc",
        "Thời gian: 08 giờ 00 phút, ngày 23 tháng 02 năm 2023.",
        "Địa điểm: Hội trường Sở Nông nghiệp và Phát triển nông thôn.",
        "- Như trên; - Lưu: VT.",
    ):
        assert text in paper.text


def test_without_an_addressee_dots_leave_room_for_a_pen_on_the_line():
    paper = Paper(to_pdf(TEMPLATE, bare_invitation(1)))
    line = next(line for line in paper.lines if "kính mời:" in line.text)
    assert line.text.startswith("Khối thi đua Khối 7 trân trọng kính mời: ......")


def test_each_addressee_has_a_copy_that_begins_its_own_page():
    document = invitation_of(5)
    paper = Paper(to_pdf(TEMPLATE, document))
    assert len(paper.texts) == 5
    for name, text in zip(document.addressees, paper.texts, strict=True):
        assert f"kính mời: {name}." in text
        assert "Lê Văn Đông" in text


@pytest.mark.django_db
def test_copies_go_to_members_and_guests_once_each_and_wait_for_the_plan(client):
    world = World().open_appraisal()
    secretary = world.officer("a1")
    with pytest.raises(NotReady):
        gather(world.review, NUMBERING)
    transitions.plan_conference(world.review, fields=PLAN, by=secretary)
    transitions.write_text(
        world.review,
        PaperKey(DocumentKind.INVITATION),
        section="guests",
        text="Ban TĐKT tỉnh\nLãnh đạo Sở a2",
        version=0,
        by=secretary,
    )
    assert gather(world.review, NUMBERING).addressees == ("",)
    assert for_each(world.review, NUMBERING).addressees == (
        *(f"Lãnh đạo Sở a{n}" for n in (1, 2, 3)),
        "Ban TĐKT tỉnh",
    )
    client.force_login(secretary)
    answer = client.get(reverse("awards:invitation_copies", args=world.review.url_args))
    paper = Paper(answer.content)
    assert len(paper.texts) == 4
    assert "DỰ THẢO" not in paper.text


@pytest.mark.django_db
def test_many_copies_are_printed_in_parts_and_nobody_is_left_out(client, monkeypatch):
    world = World().open_appraisal()
    secretary = world.officer("a1")
    transitions.plan_conference(world.review, fields=PLAN, by=secretary)
    monkeypatch.setattr(invitation_copies, "MOST", 2)
    client.force_login(secretary)
    page = client.get(reverse("awards:invitation_copies", args=world.review.url_args)).text
    printed = []
    for part in (1, 2):
        address = reverse("awards:invitation_part", args=[*world.review.url_args, part])
        assert address in page
        printed += Paper(client.get(address).content).texts
    assert [f"Sở a{at}" in text for at, text in enumerate(printed, start=1)] == [True] * 3
    beyond = reverse("awards:invitation_part", args=[*world.review.url_args, 3])
    assert client.get(beyond).status_code == 404
