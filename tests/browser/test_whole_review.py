"""The whole job on a live server: from an officer's figures to the three signed-off papers."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from awards import transitions as awards
from awards.documents.papers import PaperKey
from awards.documents.pdf import to_pdf
from awards.models import DocumentKind, IssuedDocument
from blocs.models import Review
from portal.demo.case import HEADS, MEMBERS, answers
from portal.demo.clock import at
from portal.demo.evidence import Sample
from portal.demo.khoi_7 import user
from scoring import transitions as scoring
from scoring.models import Score, Sheet
from tests.browser.conference import (
    DEPUTY,
    ELECTED,
    LEADER,
    VENUE,
    conference_adopts_minutes,
    conference_agrees_on_scores,
    conference_resolves,
    leader_closes,
    secretariat_opens,
    secretariat_plans,
    secretariat_takes_attendance,
)
from tests.browser.pages import (
    choose,
    confirm,
    expect_points,
    expect_saved,
    expect_told,
    expect_total,
    field,
    go_to,
    in_column,
    part,
    press,
    row_of,
    take_up,
    tick,
    type_in,
)
from tests.documents.reading import Paper

pytestmark = pytest.mark.browser

# What the officer's sheet still lacks: how it is typed, and the points that follow.
LACKING = (
    ("II.3.3", choose, ["Khá"], "0,5"),
    ("II.3.4", type_in, ["4"], "1,5"),
    ("III.1.1", type_in, ["31/03/2022", "04/03/2022 09:00"], "2"),
    ("III.1.2", type_in, ["4"], "3"),
    ("III.1.3", type_in, ["2"], "1,5"),
    ("III.1.4", type_in, ["3"], "1,5"),
    ("III.2.1", type_in, ["4"], "2"),
    ("III.2.2", type_in, ["12,5"], "1,5"),
    ("III.2.3", type_in, ["12"], "1"),
    ("III.3.1", type_in, ["", "1"], "1,75"),
    ("III.3.2", type_in, ["48,7"], "0,5"),
    ("III.3.3", tick, ["Đạt"], "1"),
    ("III.4.1", tick, ["Đạt"], "1"),
    ("III.4.2", tick, ["Đạt"], "0,5"),
    ("III.4.3", tick, ["Không có trường hợp nào"], "1,5"),
    ("IV.5", type_in, ["1"], "0,75"),
    ("T.1", choose, ["Không có"], "0"),
    ("T.2", type_in, ["1"], "0,5"),
    ("T.3", type_in, ["1"], "0,5"),
    ("T.5", type_in, ["1"], "0,5"),
    ("TR.2", type_in, ["0"], "0"),
    ("TR.3", type_in, ["0"], "0"),
    ("TR.4", type_in, ["0"], "0"),
    ("TR.5", type_in, ["0"], "0"),
)

# By documents of the library; the first by the scan that the officer attaches in the end.
PROVED = {"II.3.3", "III.1.1", "III.1.2", "III.2.3"}


def test_a_review_goes_from_the_officers_figures_to_the_three_papers(
    build_once: Callable[[str], None], log_in: Callable[..., Page], tmp_path: Path
) -> None:
    build_once("self_scoring")
    with at("2023-01-12 09:00"):
        officer_fills_in_and_sends(log_in("officer.gtvt"), tmp_path)
        head_submits(log_in("head.gtvt"))
        the_other_members_submit()
    with at("2023-01-18 08:00"):
        board_names_the_appraiser(log_in("board"))
        leader_begins_the_appraisal(log_in("leader"))
    with at("2023-02-06 09:00"):
        deputy_appraises_the_leader(log_in("deputy"))
        leader = log_in("leader")
        leader_appraises_the_officers_sheet(leader)
        the_other_sheets_are_accepted()
        officer_objects(log_in("officer.gtvt"))
        leader_answers(leader)
        head_accepts_the_appraisal(log_in("head.gtvt"))
        leader_approves_the_table(leader)
    with at("2023-02-14 09:00"):
        secretariat_plans(log_in("officer.nnptnt"))
    with at("2023-02-23 08:00"):
        secretary = log_in("officer.nnptnt")
        secretariat_opens(secretary)
        secretariat_takes_attendance(secretary)
        conference_agrees_on_scores(secretary)
        conference_resolves(secretary)
        conference_adopts_minutes(secretary)
    with at("2023-02-23 11:00"):
        leader_closes(log_in("leader"))
    with at("2023-02-27 14:00"):
        secretary = log_in("officer.nnptnt")
        secretariat_writes_the_grounds(secretary)
        secretariat_confirms_the_final_figure(secretary)
        the_proposed_members_report_their_achievements()
        leader_issues_and_submits(log_in("leader"))
    with at("2023-03-20 15:00"):
        board_decides(log_in("board"))
        papers = papers_downloaded(log_in("leader"))
    expect_facts(papers)


# --- self-scoring


def officer_fills_in_and_sends(officer: Page, folder: Path) -> None:
    take_up(officer, "Tự chấm điểm")
    expect(officer.get_by_text("Còn 16/39 tiêu chí chưa trả lời")).to_be_visible()
    expect_total(officer, "68,61")
    corrected = row_of(officer, "I.1.2")
    type_in(corrected, "118")
    expect_saved(corrected)
    expect_points(corrected, "5,85")
    expect_total(officer, "68,66")
    for code, typed, figures, points in LACKING:
        row = row_of(officer, code)
        typed(row, *figures)
        expect_saved(row)
        expect_points(row, points)
        if code not in PROVED and points != "0":
            expect(row.locator("[data-unproven]")).to_be_visible()
            type_in(row, "Theo Báo cáo số 12/BC-SGTVT", column="Diễn giải và minh chứng")
            expect(row.locator("[data-unproven]")).to_have_count(0)
    expect_total(officer, "91,66")
    expect(row_of(officer, "II.3.3").locator("[data-unproven]")).to_be_visible()
    officer_attaches_a_scan(officer, folder)
    expect(officer.get_by_text("Đã trả lời tất cả các tiêu chí.")).to_be_visible()
    confirm(officer, "Gửi thủ trưởng duyệt", "Gửi")
    expect_told(officer, "Đã gửi bảng chấm điểm để thủ trưởng duyệt.")


def officer_attaches_a_scan(officer: Page, folder: Path) -> None:
    title, scan = "Thông báo xếp loại Hội Cựu chiến binh", folder / "scan0001.pdf"
    sample = Sample(title=title, agency="Sở Giao thông vận tải")
    scan.write_bytes(to_pdf("portal/demo_evidence.html", sample))
    row_of(officer, "II.3.3").get_by_role("link", name="Đính kèm minh chứng").click()
    field(officer, "Tệp").set_input_files(scan)
    field(officer, "Tên tài liệu").fill(title)
    officer.get_by_role("checkbox").click()  # no state secret
    press(officer, "Đính kèm")
    expect_told(officer, f"Đã đính kèm “{title}”.")
    officer.get_by_role("link", name="Quay lại bảng chấm điểm").click()
    with officer.expect_download() as download:
        row_of(officer, "II.3.3").get_by_role("link", name=title).click()
    assert download.value.path().read_bytes() == scan.read_bytes()


def head_submits(head: Page) -> None:
    take_up(head, "Kiểm tra và nộp bảng chấm điểm")
    head.get_by_role("link", name="Nộp bảng chấm điểm").click()
    expect(head.get_by_text("Hạn nộp: đến 24 giờ 00 phút ngày 15/01/2023.")).to_be_visible()
    press(head, "Nộp bảng chấm điểm")
    expect_told(head, "Đã nộp bảng chấm điểm")
    expect(head.get_by_text("Tiếp nhận lúc 12/01/2023 09:00:00")).to_be_visible()
    expect(head.get_by_text("Đúng hạn", exact=True)).to_be_visible()


def the_other_members_submit() -> None:
    """Bulk: the same as above, three hundred figures long."""
    for slug, member in answers().items():
        if slug == "giao-thong":
            continue
        for score in Score.objects.filter(sheet=sheet_of(slug), claimed_inputs__isnull=True):
            if inputs := member["claimed"].get(score.criterion.code):
                scoring.claim(
                    score,
                    inputs=inputs,
                    explanation="Theo báo cáo năm",
                    version=score.version,
                    by=officer_of(slug),
                )
        scoring.submit(sheet_of(slug), by=head_of(slug))


def sheet_of(slug: str) -> Sheet:
    return Sheet.objects.get(membership__review=review(), membership__agency__slug=slug)


def review() -> Review:
    return Review.objects.get(bloc__slug="khoi-7", year=2022)


KEYS = {slug: key.lower() for slug, _full, _short, key, _kind in MEMBERS}


def officer_of(slug: str):
    return user(f"officer.{KEYS[slug]}")


def head_of(slug: str):
    return user(HEADS.get(slug, f"head.{KEYS[slug]}"))


# --- appraisal


def board_names_the_appraiser(board: Page) -> None:
    take_up(board, "Chỉ định đơn vị thẩm định bảng chấm điểm của Sở Nông nghiệp và PTNT")
    line = board.get_by_role("row", name=LEADER)
    expect(line.get_by_text("Chưa có")).to_be_visible()
    line.get_by_text("Đơn vị thẩm định…").click()
    line.get_by_role("combobox").select_option(label=DEPUTY)
    press(line, "Chỉ định đơn vị thẩm định")
    expect_told(board, "Đã chỉ định đơn vị thẩm định.")


def leader_begins_the_appraisal(leader: Page) -> None:
    take_up(leader, "Bắt đầu thẩm định")
    confirm(part(leader, "Bước tiếp theo"), "Bắt đầu thẩm định")
    expect_told(leader, "Đã bắt đầu thẩm định.")


def deputy_appraises_the_leader(deputy: Page) -> None:
    take_up(deputy, "Thẩm định: Sở Nông nghiệp và PTNT")
    row = row_of(deputy, "I.3.1")
    type_in(row, "94,7", column="Thẩm định")
    expect(row.get_by_text("Ghi rõ lý do chênh lệch điểm.")).to_be_visible()
    type_in(row, "Kho bạc Nhà nước xác nhận tỷ lệ giải ngân là 94,7%", column="Lý do")
    expect_saved(row)
    expect_points(row, "2")
    expect(in_column(row, "Chênh lệch")).to_have_text("−1")
    accept_the_rest_and_finish(deputy)


def leader_appraises_the_officers_sheet(leader: Page) -> None:
    take_up(leader, "Thẩm định: ")
    leader.get_by_role("link", name="Sở Giao thông vận tải").click()
    row = row_of(leader, "I.4.3")
    row.get_by_label("Không có trường hợp nào").uncheck()
    type_in(row, "1", column="Thẩm định")
    expect(row.get_by_text("Ghi rõ lý do chênh lệch điểm.")).to_be_visible()
    type_in(row, "Văn phòng UBND tỉnh xác nhận có 01 báo cáo gửi trễ", column="Lý do")
    expect_saved(row)
    expect_points(row, "1,75")
    accept_the_rest_and_finish(leader)


def accept_the_rest_and_finish(appraiser: Page) -> None:
    confirm(appraiser, "Chấm theo đề xuất các tiêu chí còn lại", "Chấm theo đề xuất")
    expect(appraiser.get_by_text("Đã thẩm định tất cả các tiêu chí.")).to_be_visible()
    confirm(appraiser, "Hoàn thành thẩm định", "Hoàn thành")
    expect_told(appraiser, "Việc thẩm định bảng chấm điểm này đã hoàn thành.")


def the_other_sheets_are_accepted() -> None:
    by = head_of("nong-nghiep")
    for slug in ("tai-nguyen", "cong-thuong", "phat-thanh"):
        scoring.accept(sheet_of(slug), list(sheet_of(slug).scores.all()), by=by)
        scoring.finish_appraisal(sheet_of(slug), by=by)
        scoring.accept_appraisal(sheet_of(slug), by=head_of(slug))
    scoring.accept_appraisal(sheet_of("nong-nghiep"), by=by)


def officer_objects(officer: Page) -> None:
    take_up(officer, "Đọc kết quả thẩm định")
    row_of(officer, "I.4.3").get_by_role("link", name="Giải trình").click()
    field(officer, "Lý do điểm thẩm định chưa đúng").fill("Báo cáo gửi đúng hạn qua hệ thống.")
    press(officer, "Gửi giải trình")
    expect_told(officer, "Đã gửi giải trình đến đơn vị thẩm định.")


def leader_answers(leader: Page) -> None:
    take_up(leader, "Trả lời 1 giải trình")
    leader.get_by_role("link", name="Trả lời").click()
    field(leader, "Trả lời").fill("Giữ nguyên: hệ thống ghi nhận ngày gửi sau hạn 01 ngày.")
    press(leader, "Gửi trả lời")
    expect_told(leader, "Đã trả lời giải trình.")


def head_accepts_the_appraisal(head: Page) -> None:
    take_up(head, "Đọc kết quả thẩm định")
    expect(head.get_by_text("Giữ nguyên: hệ thống ghi nhận")).to_be_visible()
    confirm(head, "Thống nhất kết quả thẩm định")
    expect_told(head, "Đơn vị đã thống nhất kết quả thẩm định.")


def leader_approves_the_table(leader: Page) -> None:
    take_up(leader, "Duyệt bảng tổng hợp chấm điểm")
    first = leader.get_by_role("table", name="Các đơn vị theo xếp hạng").get_by_role("row").nth(1)
    expect(first.get_by_role("rowheader")).to_have_text(LEADER)
    confirm(leader, "Duyệt bảng tổng hợp")
    expect_told(leader, "Đã duyệt bảng tổng hợp chấm điểm")


# --- papers, dossier, decision


def secretariat_writes_the_grounds(secretary: Page) -> None:
    go_to(secretary, "Đề nghị khen thưởng")
    for member in (LEADER, "Sở Giao thông vận tải"):
        proposal = part(secretary, f": {member}")
        field(proposal, "Tóm tắt thành tích").fill("Hoàn thành các chỉ tiêu năm 2022.")
        press(proposal, "Lưu tóm tắt thành tích")
        expect_told(secretary, "Đã lưu tóm tắt thành tích.")


def secretariat_confirms_the_final_figure(secretary: Page) -> None:
    """A claim of the demo is provisional: the dossier waits until its figure is final."""
    go_to(secretary, "Số liệu tạm tính")
    row = row_of(secretary, "II.1.1 Xếp loại tổ chức đảng của cơ quan trong năm")
    question = row.get_by_role("group").filter(has_text="Là số liệu chính thức…")
    question.get_by_text("Là số liệu chính thức…").click()
    field(question, "Văn bản có số liệu chính thức").fill("Thông báo số 15-TB/ĐUK")
    press(question, "Là số liệu chính thức")
    expect_told(secretary, "Số liệu đã là chính thức.")


def the_proposed_members_report_their_achievements() -> None:
    """Bulk: the officer's text and the head's issue, as the leader's papers below."""
    for slug in ("nong-nghiep", "giao-thong"):
        key = PaperKey(DocumentKind.ACHIEVEMENT, slug)
        awards.issue(review(), key, number="01", dated=datetime.date(2023, 2, 27), by=head_of(slug))


def open_paper(page: Page, title: str) -> None:
    """The page of one paper of the dossier, from the list of all papers."""
    go_to(page, "Văn bản")
    page.get_by_role("region", name="Văn bản của hồ sơ").get_by_role("link", name=title).click()


def leader_issues_and_submits(leader: Page) -> None:
    for title, number, day in (
        ("Biên bản hội nghị", "01", "23/02/2023"),
        ("Báo cáo tổng kết", "02", "27/02/2023"),
        ("Bảng tổng hợp chấm điểm", "", "27/02/2023"),
        ("Tờ trình", "03", "27/02/2023"),
    ):
        take_up(leader, "Ban hành")
        open_paper(leader, title)
        leader.get_by_role("link", name="Ban hành văn bản này").click()
        if number:
            field(leader, "Số").fill(number)
        field(leader, "Ngày văn bản").fill(day)
        press(leader, "Ban hành văn bản này")
        expect_told(leader, "Đã ban hành văn bản")
    take_up(leader, "Trình hồ sơ")
    expect(leader.get_by_text("Hồ sơ đã đầy đủ và có thể trình.")).to_be_visible()
    confirm(leader, "Trình hồ sơ")
    expect_told(leader, "Đã trình hồ sơ lên tỉnh.")


def board_decides(board: Page) -> None:
    take_up(board, "Tiếp nhận hoặc trả lại hồ sơ")
    press(board, "Tiếp nhận hồ sơ")
    expect_told(board, "Đã tiếp nhận hồ sơ")
    for member, number in ((LEADER, "101/QĐ-UBND"), ("Sở Giao thông vận tải", "102/QĐ-UBND")):
        proposal = part(board, f": {member}")
        field(proposal, "Kết quả").select_option(label="Được tặng")
        field(proposal, "Số quyết định").fill(number)
        field(proposal, "Ngày quyết định").fill("17/03/2023")
        press(proposal, "Ghi nhận kết quả")
        expect_told(board, "Đã ghi nhận kết quả.")
        expect(proposal.get_by_text(f"Quyết định số {number} ngày 17/03/2023")).to_be_visible()


def papers_downloaded(leader: Page) -> dict[str, bytes]:
    """Each paper as it came through the browser, by its title."""
    papers = {}
    for title in ("Tờ trình", "Báo cáo tổng kết", "Biên bản hội nghị", "Bảng tổng hợp chấm điểm"):
        open_paper(leader, title)
        with leader.expect_download() as download:
            leader.get_by_role("link", name="Tệp PDF đã ban hành").click()
        content = download.value.path().read_bytes()
        expect(leader.get_by_text(sha256(content).hexdigest())).to_be_visible()
        papers[title] = content
    return papers


def expect_facts(papers: dict[str, bytes]) -> None:
    kept = IssuedDocument.objects.filter(review=review(), about="")
    assert {name: sha256(content).hexdigest() for name, content in papers.items()} == {
        document.get_kind_display(): document.sha256 for document in kept
    }
    minutes = Paper(papers["Biên bản hội nghị"]).text
    for fact in (
        "08 giờ 00 phút, ngày 23 tháng 02 năm 2023, tại " + VENUE,
        "Chủ tọa: Ông Lê Văn Đông, Phó Giám đốc " + LEADER,
        "có mặt 05/05",
        *(full for _slug, full, *_rest in MEMBERS),
        "Ông Hà Trí Trung, Trưởng Ban Thi đua - Khen thưởng tỉnh",
        "Cờ thi đua năm 2022 cho " + LEADER,
        "Bằng khen cho Sở Giao thông vận tải",
        "Khối trưởng năm 2023: " + ELECTED,
        "Khối phó năm 2023: " + DEPUTY,
        "trao cờ luân lưu của Khối cho " + ELECTED,
    ):
        assert fact in minutes, fact
