"""A criteria set as a workbook: what is written reads back equal; faults are named by their row."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.criteria import rules_of
from scoring.criteria_changes import CriteriaChanges, changes_between
from scoring.kernel.loading import parse_yaml, read_set, write_set
from scoring.models import CriteriaSet
from scoring.workbooks import criteria_layout as at
from scoring.workbooks.criteria_book import criteria_book
from scoring.workbooks.criteria_reading import read_book
from tests.forms import signed_in
from tests.kernel.building import EXAMPLES, document_of
from tests.worlds import SMALL_SET, World, make_agency, make_user

from .workbook_files import EVERY_RULE, bytes_of


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def set_in(path):
    return read_set(parse_yaml(path.read_text(encoding="utf-8")))


def book_of(path=SMALL_SET):
    return openpyxl.load_workbook(io.BytesIO(criteria_book(set_in(path))))


def place(book, sheet: str, code: str, key: str):
    """The cell of a code's row in a column."""
    rows = book[sheet]
    column = at.COLUMNS[sheet].index(key) + 1
    code_column = at.COLUMNS[sheet].index("code") + 1
    for row in range(at.FIRST + 1, rows.max_row + 1):
        if rows.cell(row, code_column).value == code:
            return rows.cell(row, column)
    raise LookupError(code)


def refusal(book) -> str:
    with pytest.raises(ValidationError) as caught:
        read_book(bytes_of(book))
    return caught.value.messages[0]


# --- the round


@pytest.mark.parametrize(
    "path", [*sorted(EXAMPLES.glob("*.yaml")), SMALL_SET, EVERY_RULE], ids=lambda path: path.stem
)
def test_a_written_set_reads_back_equal(path):
    rules = set_in(path)
    assert read_book(criteria_book(rules)) == rules


def test_a_set_saved_by_another_program_reads_back_equal():
    assert read_book(bytes_of(book_of(EVERY_RULE))) == set_in(EVERY_RULE)


def test_the_language_of_the_download_does_not_matter():
    with translation.override("vi"):
        content = criteria_book(set_in(SMALL_SET))
    assert read_book(content) == set_in(SMALL_SET)


TEXT = st.text(
    st.sampled_from("aB =\\\n\tn.;,:'\"-+@x_0041ệ%đ\N{NO-BREAK SPACE}"), min_size=1, max_size=12
).filter(str.strip)
NUMBERS = st.decimals(Decimal("0.25"), Decimal(900), places=2).map(str)


@st.composite
def sets(draw):
    """Sets of odd texts: signs of formulas and equations, blanks at the ends, many lines."""
    labels = draw(st.lists(TEXT, min_size=2, max_size=3, unique_by=lambda text: text))
    worth = [{"label": label, "points": 6 - number} for number, label in enumerate(labels)]
    minus = [{"label": label, "minus": draw(NUMBERS)} for label in labels]
    leaves = [
        {"code": "1.10", "max": 6, "name": draw(TEXT), "rule": {"kind": "levels", "levels": worth}},
        {
            "code": "1.1",
            "max": draw(NUMBERS),
            "name": draw(TEXT),
            "rule": {"kind": "deduct", "items": minus},
            "evidence": draw(st.lists(TEXT, max_size=2)),
            "verifier": draw(TEXT),
            "na_policy": draw(st.sampled_from(["FULL", "RESCALE", "BLOC_AVERAGE"])),
            "late_data": draw(st.booleans()),
        },
    ]
    bands = [{"min": -1, "points": 0}, {"min": draw(NUMBERS), "points": 1}]
    bonus = [
        {
            "code": "T.1",
            "cap": 1,
            "name": draw(TEXT),
            "rule": {"kind": "bands", "unit": draw(TEXT), "table": bands},
        }
    ]
    return document_of({"I": leaves}, step="1", bonus=bonus, title=draw(TEXT))


@settings(max_examples=60, deadline=None)
@given(sets())
def test_generated_sets_read_back_equal(document):
    with translation.override("en"):
        rules = read_set(document)
        assert read_book(criteria_book(rules)) == rules


@settings(max_examples=300, deadline=None)
@given(TEXT)
def test_texts_survive_a_cell(text):
    assert at.unescaped(at.escaped(text).strip()) == text
    line = at.escaped(text, one_line=True)
    assert "\n" not in line
    assert at.unescaped(line.strip()) == text


# --- what stands in it


def test_codes_are_text_and_tables_are_lines():
    book = book_of(EVERY_RULE)
    code = place(book, at.GROUPS, "1.10", "code")
    assert (code.value, code.data_type, code.number_format) == ("1.10", "s", "@")
    assert place(book, at.GROUPS, "I.4", "table").value == "95 = 3\n80 = 2\n0 = 0"
    assert place(book, at.GROUPS, "I.6", "table").value == "Trễ = 0,5\nThiếu = 1"
    assert place(book, at.GROUPS, "I", "name").data_type == "s", "a name never becomes a formula"


# --- an author's hand


def test_an_author_may_use_points_commas_and_loose_spaces():
    book = book_of()
    place(book, at.GROUPS, "I.2", "table").value = "Tốt=4\n Khá = 2.0 \n\nTrung bình  =0"
    place(book, at.BONUS, "T.1", "parameters").value = "unit=sáng kiến\neach = 0.5\ncap=1"
    place(book, at.GROUPS, "I.3", "max").value = "2,0"
    assert read_book(bytes_of(book)) == set_in(SMALL_SET)


def test_a_new_criterion_needs_only_a_row():
    book = book_of()
    sheet = book[at.GROUPS]
    row = sheet.max_row + 1
    for key, value in {
        "parent": "II",
        "code": "II.4",
        "name": "Mới",
        "max": 1,
        "kind": "binary",
    }.items():
        sheet.cell(row, at.COLUMNS[at.GROUPS].index(key) + 1).value = value
    assert "the children add up to 9, the maximum is 8" in refusal(book)
    place(book, at.GROUPS, "II", "max").value = 9
    assert "SMALL" in (text := refusal(book)) and "21" in text and f"“{at.TERMS}”, row 3" in text
    book[at.TERMS]["C5"].value = 21
    assert read_book(bytes_of(book)).find("II.4").max == 1


@pytest.mark.parametrize(
    ("sheet", "code", "key", "value", "words"),
    [
        (at.GROUPS, "I.1", "code", 1.1, "text belongs here"),
        (at.GROUPS, "I.1", "code", None, "no code"),
        (at.GROUPS, "I.1", "code", "I.2", "there already"),
        (at.GROUPS, "I.1", "parent", "III", "no group"),
        (at.GROUPS, "I.1", "parent", "I.3", "no group"),
        (at.GROUPS, "I.1", "max", "=1+5", "formula"),
        (at.GROUPS, "I.1", "max", "sáu", "number only"),
        (at.GROUPS, "I.1", "max", "1.000", "two ways"),
        (at.GROUPS, "I.1", "max", "#N/A", "#N/A"),
        (at.GROUPS, "I.1", "kind", "tỷ lệ", "not possible here"),
        (at.GROUPS, "I.1", "table", "a = 1", "has no table"),
        (at.GROUPS, "I.1", "parameters", "cap 1", "has no “=”"),
        (at.GROUPS, "I.1", "parameters", "cap = 2", "only 1 is possible"),
        (at.GROUPS, "I.1", "na_policy", "NONE", "possible"),
        (at.GROUPS, "I.1", "late_data", "không", "Write x here"),
        (at.GROUPS, "I.2", "table", "Tốt = ", "number is missing"),
        (at.GROUPS, "I.2", "table", "Tốt = bốn", "number only"),
        (at.GROUPS, "I.2", "name", None, "name"),
        (at.GROUPS, "II", "parameters", "a = 1", "kind of the rule"),
        (at.GROUPS, "I.2", "name", "§¬n vÞ", "old font"),
        (at.PENALTIES, "TR.1", "kind", "binary", "not possible here"),
        (at.KNOCKOUTS, "K1", "effect", "BAN", "possible"),
    ],
)
def test_a_fault_is_named_with_its_row(sheet, code, key, value, words):
    book = book_of()
    cell = place(book, sheet, code, key)
    cell.value = value
    text = refusal(book)
    assert words in text
    # A code that moved is known by its other row as well.
    assert f"“{sheet}”, row" in text
    if code != "I.1" or key not in ("parent", "code"):
        assert f"row {cell.row}:" in text


def test_a_percentage_and_a_merged_cell_are_refused():
    book = book_of()
    place(book, at.GROUPS, "I.1", "max").number_format = "0%"
    assert "percentage" in refusal(book)
    book = book_of()
    book[at.GROUPS].merge_cells("A5:B6")
    assert "row 5: Merged cells" in refusal(book)


def test_groups_may_not_lie_too_deep():
    book = book_of()
    sheet = book[at.GROUPS]
    for number in range(25):
        sheet.append([f"G{number - 1}" if number else None, f"G{number}", "x", 1])
    assert "too deep" in refusal(book)


def test_a_worksheet_or_a_column_that_is_missing_is_named():
    book = book_of()
    del book[at.KNOCKOUTS]
    assert at.KNOCKOUTS in refusal(book)
    book = book_of()
    book[at.GROUPS]["D1"].value = "điểm"
    assert "max" in refusal(book)


# --- the pages


def url(world, name):
    return reverse(f"scoring:{name}", args=world.review.url_args)


@pytest.mark.django_db
def test_a_draft_is_downloaded_edited_and_uploaded():
    world = World()
    client = signed_in(world.leader)
    upload = SimpleUploadedFile("bo.xlsx", criteria_book(set_in(SMALL_SET)))
    assert client.post(url(world, "criteria_upload"), {"file": upload}).status_code == 302
    assert url(world, "criteria_workbook") in client.get(url(world, "criteria_detail")).text
    answer = signed_in(world.officer("a3")).get(url(world, "criteria_workbook"))
    assert read_book(answer.content) == set_in(SMALL_SET)
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    place(book, at.GROUPS, "I.2", "name").value = "Tên mới"
    upload = SimpleUploadedFile("bo.xlsx", bytes_of(book))
    answer = client.post(url(world, "criteria_upload"), {"file": upload}, follow=True)
    assert "Against the draft before: changed: I.2." in answer.text
    assert rules_of(CriteriaSet.objects.get()).find("I.2").name == "Tên mới"


def test_what_a_new_draft_changes_is_listed_by_code():
    before = set_in(SMALL_SET)
    book = book_of()
    sheet = book[at.PENALTIES]
    sheet.delete_rows(place(book, at.PENALTIES, "TR.1", "code").row)
    sheet.append(["TR.2", "Mới", "penalty", None, "each = 1"])
    place(book, at.GROUPS, "I.3", "evidence").value = "Quyết định"
    place(book, at.KNOCKOUTS, "K1", "name").value = "Tên khác"
    book[at.GRADES]["B3"].value = 19
    changes = changes_between(before, read_book(bytes_of(book)))
    assert (changes.added, changes.removed) == (("TR.2",), ("TR.1",))
    assert (changes.changed, changes.terms) == (("I.3", "K1"), True)
    assert changes_between(before, before) == CriteriaChanges((), (), (), terms=False)


@pytest.mark.django_db
def test_a_faulty_workbook_leaves_the_draft_as_it_was():
    world = World()
    client = signed_in(world.leader)
    book = book_of()
    place(book, at.GROUPS, "I.2", "max").value = 5
    upload = SimpleUploadedFile("bo.xlsx", bytes_of(book))
    answer = client.post(url(world, "criteria_upload"), {"file": upload})
    assert answer.status_code == 422
    assert "row" in str(answer.context["page"].upload.errors["file"])
    assert not CriteriaSet.objects.exists()


@pytest.mark.django_db
def test_strangers_get_no_workbook_and_without_a_set_there_is_none():
    world = World()
    assert signed_in(world.leader).get(url(world, "criteria_workbook")).status_code == 404
    world.adopt_criteria()
    stranger = signed_in(make_user("stranger", make_agency("khac")))
    assert stranger.get(url(world, "criteria_workbook")).status_code == 404
    assert signed_in(world.leader).post(url(world, "criteria_workbook")).status_code == 405


def test_every_key_of_the_format_has_a_column():
    document = write_set(set_in(EVERY_RULE))["criteria_set"]
    assert set(at.TERM_KEYS) | {
        "rounding",
        "grades",
        "tie_break",
        "groups",
        *at.EXTRAS.values(),
    } == (set(document) | {"places"})
