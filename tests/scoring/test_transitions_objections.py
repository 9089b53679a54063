"""Objections: the term, silence, acceptance, answers, and what the table waits for."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from blocs import transitions as blocs
from blocs.models import Phase, Review
from blocs.readiness import NotReady
from blocs.workflow import IllegalMove, Stale
from scoring import transitions as scoring
from scoring.kernel.errors import InputError
from scoring.models import Objection, ObjectionStatus, ScoreChange, ScoreStage
from scoring.readiness import missing_to_approve
from scoring.tables import live_table
from scoring.transitions.evidence import Document
from tests.worlds import VIETNAM, World, make_agency, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

FINISHED = datetime.datetime(2025, 1, 6, 15, tzinfo=VIETNAM)
LAST = datetime.date(2025, 1, 9)  # three whole days after the sixth


def at(day, hour=9, minute=0, second=0):
    moment = datetime.datetime.combine(day, datetime.time(hour, minute, second), VIETNAM)
    return time_machine.travel(moment, tick=False)


def build_world():
    """Every sheet was appraised on 6 January; the terms of three days run."""
    with time_machine.travel(FINISHED, tick=False):
        return World().finish_appraisals()


@pytest.fixture
def world(world):
    with time_machine.travel(FINISHED, tick=False):
        yield world


def contest(world, code="I.2", *, name="a3", by=None, reason="Có quyết định", **proof):
    score = world.score(name, code)
    return scoring.object_to(score, reason=reason, by=by or world.officer(name), **proof)


def answer(objection, *, by, reply="Đã xem lại", version=None, **change):
    version = objection.score.version if version is None else version
    return scoring.answer_objection(objection, reply=reply, version=version, by=by, **change)


def approve(world):
    seen = live_table(world.review).sha256
    return scoring.approve_summary(world.review, seen=seen, by=world.leader)


# --- the term


def test_the_last_day_of_the_term_counts_whole_in_vietnam(world):
    assert world.sheet("a3").objections_until == LAST
    with at(LAST, 23, 59, 59):
        contest(world, "I.2")
    with (
        at(LAST + datetime.timedelta(days=1), 0, 0, 0),
        pytest.raises(PermissionDenied, match="silence means agreement"),
    ):
        contest(world, "I.3")
    assert Objection.objects.count() == 1


def test_silence_opens_the_way_to_the_table(world):
    with at(LAST, 23, 59, 59):
        assert len(missing_to_approve(world.review)) == 3
        with pytest.raises(NotReady):
            approve(world)
    with at(LAST + datetime.timedelta(days=1), 0):
        assert missing_to_approve(world.review) == []
        approve(world)
    assert world.sheet("a3").accepted_at is None


def test_a_review_without_a_term_takes_no_objections():
    world = World()
    Review.objects.filter(pk=world.review.pk).update(objection_days=0)
    world.finish_appraisals()
    assert world.sheet("a3").objections_until is None
    assert missing_to_approve(world.review) == []
    with pytest.raises(PermissionDenied, match="no term"):
        contest(world)
    with pytest.raises(PermissionDenied, match="no term"):
        scoring.accept_appraisal(world.sheet("a3"), by=world.head("a3"))
    approve(world)


def test_the_term_stands_once_the_appraisal_has_begun(world):
    dates = {"scores_due": world.review.scores_due}
    with pytest.raises(ValidationError) as refusal:
        blocs.set_calendar(world.review, dates=dates, objection_days=9, by=world.leader)
    assert "objection_days" in refusal.value.message_dict
    assert world.reload().objection_days == 3


# --- raising


def test_only_the_agency_itself_objects(world):
    stranger = make_user("stranger", make_agency("xa"))
    for by in (world.leader, world.deputy, world.board, stranger):
        with pytest.raises(PermissionDenied):
            contest(world, by=by)
    assert contest(world).raised_by == world.officer("a3")


def test_the_leader_objects_to_the_own_appraisal_and_the_stand_in_answers(world):
    objection = contest(world, name="a1", by=world.officer("a1"))
    assert world.appraiser("a1") == world.deputy
    for by in (world.leader, world.head("a3")):
        with pytest.raises(PermissionDenied):
            answer(objection, by=by)
    assert answer(objection, by=world.deputy).status == ObjectionStatus.ANSWERED


def test_an_objection_has_a_reason_and_an_appraisal_to_contest(world):
    with pytest.raises(ValidationError) as refusal:
        contest(world, reason="  ")
    assert "reason" in refusal.value.message_dict
    with pytest.raises(ValidationError, match="no appraisal"):
        contest(world, "T.2")  # the conference's own
    assert not Objection.objects.exists()


@pytest.mark.parametrize("status", [ObjectionStatus.OPEN, ObjectionStatus.CARRIED])
def test_one_objection_waits_per_criterion(world, status):
    objection = contest(world)
    Objection.objects.filter(pk=objection.pk).update(status=status)
    with pytest.raises(ValidationError):
        contest(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.create(
            score=objection.score,
            reason="lại",
            raised_by=objection.raised_by,
            raised_at=objection.raised_at,
        )
    contest(world, "I.3")


def test_another_objection_follows_one_that_was_dealt_with(world):
    scoring.withdraw_objection(contest(world), by=world.officer("a3"))
    answer(contest(world), by=world.leader)
    contest(world)
    assert Objection.objects.count() == 3


def test_nothing_is_contested_before_the_appraisal_is_finished():
    world = World().open_appraisal()
    with pytest.raises(PermissionDenied, match="not finished"):
        contest(world)


def test_a_document_comes_with_the_objection(world):
    paper = SimpleUploadedFile("quyet-dinh.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    by_file = contest(world, "I.2", document=Document(upload=paper, title="Quyết định 12"))
    by_link = contest(world, "I.3", document=Document(url="https://example.vn/12"))
    [document] = by_file.evidence.all()
    assert (document.title, document.added_by) == ("Quyết định 12", world.officer("a3"))
    assert list(document.scores.all()) == [by_file.score]
    assert by_link.evidence.get().url == "https://example.vn/12"


def test_a_refused_document_leaves_no_objection(world):
    with pytest.raises(ValidationError):
        program = SimpleUploadedFile("x.exe", b"MZ", "application/pdf")
        contest(world, document=Document(upload=program))
    assert not Objection.objects.exists()


# --- acceptance and withdrawal


def test_acceptance_by_the_head_ends_the_term(world):
    sheet = world.sheet("a3")
    for by in (world.officer("a3"), world.leader, world.board):
        with pytest.raises(PermissionDenied):
            scoring.accept_appraisal(sheet, by=by)
    scoring.accept_appraisal(sheet, by=world.head("a3"))
    with pytest.raises(PermissionDenied, match="has accepted"):
        contest(world)
    with pytest.raises(PermissionDenied):
        scoring.accept_appraisal(sheet, by=world.head("a3"))
    assert len(missing_to_approve(world.review)) == 2  # the other two terms


def test_an_officer_accepts_where_the_agency_delegated_it(world):
    agency = world.agencies["a3"]
    agency.officer_may_submit = True
    agency.save()
    scoring.accept_appraisal(world.sheet("a3"), by=world.officer("a3"))
    assert world.sheet("a3").accepted_by == world.officer("a3")


def test_nothing_is_accepted_over_an_open_objection(world):
    objection = contest(world)
    with pytest.raises(ValidationError):
        scoring.accept_appraisal(world.sheet("a3"), by=world.head("a3"))
    for by in (world.leader, world.deputy):
        with pytest.raises(PermissionDenied):
            scoring.withdraw_objection(objection, by=by)
    scoring.withdraw_objection(objection, by=world.officer("a3"))
    with pytest.raises(IllegalMove):
        scoring.withdraw_objection(objection, by=world.officer("a3"))
    scoring.accept_appraisal(world.sheet("a3"), by=world.head("a3"))


def test_taking_the_appraisal_up_again_clears_acceptance_and_term(world):
    scoring.accept_appraisal(world.sheet("a3"), by=world.head("a3"))
    scoring.resume_appraisal(world.sheet("a3"), reason="Nhầm", by=world.leader)
    sheet = world.sheet("a3")
    assert (sheet.accepted_at, sheet.accepted_by, sheet.objections_until) == (None, None, None)
    with at(LAST):
        scoring.finish_appraisal(sheet, by=world.leader)
        assert world.sheet("a3").objections_until == LAST + datetime.timedelta(days=3)
        contest(world)


# --- answering


def test_an_answer_in_words_leaves_the_points(world):
    objection = contest(world)
    before = world.score("a3", "I.2")
    answered = answer(objection, by=world.officer("a1"), reply=" Giữ nguyên ")
    assert (answered.reply, answered.replied_by) == ("Giữ nguyên", world.officer("a1"))
    after = world.score("a3", "I.2")
    assert (after.version, after.appraised) == (before.version, before.appraised)
    assert [move.to_status for move in objection.changes.all()] == [ObjectionStatus.ANSWERED]


def test_other_figures_come_with_the_answer_as_their_reason(world):
    objection = contest(world, "I.1")
    answer(
        objection,
        by=world.leader,
        reply="Tính thêm một việc",
        inputs={"actual": "10", "target": "10"},
    )
    score = world.score("a3", "I.1")
    assert (score.appraised, score.claimed) == (Decimal("6.00"), Decimal("5.40"))
    assert score.appraisal_reason == "Tính thêm một việc"
    change = ScoreChange.objects.filter(score=score).latest("pk")
    assert (change.stage, change.reason) == (ScoreStage.APPRAISED, "Tính thêm một việc")
    assert (change.old_points, change.new_points) == (Decimal("5.40"), Decimal("6.00"))


def test_other_points_come_with_the_answer(world):
    answer(contest(world, "I.1"), by=world.leader, points=Decimal("5.5"))
    score = world.score("a3", "I.1")
    assert (score.appraised, score.appraised_inputs) == (Decimal("5.50"), None)


def test_an_answer_needs_words_sound_figures_and_the_score_as_it_was_read(world):
    objection = contest(world, "I.1")
    refused = [
        (ValidationError, {"reply": "  "}),
        (InputError, {"inputs": {"actual": "-1", "target": "10"}}),
        (InputError, {"points": Decimal(7)}),
        (Stale, {"points": Decimal(5), "version": 0}),
    ]
    for error, change in refused:
        with pytest.raises(error):
            answer(objection, by=world.leader, **change)
    objection.refresh_from_db()
    assert (objection.status, objection.reply) == (ObjectionStatus.OPEN, "")
    assert world.score("a3", "I.1").appraised == Decimal("5.40")


def test_only_the_appraiser_answers_and_only_once(world):
    objection = contest(world)
    stranger = make_user("stranger", make_agency("xa"))
    for by in (world.head("a3"), world.deputy, world.board, stranger):
        with pytest.raises(PermissionDenied):
            answer(objection, by=by)
    answer(objection, by=world.leader)
    with pytest.raises(IllegalMove):
        answer(objection, by=world.leader)


def test_an_appraisal_that_was_taken_up_again_is_finished_before_the_answer(world):
    objection = contest(world)
    scoring.resume_appraisal(world.sheet("a3"), reason="Nhầm", by=world.leader)
    with pytest.raises(PermissionDenied, match="Finish the appraisal"):
        answer(objection, by=world.leader)
    scoring.finish_appraisal(world.sheet("a3"), by=world.leader)
    answer(objection, by=world.leader)


# --- the table


def test_the_table_waits_for_every_open_objection(world):
    contest(world, "I.2")
    carried = contest(world, "I.3")
    with at(LAST + datetime.timedelta(days=1)):
        assert len(missing_to_approve(world.review)) == 2
        scoring.carry_objection(carried, by=world.leader)
        [missing] = missing_to_approve(world.review)
        assert "I.2" in missing.text
        with pytest.raises(NotReady):
            approve(world)
        answer(Objection.objects.get(status=ObjectionStatus.OPEN), by=world.leader)
        approve(world)
    assert world.reload().status == Phase.CONFERENCE


def test_only_the_head_of_the_leading_agency_carries_to_the_conference(world):
    objection = contest(world)
    for by in (world.officer("a1"), world.head("a3"), world.deputy, world.board):
        with pytest.raises(PermissionDenied):
            scoring.carry_objection(objection, by=by)
    scoring.carry_objection(objection, by=world.leader)
    for deed in (scoring.carry_objection, scoring.withdraw_objection):
        with pytest.raises(IllegalMove):
            deed(objection, by=world.leader)
    with pytest.raises(IllegalMove):
        answer(objection, by=world.leader)


def test_nothing_is_raised_or_withdrawn_after_circulation(world):
    with at(LAST + datetime.timedelta(days=1)):
        approve(world)
    with pytest.raises(PermissionDenied, match="before the table is approved"):
        contest(world)
