"""How the papers write dates, times, numbers and percentages."""

import datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from awards.documents import wording


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (datetime.date(2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
        (datetime.date(2023, 2, 23), "ngày 23 tháng 02 năm 2023"),
        (datetime.date(2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
        (datetime.date(2022, 3, 9), "ngày 09 tháng 3 năm 2022"),
        (datetime.date(2022, 12, 10), "ngày 10 tháng 12 năm 2022"),
    ],
)
def test_only_days_below_ten_and_the_first_two_months_take_a_zero(day, words):
    assert wording.long_date(day) == words


def test_an_unknown_day_leaves_room_for_a_pen():
    assert wording.blank_date(2023).replace("\u00a0", "_") == "ngày______tháng______năm 2023"


def test_times_are_written_in_full():
    assert wording.time_words(datetime.time(8, 0)) == "08 giờ 00 phút"
    assert wording.time_words(datetime.time(11, 45)) == "11 giờ 45 phút"
    assert wording.time_words(None).split() == ["giờ", "phút"]


def test_counts_below_ten_take_a_zero_and_none_is_plain():
    assert [wording.count_words(count) for count in (0, 5, 10, 60)] == ["0", "05", "10", "60"]


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (Decimal("96.75"), 2, "96,75"),
        (Decimal("9.015"), 2, "9,02"),
        (Decimal("-2.225"), 2, "-2,23"),
        (Decimal("-0.001"), 2, "0,00"),
        (Decimal("1000"), 2, "1.000,00"),
        (Decimal("8.5"), 1, "8,5"),
        (Decimal("8.5"), 0, "9"),
        (Decimal("1E+1"), 2, "10,00"),
        (None, 2, ""),
    ],
)
def test_points_are_written_with_a_comma_and_rounded_half_up(value, places, text):
    assert wording.points(value, places) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("3", "Số: 03/BC-KTĐ7"),
        ("03", "Số: 03/BC-KTĐ7"),
        ("15", "Số: 15/BC-KTĐ7"),
        (" 7 ", "Số: 07/BC-KTĐ7"),
        ("12a", "Số: 12a/BC-KTĐ7"),
    ],
)
def test_a_number_below_ten_takes_a_zero(number, text):
    assert wording.number_symbol(number, "BC-KTĐ7") == text


def test_an_unknown_number_leaves_room_for_a_pen():
    text = wording.number_symbol("", "BC-KTĐ7")
    assert text.startswith("Số: \u00a0\u00a0\u00a0")
    assert text.endswith("\u00a0/BC-KTĐ7")


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (5, 6, "83,33%"),
        (5, 7, "71,43%"),
        (5, 5, "100%"),
        (4, 5, "80%"),
        (1, 8, "12,5%"),
        (0, 5, "0%"),
        (1, 80000, "0%"),
        (3, 0, "–"),
        (Fraction(2, 3), 1, "66,67%"),
        # Exactly half of the last place goes up; a binary float may fall short of it.
        (Fraction(20125, 1000000), 1, "2,01%"),
        (Fraction(100050, 1000000), 1, "10,01%"),
        (Fraction(100049, 1000000), 1, "10%"),
    ],
)
def test_percentages_are_exact_and_half_up(part, whole, text):
    assert wording.percent(part, whole) == text


def test_a_text_is_closed_once_whatever_stop_it_carried():
    for text in ("thống nhất", "thống nhất.", "thống nhất ./.", "thống nhất;"):
        assert wording.end_mark(text) == "thống nhất./."


def test_capitals_start_a_sentence_and_change_nothing_else():
    assert wording.capitalised("ông Lê Văn Đông") == "Ông Lê Văn Đông"
    assert wording.capitalised("") == ""
