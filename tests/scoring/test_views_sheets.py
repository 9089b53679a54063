"""The pages of a sheet: who reads what, and the way of a sheet to the leader."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from blocs import transitions as blocs
from blocs.models import Agency, Review
from scoring import transitions as scoring
from scoring.kernel.loading import parse_yaml, read_set
from scoring.models import Criterion, SheetStatus
from tests.forms import fields_of, signed_in
from tests.worlds import SMALL_SET, World, make_agency, make_user

from .sheets import url

pytestmark = pytest.mark.django_db

SET_A = Path(__file__).parents[2] / "scoring" / "criteria" / "set-a-100-points.yaml"

POSTS = [
    "sheet_send",
    "sheet_take_back",
    "sheet_recall",
    "extension_grant",
    "appraiser_name",
    "score_accept",
    "appraisal_finish",
    "sheet_return",
    "appraisal_resume",
]


def build_world():
    return World().open_self_scoring()


def stranger():
    return make_user("stranger", make_agency("outside"))


# --- reading


@pytest.mark.parametrize("name", ["sheet_detail", "sheet_submit", *POSTS])
def test_strangers_get_404(world, name):
    client = signed_in(stranger())
    address = url(world, name, "a3")
    answer = client.post(address) if name in POSTS else client.get(address)
    assert answer.status_code == 404


@pytest.mark.parametrize("name", ["sheet_list", "sheet_own"])
def test_strangers_do_not_see_the_review(world, name):
    address = reverse(f"scoring:{name}", args=world.review.url_args)
    assert signed_in(stranger()).get(address).status_code == 404


@pytest.mark.parametrize("name", POSTS)
def test_deeds_are_posted(world, name):
    assert signed_in(world.head("a3")).get(url(world, name, "a3")).status_code == 405


def test_another_member_gets_404_for_a_sheet(world):
    assert signed_in(world.head("a2")).get(url(world, "sheet_detail", "a3")).status_code == 404


def test_the_leader_reads_sheets_from_the_appraisal_on():
    world = World().submit_all()
    leader = signed_in(world.leader)
    assert leader.get(url(world, "sheet_detail", "a3")).status_code == 404
    scoring.open_appraisal(world.review, by=world.leader)
    page = leader.get(url(world, "sheet_detail", "a3"))
    assert page.status_code == 200
    assert page.context["page"].mode == "appraise"


def test_the_board_reads_no_sheet_before_the_examination(world):
    assert signed_in(world.board).get(url(world, "sheet_detail", "a3")).status_code == 404


def test_the_member_fills_in_and_sees_totals_and_progress(world):
    world.fill("a3", {"I.2": None})
    page = signed_in(world.officer("a3")).get(url(world, "sheet_detail", "a3"))
    shown = page.context["page"]
    assert (shown.mode, shown.progress.left, shown.progress.total) == ("enter", 1, 5)
    assert shown.progress.next == f"#score-{world.score('a3', 'I.2').pk}"
    html = page.content.decode()
    assert "1 of 5 criteria not answered yet" in html
    assert "= 13,9" in html  # 5,4 + 2 + 3 + 3, and half a point of bonus


def test_blank_nought_and_not_applicable_look_different():
    world = World()
    rules = read_set(parse_yaml(SMALL_SET.read_text(encoding="utf-8")))
    draft = scoring.upload_criteria(world.review, rules, by=world.leader)
    scoring.exempt(
        Criterion.objects.get(criteria_set=draft, code="I.1"),
        world.membership("a3"),
        reason="Không có nhiệm vụ được giao",
        by=world.leader,
    )
    scoring.adopt_criteria(draft, by=world.leader)
    world.criteria = draft
    open_for_scoring(world)
    world.fill("a3", {"I.1": None, "I.2": {"level": "Trung bình"}, "I.3": None})
    html = signed_in(world.officer("a3")).get(url(world, "sheet_detail", "a3")).content.decode()
    assert "N/A" in points_cell(html, world, "I.1")
    assert "Không có nhiệm vụ được giao" in html
    assert "left out; the rest of the group is scaled up" in html
    assert points_cell(html, world, "I.2") == "0"
    assert "not answered" in points_cell(html, world, "I.3")


def open_for_scoring(world):
    due = timezone.localdate() + datetime.timedelta(days=10)
    dates = {"registration_due": None, "scores_due": due, "appraisal_due": None}
    blocs.set_calendar(world.review, dates={**dates, "dossier_due": None}, by=world.leader)
    scoring.open_self_scoring(world.review, by=world.leader)
    world.reload()


def points_cell(html, world, code):
    """The text of a criterion's points."""
    key = f"{world.sheet('a3').pk}-{world.criteria.criteria.get(code=code).pk}"
    inner = html.split(f'id="points-{key}">')[1].split("</td>")[0]
    return re.sub(r"<[^>]*>", "", inner).strip()


def test_automatic_rows_and_the_conferences_are_typed_by_nobody(world):
    page = signed_in(world.officer("a3")).get(url(world, "sheet_detail", "a3"))
    rows = {row.leaf.code: row for row in page.context["page"].leaves}
    assert (rows["II.3"].kind, rows["T.2"].kind) == ("auto", "conference")
    assert rows["II.3"].form is None
    assert rows["T.2"].form is None
    html = page.content.decode()
    assert "Filled in by the portal from: receipt of the score sheet" in html
    assert "Set at the conference." in html


def test_the_member_reads_its_appraisal_once_it_is_finished():
    world = World().open_appraisal()
    score = world.score("a3", "I.2")
    scoring.appraise(
        score,
        inputs={"level": "Khá"},
        reason="Chỉ xếp loại khá",
        version=score.version,
        by=world.appraiser("a3"),
    )
    member = signed_in(world.head("a3"))
    detail, history = (
        url(world, "sheet_detail", "a3"),
        url(world, "criterion_history", "a3", score.criterion_id),
    )
    for address in (detail, history):
        assert "Chỉ xếp loại khá" not in member.get(address).content.decode()
    assert [column.label for column in member.get(detail).context["page"].columns] == ["Claimed"]
    sheet = world.sheet("a3")
    scoring.accept(sheet, list(sheet.scores.all()), by=world.appraiser("a3"))
    scoring.finish_appraisal(sheet, by=world.appraiser("a3"))
    for address in (detail, history):
        assert "Chỉ xếp loại khá" in member.get(address).content.decode()


def test_from_the_conference_on_all_three_columns_are_read():
    world = World().approve({"a3": {"I.2": {"level": "Khá"}}})
    for user in (world.head("a3"), world.leader):
        page = signed_in(user).get(url(world, "sheet_detail", "a3"))
        shown = page.context["page"]
        assert shown.mode == "read"
        assert [column.label for column in shown.columns] == ["Claimed", "Appraised", "Agreed"]
        assert "hx-post" not in page.content.decode()
        assert 'name="s' not in page.content.decode()


def test_the_history_names_stage_values_reason_and_person():
    world = World().open_appraisal()
    score = world.score("a3", "I.1")
    by = world.appraiser("a3")
    scoring.appraise(
        score,
        inputs={"actual": "8", "target": "10"},
        reason="Một việc trễ",
        version=score.version,
        by=by,
    )
    page = signed_in(by).get(url(world, "criterion_history", "a3", score.criterion_id))
    appraised, _sent, claimed = page.context["lines"]
    assert (appraised.after, claimed.after) == (Decimal("4.8"), Decimal("5.4"))
    assert appraised.after_figures == "Đúng hạn: 8; Được giao: 10"
    assert (appraised.reason, appraised.by, appraised.office) == (
        "Một việc trễ",
        str(by),
        "Bloc leader",
    )
    assert claimed.before is None
    assert signed_in(world.head("a2")).get(page.request["PATH_INFO"]).status_code == 404


@pytest.mark.parametrize("members", [1, 3])
def test_the_pages_cost_the_same_queries_whatever_the_members(members, django_assert_num_queries):
    world = World(members=members + 2).open_self_scoring()
    for name in list(world.agencies)[:members]:
        world.fill(name)
    client = signed_in(world.officer("a1"))
    with django_assert_num_queries(27):
        client.get(url(world, "sheet_detail", "a1"))
    with django_assert_num_queries(22):
        client.get(reverse("scoring:sheet_list", args=world.review.url_args))


def test_the_page_costs_the_same_queries_whatever_the_criteria(django_assert_num_queries):
    world = World().open_self_scoring(SET_A)
    client = signed_in(world.officer("a3"))
    client.get(url(world, "sheet_detail", "a3"))  # the adopted rules are read once a process
    with django_assert_num_queries(27):
        page = client.get(url(world, "sheet_detail", "a3"))
    assert page.context["page"].progress.total == 39


# --- the own sheet, and the list


def test_the_own_sheet_is_one_click_away(world):
    address = reverse("scoring:sheet_own", args=world.review.url_args)
    answer = signed_in(world.officer("a3")).get(address)
    assert answer.headers["Location"] == url(world, "sheet_detail", "a3")


def test_the_own_sheet_that_does_not_exist_yet_is_explained():
    world = World().adopt_criteria()
    address = reverse("scoring:sheet_own", args=world.review.url_args)
    html = signed_in(world.officer("a3")).get(address).content.decode()
    assert "Your score sheet does not exist yet." in html
    html = signed_in(world.board).get(address).content.decode()
    assert "Your agency is not a member of this review" in html


# --- the sheet's way


def test_the_officer_hands_the_sheet_to_the_head_and_takes_it_back(world):
    world.fill("a3")
    officer = signed_in(world.officer("a3"))
    send = url(world, "sheet_send", "a3")
    officer.post(send, fields_of(officer.get(url(world, "sheet_detail", "a3")), send))
    assert world.sheet("a3").status == SheetStatus.WITH_HEAD
    back = url(world, "sheet_take_back", "a3")
    officer.post(back, fields_of(officer.get(url(world, "sheet_detail", "a3")), back))
    assert world.sheet("a3").status == SheetStatus.DRAFT


def test_an_unfinished_sheet_is_not_sent_and_the_missing_rows_are_linked(world):
    officer = signed_in(world.officer("a3"))
    answer = officer.post(url(world, "sheet_send", "a3"), follow=True)
    assert world.sheet("a3").status == SheetStatus.DRAFT
    html = answer.content.decode()
    assert "Still missing:" in html
    score = world.score("a3", "I.1")
    assert f'<a href="{url(world, "sheet_detail", "a3")}#score-{score.pk}">I.1' in html


def test_the_head_submits_and_gets_a_receipt_to_the_second(world):
    world.fill("a3")
    head = signed_in(world.head("a3"))
    address = url(world, "sheet_submit", "a3")
    page = head.get(address)
    assert page.context["missing"] == []
    answer = head.post(address, fields_of(page), follow=True)
    sheet = world.sheet("a3")
    assert sheet.status == SheetStatus.SUBMITTED
    received = timezone.localtime(sheet.submitted_at).strftime("%d/%m/%Y %H:%M:%S")
    assert f"Received {received}, submitted by head.a3" in answer.content.decode()


def test_the_submit_page_lists_what_is_missing_with_links(world):
    world.fill("a3", {"I.2": None})
    page = signed_in(world.head("a3")).get(url(world, "sheet_submit", "a3"))
    score = world.score("a3", "I.2")
    assert f"#score-{score.pk}" in page.content.decode()
    with pytest.raises(LookupError):
        fields_of(page)


def test_the_submit_page_warns_of_what_lateness_costs(world):
    world.fill("a3")
    Review.objects.update(scores_due=timezone.localdate() - datetime.timedelta(days=2))
    html = signed_in(world.head("a3")).get(url(world, "sheet_submit", "a3")).content.decode()
    assert "the sheet is 2 days late" in html
    assert "1 instead of 2 points" in html


def test_a_returned_sheet_is_submitted_again_without_a_warning():
    world = World().open_appraisal()
    scoring.return_sheet(world.sheet("a3"), reason="Thiếu minh chứng", by=world.appraiser("a3"))
    Review.objects.update(scores_due=timezone.localdate() - datetime.timedelta(days=2))
    head = signed_in(world.head("a3"))
    page = head.get(url(world, "sheet_submit", "a3"))
    assert page.context["late_days"] == 0
    detail = head.get(url(world, "sheet_detail", "a3")).content.decode()
    assert "Thiếu minh chứng" in detail


def test_an_officer_submits_only_where_the_agency_has_delegated_it(world):
    world.fill("a3")
    officer = signed_in(world.officer("a3"))
    address = url(world, "sheet_submit", "a3")
    with pytest.raises(LookupError):
        fields_of(officer.get(address))
    assert officer.post(address).status_code == 403
    Agency.objects.filter(slug="a3").update(officer_may_submit=True)
    assert officer.post(address, fields_of(officer.get(address))).status_code == 302
    assert world.sheet("a3").status == SheetStatus.SUBMITTED


def test_the_second_click_is_told_so_and_changes_nothing(world):
    world.fill("a3")
    head = signed_in(world.head("a3"))
    for _click in range(2):
        answer = head.post(url(world, "sheet_submit", "a3"), follow=True)
    assert "so this cannot be done now" in answer.content.decode()
    assert world.sheet("a3").changes.count() == 1


def test_a_submitted_sheet_is_recalled_until_the_appraisal_begins():
    world = World().submit_all()
    head = signed_in(world.head("a3"))
    address = url(world, "sheet_recall", "a3")
    fields = fields_of(head.get(url(world, "sheet_detail", "a3")), address)
    head.post(address, {**fields, "note": "Sai một chỉ tiêu"})
    assert world.sheet("a3").status == SheetStatus.DRAFT
    assert world.sheet("a3").changes.last().note == "Sai một chỉ tiêu"
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    scoring.open_appraisal(world.review, by=world.leader)
    page = head.get(url(world, "sheet_detail", "a3"))
    with pytest.raises(LookupError):
        fields_of(page, address)
    assert "Appraisal has begun" in page.content.decode()
    assert head.post(address).status_code == 403
