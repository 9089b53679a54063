"""Provisional figures: marked where data arrive late, listed, confirmed as final."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from blocs.workflow import Stale
from scoring import transitions as scoring
from scoring.models import Score, ScoreChange, ScoreStage
from scoring.tables import live_table
from tests.forms import fields_of, signed_in
from tests.worlds import LateData, make_agency, make_user

from .sheets import HTMX, row, url

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def build_world():
    return LateData().open_appraisal()


def confirm(world, *, by, document="31/QĐ-ĐU", version=None, code="I.2"):
    score = world.score("a3", code)
    version = score.version if version is None else version
    return scoring.confirm_final(score, document=document, version=version, by=by)


def appraise(world, code="I.2", **more):
    score = world.score("a3", code)
    given = {"inputs": score.claimed_inputs, "reason": "", "version": score.version}
    return scoring.appraise(score, by=world.leader, **{**given, **more})


def lists(world, user):
    page = signed_in(user).get(reverse("scoring:provisional_list", args=world.review.url_args))
    assert page.status_code == 200
    return page


# --- the mark


def test_the_claim_marks_the_figure_and_another_claim_drops_the_mark():
    world = LateData().open_self_scoring()
    for inputs, provisional, marked in (
        ({"level": "Tốt"}, True, True),
        ({"level": "Tốt"}, False, False),
        ({"level": "Khá"}, True, True),
        (None, True, False),  # nothing entered, nothing provisional
    ):
        score = world.score("a3", "I.2")
        scoring.claim(
            score,
            inputs=inputs,
            explanation="",
            version=score.version,
            provisional=provisional,
            by=world.officer("a3"),
        )
        assert world.score("a3", "I.2").is_provisional is marked
        assert ScoreChange.objects.latest("pk").provisional is marked


def test_only_criteria_with_late_data_are_provisional(world):
    appraise(world, "I.3", provisional=True)
    assert not world.score("a3", "I.3").is_provisional


@pytest.mark.parametrize(("given", "left"), [(None, True), (False, False), (True, True)])
def test_the_appraiser_leaves_or_changes_the_mark(world, given, left):
    appraise(world, provisional=given)
    assert world.score("a3", "I.2").is_provisional is left


def test_accepting_all_leaves_the_mark(world):
    sheet = world.sheet("a3")
    scoring.accept(sheet, list(sheet.scores.all()), by=world.leader)
    assert world.score("a3", "I.2").is_provisional


def test_the_mark_is_ticked_in_the_claim_and_in_the_appraisal():
    world = LateData().open_self_scoring()
    officer = signed_in(world.officer("a3"))
    score = world.score("a3", "I.2")
    key = f"s{score.pk}"
    save = url(world, "score_save", "a3", score.pk)
    ticked = row(world, "a3", "I.2", level="Tốt", provisional="on")
    assert f"{key}-provisional" in officer.get(url(world, "sheet_detail", "a3")).text
    assert officer.post(save, ticked, headers=HTMX).status_code == 200
    assert world.score("a3", "I.2").is_provisional

    appraised = LateData(slug="khoi-2", prefix="b").open_appraisal()
    score = appraised.score("b3", "I.2")
    address = url(appraised, "score_appraise", "b3", score.pk)
    client = signed_in(appraised.leader)
    unticked = row(appraised, "b3", "I.2", level="Tốt")
    assert client.post(address, unticked, headers=HTMX).status_code == 200
    assert not appraised.score("b3", "I.2").is_provisional
    other = appraised.score("b3", "I.1")
    assert f"s{other.pk}-provisional" not in client.get(url(appraised, "sheet_detail", "b3")).text


# --- the table


def test_the_table_names_what_is_provisional(world):
    table = live_table(world.review)
    assert table.row_of("a3").provisional == ("I.2",)
    assert table.row_of("a2").provisional == ()
    confirm(world, by=world.leader)
    final = live_table(world.review)
    assert final.row_of("a3").provisional == ()
    assert final.sha256 != table.sha256
    assert final.row_of("a3").agreed == table.row_of("a3").agreed


# --- confirmed as final


def test_confirming_changes_the_mark_and_no_point(world):
    appraise(world, inputs={"level": "Khá"}, reason="Theo quyết định")
    before = world.score("a3", "I.2")
    confirm(world, by=world.officer("a1"))
    after = world.score("a3", "I.2")
    assert not after.is_provisional
    assert (after.claimed, after.appraised, after.appraised_inputs) == (
        before.claimed,
        before.appraised,
        before.appraised_inputs,
    )
    change = ScoreChange.objects.latest("pk")
    assert (change.stage, change.provisional) == (ScoreStage.APPRAISED, False)
    assert "31/QĐ-ĐU" in change.reason


def test_in_the_appraisal_the_appraiser_confirms_and_nobody_else(world):
    stranger = make_user("stranger", make_agency("xa"))
    for by in (world.head("a3"), world.deputy, world.board, stranger):
        with pytest.raises(PermissionDenied):
            confirm(world, by=by)
    with pytest.raises(ValidationError):
        confirm(world, by=world.leader, document="  ")
    with pytest.raises(Stale):
        confirm(world, by=world.leader, version=0)
    assert world.score("a3", "I.2").is_provisional
    confirm(world, by=world.leader)
    with pytest.raises(PermissionDenied, match="is final"):
        confirm(world, by=world.leader)


def test_after_circulation_the_leaders_people_confirm():
    world = LateData().approve()
    for by in (world.head("a3"), world.deputy, world.board):
        with pytest.raises(PermissionDenied):
            confirm(world, by=by)
    before = world.score("a3", "I.2")
    confirm(world, by=world.officer("a1"))
    after = world.score("a3", "I.2")
    assert (after.agreed, after.agreed_inputs) == (before.agreed, before.agreed_inputs)
    assert ScoreChange.objects.latest("pk").stage == ScoreStage.AGREED


# --- the list


def test_the_list_shows_the_figures_one_may_read(world):
    for user, rows in (
        (world.officer("a3"), 1),
        (world.leader, 1),
        (world.deputy, 0),
        (world.board, 0),
    ):
        assert len(lists(world, user).context["lines"]) == rows, user
    appraise(world, inputs={"level": "Khá"}, reason="Theo quyết định")
    [own] = lists(world, world.head("a3")).context["lines"]
    assert own.figures == "Tốt"  # its appraisal is not finished
    [whole] = lists(world, world.leader).context["lines"]
    assert whole.figures == "Khá"


def test_a_figure_is_confirmed_from_the_list(world):
    score = world.score("a3", "I.2")
    deed = reverse("scoring:final_confirm", args=[*world.review.url_args, score.pk])
    client = signed_in(world.leader)
    fields = fields_of(lists(world, world.leader), deed)
    name = f"f{score.pk}-document"
    refused = client.post(deed, {**fields, name: " "})
    assert refused.status_code == 422
    stale = client.post(deed, {**fields, name: "31/QĐ", f"f{score.pk}-version": "0"}, follow=True)
    assert stale.status_code == 200
    assert Score.objects.provisional().count() == 1
    assert client.get(deed).status_code == 405
    assert client.post(deed, {**fields, name: "31/QĐ"}).status_code == 302
    assert not Score.objects.provisional().exists()


def test_who_may_not_confirm_from_the_list(world):
    score = world.score("a3", "I.2")
    deed = reverse("scoring:final_confirm", args=[*world.review.url_args, score.pk])
    stranger = make_user("stranger", make_agency("xa"))
    for user, status in (
        (world.head("a3"), 403),
        (world.deputy, 404),
        (world.board, 404),
        (stranger, 404),
    ):
        assert signed_in(user).post(deed, {}).status_code == status
    final = world.score("a3", "I.3")
    deed = reverse("scoring:final_confirm", args=[*world.review.url_args, final.pk])
    assert signed_in(world.leader).post(deed, {}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_of_the_list_does_not_grow(world, rows, django_assert_num_queries):
    names = ("a3", "a2", "a1")[:rows]
    Score.objects.filter(sheet__membership__agency__slug__in=names, criterion__code="I.2").update(
        is_provisional=True
    )
    client = signed_in(world.leader)
    with django_assert_num_queries(9):
        page = client.get(reverse("scoring:provisional_list", args=world.review.url_args))
    assert len(page.context["lines"]) == rows
