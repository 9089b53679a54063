"""Points that move because other data moved, noted in the history as "tính lại" (reading 8).

A criterion that is compared with the other members moves their points too, a derived one moves
with the rest of its own sheet. While members still fill in their sheets nothing of this is
computed: those columns are blank until all have submitted (docs/scoring-rules.md, 6 and 9).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager

from django.utils import timezone

from blocs.models import Phase
from blocs.workflow import holding
from scoring.cases import adopted_set, case_of
from scoring.criteria import rules_of
from scoring.kernel.criteria import Criterion as Leaf
from scoring.kernel.criteria import Stage
from scoring.kernel.tabulation import Tabulation, recomputed, tabulate
from scoring.models import Criterion, Recalculation, Score, ScoreChange, ScoreStage, Sheet

STAGES = {
    Stage.CLAIMED: ScoreStage.CLAIMED,
    Stage.APPRAISED: ScoreStage.APPRAISED,
    Stage.AGREED: ScoreStage.AGREED,
}


def leaf_of(score: Score) -> Leaf:
    return rules_of(score.criterion.criteria_set).find(score.criterion.code)


@contextmanager
def holding_sheet(sheet: Sheet, *, against_bloc: bool) -> Iterator[Sheet]:
    """Lock a sheet; where the bloc is compared, the review before it.

    Two members' figures of one compared criterion then never change at the same time, and each
    recalculation has one cause.
    """
    with ExitStack() as locks:
        if against_bloc:
            locks.enter_context(holding(sheet.membership.review))
        yield locks.enter_context(holding(sheet))


@contextmanager
def recalculating(sheet: Sheet, entered: Collection[Leaf]) -> Iterator[None]:
    """Note what the block moves besides the criteria ``entered`` on this sheet.

    The caller holds the sheet, and the review where a criterion is compared with the bloc. The
    last row of history that the block writes on the sheet is the cause.
    """
    review = sheet.membership.review
    criteria_set = adopted_set(review) if review.has_reached(Phase.APPRAISAL) else None
    rules = rules_of(criteria_set) if criteria_set is not None else None
    against_bloc = any(leaf.needs_bloc for leaf in entered)
    if rules is None or not (against_bloc or any(leaf.derived for leaf in rules.leaves)):
        yield
        return

    # A derived criterion sums up the relative ones too: they need the bloc beside the sheet.
    whole = against_bloc or any(leaf.rule.kind == "relative" for leaf in rules.leaves)

    def table() -> Tabulation:
        assert criteria_set is not None  # noqa: S101 -- returned above
        return tabulate(*case_of(review, criteria_set, None if whole else [sheet.membership]))

    before = table()
    yield
    _note(sheet, before, table(), entered)


def _note(sheet: Sheet, before: Tabulation, after: Tabulation, entered: Collection[Leaf]) -> None:
    review, slug = sheet.membership.review, sheet.membership.agency.slug
    against_bloc = any(leaf.needs_bloc for leaf in entered)
    moved = [
        one
        for one in recomputed(before, after, {(slug, leaf.code) for leaf in entered})
        # Without the lock on the review another sheet may have moved in between, by itself.
        if against_bloc or one.slug == slug
        # A stage that repeats the one before it has moved with it; only the first is noted.
        if not _repeats(one.slug, one.code, one.stage, before, after)
    ]
    if not moved:
        return
    cause = ScoreChange.objects.filter(score__sheet=sheet).latest("pk")
    criteria = {row.code: row for row in Criterion.objects.filter(criteria_set__review=review)}
    sheets = {
        row.membership.agency.slug: row
        for row in Sheet.objects.of(review).select_related("membership__agency")
    }
    now = timezone.now()
    Recalculation.objects.bulk_create(
        Recalculation(
            sheet=sheets[one.slug],
            criterion=criteria[one.code],
            stage=STAGES[one.stage],
            old_points=one.before,
            new_points=one.after,
            cause=cause,
            at=now,
        )
        for one in moved
    )


def _repeats(slug: str, code: str, stage: Stage, before: Tabulation, after: Tabulation) -> bool:
    """Whether a stage shows what the stage before it shows, before and after."""
    order = list(Stage)
    if stage is order[0]:
        return False
    former = order[order.index(stage) - 1]
    tables = [{**one.members[slug].leaves, **one.members[slug].extras} for one in (before, after)]
    return all(table[code].points[stage] == table[code].points[former] for table in tables)
