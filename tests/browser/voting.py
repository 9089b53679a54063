"""What people do in the hall: the chair puts questions, delegates vote, tellers count."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.pages import confirm, expect_told, field, part, pick, press

CONFERENCE = "/khoi-7/2022/conference/"
VOTES = "/khoi-7/2022/votes/"


def prepare(
    chair: Page,
    subject: str,
    *candidates: str,
    method: str = "Bỏ phiếu kín",
    on_paper: bool = False,
) -> None:
    """Write down a question; the page of the vote answers."""
    chair.goto(VOTES)
    chair.get_by_role("link", name="Chuẩn bị nội dung biểu quyết").click()
    pick(chair, "Nội dung đưa ra biểu quyết", subject)
    press(chair, "Tiếp tục")
    for name in candidates:
        chair.get_by_role("checkbox", name=re.compile(rf"Hạng \d+: {re.escape(name)}")).check()
    chair.get_by_role("radio", name=re.compile(rf"^{method}")).check()
    if method == "Thống nhất chung":  # one agrees to each; a choice knows no consensus
        chair.get_by_role("radio", name=re.compile("^Đồng ý, không đồng ý")).check()
    if on_paper:
        chair.get_by_role("checkbox", name="Bằng phiếu giấy").check()
    press(chair, "Lưu nội dung biểu quyết")
    expect_told(chair, "Đã lưu nội dung biểu quyết; chưa mở bỏ phiếu.")


def open_vote(chair: Page) -> str:
    """Open the vote on whose page the chair is; its address."""
    confirm(chair, "Mở bỏ phiếu")
    expect_told(chair, "Đã mở bỏ phiếu.")
    return chair.url


def close_and_announce(chair: Page) -> None:
    chair.reload()
    confirm(chair, "Đóng bỏ phiếu và kiểm phiếu")
    expect_told(chair, "có thể công bố kết quả")
    announce(chair)


def announce(chair: Page) -> None:
    confirm(chair, "Công bố kết quả")
    expect_told(chair, "Đã công bố kết quả.")


def approve(delegate: Page, marks: dict[str, str]) -> None:
    """Mark each candidate of the paper: Đồng ý, Không đồng ý or Không có ý kiến."""
    for candidate, mark in marks.items():
        group = delegate.get_by_role("group", name=candidate)
        group.get_by_role("radio", name=mark, exact=True).check()
    cast(delegate)


def choose_one(delegate: Page, candidate: str) -> None:
    delegate.get_by_role("radio", name=candidate, exact=True).check()
    cast(delegate)


def cast(delegate: Page) -> None:
    press(delegate, "Bỏ phiếu")
    expect(delegate.get_by_text("Đã ghi nhận phiếu của đơn vị.")).to_be_visible()
    expect(delegate.get_by_role("radio")).to_have_count(0)


def name_teller(chair: Page, account: str, *, heads: bool = False) -> None:
    chair.goto(CONFERENCE)
    committee = part(chair, "Ban kiểm phiếu")
    pick(committee, "Tài khoản", account)
    if heads:
        field(committee, "Là trưởng ban").check()
    press(committee, "Cử thành viên này")


def type_count(teller: Page, vote: str, totals: dict[str, str], rows: dict[str, list[str]]) -> None:
    """Type the count of printed papers and send it to the second teller."""
    teller.goto(f"{vote}tally/")
    press(teller, "Nhập kết quả kiểm phiếu")
    for label, number in totals.items():
        field(teller, label).fill(number)
    for candidate, numbers in rows.items():
        boxes = teller.get_by_role("row", name=candidate).get_by_role("textbox")
        for place, number in enumerate(numbers):
            boxes.nth(place).fill(number)
    press(teller, "Chuyển thành viên thứ hai")


def confirm_count(teller: Page, vote: str) -> None:
    teller.goto(f"{vote}tally/")
    teller.get_by_role("checkbox", name="Tôi đã đối chiếu các số này với phiếu.").check()
    press(teller, "Xác nhận kết quả")
