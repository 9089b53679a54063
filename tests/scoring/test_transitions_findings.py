"""Findings of other agencies: who records and lifts them, with what, and what they take away."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from blocs.models import Phase, Review
from blocs.workflow import IllegalMove
from scoring import transitions as scoring
from scoring.findings import bars_of
from scoring.models import Finding, FindingEffect
from scoring.tables import live_table
from tests.worlds import World, make_agency, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

DAY = datetime.timedelta(days=1)


def build_world():
    return World().open_appraisal()


def lift(finding, *, by, document="15/KL-TTr", lifted_on=None):
    day = lifted_on or timezone.localdate()
    return scoring.lift_finding(finding, lifted_on=day, document=document, by=by)


# --- who


def test_the_leaders_people_and_the_board_record(world):
    for by in (world.head("a1"), world.officer("a1"), world.board):
        assert world.find("a3", by=by).recorded_by == by
    assert Finding.objects.count() == 3


def test_no_other_member_and_no_stranger_records(world):
    stranger = make_user("stranger", make_agency("xa"))
    for by in (world.deputy, world.head("a3"), world.officer("a2"), stranger):
        with pytest.raises(PermissionDenied):
            world.find("a3", by=by)
    assert not Finding.objects.exists()


def test_nobody_records_or_lifts_a_finding_of_the_own_agency(world):
    for by in (world.head("a1"), world.officer("a1")):
        with pytest.raises(PermissionDenied, match="their own agency"):
            world.find("a1", by=by)
    finding = world.find("a1", by=world.board)
    with pytest.raises(PermissionDenied, match="their own agency"):
        lift(finding, by=world.leader)
    finding.refresh_from_db()
    assert finding.holds


def test_findings_are_recorded_from_self_scoring_until_the_review_is_closed():
    world = World()
    world.adopt_criteria()
    with pytest.raises(PermissionDenied):
        world.find("a3")
    world = World(slug="khoi-2", prefix="b").open_self_scoring()
    world.find("b3")
    Review.objects.filter(pk=world.review.pk).update(status=Phase.CLOSED)
    with pytest.raises(PermissionDenied):
        world.find("b3")
    assert Finding.objects.count() == 1


# --- what


def test_the_effect_of_a_listed_knockout_is_the_sets_own(world):
    knockout = world.criteria.criteria.get(code="K1")
    finding = world.find("a3", knockout=knockout, effect=FindingEffect.SUSPEND)
    assert (finding.effect, finding.grade) == (FindingEffect.EXCLUDE_ALL, "")
    row = live_table(world.review).row_of("a3")
    assert row.knockouts == ("K1",)
    assert not (row.may_have_flag or row.may_have_merit)


def test_only_a_knockout_of_this_review_is_chosen(world):
    other = World(slug="khoi-2", prefix="b").open_self_scoring()
    of_other = other.criteria.criteria
    wrong = [
        ("knockout", {"knockout": of_other.get(code="K1")}),
        ("knockout", {"knockout": world.criteria.criteria.get(code="I.1")}),
        ("touches", {"touches": of_other.get(code="I.1")}),
        ("effect", {"effect": ""}),
        ("effect", {"effect": "BAN"}),
    ]
    for field, report in wrong:
        with pytest.raises(ValidationError) as refusal:
            world.find("a3", **report)
        assert field in refusal.value.message_dict, report
    assert not Finding.objects.exists()


def test_a_cap_names_a_grade_of_the_criteria(world):
    for grade in ("", "Vượt bậc"):
        with pytest.raises(ValidationError) as refusal:
            world.find("a3", effect=FindingEffect.CAP_GRADE, grade=grade)
        assert "grade" in refusal.value.message_dict
    world.find("a3", effect=FindingEffect.CAP_GRADE, grade="Khá")
    row = live_table(world.review).row_of("a3")
    assert (row.grade, row.rank is not None) == ("Khá", True)


def test_a_grade_without_a_cap_is_not_kept(world):
    assert world.find("a3", effect=FindingEffect.UNRANK, grade="Khá").grade == ""


def test_the_days_stand_in_order_and_not_in_the_future(world):
    today = timezone.localdate()
    for written, received in ((today, today - DAY), (today, today + DAY)):
        with pytest.raises(ValidationError) as refusal:
            world.find("a3", document_date=written, received_on=received)
        assert "received_on" in refusal.value.message_dict
    world.find("a3", document_date=today - DAY, received_on=today)


@pytest.mark.parametrize("field", ["matter", "source_agency", "document"])
def test_matter_source_and_document_are_required(world, field):
    with pytest.raises(ValidationError):
        world.find("a3", **{field: "  "})
    assert not Finding.objects.exists()


@pytest.mark.parametrize(
    ("effect", "bars"),
    [
        (FindingEffect.EXCLUDE_FLAG, (True, False, False)),
        (FindingEffect.EXCLUDE_ALL, (True, True, False)),
        (FindingEffect.UNRANK, (False, False, True)),
        (FindingEffect.SUSPEND, (True, True, False)),
    ],
)
def test_what_each_effect_takes_away_in_the_table(world, effect, bars):
    total = live_table(world.review).row_of("a3").agreed.total
    world.find("a3", effect=effect)
    row = live_table(world.review).row_of("a3")
    assert (not row.may_have_flag, not row.may_have_merit, row.rank is None) == bars
    assert row.agreed.total == total
    assert [found["document"] for found in row.findings] == ["12/TB"]


# --- lifting


def test_a_lifted_finding_stays_in_the_record_and_bars_nothing(world):
    finding = world.find("a3", effect=FindingEffect.EXCLUDE_ALL)
    assert not bars_of(world.review)[finding.membership_id].allowed.merit
    lifted = lift(finding, by=world.leader, document="  15/KL-TTr ")
    assert (lifted.lifting_document, lifted.lifted_by) == ("15/KL-TTr", world.leader)
    assert Finding.objects.get().matter == "Chậm nộp thuế"
    assert bars_of(world.review) == {}
    row = live_table(world.review).row_of("a3")
    assert row.may_have_merit
    assert row.findings == ()


def test_a_finding_is_lifted_once_by_a_document_on_a_day_that_has_come(world):
    finding, today = world.find("a3"), timezone.localdate()
    for document, day in (("  ", today), ("15/KL", today - DAY), ("15/KL", today + DAY)):
        with pytest.raises(ValidationError):
            lift(finding, by=world.board, document=document, lifted_on=day)
    lift(finding, by=world.board)
    with pytest.raises(IllegalMove):
        lift(finding, by=world.board)


def test_no_other_member_lifts(world):
    finding = world.find("a3")
    for by in (world.deputy, world.head("a3")):
        with pytest.raises(PermissionDenied):
            lift(finding, by=by)


def test_the_database_refuses_a_finding_lifted_without_a_document(world):
    finding = world.find("a3")
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(lifted_on=timezone.localdate())
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(effect=FindingEffect.CAP_GRADE)
