"""The dossier's way to the province and back, and the outcome of each proposal."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import permissions as may
from awards.models import (
    Dossier,
    DossierStatus,
    Proposal,
    ProposalStatus,
    Resolution,
    Vote,
)
from awards.readiness import missing_to_submit
from blocs.models import Phase, Review, User
from blocs.permissions import require
from blocs.readiness import require_ready
from blocs.workflow import IllegalMove, holding, moving
from scoring.findings import bars_of
from scoring.models import Summary, SummaryStatus
from scoring.tables import table_of


def make_proposal(resolution: Resolution, summary: Summary | None) -> Proposal:
    """What was resolved becomes a proposal that rests on ``summary``."""
    proposal = Proposal(
        review=resolution.conference.review,
        membership=resolution.membership,
        award=resolution.award,
        resolution=resolution,
        summary=summary,
    )
    proposal.full_clean()
    proposal.save()
    return proposal


def withdraw_stale(vote: Vote, *, by: User) -> None:
    """A vote held again takes the place of proposals for its award that rest on a former table."""
    stale = Proposal.objects.filter(
        review=vote.conference.review, award=vote.award, status=ProposalStatus.PROPOSED
    ).exclude(summary=vote.summary)
    note = _("Voted on again: vote %(number)s.") % {"number": vote.number}
    for proposal in stale:
        with moving(proposal, ProposalStatus.WITHDRAWN, by=by, note=note):
            pass


def write_grounds(proposal: Proposal, *, grounds: str, by: User) -> Proposal:
    """Summarise the achievements that the proposal rests on."""
    with holding(proposal) as held:
        require(may.can_write_grounds(by, held.review))
        held.grounds = grounds
        held.save()
        return held


def uphold_proposal(proposal: Proposal, *, reason: str, by: User) -> Proposal:
    """Let the vote stand on a table that was adopted anew.

    Refused (``ValidationError``) where the member's rank, or what bars it, is no longer what the
    conference voted on: then the vote has to be repeated, or the proposal withdrawn.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the vote stands on the new table.")})
    with holding(proposal) as held:
        require(may.can_settle_proposal(by, held))
        adopted = Summary.objects.filter(
            review=held.review_id, status=SummaryStatus.ADOPTED
        ).first()
        if adopted is None:
            raise IllegalMove(_("The table has not been adopted anew yet."))
        if adopted == held.summary:
            raise IllegalMove(_("The proposal rests on the table in force."))
        slug = held.membership.agency.slug
        before, after = (table_of(one).row_of(slug) for one in (held.summary, adopted))
        may_have = after.may_have_flag if held.award.is_flag else after.may_have_merit
        if (before.rank, before.shared) != (after.rank, after.shared) or not may_have:
            raise ValidationError(
                _("Rank or eligibility has changed from version %(old)s to %(new)s: vote again.")
                % {"old": held.summary.version, "new": adopted.version}
            )
        held.summary = adopted
        held.save()
        held.changes.create(
            from_status=held.status, to_status=held.status, by=by, at=timezone.now(), note=reason
        )
        return held


def withdraw_proposal(proposal: Proposal, *, reason: str, by: User) -> Proposal:
    """Take a proposal out of the dossier; it stays in the record with the reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the proposal is withdrawn.")})
    with moving(proposal, ProposalStatus.WITHDRAWN, by=by, note=reason) as held:
        require(may.can_settle_proposal(by, held))
    return held


def submit_dossier(review: Review, *, by: User) -> Dossier:
    """Send the dossier to the province; refused while a paper or a check is missing."""
    with moving(review, Phase.EXAMINATION, by=by) as held:
        require(may.can_submit_dossier(by, held))
        require_ready(missing_to_submit(held))
        with moving(Dossier.objects.get(review=held), DossierStatus.SUBMITTED, by=by) as dossier:
            dossier.submitted_at = timezone.now()
            dossier.submitted_by = by
    return dossier


def receive_dossier(dossier: Dossier, *, by: User) -> Dossier:
    """The board confirms that the dossier is complete and begins to examine it."""
    with moving(dossier, DossierStatus.RECEIVED, by=by) as held:
        require(may.can_receive(by, held))
        held.received_at = timezone.now()
    return held


def return_dossier(dossier: Dossier, *, reason: str, by: User) -> Dossier:
    """Send the dossier back to the leader, saying why."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say what has to be mended.")})
    with moving(dossier, DossierStatus.RETURNED, by=by, note=reason) as held:
        require(may.can_return_dossier(by, held))
        if Proposal.objects.filter(
            review=held.review, status__in=[ProposalStatus.GRANTED, ProposalStatus.NOT_GRANTED]
        ).exists():
            raise ValidationError(_("An outcome has been recorded; the dossier stays."))
        with moving(held.review, Phase.SUBMISSION, by=by, note=reason):
            pass
    return held


def decide(
    proposal: Proposal,
    *,
    granted: bool,
    by: User,
    decision_number: str = "",
    decision_date: datetime.date | None = None,
    reason: str = "",
) -> Proposal:
    """Record the province's decision; with the last one the review is decided."""
    dossier = Dossier.objects.get(review=proposal.review_id)
    with holding(dossier) as held_dossier:
        to = ProposalStatus.GRANTED if granted else ProposalStatus.NOT_GRANTED
        with moving(proposal, to, by=by, note=reason) as held:
            require(may.can_decide(by, held_dossier, held))
            if granted:
                _refuse_barred(held)
            held.outcome_reason = reason
            if granted:
                held.decision_number = decision_number
                held.decision_date = decision_date
            held.full_clean(exclude=["status"], validate_constraints=False)
            _require_outcome(held, to)
        if not Proposal.objects.filter(
            review=proposal.review_id, status=ProposalStatus.PROPOSED
        ).exists():
            with moving(held_dossier, DossierStatus.DECIDED, by=by):
                pass
            with moving(held_dossier.review, Phase.DECIDED, by=by):
                pass
    return held


def _refuse_barred(proposal: Proposal) -> None:
    """A finding may have come after the table was adopted, or after the dossier was sent."""
    bars = bars_of(proposal.review).get(proposal.membership_id)
    if bars is None:
        return
    if not (bars.allowed.flag if proposal.award.is_flag else bars.allowed.merit):
        raise ValidationError(
            _("A finding bars this award: %(findings)s.") % {"findings": "; ".join(bars.texts)}
        )


def _require_outcome(proposal: Proposal, to: ProposalStatus) -> None:
    if to == ProposalStatus.GRANTED:
        if not proposal.decision_number or proposal.decision_date is None:
            raise ValidationError(
                {"decision_number": _("Give the number and date of the decision.")}
            )
    elif not proposal.outcome_reason:
        raise ValidationError({"reason": _("Say why the award was not granted.")})
