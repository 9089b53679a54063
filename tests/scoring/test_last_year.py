"""Last year's value beside this year's: the same criterion, the same agency, once adopted."""

from __future__ import annotations

import copy

import pytest

from blocs import transitions as blocs
from blocs.models import Office
from scoring import transitions as scoring
from scoring.tables import live_table
from tests.forms import signed_in
from tests.worlds import SMALL_SET, World

from .sheets import url

pytestmark = pytest.mark.django_db

OFFICES = (Office.LEADER, Office.DEPUTY, Office.MEMBER, Office.MEMBER)


def adopted(**answers):
    """A review of 2023 whose table the conference has adopted."""
    world = World(year=2023).approve(answers)
    seen = live_table(world.review).sha256
    scoring.adopt_summary(world.review, seen=seen, by=world.leader)
    return world


def a_year_later(world, tmp_path=None, changes=(), *, bloc=None, names=("a1", "a2", "a3")):
    """The next review with its sheets; ``changes`` are made to the text of the criteria."""
    later = copy.copy(world)
    later.bloc = bloc or world.bloc
    later.agencies = {name: later.agencies[name] for name in names}
    members = dict(zip(later.agencies.values(), OFFICES, strict=False))
    later.review = blocs.open_review(later.bloc, 2024, members=members, by=world.board)
    path = SMALL_SET
    if changes:
        text = SMALL_SET.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "criteria.yaml"
        path.write_text(text, encoding="utf-8")
    return later.open_self_scoring(path)


def lines(user, world, agency):
    page = signed_in(user).get(url(world, "sheet_detail", agency)).context["page"]
    return {row.leaf.code: row.last_year for row in page.leaves if row.last_year}


def test_figures_and_agreed_points_of_last_year_stand_beside(in_english):
    world = a_year_later(adopted(a3={"I.2": {"level": "Khá"}}))
    found = lines(world.officer("a3"), world, "a3")
    assert found["I.1"] == "2023: 5,4 / 6 points; Đúng hạn: 9; Được giao: 10"
    assert found["I.2"] == "2023: 2 / 4 points; Khá"
    assert found["II.3"] == "2023: 2 / 2 points", "an automatic criterion has no typed figures"
    assert found["TR.1"] == "2023: 0 points; 0 văn bản"
    assert "T.2" not in found, "the conference set nothing"


def test_what_was_appraised_and_agreed_counts_not_what_was_claimed():
    world = World(year=2023).open_appraisal()
    scoring.appraise(
        world.score("a3", "I.2"), inputs={"level": "Khá"}, reason="Vì", version=1, by=world.leader
    )
    for name in world.agencies:
        sheet, by = world.sheet(name), world.appraiser(name)
        scoring.accept(sheet, list(sheet.scores.all()), by=by)
        scoring.finish_appraisal(sheet, by=by)
        scoring.accept_appraisal(sheet, by=world.head(name))
    seen = live_table(world.review).sha256
    scoring.approve_summary(world.review, seen=seen, by=world.leader)
    score = world.score("a3", "I.3")
    scoring.agree(score, inputs={"met": False}, reason="Vì", version=score.version, by=world.leader)
    seen = live_table(world.reload()).sha256
    scoring.adopt_summary(world.review, seen=seen, by=world.leader)
    later = a_year_later(world)
    found = lines(later.officer("a3"), later, "a3")
    assert found["I.2"].startswith("2023: 2 / 4 ")
    assert found["I.2"].endswith("; Khá")
    assert found["I.3"].startswith("2023: 0 / 2 ")


def test_only_the_agencys_own_values_and_only_an_adopted_table():
    world = World(year=2023).approve({"a3": {"I.2": {"level": "Khá"}}})
    later = a_year_later(world)
    assert lines(later.officer("a3"), later, "a3") == {}
    seen = live_table(world.review).sha256
    scoring.adopt_summary(world.review, seen=seen, by=world.leader)
    assert "Khá" in lines(later.officer("a3"), later, "a3")["I.2"]
    assert "Tốt" in lines(later.officer("a2"), later, "a2")["I.2"]


def test_a_criterion_is_the_same_by_code_and_name(tmp_path):
    changes = [
        ("Có quy chế làm việc", "Có kế hoạch công tác"),
        ("Xếp loại cải cách hành chính", "Xếp loại cải cách hành chính "),
        ("Phong trào tổ chức", "PHONG TRÀO TỔ CHỨC"),
        ("TR.1", "TR.9"),
    ]
    world = a_year_later(adopted(), tmp_path, changes)
    found = lines(world.officer("a3"), world, "a3")
    assert set(found) == {"I.1", "I.2", "II.1", "II.2", "II.3", "T.1"}


def test_another_maximum_shows_the_share(tmp_path):
    changes = [
        ("code: I.1, max: 6", "code: I.1, max: 5"),
        ("code: I.3, max: 2", "code: I.3, max: 3"),
    ]
    world = a_year_later(adopted(), tmp_path, changes)
    found = lines(world.officer("a3"), world, "a3")
    assert "5,4 / 6" in found["I.1"]
    assert "(90 %)" in found["I.1"]
    assert "(100 %)" in found["I.3"]
    assert "%" not in found["I.2"]


def test_the_appraiser_of_the_same_bloc_sees_it_too():
    world = a_year_later(adopted())
    for name in world.agencies:
        world.fill(name)
        scoring.submit(world.sheet(name), by=world.head(name))
    scoring.open_appraisal(world.review, by=world.leader)
    assert set(lines(world.leader, world, "a3")) == set(lines(world.head("a3"), world, "a3"))


def test_an_appraiser_from_another_bloc_does_not_see_it():
    old = adopted()
    other = World(year=2023, slug="khoi-2", prefix="b")
    other.agencies["a3"], other.users = old.agencies["a3"], other.users | old.users
    world = a_year_later(other, names=("b1", "b2", "a3"))
    for name in world.agencies:
        world.fill(name)
        scoring.submit(world.sheet(name), by=world.head(name))
    scoring.open_appraisal(world.review, by=world.leader)
    assert lines(world.head("a3"), world, "a3") != {}, "its own, from the other bloc"
    assert lines(world.leader, world, "a3") == {}


def test_without_a_year_before_there_is_nothing_beside():
    world = World(year=2023).open_self_scoring()
    assert lines(world.officer("a3"), world, "a3") == {}


@pytest.mark.parametrize("changes", [(), [("code: I", "code: III"), ("group:I,", "group:III,")]])
def test_it_costs_two_queries_however_many_criteria_match(
    changes, tmp_path, django_assert_num_queries
):
    world = a_year_later(adopted(), tmp_path, changes)
    client = signed_in(world.officer("a3"))
    client.get(url(world, "sheet_detail", "a3"))  # last year's set is read once a process
    with django_assert_num_queries(28):
        client.get(url(world, "sheet_detail", "a3"))
