"""What people type into a row: figures, days, counts, ticks; and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from scoring.forms.inputs import FigureForm, texts_of
from scoring.kernel.loading import parse_yaml, read_set
from scoring.kernel.rules import Deadline
from tests.worlds import SMALL_SET

from .sheets import field_name

SET_A = Path(__file__).parents[2] / "scoring" / "criteria" / "set-a-100-points.yaml"
SMALL = read_set(parse_yaml(SMALL_SET.read_text(encoding="utf-8")))
A = read_set(parse_yaml(SET_A.read_text(encoding="utf-8")))


def typed(rules, code, **values):
    data = {f"s1-{field_name(name)}": value for name, value in values.items()}
    return FigureForm(data, rules=rules, leaf=rules.find(code), key=1)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("9", "9"),
        ("9,5", "9.5"),
        ("9.5", "9.5"),
        ("97,995", "97.995"),
        ("0.125", "0.125"),
        (" 12 ", "12"),
        ("\N{NO-BREAK SPACE}12\N{NO-BREAK SPACE}", "12"),
        ("1 000", "1000"),
        ("1\N{NO-BREAK SPACE}000", "1000"),
        ("1.000.000", "1000000"),
        ("1.234,5", "1234.5"),
        ("007", "7"),
        ("-0", "0"),
        ("999999999999999,123456789012345", "999999999999999.123456789012345"),
    ],
)
def test_a_figure_is_read_with_comma_or_point(text, number):
    form = typed(SMALL, "I.1", actual=text, target="1000000")
    assert form.is_valid(), form.errors
    assert form.inputs == {"actual": number, "target": "1000000"}


@pytest.mark.parametrize(
    "text",
    ["ba", "5%", "1,000.5", "1e3", "NaN", "+5", "5,", "٣", "1 00", "12/15", "9" * 16, "<b>"],
)
def test_what_is_no_number_is_refused_at_its_field(text):
    form = typed(SMALL, "I.1", actual=text, target="10")
    assert not form.is_valid()
    assert list(form.errors) == ["actual"]
    assert form.value("actual") == text
    assert not form.incomplete


@pytest.mark.parametrize("text", ["1.000", "97.995", "-1.000"])
def test_a_number_that_can_be_read_in_two_ways_is_asked_back(text):
    form = typed(SMALL, "I.1", actual=text, target="10")
    assert not form.is_valid()
    (message,) = form.errors["actual"]
    assert text in message
    assert text.replace(".", "") in message
    assert text.replace(".", ",") in message


@pytest.mark.parametrize(
    ("code", "values", "field"),
    [
        ("I.1", {"actual": "-1", "target": "10"}, "actual"),
        ("I.1", {"actual": "1", "target": "0"}, "target"),
        ("I.2", {"level": "Xuất sắc"}, "level"),
        ("I.3", {"met": "maybe"}, "met"),
        ("II.1", {"count": "1,3"}, "count"),
        ("II.2", {"counts_0": "1,5"}, "counts-0"),
        ("II.2", {"counts_1": "-1"}, "counts-1"),
        ("II.2", {"counts_0": "2", "counts_none": "on"}, "counts"),
        ("TR.1", {"count": "0,5"}, "count"),
    ],
)
def test_the_rule_refuses_at_the_field(code, values, field):
    form = typed(SMALL, code, **values)
    assert not form.is_valid()
    assert list(form.errors) == [field]
    assert form.inputs is None


@pytest.mark.parametrize(
    ("code", "values", "inputs"),
    [
        ("I.1", {}, None),
        ("I.1", {"actual": "0", "target": "10"}, {"actual": "0", "target": "10"}),
        ("I.2", {"level": "Khá"}, {"level": "Khá"}),
        ("I.3", {"met": ""}, None),
        ("I.3", {"met": "no"}, {"met": False}),
        ("I.3", {"met": "yes"}, {"met": True}),
        ("II.1", {"count": "0"}, {"count": "0"}),
        ("II.2", {}, None),
        ("II.2", {"counts_none": "on"}, {"counts": {}}),
        ("II.2", {"counts_0": "0", "counts_1": ""}, {"counts": {"Mỗi báo cáo trễ": 0}}),
        ("II.2", {"counts_1": "2"}, {"counts": {"Mỗi báo cáo thiếu": 2}}),
    ],
)
def test_blank_and_nought_are_two_answers(code, values, inputs):
    form = typed(SMALL, code, **values)
    assert form.is_valid(), form.errors
    assert form.inputs == inputs


def test_a_half_filled_row_is_not_an_error_yet():
    form = typed(SMALL, "I.1", actual="9")
    assert not form.is_valid()
    assert list(form.errors) == ["target"]
    assert form.incomplete


@pytest.mark.parametrize(
    "text", ["15/01/22", "15/01/0022", "2023", "32/01/2023", "15-Jan", "15/13/2023", "ba"]
)
def test_a_wrong_day_is_refused_at_its_field(text):
    assert isinstance(A.find("I.3.3").rule, Deadline)
    form = typed(A, "I.3.3", due=text, received_at="15/01/2023")
    assert not form.is_valid()
    assert list(form.errors) == ["due"]
    assert form.value("due") == text


def test_a_receipt_has_a_day_or_a_time_or_never_came():
    form = typed(A, "I.3.3", due="15/01/2023", received_at="16/01/2023 08:30")
    assert form.is_valid(), form.errors
    assert form.inputs["received_at"] == "2023-01-16T08:30:00+07:00"
    form = typed(A, "I.3.3", due="15/01/2023", received_at="16/01/2023")
    assert form.is_valid(), form.errors
    assert form.inputs["received_at"] == "2023-01-16T00:00:00+07:00"
    form = typed(A, "I.3.3", due="15/01/2023", received_at_none="on")
    assert form.is_valid(), form.errors
    assert form.inputs["received_at"] is None
    form = typed(A, "I.3.3", due="15/01/2023")
    assert not form.is_valid()
    assert form.incomplete, "nothing came is an answer to be given, not a field left open"


@pytest.mark.parametrize(
    ("rules", "code", "inputs"),
    [
        (SMALL, "I.1", {"actual": "9.5", "target": "1000"}),
        (SMALL, "I.2", {"level": "Khá"}),
        (SMALL, "I.3", {"met": False}),
        (SMALL, "II.2", {"counts": {}}),
        (SMALL, "II.2", {"counts": {"Mỗi báo cáo trễ": 0}}),
        (A, "I.3.3", {"due": "2023-01-15", "received_at": None}),
        (A, "I.3.3", {"due": "2023-01-15", "received_at": "2023-01-16T08:30:00+07:00"}),
    ],
)
def test_stored_figures_come_back_as_they_were_typed(rules, code, inputs):
    texts = texts_of(rules.find(code), inputs)
    form = typed(rules, code, **texts)
    assert form.is_valid(), form.errors
    assert form.inputs == inputs
