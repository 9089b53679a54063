"""Whose sheet a person may read, by role and phase: one table for the whole review."""

from __future__ import annotations

import pytest

from blocs.models import Phase, Review
from scoring.models import Sheet
from tests.worlds import World, fresh, make_province, make_user

pytestmark = pytest.mark.django_db

ALL = {"a1", "a2", "a3", "a4"}
BEFORE = {"leader": {"a1"}, "deputy": {"a2"}, "member": {"a3"}, "board": set()}
APPRAISAL = {"leader": ALL, "deputy": {"a1", "a2"}, "member": {"a3"}, "board": set()}
READABLE = {
    Phase.SELF_SCORING: BEFORE,
    Phase.APPRAISAL: APPRAISAL,
    Phase.CONFERENCE: APPRAISAL,
    Phase.SUBMISSION: APPRAISAL,
    Phase.EXAMINATION: APPRAISAL | {"board": ALL},
    Phase.DECIDED: APPRAISAL | {"board": ALL},
    Phase.CLOSED: APPRAISAL | {"board": ALL},
}


def build_world():
    return World(members=4).open_self_scoring()


def people(world):
    """Head and officer see alike: office belongs to the agency."""
    yield "leader", (world.head("a1"), world.officer("a1"))
    yield "deputy", (world.head("a2"), world.officer("a2"))
    yield "member", (world.head("a3"), world.officer("a3"))
    yield "board", (fresh(world.board),)


def readable(user):
    return set(Sheet.objects.visible_to(user).values_list("membership__agency__slug", flat=True))


@pytest.mark.parametrize("phase", READABLE)
def test_sheets_by_role_and_phase(world, phase):
    Review.objects.filter(pk=world.review.pk).update(status=phase)
    found = {role: [readable(user) for user in users] for role, users in people(world)}
    assert found == {role: [sheets] * len(found[role]) for role, sheets in READABLE[phase].items()}


def test_the_table_covers_every_phase_that_has_sheets():
    assert set(READABLE) == set(Phase) - {Phase.PREPARATION}


@pytest.mark.parametrize("phase", READABLE)
def test_strangers_see_nothing(world, phase):
    Review.objects.filter(pk=world.review.pk).update(status=phase)
    other = World(slug="khoi-2", prefix="b")
    homeless = make_user("homeless", None)
    province = make_province("vinh-long")
    world.board_agency.province = province  # a board of another province, in memory only
    elsewhere = fresh(world.board)
    elsewhere.agency = world.board_agency
    for user in (other.leader, other.head("b3"), homeless, elsewhere):
        assert readable(user) == set()


def test_a_named_appraiser_reads_that_sheet_and_no_other(world):
    Sheet.objects.filter(membership__agency__slug="a1").update(appraiser=world.membership("a4"))
    Review.objects.filter(pk=world.review.pk).update(status=Phase.APPRAISAL)
    assert readable(world.head("a4")) == {"a1", "a4"}
    assert readable(world.head("a2")) == {"a2"}


def test_each_sheet_is_listed_once(world):
    Review.objects.filter(pk=world.review.pk).update(status=Phase.CONFERENCE)
    assert Sheet.objects.visible_to(world.leader).count() == len(ALL)
