"""A secretary who formats a part of the report: with the toolbar, by pasting, beside the draft."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from awards.documents.papers import PaperKey, print_paper
from awards.models import DocumentKind, TextPart
from blocs.models import Review
from portal.demo.clock import at
from tests.documents.reading import Paper

pytestmark = pytest.mark.browser

REPORT = PaperKey(DocumentKind.REPORT)
TEXTS = "/khoi-7/2022/documents/report/text/"
# The editor marks where the cursor is with an element that the page's policy keeps unstyled, as
# it should; this is the hash of that one style.
MARKER = "sha256-BSTKIYoPCaklkJ9YS/ZVYuKW8e+DG8jZJCXznBzHjgg="
# What Chromium and htmx note of a request that was cut.
NOTED = (MARKER, "net::ERR_FAILED", "htmx:sendError", "htmx:afterRequest")
WORD = """<html><body><!--StartFragment--><p class=MsoNormal style='margin:0cm;mso-x:1'><b>Dán</b>
<span style='color:red'>từ Word</span><o:p></o:p></p>
<img class=x src="https://evil.example/x.png" style="width:1px" onerror="x">
<script>document.title = "x"</script><!--EndFragment--></body></html>"""
PASTE = """(body, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const how = {clipboardData: data, bubbles: true, cancelable: true};
  body.dispatchEvent(new ClipboardEvent("paste", how));
}"""


@pytest.fixture
def secretary(
    build_once: Callable[[str], None], log_in: Callable[..., Page], console: list[str]
) -> Page:
    build_once("conference")
    with at("2023-02-23 09:40"):
        page = log_in("officer.nnptnt")
        page.goto(TEXTS)
        yield page
    console[:] = [line for line in console if not any(note in line for note in NOTED)]


def body(page: Page) -> Locator:
    return page.locator("#lessons .editor-body")


def press(page: Page, button: str) -> None:
    page.locator(f'#lessons .editor-bar [data-mce-name="{button}"]').click()


def type_keys(page: Page, *keys: str) -> None:
    """Words are typed; what begins with > is a key."""
    for key in keys:
        if key.startswith(">"):
            page.keyboard.press(key[1:])
        else:
            page.keyboard.type(key)


def expect_saved(page: Page) -> None:
    expect(page.locator('.save-state[data-state="saved"]')).to_be_visible()


def stored() -> str:
    return TextPart.objects.get(document=DocumentKind.REPORT, section="lessons").text


def test_what_the_toolbar_makes_is_saved_by_itself_and_printed(secretary):
    body(secretary).click()
    type_keys(secretary, ">Control+a", ">Delete", "Đề mục mới")
    press(secretary, "blocks")
    secretary.locator('.tox-menu [role="menuitemcheckbox"]').nth(1).click()
    type_keys(secretary, ">End", ">Enter", "Kết quả ")
    press(secretary, "bold")
    type_keys(secretary, "rất tốt", ">Enter")
    press(secretary, "bold")
    press(secretary, "bullist")
    type_keys(secretary, "Việc một", ">Enter", "Việc hai", ">Enter", ">Enter")
    press(secretary, "newtable")
    type_keys(secretary, "Cột A", ">Tab", "Cột B", ">Tab", "Cột C", ">Tab", "số 1")
    expect(secretary.locator('.save-state[data-state="unsaved"]')).to_be_visible()
    expect_saved(secretary)
    expect(secretary.locator("[data-old]")).to_be_visible()
    text = stored()
    assert text.startswith(
        "<h3>Đề mục mới</h3>\n<p>Kết quả <strong>rất tốt</strong></p>\n"
        "<ul>\n<li>Việc một</li>\n<li>Việc hai</li>\n</ul>\n<table>\n<thead>\n"
        "<tr><th>Cột A</th><th>Cột B</th><th>Cột C</th></tr>\n</thead>"
    )
    assert "<td>số 1</td>" in text
    paper = Paper(print_paper(Review.objects.get(bloc__slug="khoi-7", year=2022), REPORT))
    assert "Kết quả rất tốt - Việc một - Việc hai Cột A" in paper.text
    assert "Bold" in paper.line("rất tốt").font
    # The page that is loaded again shows what was made; undone is what is typed from here.
    secretary.reload()
    expect(body(secretary).locator("strong")).to_have_text("rất tốt")
    expect(body(secretary).locator("th")).to_have_count(3)
    body(secretary).locator("strong").click()
    type_keys(secretary, ">End", " thêm")
    press(secretary, "undo")
    expect(body(secretary)).not_to_contain_text("thêm")
    expect_saved(secretary)


def test_what_is_pasted_from_word_leaves_its_styles_behind_and_loads_nothing(secretary):
    asked: list[str] = []
    secretary.on("request", lambda request: asked.append(request.url))
    body(secretary).click()
    type_keys(secretary, ">Control+a", ">Delete")
    body(secretary).evaluate(PASTE, WORD)
    expect(body(secretary).locator("strong")).to_have_text("Dán")
    expect(body(secretary).locator("[style], [class*=Mso], img, script")).to_have_count(0)
    expect_saved(secretary)
    assert stored() == "<p><strong>Dán</strong> từ Word</p>"
    assert not [url for url in asked if "evil" in url]


def test_a_kept_text_is_offered_without_tags_and_taken_over_with_its_formatting(secretary):
    secretary.route("**/text/", lambda route: route.abort())
    body(secretary).click()
    type_keys(secretary, ">Control+a", ">Delete", ">Control+b", "Chưa lưu")
    page = secretary.context.new_page()
    page.goto(TEXTS)
    offer = page.locator("#lessons .kept")
    expect(offer.locator("[data-text]")).to_have_text("Chưa lưu")
    offer.locator("[data-take]").click()
    expect(body(page).locator("strong")).to_have_text("Chưa lưu")
    expect_saved(page)
    assert stored() == "<p><strong>Chưa lưu</strong></p>"


def test_editor_and_draft_stand_without_serious_faults_for_axe(secretary):
    expect(body(secretary)).to_have_attribute("role", "textbox")
    body(secretary).click()
    press(secretary, "newtable")
    for width, height in ((1366, 768), (390, 844)):
        secretary.set_viewport_size({"width": width, "height": height})
        faults = Axe().run(secretary).response["violations"]
        grave = [one for one in faults if one["impact"] in ("serious", "critical")]
        assert not grave, [(one["id"], one["nodes"][0]["html"]) for one in grave]
        widest = secretary.evaluate("document.documentElement.scrollWidth")
        assert widest <= width
    expect(secretary.locator("#preview")).to_be_hidden()  # a phone has the link


def test_the_toolbar_is_reached_with_the_keyboard(secretary):
    body(secretary).click()
    type_keys(secretary, ">Control+a", ">Alt+F10", ">ArrowRight")
    expect(secretary.locator("#lessons .editor-bar :focus")).to_have_count(1)
    secretary.keyboard.press("Escape")
    expect(body(secretary)).to_be_focused()


def test_without_scripts_the_plain_field_and_the_draft_stand(secretary, new_context):
    state = secretary.context.storage_state()
    page = new_context(
        base_url=secretary.url.split("/khoi-7")[0], java_script_enabled=False, storage_state=state
    ).new_page()
    page.goto(TEXTS)
    field = page.locator("#lessons textarea")
    expect(field).to_be_visible()
    assert field.bounding_box()["height"] > 50
    field.fill("# Đề mục\n- Một")
    page.locator(".save-bar button[type=submit]").click()
    expect(page.locator("#lessons textarea")).to_have_value("# Đề mục\n- Một")
    assert stored() == "# Đề mục\n- Một"
