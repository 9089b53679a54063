"""The conference: planning, attendance, remarks, resolutions, scores in the room, closing."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import permissions as may
from awards.decided import adopted_table, carried, elected_to
from awards.models import (
    Conference,
    ConferenceStatus,
    Delegate,
    Dossier,
    FlagHandover,
    Remark,
    ResolutionKind,
    RoomDecision,
)
from awards.readiness import missing_to_close
from awards.wording import too_many_words
from blocs.models import Membership, Office, Phase, Review, User
from blocs.permissions import require
from blocs.readiness import require_ready
from blocs.transitions import continue_review
from blocs.vietnamese import tidy
from blocs.workflow import IllegalMove, holding, moving
from scoring import transitions as scoring
from scoring.models import Objection, Score, ScoreChange, ScoreStage

from .proposals import make_proposal
from .resolutions import Votes, require_of


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


def add_delegate(
    conference: Conference, *, membership: Membership | None, name: str, position: str, by: User
) -> Delegate:
    """Note a delegate of a member, or (without a member) a guest."""
    with holding(conference) as held:
        require(may.can_record(by, held))
        require_of(held.review_id, membership)
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
        require_of(held.review_id, membership)
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
    asked_by: Membership | str = "",
    votes: Votes | None = None,
    by: User,
) -> Score:
    """Change one score in the room before the table is adopted, or after it was reopened.

    ``asked_by`` is the member that asked for it, or the name of somebody else. ``votes`` is how
    the room voted, if it did: whoever is present and gave no vote has no opinion. Raises
    ``ValidationError`` for more votes than members present, and where they do not agree by more
    than half.
    """
    with holding(conference) as held:
        require(may.can_agree_score(by, held))
        if isinstance(asked_by, Membership):
            require_of(held.review_id, asked_by)
        counted = _room_vote(held, votes) if votes is not None else None
        last = score.changes.order_by("-pk").values_list("pk", flat=True).first() or 0
        agreed = scoring.agree(
            score,
            inputs=inputs,
            points=points,
            reason=reason,
            version=version,
            provisional=provisional,
            by=by,
        )
        change = score.changes.filter(pk__gt=last, stage=ScoreStage.AGREED).last()
        if change is not None and (asked_by or counted):
            _note_decision(held, change, asked_by, counted)
        return agreed


def _room_vote(conference: Conference, votes: Votes) -> Votes:
    """The vote with everybody present in it; refused where the room did not agree."""
    present = conference.attendances.filter(present=True).count()
    if votes.cast > present:
        raise ValidationError({"in_favour": too_many_words(present, all_present=True)})
    if 2 * votes.in_favour <= present:
        raise ValidationError({"in_favour": _("The room did not agree; the score stands.")})
    silent = present - votes.cast
    return replace(votes, abstained=votes.abstained + silent)


def _note_decision(
    conference: Conference,
    change: ScoreChange,
    asked_by: Membership | str,
    votes: Votes | None,
) -> None:
    decision = RoomDecision(
        conference=conference,
        change=change,
        membership=asked_by if isinstance(asked_by, Membership) else None,
        asked_by=asked_by.strip() if isinstance(asked_by, str) else "",
        in_favour=votes.in_favour if votes else None,
        against=votes.against if votes else None,
        abstained=votes.abstained if votes else None,
    )
    decision.full_clean()
    decision.save()


def settle_objection(
    conference: Conference, objection: Objection, *, reply: str, by: User
) -> Objection:
    """Write down what the conference said to an objection that was carried to it."""
    with holding(conference) as held:
        require(may.can_record(by, held))
        if objection.score.sheet.membership.review_id != held.review_id:
            raise ValidationError(_("This agency is not a member of the review."))
        return scoring.settle_objection(objection, reply=reply, by=by)


def record_handover(
    conference: Conference,
    *,
    handed_by: str,
    received_by: str,
    condition: str = "",
    enclosed: str = "",
    by: User,
) -> FlagHandover:
    """The rotating flag goes from this year's leader to the elected one.

    ``enclosed`` are the papers that go with it, one a line.
    """
    with holding(conference) as held:
        require(may.can_record(by, held))
        takers = elected_to(held, Office.LEADER)
        if not takers:
            raise ValidationError(_("Record the election of next year's leader first."))
        handover, _created = FlagHandover.objects.update_or_create(
            conference=held,
            defaults={
                "from_member": held.review.memberships.get(office=Office.LEADER),
                "to_member": takers[0],
                "handed_by": handed_by,
                "received_by": received_by,
                "condition": tidy(condition),
                "enclosed": "\n".join(filter(None, map(tidy, enclosed.splitlines()))),
            },
        )
        return handover


def close_conference(conference: Conference, *, ends_at: datetime.time, by: User) -> Conference:
    """Close the session: proposals are made, and next year's review opens.

    It has this year's members, the offices just elected, and the criteria as a draft.
    """
    with moving(conference, ConferenceStatus.CLOSED, by=by) as held:
        require(may.can_close_conference(by, held))
        require_ready(missing_to_close(held))
        held.ends_at = ends_at
        held.full_clean()
        if held.current_item_id is not None:
            held.agenda.filter(pk=held.current_item_id).update(ended_at=timezone.now())
        summary = adopted_table(held)
        with moving(held.review, Phase.SUBMISSION, by=by) as review:
            for resolution in carried(held, ResolutionKind.PROPOSE):
                make_proposal(resolution, summary)
            Dossier.objects.create(review=review)
        upcoming = continue_review(
            held.review,
            leader=elected_to(held, Office.LEADER)[0],
            deputies=elected_to(held, Office.DEPUTY),
            by=by,
        )
        scoring.copy_criteria(held.review, upcoming, by=by)
    return held
