"""A review from criteria to the approved table, without a browser."""

from __future__ import annotations

import pytest

from blocs.models import Phase
from scoring.models import ScoreChange, Summary, SummaryStatus
from scoring.tables import live_table, table_of
from tests.worlds import World

pytestmark = pytest.mark.django_db


def test_a_review_runs_from_criteria_to_the_approved_table():
    world = World().approve({"a2": {"I.2": {"level": "Khá"}}})
    summary = Summary.objects.get(review=world.review)
    assert (summary.version, summary.status) == (1, SummaryStatus.APPROVED)
    table = table_of(summary)
    assert table == live_table(world.review)
    assert [(row.slug, row.rank) for row in table.rows] == [("a1", 1), ("a3", 1), ("a2", 3)]
    assert [str(row.agreed.total) for row in table.rows] == ["19.90", "19.90", "17.90"]
    assert world.reload().status == Phase.CONFERENCE
    # 7 criteria a member, each claimed once and accepted once.
    assert ScoreChange.objects.count() == 3 * 7 * 2
