"""Two people at one moment. The first holds the row, half-way through; the second must wait."""

from __future__ import annotations

import pytest

from blocs.models import Phase
from scoring import transitions as scoring
from scoring.criteria import digest
from scoring.kernel.loading import parse_yaml, read_set
from scoring.models import (
    CriteriaSet,
    CriteriaStatus,
    Recalculation,
    Score,
    ScoreChange,
    SheetStatus,
    Summary,
)
from scoring.tables import live_table
from tests.racing import first_holding, rows
from tests.worlds import SMALL_SET, World

from .whole_sets import Communes, relative

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def small_rules():
    return read_set(parse_yaml(SMALL_SET.read_text(encoding="utf-8")))


def test_two_officers_saving_one_score():
    world = World().open_self_scoring()
    score, officer = world.score("a3", "I.3"), world.officer("a3")

    def save():
        scoring.claim(score, inputs={"met": True}, explanation="", version=0, by=officer)

    with first_holding(rows(score.sheet), save) as second:
        scoring.claim(score, inputs={"met": False}, explanation="", version=0, by=world.head("a3"))
    assert second.outcome == "Stale"
    assert Score.objects.get(pk=score.pk).claimed_inputs == {"met": False}
    assert ScoreChange.objects.filter(score=score).count() == 1


def test_submitting_while_an_officer_blanks_a_criterion():
    world = World().open_self_scoring()
    world.fill("a3")
    sheet, score, head = world.sheet("a3"), world.score("a3", "I.3"), world.head("a3")
    with first_holding(rows(sheet), lambda: scoring.submit(sheet, by=head)) as second:
        scoring.claim(
            score, inputs=None, explanation="", version=score.version, by=world.officer("a3")
        )
    assert second.outcome == "NotReady"
    assert world.sheet("a3").status == SheetStatus.DRAFT


def test_beginning_the_appraisal_while_the_member_recalls():
    world = World().submit_all()
    sheet, leader = world.sheet("a3"), world.leader

    def begin():
        scoring.open_appraisal(world.review, by=leader)

    with first_holding(rows(sheet), begin) as second:
        scoring.recall(sheet, by=world.head("a3"))
    assert second.outcome == "NotReady"
    assert world.reload().status == Phase.SELF_SCORING


def test_recalling_while_the_leader_begins_the_appraisal():
    world = World().submit_all()
    sheet, head = world.sheet("a3"), world.head("a3")
    with first_holding(rows(sheet), lambda: scoring.recall(sheet, by=head)) as second:
        scoring.open_appraisal(world.review, by=world.leader)
    assert second.outcome == "PermissionDenied"
    assert world.sheet("a3").status == SheetStatus.SUBMITTED


def test_appraising_while_the_sheet_is_being_returned():
    world = World().open_appraisal()
    score, officer = world.score("a3", "I.3"), world.officer("a1")

    def appraise():
        scoring.appraise(score, inputs={"met": False}, reason="vì", version=1, by=officer)

    with first_holding(rows(score.sheet), appraise) as second:
        scoring.return_sheet(score.sheet, reason="Bổ sung", by=world.leader)
    assert second.outcome == "PermissionDenied"
    assert Score.objects.get(pk=score.pk).appraised_at is None


def test_approving_while_a_score_changes():
    world = World().appraise_all()
    sheet, leader, seen = world.sheet("a3"), world.leader, live_table(world.review).sha256

    def approve():
        scoring.approve_summary(world.review, seen=seen, by=leader)

    with first_holding(rows(sheet), approve) as second:
        scoring.resume_appraisal(sheet, reason="Nhầm", by=leader)
        score = world.score("a3", "I.3")
        scoring.appraise(
            score, inputs={"met": False}, reason="Nhầm", version=score.version, by=leader
        )
        scoring.finish_appraisal(sheet, by=leader)
        scoring.accept_appraisal(sheet, by=world.head("a3"))
    assert second.outcome == "Stale"
    assert not Summary.objects.exists()
    assert world.reload().status == Phase.APPRAISAL


def test_taking_an_appraisal_up_again_while_the_table_is_approved():
    world = World().appraise_all()
    sheet, leader = world.sheet("a3"), world.leader

    def resume():
        scoring.resume_appraisal(sheet, reason="Nhầm", by=leader)

    with first_holding(rows(sheet), resume) as second:
        scoring.approve_summary(world.review, seen=live_table(world.review).sha256, by=leader)
    assert second.outcome == "PermissionDenied"
    assert world.sheet("a3").status == SheetStatus.APPRAISED


def test_approving_twice():
    world = World().appraise_all()
    leader, seen = world.leader, live_table(world.review).sha256

    def approve():
        scoring.approve_summary(world.review, seen=seen, by=leader)

    with first_holding(rows(world.review), approve) as second:
        approve()
    assert second.outcome == "IllegalMove"
    assert Summary.objects.count() == 1


def test_exempting_while_the_criteria_are_adopted():
    world = World()
    rules = small_rules()
    draft = scoring.upload_criteria(world.review, rules, by=world.leader)
    criterion, part = draft.criteria.get(code="I.1"), world.membership("a3")
    officer = world.officer("a1")

    def exempt():
        scoring.exempt(criterion, part, reason="Không có", by=officer)

    with first_holding(rows(draft), exempt) as second:
        scoring.adopt_criteria(draft, by=world.leader)
    assert second.outcome == "IllegalMove"
    adopted = CriteriaSet.objects.get()
    assert adopted.sha256 == digest(adopted)


def test_uploading_while_the_criteria_are_adopted():
    world = World()
    rules, officer = small_rules(), world.officer("a1")
    draft = scoring.upload_criteria(world.review, rules, by=world.leader)

    def upload():
        scoring.upload_criteria(world.review, rules, by=officer)

    with first_holding(rows(draft), upload) as second:
        scoring.adopt_criteria(draft, by=world.leader)
    assert second.outcome == "IllegalMove"
    assert CriteriaSet.objects.get().status == CriteriaStatus.ADOPTED


def test_adopting_a_draft_that_is_being_replaced():
    world = World()
    rules, leader = small_rules(), world.leader
    draft = scoring.upload_criteria(world.review, rules, by=leader)

    def adopt():
        scoring.adopt_criteria(draft, by=leader)

    with first_holding(rows(draft), adopt) as second:
        scoring.upload_criteria(world.review, rules, by=world.officer("a1"))
    assert second.outcome == "DoesNotExist"
    assert CriteriaSet.objects.get().status == CriteriaStatus.DRAFT


def test_two_appraisers_of_one_compared_criterion():
    """Each recalculation has one cause, and starts from what the other one left."""
    answers = {"a1": relative(140), "a2": relative(120), "a3": relative(90)}
    world = Communes().open_appraisal(answers)
    mine, other = world.score("a1", "1.1"), world.score("a2", "1.1")
    deputy, leader = world.appraiser("a1"), world.appraiser("a2")

    def appraise(score, actual, by):
        inputs = {"actual": actual, "target": "100"}
        scoring.appraise(score, inputs=inputs, reason="Xác nhận", version=score.version, by=by)

    with first_holding(rows(world.review), lambda: appraise(other, "150", leader)) as second:
        appraise(mine, "130", deputy)
    assert second.outcome == "done"
    noted = [
        (row.sheet.membership.agency.slug, row.cause.score_id, row.old_points)
        for row in Recalculation.objects.order_by("pk")
    ]
    assert [one[:2] for one in noted] == [("a2", mine.pk), ("a1", other.pk)]
    assert noted[1][2] == 120  # the first in the field, with all the points
