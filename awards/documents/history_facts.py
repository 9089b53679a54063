"""The history of a score from the rows that the database lets nobody alter."""

from __future__ import annotations

from django.utils import timezone, translation

from awards.documents import facts
from awards.documents.facts import Numbering
from awards.documents.history import ScoreHistory, Value, Writing
from blocs.models import Membership, Office
from scoring.criteria import rules_of
from scoring.models import Score, ScoreChange, ScoreStage
from scoring.rule_text import figures_text

STAGES = {
    ScoreStage.CLAIMED: "Tự chấm",
    ScoreStage.APPRAISED: "Thẩm định",
    ScoreStage.AGREED: "Hội nghị thống nhất",
}


def gather(score: Score, _numbering: Numbering) -> ScoreHistory:
    """Every writing, the oldest first: whoever may read this paper may read all stages."""
    rows = Membership.objects.with_names().select_related("review__bloc__province")
    membership = rows.get(pk=score.sheet.membership_id)
    review = membership.review
    rules = rules_of(score.criterion.criteria_set)
    leaf = rules.find(score.criterion.code)
    changes = ScoreChange.objects.filter(score=score).select_related("by", "by_agency")
    with translation.override("vi"):  # the papers are Vietnamese whatever the reader's screen
        writings = tuple(
            Writing(
                at=timezone.localtime(change.at),
                stage=STAGES[ScoreStage(change.stage)],
                before=Value(change.old_points, figures_text(leaf, change.old_inputs)),
                after=Value(change.new_points, figures_text(leaf, change.new_inputs)),
                reason=change.reason,
                by=str(change.by),
                agency=change.by_agency.name_on(review.last_day).short,
                office=facts.OFFICES[Office(change.office)],
            )
            for change in changes.prefetch_related("by_agency__names").order_by("pk")
        )
    return ScoreHistory(
        header=facts.header(review, Numbering("", "", None)),
        member=membership.name,
        bloc=review.bloc.full_name,
        year=review.year,
        code=score.criterion.code,
        criterion=score.criterion.name,
        max=leaf.max,
        places=rules.places,
        writings=writings,
    )
