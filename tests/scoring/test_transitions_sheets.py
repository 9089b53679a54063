"""The member's sheet: filled in, submitted, recalled; what is late and what is not."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from blocs import transitions as blocs
from blocs.readiness import NotReady
from blocs.workflow import IllegalMove, Stale
from scoring import transitions as scoring
from scoring.kernel.errors import InputError
from scoring.kernel.loading import parse_yaml, read_set
from scoring.models import Extension, Score, ScoreChange, Sheet, SheetChange, SheetStatus
from scoring.tables import live_table
from tests.worlds import SMALL_SET, VIETNAM, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

DUE = datetime.date(2025, 1, 15)


def at(day, hour=9, minute=0, second=0):
    moment = datetime.datetime.combine(day, datetime.time(hour, minute, second), VIETNAM)
    return time_machine.travel(moment, tick=False)


@pytest.fixture
def world():
    """Self-scoring is open since ten days before the due day."""
    with at(DUE - datetime.timedelta(days=10)):
        world = World().open_self_scoring()
        assert world.review.scores_due == DUE
        yield world


def claim(world, code, inputs, *, by=None, version=None, name="a3"):
    score = world.score(name, code)
    return scoring.claim(
        score,
        inputs=inputs,
        explanation="",
        version=score.version if version is None else version,
        by=by or world.officer(name),
    )


def row(world, name="a3"):
    return live_table(world.review).row_of(name)


# --- opening


def test_opening_gives_every_member_its_rows_and_an_appraiser(world):
    for name in world.agencies:
        codes = list(world.sheet(name).scores.in_order().values_list("criterion__code", flat=True))
        assert codes == ["I.1", "I.2", "I.3", "II.1", "II.2", "T.1", "T.2", "TR.1"]
    appraisers = {name: world.sheet(name).appraiser.agency.slug for name in world.agencies}
    assert appraisers == {"a1": "a2", "a2": "a1", "a3": "a1"}


def test_exempt_criteria_have_no_row():
    world = World()
    rules = read_set(parse_yaml(SMALL_SET.read_text(encoding="utf-8")))
    draft = scoring.upload_criteria(world.review, rules, by=world.leader)
    scoring.exempt(
        draft.criteria.get(code="I.1"), world.membership("a3"), reason="Không có", by=world.leader
    )
    scoring.adopt_criteria(draft, by=world.leader)
    dates = {"registration_due": None, "scores_due": timezone.localdate()}
    dates |= {"appraisal_due": None, "dossier_due": None}
    blocs.set_calendar(world.review, dates=dates, by=world.leader)
    scoring.open_self_scoring(world.review, by=world.leader)
    assert not Score.objects.filter(sheet=world.sheet("a3"), criterion__code="I.1").exists()
    assert Score.objects.filter(sheet=world.sheet("a2"), criterion__code="I.1").exists()


def test_self_scoring_does_not_open_while_something_is_missing():
    world = World()
    with pytest.raises(NotReady) as refusal:
        scoring.open_self_scoring(world.review, by=world.leader)
    assert [item.text for item in refusal.value.missing] == [
        "Adopted criteria",
        "The day on which score sheets are due",
    ]
    assert not Sheet.objects.exists()


def test_only_leader_or_board_opens_and_only_once():
    world = World().adopt_criteria()
    for by in (world.officer("a1"), world.deputy, world.head("a3")):
        with pytest.raises(PermissionDenied):
            scoring.open_self_scoring(world.review, by=by)
    world = World(slug="khoi-2", prefix="b").open_self_scoring()
    with pytest.raises(IllegalMove):
        scoring.open_self_scoring(world.review, by=world.leader)


# --- claiming


def test_points_are_computed_from_the_figures_and_written_to_the_history(world):
    score = claim(world, "I.1", {"actual": "2", "target": "3"})
    assert (str(score.claimed), score.version) == ("4.00", 1)
    change = ScoreChange.objects.get()
    assert (change.stage, change.office, str(change.new_points)) == (
        "claimed",
        "member",
        "4.000000",
    )
    assert change.by == world.officer("a3")


@pytest.mark.parametrize("who", ["a1", "a2", "board", "elsewhere"])
def test_nobody_else_claims(world, who):
    if who == "board":
        by = world.board
    elif who == "elsewhere":
        by = World(slug="khoi-2", prefix="b").head("b3")
    else:
        by = world.head(who)
    with pytest.raises(PermissionDenied):
        claim(world, "I.3", {"met": True}, by=by)
    assert not ScoreChange.objects.exists()


def test_a_stale_version_is_refused_and_keeps_the_colleagues_value(world):
    claim(world, "I.3", {"met": True}, version=0)
    with pytest.raises(Stale):
        claim(world, "I.3", {"met": False}, version=0, by=world.head("a3"))
    assert world.score("a3", "I.3").claimed_inputs == {"met": True}


def test_wrong_figures_name_their_field_and_save_nothing(world):
    with pytest.raises(InputError) as refusal:
        claim(world, "I.1", {"actual": "9", "target": "0"})
    assert refusal.value.field == "target"
    assert not ScoreChange.objects.exists()


def test_the_conferences_criterion_is_not_claimed(world):
    with pytest.raises(ValidationError, match="The conference decides"):
        claim(world, "T.2", {"level": "Thành viên"})


def test_with_the_head_only_the_head_writes(world):
    world.fill("a3")
    scoring.send_to_head(world.sheet("a3"), by=world.officer("a3"))
    with pytest.raises(PermissionDenied):
        claim(world, "I.3", {"met": False})
    claim(world, "I.3", {"met": False}, by=world.head("a3"))


# --- submitting


def test_a_blank_blocks_the_submission_and_zero_does_not(world):
    world.fill("a3", {"I.1": {"actual": "0", "target": "10"}, "II.1": {"count": "0"}})
    claim(world, "I.3", None)
    for deed, by in ((scoring.submit, "head"), (scoring.send_to_head, "officer")):
        with pytest.raises(NotReady) as refusal:
            deed(world.sheet("a3"), by=getattr(world, by)("a3"))
        assert [item.text for item in refusal.value.missing] == ["I.3 Có quy chế làm việc"]
        assert refusal.value.missing[0].url.endswith(f"#score-{world.score('a3', 'I.3').pk}")
    claim(world, "I.3", {"met": False})
    assert scoring.submit(world.sheet("a3"), by=world.head("a3")).status == SheetStatus.SUBMITTED


def test_a_sheet_of_zeros_can_be_submitted(world):
    zeros = {
        "I.1": {"actual": "0", "target": "1"},
        "I.2": {"level": "Trung bình"},
        "I.3": {"met": False},
        "II.1": {"count": "0"},
        "II.2": {"counts": {"Mỗi báo cáo thiếu": 9}},
        "T.1": {"count": "0"},
    }
    world.fill("a3", zeros)
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    assert str(row(world).claimed.total) == "2.00"  # on time: the system's own criterion


def test_bonus_and_penalties_may_stay_blank(world):
    world.fill("a3")
    for code in ("T.1", "TR.1"):
        claim(world, code, None)
    assert scoring.submit(world.sheet("a3"), by=world.head("a3")).status == SheetStatus.SUBMITTED


def test_the_officer_submits_only_where_it_was_delegated(world):
    world.fill("a3")
    with pytest.raises(PermissionDenied):
        scoring.submit(world.sheet("a3"), by=world.officer("a3"))
    world.agencies["a3"].officer_may_submit = True
    world.agencies["a3"].save()
    scoring.submit(world.sheet("a3"), by=world.officer("a3"))


def test_a_submitted_sheet_stands(world):
    world.fill("a3")
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    with pytest.raises(PermissionDenied):
        claim(world, "I.3", {"met": False}, by=world.head("a3"))
    with pytest.raises(IllegalMove):
        scoring.submit(world.sheet("a3"), by=world.head("a3"))
    with pytest.raises(IllegalMove):
        scoring.send_to_head(world.sheet("a3"), by=world.officer("a3"))


def test_others_neither_submit_nor_recall(world):
    world.fill("a3")
    for by in (world.leader, world.deputy, world.board):
        with pytest.raises(PermissionDenied):
            scoring.submit(world.sheet("a3"), by=by)
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    for by in (world.leader, world.deputy, world.board, world.officer("a3")):
        with pytest.raises(PermissionDenied):
            scoring.recall(world.sheet("a3"), by=by)


def test_the_officer_takes_the_sheet_back_from_the_head(world):
    world.fill("a3")
    scoring.send_to_head(world.sheet("a3"), by=world.officer("a3"))
    with pytest.raises(PermissionDenied):
        scoring.take_back(world.sheet("a3"), by=world.head("a2"))
    assert scoring.take_back(world.sheet("a3"), by=world.officer("a3")).status == SheetStatus.DRAFT
    moves = SheetChange.objects.values_list("from_status", "to_status")
    assert list(moves) == [("draft", "with_head"), ("with_head", "draft")]


# --- lateness


@pytest.mark.parametrize(
    ("day", "time", "late"),
    [(0, (23, 59, 59), 0), (1, (0, 0, 0), 1), (1, (23, 59, 59), 1), (5, (8, 0, 0), 5)],
)
def test_the_due_day_counts_to_its_last_second_in_vietnam(world, day, time, late):
    world.fill("a3")
    with at(DUE + datetime.timedelta(days=day), *time):
        scoring.submit(world.sheet("a3"), by=world.head("a3"))
    assert row(world).late_days == late
    worth = {0: "2.00", 1: "1.00", 5: "1.00"}[late]
    assert row(world).leaves["II.3"]["self"] == worth


def test_recalling_takes_the_sheet_back_and_submitting_again_counts_anew(world):
    world.fill("a3")
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    scoring.recall(world.sheet("a3"), note="Sửa số liệu", by=world.head("a3"))
    assert world.sheet("a3").status == SheetStatus.DRAFT
    assert row(world).late_days is None
    assert row(world).leaves["II.3"]["self"] is None  # on its way again: blank, not missing
    with at(DUE + datetime.timedelta(days=2)):
        scoring.submit(world.sheet("a3"), by=world.head("a3"))
    assert row(world).late_days == 2


def test_a_returned_sheet_is_not_late(world):
    for name in world.agencies:
        world.fill(name)
        scoring.submit(world.sheet(name), by=world.head(name))
    with at(DUE + datetime.timedelta(days=5)):
        scoring.open_appraisal(world.review, by=world.leader)
        scoring.return_sheet(world.sheet("a3"), reason="Thiếu minh chứng", by=world.leader)
        claim(world, "I.3", {"met": False})
    with at(DUE + datetime.timedelta(days=9)):
        scoring.submit(world.sheet("a3"), by=world.head("a3"))
    assert row(world).late_days == 0
    assert row(world).leaves["II.3"]["self"] == "2.00"


def test_an_extension_moves_the_due_day_of_one_member(world):
    to = DUE + datetime.timedelta(days=3)
    scoring.grant_extension(world.sheet("a3"), to=to, reason="Bão lũ", by=world.leader)
    for name in ("a2", "a3"):
        world.fill(name)
        with at(to, 23, 59, 59):
            scoring.submit(world.sheet(name), by=world.head(name))
    assert (row(world, "a2").late_days, row(world, "a3").late_days) == (3, 0)


def test_the_last_extension_holds(world):
    for days in (5, 2):
        scoring.grant_extension(
            world.sheet("a3"), to=DUE + datetime.timedelta(days=days), reason="x", by=world.leader
        )
    world.fill("a3")
    with at(DUE + datetime.timedelta(days=3)):
        scoring.submit(world.sheet("a3"), by=world.head("a3"))
    assert row(world).late_days == 1


def test_the_leader_grants_extensions_and_the_deputy_the_leaders(world):
    def grant(name, by):
        scoring.grant_extension(
            world.sheet(name), to=DUE + datetime.timedelta(days=1), reason="x", by=by
        )

    for name, by in (
        ("a3", world.deputy),
        ("a3", world.officer("a1")),
        ("a3", world.head("a3")),
        ("a3", world.board),
        ("a1", world.leader),
        ("a2", world.deputy),
        ("a1", world.head("a3")),
    ):
        with pytest.raises(PermissionDenied):
            grant(name, by)
    grant("a3", world.leader)
    grant("a2", world.leader)
    grant("a1", world.deputy)
    assert Extension.objects.count() == 3


def test_an_extension_is_granted_before_the_due_day_with_a_reason_and_a_later_day(world):
    sheet, later = world.sheet("a3"), DUE + datetime.timedelta(days=1)
    with pytest.raises(ValidationError, match="Give the reason"):
        scoring.grant_extension(sheet, to=later, reason=" ", by=world.leader)
    with pytest.raises(ValidationError, match="must lie after"):
        scoring.grant_extension(sheet, to=DUE, reason="x", by=world.leader)
    with at(DUE, 0), pytest.raises(ValidationError, match="before the due day begins"):
        scoring.grant_extension(sheet, to=later, reason="x", by=world.leader)
    assert not Extension.objects.exists()


# --- the end of self-scoring


def test_appraisal_does_not_open_while_a_ranked_member_has_not_submitted(world):
    for name in ("a1", "a2"):
        world.fill(name)
        scoring.submit(world.sheet(name), by=world.head(name))
    with pytest.raises(NotReady, match="Sở a3"):
        scoring.open_appraisal(world.review, by=world.leader)
    blocs.set_ranking(world.membership("a3"), unranked=True, reason="Mới lập", by=world.board)
    for by in (world.deputy, world.officer("a1"), world.board):
        with pytest.raises(PermissionDenied):
            scoring.open_appraisal(world.review, by=by)
    scoring.open_appraisal(world.review, by=world.leader)
    world.reload()
    assert row(world).leaves["II.3"]["self"] == "0.00"  # now nothing came


def test_recall_ends_with_the_beginning_of_the_appraisal(world):
    for name in world.agencies:
        world.fill(name)
        scoring.submit(world.sheet(name), by=world.head(name))
    scoring.open_appraisal(world.review, by=world.leader)
    with pytest.raises(PermissionDenied):
        scoring.recall(world.sheet("a3"), by=world.head("a3"))
    assert world.sheet("a3").status == SheetStatus.SUBMITTED
