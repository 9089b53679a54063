"""Objections: raised within the term, answered one by one, or carried to the conference."""

from __future__ import annotations

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.models import Phase, User
from blocs.permissions import require
from blocs.vietnamese import tidy
from blocs.workflow import IllegalMove, holding, moving
from scoring import permissions as may
from scoring.models import Objection, ObjectionStatus, Score, Sheet
from scoring.recalculation import holding_sheet, leaf_of, recalculating
from scoring.scores import Figures

from .appraisal import set_appraised
from .evidence import Document, checked_document, store_document


def accept_appraisal(sheet: Sheet, *, by: User) -> Sheet:
    """The member agrees to its appraised points; the term for objections ends at once."""
    now = timezone.now()
    with holding(sheet) as held:
        require(may.can_accept_appraisal(by, held, timezone.localdate(now)))
        if Objection.objects.filter(score__sheet=held, status=ObjectionStatus.OPEN).exists():
            raise ValidationError(_("Withdraw your objections first, or wait for the answers."))
        held.accepted_at, held.accepted_by = now, by
        held.save()
        return held


def object_to(
    score: Score,
    *,
    reason: str,
    document: Document | None = None,
    by: User,
) -> Objection:
    """Contest the appraised points of one criterion, with a document that proves it if any."""
    now = timezone.now()
    checked = checked_document(document) if document is not None else None
    with holding(score.sheet) as sheet:
        require(may.can_object(by, sheet, timezone.localdate(now)))
        if not reason.strip():
            raise ValidationError({"reason": _("Say why the appraised points are not right.")})
        held = Score.objects.select_related("criterion").get(pk=score.pk, sheet=sheet)
        if not held.is_appraised:
            raise ValidationError(_("There is no appraisal of this criterion to object to."))
        objection = Objection(score=held, reason=tidy(reason), raised_by=by, raised_at=now)
        objection.full_clean()
        objection.save()
        if document is not None:
            evidence = store_document(document, checked, sheet=sheet, by=by)
            evidence.scores.add(held)
            objection.evidence.add(evidence)
        return objection


def withdraw_objection(objection: Objection, *, by: User) -> Objection:
    with (
        holding(objection.score.sheet),
        moving(objection, ObjectionStatus.WITHDRAWN, by=by) as held,
    ):
        require(may.can_withdraw_objection(by, held))
    return held


def answer_objection(
    objection: Objection,
    *,
    reply: str,
    inputs: Figures | None = None,
    points: Decimal | None = None,
    version: int,
    by: User,
) -> Objection:
    """Answer in words, and with other figures or points where the member is right.

    Without figures and points the appraisal stays as it is. Raises ``Stale`` when the score was
    changed since ``version`` was read, ``InputError`` when a figure is wrong.
    """
    written = leaf_of(objection.score)
    with (
        holding_sheet(objection.score.sheet, against_bloc=written.needs_bloc) as sheet,
        recalculating(sheet, [written]),
        moving(objection, ObjectionStatus.ANSWERED, by=by) as held,
    ):
        require(may.can_answer_objection(by, held))
        _reply(held, reply, by)
        if inputs is not None or points is not None:
            set_appraised(
                held.score,
                sheet,
                inputs=inputs,
                points=points,
                reason=reply,
                version=version,
                by=by,
            )
    return held


def _reply(objection: Objection, reply: str, by: User) -> None:
    if not reply.strip():
        raise ValidationError({"reply": _("Answer the objection in words.")})
    objection.reply = tidy(reply)
    objection.replied_by = by
    objection.replied_at = timezone.now()


def carry_objection(objection: Objection, *, by: User) -> Objection:
    """Put an open objection on the agenda: the table may then be circulated."""
    with holding(objection.score.sheet), moving(objection, ObjectionStatus.CARRIED, by=by) as held:
        require(may.can_carry_objection(by, held))
    return held


def settle_objection(objection: Objection, *, reply: str, by: User) -> Objection:
    """Write down what the conference said to a carried objection.

    Where it changed the points, they are agreed as any score in the room.
    """
    with moving(objection, ObjectionStatus.SETTLED, by=by) as held:
        review = held.score.sheet.membership.review
        require(may.can_agree(by, review))
        if not review.is_in(Phase.CONFERENCE):
            raise IllegalMove(_("Objections are settled at the conference."))
        _reply(held, reply, by)
    return held
