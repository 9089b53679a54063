"""The pages and files of the summary: who reads them when, and what they say."""

from __future__ import annotations

import hashlib
import html
import io
import re
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from blocs import transitions as blocs
from blocs.models import Review
from scoring import transitions as scoring
from scoring.kernel.loading import parse_yaml, read_set
from scoring.models import Summary, SummaryStatus
from scoring.tables import live_table, table_of
from tests.forms import signed_in
from tests.worlds import SMALL_SET, World, fresh

pytestmark = pytest.mark.django_db

PAGES = {
    "summary_member": ["a3"],
    "summary_criteria": [],
    "summary_charts": [],
    "summary_changes": [],
    "summary_trend": [],
    "summary_json": [],
    "summary_workbook": [],
}
QUERIES = ["", "?version=1", "?version=99", "?from=1&to=now", "?stage=self", "?version=x&stage=x"]


def url(world, name, *args):
    return reverse(f"scoring:{name}", args=[*world.review.url_args, *args])


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


def agreed_down(world, name="a3"):
    """The conference takes two points off a criterion."""
    score = world.score(name, "I.2")
    scoring.agree(score, points=Decimal(2), reason="vì", version=score.version, by=world.leader)
    return world


def adopted(world):
    seen = live_table(world.review).sha256
    scoring.adopt_summary(world.review, seen=seen, by=world.leader)
    return world


def build_world():
    return adopted(agreed_down(World().approve()))


# --- who reads


@pytest.mark.parametrize("name", PAGES)
def test_before_circulation_no_member_learns_anything(name):
    world = World().appraise_all()
    for user in (world.officer("a3"), world.deputy, fresh(world.board)):
        client = signed_in(user)
        for query in QUERIES:
            response = client.get(url(world, name, *PAGES[name]) + query)
            assert response.status_code == 403, query
            assert b"19,90" not in response.content, query
            assert b"19.90" not in response.content, query


@pytest.mark.parametrize("name", PAGES)
def test_the_leader_reads_in_the_appraisal_and_all_once_it_is_circulated(name):
    world = World().appraise_all()
    address = url(world, name, *PAGES[name])
    for user in (world.leader, world.officer("a1")):
        assert signed_in(user).get(address).status_code == 200
    scoring.approve_summary(world.review, seen=live_table(world.review).sha256, by=world.leader)
    for user in (world.officer("a3"), world.deputy, fresh(world.board)):
        assert signed_in(user).get(address).status_code == 200
    stranger = signed_in(World(slug="khoi-2", prefix="b").leader)
    assert stranger.get(address).status_code == 404
    assert signed_in(world.leader).post(address).status_code == 405


@pytest.mark.parametrize(
    ("name", "query"),
    [
        *((name, "?version=9") for name in PAGES if name not in ("summary_changes",)),
        ("summary_criteria", "?stage=x"),
        ("summary_changes", "?from=9&to=1"),
        ("summary_changes", "?from=1&to=x"),
    ],
)
def test_what_there_is_not_is_not_found(name, query):
    world = World().approve()
    address = url(world, name, *PAGES[name])
    assert signed_in(world.leader).get(address + query).status_code == 404
    assert signed_in(world.leader).get(url(world, "summary_member", "b9")).status_code == 404


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("summary_member", 31),
        ("summary_criteria", 21),
        ("summary_charts", 20),
        ("summary_changes", 21),
        ("summary_trend", 8),
        ("summary_json", 20),
        ("summary_workbook", 21),
    ],
)
def test_queries_do_not_grow_with_the_members(name, count, django_assert_num_queries):
    for members, prefix in ((3, "a"), (6, "b")):
        world = World(slug=f"khoi-{prefix}", prefix=prefix, members=members).approve()
        if name == "summary_trend":
            adopted(world)
        client = signed_in(world.leader)
        address = url(world, name, *([f"{prefix}3"] if PAGES[name] else []))
        client.get(address)
        with django_assert_num_queries(count):
            client.get(address)


# --- why this rank


def test_the_way_from_figures_to_the_rank_is_shown():
    world = World().approve({"a2": {"I.2": {"level": "Khá"}}, "a3": {"II.1": {"count": "1"}}})
    page = words(signed_in(world.head("a2")).get(url(world, "summary_member", "a3")))
    assert "6 × 9 / 10 = 5,40" in page
    assert "1 × 1 = 1,00" in page
    assert "Rank 2" in page
    assert "Sở a1: 19,90" in page
    assert "more points in group I, Nhiệm vụ chuyên môn: Sở a3 11,40 ; Sở a2 9,40" in page
    assert "falls behind: Sở a2" in page
    assert "17,90 reaches 14" in page


def test_a_shared_rank_tells_which_rules_were_asked_in_vain():
    world = World().approve()
    page = words(signed_in(world.head("a2")).get(url(world, "summary_member", "a3")))
    assert page.count("All are equal; the next rule is asked.") == 2
    assert "No rule sets it apart from Sở a1; Sở a2" in page
    assert "Asked only once the table is frozen:" in page


def test_points_set_in_the_room_are_shown_with_their_reason():
    world = agreed_down(World().approve())
    page = words(signed_in(world.head("a2")).get(url(world, "summary_member", "a3")))
    assert "Agreed: Set in place of what the rule gives. 2,00 vì" in page
    assert "left out" not in page.partition("How it came about")[0]


def test_an_older_version_leaves_out_figures_that_are_no_longer_its_own(world):
    client = signed_in(world.head("a2"))
    old = words(client.get(url(world, "summary_member", "a3") + "?version=1"))
    assert "The scores were changed after this version was drawn up." in old
    assert "6 × 9 / 10" not in old
    assert "5,40 + 4,00 + 2,00 = 11,40" in old
    new = words(client.get(url(world, "summary_member", "a3")))
    assert "6 × 9 / 10 = 5,40" in new
    assert "5,40 + 2,00 + 2,00 = 9,40" in new


def test_an_exempted_and_an_unranked_member_are_explained():
    world = World(members=4)
    rules = read_set(parse_yaml(SMALL_SET.read_text(encoding="utf-8")))
    draft = scoring.upload_criteria(world.review, rules, by=world.leader)
    leaf = draft.criteria.get(code="I.1")
    scoring.exempt(leaf, world.membership("a2"), reason="Không", by=world.leader)
    scoring.adopt_criteria(draft, by=world.leader)
    world.adopt_criteria = lambda *args: world
    world.submit_all()
    blocs.set_ranking(world.membership("a4"), unranked=True, reason="Mới lập", by=world.board)
    scoring.open_appraisal(world.review, by=world.leader)
    client = signed_in(world.leader)
    page = words(client.get(url(world, "summary_member", "a2")))
    assert "6 × 12 / (12 − 6) = 12,00" in page
    assert "not ranked : Mới lập" in words(client.get(url(world, "summary_member", "a4")))


# --- criteria by members


def test_the_stage_is_chosen_and_blank_zero_and_exempt_differ():
    world = agreed_down(World().approve())
    client = signed_in(world.head("a2"))
    agreed = words(client.get(url(world, "summary_criteria")))
    assert "I.2. Xếp loại cải cách hành chính 4 4,00 4,00 2,00" in agreed
    appraised = words(client.get(url(world, "summary_criteria") + "?stage=appraised"))
    assert "I.2. Xếp loại cải cách hành chính 4 4,00 4,00 4,00" in appraised
    assert "T.2. Hoàn thành nhiệm vụ Khối trưởng 1 – blank – blank – blank" in appraised
    assert "TR.1. Bị phê bình bằng văn bản 0,00 0,00 0,00" in appraised


# --- changes


def test_changes_name_what_differs_with_before_and_after(world):
    client = signed_in(world.head("a2"))
    page = words(client.get(url(world, "summary_changes") + "?from=1&to=2"))
    assert "Rank 1 (shared) 3" in page
    assert "Grade Xuất sắc Tốt" in page
    assert "Agreed, total 19,90 17,90" in page
    assert "I, Agreed 11,40 9,40" in page
    assert "I.2, Agreed 4,00 2,00" in page
    assert "Claimed, total" not in page
    back = words(client.get(url(world, "summary_changes") + "?from=2&to=1"))
    assert "Agreed, total 17,90 19,90" in back
    same = words(client.get(url(world, "summary_changes") + "?from=2&to=now"))
    assert "Nothing differs between these two versions." in same


def test_several_superseded_versions_can_be_compared(world):
    last = Summary.objects.order_by("-version").first()
    Summary.objects.filter(pk=last.pk).update(status=SummaryStatus.SUPERSEDED)
    third = table_of(last).canonical.replace('"17.90"', '"17.40"')
    Summary.objects.create(
        review=world.review,
        version=3,
        canonical=third,
        sha256=hashlib.sha256(third.encode()).hexdigest(),
        approved_at=last.approved_at,
        approved_by=last.approved_by,
    )
    client = signed_in(world.head("a2"))
    page = words(client.get(url(world, "summary_changes") + "?from=2&to=3"))
    assert "Agreed, total 17,90 17,40" in page
    assert "17,90 19,90" not in page


def test_without_a_version_there_is_nothing_to_compare():
    world = World().appraise_all()
    page = words(signed_in(world.leader).get(url(world, "summary_changes")))
    assert "No version of the table has been approved yet." in page


# --- over the years


def next_year(world, year=2025, **members):
    """The same bloc a year later, adopted."""
    later = object.__new__(World)
    later.__dict__.update(world.__dict__)
    later.review = blocs.open_review(
        world.bloc,
        year,
        members={part.agency: part.office for part in world.review.memberships.all()},
        by=world.board,
    )
    return later


def test_the_years_show_adopted_tables_only():
    first = adopted(World().approve())
    second = next_year(first).approve({"a3": {"I.2": {"level": "Khá"}}})
    client = signed_in(second.head("a2"))
    page = words(client.get(url(second, "summary_trend")))
    assert "2024 19,90 / 20 99,5 % 1 / 3 (shared) Xuất sắc" in page
    assert "2025 17,90" not in page
    adopted(second)
    page = words(client.get(url(second, "summary_trend")))
    assert "2024 19,90 / 20 99,5 % 1 / 3 (shared) Xuất sắc" in page
    assert "2025 17,90 / 20 89,5 % 3 / 3 Tốt" in page
    assert "I.2. Xếp loại cải cách hành chính 4 · 100,0 % 2 · 50,0 %" in page
    # The earlier review looks back only.
    assert "2025" not in words(client.get(url(first, "summary_trend"))).partition("Sở a1")[2]


def test_other_maxima_are_compared_by_percent_and_other_names_not_at_all(tmp_path):
    first = adopted(World().approve())
    text = SMALL_SET.read_text(encoding="utf-8")
    text = text.replace("scale: 20", "scale: 22").replace("max: 8", "max: 10")
    text = text.replace("{code: II.1, max: 3,", "{code: II.1, max: 5,")
    text = text.replace("each: 1, cap: 3", "each: 1, cap: 5")
    text = text.replace('"Có quy chế làm việc"', '"Có quy chế mới"')
    changed = tmp_path / "changed.yaml"
    changed.write_text(text, encoding="utf-8")
    second = next_year(first)
    adopt = World.adopt_criteria
    second.adopt_criteria = lambda *args: adopt(second, changed)
    adopted(second.approve())
    page = words(signed_in(second.head("a2")).get(url(second, "summary_trend")))
    assert "The scales differ: compare the shares, not the points." in page
    assert "II.1. Phong trào tổ chức percent only: the maxima differ 100,0 % 60,0 %" in page
    assert " I.3. " not in page
    assert "I.2. Xếp loại cải cách hành chính 4 · 100,0 % 4 · 100,0 %" in page


def test_a_review_of_another_bloc_shows_only_to_those_who_read_it():
    other = adopted(World(year=2023, slug="khoi-2", prefix="a").approve())
    bloc = World(slug="khoi-1", prefix="z", members=2).bloc
    agencies = list(other.agencies.values())
    world = object.__new__(World)
    world.__dict__.update(other.__dict__)
    world.bloc = bloc
    stranger = World(slug="khoi-9", prefix="y", members=1)
    members = [*agencies[:2], stranger.agencies["y1"]]
    world.agencies = {one.slug: one for one in members}
    world.users = {**other.users, **stranger.users}
    offices = ("leader", "deputy", "member")
    world.review = blocs.open_review(
        bloc, 2025, members=dict(zip(members, offices, strict=True)), by=other.board
    )
    adopted(world.approve())
    assert "2023 · Khối 1" in words(signed_in(world.head("a2")).get(url(world, "summary_trend")))
    page = words(signed_in(world.head("y1")).get(url(world, "summary_trend")))
    assert "2025 19,90" in page
    assert "2023" not in page


# --- files


def test_the_json_is_the_very_text_of_the_hash(world):
    client = signed_in(world.head("a2"))
    for query, version in (("?version=1", 1), ("", 2)):
        response = client.get(url(world, "summary_json") + query)
        summary = Summary.objects.get(version=version)
        assert response.content.decode() == summary.canonical
        assert hashlib.sha256(response.content).hexdigest() == summary.sha256
        assert response["Content-Type"] == "application/json"
        assert response["X-Table-SHA256"] == summary.sha256
        assert (
            f"khoi-1-2024-v{version}-{summary.sha256[:12]}.json" in response["Content-Disposition"]
        )


def book(response):
    return openpyxl.load_workbook(io.BytesIO(response.content))


def test_the_workbook_tells_blank_zero_and_exempt_apart_and_has_no_formula():
    world = World()
    text = SMALL_SET.read_text(encoding="utf-8").replace(
        '"Có quy chế làm việc", rule: {kind: binary}',
        '"=1+1", rule: {kind: binary}, na_policy: FULL',
    )
    rules = read_set(parse_yaml(text))
    draft = scoring.upload_criteria(world.review, rules, by=world.leader)
    for code in ("I.1", "I.3"):
        leaf = draft.criteria.get(code=code)
        scoring.exempt(leaf, world.membership("a2"), reason="Không", by=world.leader)
    scoring.adopt_criteria(draft, by=world.leader)
    world.adopt_criteria = lambda *args: world
    world.approve()
    found = book(signed_in(world.leader).get(url(world, "summary_workbook")))
    assert len(found.sheetnames) == 4
    sheet = found.worksheets[2]
    rows = {row[0].value: row for row in sheet.iter_rows(min_row=3) if row[0].value}
    head = [cell.value for cell in sheet[1]]
    at = head.index("Sở a2")
    assert rows["I.1"][at].value == "N/A"
    assert rows["I.3"][at].value == 2
    assert "N/A" in rows["I.3"][at].number_format
    assert rows["TR.1"][at].value == 0
    assert rows["T.2"][at].value is None
    assert rows["I.3"][1].value == "=1+1"
    assert rows["I.3"][1].data_type == "s"
    assert all(cell.data_type != "f" for one in found for row in one.iter_rows() for cell in row)
    notes = {row[0].value: row[1].value for row in found.worksheets[3].iter_rows()}
    assert notes["SHA-256"] == live_table(world.review).sha256
    assert notes["Version"] == "1"
    assert notes["N/A: Sở a2, I.1"] == "is left out, and the rest of its group is scaled up"
    assert notes["N/A: Sở a2, I.3"] == "counts its maximum"


def test_each_name_leads_to_its_explanation_in_the_version_read(world):
    client = signed_in(world.head("a2"))
    page = client.get(reverse("scoring:summary_detail", args=world.review.url_args) + "?version=1")
    assert f'href="{url(world, "summary_member", "a3")}?version=1"' in page.content.decode()
    assert f'href="{url(world, "summary_charts")}?version=1"' in page.content.decode()
    assert Review.objects.count() == 1
