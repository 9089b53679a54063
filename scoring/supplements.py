"""What a member has changed since its sheet was returned for supplement."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from scoring.kernel.cases import Member
from scoring.kernel.lateness import EventKind
from scoring.models import Score, ScoreChange, ScoreStage


def returned_at(member: Member) -> datetime.datetime | None:
    """When the sheet was returned for the last time."""
    events = member.submission.events if member.submission is not None else ()
    returns = [event.at for event in events if event.kind is EventKind.SUPPLEMENT_REQUESTED]
    return max(returns, default=None)


def changed_ids(scores: Sequence[Score], since: datetime.datetime) -> set[int]:
    """Ids of the scores claimed anew, or given evidence: one query, the evidence being there."""
    claimed = ScoreChange.objects.filter(
        score__in=[score.pk for score in scores], stage=ScoreStage.CLAIMED, at__gte=since
    )
    proved = {
        score.pk
        for score in scores
        if any(document.added_at >= since for document in score.evidence.all())
    }
    return proved | set(claimed.values_list("score_id", flat=True))


def changed_rows(scores: Sequence[Score], member: Member) -> dict[int, str]:
    """Each changed row, by the score's id, with the place of the next one; the last has the first.

    Nothing where the sheet was never returned.
    """
    since = returned_at(member)
    if since is None:
        return {}
    changed = changed_ids(scores, since)
    order = [score.pk for score in scores if score.pk in changed]
    return {
        pk: f"#score-{following}"
        for pk, following in zip(order, order[1:] + order[:1], strict=True)
    }
