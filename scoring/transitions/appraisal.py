"""Appraisal: others set points beside the claimed ones, with reasons; nobody their own."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.models import Membership, Phase, Review, User
from blocs.permissions import require
from blocs.readiness import require_ready
from blocs.workflow import holding, moving
from scoring import permissions as may
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Criterion as Leaf
from scoring.kernel.entries import read_points
from scoring.models import Criterion, Score, ScoreStage, Sheet, SheetStatus
from scoring.readiness import missing_to_finish_appraisal, missing_to_open_appraisal
from scoring.recalculation import holding_sheet, leaf_of, recalculating
from scoring.scores import Figures, Value, held_score, value_of, write


def open_appraisal(review: Review, *, by: User) -> Review:
    """Begin the appraisal: every ranked member has submitted, every sheet has an appraiser."""
    with moving(review, Phase.APPRAISAL, by=by) as held:
        require(may.can_open_appraisal(by, held))
        hold_sheets(held)
        require_ready(missing_to_open_appraisal(held))
    return held


def hold_sheets(review: Review) -> None:
    """Nobody moves a sheet of this review, or writes a score, until the transaction ends."""
    list(
        Sheet.objects.filter(membership__review=review)
        .order_by("pk")
        .select_for_update(of=("self",), no_key=True)
    )


def name_appraiser(sheet: Sheet, membership: Membership, *, by: User) -> Sheet:
    """Say which member appraises a sheet: leader, deputy, or another one as a cross-check."""
    with holding(sheet) as held:
        require(may.can_name_appraiser(by, held))
        if membership.review_id != held.membership.review_id:
            raise ValidationError(_("This agency is not a member of the review."))
        if membership == held.membership:
            raise ValidationError(_("Nobody appraises their own agency."))
        held.appraiser = membership
        held.save()
        return held


def appraise(
    score: Score,
    *,
    inputs: Figures | None = None,
    points: Decimal | None = None,
    reason: str,
    version: int,
    provisional: bool | None = None,
    by: User,
) -> Score:
    """Set one criterion's appraised figures, or its points directly; a difference has a reason.

    Figures or points equal to the claim are its acceptance. ``provisional`` says whether the
    final figure is still to come; None leaves that as it is. Raises ``Stale``, ``InputError`` or
    ``ValidationError``.
    """
    written = leaf_of(score)
    with (
        holding_sheet(score.sheet, against_bloc=written.needs_bloc) as sheet,
        recalculating(sheet, [written]),
    ):
        require(may.can_appraise(by, sheet))
        return set_appraised(
            score,
            sheet,
            inputs=inputs,
            points=points,
            reason=reason,
            version=version,
            provisional=provisional,
            by=by,
        )


def set_appraised(
    score: Score,
    sheet: Sheet,
    *,
    inputs: Figures | None,
    points: Decimal | None,
    reason: str,
    version: int,
    provisional: bool | None = None,
    by: User,
) -> Score:
    """Write the appraised value. The caller holds the sheet and has asked for the right."""
    held, rules, leaf = held_score(score, sheet, version)
    if leaf.set_by is not None:
        raise ValidationError(_("The conference decides on this criterion."))
    before = Value(held.claimed_inputs, held.claimed)
    value = overlay(rules, leaf, before=before, inputs=inputs, points=points)
    if provisional is not None:
        held.is_provisional = provisional and leaf.late_data
    return _write_appraisal(held, value, reason, by=by, sheet=sheet, at=timezone.now())


def overlay(
    rules: Rules,
    leaf: Leaf,
    *,
    before: Value,
    inputs: Figures | None,
    points: Decimal | None,
) -> Value:
    """What a later stage makes of the value before: other figures, other points, or the same."""
    if leaf.auto:
        raise ValidationError(_("This criterion is filled in by the system."))
    if inputs is not None:
        value = value_of(rules, leaf, inputs)
        # The same figures are an acceptance, and leave no second copy behind.
        return Value(None, value.points) if value.inputs == before.inputs else value
    if points is None:
        return Value(None, before.points)
    if points == before.points:
        return Value(None, points)
    return Value(None, read_points(rules, leaf, format(points, "f")))


def require_reason(value: Value, before: Value, reason: str) -> None:
    """What differs from the stage before needs a reason."""
    differs = value.inputs is not None or value.points != before.points
    if differs and not reason.strip():
        raise ValidationError({"reason": _("Give the reason for the difference.")})


def _write_appraisal(
    score: Score,
    value: Value,
    reason: str,
    *,
    by: User,
    sheet: Sheet,
    at: datetime.datetime,
) -> Score:
    require_reason(value, Value(score.claimed_inputs, score.claimed), reason)
    score.appraisal_reason = reason.strip()
    score.appraised_at = at
    return write(score, ScoreStage.APPRAISED, value, reason=reason, by=by, sheet=sheet, at=at)


def accept(sheet: Sheet, scores: Sequence[Score], *, by: User) -> int:
    """Accept these criteria as claimed, each with its own row of history; how many there were.

    Criteria that have been appraised already stay as they are.
    """
    now = timezone.now()
    with holding(sheet) as held:
        require(may.can_appraise(by, held))
        rows = Score.objects.filter(
            sheet=held, pk__in=[score.pk for score in scores], appraised_at=None
        ).exclude(criterion__document__has_key="set_by")
        for score in rows:
            _write_appraisal(score, Value(None, score.claimed), "", by=by, sheet=held, at=now)
        return len(rows)


def finish_appraisal(sheet: Sheet, *, by: User) -> Sheet:
    """Close the appraisal of one sheet; every criterion has been looked at."""
    with moving(sheet, SheetStatus.APPRAISED, by=by) as held:
        require(may.can_finish_appraisal(by, held))
        require_ready(missing_to_finish_appraisal(held))
        now = timezone.now()
        held.appraised_at = now
        held.appraised_by = by
        held.objections_until = last_day_of_objections(held.membership.review, now)
    return held


def last_day_of_objections(review: Review, now: datetime.datetime) -> datetime.date | None:
    """The term counts whole days after today; None where the review gives no term."""
    days = review.objection_days
    return timezone.localdate(now) + datetime.timedelta(days=days) if days else None


def return_sheet(
    sheet: Sheet, *, reason: str, criteria: Collection[Criterion] = (), by: User
) -> Sheet:
    """Send the sheet back for supplement; submitting it again is not late.

    With ``criteria`` the member may change those only, else the whole sheet.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say what has to be supplemented.")})
    with transaction.atomic():
        with moving(sheet, SheetStatus.RETURNED, by=by, note=reason.strip()) as held:
            require(may.can_return(by, held))
            _require_entered(held, criteria)
        held.changes.latest("pk").criteria.set(criteria)
    return held


def _require_entered(sheet: Sheet, criteria: Collection[Criterion]) -> None:
    """Only what the member itself fills in can be supplemented by it."""
    entered = set(
        sheet.scores.exclude(criterion__document__has_key="set_by").values_list(
            "criterion_id", flat=True
        )
    )
    if not {criterion.pk for criterion in criteria} <= entered:
        raise ValidationError({"criteria": _("The member does not fill in this criterion.")})


def resume_appraisal(sheet: Sheet, *, reason: str, by: User) -> Sheet:
    """Take up a finished appraisal again, before the table is approved."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the appraisal is taken up again.")})
    with moving(sheet, SheetStatus.SUBMITTED, by=by, note=reason.strip()) as held:
        require(may.can_resume_appraisal(by, held))
        held.appraised_at = held.appraised_by = None
        held.objections_until = held.accepted_at = held.accepted_by = None
    return held
