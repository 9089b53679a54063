"""A secretary who lost the network: nothing typed is lost, and it is saved once it can be."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from awards.models import DocumentKind, TextPart, TextRevision
from portal.demo.clock import at
from tests.browser.pages import field

pytestmark = pytest.mark.browser

CONFERENCE = "/khoi-7/2022/conference/"
TEXTS = "/khoi-7/2022/documents/minutes/text/"
# What Chromium and htmx note of a request that was cut; the page tells the person.
CUT = ("net::ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
REPORT = "/khoi-7/2022/reports/nong-nghiep/"
TYPED = "Hội nghị thảo luận sôi nổi; mọi đơn vị đều nhất trí."


@pytest.fixture
def secretary(
    build_once: Callable[[str], None], log_in: Callable[..., Page], console: list[str]
) -> Page:
    build_once("conference")
    with at("2023-02-23 09:40"):
        yield log_in("officer.nnptnt")
    console[:] = [line for line in console if not any(note in line for note in CUT)]


def discussion(page: Page):
    return page.locator("#discussion .editor-body")


def stored() -> TextPart:
    return TextPart.objects.get(document=DocumentKind.MINUTES, section="discussion")


def state(page: Page, word: str):
    return page.locator(f'.save-state[data-state="{word}"]')


def kept(page: Page) -> list[str]:
    return page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('kept:'))")


def test_a_text_saves_itself_some_seconds_after_the_last_word(secretary):
    secretary.goto(TEXTS)
    discussion(secretary).fill(TYPED)
    expect(state(secretary, "unsaved")).to_be_visible()
    assert len(kept(secretary)) == 1
    expect(state(secretary, "saved")).to_be_visible()
    assert stored().text == TYPED
    assert kept(secretary) == []
    discussion(secretary).press("End")
    discussion(secretary).press_sequentially(" Hết.")
    expect(state(secretary, "unsaved")).to_be_visible()
    expect(state(secretary, "saved")).to_be_visible()
    assert stored().text == f"{TYPED} Hết."


def test_without_network_it_says_so_and_saves_once_the_network_is_back(secretary):
    secretary.goto(TEXTS)
    before = TextRevision.objects.count()
    secretary.context.set_offline(True)
    expect(secretary.locator("[data-offline]")).to_be_visible()
    discussion(secretary).fill(TYPED)
    expect(state(secretary, "failed")).to_be_visible()
    expect(secretary.locator("[data-request-failed]")).to_be_visible()
    secretary.locator(".save-bar button[type=submit]").click()
    expect(discussion(secretary)).to_have_text(TYPED)  # the page was not left
    assert TextRevision.objects.count() == before
    secretary.context.set_offline(False)
    expect(secretary.locator("[data-offline]")).to_be_hidden()
    expect(state(secretary, "saved")).to_be_visible()
    assert stored().text == TYPED


def test_after_a_crash_the_text_is_offered_taken_over_and_saved(secretary):
    secretary.goto(TEXTS)
    secretary.context.set_offline(True)
    discussion(secretary).fill(TYPED)
    expect(state(secretary, "failed")).to_be_visible()
    page = secretary.context.new_page()
    secretary.close()  # as a crash: without a question
    page.context.set_offline(False)
    page.goto(TEXTS)
    assert discussion(page).inner_text() != TYPED
    offer = page.locator("#discussion .kept")
    expect(offer).to_contain_text(TYPED)
    expect(offer).to_contain_text(re.compile(r"\d\d/\d\d.*\d\d:\d\d"))
    offer.locator("[data-take]").click()
    expect(offer).to_have_count(0)
    expect(discussion(page)).to_have_text(TYPED)
    expect(state(page, "saved")).to_be_visible()
    assert stored().text == TYPED
    page.reload()
    expect(page.locator(".kept")).to_have_count(0)


def test_what_is_discarded_is_not_offered_again(secretary):
    secretary.goto(TEXTS)
    secretary.context.set_offline(True)
    discussion(secretary).fill(TYPED)
    page = secretary.context.new_page()
    secretary.close()
    page.context.set_offline(False)
    page.goto(TEXTS)
    page.locator("#discussion .kept [data-discard]").click()
    page.reload()
    expect(page.locator(".kept")).to_have_count(0)
    assert stored().text != TYPED


def test_a_colleagues_text_is_told_and_not_saved_over(secretary, log_in):
    secretary.goto(TEXTS)
    colleague = log_in("leader")
    colleague.goto(TEXTS)
    discussion(colleague).fill("Của lãnh đạo")
    expect(state(colleague, "saved")).to_be_visible()
    discussion(secretary).fill(TYPED)
    expect(state(secretary, "conflict")).to_be_visible()
    expect(secretary.locator("#message-discussion")).to_contain_text("Của lãnh đạo")
    expect(discussion(secretary)).to_have_text(TYPED)
    discussion(secretary).press("End")
    discussion(secretary).press_sequentially(" Thêm.")
    expect(state(secretary, "unsaved")).to_be_visible()
    expect(state(secretary, "conflict")).to_be_visible()
    assert stored().text == "Của lãnh đạo"
    assert len(kept(secretary)) == 1


def test_logging_out_removes_what_was_kept(secretary):
    secretary.goto(TEXTS)
    secretary.context.set_offline(True)
    discussion(secretary).fill(TYPED)
    secretary.close()  # before it can save, and without its question
    secretary.context.set_offline(False)
    other = secretary.context.new_page()
    other.goto("/")
    assert len(kept(other)) == 1
    other.evaluate("document.querySelector('form[action$=\"logout/\"]').requestSubmit()")
    expect(field(other, "Tên đăng nhập")).to_be_visible()
    assert kept(other) == []


def test_a_remark_is_offered_again_and_forgotten_once_recorded(secretary):
    secretary.goto(CONFERENCE)
    secretary.locator("#opening details.confirm summary").click()
    with secretary.expect_navigation():
        secretary.locator("#opening details.confirm button[type=submit]").click()
    remarks = secretary.locator("#remarks")
    remarks.locator("textarea").fill(TYPED)
    secretary.context.set_offline(True)
    remarks.locator("button[type=submit]").click()
    expect(secretary.locator("[data-offline]")).to_be_visible()
    expect(remarks.locator("textarea")).to_have_value(TYPED)
    secretary.close()
    secretary.context.set_offline(False)
    again = secretary.context.new_page()
    again.goto(CONFERENCE)
    remarks = again.locator("#remarks")
    remarks.locator(".kept [data-take]").click()
    expect(remarks.locator("textarea")).to_have_value(TYPED)
    remarks.locator("select").select_option(index=1)
    with again.expect_navigation():
        remarks.locator("button[type=submit]").click()
    expect(remarks.locator(".typed").first).to_have_text(TYPED)
    expect(again.locator(".kept")).to_have_count(0)
    assert kept(again) == []


def test_a_row_that_moved_up_when_it_was_saved_is_not_offered_again(secretary):
    secretary.goto(REPORT)
    form = secretary.locator("form[data-keep]")
    form.locator('[name="rewards-7-form"]').fill("Kỷ niệm chương")  # two empty rows above it
    form.locator('[name="rewards-7-individuals"]').fill("10")
    assert len(kept(secretary)) == 1
    with secretary.expect_navigation():
        form.locator("button[type=submit]").click()
    expect(form.locator('[name="rewards-5-form"]')).to_have_value("Kỷ niệm chương")
    expect(secretary.locator(".kept")).to_have_count(0)
    assert kept(secretary) == []
