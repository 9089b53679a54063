"""A sheet as a workbook: written by the portal, filled in with a spreadsheet, read, applied."""

from __future__ import annotations

import datetime
from decimal import Decimal

import openpyxl
import pytest
from django.core import signing
from django.urls import reverse

from scoring import transitions as scoring
from scoring.forms.workbooks import SALT
from scoring.models import Score, ScoreChange
from scoring.workbooks import sheet_layout as at
from tests.forms import fields_of, signed_in
from tests.worlds import World, make_agency, make_user

from .sheets import url
from .workbook_files import (
    EVERY_RULE,
    apply,
    bytes_of,
    cell_of,
    download,
    explain,
    fill,
    notices,
    problems,
    send,
)

pytestmark = pytest.mark.django_db


def build_world():
    return World().open_self_scoring()


@pytest.fixture
def officer(world):
    return signed_in(world.officer("a3"))


# --- what goes out comes back


FILLED = {
    ("1.10", "actual"): 9,
    ("1.10", "target"): 10.5,
    ("I.2", "level"): "Khá",
    ("I.3", "met"): "Not met",
    ("I.4", "value"): 95.5,
    ("I.5", "count"): 2.5,
    ("I.6", "counts-0"): 0,
    ("I.6", "counts-1"): 2,
    ("I.7", "due"): datetime.date(2024, 3, 31),
    ("I.7", "received_at"): datetime.datetime.fromisoformat("2024-04-02T16:30"),
    ("I.7", "extended_to"): datetime.date(2024, 4, 1),
    ("I.8", "value"): 8.1,
    ("I.9", "actual"): 5,
    ("I.9", "target"): 4,
    ("I.11", "points"): 2.25,
    ("T.1", "count"): 0,
    ("TR.1", "count"): 1,
    ("TR.2", "due"): datetime.date(2024, 12, 15),
    ("TR.2", "received_at-none"): "x",
}
STORED = {
    "1.10": ({"actual": "9", "target": "10.5"}, "2.57"),
    "I.2": ({"level": "Khá"}, "2"),
    "I.3": ({"met": False}, "0"),
    "I.4": ({"value": "95.5"}, "3"),
    "I.5": ({"count": "2.5"}, "2.5"),
    "I.6": ({"counts": {"Trễ": 0, "Thiếu": 2}}, "1"),
    "I.7": (
        {
            "due": "2024-03-31",
            "received_at": "2024-04-02T16:30:00+07:00",
            "extended_to": "2024-04-01",
        },
        "1",
    ),
    "I.8": ({"value": "8.1"}, "0.24"),
    "I.9": ({"actual": "5", "target": "4"}, None),
    "I.11": ({"points": "2.25"}, "2.25"),
    "T.1": ({"count": "0"}, "0"),
    "TR.1": ({"count": "1"}, "1"),
    "TR.2": ({"due": "2024-12-15", "received_at": None}, "2"),
}


def stored(world, agency="a3"):
    return {
        score.criterion.code: (score.claimed_inputs, score.claimed)
        for score in world.sheet(agency).scores.in_order()
    }


def test_every_kind_of_rule_makes_the_whole_round():
    world = World().open_self_scoring(EVERY_RULE)
    client = signed_in(world.officer("a3"))
    book = download(client, world)
    fill(book, FILLED)
    explain(book, "I.2", "level", "=xem báo cáo")
    preview = send(client, world, bytes_of(book))
    assert (preview.status_code, problems(preview)) == (422, {"H9": preview_formula(preview)})
    cell_of(book, "I.2", "level", at.EXPLANATION).value = "Xem báo cáo\nsố 5"
    preview = send(client, world, book)
    assert preview.status_code == 200
    assert not ScoreChange.objects.exists(), "a preview writes nothing"
    answer = apply(client, world, preview)
    assert answer.headers["Location"] == url(world, "sheet_detail", "a3")
    expected = {
        code: (inputs, None if points is None else Decimal(points))
        for code, (inputs, points) in STORED.items()
    }
    assert stored(world) == expected
    assert world.score("a3", "I.2").explanation == "Xem báo cáo\nsố 5"
    assert ScoreChange.objects.count() == len(STORED), "one row of history for each"
    again = send(client, world, download(client, world))
    assert again.context["preview"].changes == []
    assert (problems(again), again.context["preview"].unchanged) == ({}, len(STORED))


def preview_formula(preview) -> str:
    return next(one.text for one in preview.context["preview"].problems if "formula" in one.text)


def test_deduct_with_nothing_to_report_is_an_answer(world, officer):
    book = download(officer, world)
    fill(book, {("II.2", "counts-none"): "x"})
    apply(officer, world, send(officer, world, book))
    assert world.score("a3", "II.2").claimed_inputs == {"counts": {}}
    assert cell_of(download(officer, world), "II.2", "counts-none").value == "x"


def test_only_what_differs_is_written(world, officer):
    world.fill("a3")
    before = ScoreChange.objects.count()
    book = download(officer, world)
    fill(book, {("II.1", "count"): 2})
    preview = send(officer, world, book)
    (change,) = preview.context["preview"].changes
    assert (change.leaf.code, change.points_before, change.points_after) == (
        "II.1",
        Decimal(3),
        Decimal(2),
    )
    apply(officer, world, preview)
    assert ScoreChange.objects.count() == before + 1
    assert ScoreChange.objects.last().by == world.officer("a3")


def test_an_empty_row_leaves_the_portals_answer(world, officer):
    scoring.claim(
        world.score("a3", "I.1"),
        inputs={"actual": "9", "target": "10"},
        explanation="Theo báo cáo",
        version=0,
        by=world.officer("a3"),
    )
    book = download(officer, world)
    fill(book, {("I.1", "actual"): None, ("I.1", "target"): "\N{NO-BREAK SPACE}"})
    explain(book, "I.1", "actual", None)
    preview = send(officer, world, book)
    assert preview.context["preview"].changes == []
    assert list(notices(preview)) == ["I.1"]


def test_an_explanation_alone_keeps_the_figures(world, officer):
    world.fill("a3")
    book = download(officer, world)
    fill(book, {("I.1", "actual"): None, ("I.1", "target"): None})
    explain(book, "I.1", "actual", "Theo báo cáo")
    apply(officer, world, send(officer, world, book))
    score = world.score("a3", "I.1")
    assert (score.claimed_inputs, score.explanation) == (
        {"actual": "9", "target": "10"},
        "Theo báo cáo",
    )


# --- the wrong file


def test_the_workbook_of_another_member_or_year_or_set_is_refused(world, officer):
    other = download(signed_in(world.officer("a2")), world, "a2")
    years = World(year=2023, slug="khoi-9", prefix="y").open_self_scoring()
    year = download(signed_in(years.officer("y1")), years, "y1")
    criteria = download(officer, world)
    sha256 = next(row for row in criteria[at.IDENTITY].iter_rows() if row[0].value == "sha256")
    sha256[1].value = "0" * 64
    for book in (other, year, criteria):
        answer = send(officer, world, book)
        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["workbook"]


def test_any_other_workbook_is_refused(world, officer):
    chart = download(officer, world)
    chart[at.SCORES].title = "x"
    chart.create_chartsheet(at.SCORES)
    for book, words in ((openpyxl.Workbook(), "Download it from"), (chart, "cannot be read")):
        answer = send(officer, world, book)
        assert answer.status_code == 422
        assert words in str(answer.context["form"].errors["workbook"])


def test_a_version_that_is_none_is_refused(world, officer):
    for version in (-1, "a", None, 0.5):
        book = download(officer, world)
        cell_of(book, "I.3", "met", at.VERSION).value = version
        assert [one.code for one in send(officer, world, book).context["preview"].problems][
            0
        ] == "I.3"


# --- all or nothing


def test_nothing_is_written_when_one_criterion_changed_after_the_preview(world, officer):
    book = download(officer, world)
    fill(book, {("II.1", "count"): 2, ("I.3", "met"): "Met"})
    preview = send(officer, world, book)
    scoring.claim(
        world.score("a3", "II.1"),
        inputs={"count": "1"},
        explanation="",
        version=0,
        by=world.head("a3"),
    )
    answer = apply(officer, world, preview)
    assert answer.headers["Location"] == url(world, "workbook_upload", "a3")
    assert world.score("a3", "I.3").claimed_inputs is None
    assert world.score("a3", "II.1").claimed_inputs == {"count": "1"}
    assert "II.1" in officer.get(answer.headers["Location"]).content.decode()


def test_a_colleagues_change_after_the_download_stays_or_is_named(world, officer):
    world.fill("a3")
    book = download(officer, world)
    for code, inputs in (("II.1", {"count": "1"}), ("I.3", {"met": False})):
        score = world.score("a3", code)
        scoring.claim(
            score, inputs=inputs, explanation="", version=score.version, by=world.head("a3")
        )
    fill(book, {("II.1", "count"): 2})
    preview = send(officer, world, book)
    assert [change.leaf.code for change in preview.context["preview"].changes] == ["II.1"]
    assert set(notices(preview)) == {"II.1", "I.3"}
    apply(officer, world, preview)
    assert world.score("a3", "I.3").claimed_inputs == {"met": False}
    assert world.score("a3", "II.1").claimed_inputs == {"count": "2"}


def test_the_payload_is_signed_and_of_one_sheet(world, officer):
    book = download(officer, world)
    fill(book, {("II.1", "count"): 2})
    fields = fields_of(send(officer, world, book), url(world, "workbook_apply", "a3"))
    content = signing.loads(fields["claims"], salt=SALT)
    assert content["sheet"] == world.sheet("a3").pk
    other = signed_in(world.officer("a2"))
    for client, agency, claims in (
        (officer, "a3", fields["claims"][:-2]),
        (officer, "a3", ""),
        (other, "a2", fields["claims"]),
    ):
        client.post(url(world, "workbook_apply", agency), {"claims": claims})
    assert not Score.objects.exclude(claimed_inputs=None).exists()


def test_a_returned_sheet_loses_the_appraisal_of_what_the_workbook_changes():
    world = World().open_appraisal()
    by = world.appraiser("a3")
    scoring.accept(world.sheet("a3"), list(world.sheet("a3").scores.all()), by=by)
    scoring.return_sheet(world.sheet("a3"), reason="Bổ sung", by=by)
    client = signed_in(world.officer("a3"))
    book = download(client, world)
    fill(book, {("II.1", "count"): 2})
    apply(client, world, send(client, world, book))
    assert not world.score("a3", "II.1").is_appraised
    assert world.score("a3", "I.1").is_appraised


# --- who


def test_strangers_and_other_members_learn_nothing(world):
    stranger = signed_in(make_user("stranger", make_agency("khac")))
    member = signed_in(world.head("a2"))
    for client in (stranger, member):
        for name in ("workbook_download", "workbook_upload"):
            assert client.get(url(world, name, "a3")).status_code == 404
        assert client.post(url(world, "workbook_upload", "a3")).status_code == 404
        assert client.post(url(world, "workbook_apply", "a3")).status_code == 404


def test_the_appraiser_downloads_a_locked_copy_and_may_not_upload():
    world = World().open_appraisal()
    client = signed_in(world.head("a1"))
    book = download(client, world)
    cells = [cell for row in book[at.SCORES].iter_rows() for cell in row]
    assert all(cell.protection.locked for cell in cells)
    assert book[at.SCORES].cell(at.HEAD + 1, at.LATER + 1).value == "Appraised so far"
    assert client.get(url(world, "workbook_upload", "a3")).status_code == 403
    assert send(client, world, book).status_code == 403


def test_the_member_gets_no_appraised_points_before_it_may_read_them():
    world = World().open_appraisal()
    score = world.score("a3", "II.1")
    scoring.appraise(
        score, points=Decimal(1), reason="Thiếu", version=score.version, by=world.appraiser("a3")
    )
    book = download(signed_in(world.officer("a3")), world)
    assert book[at.SCORES].max_column == at.VERSION + 1


def test_a_submitted_sheet_takes_no_workbook(world, officer):
    world.fill("a3")
    book = download(officer, world)
    fill(book, {("II.1", "count"): 2})
    fields = fields_of(send(officer, world, book), url(world, "workbook_apply", "a3"))
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    assert "workbook" not in str(fields_or_none(officer.get(url(world, "workbook_upload", "a3"))))
    assert send(officer, world, book).status_code == 422
    officer.post(url(world, "workbook_apply", "a3"), fields)
    assert world.score("a3", "II.1").claimed_inputs == {"count": "3"}


def fields_or_none(page):
    try:
        return fields_of(page, "/workbook/upload/")
    except LookupError:
        return None


def test_the_sheet_offers_both_ways_to_who_fills_it_in(world, officer):
    page = officer.get(url(world, "sheet_detail", "a3")).content.decode()
    for name in ("workbook_download", "workbook_upload"):
        assert reverse(f"scoring:{name}", args=[*world.review.url_args, "a3"]) in page
    world.fill("a3")
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    page = officer.get(url(world, "sheet_detail", "a3")).content.decode()
    assert url(world, "workbook_upload", "a3") not in page


# --- how much it asks of the database


@pytest.mark.parametrize("rows", [1, 4])
def test_preview_and_download_ask_the_same_for_any_number_of_rows(
    world, officer, rows, django_assert_num_queries
):
    book = download(officer, world)
    names = [("II.1", "count"), ("TR.1", "count"), ("T.1", "count"), ("II.2", "counts-0")]
    fill(book, dict.fromkeys(names[:rows], 1))
    with django_assert_num_queries(11):
        preview = send(officer, world, book)
    assert len(preview.context["preview"].changes) == rows
    apply(officer, world, preview)
    with django_assert_num_queries(27):
        officer.get(url(world, "workbook_download", "a3"))
