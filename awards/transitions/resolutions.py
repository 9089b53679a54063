"""What the conference resolves at once: by consensus or show of hands, with its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import permissions as may
from awards.decided import adopted_table
from awards.documents.minutes_facts import fingerprint
from awards.models import (
    Award,
    Conference,
    Method,
    Reservation,
    Resolution,
    ResolutionKind,
    VoteRule,
)
from awards.turnout import Voters, voters_of
from awards.votes.rules import Absentees, Base, Turnout
from awards.wording import no_quorum_words, too_many_words
from blocs.models import Membership, User
from blocs.permissions import require
from blocs.workflow import IllegalMove, Stale, holding
from scoring import transitions as scoring
from scoring.models import Objection, ObjectionStatus


@dataclass(frozen=True)
class Votes:
    """How a resolution was voted: one vote for each member able to vote."""

    method: str
    in_favour: int
    against: int = 0
    abstained: int = 0

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained


def resolve(
    conference: Conference,
    *,
    kind: str,
    votes: Votes,
    by: User,
    rule: VoteRule | None = None,
    text: str = "",
    membership: Membership | None = None,
    award: Award | None = None,
    office: str = "",
    reservations: Sequence[tuple[Membership, str]] = (),
    seen: str = "",
) -> Resolution:
    """Record a decision of the conference, by ``rule`` or else by more than half of all members.

    Adopting the table or the minutes carries the hash of what was read (``seen``) and freezes it.
    Awards are resolved on an adopted table only. Votes may not exceed the members able to vote
    (``ValidationError``), nor be taken without a quorum; a secret ballot is held, not recorded.
    """
    with holding(conference) as held:
        require(may.can_record(by, held))
        for member in (membership, *(member for member, _words in reservations)):
            require_of(held.review_id, member)
        if votes.method == Method.SECRET_BALLOT:
            raise ValidationError(_("A secret ballot is held as a vote of its own."))
        if kind == ResolutionKind.PROPOSE and adopted_table(held) is None:
            raise ValidationError(_("Adopt the score table first: proposals rest on it."))
        voters = voters_of(held, rule.absentees if rule else Absentees.NOT_COUNTED)
        _require_voters(votes, voters, rule)
        resolution = Resolution(
            conference=held,
            kind=kind,
            text=text,
            method=votes.method,
            entitled=voters.entitled,
            present=voters.voting,
            in_favour=votes.in_favour,
            against=votes.against,
            abstained=votes.abstained,
            membership=membership,
            award=award,
            office=office,
            **_threshold(rule, votes, voters),
        )
        resolution.full_clean()
        resolution.save()
        Reservation.objects.bulk_create(
            Reservation(resolution=resolution, membership=member, text=words)
            for member, words in reservations
        )
        if resolution.carried:
            _freeze(held, kind, seen=seen, by=by)
        return resolution


def _require_voters(votes: Votes, voters: Voters, rule: VoteRule | None) -> None:
    if votes.cast > voters.voting:
        all_present = rule is None or rule.absentees == Absentees.NOT_COUNTED
        raise ValidationError(too_many_words(voters.voting, all_present=all_present))
    if rule is not None and not rule.rule.is_quorate(voters.voting, voters.entitled):
        raise ValidationError(no_quorum_words(voters.voting, voters.entitled, rule.quorum))


def _threshold(rule: VoteRule | None, votes: Votes, voters: Voters) -> dict[str, object]:
    """The columns that say what the votes are measured against."""
    if rule is None:
        return {"base_count": voters.entitled}
    cast = votes.cast
    turnout = Turnout(voters.entitled, voters.voting, voters.voting, cast, cast)
    return {**rule.threshold_columns, "base_count": turnout.of(Base(rule.base))}


def _freeze(conference: Conference, kind: str, *, seen: str, by: User) -> None:
    """What is adopted stands as it was read."""
    if kind == ResolutionKind.ADOPT_SUMMARY:
        _require_settled(conference)
        scoring.adopt_summary(conference.review, seen=seen, by=by)
    if kind == ResolutionKind.ADOPT_MINUTES:
        stated = fingerprint(conference.review)
        if stated != seen:
            raise Stale(_("The minutes have changed since you read them."))
        conference.minutes_adopted_at = timezone.localtime().time().replace(second=0, microsecond=0)
        conference.minutes_sha256 = stated
        conference.save()


def remove_resolution(resolution: Resolution, *, by: User) -> None:
    """Strike a resolution that was recorded wrongly.

    The adoption of the table stands, and so does what a vote decided. Striking the adoption of
    the minutes opens the record again.
    """
    with holding(resolution.conference) as held:
        if resolution.kind == ResolutionKind.ADOPT_MINUTES:
            require(may.can_keep_minutes(by, held))
            held.minutes_adopted_at, held.minutes_sha256 = None, ""
            held.save()
        require(may.can_record(by, held))
        if resolution.kind == ResolutionKind.ADOPT_SUMMARY and resolution.carried:
            raise IllegalMove(_("The table has been adopted; that cannot be struck."))
        if resolution.vote_id is not None:
            raise IllegalMove(_("What a vote decided is not struck from the record."))
        resolution.delete()


def require_of(review: int, membership: Membership | None) -> None:
    """A member of another review has no part in this conference."""
    if membership is not None and membership.review_id != review:
        raise ValidationError(_("This agency is not a member of the review."))


def _require_settled(conference: Conference) -> None:
    """Every objection carried to the conference was worked through."""
    waiting = Objection.objects.of(conference.review).filter(status=ObjectionStatus.CARRIED)
    codes = list(waiting.values_list("score__criterion__code", flat=True))
    if codes:
        raise ValidationError(
            _("Settle the objections first: %(codes)s.") % {"codes": ", ".join(codes)}
        )
