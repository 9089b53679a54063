"""What the database itself refuses, whoever writes."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from blocs.models import Office
from scoring.models import (
    CriteriaSetChange,
    Score,
    ScoreChange,
    ScoreStage,
    Sheet,
    SheetChange,
    SheetStatus,
    Summary,
    SummaryChange,
)
from tests.worlds import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def violates(name, deed):
    """The deed breaks the constraint of this name; SQLite and PostgreSQL both give the name."""
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        deed()


def refused(deed, *args, **kwargs):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        deed(*args, **kwargs)


def build_world():
    return World().open_appraisal()


def test_a_sheet_is_never_appraised_by_its_own_agency(world):
    sheet = world.sheet("a3")
    violates(
        "sheet_not_appraised_by_its_own_agency",
        lambda: Sheet.objects.filter(pk=sheet.pk).update(appraiser=sheet.membership),
    )


def change(world, *, stage, writer):
    score = world.score("a3", "I.1")
    return ScoreChange(
        score=score,
        stage=stage,
        by=world.head(writer),
        agency=world.agencies["a3"],
        by_agency=world.agencies[writer],
        office=Office.MEMBER,
        at=timezone.now(),
    )


def test_nobody_writes_an_appraisal_of_the_own_agency(world):
    violates(
        "score_change_not_appraised_by_its_own_agency",
        change(world, stage=ScoreStage.APPRAISED, writer="a3").save,
    )
    change(world, stage=ScoreStage.APPRAISED, writer="a1").save()


def test_nobody_claims_for_another_agency(world):
    violates(
        "score_change_claimed_by_its_own_agency",
        change(world, stage=ScoreStage.CLAIMED, writer="a1").save,
    )
    change(world, stage=ScoreStage.CLAIMED, writer="a3").save()


def test_histories_take_new_rows_and_nothing_else():
    world = World().approve()
    tables = {
        ScoreChange: "reason",
        SheetChange: "note",
        CriteriaSetChange: "note",
        SummaryChange: "note",
    }
    with_rows = [model for model in tables if model.objects.exists()]
    assert with_rows == [ScoreChange, SheetChange, CriteriaSetChange]
    for model in with_rows:
        count, row = model.objects.count(), model.objects.first()
        refused(model.objects.update, **{tables[model]: "khác"})
        refused(row.save)
        refused(row.delete)
        refused(model.objects.all().delete)
        with connection.cursor() as cursor:
            table = model._meta.db_table
            refused(cursor.execute, f"UPDATE {table} SET at = at")  # noqa: S608
            refused(cursor.execute, f"DELETE FROM {table}")  # noqa: S608
        assert model.objects.count() == count
    assert world.review.pk


def test_a_score_with_history_cannot_be_removed(world):
    with pytest.raises(IntegrityError), transaction.atomic():
        world.score("a3", "I.1").delete()
    with connection.cursor() as cursor, pytest.raises(IntegrityError), transaction.atomic():
        cursor.execute("DELETE FROM scoring_score")
        connection.check_constraints()


def test_a_summary_keeps_its_content():
    world = World().approve()
    rows = Summary.objects.filter(review=world.review)
    for column, value in {
        "canonical": "{}",
        "sha256": "0" * 64,
        "version": 7,
        "approved_at": timezone.now(),
    }.items():
        refused(rows.update, **{column: value})
    refused(rows.delete)


@pytest.mark.parametrize("field", ["claimed", "appraised", "agreed"])
@pytest.mark.parametrize("points", ["6.01", "-0.01"])
def test_points_stay_between_0_and_the_maximum(world, field, points):
    score = Score.objects.filter(pk=world.score("a3", "I.1").pk)
    more = {} if field == "claimed" else {f"{field}_at": timezone.now()}
    reason = {"appraised": "appraisal_reason", "agreed": "agreement_reason"}.get(field)
    more |= {reason: "vì"} if reason else {}
    violates(f"score_{field}_in_range", lambda: score.update(**{field: points}, **more))


def test_penalties_have_no_ceiling_but_a_floor(world):
    score = Score.objects.filter(pk=world.score("a3", "TR.1").pk)
    assert score.update(claimed="250") == 1
    violates("score_claimed_in_range", lambda: score.update(claimed="-1"))


def test_an_appraisal_that_differs_has_a_reason(world):
    score = Score.objects.filter(pk=world.score("a3", "I.1").pk)
    now = timezone.now()
    violates("score_appraisal_explained", lambda: score.update(appraised="1", appraised_at=now))
    violates(
        "score_appraisal_explained",
        lambda: score.update(
            appraised="5.4", appraised_inputs={"actual": "1", "target": "1"}, appraised_at=now
        ),
    )
    violates(
        "score_appraised_at_a_time",
        lambda: score.update(appraised="5.4", appraisal_reason=""),
    )
    assert score.update(appraised="5.4", appraised_at=now) == 1
    violates("score_agreement_explained", lambda: score.update(agreed="1", agreed_at=now))
    assert score.update(agreed="1", agreed_at=now, agreement_reason="Hội nghị") == 1


def test_points_without_figures_are_no_claim(world):
    score = Score.objects.filter(pk=world.score("a3", "I.1").pk)
    violates("score_claimed_from_figures", lambda: score.update(claimed_inputs=None))


def test_state_and_dates_of_a_sheet_agree(world):
    sheet = Sheet.objects.filter(pk=world.sheet("a3").pk)
    violates("sheet_dated_once_submitted", lambda: sheet.update(submitted_at=None))
    violates("sheet_dated_once_appraised", lambda: sheet.update(status=SheetStatus.APPRAISED))
    violates("sheet_dated_once_appraised", lambda: sheet.update(appraised_at=timezone.now()))
    violates("sheet_status_known", lambda: sheet.update(status="lost"))
