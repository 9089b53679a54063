"""Search and order of Vietnamese words."""

from __future__ import annotations

import unicodedata

import pytest

from blocs.vietnamese import search_key, sort_key, tidy


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Sở Nông nghiệp", "so nong nghiep"),
        ("ĐÀI PHÁT THANH", "dai phat thanh"),
        ("đường đi", "duong di"),
        (unicodedata.normalize("NFD", "Sở Tài chính"), "so tai chinh"),
        ("Công ty A&B 12", "cong ty a&b 12"),
    ],
)
def test_search_key_has_no_marks_and_no_capitals(text, key):
    assert search_key(text) == key


def test_the_alphabet_orders_letters_before_tones():
    words = ["đa", "da", "dá", "e", "ê", "ô", "o", "ơ", "ă", "â", "a", "z"]
    assert sorted(words, key=sort_key) == [
        "a", "ă", "â", "da", "dá", "đa", "e", "ê", "o", "ô", "ơ", "z",
    ]  # fmt: skip


def test_tones_follow_the_dictionary():
    assert sorted(["mạ", "má", "mã", "mả", "mà", "ma"], key=sort_key) == [
        "ma", "mà", "mả", "mã", "má", "mạ",
    ]  # fmt: skip


def test_composed_and_decomposed_letters_sort_alike():
    name = "Sở Tài nguyên và Môi trường"
    assert sort_key(name) == sort_key(unicodedata.normalize("NFD", name))


def test_tidy_removes_what_copying_from_word_leaves():
    assert tidy("\xa0Sở\xa0Tài chính \n") == "Sở Tài chính"
    assert tidy(unicodedata.normalize("NFD", "Sở")) == "Sở"
