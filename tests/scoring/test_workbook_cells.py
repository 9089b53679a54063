"""The cells of a sheet's workbook: what stands in them, and what somebody may write there."""

from __future__ import annotations

import datetime

import pytest

from scoring import transitions as scoring
from scoring.kernel.loading import parse_yaml, read_set
from scoring.models import ScoreChange
from scoring.workbooks import sheet_layout as at
from tests.forms import fields_of, signed_in
from tests.worlds import World

from .sheets import url
from .workbook_files import (
    EVERY_RULE,
    apply,
    cell_of,
    download,
    explain,
    fill,
    notices,
    problems,
    row_of,
    send,
)

pytestmark = pytest.mark.django_db


def build_world():
    return World().open_self_scoring()


@pytest.fixture
def officer(world):
    return signed_in(world.officer("a3"))


# --- what stands in the file


def test_figures_are_open_and_all_else_is_locked(world, officer):
    world.fill("a3")
    sheet = (book := download(officer, world))[at.SCORES]
    assert sheet.protection.sheet
    row = row_of(book, "I.1", "actual")
    locked = [sheet.cell(row, column + 1).protection.locked for column in range(at.VERSION + 1)]
    open_columns = [column for column, is_locked in enumerate(locked) if not is_locked]
    assert open_columns == [at.FIGURE, at.EXPLANATION]
    assert sheet.cell(row, at.FIGURE + 1).value == 9
    assert sheet.cell(row, at.POINTS + 1).value == 5.4
    assert sheet.freeze_panes and sheet.print_title_rows == f"${at.HEAD + 1}:${at.HEAD + 1}"
    assert sheet.page_setup.orientation == "landscape"


def test_each_figure_has_its_check(world, officer):
    book = download(officer, world)
    checks = {str(one.sqref): one for one in book[at.SCORES].data_validations.dataValidation}
    level = checks[cell_of(book, "I.2", "level").coordinate]
    assert level.type == "list"
    assert [cell.value for cell in book[at.LISTS]["A"]] == ["Tốt", "Khá", "Trung bình"]
    assert checks[cell_of(book, "II.1", "count").coordinate].formula1 == "0"
    assert checks[cell_of(book, "TR.1", "count").coordinate].type == "whole"


def test_text_never_becomes_a_formula():
    world = World().open_self_scoring(EVERY_RULE)
    scoring.claim(
        world.score("a3", "1.10"),
        inputs={"actual": "1", "target": "2"},
        explanation="=1+1",
        version=0,
        by=world.officer("a3"),
    )
    book = download(signed_in(world.officer("a3")), world)
    cells = [cell for row in book[at.SCORES].iter_rows() for cell in row]
    assert {'=HYPERLINK("http://a.vn")', "=1+1", "@Đúng hạn"} <= {cell.value for cell in cells}
    assert all(cell.data_type != "f" for cell in cells)
    code = cell_of(book, "1.10", "actual", at.CODE)
    assert (code.value, code.data_type) == ("1.10", "s")


def test_blank_zero_and_not_applicable_are_three_things():
    world = World()
    world.adopt_criteria = adopt_with_exemption.__get__(world)
    world.open_self_scoring()
    client = signed_in(world.officer("a3"))
    world.fill("a3", {"I.1": None, "II.1": {"count": "0"}, "I.2": None})
    book = download(client, world)
    found = {
        row[at.CODE]: row[at.FIGURE]
        for row in book[at.SCORES].iter_rows(min_row=at.FIRST + 1, values_only=True)
        if row[at.KEY] in (at.EXEMPT, "level", "count")
    }
    assert (found["I.1"], found["I.2"], found["II.1"]) == ("KAD", None, 0)
    exempt = next(row for row in book[at.SCORES].iter_rows() if row[at.KEY].value == at.EXEMPT)
    assert "Không có nhiệm vụ" in exempt[at.EXPLANATION].value
    assert exempt[at.FIGURE].protection.locked
    exempt[at.FIGURE].value = 5
    assert list(notices(send(client, world, book))) == ["I.1"]


def adopt_with_exemption(self, path=None):
    rules = read_set(parse_yaml(self.criteria_text))
    self.criteria = scoring.upload_criteria(self.review, rules, by=self.leader)
    scoring.exempt(
        self.criteria.criteria.get(code="I.1"),
        self.membership("a3"),
        reason="Không có nhiệm vụ",
        by=self.leader,
    )
    scoring.adopt_criteria(self.criteria, by=self.leader)
    return self


# --- what comes back


@pytest.mark.parametrize(
    ("code", "name", "value", "words"),
    [
        ("I.1", "actual", "=1+1", "formula"),
        ("I.1", "actual", "#N/A", "#N/A"),
        ("I.1", "actual", "1.000", "two ways"),
        ("I.1", "actual", "chín", "number only"),
        ("I.1", "actual", True, "A number belongs here"),
        ("I.1", "actual", datetime.date(2024, 1, 1), "A number belongs here"),
        ("I.1", "actual", -1, "not below 0"),
        ("I.1", "actual", "KAD", "KAD"),
        ("I.1", "target", 0, "above 0"),
        ("I.1", "target", None, "Still to be filled in"),
        ("I.2", "level", "Giỏi", "Choose one of"),
        ("I.2", "level", 3, "0 levels are worth 3 points"),
        ("I.3", "met", 1, "Choose “Met” or “Not met”"),
        ("II.1", "count", 1.3, "whole number or a half"),
        ("II.2", "counts-0", 1.5, "whole number"),
        ("II.2", "counts-none", "không", "Write x here"),
        ("TR.1", "count", 0.5, "whole number"),
    ],
)
def test_a_wrong_cell_is_named_with_its_fault(world, officer, code, name, value, words):
    book = download(officer, world)
    fill(book, {("I.1", "actual"): 9, ("I.1", "target"): 10})
    fill(book, {(code, name): value})
    answer = send(officer, world, book)
    assert answer.status_code == 422
    where = cell_of(book, code, name).coordinate
    assert list(problems(answer)) == [where]
    assert words in problems(answer)[where]
    with pytest.raises(LookupError):
        fields_of(answer, url(world, "workbook_apply", "a3"))
    assert not ScoreChange.objects.exists()


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("due", "31/02/2024", "dd/mm/yyyy"),
        ("due", "31/3/24", "dd/mm/yyyy"),
        ("due", 900_000, "four digits"),
        ("due", datetime.time(8, 0), "dd/mm/yyyy"),
        ("received_at", None, "tick that nothing came"),
        ("received_at-none", "x", "not both"),
        ("extended_to", datetime.date(2024, 3, 1), "before the due day"),
    ],
)
def test_a_wrong_day_is_named(name, value, words):
    world = World().open_self_scoring(EVERY_RULE)
    client = signed_in(world.officer("a3"))
    book = download(client, world)
    fill(book, {("I.7", "due"): "31/03/2024", ("I.7", "received_at"): "30/03/2024"})
    fill(book, {("I.7", name): value})
    answer = send(client, world, book)
    (found,) = problems(answer).values()
    assert words in found


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("8,5", "8.5"),
        ("8.5", "8.5"),
        ("\N{NO-BREAK SPACE}8,5 ", "8.5"),
        (8.1, "8.1"),
        (0.1 + 0.2, "0.3"),
        (0, "0"),
        ("1 000", "1000"),
    ],
)
def test_a_number_is_read_as_it_was_meant(world, officer, value, expected):
    book = download(officer, world)
    fill(book, {("I.1", "actual"): value, ("I.1", "target"): 2000})
    apply(officer, world, send(officer, world, book))
    assert world.score("a3", "I.1").claimed_inputs["actual"] == expected


@pytest.mark.parametrize(
    "value", [45382, "31/03/2024", datetime.datetime.fromisoformat("2024-03-31")]
)
def test_a_day_may_be_a_serial_number_a_text_or_a_date(value):
    world = World().open_self_scoring(EVERY_RULE)
    client = signed_in(world.officer("a3"))
    book = download(client, world)
    fill(book, {("I.7", "due"): value, ("I.7", "received_at-none"): "x"})
    if isinstance(value, int):
        cell_of(book, "I.7", "due").number_format = "General"
    apply(client, world, send(client, world, book))
    assert world.score("a3", "I.7").claimed_inputs == {"due": "2024-03-31", "received_at": None}


def test_a_bare_number_stands_for_the_one_level_that_is_worth_it():
    world = World().open_self_scoring(EVERY_RULE)
    client = signed_in(world.officer("a3"))
    book = download(client, world)
    fill(book, {("I.2", "level"): 2})
    apply(client, world, send(client, world, book))
    assert world.score("a3", "I.2").claimed_inputs == {"level": "Khá"}
    book = download(client, world)
    fill(book, {("I.2", "level"): "0"})
    (found,) = problems(send(client, world, book)).values()
    assert "2 levels are worth 0 points" in found


def test_a_percentage_is_refused(world, officer):
    book = download(officer, world)
    fill(book, {("I.1", "actual"): 0.9, ("I.1", "target"): 1})
    cell_of(book, "I.1", "actual").number_format = "0.0%"
    (found,) = problems(send(officer, world, book)).values()
    assert "0,9" in found


@pytest.mark.parametrize("words", ["§¬n vÞ ®· hoµn thµnh", "Ñôn vò ñaõ hoaøn thaønh"])
def test_text_of_an_old_font_is_refused(world, officer, words):
    book = download(officer, world)
    explain(book, "I.3", "met", words)
    assert list(problems(send(officer, world, book))) == [
        cell_of(book, "I.3", "met", at.EXPLANATION).coordinate
    ]


def test_merged_cells_are_refused(world, officer):
    book = download(officer, world)
    row = row_of(book, "I.1", "actual")
    book[at.SCORES].merge_cells(f"F{row}:F{row + 1}")
    assert f"F{row}:F{row + 1}" in problems(send(officer, world, book))


def test_a_code_that_is_unknown_or_twice_or_missing(world, officer):
    book = download(officer, world)
    cell_of(book, "I.2", "level", at.CODE).value = "I.99"
    second = cell_of(book, "I.3", "met", at.CODE)
    second.value = "II.1"
    book[at.SCORES].cell(second.row, at.KEY + 1).value = "count"
    found = [(one.cell, one.code) for one in send(officer, world, book).context["preview"].problems]
    assert (f"A{second.row - 1}", "I.99") in found, "unknown"
    assert ("", "I.2") in found and ("", "I.3") in found, "missing"
    assert (cell_of(book, "II.1", "count", at.CODE).coordinate, "II.1") not in found
    assert any(code == "II.1" for _cell, code in found), "twice"


def test_changed_locked_cells_are_told_and_not_read(world, officer):
    world.fill("a3")
    book = download(officer, world)
    cell_of(book, "I.1", "actual", at.POINTS).value = 6
    cell_of(book, "I.2", "level", at.MAX).value = 40
    answer = send(officer, world, book)
    assert answer.context["preview"].changes == []
    assert set(notices(answer)) == {"I.1", "I.2"}


def test_a_number_of_many_digits_survives():
    world = World().open_self_scoring(EVERY_RULE)
    figure = "123456789012.123456789"
    scoring.claim(
        world.score("a3", "I.9"),
        inputs={"actual": figure, "target": "1"},
        explanation="",
        version=0,
        by=world.officer("a3"),
    )
    client = signed_in(world.officer("a3"))
    book = download(client, world)
    assert send(client, world, book).context["preview"].changes == []
    assert cell_of(book, "I.9", "actual").value == "123456789012,123456789"


def test_downloaded_in_one_language_and_uploaded_in_another(world, officer):
    world.fill("a3")
    officer.defaults["HTTP_ACCEPT_LANGUAGE"] = "vi"
    book = download(officer, world)
    assert cell_of(book, "I.3", "met").value == "Đạt"
    fill(book, {("I.3", "met"): "không  đạt"})
    officer.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    preview = send(officer, world, book)
    assert [change.leaf.code for change in preview.context["preview"].changes] == ["I.3"]
