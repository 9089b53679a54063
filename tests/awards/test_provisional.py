"""Provisional figures after the conference: the dossier waits, the adopted table stands."""

from __future__ import annotations

import pytest

from awards import transitions as awards
from awards.readiness import missing_to_submit
from blocs.readiness import NotReady
from scoring import transitions as scoring
from scoring.models import Summary, SummaryStatus
from scoring.tables import table_in_force
from tests.awards.meetings import Meeting
from tests.worlds import LateData

pytestmark = pytest.mark.django_db


class LateMeeting(LateData, Meeting):
    """The conference adopts a table with a provisional figure of a3."""


def test_the_dossier_waits_for_the_final_figure_and_the_adopted_table_stands():
    world = LateMeeting().issue_all()
    before = Summary.objects.get(status=SummaryStatus.ADOPTED)
    [missing] = missing_to_submit(world.review)
    assert "I.2" in missing.text
    with pytest.raises(NotReady):
        awards.submit_dossier(world.review, by=world.leader)
    score = world.score("a3", "I.2")
    scoring.confirm_final(score, document="31/QĐ-ĐU", version=score.version, by=world.secretary)
    after = Summary.objects.get(status=SummaryStatus.ADOPTED)
    assert (after.pk, after.canonical) == (before.pk, before.canonical)
    assert table_in_force(world.review).row_of("a3").provisional == ("I.2",)
    awards.submit_dossier(world.review, by=world.leader)


@pytest.mark.parametrize("given", [None, True, False])
def test_the_conference_leaves_or_changes_the_mark(given):
    world = LateMeeting().open()
    score = world.score("a3", "I.2")
    awards.agree_score(
        world.conference,
        score,
        inputs={"level": "Khá"},
        reason="Thống nhất",
        version=score.version,
        provisional=given,
        by=world.secretary,
    )
    assert world.score("a3", "I.2").is_provisional is (given is not False)
