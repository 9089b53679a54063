"""How records change state, and that the history of it stays."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from blocs.models import Phase, PhaseChange
from blocs.workflow import IllegalMove, holding, moving
from tests.worlds import World

pytestmark = pytest.mark.django_db


def test_a_step_that_the_table_of_moves_does_not_know_is_refused():
    world = World()
    with (
        pytest.raises(IllegalMove, match="Preparation"),
        moving(world.review, Phase.CONFERENCE, by=world.leader),
    ):
        pytest.fail("the deed must not begin")
    assert world.reload().status == Phase.PREPARATION
    assert not PhaseChange.objects.exists()


def test_every_phase_but_the_last_leads_somewhere():
    from blocs.models import Review  # noqa: PLC0415

    assert set(Review.MOVES) == set(Phase)
    assert [phase for phase, to in Review.MOVES.items() if not to] == [Phase.CLOSED]


def test_a_step_is_logged_with_who_and_why():
    world = World().open_self_scoring()
    with moving(world.review, Phase.APPRAISAL, by=world.leader, note="Đủ bảng điểm"):
        pass
    change = world.review.changes.last()
    assert (change.from_status, change.to_status) == (Phase.SELF_SCORING, Phase.APPRAISAL)
    assert (change.by, change.note) == (world.leader, "Đủ bảng điểm")


def test_a_deed_that_fails_leaves_neither_state_nor_history():
    world = World().open_self_scoring()
    before = PhaseChange.objects.count()
    with pytest.raises(RuntimeError), moving(world.review, Phase.APPRAISAL, by=world.leader):
        raise RuntimeError
    assert world.reload().status == Phase.SELF_SCORING
    assert PhaseChange.objects.count() == before


def test_the_state_is_read_anew_under_the_lock():
    world = World().open_self_scoring()
    stale = world.review
    with moving(world.review, Phase.APPRAISAL, by=world.leader):
        pass
    assert stale.status == Phase.SELF_SCORING  # what the second click still believes
    with pytest.raises(IllegalMove), moving(stale, Phase.APPRAISAL, by=world.leader):
        pass


def test_holding_hands_over_a_fresh_copy():
    world = World()
    type(world.review).objects.filter(pk=world.review.pk).update(year=2030)
    with holding(world.review) as held:
        assert held.year == 2030


@pytest.mark.parametrize(
    "deed", ["UPDATE blocs_phasechange SET note = 'x'", "DELETE FROM blocs_phasechange"]
)
def test_the_database_refuses_to_alter_history(deed):
    World().open_self_scoring()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(deed)
    assert PhaseChange.objects.get().to_status == Phase.SELF_SCORING
