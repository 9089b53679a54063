"""Each page for a person who fits it: no serious fault for axe, no sideways scrolling."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from awards.models import Dossier
from portal.demo.clock import at
from tests.browser.pages import expect_told, field, press

pytestmark = pytest.mark.browser

GRAVE = ("serious", "critical")
WIDTHS = {"a phone": (390, 844), "a screen of 1366 at 200 %": (683, 384)}
# Who looks at what; the sheets of 2022 are closed, those of 2023 are being filled in.
PAGES = {
    "leader": (
        "/",
        "/khoi-7/2022/",
        "/khoi-7/2022/sheets/",
        "/khoi-7/2022/sheets/giao-thong/",
        "/khoi-7/2022/summary/",
        "/khoi-7/2022/summary/phat-thanh/",
        "/khoi-7/2022/summary/detail/",
        "/khoi-7/2022/summary/charts/",
        "/khoi-7/2022/summary/changes/?from=1&to=2",
        "/khoi-7/2022/summary/trend/",
        "/khoi-7/2022/findings/",
        "/khoi-7/2022/findings/new/",
        "/khoi-7/2022/objections/",
        "/khoi-7/2022/provisional/",
        "/khoi-7/2022/reopening/",
        "/khoi-7/2022/sheets/tai-nguyen/history/",
        "/khoi-7/2022/conference/",
        "/khoi-7/2022/conference/minutes/",
        "/khoi-7/2022/flag/",
        "/khoi-7/2022/news/",
        "/documents/news/",
        "/khoi-7/2022/documents/",
        "/khoi-7/2022/documents/minutes/",
        "/khoi-7/2022/documents/minutes/text/discussion/history/",
        "/khoi-7/2022/proposals/",
    ),
    "officer.gtvt": (
        "/khoi-7/2023/",
        "/khoi-7/2023/sheets/giao-thong/",
        "/khoi-7/2023/sheets/giao-thong/evidence/",
        "/khoi-7/2023/sheets/giao-thong/workbook/upload/",
        "/khoi-7/2023/criteria/",
        "/khoi-7/2023/reports/giao-thong/",
    ),
    "board": (
        "/",
        "/board/",
        "/board/dossiers/{dossier}/",
        "/board/blocs/",
        "/people/",
        "/khoi-doanh-nghiep-2/2022/",
    ),
    "head.dn5": (  # the chair of a conference in session
        "/",
        "/khoi-doanh-nghiep-2/2022/conference/",
        "/khoi-doanh-nghiep-2/2022/conference/console/",
        "/khoi-doanh-nghiep-2/2022/conference/screen/",
        "/khoi-doanh-nghiep-2/2022/conference/rules/",
        "/khoi-doanh-nghiep-2/2022/conference/minutes/",
        "/khoi-doanh-nghiep-2/2022/votes/",
        "/khoi-doanh-nghiep-2/2022/votes/1/",
        "/khoi-doanh-nghiep-2/2022/votes/new/?subject=office-deputy",
    ),
    "head.dn7": ("/khoi-doanh-nghiep-2/2022/votes/2/",),  # with a paper to cast
    "head.dn1": (
        "/khoi-doanh-nghiep-1/2022/",
        "/khoi-doanh-nghiep-1/2022/sheets/dn2/",
        "/khoi-doanh-nghiep-1/2022/summary/",
        "/khoi-doanh-nghiep-1/2022/appraisal/",
    ),
}


@pytest.fixture(scope="module")
def axe() -> Axe:
    return Axe()


@pytest.fixture
def world(build_once: Callable[[str], None]) -> Iterator[None]:
    with at("2023-12-15 09:00"):
        build_once("decided")
        yield


def faults(page: Page, axe: Axe) -> list[str]:
    """What is wrong with the page, each with the place where it is."""
    found = []
    for fault in axe.run(page).response["violations"]:
        if fault["impact"] in GRAVE:
            places = [str(node["target"]) for node in fault["nodes"][:3]]
            found.append(f"{fault['id']} ({fault['impact']}): {', '.join(places)}")
    full = page.viewport_size
    for name, (width, height) in WIDTHS.items():
        page.set_viewport_size({"width": width, "height": height})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            found.append(f"{wide} px wide on {name} ({width} px)")
    page.set_viewport_size(full)
    return found


@pytest.mark.parametrize("username", PAGES)
def test_no_page_has_a_grave_fault_or_scrolls_sideways(world, log_in, axe, username):
    page = log_in(username)
    dossier = Dossier.objects.get(review__bloc__slug="khoi-7", review__year=2022)
    found = {}
    for path in PAGES[username]:
        page.goto(path.format(dossier=dossier.pk))
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        found[path] = faults(page, axe)
    assert not any(found.values()), found


def test_the_login_page_has_neither(live_server, new_context, listen, axe):
    context = new_context(base_url=live_server.url)
    listen(context)
    page = context.new_page()
    page.goto("/khoi-7/2022/")
    assert faults(page, axe) == []
    field(page, "Tên đăng nhập").fill("nobody")
    field(page, "Mật khẩu").fill("nothing")
    press(page, "Đăng nhập")
    expect_told(page, "Sai tên đăng nhập hoặc mật khẩu.")
    assert faults(page, axe) == []
