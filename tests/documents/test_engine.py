"""The faster printing: another stylesheet of defaults, and not another byte."""

import gc

import pytest
import weasyprint

from awards.documents import engine, minutes, report, summary
from awards.documents.effort import LONGEST_IN_A_REQUEST, seconds_of
from awards.documents.pdf import to_pdf
from tests.documents import khoi_7

PAPERS = {
    "report": (report.TEMPLATE, khoi_7.report),
    "minutes": (minutes.TEMPLATE, khoi_7.minutes),
    "summary": (summary.TEMPLATE, khoi_7.summary),
}


@pytest.mark.parametrize("paper", PAPERS)
def test_the_lean_stylesheet_changes_no_byte_of_a_paper(paper, monkeypatch):
    template, document = PAPERS[paper]
    document = document()
    lean = to_pdf(template, document)
    monkeypatch.setattr("awards.documents.pdf.page_class", lambda _html: weasyprint.HTML)
    assert to_pdf(template, document) == lean


def test_the_lean_stylesheet_still_hooks_into_weasyprint():
    page = engine.page_class("<html><body><p>x</p></body></html>")
    assert page is not weasyprint.HTML
    assert hasattr(weasyprint.HTML, "_ua_stylesheets")


def test_a_version_without_the_text_of_its_defaults_prints_as_it_always_does(monkeypatch):
    monkeypatch.delattr("weasyprint.html.UA")
    engine.lean_stylesheet.cache_clear()
    try:
        assert engine.page_class("<html><body><p>x</p></body></html>") is weasyprint.HTML
    finally:
        engine.lean_stylesheet.cache_clear()


@pytest.mark.parametrize(
    "html", ["<ul><li>x</ul>", '<a href="#x">x</a>', '<p dir="rtl">x</p>', "<p hidden>x</p>"]
)
def test_a_page_with_lists_links_or_such_attributes_keeps_the_full_defaults(html):
    assert not engine.is_plain(html)
    assert engine.is_plain("<p>x<br>y</p><table><tr><td>z</td></tr></table>")


def test_the_worker_leaves_the_garbage_collector_as_it_found_it():
    before = gc.get_threshold()
    with engine.working_long():
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0


def test_an_ordinary_paper_is_printed_at_once_and_a_long_one_is_not():
    assert seconds_of(khoi_7.summary(5, 4)) < LONGEST_IN_A_REQUEST
    assert seconds_of(khoi_7.summary(60, 30)) > LONGEST_IN_A_REQUEST
    assert seconds_of("từ " * 2_500) < LONGEST_IN_A_REQUEST < seconds_of("x" * 10_000)
