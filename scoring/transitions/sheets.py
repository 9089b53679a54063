"""The member's own sheet: filled in row by row, sent to the head, submitted, recalled."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.models import Office, Phase, Review, User
from blocs.permissions import require
from blocs.readiness import require_ready
from blocs.workflow import Stale, holding, moving
from scoring import permissions as may
from scoring.models import (
    CriteriaSet,
    CriteriaStatus,
    Exemption,
    Extension,
    Score,
    ScoreStage,
    Sheet,
    SheetStatus,
)
from scoring.readiness import missing_to_open_self_scoring, missing_to_submit
from scoring.recalculation import holding_sheet, leaf_of, recalculating
from scoring.scores import Claim, Figures, held_score, value_of, write


def open_self_scoring(review: Review, *, by: User) -> Review:
    """Give every member its sheet: a row for each criterion that applies and a person fills in.

    The leader appraises the others, the deputy the leader; without a deputy the leader's sheet
    waits for the board to name an appraiser.
    """
    with moving(review, Phase.SELF_SCORING, by=by) as held:
        require(may.can_open_self_scoring(by, held))
        require_ready(missing_to_open_self_scoring(held))
        members = list(held.memberships.in_order())
        leader = next(member for member in members if member.office == Office.LEADER)
        deputy = next((member for member in members if member.office == Office.DEPUTY), None)
        sheets = Sheet.objects.bulk_create(
            Sheet(membership=member, appraiser=deputy if member == leader else leader)
            for member in members
        )
        criteria_set = CriteriaSet.objects.get(review=held, status=CriteriaStatus.ADOPTED)
        exempt = set(
            Exemption.objects.filter(criterion__criteria_set=criteria_set).values_list(
                "membership_id", "criterion_id"
            )
        )
        Score.objects.bulk_create(
            Score(sheet=sheet, criterion=criterion, ceiling=criterion.max_points)
            for sheet in sheets
            for criterion in criteria_set.criteria.answerable()
            if (sheet.membership_id, criterion.pk) not in exempt
        )
    return held


def claim(
    score: Score,
    *,
    inputs: Figures | None,
    explanation: str,
    version: int,
    provisional: bool | None = None,
    by: User,
) -> Score:
    """Save what the member claims for one criterion; ``inputs`` None makes it blank again.

    ``provisional``: whether the final figure is still to come, where the criterion's data arrive
    late; None leaves that as it is.
    Raises ``Stale`` when a colleague saved in between, ``InputError`` when a figure is wrong.
    """
    now, written = timezone.now(), leaf_of(score)
    one = Claim(score, version, inputs, explanation, provisional)
    with (
        holding_sheet(score.sheet, against_bloc=written.needs_bloc) as sheet,
        recalculating(sheet, [written]),
    ):
        return _write_claim(sheet, one, by=by, at=now)


def fill_from_workbook(sheet: Sheet, claims: Sequence[Claim], *, by: User) -> list[Score]:
    """Save every claim of a workbook, or none of them.

    Raises ``Stale``, which names the criterion, when one of them has changed since the preview.
    """
    now, written = timezone.now(), [leaf_of(one.score) for one in claims]
    against_bloc = any(leaf.needs_bloc for leaf in written)
    with (
        holding_sheet(sheet, against_bloc=against_bloc) as held,
        recalculating(held, written),
    ):
        return [_claim_of_workbook(held, one, by=by, at=now) for one in claims]


def _claim_of_workbook(sheet: Sheet, claim: Claim, *, by: User, at: datetime.datetime) -> Score:
    try:
        return _write_claim(sheet, claim, by=by, at=at)
    except Stale as error:
        raise Stale(
            _(
                "%(code)s was changed on the portal after this preview: nothing has been written. "
                "Upload the workbook again."
            )
            % {"code": claim.score.criterion.code}
        ) from error


def _write_claim(sheet: Sheet, claim: Claim, *, by: User, at: datetime.datetime) -> Score:
    """Write one claim. The caller holds the sheet's lock."""
    require(may.can_enter_score(by, sheet, claim.score))
    held, rules, leaf = held_score(claim.score, sheet, claim.version)
    if leaf.set_by is not None:
        raise ValidationError(_("The conference decides on this criterion."))
    held.explanation = claim.explanation
    if claim.provisional is not None:
        held.is_provisional = claim.provisional and leaf.late_data and claim.inputs is not None
    # An appraisal of the former claim says nothing of the new one; its history stays.
    held.appraised_at = held.appraised = held.appraised_inputs = None
    held.appraisal_reason = ""
    value = value_of(rules, leaf, claim.inputs)
    return write(
        held, ScoreStage.CLAIMED, value, reason=claim.explanation, by=by, sheet=sheet, at=at
    )


def send_to_head(sheet: Sheet, *, by: User) -> Sheet:
    """The officer hands the sheet to the head of agency."""
    with moving(sheet, SheetStatus.WITH_HEAD, by=by) as held:
        require(may.can_send_to_head(by, held))
        require_ready(missing_to_submit(held))
    return held


def take_back(sheet: Sheet, *, note: str = "", by: User) -> Sheet:
    """The sheet goes from the head back to the officer."""
    with moving(sheet, SheetStatus.DRAFT, by=by, note=note) as held:
        require(may.can_take_back(by, held))
    return held


def submit(sheet: Sheet, *, by: User) -> Sheet:
    """Submit the sheet: refused while a criterion is blank; 0 is an answer.

    The time of receipt is the server's; the last submission that was not asked for decides
    whether the sheet is late (docs/scoring-rules.md, 15).
    """
    with moving(sheet, SheetStatus.SUBMITTED, by=by) as held:
        require(may.can_submit(by, held))
        require_ready(missing_to_submit(held))
        held.submitted_at = timezone.now()
        held.submitted_by = by
    return held


def recall(sheet: Sheet, *, note: str = "", by: User) -> Sheet:
    """Take a submitted sheet back before appraisal; the next submission counts anew."""
    with moving(sheet, SheetStatus.DRAFT, by=by, note=note) as held:
        require(may.can_recall(by, held))
    return held


def grant_extension(sheet: Sheet, *, to: datetime.date, reason: str, by: User) -> Extension:
    """Move one member's due day; only before that day has begun (docs/scoring-rules.md, 16)."""
    now = timezone.now()
    with holding(sheet) as held:
        require(may.can_grant_extension(by, held))
        review = held.membership.review
        due = review.scores_due
        if due is None or timezone.localdate(now) >= due:
            raise ValidationError(_("An extension is granted before the due day begins."))
        if to <= due:
            raise ValidationError({"to": _("The new day must lie after the due day.")})
        if not reason.strip():
            raise ValidationError({"reason": _("Give the reason of the extension.")})
        return Extension.objects.create(
            membership=held.membership,
            to=to,
            reason=reason.strip(),
            granted_at=now,
            granted_by=by,
            granted_for=review.memberships.get(agency=by.agency),
        )
