"""Appraisal: others set points with reasons; nobody sets their own."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs import transitions as blocs
from blocs.models import Office
from blocs.readiness import NotReady
from blocs.workflow import IllegalMove, Stale
from scoring import transitions as scoring
from scoring.criteria import rules_of
from scoring.kernel.errors import InputError
from scoring.models import Score, ScoreChange, SheetStatus
from scoring.tables import live_table
from tests.worlds import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def build_world():
    return World().open_appraisal()


def appraise(world, name, code, *, by, version=None, reason="vì", **change):
    score = world.score(name, code)
    return scoring.appraise(
        score,
        reason=reason,
        version=score.version if version is None else version,
        by=by,
        **change,
    )


# --- who


def test_nobody_appraises_the_own_agency(world):
    for name in world.agencies:
        for by in (world.head(name), world.officer(name)):
            with pytest.raises(PermissionDenied, match="own agency"):
                appraise(world, name, "I.3", inputs={"met": False}, by=by)
            with pytest.raises(PermissionDenied, match="own agency"):
                scoring.accept(world.sheet(name), [world.score(name, "I.3")], by=by)
    assert not ScoreChange.objects.filter(stage="appraised").exists()


@pytest.mark.parametrize(
    ("name", "others"), [("a1", ["a3"]), ("a2", ["a3"]), ("a3", ["a2"])], ids=str
)
def test_only_the_named_appraiser_appraises(world, name, others):
    outsiders = [world.head(other) for other in others]
    outsiders += [world.board, World(slug="khoi-2", prefix="b").leader]
    for by in outsiders:
        with pytest.raises(PermissionDenied):
            appraise(world, name, "I.3", inputs={"met": False}, by=by)
        with pytest.raises(PermissionDenied):
            scoring.accept(world.sheet(name), [world.score(name, "I.3")], by=by)
        with pytest.raises(PermissionDenied):
            scoring.return_sheet(world.sheet(name), reason="x", by=by)
        with pytest.raises(PermissionDenied):
            scoring.finish_appraisal(world.sheet(name), by=by)
    appraise(world, name, "I.3", inputs={"met": False}, by=world.appraiser(name))


def test_officers_appraise_and_heads_finish(world):
    officer = world.officer("a1")
    scoring.accept(world.sheet("a3"), list(world.sheet("a3").scores.all()), by=officer)
    for deed in (
        lambda: scoring.finish_appraisal(world.sheet("a3"), by=officer),
        lambda: scoring.return_sheet(world.sheet("a3"), reason="x", by=officer),
    ):
        with pytest.raises(PermissionDenied):
            deed()
    sheet = scoring.finish_appraisal(world.sheet("a3"), by=world.leader)
    assert (sheet.status, sheet.appraised_by) == (SheetStatus.APPRAISED, world.leader)
    with pytest.raises(PermissionDenied):
        scoring.resume_appraisal(world.sheet("a3"), reason="x", by=officer)


def test_board_and_leader_name_the_appraiser(world):
    deputy = world.membership("a2")
    for by in (world.officer("a1"), world.deputy, world.head("a3")):
        with pytest.raises(PermissionDenied):
            scoring.name_appraiser(world.sheet("a3"), deputy, by=by)
    with pytest.raises(ValidationError, match="own agency"):
        scoring.name_appraiser(world.sheet("a3"), world.membership("a3"), by=world.board)
    other = World(slug="khoi-2", prefix="b")
    with pytest.raises(ValidationError, match="not a member"):
        scoring.name_appraiser(world.sheet("a3"), other.membership("b1"), by=world.board)
    scoring.name_appraiser(world.sheet("a3"), deputy, by=world.leader)
    appraise(world, "a3", "I.3", inputs={"met": False}, by=world.deputy)
    with pytest.raises(PermissionDenied):
        appraise(world, "a3", "I.3", inputs={"met": True}, by=world.leader)


def test_the_leader_does_not_choose_who_appraises_the_leader(world):
    with pytest.raises(PermissionDenied, match="own sheet"):
        scoring.name_appraiser(world.sheet("a1"), world.membership("a3"), by=world.leader)
    scoring.name_appraiser(world.sheet("a1"), world.membership("a3"), by=world.board)
    assert world.sheet("a1").appraiser == world.membership("a3")


def test_nobody_is_named_for_the_own_sheet(world):
    for name in ("a2", "a3"):
        with pytest.raises(ValidationError, match="own agency"):
            scoring.name_appraiser(world.sheet(name), world.membership(name), by=world.leader)


def test_no_appraiser_is_named_once_the_appraisal_of_the_sheet_is_finished(world):
    sheet = world.sheet("a3")
    scoring.accept(sheet, list(sheet.scores.all()), by=world.leader)
    scoring.finish_appraisal(sheet, by=world.leader)
    for by in (world.leader, world.board):
        with pytest.raises(PermissionDenied, match="finished"):
            scoring.name_appraiser(sheet, world.membership("a2"), by=by)
    assert world.sheet("a3").appraiser == world.membership("a1")


def test_office_belongs_to_its_year(world):
    """Next year's leader has no say in this year's review, nor this year's in the next."""
    offices = {"a3": Office.LEADER, "a2": Office.DEPUTY, "a1": Office.MEMBER}
    upcoming = blocs.open_review(
        world.bloc,
        world.review.year + 1,
        members={world.agencies[name]: office for name, office in offices.items()},
        by=world.board,
    )
    with pytest.raises(PermissionDenied):
        appraise(world, "a2", "I.3", inputs={"met": False}, by=world.head("a3"))
    rules = rules_of(world.criteria)
    with pytest.raises(PermissionDenied):
        scoring.upload_criteria(upcoming, rules, by=world.leader)
    scoring.upload_criteria(upcoming, rules, by=world.head("a3"))


# --- what


def test_a_difference_needs_a_reason_and_the_same_figures_are_an_acceptance(world):
    with pytest.raises(ValidationError, match="Give the reason"):
        appraise(world, "a3", "I.3", inputs={"met": False}, reason="  ", by=world.leader)
    with pytest.raises(ValidationError, match="Give the reason"):
        appraise(world, "a3", "I.3", points=Decimal("1.5"), reason="", by=world.leader)
    # Other figures that come to the same points are a difference too.
    with pytest.raises(ValidationError, match="Give the reason"):
        appraise(
            world, "a3", "I.1", inputs={"actual": "18", "target": "20"}, reason="", by=world.leader
        )
    assert world.score("a3", "I.3").version == 1
    score = appraise(world, "a3", "I.3", inputs={"met": True}, reason="", by=world.leader)
    assert (score.appraised, score.appraised_inputs) == (score.claimed, None)
    score = appraise(world, "a3", "I.2", points=Decimal("4"), reason="", by=world.leader)
    assert (score.appraised, score.appraised_inputs) == (score.claimed, None)


def test_figures_and_points_count_in_the_table(world):
    appraise(world, "a3", "I.2", inputs={"level": "Khá"}, by=world.leader)
    appraise(world, "a3", "I.1", points=Decimal("3.33"), by=world.leader)
    leaves = live_table(world.review).row_of("a3").leaves
    assert (leaves["I.2"]["self"], leaves["I.2"]["appraised"]) == ("4.00", "2.00")
    assert (leaves["I.1"]["self"], leaves["I.1"]["appraised"]) == ("5.40", "3.33")
    change = ScoreChange.objects.filter(stage="appraised").first()
    assert (change.by_agency.slug, change.agency.slug, change.office) == ("a1", "a3", "leader")


@pytest.mark.parametrize(
    ("code", "points"), [("I.2", "4.5"), ("I.2", "3.3"), ("I.1", "-1"), ("I.1", "5.555")]
)
def test_points_by_hand_stay_in_range_and_step(world, code, points):
    with pytest.raises(InputError):
        appraise(world, "a3", code, points=Decimal(points), by=world.leader)
    assert world.score("a3", code).appraised is None


def test_a_stale_version_is_refused(world):
    appraise(world, "a3", "I.3", inputs={"met": False}, version=1, by=world.leader)
    with pytest.raises(Stale):
        appraise(world, "a3", "I.3", inputs={"met": True}, version=1, by=world.officer("a1"))
    assert world.score("a3", "I.3").appraised == 0


def test_what_the_conference_decides_is_not_appraised(world):
    with pytest.raises(ValidationError, match="The conference decides"):
        appraise(world, "a3", "T.2", points=Decimal(1), by=world.leader)
    assert scoring.accept(world.sheet("a3"), [world.score("a3", "T.2")], by=world.leader) == 0


def test_accepting_leaves_alone_what_was_appraised_and_what_is_anothers(world):
    appraise(world, "a3", "I.3", inputs={"met": False}, by=world.leader)
    everything = list(Score.objects.filter(sheet__membership__review=world.review))
    assert scoring.accept(world.sheet("a3"), everything, by=world.leader) == 6
    assert world.score("a3", "I.3").appraised == 0
    assert world.score("a2", "I.3").appraised_at is None


# --- when


def test_points_are_appraised_during_the_appraisal_only():
    world = World().submit_all()
    with pytest.raises(PermissionDenied, match="during the appraisal only"):
        appraise(world, "a3", "I.3", inputs={"met": False}, by=world.leader)
    world = World(slug="khoi-2", prefix="b").approve()
    with pytest.raises(PermissionDenied, match="during the appraisal only"):
        appraise(world, "b3", "I.3", inputs={"met": False}, by=world.leader)
    with pytest.raises(PermissionDenied):
        scoring.resume_appraisal(world.sheet("b3"), reason="x", by=world.leader)


def test_every_criterion_is_looked_at_before_the_appraisal_is_finished(world):
    with pytest.raises(NotReady) as refusal:
        scoring.finish_appraisal(world.sheet("a3"), by=world.leader)
    texts = [item.text.split()[0] for item in refusal.value.missing]
    assert texts == ["I.1", "I.2", "I.3", "II.1", "II.2", "T.1", "TR.1"]


def test_finished_stands_until_it_is_taken_up_again_with_a_reason(world):
    sheet = world.sheet("a3")
    scoring.accept(sheet, list(sheet.scores.all()), by=world.leader)
    scoring.finish_appraisal(sheet, by=world.leader)
    with pytest.raises(PermissionDenied, match="finished"):
        appraise(world, "a3", "I.3", inputs={"met": False}, by=world.leader)
    with pytest.raises(IllegalMove):
        scoring.finish_appraisal(sheet, by=world.leader)
    with pytest.raises(IllegalMove):
        scoring.return_sheet(sheet, reason="x", by=world.leader)
    with pytest.raises(ValidationError, match="Say why"):
        scoring.resume_appraisal(sheet, reason=" ", by=world.leader)
    held = scoring.resume_appraisal(sheet, reason="Nhầm số liệu", by=world.leader)
    assert (held.status, held.appraised_at, held.appraised_by) == ("submitted", None, None)
    assert sheet.changes.last().note == "Nhầm số liệu"
    assert live_table(world.review).row_of("a3").late_days == 0  # no new submission


def test_a_return_needs_a_reason_and_a_new_claim_undoes_the_appraisal(world):
    appraise(world, "a3", "I.3", inputs={"met": False}, by=world.leader)
    appraise(world, "a3", "I.2", inputs={"level": "Khá"}, by=world.leader)
    with pytest.raises(ValidationError, match="Say what has to be supplemented"):
        scoring.return_sheet(world.sheet("a3"), reason="", by=world.leader)
    scoring.return_sheet(world.sheet("a3"), reason="Thiếu minh chứng", by=world.leader)
    with pytest.raises(PermissionDenied):
        appraise(world, "a3", "I.1", points=Decimal(1), by=world.leader)
    score = world.score("a3", "I.3")
    scoring.claim(
        score,
        inputs={"met": True},
        explanation="Đã bổ sung",
        version=score.version,
        by=world.officer("a3"),
    )
    again, other = world.score("a3", "I.3"), world.score("a3", "I.2")
    assert (again.appraised, again.appraised_at, again.appraisal_reason) == (None, None, "")
    assert other.appraised == 2
    assert again.changes.filter(stage="appraised").count() == 1
