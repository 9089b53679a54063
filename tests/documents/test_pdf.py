"""What a paper may load, what stops it, and that the same input gives the same bytes."""

from dataclasses import replace

import pytest
from django.test import override_settings
from django.utils import translation

from awards.documents.pdf import ROOT, DocumentError, html_to_pdf, read_static, to_pdf
from tests.documents import khoi_7
from tests.documents.reading import Paper

REFUSED = {
    "stylesheet link": '<link rel="stylesheet" href="file:///etc/passwd">',
    "image from a file": '<img src="file:///etc/passwd" alt="">',
    "image from the network": '<img src="http://169.254.169.254/latest/meta-data" alt="">',
    "attachment": '<link rel="attachment" href="file:///etc/passwd">',
    "url() in a style": '<style>body { background: url("file:///etc/passwd") }</style>',
    "@import": '<style>@import "file:///etc/passwd";</style>',
    "@font-face": (
        '<style>@font-face { font-family: X; src: url("file:///etc/passwd") }'
        " body { font-family: X }</style><p>x</p>"
    ),
    "object": '<object data="file:///etc/passwd" type="image/png"></object>',
    "embed": '<embed src="file:///etc/passwd" type="image/png">',
    "data image": (
        '<img alt="" src="data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22/%3E">'
    ),
    "data stylesheet": '<link rel="stylesheet" href="data:text/css,body%7Bcolor:red%7D">',
    "path of the machine": '<img src="/etc/passwd" alt="">',
    "way out of static": '<img src="../portal/settings.py" alt="">',
    "encoded way out of static": '<img src="css/%2e%2e/%2e%2e/manage.py" alt="">',
    "other host": '<img src="//evil.example/x.png" alt="">',
    "host that looks alike": '<img src="https://static.invalid.evil.example/x.png" alt="">',
    "directory": '<img src="css/" alt="">',
    "missing image": '<img src="img/missing.png" alt="">',
    "missing font": (
        '<style>@font-face { font-family: X; src: url("fonts/tinos/missing.ttf") }'
        " body { font-family: X }</style><p>x</p>"
    ),
}


@pytest.mark.parametrize("channel", REFUSED)
def test_only_static_files_may_be_loaded(channel):
    with pytest.raises(DocumentError, match="not a static file|outside of the base"):
        html_to_pdf(f'<html lang="vi"><body>{REFUSED[channel]}</body></html>')


@pytest.mark.parametrize("url", ["file:///etc/passwd", "css/print.css", "", ROOT])
def test_an_address_outside_the_root_is_refused(url):
    with pytest.raises(LookupError):
        read_static(url)


def test_a_static_file_comes_with_its_type():
    body, kind = read_static(f"{ROOT}css/print.css")
    assert b"@page" in body
    assert kind == "text/css"


def test_a_missing_font_stops_the_paper_with_its_name(tmp_path):
    """Deployed without the font package, a paper must not come out in another face."""
    stylesheet = tmp_path / "print.css"
    stylesheet.write_bytes(read_static(f"{ROOT}css/print.css")[0])
    with (
        override_settings(STATICFILES_DIRS=[("css", tmp_path)]),
        pytest.raises(DocumentError, match=r"fonts/tinos/.*\.ttf"),
    ):
        _forget_finders()
        to_pdf("documents/report.html", khoi_7.report())
    _forget_finders()


def _forget_finders():
    from django.contrib.staticfiles import finders  # noqa: PLC0415

    finders.get_finder.cache_clear()


def test_the_same_paper_gives_the_same_bytes_in_every_language():
    first = to_pdf("documents/minutes.html", khoi_7.minutes())
    for language in ("vi", "en"):
        with translation.override(language):
            assert to_pdf("documents/minutes.html", khoi_7.minutes()) == first


@override_settings(USE_THOUSAND_SEPARATOR=True)
def test_years_are_never_grouped_like_amounts():
    text = Paper(to_pdf("documents/report.html", khoi_7.report())).text
    assert "2022" in text
    assert "2.022" not in text


def test_a_paper_names_its_language_title_author_and_day():
    pdf = Paper(to_pdf("documents/report.html", khoi_7.report())).pdf
    assert pdf.root_object["/Lang"] == "vi"
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    assert pdf.metadata.title.startswith("Báo cáo tổng kết công tác thi đua, khen thưởng năm 2022")
    assert pdf.metadata.author == "KHỐI THI ĐUA KHỐI 7"
    assert pdf.metadata["/CreationDate"].startswith("D:20230228")
    assert b"pdfuaid" in pdf.root_object["/Metadata"].get_data()


@pytest.mark.parametrize(
    ("template", "document"),
    [
        ("documents/report.html", khoi_7.report()),
        ("documents/minutes.html", khoi_7.minutes()),
        ("documents/summary.html", khoi_7.summary(15)),
    ],
)
def test_a_draft_says_so_on_each_page_and_an_issued_copy_nowhere(template, document):
    draft = Paper(to_pdf(template, document, draft=True))
    issued = Paper(to_pdf(template, document))
    assert len(draft.texts) == len(issued.texts) > 1
    assert all("DỰ THẢO" in page for page in draft.texts)
    assert "DỰ THẢO" not in issued.text
    assert draft.pdf.metadata.title == f"Dự thảo {issued.pdf.metadata.title}"


def test_the_word_of_a_draft_moves_nothing():
    draft = Paper(to_pdf("documents/report.html", khoi_7.report(), draft=True))
    issued = Paper(to_pdf("documents/report.html", khoi_7.report()))
    closing = "Trên đây là"
    assert draft.line(closing) == issued.line(closing)


def test_markup_control_characters_and_decomposed_letters_are_harmless_everywhere():
    report = khoi_7.report()
    hostile = replace(
        report,
        bloc="Khối <script>alert(1)</script>\x00\x08 &amp; \u0110o\u031b\u0309",
        addressees=('<img src="file:///etc/passwd">',),
        closing="</p><link rel=attachment href=file:///etc/passwd>",
    )
    paper = Paper(to_pdf("documents/report.html", hostile))
    assert "<script>alert(1)</script> &amp; Đở" in paper.text
    assert '<img src="file:///etc/passwd">' in paper.text
    assert "Khối <script>" in paper.pdf.metadata.title
