"""What a person does on the pages, in the words that stand on them."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect

from portal.demo.accounts import PASSWORD

FIGURES = "Số liệu của đơn vị"

# --- everywhere


def enter_password(page: Page, username: str) -> None:
    field(page, "Tên đăng nhập").fill(username)
    field(page, "Mật khẩu").fill(PASSWORD)
    press(page, "Đăng nhập")


def take_up(page: Page, task: str) -> None:
    """Go to one's tasks and follow one of them."""
    page.get_by_role("navigation", name="Trình đơn chính").get_by_text("Việc của tôi").click()
    page.get_by_role("listitem").get_by_role("link", name=task).click()


def go_to(page: Page, tab: str) -> None:
    """From one's tasks to the review of Khối 7 in 2022, and to one of its pages."""
    page.get_by_role("navigation", name="Trình đơn chính").get_by_text("Việc của tôi").click()
    page.get_by_role("link", name="Khối 7 · 2022").click()
    tabs = page.get_by_role("navigation", name="Các trang của năm thi đua này")
    tabs.get_by_role("link", name=tab, exact=True).click()


def press(place: Page | Locator, button: str) -> None:
    """Press a button that sends a form, and wait for the page that answers."""
    page = place if isinstance(place, Page) else place.page
    with page.expect_navigation():
        place.get_by_role("button", name=button, exact=True).click()


def confirm(place: Page | Locator, deed: str, button: str = "") -> None:
    """Open the question behind a button and say yes to it."""
    question = place.get_by_role("group").filter(has_text=f"{deed}…")
    question.get_by_text(f"{deed}…").click()
    press(question, button or deed)


def expect_told(page: Page, text: str) -> None:
    """A message at the top of the page says so."""
    expect(page.locator("main").get_by_text(text)).to_be_visible()


def part(page: Page, title: str) -> Locator:
    """A part of a page, by its heading."""
    return page.locator("section").filter(has=page.locator("h2", has_text=title))


def field(place: Page | Locator, label: str) -> Locator:
    """A field by its label, which may end with the mark of what must be filled in."""
    return place.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*\*?\s*$"))


def pick(place: Page | Locator, label: str, option: str) -> None:
    """Choose from a list by what the entry contains."""
    entry = field(place, label).get_by_role("option", name=option)
    field(place, label).select_option(label=entry.inner_text())


# --- the score sheet


def row_of(page: Page, code: str) -> Locator:
    """The row of a criterion, found as a reader finds it: by its code."""
    return page.locator("tr").filter(has=page.get_by_text(code, exact=True))


def in_column(row: Locator, column: str) -> Locator:
    return row.locator(f'[data-label="{column}"]')


def type_in(row: Locator, *texts: str, column: str = FIGURES) -> None:
    """Type into the boxes of a row from left to right, leaving each with the Tab key."""
    boxes = in_column(row, column).get_by_role("textbox")
    for place, text in enumerate(texts):
        if text:
            boxes.nth(place).fill(text)
            boxes.nth(place).press("Tab")


def choose(row: Locator, level: str) -> None:
    row.get_by_role("combobox").select_option(label=level)


def tick(row: Locator, label: str) -> None:
    # Not check(): it looks again after the click, when the saved row may have taken it away.
    row.get_by_label(label, exact=True).click()


def expect_saved(row: Locator) -> None:
    expect(row.get_by_text("Đã lưu", exact=True)).to_be_visible()


def expect_points(row: Locator, points: str) -> None:
    expect(in_column(row, "Điểm")).to_have_text(points)


def expect_total(page: Page, total: str) -> None:
    """The bar at the foot of the sheet."""
    expect(page.get_by_text(f"= {total}", exact=True).last).to_be_visible()
