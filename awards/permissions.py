"""Who may do what to the conference, the papers, the proposals and the dossier. Pure."""

from __future__ import annotations

from django.utils.translation import gettext as _

from awards.models import (
    Attendance,
    Conference,
    DocumentKind,
    Dossier,
    DossierStatus,
    Proposal,
    ProposalStatus,
    Tally,
    TallyStatus,
    Teller,
    Vote,
    VoteStatus,
)
from blocs.models import Membership, Phase, Review, User
from blocs.permissions import Verdict, allowed, denied, is_board_of, leads, serves_leader
from scoring.models import Reopening, ReopeningStatus

# --- the conference


def can_plan_conference(user: User, review: Review) -> Verdict:
    """Set day, venue and chair: the leader's secretariat, from the appraisal to the closing."""
    if not serves_leader(user, review):
        return denied(_("The leader's secretariat prepares the conference."))
    if not review.is_in(Phase.APPRAISAL, Phase.CONFERENCE):
        return denied(_("The conference is prepared once appraisal has begun."))
    return allowed


def can_plan_agenda(user: User, conference: Conference) -> Verdict:
    """The agenda: whoever plans the conference, until its minutes are adopted."""
    verdict = can_plan_conference(user, conference.review)
    if verdict and conference.is_closed:
        return denied(_("The conference has been closed."))
    if verdict and conference.has_adopted_minutes:
        return denied(_("The minutes have been adopted; strike that resolution to go on."))
    return verdict


def can_see_conference(user: User, review: Review) -> Verdict:
    """Members and board, once the table has been circulated; the secretariat while it plans."""
    if review.has_reached(Phase.CONFERENCE) or serves_leader(user, review):
        return allowed
    return denied(_("The conference follows once the table has been approved."))


def can_open_conference(user: User, conference: Conference) -> Verdict:
    if not serves_leader(user, conference.review):
        return denied(_("The leader's secretariat opens the conference."))
    if not conference.review.is_in(Phase.CONFERENCE):
        return denied(_("The conference opens once the leader has approved the table."))
    if conference.is_open or conference.is_closed:
        return denied(_("The conference has been opened."))
    return allowed


def can_record(user: User, conference: Conference) -> Verdict:
    """Attendance, remarks, resolutions: the leader's secretariat, until the minutes are adopted."""
    verdict = can_keep_minutes(user, conference)
    if verdict and conference.has_adopted_minutes:
        return denied(_("The minutes have been adopted; strike that resolution to go on."))
    return verdict


def can_keep_minutes(user: User, conference: Conference) -> Verdict:
    """Work on the record at all: the leader's secretariat, while in session."""
    if not serves_leader(user, conference.review):
        return denied(_("The leader's secretariat keeps the record of the conference."))
    if not conference.is_open:
        return denied(_("The conference is not in session."))
    return allowed


def can_lead_session(user: User, conference: Conference) -> Verdict:
    """The chair's deeds: the head of the leading agency, while in session."""
    if not leads(user, conference.review):
        return denied(_("Only the bloc leader chairs the conference."))
    if not conference.is_open:
        return denied(_("The conference is not in session."))
    if conference.has_adopted_minutes:
        return denied(_("The minutes have been adopted; strike that resolution to go on."))
    return allowed


# --- votes


def can_prepare_vote(user: User, vote: Vote) -> Verdict:
    """Change or cancel what has not been opened: the leader's secretariat."""
    verdict = can_record(user, vote.conference)
    if verdict and not vote.is_draft:
        return denied(_("The vote has been opened; its question stands."))
    return verdict


def can_open_vote(user: User, vote: Vote) -> Verdict:
    verdict = can_lead_session(user, vote.conference)
    if verdict and not vote.is_draft:
        return denied(_("The vote has been opened; its question stands."))
    return verdict


def can_end_vote(user: User, vote: Vote) -> Verdict:
    """Close and count an open vote, or cancel it: the chair."""
    verdict = can_lead_session(user, vote.conference)
    if verdict and not vote.is_open:
        return denied(_("The vote is not open."))
    return verdict


def can_count_hands(user: User, vote: Vote) -> Verdict:
    """Write down a show of hands or a consensus: the leader's secretariat."""
    verdict = can_record(user, vote.conference)
    if verdict and (vote.is_secret or not vote.is_open):
        return denied(_("There are no hands to count."))
    return verdict


def can_announce(user: User, vote: Vote) -> Verdict:
    verdict = can_lead_session(user, vote.conference)
    if verdict and vote.status != VoteStatus.COUNTED:
        return denied(_("There is no count to announce."))
    return verdict


def can_see_count(user: User, vote: Vote) -> Verdict:
    """Before it is announced: the chair, its secretariat and the ballot committee."""
    if vote.is_announced:
        return allowed
    if not vote.is_counted:
        return denied(_("The result follows once the vote is closed."))
    if serves_leader(user, vote.conference.review) or is_teller(user, vote.conference):
        return allowed
    return denied(_("The chair will announce the result."))


def is_teller(user: User, conference: Conference) -> bool:
    """Sits on the ballot committee with this account."""
    return Teller.objects.filter(conference=conference, user=user).exists()


def can_cast_for(user: User, vote: Vote, membership: Membership) -> Verdict:
    """Cast a member's paper: the account named for it, or without one any of the agency's.

    Whether the paper has been cast already, the box alone says, under its lock.
    """
    attendance = Attendance.objects.filter(
        conference=vote.conference_id, membership=membership
    ).first()
    if attendance is not None and attendance.voter_id is not None:
        if attendance.voter_id != user.pk:
            return denied(_("Another account has been named to vote for this member."))
    elif user.agency_id != membership.agency_id:
        return denied(_("Only this agency casts its paper."))
    if not (vote.is_electronic and vote.is_open):
        return denied(_("The vote is not open."))
    return allowed


def can_count_papers(user: User, vote: Vote) -> Verdict:
    """Type a tally of printed papers: a teller, while the vote is open."""
    if not is_teller(user, vote.conference):
        return denied(_("The ballot committee counts the papers."))
    if not (vote.on_paper and vote.is_open):
        return denied(_("There are no papers to count."))
    return allowed


def can_settle_tally(user: User, tally: Tally) -> Verdict:
    """Confirm or reject a tally: another teller than the one who typed it."""
    if not is_teller(user, tally.vote.conference):
        return denied(_("The ballot committee counts the papers."))
    if tally.entered_by_id == user.pk:
        return denied(_("A second teller confirms or rejects a tally."))
    if tally.status != TallyStatus.ENTERED:
        return denied(_("There is no tally to confirm."))
    return allowed


def can_agree_score(user: User, conference: Conference) -> Verdict:
    """Change a score: in session, or after it while the board has opened the table again."""
    verdict = can_record(user, conference)
    if verdict or not serves_leader(user, conference.review):
        return verdict
    reopened = Reopening.objects.filter(
        summary__review=conference.review_id, status=ReopeningStatus.GRANTED
    )
    return allowed if reopened.exists() else verdict


def can_close_conference(user: User, conference: Conference) -> Verdict:
    if not leads(user, conference.review):
        return denied(_("Only the bloc leader closes the conference."))
    if not conference.is_open:
        return denied(_("The conference is not in session."))
    return allowed


# --- the papers


def can_edit_texts(user: User, review: Review) -> Verdict:
    """The text parts of the papers, by the leader's secretariat, until the dossier is submitted."""
    if not serves_leader(user, review):
        return denied(_("The leader's secretariat writes the papers."))
    if not review.is_in(Phase.APPRAISAL, Phase.CONFERENCE, Phase.SUBMISSION):
        return denied(_("The papers are written from the appraisal to the dossier."))
    return allowed


def can_read_papers(user: User, review: Review) -> Verdict:
    """The secretariat; the members once the table was circulated; the board once submitted."""
    if serves_leader(user, review) and review.has_reached(Phase.APPRAISAL):
        return allowed
    if is_board_of(user, review):
        if review.has_reached(Phase.EXAMINATION):
            return allowed
        return denied(_("The board reads the papers once the dossier has been submitted."))
    if review.has_reached(Phase.CONFERENCE):
        return allowed
    return denied(_("The papers are circulated with the table."))


def can_issue(user: User, review: Review) -> Verdict:
    """Number and issue a paper: the head of the leading agency, after the conference."""
    if not leads(user, review):
        return denied(_("Only the bloc leader issues papers."))
    if not review.is_in(Phase.SUBMISSION):
        return denied(_("Papers are issued after the conference, before the dossier goes out."))
    return allowed


def can_edit_paper(user: User, review: Review, kind: str) -> Verdict:
    """The text parts of one paper; those of the minutes stand once the minutes are adopted."""
    verdict = can_edit_texts(user, review)
    adopted = Conference.objects.filter(review=review, minutes_adopted_at__isnull=False)
    if verdict and kind == DocumentKind.MINUTES and adopted.exists():
        return denied(_("The conference has adopted the minutes; their text stands."))
    return verdict


# --- proposals and the dossier


def can_read_proposals(user: User, review: Review) -> Verdict:
    if is_board_of(user, review):
        if review.has_reached(Phase.EXAMINATION):
            return allowed
        return denied(_("The board sees the proposals once the dossier has been submitted."))
    if review.has_reached(Phase.SUBMISSION):
        return allowed
    return denied(_("Proposals are made at the conference."))


def can_write_grounds(user: User, review: Review) -> Verdict:
    """Summarise why a member is proposed."""
    if not serves_leader(user, review):
        return denied(_("The leader's secretariat prepares the dossier."))
    if not review.is_in(Phase.SUBMISSION):
        return denied(_("The dossier is prepared between conference and submission."))
    return allowed


def can_settle_proposal(user: User, proposal: Proposal) -> Verdict:
    """Uphold a proposal on a new table, or withdraw it, before the dossier goes out."""
    if not leads(user, proposal.review):
        return denied(_("Only the bloc leader upholds or withdraws a proposal."))
    if not proposal.review.is_in(Phase.SUBMISSION):
        return denied(_("The dossier is prepared between conference and submission."))
    if proposal.status != ProposalStatus.PROPOSED:
        return denied(_("The outcome has been recorded."))
    return allowed


def can_read_reopenings(user: User, review: Review) -> Verdict:
    """Members and board, once a table was circulated."""
    if review.has_reached(Phase.CONFERENCE):
        return allowed
    return denied(_("The table has not been adopted yet."))


def can_submit_dossier(user: User, review: Review) -> Verdict:
    if not leads(user, review):
        return denied(_("Only the bloc leader submits the dossier."))
    if not review.is_in(Phase.SUBMISSION):
        return denied(_("The dossier is submitted after the conference."))
    return allowed


def _can_examine(user: User, dossier: Dossier) -> Verdict:
    if not is_board_of(user, dossier.review):
        return denied(_("Only the provincial board examines dossiers."))
    return allowed


def can_watch_blocs(user: User) -> Verdict:
    """The table of all blocs of a province."""
    if user.on_board:
        return allowed
    return denied(_("Only the provincial board watches all blocs."))


def can_receive(user: User, dossier: Dossier) -> Verdict:
    verdict = _can_examine(user, dossier)
    if verdict and dossier.status != DossierStatus.SUBMITTED:
        return denied(_("There is nothing to receive."))
    return verdict


def can_return_dossier(user: User, dossier: Dossier) -> Verdict:
    verdict = _can_examine(user, dossier)
    if verdict and dossier.status not in (DossierStatus.SUBMITTED, DossierStatus.RECEIVED):
        return denied(_("The dossier is not with the board."))
    return verdict


def can_decide(user: User, dossier: Dossier, proposal: Proposal) -> Verdict:
    """Record the province's decision on one proposal of a received dossier."""
    verdict = _can_examine(user, dossier)
    if verdict and dossier.status != DossierStatus.RECEIVED:
        return denied(_("Outcomes are recorded once the dossier has been received."))
    if verdict and proposal.status != ProposalStatus.PROPOSED:
        return denied(_("The outcome has been recorded."))
    return verdict
