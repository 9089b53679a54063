"""Points that move because other data moved: each noted once, with its cause (reading 8)."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from scoring import transitions as scoring
from scoring.kernel.loading import parse_yaml, read_set
from scoring.models import Recalculation, ScoreChange
from scoring.tables import live_table
from tests.worlds import EXPLANATION

from .whole_sets import SETS, Communes, WholeSet, relative

pytestmark = pytest.mark.django_db


class Departments(WholeSet):
    """Set A: the index I.2.1 of a3 is the others' average, IV.4 is derived from the sheet."""

    criteria_text = (SETS / "set-a-100-points.yaml").read_text(encoding="utf-8")

    def adopt_criteria(self, path=None):
        rules = read_set(parse_yaml(self.criteria_text))
        self.criteria = scoring.upload_criteria(self.review, rules, by=self.leader)
        scoring.exempt(
            self.criteria.criteria.get(code="I.2.1"),
            self.membership("a3"),
            reason="Không có chỉ số",
            by=self.leader,
        )
        scoring.adopt_criteria(self.criteria, by=self.leader)
        return self


class RelativeAndDerived(Departments):
    """Set A with a relative criterion in place of a ratio: the derived one sums it up as well."""

    criteria_text = Departments.criteria_text.replace(
        'rule: {kind: ratio, numerator: "Số nhiệm vụ hoàn thành đúng hạn", '
        'denominator: "Tổng số nhiệm vụ đến hạn trong năm", cap: 1.0, zero_below: 0.5}',
        'rule: {kind: relative, metric: "Thực hiện", target: "Kế hoạch"}',
    )


def appraise(world, name, code, inputs):
    score = world.score(name, code)
    return scoring.appraise(
        score,
        inputs=inputs,
        reason="Số liệu xác nhận",
        version=score.version,
        by=world.appraiser(name),
    )


def moved():
    return {
        (row.sheet.membership.agency.slug, row.criterion.code, row.stage)
        for row in Recalculation.objects.all()
    }


# --- compared with the bloc


@pytest.fixture
def communes():
    answers = {"a1": relative(140), "a2": relative(120), "a3": relative(90)}
    return Communes().open_appraisal(answers)


def test_another_leader_in_the_field_moves_the_others_and_names_the_cause(communes):
    before = live_table(communes.review)
    appraise(communes, "a1", "1.1", {"actual": "130", "target": "100"})
    after = live_table(communes.review)
    # a1 stays the best, and is the one entered; a3 did not exceed its target.
    assert moved() == {("a2", "1.1", "appraised")}
    [row] = Recalculation.objects.all()
    assert row.cause == ScoreChange.objects.latest("pk")
    assert row.cause.score == communes.score("a1", "1.1")
    points = [str(table.row_of("a2").leaves["1.1"]["appraised"]) for table in (before, after)]
    assert [format(row.old_points, ".1f"), format(row.new_points, ".1f")] == points


def test_a_figure_that_leads_nobody_moves_nobody(communes):
    appraise(communes, "a3", "1.1", {"actual": "95", "target": "100"})
    appraise(communes, "a3", "1.2", {"actual": "8", "target": "10"})
    assert moved() == set()


def test_an_answered_objection_and_the_conference_are_causes_as_well(communes):
    for name in communes.agencies:
        sheet, by = communes.sheet(name), communes.appraiser(name)
        scoring.accept(sheet, list(sheet.scores.all()), by=by)
        scoring.finish_appraisal(sheet, by=by)
    assert moved() == set()
    score = communes.score("a1", "1.1")
    objection = scoring.object_to(score, reason="Số liệu cũ", by=communes.head("a1"))
    scoring.answer_objection(
        objection,
        reply="Đúng",
        inputs={"actual": "150", "target": "100"},
        version=score.version,
        by=communes.deputy,
    )
    assert moved() == {("a2", "1.1", "appraised")}
    communes.accept_appraisals()
    seen = live_table(communes.review).sha256
    scoring.approve_summary(communes.review, seen=seen, by=communes.leader)
    score = communes.score("a1", "1.1")
    scoring.agree(
        score,
        inputs={"actual": "160", "target": "100"},
        reason="Thống nhất",
        version=score.version,
        by=communes.leader,
    )
    assert moved() == {("a2", "1.1", "appraised"), ("a2", "1.1", "agreed")}


def test_nothing_is_noted_while_members_fill_in_their_sheets():
    world = Communes().submit_all({"a1": relative(140), "a2": relative(120)})
    scoring.recall(world.sheet("a1"), by=world.head("a1"))
    world.fill("a1", relative(200))
    assert moved() == set()


def test_a_returned_sheet_moves_the_claimed_points_of_the_others(communes):
    scoring.return_sheet(communes.sheet("a1"), reason="Bổ sung", by=communes.deputy)
    score = communes.score("a1", "1.1")
    scoring.claim(
        score,
        inputs={"actual": "160", "target": "100"},
        explanation=EXPLANATION,
        version=score.version,
        by=communes.officer("a1"),
    )
    # The appraised column repeats the claimed one, and is not noted again.
    assert moved() == {("a2", "1.1", "claimed")}


# --- averages and derived criteria


def test_the_average_of_the_others_moves_whom_the_criterion_does_not_apply_to():
    world = Departments().open_appraisal()
    appraise(world, "a2", "I.2.1", {"value": "60"})
    assert moved() == {("a3", "I.2.1", "appraised")}
    [row] = Recalculation.objects.all()
    assert row.cause.score == world.score("a2", "I.2.1")
    assert (format(row.old_points, ".2f"), format(row.new_points, ".2f")) == ("4.00", "3.50")


def test_a_derived_criterion_moves_with_the_rest_of_its_own_sheet():
    world = Departments().open_appraisal()
    appraise(world, "a2", "I.1.1", {"value": "85"})  # six points less than claimed
    assert moved() == {("a2", "IV.4", "appraised")}
    [row] = Recalculation.objects.all()
    assert (row.old_points, row.new_points) == (1.5, 0.5)
    printed = live_table(world.review).row_of("a2").leaves["IV.4"]["appraised"]
    assert printed == format(row.new_points, ".2f")


def test_a_derived_criterion_counts_the_relative_ones_of_its_sheet():
    """a3 loses three points of the relative criterion, then four of another: seven in all."""
    assert RelativeAndDerived.criteria_text != Departments.criteria_text
    first = {"I.1.2": {"actual": "140", "target": "100"}}
    world = RelativeAndDerived().open_appraisal(dict.fromkeys(("a1", "a2", "a3"), first))
    appraise(world, "a3", "I.1.2", {"actual": "100", "target": "100"})
    appraise(world, "a3", "I.1.1", {"value": "90"})
    noted = Recalculation.objects.filter(sheet=world.sheet("a3"), criterion__code="IV.4")
    assert [(row.old_points, row.new_points) for row in noted] == [(1.5, 1), (1, 0.5)]
    printed = live_table(world.review).row_of("a3").leaves["IV.4"]["appraised"]
    assert printed == "0.50"


# --- the record


def test_the_database_refuses_to_alter_or_remove_a_recalculation(communes):
    appraise(communes, "a1", "1.1", {"actual": "130", "target": "100"})
    with pytest.raises(DatabaseError), transaction.atomic():
        Recalculation.objects.update(new_points=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        Recalculation.objects.all().delete()
    assert Recalculation.objects.count() == 1
