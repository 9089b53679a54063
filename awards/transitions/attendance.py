"""Who takes part in the conference: present, by a proxy, or absent with or without an opinion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from awards import permissions as may
from awards.models import Attendance, Conference, Mark, Vote, VoteStatus
from awards.turnout import is_able, writes
from blocs.models import Membership, Review, User
from blocs.permissions import require
from blocs.workflow import IllegalMove, holding


@dataclass(frozen=True)
class Presence:
    """How one member takes part. Unless it is present it gives a reason.

    ``proxy`` says who votes for it, by which written appointment; ``voter`` is the account that
    casts its paper, and without one any account of the agency does.
    """

    present: bool
    reason: str = ""
    proxy: str = ""
    written_opinion: str = ""
    voter: User | None = None


def record_attendance(
    conference: Conference, *, presences: Mapping[int, Presence], by: User
) -> None:
    """Write down for members (by id) how they take part.

    Raises ``ValidationError`` for a member of another review, an absence without a reason, and an
    account that may not vote for the member; ``IllegalMove`` where the line of a member would
    change who can vote in a vote that is open.
    """
    with holding(conference) as held:
        require(may.can_record(by, held))
        members = {one.pk: one for one in held.review.memberships.in_order().with_names()}
        known = {one.membership_id: one for one in held.attendances.all()}
        open_votes = list(held.votes.filter(status=VoteStatus.OPEN))
        for pk, presence in presences.items():
            member = members.get(pk)
            if member is None:
                raise ValidationError(_("This agency is not a member of the review."))
            before = known.get(pk)
            line = _line(held, member, presence, before)
            if before is not None and _facts(line) == _facts(before):
                continue
            _require_closed_votes(open_votes, member, before, line)
            line.full_clean()
            line.save()


def _line(
    conference: Conference, member: Membership, presence: Presence, before: Attendance | None
) -> Attendance:
    line = copy(before) if before is not None else Attendance(conference=conference)
    line.membership = member
    line.present = presence.present
    line.absence_reason = "" if presence.present else presence.reason.strip()
    line.proxy = presence.proxy.strip()
    line.written_opinion = presence.written_opinion.strip()
    line.voter = presence.voter
    if line.voter is not None and (before is None or _facts(line) != _facts(before)):
        _require_voter(line, conference.review)
    return line


def _require_voter(line: Attendance, review: Review) -> None:
    """The agency's own account; for a member by proxy any account of the review's agencies."""
    voter = line.voter
    if voter is None or not voter.is_active:
        raise ValidationError({"voter": _("This account has been shut.")})
    if not (line.present or line.proxy):
        raise ValidationError({"voter": _("An absent member without a proxy casts no paper.")})
    if line.proxy:
        if review.memberships.filter(agency=voter.agency_id).exists():
            return
        raise ValidationError({"voter": _("Choose an account of an agency of this review.")})
    if voter.agency_id != line.membership.agency_id:
        raise ValidationError(
            {"voter": _("A member that is present votes with an account of its own agency.")}
        )


def _facts(line: Attendance) -> tuple[object, ...]:
    return (
        line.present,
        line.absence_reason,
        line.proxy,
        line.written_opinion,
        line.voter_id,
    )


def _require_closed_votes(
    votes: Sequence[Vote], member: Membership, before: Attendance | None, line: Attendance
) -> None:
    """The line of who stands on the roll stands too; and nobody joins a vote that has begun.

    An absence may get another reason meanwhile, and an opinion where the vote counts none.
    """
    for vote in votes:
        on_roll = Mark.objects.filter(vote=vote, membership=member).exists()
        part_before = is_able(before, vote.absentees), writes(before, vote.absentees)
        part_after = is_able(line, vote.absentees), writes(line, vote.absentees)
        if on_roll or part_before != part_after:
            raise IllegalMove(
                _(
                    "%(member)s: vote %(number)s is open, and its roll stands. Record the change "
                    "once the vote is closed."
                )
                % {"member": member.short_name, "number": vote.number}
            )
