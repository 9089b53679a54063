"""The summary table: approved by its content, changed in the room with reasons, adopted."""

from __future__ import annotations

from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.models import Phase, Review, User
from blocs.permissions import require
from blocs.readiness import require_ready
from blocs.workflow import IllegalMove, Stale, holding, moving
from scoring import permissions as may
from scoring.models import Score, ScoreStage, Summary, SummaryStatus
from scoring.readiness import missing_to_approve
from scoring.recalculation import holding_sheet, leaf_of, recalculating
from scoring.scores import Figures, Value, held_score, write
from scoring.tables import Table, live_table

from .appraisal import hold_sheets, overlay, require_reason


def approve_summary(review: Review, *, seen: str, by: User) -> Summary:
    """Approve the table whose content has the hash ``seen``, and circulate it to the members.

    Raises ``Stale`` when the table has moved since it was read, ``NotReady`` while an appraisal
    or a record is missing.
    """
    with moving(review, Phase.CONFERENCE, by=by) as held:
        require(may.can_approve_summary(by, held))
        hold_sheets(held)
        table = live_table(held)
        require_ready(missing_to_approve(held, table))
        require_seen(table, seen)
        return store_table(held, table, by=by)


def adopt_summary(review: Review, *, seen: str, by: User) -> Summary:
    """Freeze the table as the conference adopted it.

    Where scores were agreed in the room the adopted table is a new version, and the approved one
    is superseded.
    """
    with holding(review) as held:
        require(may.can_adopt_summary(by, held))
        hold_sheets(held)
        approved = Summary.objects.filter(review=held, status=SummaryStatus.APPROVED).first()
        if approved is None:
            raise IllegalMove(_("The table has been adopted already."))
        table = live_table(held)
        require_seen(table, seen)
        summary = approved
        if approved.sha256 != table.sha256:
            with moving(approved, SummaryStatus.SUPERSEDED, by=by):
                pass
            summary = store_table(held, table, by=by)
        with moving(summary, SummaryStatus.ADOPTED, by=by) as adopted:
            adopted.adopted_at = timezone.now()
        return adopted


def require_seen(table: Table, seen: str) -> None:
    """Raise ``Stale`` unless the table is the one that was read."""
    if table.sha256 != seen:
        raise Stale(_("The table has changed since you read it."))


def store_table(review: Review, table: Table, *, by: User) -> Summary:
    """The table as the review's next version. The caller holds the review and its sheets."""
    last = Summary.objects.filter(review=review).order_by("-version").first()
    return Summary.objects.create(
        review=review,
        version=last.version + 1 if last else 1,
        canonical=table.canonical,
        sha256=table.sha256,
        approved_at=timezone.now(),
        approved_by=by,
    )


def _refuse_adopted(review: Review) -> None:
    if Summary.objects.filter(review=review, status=SummaryStatus.ADOPTED).exists():
        raise IllegalMove(_("The table has been adopted; its scores stand."))


def agree(
    score: Score,
    *,
    inputs: Figures | None = None,
    points: Decimal | None = None,
    reason: str,
    version: int,
    provisional: bool | None = None,
    by: User,
) -> Score:
    """Set one criterion as the conference agrees it; a difference has a reason.

    ``provisional`` as with the appraisal.
    """
    now = timezone.now()
    written = leaf_of(score)
    with (
        holding_sheet(score.sheet, against_bloc=written.needs_bloc) as sheet,
        recalculating(sheet, [written]),
    ):
        require(may.can_agree(by, sheet.membership.review))
        _refuse_adopted(sheet.membership.review)
        held, rules, leaf = held_score(score, sheet, version)
        before = Value(held.appraised_inputs or held.claimed_inputs, held.appraised)
        value = overlay(rules, leaf, before=before, inputs=inputs, points=points)
        require_reason(value, before, reason)
        held.agreement_reason = reason.strip()
        held.agreed_at = now
        if provisional is not None:
            held.is_provisional = provisional and leaf.late_data
        return write(held, ScoreStage.AGREED, value, reason=reason, by=by, sheet=sheet, at=now)
