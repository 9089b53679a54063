"""What the editor, or a paste into it, sends becomes blocks of a narrow kind, and nothing else."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from awards.documents.minutes import TEMPLATE
from awards.documents.minutes_facts import fingerprint_of
from awards.documents.pdf import to_pdf
from awards.documents.prose import Block, Run, blocks
from awards.documents.richtext import blocks_of, comparable, is_rich, storable, visible
from tests.documents import khoi_7
from tests.documents.reading import Paper

WORD_ITEM = (
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><!--[if !supportLists]-->"
    "<span style='mso-list:Ignore'>·<span style='font:7.0pt \"Times\"'>&nbsp;&nbsp; </span></span>"
    "<!--[endif]-->Chậm nộp<o:p></o:p></p>"
)
WORD_ISLAND = (
    "<p>Một</p><!--[if gte mso 9]><xml><w:WordDocument>Normal 0</w:WordDocument></xml><![endif]-->"
    "<xml><o:OfficeDocumentSettings>RTF</o:OfficeDocumentSettings></xml>"
    '<p><st1:place w:st="on">Trà Vinh</st1:place></p>'
)
TABLE = "<table><tr><th>Đơn vị</th><th>Số điểm</th></tr><tr><td>Sở A</td><td>9,5</td></tr></table>"
MARKUP = [
    ("<p>a<script>alert(1)</script></p>", "a"),
    ("<p onclick=x>a</p><p><b onmouseover=x>b</b></p>", "<p>a</p>\n<p><strong>b</strong></p>"),
    ('<p style="position:fixed">a<span style="color:red">b</span></p>', "ab"),
    ('<p><a href="javascript:x()">a</a></p>', "a"),
    ('<p>a<img src="https://evil.example/x.png" onerror=x></p>', "a"),
    ("<p>a<svg><use href='https://evil.example/x'/><text>b</text></svg></p>", "a"),
    ("<p>a<iframe src='//evil.example'></iframe><style>@import 'x'</style></p>", "a"),
    (WORD_ITEM, "- Chậm nộp"),
    (WORD_ISLAND, "Một\nTrà Vinh"),
    ("<p>a&#x202e;b\u200b&#7;c\x00&nbsp; d</p>", "abc d"),
    ("<p>&lt;script&gt; &amp; <i>b</i></p>", "<p>&lt;script&gt; &amp; <em>b</em></p>"),
    ("<p>\u0e2a\u0e27\u0e31\u0e2a <strong>\u6f22\u5b57</strong></p>",
     "<p>\u0e2a\u0e27\u0e31\u0e2a <strong>\u6f22\u5b57</strong></p>"),
    ("<div>a<br>b</div><div> </div><h1>c</h1>", "a\nb\n# c"),
]  # fmt: skip


def printed(text):
    return Paper(to_pdf(TEMPLATE, replace(khoi_7.minutes(), discussion=blocks_of(text))))


# --- what is stored


@pytest.mark.parametrize(("sent", "stored"), MARKUP)
def test_nothing_is_stored_but_words_and_the_narrow_set_of_tags(sent, stored):
    assert storable(sent) == stored
    assert storable(stored) == stored
    assert blocks_of(stored) == blocks_of(sent)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<b>a</b>", "a <p>b</p>", "5 < 6"])
def test_what_the_editor_never_begins_with_is_plain_text(text):
    assert not is_rich(text)
    assert storable(text) == text
    assert blocks_of(text) == (Block("paragraph", text),)


def test_plain_lines_keep_their_bytes():
    text = "# Mở đầu\n\nNăm qua\n- một"
    assert storable(f" {text}\n") == text
    assert blocks_of(text) == blocks(text)


def test_what_lines_can_say_is_stored_as_lines_and_nothing_else_is():
    assert storable("<h3>Mở đầu</h3><p>Năm qua</p><ul><li>một</li></ul>") == (
        "# Mở đầu\nNăm qua\n- một"
    )
    assert storable("<p>&lt;p&gt; là thẻ</p>") == "<p>&lt;p&gt; là thẻ</p>"


# --- what the blocks are


def test_faces_are_runs_and_only_where_there_are_any():
    (block,) = blocks_of("<p> Đạt <b>9,5 <i>điểm</i></b> <strong> </strong>cả năm </p>")
    assert block.text == "Đạt 9,5 điểm cả năm"
    assert "".join(run.text for run in block.runs) == block.text
    assert block.runs[1:3] == (Run("9,5 ", bold=True), Run("điểm", bold=True, italic=True))
    assert blocks_of("<p>Đạt <b> </b>đủ</p>")[0].runs == ()


def test_steps_bear_their_numbers_also_after_what_stands_between():
    text = "<ol><li>a</li><li>b<ul><li>c</li></ul></li><li><p>d</p><p>e</p></li></ol>"
    told = [(block.kind, block.number, block.text) for block in blocks_of(text)]
    assert told == [
        ("step", 1, "a"),
        ("step", 2, "b"),
        ("item", 0, "c"),
        ("step", 3, "d"),
        ("paragraph", 0, "e"),
    ]
    assert blocks_of(storable(text)) == blocks_of(text)


def test_a_table_has_rows_of_one_width_and_a_head_where_its_first_row_is_one():
    (table,) = blocks_of(TABLE)
    assert table.rows == (("Đơn vị", "Số điểm"), ("Sở A", "9,5"))
    assert table.head
    assert blocks_of(storable(TABLE)) == (table,)
    spanned = "<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td></tr></table>"
    assert blocks_of(spanned)[0].rows == (("a", "b", ""), ("", "c", ""))
    nested = f"<table><tr><td>x{TABLE}</td><td colspan=9999>y</td></tr></table>"
    (flat,) = blocks_of(nested)
    assert flat.rows[0][0] == "x Đơn vị Số điểm Sở A 9,5"
    assert len(flat.rows[0]) < 30
    assert not flat.head
    assert blocks_of("<table><tr><td> </td></tr></table>") == ()


def test_two_versions_are_compared_by_their_words_not_by_their_tags():
    plain, rich = "Năm qua\n\n- một", "<p>Năm <b>qua</b></p><ul><li>một</li></ul>"
    assert comparable(plain, storable(rich)) == ("Năm qua\n- một",) * 2
    assert comparable(plain, "Năm qua\n- một")[0] == plain
    assert visible(TABLE) == "Đơn vị | Số điểm\nSở A | 9,5"


# --- what is printed


def test_bold_italic_steps_and_tables_are_printed():
    paper = printed(f"<p>Đạt <b>rất cao</b>, <i>tự giác</i></p><ol><li>Bước đầu</li></ol>{TABLE}")
    assert "Đạt rất cao, tự giác" in paper.text
    assert "1. Bước đầu" in paper.text
    assert "Bold" in paper.line("rất cao").font
    assert "Italic" in paper.line("tự giác").font
    assert "Bold" in paper.line("Số điểm").font


def test_the_head_of_a_long_table_repeats_and_it_stays_within_the_margins():
    rows = "".join(f"<tr><td>Đơn vị số {n}</td><td>{'x' * 200}</td></tr>" for n in range(40))
    paper = printed(f"<table><tr><th>Tên gọi riêng</th><th>Ghi chú</th></tr>{rows}</table>")
    heads = [line for line in paper.lines if line.text.startswith("Tên gọi riêng")]
    assert len(heads) == len({line.page for line in heads}) > 1
    inner = [line for line in paper.lines if line.text.startswith(("x", "Đơn vị số"))]
    assert min(line.left for line in inner) >= 30
    assert max(line.right for line in inner) <= 210 - 15 + 0.5


@pytest.mark.parametrize("sent", [sent for sent, _stored in MARKUP])
def test_no_markup_that_was_sent_reaches_the_template(sent):
    html = render_to_string("documents/_prose.html", {"blocks": blocks_of(sent)})
    for word in ("evil", "alert", "script>", "style", "href", "src", "onerror", "mso", "Mso"):
        assert word not in html.replace("&lt;script&gt;", "")


def test_ten_thousand_words_and_two_hundred_items_are_printed():
    items = "".join(f"<li>mục {n} <b>đậm</b></li>" for n in range(200))
    paper = printed(f"<p>{'chữ ' * 10_000}</p><ul>{items}</ul>")
    assert paper.text.count("chữ") >= 10_000
    assert "- mục 199 đậm" in paper.text


# Some kilobytes that would unfold to gigabytes in memory.
BOMBS = {
    "wide": "<table><tr>" + "<td colspan=20>" * 2000 + "x" + "<tr><td>" * 2000 + "</table>",
    "columns": "<table><tr>" + "<td>x" * 64 + "</table>",
    "cells": "<table>" + "<tr>" * 100 + "<td>x" * 51 + "</table>",
    "tags": "<p>" + "<br>" * 25_001,
    "tags once stored": ("<table>" + ("<tr>" + "<td>x" * 60) * 80 + "</table>") * 3,
    "left open": "<p>" + "".join(f"<b a{n}>" for n in range(51)) + "<p>x" * 51,
    "left open unseen": "<p>" + "".join(f"<b\u200b a{n}>" for n in range(51)) + "<p>x" * 51,
}


@pytest.mark.parametrize("name", BOMBS)
def test_markup_without_bounds_is_refused_at_the_text(name):
    with pytest.raises(ValidationError) as refusal:
        storable(BOMBS[name])
    assert list(refusal.value.error_dict) == ["text"]


def test_what_an_office_writes_is_within_the_bounds():
    row = "<tr>" + "<td>1,5</td>" * 40 + "</tr>"
    storable(f"<table>{row * 60}</table>" + "<p>một <b>hai</b> ba</p>" * 1000)
    storable("<table><tr>" + "<td>x</td>" * 63 + "</tr></table>")


def test_what_was_saved_can_be_saved_again():
    table = "<table>" + ("<tr>" + "<td>x" * 50) * 99 + "</table>"
    assert storable(storable(table)) == storable(table)


def test_what_was_stored_before_there_were_bounds_is_read():
    [table] = blocks_of("<table><tr>" + "<td>x</td>" * 70 + "</tr></table>")
    assert len(table.rows[0]) == 70
    assert visible("<table><tr>" + "<td>x</td>" * 70 + "</tr></table>")


@pytest.mark.parametrize(
    "sent",
    ["a " + "x" * 201, f"<p>a <b>{'x' * 201}</b></p>", "\x1f".join(["x" * 30, "x" * 171])],
)
def test_a_word_without_end_is_refused_with_its_beginning(sent):
    with pytest.raises(ValidationError, match="“x{30}…”"):
        storable(sent)
    assert storable(sent.replace("x", "", 1))


def test_plain_texts_give_the_hash_by_which_minutes_were_adopted_before():
    """Conferences adopted their minutes by this hash before texts could be formatted."""
    before = "0afcab3a005361e6977c7fcc9d0123355b41187375369b0418ef727df9d66924"
    assert fingerprint_of(khoi_7.minutes()) == before
    bold = replace(khoi_7.minutes(), discussion=blocks_of("<p>a <b>b</b></p>"))
    plain = replace(khoi_7.minutes(), discussion=blocks_of("a b"))
    assert fingerprint_of(bold) != fingerprint_of(plain)
