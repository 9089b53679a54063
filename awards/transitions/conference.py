"""The conference: planning, attendance, remarks, resolutions, scores in the room, closing."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from awards import permissions as may
from awards.models import (
    Attendance,
    Award,
    Conference,
    ConferenceStatus,
    Delegate,
    Dossier,
    FlagHandover,
    Proposal,
    Remark,
    Reservation,
    Resolution,
    ResolutionKind,
)
from awards.readiness import missing_to_close
from blocs.models import Membership, Office, Phase, Review, User
from blocs.permissions import require
from blocs.readiness import require_ready
from blocs.transitions import continue_review
from blocs.workflow import IllegalMove, holding, moving
from scoring import transitions as scoring
from scoring.models import Objection, ObjectionStatus, Score, Summary, SummaryStatus


def plan_conference(review: Review, *, fields: Mapping[str, object], by: User) -> Conference:
    """Set or change day, venue, chair and secretary, until the conference is closed."""
    with holding(review) as held:
        require(may.can_plan_conference(by, held))
        conference = Conference.objects.filter(review=held).first() or Conference(review=held)
        if conference.is_closed:
            raise IllegalMove(_("The conference has been closed."))
        for field, value in fields.items():
            setattr(conference, field, value)
        conference.full_clean()
        conference.save()
        return conference


def open_conference(conference: Conference, *, by: User) -> Conference:
    """Open the session: from now on its record is kept."""
    with moving(conference, ConferenceStatus.OPEN, by=by) as held:
        require(may.can_open_conference(by, held))
    return held


def record_attendance(
    conference: Conference, *, presences: Mapping[int, tuple[bool, str]], by: User
) -> None:
    """Write down for members (by id) whether they are present, or why not."""
    with holding(conference) as held:
        require(may.can_record(by, held))
        members = set(held.review.memberships.values_list("pk", flat=True))
        for membership, (present, reason) in presences.items():
            if membership not in members:
                raise ValidationError(_("This agency is not a member of the review."))
            if not present and not reason:
                raise ValidationError(_("Say why the member is absent."))
            Attendance.objects.update_or_create(
                conference=held,
                membership_id=membership,
                defaults={"present": present, "absence_reason": "" if present else reason},
            )


def add_delegate(
    conference: Conference, *, membership: Membership | None, name: str, position: str, by: User
) -> Delegate:
    """Note a delegate of a member, or (without a member) a guest."""
    with holding(conference) as held:
        require(may.can_record(by, held))
        _require_of(held.review_id, membership)
        return held.delegates.create(membership=membership, name=name, position=position)


def remove_delegate(delegate: Delegate, *, by: User) -> None:
    with holding(delegate.conference) as held:
        require(may.can_record(by, held))
        delegate.delete()


def add_remark(
    conference: Conference, *, membership: Membership | None, speaker: str, text: str, by: User
) -> Remark:
    """Note in short what a member or a guest said."""
    with holding(conference) as held:
        require(may.can_record(by, held))
        _require_of(held.review_id, membership)
        return held.remarks.create(membership=membership, speaker=speaker, text=text)


def remove_remark(remark: Remark, *, by: User) -> None:
    with holding(remark.conference) as held:
        require(may.can_record(by, held))
        remark.delete()


def agree_score(
    conference: Conference,
    score: Score,
    *,
    inputs: Mapping[str, object] | None = None,
    points: Decimal | None = None,
    reason: str,
    version: int,
    provisional: bool | None = None,
    by: User,
) -> Score:
    """Change one score in the room before the table is adopted, or after it was reopened."""
    with holding(conference) as held:
        require(may.can_agree_score(by, held))
        return scoring.agree(
            score,
            inputs=inputs,
            points=points,
            reason=reason,
            version=version,
            provisional=provisional,
            by=by,
        )


def settle_objection(
    conference: Conference, objection: Objection, *, reply: str, by: User
) -> Objection:
    """Write down what the conference said to an objection that was carried to it."""
    with holding(conference) as held:
        require(may.can_record(by, held))
        if objection.score.sheet.membership.review_id != held.review_id:
            raise ValidationError(_("This agency is not a member of the review."))
        return scoring.settle_objection(objection, reply=reply, by=by)


@dataclass(frozen=True)
class Votes:
    """How a resolution was voted: one vote for each member present."""

    method: str
    in_favour: int
    against: int = 0
    abstained: int = 0


def resolve(
    conference: Conference,
    *,
    kind: str,
    votes: Votes,
    by: User,
    text: str = "",
    membership: Membership | None = None,
    award: Award | None = None,
    office: str = "",
    reservations: Sequence[tuple[Membership, str]] = (),
    seen: str = "",
) -> Resolution:
    """Record a decision of the conference.

    Adopting the table carries the hash of what was read (``seen``) and freezes it. Awards are
    resolved on an adopted table only. Votes may not exceed the members present.
    """
    with holding(conference) as held:
        require(may.can_record(by, held))
        for member in (membership, *(member for member, _words in reservations)):
            _require_of(held.review_id, member)
        present = held.attendances.filter(present=True).count()
        if votes.in_favour + votes.against + votes.abstained > present:
            raise ValidationError(
                _("%(present)s members are present; that many votes at the most.")
                % {"present": present}
            )
        if kind == ResolutionKind.PROPOSE and _adopted(held) is None:
            raise ValidationError(_("Adopt the score table first: proposals rest on it."))
        resolution = Resolution(
            conference=held,
            kind=kind,
            text=text,
            method=votes.method,
            entitled=held.review.memberships.count(),
            in_favour=votes.in_favour,
            against=votes.against,
            abstained=votes.abstained,
            membership=membership,
            award=award,
            office=office,
        )
        resolution.full_clean()
        resolution.save()
        Reservation.objects.bulk_create(
            Reservation(resolution=resolution, membership=member, text=words)
            for member, words in reservations
        )
        if kind == ResolutionKind.ADOPT_SUMMARY and resolution.carried:
            _require_settled(held)
            scoring.adopt_summary(held.review, seen=seen, by=by)
        return resolution


def remove_resolution(resolution: Resolution, *, by: User) -> None:
    """Strike a resolution that was recorded wrongly; the adoption of the table stands."""
    with holding(resolution.conference) as held:
        require(may.can_record(by, held))
        if resolution.kind == ResolutionKind.ADOPT_SUMMARY and resolution.carried:
            raise IllegalMove(_("The table has been adopted; that cannot be struck."))
        resolution.delete()


def record_handover(
    conference: Conference, *, handed_by: str, received_by: str, by: User
) -> FlagHandover:
    """The rotating flag goes from this year's leader to the elected one."""
    with holding(conference) as held:
        require(may.can_record(by, held))
        elected = _elected(held, Office.LEADER)
        if not elected:
            raise ValidationError(_("Record the election of next year's leader first."))
        handover, _created = FlagHandover.objects.update_or_create(
            conference=held,
            defaults={
                "from_member": held.review.memberships.get(office=Office.LEADER),
                "to_member": elected[0],
                "handed_by": handed_by,
                "received_by": received_by,
            },
        )
        return handover


def close_conference(conference: Conference, *, ends_at: datetime.time, by: User) -> Conference:
    """Close the session: proposals are made, and next year's review opens with its offices."""
    with moving(conference, ConferenceStatus.CLOSED, by=by) as held:
        require(may.can_close_conference(by, held))
        require_ready(missing_to_close(held))
        held.ends_at = ends_at
        held.full_clean()
        summary = _adopted(held)
        with moving(held.review, Phase.SUBMISSION, by=by) as review:
            for resolution in held.resolutions.filter(kind=ResolutionKind.PROPOSE):
                if resolution.carried:
                    proposal = Proposal(
                        review=review,
                        membership=resolution.membership,
                        award=resolution.award,
                        resolution=resolution,
                        summary=summary,
                    )
                    proposal.full_clean()
                    proposal.save()
            Dossier.objects.create(review=review)
        continue_review(
            held.review,
            leader=_elected(held, Office.LEADER)[0],
            deputies=_elected(held, Office.DEPUTY),
            by=by,
        )
    return held


def _require_settled(conference: Conference) -> None:
    """Every objection carried to the conference was worked through."""
    waiting = Objection.objects.of(conference.review).filter(status=ObjectionStatus.CARRIED)
    codes = list(waiting.values_list("score__criterion__code", flat=True))
    if codes:
        raise ValidationError(
            _("Settle the objections first: %(codes)s.") % {"codes": ", ".join(codes)}
        )


def _elected(conference: Conference, office: Office) -> list[Membership]:
    return [
        resolution.membership
        for resolution in conference.resolutions.filter(
            kind=ResolutionKind.ELECT, office=office
        ).select_related("membership__agency")
        if resolution.carried and resolution.membership is not None
    ]


def _adopted(conference: Conference) -> Summary | None:
    return Summary.objects.filter(review=conference.review_id, status=SummaryStatus.ADOPTED).first()


def _require_of(review: int, membership: Membership | None) -> None:
    """A member of another review has no part in this conference."""
    if membership is not None and membership.review_id != review:
        raise ValidationError(_("This agency is not a member of the review."))
