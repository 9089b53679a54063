"""What people paste into papers: it breaks no page, loads nothing and brings no foreign letters."""

from dataclasses import fields, is_dataclass, replace

import pytest
from django.test import override_settings

from awards.documents import minutes, report
from awards.documents.layout import LAYOUT
from awards.documents.pdf import ROOT, DocumentError, read_static, to_pdf
from awards.documents.prose import Block, blocks, clean
from tests.documents import khoi_7
from tests.documents.lawful import breaches
from tests.documents.papers_to_read import PAPERS_TO_READ
from tests.documents.reading import Paper
from tests.documents.test_pdf import _forget_finders

FIRST = {one.template: one for one in reversed(PAPERS_TO_READ)}  # one paper of each template
WORD = (
    '<p class="MsoNormal" style="mso-margin-top-alt:auto"><o:p></o:p><![if !supportLists]>'
    "<span style='font-family:Symbol;mso-list:Ignore'>\uf0b7</span>Nội dung<!--[endif]-->"
)
HOSTILE = " ".join(
    (
        "<script>alert(1)</script>",
        '<img src="https://evil.example/x.png"><link rel=stylesheet href=//evil.example/x.css>',
        "</title></style><style>@import url(file:///etc/passwd);*{display:none}</style>",
        "{{ document }}{% include 'base.html' %}&lt;b&gt;",
        WORD,
    )
)
UNSEEN = "\x00\x07\x1b\u202e\u200b\ufeff\ufe0f\uf0b7"


def poisoned(value, text, name=""):
    """The document with ``text`` behind every text that it holds, however deep."""
    if isinstance(value, str):
        return value if name in {"kind", "sha256", "font"} else f"{value}{text}"
    if isinstance(value, tuple):
        return tuple(poisoned(one, text, name) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {
            field.name: poisoned(getattr(value, field.name), text, field.name)
            for field in fields(value)
            if field.init
        }
        return replace(value, **changes)
    return value


@pytest.mark.parametrize("template", FIRST)
def test_markup_in_any_field_of_any_paper_is_printed_as_it_was_typed(template):
    """Whatever it tried to load would stop the paper."""
    document = poisoned(FIRST[template].build(1), f" {HOSTILE}{UNSEEN} Đo\u031b\u0309")
    paper = Paper(to_pdf(template, document))
    printed = "".join(paper.text.split()).upper()
    assert "".join(clean(f"{HOSTILE}Đở").split()).upper() in printed
    assert not set(UNSEEN) & set(paper.text)
    assert "/JavaScript" not in str(paper.pdf.root_object)


@pytest.mark.parametrize("template", FIRST)
def test_a_missing_font_stops_every_paper_with_its_name(template, tmp_path):
    (tmp_path / "print.css").write_bytes(read_static(f"{ROOT}css/print.css")[0])
    with override_settings(STATICFILES_DIRS=[("css", tmp_path)]):
        _forget_finders()
        with pytest.raises(DocumentError, match=r"fonts/tinos/.*\.ttf"):
            to_pdf(template, FIRST[template].build(1))
    _forget_finders()


@pytest.mark.parametrize("template", FIRST)
def test_letters_that_the_typeface_lacks_stop_every_paper_and_are_named(template):
    document = poisoned(FIRST[template].build(1), " ភ")
    with pytest.raises(DocumentError, match="“ភ” \\(khmer letter pho\\)"):
        to_pdf(template, document)


def test_the_refusal_names_each_letter_once_and_where_it_stands():
    text = "Phong trào thi đua đạt kết quả tốt 🎉 trong năm; danh sách ☑ kèm theo."
    document = replace(khoi_7.report(), proposals=blocks(text))
    with pytest.raises(DocumentError) as refusal:
        to_pdf(report.TEMPLATE, document)
    words = str(refusal.value)
    assert "“☑” (ballot box with check), “🎉” (party popper)" in words
    assert "đua đạt kết quả tốt 🎉" in words
    assert "<" not in words


def test_signs_of_word_that_the_typeface_has_are_printed_in_it():
    text = "– — … “ ” ‘ ’ • ● ■ ► → ≥ ≤ ± × ½ ² ₫ ‑ № § α Ж"
    document = replace(khoi_7.report(), proposals=blocks(text))
    assert breaches(Paper(to_pdf(report.TEMPLATE, document)), document) == []


def test_two_hundred_remarks_and_one_of_ten_thousand_words_keep_the_law():
    remarks = tuple(
        minutes.Remark(khoi_7.TRADE, (Block("paragraph", f"Ý kiến thứ {at}."),))
        for at in range(200)
    )
    words = " ".join(f"từ{at}" for at in range(10_000))
    whole = minutes.Remark(khoi_7.TRANSPORT, blocks(f"{words}\n{'dài' * 400}"))
    document = replace(khoi_7.minutes(), remarks=(*remarks, whole))
    paper = Paper(to_pdf(minutes.TEMPLATE, document))
    assert (
        paper.overflow(
            tuple(LAYOUT[f"margin-{side}"].value for side in ("left", "top", "right", "bottom"))
        )
        == []
    )
    for text in ("Ý kiến thứ 0.", "Ý kiến thứ 199.", "từ0 ", "từ9999"):
        assert text in paper.text
