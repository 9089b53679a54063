"""The hall at work: the chair, five delegates and the projector, each before a screen of their own.

A secret ballot with a second round, a vote on printed papers, and a consensus, as on one morning.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from awards.models import Vote, VoteStatus
from portal.demo.clock import at
from tests.browser.pages import part, take_up
from tests.browser.voting import (
    CONFERENCE,
    announce,
    approve,
    choose_one,
    close_and_announce,
    confirm_count,
    name_teller,
    open_vote,
    prepare,
    type_count,
)

pytestmark = pytest.mark.browser

FARM = "Sở Nông nghiệp và Phát triển nông thôn"
LAND = "Sở Tài nguyên và Môi trường"
ROADS = "Sở Giao thông vận tải"
TRADE = "Sở Công Thương"
RADIO = "Đài Phát thanh và Truyền hình tỉnh Trà Vinh"
DELEGATES = ("officer.nnptnt", "deputy", "head.gtvt", "head.sct", "head.ptth")
YES, NO = "Đồng ý", "Không đồng ý"


class Hall:
    """Everybody's browser in the hall."""

    def __init__(self, log_in: Callable[..., Page]) -> None:
        self.chair = log_in("leader")
        self.delegates = {name: log_in(name) for name in DELEGATES}
        self.wall = log_in("officer.gtvt")
        self.wall.goto(f"{CONFERENCE}screen/")

    def come_to(self, item: str) -> None:
        """The chair goes on to an item of the agenda."""
        self.chair.goto(f"{CONFERENCE}console/")
        self.chair.get_by_role("button", name=f"Chuyển đến {item}").click()
        expect(self.wall.get_by_role("heading", level=1)).to_contain_text(item)

    def expect_on_wall(self, text: str) -> None:
        """The projector page comes to it by itself."""
        expect(self.wall.locator("main")).to_contain_text(text)


@pytest.fixture
def hall(build_once: Callable[[str], None], log_in: Callable[..., Page]) -> Hall:
    build_once("session")
    with at("2023-02-23 10:00"):
        yield Hall(log_in)


def test_a_morning_of_votes(hall: Hall) -> None:
    hall.come_to("Bình xét, biểu quyết đề nghị khen thưởng")
    secret_ballot_on_the_flag(hall)
    certificate_on_printed_papers(hall)
    hall.come_to("Bầu chọn Khối trưởng, Khối phó")
    election_in_two_rounds(hall)
    deputy_by_consensus(hall)
    votes = Vote.objects.filter(conference__review__bloc__slug="khoi-7").order_by("number")
    expected = [(1, VoteStatus.ANNOUNCED), (1, VoteStatus.ANNOUNCED), (1, VoteStatus.ANNOUNCED)]
    expected += [(2, VoteStatus.ANNOUNCED), (1, VoteStatus.ANNOUNCED)]
    assert list(votes.values_list("round", "status")) == expected
    hall.chair.goto(CONFERENCE)
    for title in ("Đề nghị khen thưởng", "Bầu Khối trưởng, Khối phó năm tiếp theo"):
        expect(part(hall.chair, title).get_by_text("Được thông qua")).to_have_count(2)


def secret_ballot_on_the_flag(hall: Hall) -> None:
    prepare(hall.chair, "Cờ thi đua", FARM, ROADS)
    vote = open_vote(hall.chair)
    hall.expect_on_wall("0/5")
    for number, (name, delegate) in enumerate(hall.delegates.items(), start=1):
        take_up(delegate, "Bỏ phiếu của đơn vị")
        expect(delegate.get_by_text("không lưu đơn vị nào chọn gì")).to_be_visible()
        approve(delegate, {FARM: YES, ROADS: YES if name == "head.gtvt" else NO})
        hall.expect_on_wall(f"{number}/5")
        expect(hall.wall.locator("main")).not_to_contain_text("100%")
    delegate = hall.delegates["head.gtvt"]
    delegate.goto(vote)
    expect(delegate.get_by_role("heading", name="Kết quả")).to_have_count(0)
    close_and_announce(hall.chair)
    hall.expect_on_wall("100%")
    delegate.reload()
    row = delegate.get_by_role("row", name=FARM)
    expect(row).to_contain_text("5/5 đơn vị, 100%")
    expect(row.get_by_text("Được chọn")).to_be_visible()


def election_in_two_rounds(hall: Hall) -> None:
    """Two against two and one: nobody has more than half, so the first two stand again."""
    prepare(hall.chair, "Khối trưởng", LAND, TRADE, RADIO)
    first = dict(zip(DELEGATES, (RADIO, LAND, RADIO, TRADE, LAND), strict=True))
    vote = open_vote(hall.chair)
    for name, delegate in hall.delegates.items():
        delegate.goto(vote)
        choose_one(delegate, first[name])
    close_and_announce(hall.chair)
    question = hall.chair.get_by_role("group").filter(has_text="Chuẩn bị vòng hai…")
    question.get_by_text("Chuẩn bị vòng hai…").click()
    question.get_by_role("button", name="Chuẩn bị vòng hai", exact=True).click()
    expect(hall.chair.locator("main")).to_contain_text("vòng 2")
    vote = open_vote(hall.chair)
    hall.expect_on_wall("0/5")
    for name, delegate in hall.delegates.items():
        delegate.goto(vote)
        expect(delegate.get_by_role("radio", name=TRADE, exact=True)).to_have_count(0)
        choose_one(delegate, LAND if name == "deputy" else RADIO)
    close_and_announce(hall.chair)
    row = hall.chair.get_by_role("row", name=RADIO)
    expect(row).to_contain_text("4/5 đơn vị, 80%")


def certificate_on_printed_papers(hall: Hall) -> None:
    name_teller(hall.chair, "Lý Thị Dung", heads=True)
    name_teller(hall.chair, "Thạch Văn Giang")
    prepare(hall.chair, "Bằng khen", ROADS, on_paper=True)
    vote = open_vote(hall.chair)
    first, second = hall.delegates["head.sct"], hall.delegates["head.ptth"]
    totals = {
        "Số phiếu phát ra": "5",
        "Số phiếu thu vào": "5",
        "Phiếu hợp lệ": "4",
        "Phiếu không hợp lệ": "0",
    }
    type_count(first, vote, totals, {ROADS: ["4", "0", "0"]})
    expect(first.get_by_text("chưa chuyển").first).to_be_visible()  # 4 + 0 are not 5
    first.get_by_label("Phiếu không hợp lệ").fill("1")
    first.get_by_role("button", name="Chuyển thành viên thứ hai").click()
    expect(first.get_by_role("button", name="Chuyển thành viên thứ hai")).to_have_count(0)
    expect(first.get_by_role("button", name="Xác nhận kết quả")).to_have_count(0)
    confirm_count(second, vote)
    hall.chair.goto(vote)
    announce(hall.chair)
    hall.expect_on_wall("80%")


def deputy_by_consensus(hall: Hall) -> None:
    prepare(hall.chair, "Khối phó", LAND, method="Thống nhất chung")
    open_vote(hall.chair)
    hall.chair.get_by_label(LAND).first.fill("5")
    hall.chair.get_by_role("button", name="Lưu kết quả").click()
    announce(hall.chair)
    expect(hall.chair.get_by_role("row", name=LAND)).to_contain_text("5/5 đơn vị, 100%")
