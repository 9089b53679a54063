"""Findings that come after the table was adopted: beside it, and in the way of an award."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from awards import transitions as awards
from awards.checks import checks_of
from awards.models import DossierStatus, ProposalStatus
from awards.readiness import missing_to_submit
from scoring import transitions as scoring
from scoring.models import Finding, FindingEffect, Summary
from scoring.tables import table_of
from tests.awards.meetings import Meeting

pytestmark = pytest.mark.django_db

GRANT = {
    "granted": True,
    "decision_number": "512/QĐ-UBND",
    "decision_date": datetime.date(2025, 4, 1),
}
BARRED = (False, False)
WAITS = (False, True)
CLEAR = (True, False)


class FoundBefore(Meeting):
    """A meeting that learns of a suspension before it adopts the table."""

    def attend(self, *absent):
        super().attend(*absent)
        self.find("a2")
        return self


def check_of(world, name):
    """Whether the findings leave the member's proposal open, and whether it only waits."""
    check = checks_of(world.review)[world.proposal(name)][-1]
    return check.holds, check.waits


def lift(finding, by):
    return scoring.lift_finding(
        finding, lifted_on=timezone.localdate(), document="15/KL-TTr", by=by
    )


def build_world():
    return Meeting().receive()


@pytest.mark.parametrize(
    ("effects", "flag", "merit"),
    [
        ([FindingEffect.EXCLUDE_FLAG], BARRED, CLEAR),
        ([FindingEffect.EXCLUDE_ALL], BARRED, BARRED),
        ([FindingEffect.UNRANK], CLEAR, CLEAR),
        ([FindingEffect.SUSPEND], WAITS, WAITS),
        ([FindingEffect.EXCLUDE_FLAG, FindingEffect.SUSPEND], BARRED, WAITS),
        ([FindingEffect.EXCLUDE_ALL, FindingEffect.SUSPEND], BARRED, BARRED),
    ],
)
def test_what_a_later_finding_says_of_each_proposal(effects, flag, merit):
    """a1 is proposed for the flag, a2 for the certificate of merit."""
    world = Meeting().close()
    before = Summary.objects.get()
    for effect in effects:
        world.find("a1", effect=effect)
        world.find("a2", effect=effect)
    assert (check_of(world, "a1"), check_of(world, "a2")) == (flag, merit)
    after = Summary.objects.get()
    assert (after.canonical, after.sha256) == (before.canonical, before.sha256)


def test_a_bar_blocks_the_dossier_and_a_suspension_lets_it_go():
    world = Meeting().issue_all()
    suspended = world.find("a1")
    assert missing_to_submit(world.review) == []
    barred = world.find("a1", effect=FindingEffect.EXCLUDE_FLAG)
    assert len(missing_to_submit(world.review)) == 1
    lift(barred, world.board)
    awards.submit_dossier(world.review, by=world.leader)
    assert Finding.objects.get(pk=suspended.pk).holds


def test_a_suspension_before_the_adoption_waits_and_is_lifted_like_one_after_it():
    """What findings bar is asked now, whatever the adopted table said of them."""
    world = FoundBefore().issue_all()
    assert not table_of(Summary.objects.get(status="adopted")).row_of("a2").may_have_merit
    assert check_of(world, "a2") == WAITS
    assert missing_to_submit(world.review) == []
    lift(Finding.objects.get(), world.board)
    assert check_of(world, "a2") == CLEAR
    assert [check.holds for check in checks_of(world.review)[world.proposal("a2")]] == [True] * 5


@pytest.mark.parametrize("effect", [FindingEffect.EXCLUDE_ALL, FindingEffect.SUSPEND])
def test_no_award_is_granted_against_a_finding(world, effect):
    finding = world.find("a2", effect=effect)
    with pytest.raises(ValidationError, match="12/TB"):
        awards.decide(world.proposal("a2"), **GRANT, by=world.board)
    assert world.proposal("a2").status == ProposalStatus.PROPOSED
    # The others are decided; the dossier waits for the one.
    awards.decide(world.proposal("a1"), **GRANT, by=world.board)
    assert world.dossier.status == DossierStatus.RECEIVED
    lift(finding, world.board)
    awards.decide(world.proposal("a2"), **GRANT, by=world.board)
    assert world.proposal("a2").status == ProposalStatus.GRANTED


def test_a_bar_of_the_flag_leaves_the_certificate_open(world):
    for name in ("a1", "a2"):
        world.find(name, effect=FindingEffect.EXCLUDE_FLAG)
    with pytest.raises(ValidationError):
        awards.decide(world.proposal("a1"), **GRANT, by=world.board)
    awards.decide(world.proposal("a2"), **GRANT, by=world.board)


def test_a_finding_is_a_reason_not_to_grant(world):
    world.find("a2", effect=FindingEffect.EXCLUDE_ALL)
    awards.decide(world.proposal("a2"), granted=False, reason="Theo 12/TB", by=world.board)
    assert world.proposal("a2").status == ProposalStatus.NOT_GRANTED
