"""Who may do what to the conference, the papers, the proposals and the dossier. Pure."""

from __future__ import annotations

from django.utils.translation import gettext as _

from awards.models import Conference, Dossier, DossierStatus, Proposal, ProposalStatus
from blocs.models import Phase, Review, User
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
    """Attendance, remarks, resolutions: the leader's secretariat, while in session."""
    if not serves_leader(user, conference.review):
        return denied(_("The leader's secretariat keeps the record of the conference."))
    if not conference.is_open:
        return denied(_("The conference is not in session."))
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
