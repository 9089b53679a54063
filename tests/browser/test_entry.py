"""Typing into a sheet: by keyboard, against a colleague, without scripts, logged out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from portal.demo.clock import at
from portal.demo.khoi_7 import user
from scoring import transitions as scoring
from scoring.models import Score
from tests.browser.pages import (
    FIGURES,
    enter_password,
    expect_points,
    expect_saved,
    expect_told,
    expect_total,
    in_column,
    press,
    row_of,
    take_up,
    tick,
    type_in,
)
from tests.documents.reading import Paper

pytestmark = pytest.mark.browser


@pytest.fixture
def open_sheet(
    build_once: Callable[[str], None], log_in: Callable[..., Page]
) -> Iterator[Callable[..., Page]]:
    """The half-filled sheet of Sở Giao thông vận tải before its officer."""

    def open_sheet(**options: object) -> Page:
        page = log_in("officer.gtvt", **options)
        take_up(page, "Tự chấm điểm")
        return page

    build_once("self_scoring")
    with at("2023-01-12 09:00"):
        yield open_sheet


def box(page: Page, code: str):
    return in_column(row_of(page, code), FIGURES).get_by_role("textbox").first


def kept(code: str) -> Score:
    return Score.objects.get(
        sheet__membership__agency__slug="giao-thong",
        sheet__membership__review__year=2022,
        criterion__code=code,
    )


def test_enter_and_arrows_walk_down_the_column_and_each_row_saves_itself(open_sheet):
    page = open_sheet()
    box(page, "III.1.2").focus()
    page.keyboard.type("4")
    expect(row_of(page, "III.1.2").get_by_text("Chưa lưu", exact=True)).to_be_visible()
    page.keyboard.press("Enter")
    expect(box(page, "III.1.3")).to_be_focused()
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    expect(box(page, "III.1.4")).to_be_focused()
    page.keyboard.type("3")
    page.keyboard.press("Tab")
    expect(row_of(page, "III.1.4").get_by_label("Diễn giải")).to_be_focused()
    for code, points in (("III.1.2", "3"), ("III.1.3", "1,5"), ("III.1.4", "1,5")):
        expect_saved(row_of(page, code))
        expect_points(row_of(page, code), points)
    expect_total(page, "74,61")
    box(page, "III.1.4").focus()
    page.keyboard.press("ArrowUp")
    expect(box(page, "III.1.3")).to_be_focused()
    assert kept("III.1.2").claimed_inputs == {"count": "4"}


def test_the_next_open_criterion_is_one_key_away(open_sheet):
    page = open_sheet()
    page.get_by_role("link", name="Tiêu chí tiếp theo còn trống").press("Enter")
    expect(row_of(page, "II.3.3").get_by_role("combobox")).to_be_focused()


def test_a_row_that_a_colleague_changed_meanwhile_shows_both_and_loses_neither(open_sheet):
    page = open_sheet()
    for code in ("III.1.2", "III.1.3"):
        score = kept(code)
        scoring.claim(
            score,
            inputs={"count": "3"},
            explanation="",
            version=score.version,
            by=user("head.gtvt"),
        )
        row = row_of(page, code)
        type_in(row, "1")
        expect(row.get_by_text("Người khác đã sửa")).to_be_visible()
        expect(row.get_by_text("Nội dung đã lưu trong lúc đó: 3")).to_be_visible()
        expect(row.get_by_text("Nội dung của bạn: 1")).to_be_visible()
        expect(box(page, code)).to_have_value("1")
        assert kept(code).claimed_inputs == {"count": "3"}
    tick(row_of(page, "III.1.2"), "Thay bằng nội dung của tôi")
    expect_saved(row_of(page, "III.1.2"))
    tick(row_of(page, "III.1.3"), "Giữ nguyên nội dung đã lưu")
    expect(box(page, "III.1.3")).to_have_value("3")
    expect(page.get_by_text("Nội dung của bạn:")).to_have_count(0)
    assert kept("III.1.2").claimed_inputs == {"count": "1"}
    assert kept("III.1.3").claimed_inputs == {"count": "3"}


def test_letters_for_a_figure_are_refused_at_the_field_and_stay_there(open_sheet):
    page = open_sheet()
    row, typed = row_of(page, "III.2.2"), box(page, "III.2.2")
    type_in(row, "mười hai")
    expect(typed).to_have_accessible_description("Chỉ ghi số, ví dụ: 12 hoặc 12,5.")
    expect(typed).to_have_attribute("aria-invalid", "true")
    expect(typed).to_have_value("mười hai")
    expect(row.get_by_text("Chưa lưu: có lỗi")).to_be_visible()
    type_in(row, "12,5")
    expect_saved(row)
    expect(typed).not_to_have_attribute("aria-invalid", "true")
    expect_points(row, "1,5")


def test_without_javascript_a_group_is_saved_by_its_button(open_sheet):
    page = open_sheet(java_script_enabled=False)
    box(page, "III.1.2").fill("4")
    box(page, "III.2.2").fill("mười hai")
    tick(row_of(page, "III.3.3"), "Đạt")
    box(page, "T.5").fill("1")
    table = page.get_by_role("table", name="III. CÔNG TÁC THI ĐUA, KHEN THƯỞNG")
    press(page.locator("section").filter(has=table), "Lưu")
    expect_told(page, "Chỉ ghi số, ví dụ: 12 hoặc 12,5.")
    expect(box(page, "III.2.2")).to_have_value("mười hai")
    assert kept("III.2.2").claimed_inputs is None
    assert kept("III.1.2").claimed_inputs == {"count": "4"}
    assert kept("III.3.3").claimed_inputs == {"met": True}
    assert kept("T.5").claimed_inputs == {"count": "1"}, "typed in another group"


def test_whoever_was_logged_out_is_told_and_keeps_what_was_typed(open_sheet):
    page = open_sheet()
    Session.objects.all().delete()
    type_in(row_of(page, "III.1.2"), "4")
    expect(page.get_by_text("Bạn đã bị đăng xuất")).to_be_visible()
    expect(row_of(page, "III.1.2").get_by_text("Chưa lưu: có lỗi")).to_be_visible()
    expect(box(page, "III.1.2")).to_have_value("4")
    with page.expect_popup() as tab:
        page.get_by_role("link", name="Đăng nhập lại ở thẻ mới").click()
    enter_password(tab.value, "officer.gtvt")
    table = page.get_by_role("table", name="III. CÔNG TÁC THI ĐUA, KHEN THƯỞNG")
    press(page.locator("section").filter(has=table), "Lưu")
    expect_told(page, "Đã lưu 1 tiêu chí.")
    expect(box(page, "III.1.2")).to_have_value("4")
    assert kept("III.1.2").claimed_inputs == {"count": "4"}


def test_without_javascript_too_a_logout_loses_nothing_that_was_typed(open_sheet):
    page = open_sheet(java_script_enabled=False)
    Session.objects.all().delete()
    box(page, "III.1.2").fill("4")
    table = page.get_by_role("table", name="III. CÔNG TÁC THI ĐUA, KHEN THƯỞNG")
    press(page.locator("section").filter(has=table), "Lưu")
    enter_password(page, "officer.gtvt")
    assert kept("III.1.2").claimed_inputs is None
    with page.expect_navigation():
        page.locator("main form button[type=submit]").click()
    expect(box(page, "III.1.2")).to_have_value("4")
    assert kept("III.1.2").claimed_inputs == {"count": "4"}


def test_a_sheet_is_printed_on_few_landscape_pages_with_what_stands_in_its_boxes(open_sheet):
    page = open_sheet()
    page.wait_for_load_state()
    paper = Paper(page.pdf(prefer_css_page_size=True))
    assert len(paper.texts) <= 9
    assert {(round(width), round(height)) for width, height in paper.sizes} == {(297, 210)}
    for screen_only in ("Đính kèm minh chứng", "— chọn —", "Lịch sử", "Lưu"):
        assert screen_only not in paper.text
    assert box(page, "I.1.2").input_value() in paper.texts[0]
    assert "Tự chấm" in paper.texts[-1], "the sums"
