"""The comparison of two tables: nothing that differs stays unsaid."""

from __future__ import annotations

import json

import pytest
from django.utils import translation

from blocs.canonical import canonical_text
from scoring.table_changes import changes_between
from scoring.tables import Table, live_table
from tests.worlds import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


def build_world():
    return World().appraise_all()


@pytest.fixture
def table(world):
    return live_table(world.review)


def altered(table, change):
    content = json.loads(table.canonical)
    change(content)
    return Table(canonical_text(content))


def told(before, after):
    return [
        (member.name, one.what, one.before, one.after)
        for member in changes_between(before, after)
        for one in member.differences
    ]


def test_the_same_table_has_no_changes(table):
    assert changes_between(table, Table(table.canonical)) == []


def test_names_notes_and_office_are_told(table):
    def change(content):
        content["members"][0]["name"] = "Sở mới"
        content["members"][1]["late_days"] = 2
        content["members"][2].update(unranked=True, unranked_reason="Mới lập")

    found = told(table, altered(table, change))
    assert ("Sở mới", "Tên", "Sở a1", "Sở mới") in found
    assert any(name == "Sở a2" and after == "2" for name, _what, _before, after in found)
    assert any(name == "Sở a3" and after == "Mới lập" for name, _what, _before, after in found)


def test_a_member_of_one_version_only_is_told(table):
    fewer = altered(table, lambda content: content["members"].pop())
    assert [(one.name, one.only_in) for one in changes_between(table, fewer)] == [
        ("Sở a3", "before")
    ]
    assert [(one.name, one.only_in) for one in changes_between(fewer, table)] == [
        ("Sở a3", "after")
    ]


def test_a_blank_is_not_a_zero(table):
    def change(content):
        content["members"][0]["bonus_and_penalties"]["T.2"]["agreed"] = "0.00"

    [(_name, what, before, after)] = told(table, altered(table, change))
    assert what.startswith("T.2, ")
    assert (before, after) == ("để trống", "0,00")


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content["members"][0].update(new_key={"x": 1}),
        lambda content: content["members"][0]["rank"].update(appraised=7),
        lambda content: content.update(new_key=[1]),
        lambda content: content["set"].update(title="Khác"),
        lambda content: content.update(bloc="Khối khác"),
    ],
)
def test_no_other_hash_stays_unexplained(table, change):
    other = altered(table, change)
    assert other.sha256 != table.sha256
    assert told(table, other)
