"""The draft of a news item: every fact that may be told, and no figure of points or votes."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

import pytest
from django.db import transaction
from django.test import override_settings

from awards.documents import facts as paper_facts
from awards.documents.minutes import Person
from awards.documents.wording import points
from awards.models import Proposal, ProposalStatus
from awards.news import NewsFacts, part_of_day, signed_by, text_of, title_of, without_figures
from awards.news_facts import gather
from blocs.models import Review
from portal.demo import world
from tests.awards.meetings import Meeting

PLAIN = NewsFacts(
    bloc="Khối thi đua Khối 7",
    year=2022,
    day=datetime.date(2023, 2, 23),
    starts_at=datetime.time(8),
    venue="hội trường Sở A",
    chair=Person("ông Lê Văn An", "Phó Giám đốc Sở A"),
)


# --- sentences that state figures


@pytest.mark.parametrize(
    "sentence",
    [
        "Sở A đạt 97,25 điểm.",
        "Sở A đạt 97 điểm thi đua.",
        "Báo cáo được thông qua với tỷ lệ 100%.",
        "Báo cáo được thông qua với tỷ lệ 83,33 %.",
        "Có 05 phiếu đồng ý.",
        "Có 05/05 đơn vị nhất trí.",
        "Có 5 / 5 phiếu hợp lệ.",
        "Sở A xếp hạng 2 của Khối.",
        "Sở A xếp thứ hạng 2 của Khối.",
        "Sở A xếp hạng nhất.",
        "Sở A xếp hạng thứ hai.",
        "Tổng điểm: 97.",
        "Số điểm cao nhất của Khối là 97,25.",
        "Sở A được 1.020 Điểm.",
    ],
)
def test_a_sentence_with_points_ranks_or_votes_is_left_out(sentence):
    assert without_figures(sentence) == ""
    assert without_figures(f"Hội nghị thảo luận. {sentence} Các đơn vị nhất trí.") == (
        "Hội nghị thảo luận. Các đơn vị nhất trí."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Bảng tổng hợp chấm điểm năm 2022 được thông qua.",
        "Khối tổ chức 03 hội nghị trong năm 2022. Ngày 23/02/2023 họp tổng kết.",
        "Ông An nói: “Thi đua phải thiết thực.” Các đơn vị nhất trí.",
        "Phát huy điểm mạnh, khắc phục điểm yếu.",
    ],
)
def test_other_sentences_stay_as_they_are(text):
    assert without_figures(text) == text


def test_an_abbreviation_does_not_cut_a_sentence_in_two():
    text = "Lễ trao cờ ở TP. Trà Vinh, nơi Sở A nhận 97 điểm, thành công. Các đơn vị nhất trí."
    assert without_figures(text) == "Các đơn vị nhất trí."


def test_texts_of_the_minutes_go_through_the_same_sieve():
    said = "Sở A đạt 97 điểm. Các đơn vị nhất trí."
    text = text_of(replace(PLAIN, opening=said, discussion=said, conclusion=said))
    assert "97" not in text
    assert text.count("Các đơn vị nhất trí.") == 3


# --- what the records do not hold


def test_what_is_not_known_leaves_no_gap():
    text = text_of(PLAIN)
    assert text.count("\n\n") == 0
    assert "None" not in text
    for broken in (" ,", ";;", " .", "gồm: .", "  "):
        assert broken not in text


@pytest.mark.parametrize(
    ("hour", "words"), [(7, "Sáng"), (11, "Sáng"), (12, "Chiều"), (14, "Chiều"), (19, "Tối")]
)
def test_the_part_of_the_day_follows_the_clock(hour, words):
    assert part_of_day(datetime.time(hour)) == words


def test_the_line_of_the_author_is_left_out_without_one():
    assert signed_by("nguyễn Văn Hận") == "Tin, ảnh: Nguyễn Văn Hận"
    assert signed_by("") == ""


# --- the records of a small conference


@pytest.mark.django_db
def test_a_member_that_was_absent_did_not_attend():
    meeting = Meeting().attend("a3")
    told = gather(meeting.review)
    assert told.members == ("Sở a1", "Sở a2")
    assert "02 cơ quan, đơn vị thành viên" in text_of(told)
    assert "a3" not in text_of(told)


@pytest.mark.django_db
def test_a_proposal_that_was_withdrawn_is_not_told():
    meeting = Meeting().close()
    assert "tặng Bằng khen cho Sở a2" in text_of(gather(meeting.review))
    Proposal.objects.filter(membership=meeting.membership("a2")).update(
        status=ProposalStatus.WITHDRAWN
    )
    assert "Bằng khen" not in text_of(gather(meeting.review))


@pytest.mark.django_db
def test_what_the_room_has_not_decided_yet_is_not_told():
    text = text_of(gather(Meeting().attend().review))
    for later in ("thông qua", "đề nghị", "bầu chọn", "cờ luân lưu"):
        assert later not in text


# --- the conference of Khối 7


@pytest.fixture(scope="module")
def review(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo's review, built once for the tests below and rolled back after them."""
    media = tmp_path_factory.mktemp("media")
    with (
        django_db_blocker.unblock(),
        override_settings(DEMO=True, MEDIA_ROOT=media),
        transaction.atomic(),
    ):
        world.build("submitted")
        yield Review.objects.select_related("bloc__province").get(bloc__slug="khoi-7", year=2022)
        transaction.set_rollback(True)


SEED = [
    "Sáng ngày 23/02/2023",
    "tại hội trường Sở Nông nghiệp và Phát triển nông thôn",
    "Khối thi đua Khối 7 tổ chức Hội nghị tổng kết công tác thi đua, khen thưởng năm 2022 và "
    "triển khai phương hướng, nhiệm vụ năm 2023",
    "dưới sự chủ trì của ông Lê Văn Đông, Phó Giám đốc Sở Nông nghiệp và Phát triển nông thôn",
    "Hà Trí Trung, Trưởng Ban Thi đua - Khen thưởng tỉnh",
    "lãnh đạo và công chức, viên chức làm công tác thi đua, khen thưởng của 05 cơ quan, đơn vị "
    "thành viên Khối thi đua Khối 7 gồm: Sở Nông nghiệp và Phát triển nông thôn; Sở Tài nguyên "
    "và Môi trường; Sở Giao thông vận tải; Sở Công Thương và Đài Phát thanh và Truyền hình tỉnh "
    "Trà Vinh",
    "phát biểu khai mạc",
    "thông qua báo cáo tổng kết",
    "bảng tổng hợp chấm điểm",
    "cơ bản thống nhất cao",
    "đề nghị Ủy ban nhân dân tỉnh Trà Vinh tặng Cờ thi đua năm 2022 cho Sở Nông nghiệp và Phát "
    "triển nông thôn có thành tích tiêu biểu, xuất sắc",
    "tặng Bằng khen cho Sở Giao thông vận tải",
    "Đài Phát thanh và Truyền hình tỉnh Trà Vinh làm Khối trưởng",
    "Sở Tài nguyên và Môi trường làm Khối phó Khối thi đua Khối 7 năm 2023",
    "cờ luân lưu của Khối được trao cho Đài Phát thanh và Truyền hình tỉnh Trà Vinh",
    "Bế mạc Hội nghị, ông Lê Văn Đông",
]


@pytest.mark.parametrize("fact", SEED)
def test_every_fact_of_the_published_news_stands_in_the_draft(review, fact):
    assert fact in text_of(gather(review))


def test_the_title_is_that_of_the_published_news(review):
    assert title_of(gather(review)) == (
        "Hội nghị tổng kết công tác thi đua, khen thưởng năm 2022, phương hướng nhiệm vụ năm 2023 "
        "của Khối thi đua Khối 7"
    )


def test_no_points_ranks_or_votes_of_the_conference_stand_in_the_draft(review):
    text = text_of(gather(review))
    table, _summary = paper_facts.table_and_version(review)
    totals = [points(row.agreed.total, table.places) for row in table.rows]
    assert len(totals) == 5
    assert not [total for total in totals if total in text]
    assert not re.search(r"\d\s*(điểm|%|phiếu|hạng)|\d/\d\s*đơn vị|hạng \d|tỷ lệ", text)
    # What is left of digits: the day, the years, the bloc's name and the count of its members.
    assert set(re.findall(r"\d+", text)) == {"23", "02", "2023", "2022", "7", "05"}
