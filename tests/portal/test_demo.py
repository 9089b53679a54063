"""The demo world and the papers printed from it state the facts of the case."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings

from awards.documents.papers import PAPERS, PaperKey, keys_of, print_paper
from awards.models import (
    DocumentKind,
    IssuedDocument,
    Proposal,
    ProposalStatus,
)
from blocs.models import Office, Phase, Review
from portal.demo import world
from portal.demo.case import SETS
from scoring.models import Summary, SummaryStatus
from scoring.tables import table_of
from tests.documents.reading import Paper

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def decided(django_db_setup, django_db_blocker, tmp_path_factory):
    """The default demo, built once for this module and rolled back after it."""
    with (
        override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"), DEMO=True),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        world.build("decided")
        yield Review.objects.get(bloc__slug="khoi-7", year=2022)
        transaction.set_rollback(True)


def issued(review: Review, kind: str) -> Paper:
    return Paper(bytes(IssuedDocument.objects.get(review=review, kind=kind).content))


def words(paper: Paper) -> str:
    return " ".join(paper.text.split())


def test_minutes_state_the_facts_of_the_case(decided):
    text = words(issued(decided, DocumentKind.MINUTES))
    for fact in (
        "08 giờ 00 phút, ngày 23 tháng 02 năm 2023, tại hội trường Sở Nông nghiệp và Phát triển "
        "nông thôn",
        "Chủ tọa: Ông Lê Văn Đông, Phó Giám đốc Sở Nông nghiệp và Phát triển nông thôn, "
        "Khối trưởng",
        "có mặt 05/05",
        "1. Sở Nông nghiệp và Phát triển nông thôn:",
        "2. Sở Tài nguyên và Môi trường:",
        "3. Sở Giao thông vận tải:",
        "4. Sở Công Thương:",
        "5. Đài Phát thanh và Truyền hình tỉnh Trà Vinh:",
        "Ông Hà Trí Trung, Trưởng Ban Thi đua - Khen thưởng tỉnh",
        "tặng Cờ thi đua năm 2022 cho Sở Nông nghiệp và Phát triển nông thôn",
        "tặng Bằng khen cho Sở Giao thông vận tải",
        "Khối trưởng năm 2023: Đài Phát thanh và Truyền hình tỉnh Trà Vinh",
        "Khối phó năm 2023: Sở Tài nguyên và Môi trường",
        "trao cờ luân lưu của Khối cho Đài Phát thanh và Truyền hình tỉnh Trà Vinh",
        "05/05, đạt tỷ lệ 100%",
    ):
        assert fact in text, fact


def test_the_letter_asks_for_what_the_conference_proposed(decided):
    text = words(issued(decided, DocumentKind.SUBMISSION))
    for fact in (
        "Về việc đề nghị tặng Cờ thi đua và Bằng khen năm 2022",
        "Căn cứ kết quả bình xét tại Hội nghị tổng kết ngày 23 tháng 02 năm 2023 của Khối thi đua",
        "1. Cờ thi đua của Ủy ban nhân dân tỉnh: 01 tập thể;",
        "Sở Nông nghiệp và Phát triển nông thôn Cờ thi đua năm 2022",
        "Sở Giao thông vận tải Bằng khen",
        "05/05 đơn vị, 100%",
    ):
        assert fact in text, fact


def test_report_and_table_print_the_numbers_of_the_worked_example(decided):
    expected = json.loads((SETS / "khoi-7-2022.expected.json").read_text(encoding="utf-8"))
    table = table_of(Summary.objects.get(review=decided, status=SummaryStatus.ADOPTED))
    assert [row.slug for row in table.rows] == expected["order"]
    printed = words(issued(decided, DocumentKind.SUMMARY))
    report = words(issued(decided, DocumentKind.REPORT))
    for row in table.rows:
        member = expected["members"][row.slug]
        totals = member["totals"]
        assert row.claimed.total == Decimal(totals["self"]["total"])
        assert row.appraised.total == Decimal(totals["appraised"]["total"])
        assert row.agreed.total == Decimal(totals["agreed"]["total"])
        assert row.rank == member["rank"]["agreed_on_points"]
        assert row.leaves == member["leaves"]
        for stage in totals.values():
            assert stage["total"].replace(".", ",") in printed
        assert totals["agreed"]["total"].replace(".", ",") in report
    assert table.sha256 in printed


def test_the_report_adds_up_what_the_members_report(decided):
    text = words(issued(decided, DocumentKind.REPORT))
    for fact in (
        "148 Nguyễn Văn An, Giám đốc Khối trưởng",
        "giới thiệu 04 tập thể và 05 cá nhân điển hình tiên tiến",
        "Lao động tiên tiến 0 414",
        "(Kèm theo Báo cáo số 02/BC-KTĐ7 ngày 27 tháng 02 năm 2023 của Khối thi đua Khối 7)",
    ):
        assert fact in text, fact


def test_the_demo_stands_where_it_says(decided):
    assert decided.status == Phase.DECIDED
    next_year = Review.objects.get(bloc=decided.bloc, year=2023)
    assert next_year.status == Phase.SELF_SCORING
    offices = {part.agency.slug: part.office for part in next_year.memberships.all()}
    assert offices["phat-thanh"] == Office.LEADER
    assert offices["tai-nguyen"] == Office.DEPUTY
    outcomes = {
        (one.award.code, one.membership.agency.slug, one.status)
        for one in Proposal.objects.filter(review=decided)
    }
    assert outcomes == {
        ("flag", "nong-nghiep", ProposalStatus.GRANTED),
        ("merit", "giao-thong", ProposalStatus.GRANTED),
    }
    phases = set(Review.objects.exclude(bloc=decided.bloc).values_list("status", flat=True))
    assert phases == {Phase.SELF_SCORING, Phase.APPRAISAL, Phase.CONFERENCE}


def test_issued_papers_are_stored_bytes_and_drafts_say_so(decided):
    for document in IssuedDocument.objects.filter(review=decided):
        content = bytes(document.content)
        assert hashlib.sha256(content).hexdigest() == document.sha256
        assert "DỰ THẢO" not in Paper(content).text
        key = PaperKey(DocumentKind(document.kind), document.about)
        assert "DỰ THẢO" in Paper(print_paper(decided, key)).text
        again = print_paper(
            decided, key, number=document.number, dated=document.dated, token=document.token
        )
        assert again == content, "the same facts give the same bytes"


def test_papers_command_writes_all_papers(decided, tmp_path):
    call_command("papers", "khoi-7", "2022", out=tmp_path, verbosity=0)
    proposed = {"nong-nghiep", "giao-thong"}  # the others have no achievements to report
    keys = [
        key
        for key in keys_of(decided)
        if key.kind != DocumentKind.ACHIEVEMENT or key.about in proposed
    ]
    in_word = {key for key in keys if PAPERS[key.kind].word}
    assert {str(key) for key in in_word} == {"submission", "report", "minutes"}
    names = {f"{key}.pdf" for key in keys} | {f"{key}.docx" for key in in_word}
    assert {path.name for path in tmp_path.iterdir()} == names
    stored = IssuedDocument.objects.get(review=decided, kind=DocumentKind.MINUTES)
    assert (tmp_path / "minutes.pdf").read_bytes() == bytes(stored.content)


def test_papers_command_names_a_review_that_does_not_exist(decided, tmp_path):
    with pytest.raises(CommandError, match="khoi-7 1999"):
        call_command("papers", "khoi-7", "1999", out=tmp_path)
