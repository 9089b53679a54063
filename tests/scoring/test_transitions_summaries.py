"""The summary table: approved as it was read, agreed in the room, adopted once."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs import transitions as blocs
from blocs.models import Phase
from blocs.readiness import NotReady
from blocs.workflow import IllegalMove, Stale
from scoring import transitions as scoring
from scoring.criteria import rules_of
from scoring.kernel.loading import parse_yaml, read_set
from scoring.models import ScoreChange, SheetStatus, Summary, SummaryChange, SummaryStatus
from scoring.tables import live_table, table_in_force, table_of
from tests.worlds import SMALL_SET, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def approve(world, by=None, seen=None):
    seen = seen or live_table(world.review).sha256
    return scoring.approve_summary(world.review, seen=seen, by=by or world.leader)


def agree(world, name, code, *, by=None, reason="Hội nghị thống nhất", version=None, **change):
    score = world.score(name, code)
    return scoring.agree(
        score,
        reason=reason,
        version=score.version if version is None else version,
        by=by or world.leader,
        **change,
    )


def change_a_score(world):
    """Through the front door: the finished appraisal is taken up, changed, finished again."""
    sheet = world.sheet("a3")
    scoring.resume_appraisal(sheet, reason="Nhầm", by=world.leader)
    score = world.score("a3", "I.2")
    scoring.appraise(
        score, inputs={"level": "Khá"}, reason="Nhầm", version=score.version, by=world.leader
    )
    scoring.finish_appraisal(sheet, by=world.leader)
    scoring.accept_appraisal(sheet, by=world.head("a3"))


def build_world():
    return World().approve()


# --- approval


def test_the_leader_approves_what_was_read():
    world = World().appraise_all()
    for by in (world.officer("a1"), world.deputy, world.head("a3"), world.board):
        with pytest.raises(PermissionDenied):
            approve(world, by=by)
    summary = approve(world)
    assert (summary.version, summary.status) == (1, SummaryStatus.APPROVED)
    assert summary.approved_by == world.leader
    assert table_of(summary).sha256 == summary.sha256
    assert world.reload().status == Phase.CONFERENCE


def test_approval_is_refused_when_a_score_changed_after_reading():
    world = World().appraise_all()
    seen = live_table(world.review).sha256
    change_a_score(world)
    with pytest.raises(Stale):
        approve(world, seen=seen)
    assert not Summary.objects.exists()
    assert world.reload().status == Phase.APPRAISAL
    approve(world)


def test_approval_is_refused_while_an_appraisal_is_not_finished():
    world = World().appraise_all()
    scoring.resume_appraisal(world.sheet("a3"), reason="Nhầm", by=world.leader)
    with pytest.raises(NotReady) as refusal:
        approve(world)
    assert [item.text for item in refusal.value.missing] == ["Appraisal of Sở a3: Submitted"]
    assert refusal.value.missing[0].url == world.sheet("a3").get_absolute_url()


def test_approval_is_refused_while_a_record_has_not_been_kept():
    world = World()
    text = SMALL_SET.read_text(encoding="utf-8")
    old = 'rule: {kind: per_unit, unit: "phong trào", each: 1, cap: 3}, evidence: []}'
    assert text.count(old) == 1
    rules = read_set(parse_yaml(text.replace(old, old[:-1] + ", auto: true}")))
    path_free = scoring.upload_criteria(world.review, rules, by=world.leader)
    scoring.adopt_criteria(path_free, by=world.leader)
    world.adopt_criteria = lambda *args: world
    world.appraise_all()
    with pytest.raises(NotReady, match="II.1 Phong trào tổ chức: no record for Sở a1, Sở a2"):
        approve(world)


def test_approval_at_the_wrong_moment():
    world = World().submit_all()
    with pytest.raises(IllegalMove):
        approve(world)
    world = World(slug="khoi-2", prefix="b").approve()
    with pytest.raises(IllegalMove):
        approve(world)


def test_an_unranked_member_without_a_sheet_does_not_hold_up_the_approval():
    world = World().open_self_scoring()
    for name in ("a1", "a2"):
        world.fill(name)
        scoring.submit(world.sheet(name), by=world.head(name))
    blocs.set_ranking(world.membership("a3"), unranked=True, reason="Mới lập", by=world.board)
    scoring.open_appraisal(world.review, by=world.leader)
    for name in ("a1", "a2"):
        sheet, by = world.sheet(name), world.appraiser(name)
        scoring.accept(sheet, list(sheet.scores.all()), by=by)
        scoring.finish_appraisal(sheet, by=by)
        scoring.accept_appraisal(sheet, by=world.head(name))
    world.reload()
    table = table_of(approve(world))
    assert [(row.slug, row.rank) for row in table.rows] == [("a1", 1), ("a2", 1), ("a3", None)]
    assert table.rows[-1].unranked_reason == "Mới lập"


# --- in the room


def test_leader_and_deputy_write_down_what_is_agreed(world):
    for by in (world.head("a3"), world.board):
        with pytest.raises(PermissionDenied):
            agree(world, "a3", "T.2", inputs={"level": "Thành viên"}, by=by)
    agree(world, "a1", "T.2", inputs={"level": "Khối trưởng"}, by=world.officer("a1"))
    agree(world, "a2", "T.2", inputs={"level": "Thành viên"}, by=world.officer("a2"))
    change = ScoreChange.objects.filter(stage="agreed").first()
    assert (change.office, change.by_agency.slug) == ("leader", "a1")
    assert str(live_table(world.review).row_of("a1").agreed.bonus) == "1.50"
    assert str(live_table(world.review).row_of("a1").appraised.bonus) == "0.50"


def test_a_difference_in_the_room_needs_a_reason(world):
    with pytest.raises(ValidationError, match="Give the reason"):
        agree(world, "a3", "I.2", inputs={"level": "Khá"}, reason=" ")
    with pytest.raises(ValidationError, match="Give the reason"):
        agree(world, "a3", "T.2", inputs={"level": "Thành viên"}, reason="")
    assert not ScoreChange.objects.filter(stage="agreed").exists()
    score = agree(world, "a3", "I.2", inputs={"level": "Tốt"}, reason="")
    assert (score.agreed, score.agreed_inputs) == (score.appraised, None)


def test_the_room_may_undo_its_own_change(world):
    agree(world, "a3", "I.2", points=Decimal(2))
    assert live_table(world.review).row_of("a3").leaves["I.2"]["agreed"] == "2.00"
    agree(world, "a3", "I.2", points=Decimal(4), reason="")
    assert live_table(world.review).row_of("a3").leaves["I.2"]["agreed"] == "4.00"
    assert live_table(world.review).sha256 == Summary.objects.get().sha256


def test_agreeing_on_a_stale_version_is_refused(world):
    agree(world, "a3", "I.2", points=Decimal(2), version=2)
    with pytest.raises(Stale):
        agree(world, "a3", "I.2", points=Decimal(4), version=2)


def test_agreement_belongs_to_the_conference():
    world = World().appraise_all()
    with pytest.raises(PermissionDenied):
        agree(world, "a3", "I.2", points=Decimal(2))


# --- adoption


def adopt(world, by=None, seen=None):
    seen = seen or live_table(world.review).sha256
    return scoring.adopt_summary(world.review, seen=seen, by=by or world.leader)


def test_an_unchanged_table_is_adopted_as_version_1(world):
    for by in (world.deputy, world.head("a3"), world.board):
        with pytest.raises(PermissionDenied):
            adopt(world, by=by)
    summary = adopt(world, by=world.officer("a1"))
    assert (summary.version, summary.status) == (1, SummaryStatus.ADOPTED)
    assert Summary.objects.count() == 1
    assert table_in_force(world.review) == table_of(summary)


def test_scores_agreed_in_the_room_make_version_2_and_supersede_version_1(world):
    first = Summary.objects.get()
    agree(world, "a3", "I.2", points=Decimal(2))
    with pytest.raises(Stale):
        adopt(world, seen=first.sha256)
    summary = adopt(world)
    states = list(Summary.objects.values_list("version", "status"))
    assert states == [(1, SummaryStatus.SUPERSEDED), (2, SummaryStatus.ADOPTED)]
    kept = Summary.objects.get(version=1)
    assert (kept.canonical, kept.sha256) == (first.canonical, first.sha256)
    assert table_in_force(world.review).row_of("a3").leaves["I.2"]["agreed"] == "2.00"
    assert table_of(first).row_of("a3").leaves["I.2"]["agreed"] == "4.00"
    assert SummaryChange.objects.filter(record=summary).get().to_status == "adopted"


def test_a_table_is_adopted_once(world):
    adopt(world)
    with pytest.raises(IllegalMove, match="adopted already"):
        adopt(world)


def test_the_table_in_force_is_live_until_it_is_adopted(world):
    agree(world, "a3", "I.2", points=Decimal(2))
    assert table_in_force(world.review) == live_table(world.review)
    assert table_in_force(world.review) != table_of(Summary.objects.get())


def test_the_table_costs_as_many_queries_for_6_members_as_for_3(django_assert_num_queries):
    small, large = World(), World(slug="khoi-2", prefix="b", members=6)
    for world in (small, large):
        world.appraise_all()
        rules_of(world.criteria)  # read once a process
        with django_assert_num_queries(14):
            live_table(world.review)
    assert large.sheet("b6").status == SheetStatus.APPRAISED
