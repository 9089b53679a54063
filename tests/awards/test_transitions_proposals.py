"""The dossier's way to the province and back, and the outcomes."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import TestCase

from awards import transitions as awards
from awards.checks import checks_of
from awards.models import (
    AwardRule,
    DocumentKind,
    DossierStatus,
    Proposal,
    ProposalStatus,
    RulePack,
)
from awards.readiness import REQUIRED_PAPERS, missing_to_submit
from blocs.models import Phase, Province
from blocs.readiness import NotReady
from blocs.workflow import IllegalMove
from tests.awards.meetings import Meeting
from tests.worlds import make_agency, make_user

DECISION = {
    "granted": True,
    "decision_number": "512/QĐ-UBND",
    "decision_date": datetime.date(2025, 4, 1),
}
REFUSAL = {"granted": False, "reason": "Chưa đủ điều kiện."}


def build_world():
    return Meeting().close()


@pytest.mark.django_db
def test_the_dossier_is_refused_while_papers_are_missing(world):
    with pytest.raises(NotReady) as refusal:
        awards.submit_dossier(world.review, by=world.leader)
    assert len(refusal.value.missing) == 6  # four papers, two reports of achievements
    assert world.dossier.status == DossierStatus.DRAFT
    assert world.reload().status == Phase.SUBMISSION


@pytest.mark.django_db
def test_the_dossier_is_refused_while_a_check_fails(world):
    for kind in (DocumentKind.SUMMARY, DocumentKind.SUBMISSION):
        world.issue(kind)
    world.report_achievements()
    AwardRule.objects.filter(award__code="merit").update(quota=0)
    texts = [item.text for item in missing_to_submit(world.review)]
    assert len(texts) == 3  # report and minutes, and the quota
    assert "Bằng khen" in texts[-1]
    with pytest.raises(NotReady):
        awards.submit_dossier(world.review, by=world.leader)


@pytest.mark.django_db
def test_the_dossier_waits_for_the_report_of_every_live_proposal(world):
    for kind in REQUIRED_PAPERS:
        world.issue(kind)
    waiting = missing_to_submit(world.review)
    assert [item.text.rpartition(": ")[2] for item in waiting] == ["Sở a1", "Sở a2"]
    assert all(item.url.endswith(f"#proposal-{world.proposal(name).pk}")
               for item, name in zip(waiting, ("a1", "a2"), strict=True))  # fmt: skip
    awards.withdraw_proposal(world.proposal("a2"), reason="Rút", by=world.leader)
    assert [item.text.rpartition(": ")[2] for item in missing_to_submit(world.review)] == ["Sở a1"]
    world.report_achievements()
    assert missing_to_submit(world.review) == []


@pytest.mark.django_db
def test_without_a_rule_in_force_no_proposal_passes(world):
    AwardRule.objects.all().delete()
    RulePack.objects.all().delete()
    for checks in checks_of(world.review).values():
        assert [check.holds for check in checks] == [False, True]  # no rule; no finding


@pytest.mark.django_db
def test_grounds_are_written_by_the_secretariat_before_submission(world):
    proposal = world.proposal("a1")
    for user in (world.head("a2"), world.officer("a3"), world.board):
        with pytest.raises(PermissionDenied):
            awards.write_grounds(proposal, grounds="x", by=user)
    awards.write_grounds(proposal, grounds="Vượt mức", by=world.secretary)
    proposal.refresh_from_db()
    assert proposal.grounds == "Vượt mức"


class SubmitTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = Meeting().issue_all()

    def test_only_the_head_of_the_leading_agency_submits(self):
        world = self.world
        for user in (world.secretary, world.head("a2"), world.head("a3"), world.board):
            with self.subTest(user=user), self.assertRaises(PermissionDenied):
                awards.submit_dossier(world.review, by=user)
        self.assertEqual(world.dossier.status, DossierStatus.DRAFT)

    def test_submitted_once(self):
        awards.submit_dossier(self.world.review, by=self.world.leader)
        self.assertEqual(self.world.reload().status, Phase.EXAMINATION)
        dossier = self.world.dossier
        self.assertEqual(dossier.status, DossierStatus.SUBMITTED)
        self.assertEqual(dossier.submitted_by, self.world.leader)
        with self.assertRaises(IllegalMove):
            awards.submit_dossier(self.world.review, by=self.world.leader)


class ExaminationTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = Meeting().submit()
        province = Province.objects.create(
            slug="ben-tre", name="tỉnh Bến Tre", place_name="Bến Tre", committee="x",
            committee_short="x", council="x",
        )  # fmt: skip
        cls.other_board = make_user(
            "other-board", make_agency("ban-bt", kind="board", province=province)
        )

    def receive(self):
        return awards.receive_dossier(self.world.dossier, by=self.world.board)

    def test_only_the_board_of_the_province_examines(self):
        dossier = self.world.dossier
        for user in (self.world.leader, self.world.head("a2"), self.other_board):
            with self.subTest(user=user):
                with self.assertRaises(PermissionDenied):
                    awards.receive_dossier(dossier, by=user)
                with self.assertRaises(PermissionDenied):
                    awards.return_dossier(dossier, reason="x", by=user)
        self.receive()
        for user in (self.world.leader, self.world.head("a2"), self.other_board):
            with self.subTest(user=user), self.assertRaises(PermissionDenied):
                awards.decide(self.world.proposal("a1"), by=user, **DECISION)

    def test_received_once(self):
        self.assertEqual(self.receive().status, DossierStatus.RECEIVED)
        with self.assertRaises(IllegalMove):
            self.receive()

    def test_a_return_says_why(self):
        with self.assertRaises(ValidationError):
            awards.return_dossier(self.world.dossier, reason="  ", by=self.world.board)
        self.assertEqual(self.world.dossier.status, DossierStatus.SUBMITTED)

    def test_returned_mended_and_submitted_again(self):
        world = self.world
        awards.return_dossier(world.dossier, reason="Thiếu chữ ký.", by=world.board)
        self.assertEqual(world.dossier.status, DossierStatus.RETURNED)
        self.assertEqual(world.reload().status, Phase.SUBMISSION)
        awards.write_grounds(world.proposal("a1"), grounds="Bổ sung", by=world.secretary)
        world.issue(DocumentKind.REPORT, "02")
        awards.submit_dossier(world.review, by=world.leader)
        self.assertEqual(world.dossier.status, DossierStatus.SUBMITTED)
        self.assertEqual(world.reload().status, Phase.EXAMINATION)
        notes = list(world.dossier.changes.values_list("to_status", "note"))
        self.assertEqual(
            notes, [("submitted", ""), ("returned", "Thiếu chữ ký."), ("submitted", "")]
        )

    def test_outcomes_wait_for_the_receipt(self):
        with self.assertRaises(PermissionDenied):
            awards.decide(self.world.proposal("a1"), by=self.world.board, **DECISION)

    def test_a_grant_names_its_decision_and_a_refusal_its_reason(self):
        self.receive()
        proposal, by = self.world.proposal("a1"), self.world.board
        for wrong in (
            {**DECISION, "decision_number": ""},
            {**DECISION, "decision_date": None},
            {"granted": False, "reason": ""},
        ):
            with self.subTest(wrong=wrong), self.assertRaises(ValidationError):
                awards.decide(proposal, by=by, **wrong)
        proposal.refresh_from_db()
        self.assertEqual(proposal.status, ProposalStatus.PROPOSED)

    def test_the_last_outcome_decides_the_review(self):
        world = self.world
        self.receive()
        awards.decide(world.proposal("a1"), by=world.board, **DECISION)
        self.assertEqual(world.reload().status, Phase.EXAMINATION)
        self.assertEqual(world.dossier.status, DossierStatus.RECEIVED)
        awards.decide(world.proposal("a2"), by=world.board, **REFUSAL)
        self.assertEqual(world.reload().status, Phase.DECIDED)
        self.assertEqual(world.dossier.status, DossierStatus.DECIDED)
        outcomes = Proposal.objects.order_by("pk").values_list("status", "decision_number")
        self.assertEqual(list(outcomes), [("granted", "512/QĐ-UBND"), ("not_granted", "")])

    def test_an_outcome_is_recorded_once_and_then_the_dossier_stays(self):
        world = self.world
        self.receive()
        awards.decide(world.proposal("a1"), by=world.board, **DECISION)
        with self.assertRaises(IllegalMove):
            awards.decide(world.proposal("a1"), by=world.board, **REFUSAL)
        with self.assertRaises(ValidationError):
            awards.return_dossier(world.dossier, reason="x", by=world.board)
        self.assertEqual(world.dossier.status, DossierStatus.RECEIVED)
