"""Filling a sheet from a workbook: the member's own people, at the right moment, all or nothing."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs.workflow import Stale
from scoring import transitions as scoring
from scoring.kernel.errors import InputError
from scoring.models import ScoreChange
from scoring.scores import Claim
from tests.worlds import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def build_world():
    return World().open_self_scoring()


def claims(world, *, version=0, **inputs):
    """I_3={"met": True} as the claim of I.3."""
    return [
        Claim(world.score("a3", code.replace("_", ".")), version, figures, "")
        for code, figures in inputs.items()
    ]


def test_each_claim_is_written_with_its_history_at_one_moment(world):
    by = world.officer("a3")
    wanted = claims(world, I_3={"met": True}, II_1={"count": "2"})
    scoring.fill_from_workbook(world.sheet("a3"), wanted, by=by)
    changes = ScoreChange.objects.all()
    assert [(change.by, change.new_points) for change in changes] == [(by, 2), (by, 2)]
    assert len({change.at for change in changes}) == 1


def test_only_the_members_own_people_while_they_have_the_sheet(world):
    wanted = claims(world, I_3={"met": True})
    for user in (world.head("a2"), world.leader, world.board):
        with pytest.raises(PermissionDenied):
            scoring.fill_from_workbook(world.sheet("a3"), wanted, by=user)
    world.fill("a3")
    scoring.send_to_head(world.sheet("a3"), by=world.officer("a3"))
    wanted = claims(world, version=1, I_3={"met": False})
    with pytest.raises(PermissionDenied):
        scoring.fill_from_workbook(world.sheet("a3"), wanted, by=world.officer("a3"))
    scoring.fill_from_workbook(world.sheet("a3"), wanted, by=world.head("a3"))
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    wanted = claims(world, version=2, I_3={"met": True})
    with pytest.raises(PermissionDenied):
        scoring.fill_from_workbook(world.sheet("a3"), wanted, by=world.head("a3"))


@pytest.mark.parametrize(
    ("last", "version", "error"),
    [
        ({"II_1": {"count": "2"}}, 3, Stale),
        ({"II_1": {"count": "-2"}}, 0, InputError),
        ({"T_2": {"level": "Thành viên"}}, 0, ValidationError),
    ],
)
def test_one_claim_that_cannot_be_written_takes_all_back(world, last, version, error):
    wanted = claims(world, I_3={"met": True}) + claims(world, version=version, **last)
    with pytest.raises(error):
        scoring.fill_from_workbook(world.sheet("a3"), wanted, by=world.officer("a3"))
    assert not ScoreChange.objects.exists()
    assert not world.score("a3", "I.3").is_answered


def test_a_stale_claim_is_named(world):
    wanted = claims(world, version=3, II_1={"count": "2"})
    with pytest.raises(Stale, match=r"II\.1 was changed"):
        scoring.fill_from_workbook(world.sheet("a3"), wanted, by=world.officer("a3"))


def test_claims_of_another_sheet_are_not_found(world):
    wanted = claims(world, I_3={"met": True})
    with pytest.raises(type(wanted[0].score).DoesNotExist):
        scoring.fill_from_workbook(world.sheet("a2"), wanted, by=world.officer("a2"))
