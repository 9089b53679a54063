"""One source: screen, workbook, JSON and paper of a table show the same numbers, all of them."""

from __future__ import annotations

import datetime
import io
import json
import re
import unicodedata
from html.parser import HTMLParser

import openpyxl
import pypdf
import pytest
from django.db import transaction
from django.urls import reverse

from awards.documents.papers import PaperKey, print_paper
from awards.models import DocumentKind
from blocs import transitions as blocs
from scoring import transitions as scoring
from scoring.kernel.loading import parse_yaml, read_set
from scoring.tables import live_table, table_in_force
from tests.forms import signed_in
from tests.scoring.test_transitions_example import Khoi7
from tests.worlds import SMALL_SET, World

pytestmark = pytest.mark.django_db

MINUS = "\N{MINUS SIGN}"


def comma(value):
    return f"{value:.2f}".replace(".", ",").replace("-", MINUS)


class Tables(HTMLParser):
    """All tables of a page as rows of texts."""

    def __init__(self, response):
        super().__init__()
        self.tables, self.cell = [], None
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self.tables.append((dict(attrs).get("class", ""), []))
        elif tag == "tr" and self.tables:
            self.tables[-1][1].append([])
        elif tag in ("td", "th"):
            self.cell = []

    def handle_data(self, data):
        if self.cell is not None:
            self.cell.append(data)

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell is not None:
            self.tables[-1][1][-1].append(" ".join("".join(self.cell).split()))
            self.cell = None

    def named(self, name):
        return [rows for classes, rows in self.tables if name in classes.split()]


def khoi_7():
    case = Khoi7()
    case.prepare()
    case.keep_the_record()
    case.score_themselves()
    case.appraise()
    case.confer()
    scoring.adopt_summary(case.review, seen=live_table(case.review).sha256, by=case.leader)
    return case.review, case.leader


def every_policy():
    """A tie that a rule decides, a shared rank, an unranked member, and N/A of each policy."""
    world = World(members=8)
    text = SMALL_SET.read_text(encoding="utf-8")
    text = text.replace("rule: {kind: binary}", "rule: {kind: binary}, na_policy: FULL")
    text = text.replace(
        'rule: {kind: per_unit, unit: "phong trào", each: 1, cap: 3}',
        'rule: {kind: per_unit, unit: "phong trào", each: 1, cap: 3}, na_policy: BLOC_AVERAGE',
    )
    draft = scoring.upload_criteria(world.review, read_set(parse_yaml(text)), by=world.leader)
    for name, code in (("a5", "I.1"), ("a5", "I.3"), ("a6", "II.1")):
        leaf = draft.criteria.get(code=code)
        scoring.exempt(leaf, world.membership(name), reason="Không", by=world.leader)
    scoring.adopt_criteria(draft, by=world.leader)
    world.adopt_criteria = lambda *args: world
    blocs.set_ranking(world.membership("a7"), unranked=True, reason="Mới lập", by=world.board)
    world.approve(
        {
            "a2": {"I.2": {"level": "Khá"}},
            "a3": {"II.1": {"count": "1"}},
            "a4": {"TR.1": {"count": "25"}},
        }
    )
    score = world.score("a5", "I.2")
    scoring.agree(score, inputs={"level": "Khá"}, reason="vì", version=score.version,
                  by=world.leader)  # fmt: skip
    scoring.adopt_summary(world.review, seen=live_table(world.review).sha256, by=world.leader)
    return world.review, world.leader


@pytest.fixture(scope="module", params=[khoi_7, every_policy])
def adopted(request, django_db_setup, django_db_blocker):
    """A review with an adopted table, which nobody changes here, and its leader."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield request.param()
        transaction.set_rollback(True)


@pytest.fixture
def read(adopted, db):
    """The review's table, and a browser of its leader."""
    review, leader = adopted
    return review, table_in_force(review), signed_in(leader)


def get(client, review, name, *args, query=""):
    return client.get(reverse(f"scoring:{name}", args=[*review.url_args, *args]) + query)


def columns(row):
    return (row.claimed, row.appraised, row.agreed)


def numbers(column):
    return [*column.groups, column.bonus, column.penalty, column.total]


@pytest.mark.parametrize("adopted", [every_policy], indirect=True)
def test_the_case_holds_what_it_is_for(read):
    _review, table, _client = read
    policies = {policy for row in table.rows for policy in row.not_applicable.values()}
    assert policies == {"FULL", "RESCALE", "BLOC_AVERAGE"}
    assert any(row.unranked for row in table.rows)
    assert any(row.shared for row in table.rows)
    assert any(row.tie_decided_by for row in table.rows)
    assert any(row.agreed.total < 0 for row in table.rows)


def test_the_ranking_on_screen_is_the_table(read):
    review, table, client = read
    page = Tables(get(client, review, "summary_detail"))
    [ranking], [groups] = page.named("ranking"), page.named("by-group")
    for shown, row in zip(ranking[1:], table.rows, strict=True):
        assert shown[0].split()[0] == str(row.rank or "–")
        assert shown[1] == row.name
        totals = [row.claimed.total, row.appraised.total]
        assert shown[2:4] == [comma(total) for total in totals]
        assert shown[4].lstrip("+") == comma(row.delta)
        assert shown[5:7] == [comma(row.agreed.total), row.grade]
    lines = [line[1:] for line in groups[1:] if len(line) > 1]
    expected = [[comma(n) for n in numbers(one)] for row in table.rows for one in columns(row)]
    assert lines == expected


def test_criteria_and_charts_on_screen_are_the_table(read):
    review, table, client = read
    for stage in ("self", "appraised", "agreed"):
        page = Tables(get(client, review, "summary_criteria", query=f"?stage={stage}"))
        [shown] = page.named("criteria-by-members")
        members = {one["slug"]: one for one in table.content["members"]}
        by_head = {line[0].partition(". ")[0]: line[2:] for line in shown[1:]}
        for code in table.rows[0].leaves:
            for text, row in zip(by_head[code], table.rows, strict=True):
                leaf = row.leaves[code]
                assert ("N/A" in text) == bool(leaf["na"])
                if leaf[stage] is not None:
                    assert text.split()[-1] == leaf[stage].replace(".", ",")
        totals = [members[row.slug]["totals"][stage]["total"] for row in table.rows]
        assert shown[-1][2:] == [one.replace(".", ",").replace("-", MINUS) for one in totals]
    page = Tables(get(client, review, "summary_charts"))
    [groups] = page.named("chart-groups")
    agreed = [[row.name, *map(comma, numbers(row.agreed))] for row in table.rows]
    assert groups[1:] == agreed


def test_each_explanation_ends_in_the_numbers_of_the_table(read):
    review, table, client = read
    for row in table.rows:
        page = Tables(get(client, review, "summary_member", row.slug))
        [sums] = page.named("explained-sums")
        assert sums[-1][1:] == [comma(one.total) for one in columns(row)]
        for at, shown in enumerate(sums[1 : 1 + len(table.groups)]):
            assert shown[1:] == [comma(one.groups[at]) for one in columns(row)]
        ways = {}
        for line in (line for lines in page.named("explained") for line in lines[1:]):
            ways[line[0].partition(". ")[0]] = line[2:]
        for code, leaf in {**row.leaves, **row.extras}.items():
            *cells, way = ways[code]
            for cell, stage in zip(cells, ("self", "appraised", "agreed"), strict=True):
                text = leaf[stage]
                blank = "N/A" if leaf.get("na") else "–"
                assert cell == (blank if text is None else text.replace(".", ","))
            if leaf["agreed"] is not None:
                assert leaf["agreed"].replace(".", ",") in way, (row.slug, code)


def test_the_workbook_is_the_table(read):
    review, table, client = read
    response = get(client, review, "summary_workbook")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    ranking, groups, criteria, _notes = (list(one.values) for one in book.worksheets)
    for line, row in zip(ranking[1:], table.rows, strict=True):
        assert line[0] == (row.rank or "–")
        totals = [one.total for one in columns(row)]
        assert [round(float(n), 2) for n in line[2:6]] == [float(n) for n in (*totals, row.delta)]
        assert (line[1], line[6], line[7]) == (row.name, row.grade, row.late_days)
    lines = [line[2:] for line in groups[2:]]
    for line, column in zip(
        lines, [one for row in table.rows for one in columns(row)], strict=True
    ):
        base = [*column.groups, column.base, column.bonus, column.penalty, column.total]
        assert list(line) == [float(n) for n in base]
    by_code = {line[0]: line[3:] for line in criteria[2:] if line[0]}
    for at, row in enumerate(table.rows):
        for code, leaf in {**row.leaves, **row.extras}.items():
            for n, stage in enumerate(("self", "appraised", "agreed")):
                shown, text = by_code[code][3 * at + n], leaf[stage]
                if text is None:
                    assert shown == ("N/A" if leaf.get("na") else None)
                else:
                    assert shown == float(text)


def test_the_json_is_the_table(read):
    review, table, client = read
    content = json.loads(get(client, review, "summary_json").content)
    members = {one["slug"]: one for one in content["members"]}
    for row in table.rows:
        one = members[row.slug]
        totals = [one["totals"][stage]["total"] for stage in ("self", "appraised", "agreed")]
        assert totals == [str(column.total) for column in columns(row)]
        assert one["rank"]["agreed_on_points"] == row.rank
        assert (one["delta"], one["grade"]["agreed"]) == (str(row.delta), row.grade)


def test_the_paper_is_the_table(read):
    review, table, _client = read
    data = print_paper(review, PaperKey(DocumentKind.SUMMARY), dated=datetime.date(2025, 2, 28))
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]
    text = unicodedata.normalize("NFC", " ".join(" ".join(pages).split()))
    for row in table.rows:
        cells = [comma(n).replace(MINUS, "-") for one in columns(row)[:2] for n in numbers(one)]
        cells += [comma(row.agreed.total), comma(row.delta)]
        end = str(row.rank or "–")
        line = " ".join(cells).replace(MINUS, "-")
        assert f"{line} {end}" in text, row.name
        assert f"{line} {end} {row.grade}" in text, row.name
        beside = [*numbers(row.agreed), *(one.total for one in columns(row)), row.delta]
        assert " ".join(comma(n) for n in beside).replace(MINUS, "-") in text, row.name
    assert table.sha256 in re.sub(r"\s", "", text)
    assert "Phụ lục. Biểu đồ" in text
