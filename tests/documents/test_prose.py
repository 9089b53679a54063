"""Typed text becomes paragraphs, headings and items, and nothing else."""

import unicodedata

from awards.documents.prose import Block, blocks, clean


def test_each_line_is_a_paragraph_and_blank_lines_are_none():
    assert blocks("Một\nhai\n\n\nBa") == (
        Block("paragraph", "Một"),
        Block("paragraph", "hai"),
        Block("paragraph", "Ba"),
    )


def test_marks_make_headings_and_items():
    text = "Mở đầu:\n- một\n  -  hai\n# Đầu đề\nThân"
    assert blocks(text) == (
        Block("paragraph", "Mở đầu:"),
        Block("item", "một"),
        Block("item", "hai"),
        Block("heading", "Đầu đề"),
        Block("paragraph", "Thân"),
    )


def test_a_mark_needs_its_space():
    assert blocks("-5 độ\n\n#7") == (Block("paragraph", "-5 độ"), Block("paragraph", "#7"))


def test_nothing_typed_is_no_block():
    assert blocks(" \n\t\r\n \u2028") == ()
    assert blocks("") == ()


def test_line_ends_of_every_system_count():
    for end in ("\r\n\r\n", "\r\r", "\x0b\x0b", "\u2029\u2029"):
        assert [block.text for block in blocks(f"a{end}b")] == ["a", "b"]


def test_text_is_composed():
    decomposed = unicodedata.normalize("NFD", "Hội nghị tổng kết")
    assert blocks(decomposed)[0].text == "Hội nghị tổng kết"


def test_what_cannot_be_seen_is_removed():
    assert clean("a\x00b\x07c\u202ed\u200be\ufefff\ud800g\tg") == "abcdefg g"


def test_markup_stays_text():
    assert blocks("<script>alert(1)</script>")[0].text == "<script>alert(1)</script>"
