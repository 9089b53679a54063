"""The history of one score, in words."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scoring.criteria import rules_of
from scoring.models import Score, ScoreStage
from scoring.rule_text import figures_text


@dataclass(frozen=True)
class HistoryLine:
    """One writing: what stood there before and after, why, and by whom."""

    stage: str
    before: Decimal | None
    before_figures: str
    after: Decimal | None
    after_figures: str
    reason: str
    by: str
    agency: str
    office: str
    at: datetime.datetime


def history_of(score: Score, *, with_appraisal: bool) -> list[HistoryLine]:
    """The newest first; only the claims while the appraisal is not to be read yet."""
    changes = score.changes.select_related("by", "by_agency").prefetch_related("by_agency__names")
    if not with_appraisal:
        changes = changes.filter(stage=ScoreStage.CLAIMED)
    leaf = rules_of(score.criterion.criteria_set).find(score.criterion.code)
    last_day = score.sheet.membership.review.last_day

    def figures(inputs: dict[str, Any] | None) -> str:
        return figures_text(leaf, inputs)

    return [
        HistoryLine(
            stage=change.get_stage_display(),
            before=change.old_points,
            before_figures=figures(change.old_inputs),
            after=change.new_points,
            after_figures=figures(change.new_inputs),
            reason=change.reason,
            by=str(change.by),
            agency=change.by_agency.name_on(last_day).short,
            office=change.get_office_display(),
            at=change.at,
        )
        for change in changes.order_by("-pk")
    ]
