"""The secret ballot: a paper into the box, and the box closed and counted.

The protocol, and what it protects against, stands in docs/voting.md. Casting stores a mark that
the member has voted and a paper in the box, in one transaction, and nothing else: no account, no
time, no address, no order. It is not logged and has no row of history.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from awards import permissions as may
from awards.ballots import options_of, paper_of
from awards.models import Absentees, BallotBox, Mark, Vote, VoteStatus, WrittenVote
from awards.sealing import seal_marks
from awards.turnout import voters_of
from awards.votes import papers
from awards.votes.outcome import OptionCount
from blocs.models import Membership, User
from blocs.permissions import require
from blocs.workflow import IllegalMove, holding, moving

from .votes import store_count


class AlreadyVoted(IllegalMove):
    """The member's paper lies in the box already."""


@sensitive_variables("paper", "box")
def cast_paper(vote: Vote, membership: Membership, *, paper: str, by: User) -> None:
    """Put a member's paper into the box; once, and it cannot be taken back.

    The box's row lock lets in one after the other; the mark is set only where it was not, and
    both or neither are stored. Raises ``AlreadyVoted``, ``PermissionDenied`` (not this account's
    paper, or the vote is closed), ``ValidationError`` (a paper that the question does not admit).
    """
    with transaction.atomic():
        box = BallotBox.objects.select_for_update(of=("self",)).get(vote=vote)
        held = Vote.objects.select_related("conference__review").get(pk=vote.pk)
        require(may.can_cast_for(by, held, membership))
        _check(held, paper)
        marked = Mark.objects.filter(vote=held, membership=membership, voted=False)
        if marked.update(voted=True) != 1:
            _refuse(held, membership)
        box.papers = papers.put(box.papers, paper)
        box.save(update_fields=["papers"])


@sensitive_variables("paper")
def _check(vote: Vote, paper: str) -> None:
    try:
        paper_of(vote, options_of(vote)).check(paper)
    except papers.PaperError:
        # Without the cause: the paper itself must not stand in any report.
        raise ValidationError(_("Mark the paper as the question asks.")) from None


def _refuse(vote: Vote, membership: Membership) -> None:
    if Mark.objects.filter(vote=vote, membership=membership).exists():
        raise AlreadyVoted(_("The paper of this member lies in the box already."))
    raise IllegalMove(_("This member is not on the roll of this vote."))


def record_written_vote(vote: Vote, membership: Membership, *, paper: str, by: User) -> WrittenVote:
    """Take up what an absent member sent in writing, before the vote is closed.

    It is counted with the papers, and its sender is known. One that comes later is refused.
    """
    with holding(vote) as held:
        require(may.can_hold_votes(by, held.conference))
        if held.status not in (VoteStatus.DRAFT, VoteStatus.OPEN):
            raise IllegalMove(_("The vote is closed; this opinion came too late."))
        if held.absentees != Absentees.WRITTEN_OPINION:
            raise ValidationError(_("The rule of this vote knows no written opinions."))
        writers = voters_of(held.conference, held.absentees).in_writing
        if membership not in writers:
            raise ValidationError(
                _("Record the member's absence and its written opinion in the attendance first.")
            )
        _check(held, paper)
        row, _created = WrittenVote.objects.update_or_create(
            vote=held, membership=membership, defaults={"paper": paper}
        )
        return row


def close_ballot(vote: Vote, *, by: User) -> Vote:
    """Close an electronic ballot, count it and seal it; papers that nobody marked stop it.

    Raises ``IllegalMove`` where the papers in the box are not as many as the marks: then nothing
    is counted, and the vote is cancelled and held anew.
    """
    with moving(vote, VoteStatus.COUNTED, by=by) as held:
        require(may.can_end_vote(by, held))
        if not held.is_electronic:
            raise IllegalMove(_("This vote has no electronic box."))
        box = BallotBox.objects.select_for_update(of=("self",)).get(vote=held)
        cast = papers.papers_in(box.papers)
        voted = held.roll.filter(voted=True).count()
        if len(cast) != voted:
            raise IllegalMove(
                _("The box holds %(papers)s papers, and %(marks)s members have voted.")
                % {"papers": len(cast), "marks": voted}
            )
        written = list(held.written_votes.values_list("paper", flat=True))
        tally = papers.count(
            paper_of(held, options_of(held)),
            sorted([*cast, *written]),
            blank_is_valid=held.blank_is_valid,
        )
        store_count(
            held,
            [
                OptionCount(*numbers)
                for numbers in zip(tally.yes, tally.no, tally.abstain, strict=True)
            ],
            issued=held.roll.count() + len(written),
            returned=tally.returned,
            valid=tally.valid,
            blank=tally.blank,
            written=len(written),
        )
        box.is_sealed = True
        box.save(update_fields=["is_sealed"])
        seal_marks(held)
    return held
