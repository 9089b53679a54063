"""What people do on the conference page: plan, open, record, resolve, close."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from portal.demo.khoi_7 import MEMBERS
from tests.browser.pages import confirm, expect_told, field, part, pick, press, take_up

VENUE = "hội trường Sở Nông nghiệp và Phát triển nông thôn"
LEADER, DEPUTY = "Sở Nông nghiệp và Phát triển nông thôn", "Sở Tài nguyên và Môi trường"
ELECTED = "Đài Phát thanh và Truyền hình tỉnh Trà Vinh"


def secretariat_plans(secretary: Page) -> None:
    take_up(secretary, "Xác định ngày, địa điểm và người chủ trì hội nghị")
    for label, text in (
        ("Ngày", "23/02/2023"),
        ("Bắt đầu lúc", "08:00"),
        ("Địa điểm", VENUE),
        ("Người chủ trì", "ông Lê Văn Đông"),
        ("Chức vụ của người chủ trì", f"Phó Giám đốc {LEADER}"),
        ("Thư ký", "bà Trần Thị Mẫu"),
        ("Chức vụ của thư ký", f"công chức {LEADER}"),
    ):
        field(secretary, label).fill(text)
    press(secretary, "Lưu kế hoạch")
    expect_told(secretary, "Đã lưu kế hoạch hội nghị.")


def secretariat_opens(secretary: Page) -> None:
    take_up(secretary, "Chuẩn bị và khai mạc hội nghị")
    confirm(part(secretary, "Khai mạc"), "Khai mạc hội nghị")
    expect_told(secretary, "Hội nghị đã khai mạc")


def secretariat_takes_attendance(secretary: Page) -> None:
    press(part(secretary, "Điểm danh"), "Lưu điểm danh")
    expect_told(secretary, "Đã lưu kết quả điểm danh.")
    expect(secretary.get_by_text("Số đơn vị có mặt: 5/5")).to_be_visible()
    for member, name, position in (
        (LEADER, "ông Lê Văn Đông", "Phó Giám đốc"),
        ("Khách mời", "ông Hà Trí Trung", "Trưởng Ban Thi đua - Khen thưởng tỉnh"),
    ):
        people = part(secretary, "Đại biểu và khách mời")
        pick(people, "Thuộc đơn vị", member)
        field(people, "Họ và tên").fill(name)
        field(people, "Chức vụ").fill(position)
        press(people, "Thêm người này")
        expect(people.get_by_role("listitem").filter(has_text=name)).to_be_visible()


def conference_agrees_on_scores(secretary: Page) -> None:
    """Each member's bonus for an office, and one score that the members see otherwise."""
    title = "Điều chỉnh điểm tại hội nghị"
    for slug, _full, short, *_rest in MEMBERS:
        part(secretary, title).get_by_role("link", name=f"Ghi điểm T.4 {short}").click()
        level = "Khối trưởng" if slug == "nong-nghiep" else "Thành viên"
        field(secretary, "Mức").select_option(label=level)
        save_agreed(secretary, "Hội nghị thống nhất")
    scores = part(secretary, title)
    field(scores, "Đơn vị thành viên").select_option(label=DEPUTY)
    pick(scores, "Tiêu chí", "IV.5 ")
    press(scores, "Điều chỉnh điểm này")
    field(secretary, "hoạt động").fill("2")
    save_agreed(secretary, "Hội nghị công nhận đợt ra quân trồng cây là hoạt động chung của Khối")
    expect(scores.get_by_role("row", name="IV.5")).to_be_visible()


def save_agreed(secretary: Page, reason: str) -> None:
    field(secretary, "Lý do").fill(reason)
    press(secretary, "Lưu điểm hội nghị thống nhất")
    expect_told(secretary, "Đã lưu điểm hội nghị thống nhất.")


def conference_resolves(secretary: Page) -> None:
    vote(secretary, "Báo cáo tổng kết", "Ghi nhận việc thông qua báo cáo")
    vote(secretary, "Thông qua bảng tổng hợp chấm điểm", "Chốt bảng điểm")
    for award, member in (
        ("Cờ thi đua", f"Hạng 1: {LEADER}"),
        ("Bằng khen", "Hạng 2: Sở Giao thông vận tải"),
    ):
        proposals = part(secretary, "Đề nghị khen thưởng")
        pick(proposals, "Danh hiệu, hình thức khen thưởng", award)
        field(proposals, "Đơn vị thành viên").select_option(label=member)
        vote(secretary, "Đề nghị khen thưởng", "Ghi nhận đề nghị khen thưởng")
    for office, member in (("Khối trưởng", ELECTED), ("Khối phó", DEPUTY)):
        elections = part(secretary, "Bầu Khối trưởng, Khối phó năm tiếp theo")
        field(elections, "Chức danh trong Khối").select_option(label=office)
        field(elections, "Đơn vị thành viên").select_option(label=member)
        field(elections, "Hình thức").select_option(label="Biểu quyết giơ tay")
        vote(secretary, "Bầu Khối trưởng, Khối phó năm tiếp theo", "Ghi nhận kết quả bầu")
    press(part(secretary, "Trao cờ luân lưu"), "Ghi nhận việc trao cờ")
    expect_told(secretary, "Đã lưu việc trao cờ luân lưu.")


def vote(secretary: Page, title: str, button: str) -> None:
    """Everybody present is in favour, as the form has it filled in."""
    place = part(secretary, title)
    expect(field(place, "Đồng ý")).to_have_value("5")
    press(place, button)
    expect_told(secretary, "Đã ghi nhận kết quả biểu quyết.")
    expect(place.get_by_text("5/5 đơn vị đồng ý").last).to_be_visible()


def conference_adopts_minutes(secretary: Page) -> None:
    """Read out from the page that states them, and adopted there."""
    minutes = part(secretary, "Biên bản")
    minutes.get_by_role("link", name="Đọc và thông qua biên bản").click()
    expect(secretary.get_by_text("Hội nghị kết thúc vào")).to_have_count(0)
    press(part(secretary, "Thông qua biên bản"), "Ghi nhận việc thông qua biên bản")
    expect_told(secretary, "Đã ghi nhận kết quả biểu quyết.")
    adopted = part(secretary, "Biên bản").get_by_text("Hội nghị đã thông qua biên bản")
    expect(adopted).to_be_visible()


def leader_closes(leader: Page) -> None:
    take_up(leader, "Ghi chép diễn biến hội nghị")
    closing = part(leader, "Bế mạc")
    expect(closing.get_by_text("Mọi nội dung đã được ghi nhận")).to_be_visible()
    closing.get_by_text("Kết thúc hội nghị…").click()
    field(closing, "Kết thúc lúc").fill("11:00")
    press(closing, "Kết thúc hội nghị")
    expect_told(leader, "Hội nghị đã kết thúc.")
