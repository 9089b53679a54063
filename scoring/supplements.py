"""What a member has changed since its sheet was returned for supplement."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from django.db.models import Max

from scoring.kernel.cases import Member
from scoring.kernel.lateness import EventKind
from scoring.models import Score, ScoreChange, ScoreStage


def returned_at(member: Member) -> datetime.datetime | None:
    """When the sheet was returned for the last time."""
    events = member.submission.events if member.submission is not None else ()
    returns = [event.at for event in events if event.kind is EventKind.SUPPLEMENT_REQUESTED]
    return max(returns, default=None)


def changed_ids(scores: Sequence[Score], since: Mapping[int, datetime.datetime]) -> set[int]:
    """Ids of the scores claimed anew, or given evidence, since the return of their sheet (by id).

    One query, the evidence being there; none where nothing was returned.
    """
    returned = [score for score in scores if score.sheet_id in since]
    if not returned:
        return set()
    claims = ScoreChange.objects.filter(
        score__in=[score.pk for score in returned], stage=ScoreStage.CLAIMED
    )
    last = dict(claims.values_list("score_id").annotate(Max("at")))
    return {
        score.pk
        for score in returned
        if any(
            moment >= since[score.sheet_id]
            for moment in (
                *([last[score.pk]] if score.pk in last else []),
                *(document.added_at for document in score.evidence.all()),
            )
        )
    }


def changed_rows(scores: Sequence[Score], member: Member) -> dict[int, str]:
    """Each changed row, by the score's id, with the place of the next one; the last has the first.

    Nothing where the sheet was never returned.
    """
    moment = returned_at(member)
    since = {score.sheet_id: moment for score in scores} if moment is not None else {}
    changed = changed_ids(scores, since)
    order = [score.pk for score in scores if score.pk in changed]
    return {
        pk: f"#score-{following}"
        for pk, following in zip(order, order[1:] + order[:1], strict=True)
    }
