"""Who may do what to the conference, the papers, the proposals and the dossier. Pure."""

from __future__ import annotations

from django.utils.translation import gettext as _

from awards.models import (
    Attendance,
    Conference,
    DocumentKind,
    DocumentStatus,
    Dossier,
    DossierStatus,
    IssuedDocument,
    JobKind,
    NewsItem,
    NewsStatus,
    PrintJob,
    Proposal,
    ProposalStatus,
    Tally,
    TallyStatus,
    Teller,
    Vote,
    VoteRule,
    VoteStatus,
)
from blocs.models import Agency, Membership, Phase, Province, Review, User
from blocs.permissions import (
    Verdict,
    allowed,
    denied,
    is_board_at,
    is_board_of,
    leads,
    serves_leader,
)
from scoring.models import Reopening, ReopeningStatus, Score, Sheet, SheetStatus
from scoring.permissions import appraises, can_read_appraisal, is_own

# What a paper states: a review's own papers, those of a member, a vote or a score.
Subject = Review | Membership | Vote | Score

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


# --- rules of voting


def can_keep_rules(user: User, review: Review) -> Verdict:
    """Add rules of the bloc's own charter: the head of the leading agency."""
    if not leads(user, review):
        return denied(_("Only the bloc leader keeps the rules of voting of the charter."))
    if not review.is_in(Phase.APPRAISAL, Phase.CONFERENCE):
        return denied(_("Rules of voting are set between the appraisal and the conference."))
    return allowed


def can_retire_rule(user: User, review: Review, rule: VoteRule) -> Verdict:
    """Retire a rule of the bloc's own charter; those of the catalogue are the province's."""
    verdict = can_keep_rules(user, review)
    if verdict and rule.bloc_id != review.bloc_id:
        return denied(_("This rule is not of the bloc's own charter."))
    if verdict and rule.is_retired:
        return denied(_("The rule has been retired."))
    return verdict


# --- votes


def is_voting_again(conference: Conference) -> bool:
    """After the closing, once the board had the table opened again and it was adopted anew.

    Votes that rested on the former table may then be held again, until the dossier goes out.
    """
    if not (conference.is_closed and conference.review.is_in(Phase.SUBMISSION)):
        return False
    rows = Reopening.objects.filter(summary__review=conference.review_id)
    return rows.filter(status=ReopeningStatus.DONE).exists()


def can_hold_votes(user: User, conference: Conference) -> Verdict:
    """Prepare votes and count hands: the leader's secretariat, while there is a vote to hold."""
    verdict = can_record(user, conference)
    if verdict or not serves_leader(user, conference.review):
        return verdict
    return allowed if is_voting_again(conference) else verdict


def can_chair_votes(user: User, conference: Conference) -> Verdict:
    """Open, close and announce votes: the chair, while there is a vote to hold."""
    verdict = can_lead_session(user, conference)
    if verdict or not leads(user, conference.review):
        return verdict
    return allowed if is_voting_again(conference) else verdict


def can_prepare_vote(user: User, vote: Vote) -> Verdict:
    """Change or cancel what has not been opened: the leader's secretariat."""
    verdict = can_hold_votes(user, vote.conference)
    if verdict and not vote.is_draft:
        return denied(_("The vote has been opened; its question stands."))
    return verdict


def can_open_vote(user: User, vote: Vote) -> Verdict:
    verdict = can_chair_votes(user, vote.conference)
    if verdict and not vote.is_draft:
        return denied(_("The vote has been opened; its question stands."))
    return verdict


def can_end_vote(user: User, vote: Vote) -> Verdict:
    """Close and count an open vote, or cancel it: the chair."""
    verdict = can_chair_votes(user, vote.conference)
    if verdict and not vote.is_open:
        return denied(_("The vote is not open."))
    return verdict


def can_count_hands(user: User, vote: Vote) -> Verdict:
    """Write down a show of hands or a consensus: the leader's secretariat."""
    verdict = can_hold_votes(user, vote.conference)
    if verdict and (vote.is_secret or not vote.is_open):
        return denied(_("There are no hands to count."))
    return verdict


def can_announce(user: User, vote: Vote) -> Verdict:
    verdict = can_chair_votes(user, vote.conference)
    if verdict and vote.status != VoteStatus.COUNTED:
        return denied(_("There is no count to announce."))
    return verdict


def can_annul(user: User, vote: Vote) -> Verdict:
    """Set aside what an announced vote decided: the chair, in session."""
    verdict = can_lead_session(user, vote.conference)
    if verdict and not vote.is_announced:
        return denied(_("Only an announced vote is annulled."))
    return verdict


def can_see_count(user: User, vote: Vote) -> Verdict:
    """Before it is announced: the chair, its secretariat and the ballot committee."""
    if vote.is_announced or vote.is_annulled:
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
    voter = (
        Attendance.objects.filter(conference=vote.conference_id, membership=membership)
        .values_list("voter", flat=True)
        .first()
    )
    verdict = holds_paper_of(user, membership, voter)
    if not verdict:
        return verdict
    if not (vote.is_electronic and vote.is_open):
        return denied(_("The vote is not open."))
    return allowed


def holds_paper_of(user: User, membership: Membership, voter: int | None) -> Verdict:
    """Whether a member's paper is this account's; ``voter`` is the account named for it (id)."""
    if voter is not None and voter != user.pk:
        return denied(_("Another account has been named to vote for this member."))
    if voter is None and user.agency_id != membership.agency_id:
        return denied(_("Only this agency casts its paper."))
    return allowed


def can_count_papers(user: User, vote: Vote) -> Verdict:
    """Type a tally of printed papers: a teller, while the vote is open."""
    if not is_teller(user, vote.conference):
        return denied(_("The ballot committee counts the papers."))
    if not (vote.on_paper and vote.is_open):
        return denied(_("There are no papers to count."))
    return allowed


def can_type_tally(user: User, tally: Tally) -> Verdict:
    """Change the numbers of a draft: the teller who types it."""
    verdict = can_count_papers(user, tally.vote)
    if verdict and tally.status != TallyStatus.DRAFT:
        return denied(_("This count has been sent to the second teller; it stands as it is."))
    if verdict and tally.entered_by_id != user.pk:
        return denied(_("Another teller types this count."))
    return verdict


def can_settle_tally(user: User, tally: Tally) -> Verdict:
    """Confirm or reject a tally: another teller than the one who typed it."""
    if not is_teller(user, tally.vote.conference):
        return denied(_("The ballot committee counts the papers."))
    if tally.entered_by_id == user.pk:
        return denied(_("A second teller confirms or rejects a tally."))
    if tally.status != TallyStatus.ENTERED:
        return denied(_("There is no tally to confirm."))
    return allowed


def can_see_tallies(user: User, vote: Vote) -> Verdict:
    """The tellers always; others once the vote is counted, whoever may see that count."""
    if is_teller(user, vote.conference):
        return allowed
    return can_see_count(user, vote)


def can_print_papers(user: User, vote: Vote) -> Verdict:
    """Print the empty papers of a vote: the leader's secretariat and the ballot committee."""
    if not (serves_leader(user, vote.conference.review) or is_teller(user, vote.conference)):
        return denied(_("The leader's secretariat and the ballot committee print the papers."))
    if not vote.on_paper:
        return denied(_("This vote is not held on printed papers."))
    if not (vote.is_draft or vote.is_open):
        return denied(_("The vote is closed; papers are no longer printed."))
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


def can_read_paper(user: User, review: Review, kind: str, subject: Subject) -> Verdict:
    """One paper, as a draft or issued, for those who may see what it states."""
    if kind == DocumentKind.COVENANT:
        return allowed  # whoever sees the review has signed it, or watches who did
    if kind == DocumentKind.INVITATION:
        return can_see_conference(user, review)
    if kind == DocumentKind.BALLOT_MINUTES and isinstance(subject, Vote):
        return can_see_count(user, subject)
    if kind == DocumentKind.ACHIEVEMENT and isinstance(subject, Membership):
        return can_read_achievements(user, subject)
    if kind in (DocumentKind.SHEET, DocumentKind.APPRAISAL, DocumentKind.HISTORY):
        return _can_read_points(user, kind, subject)
    return can_read_papers(user, review)


def can_print_dossier(user: User, review: Review) -> Verdict:
    """The whole dossier as far as one may read it: the papers' readers; the board as it gets it."""
    if is_board_of(user, review):
        return can_read_proposals(user, review)
    return can_read_papers(user, review)


def can_use_job(user: User, job: PrintJob, subject: Subject) -> Verdict:
    """A printing is for whoever asked for it, while that person may read what it prints.

    It holds what the person's agency could read then, so it does not move on with the person.
    """
    if job.asked_by_id != user.pk:
        return denied(_("Each person has printings of their own."))
    if job.agency_id != user.agency_id:
        return denied(_("It was made for another agency: have it made anew."))
    if job.kind == JobKind.DOSSIER:
        return can_print_dossier(user, job.review)
    return can_read_paper(user, job.review, job.paper, subject)


def can_read_achievements(user: User, membership: Membership) -> Verdict:
    """A member's report of achievements: its own people; others as they read the proposals."""
    if user.agency_id == membership.agency_id:
        return allowed
    return can_read_proposals(user, membership.review)


def points_read_by(user: User, review: Review) -> dict[str, set[int]]:
    """The members (by id) whose points the user reads, by kind of paper: all at once for a list."""
    sheets = Sheet.objects.visible_to(user).filter(membership__review=review)
    rows = list(sheets.select_related("membership__review"))
    return {
        DocumentKind.SHEET: {sheet.membership_id for sheet in rows},
        DocumentKind.APPRAISAL: {
            sheet.membership_id for sheet in rows if can_read_appraisal(user, sheet)
        },
    }


def _can_read_points(user: User, kind: str, subject: Subject) -> Verdict:
    """A sheet, its appraisal, a score's history: the readers of the sheet.

    The sheet states only what its member claims: its own people print it to sign it.
    """
    sheets = Sheet.objects.visible_to(user).select_related("membership__review")
    if isinstance(subject, Score):
        sheet = sheets.filter(pk=subject.sheet_id).first()
    else:
        sheet = sheets.filter(membership=subject.pk).first()
    if sheet is None:
        return denied(_("Only those who may see this member's points read this paper."))
    return allowed if kind == DocumentKind.SHEET else can_read_appraisal(user, sheet)


# When the bloc leader issues a paper; the others belong to the dossier.
ISSUED_IN = {
    DocumentKind.COVENANT: (Phase.PREPARATION, Phase.SELF_SCORING),
    DocumentKind.INVITATION: (Phase.APPRAISAL, Phase.CONFERENCE),
    DocumentKind.BALLOT_MINUTES: (Phase.CONFERENCE, Phase.SUBMISSION),
    DocumentKind.HANDOVER: (Phase.CONFERENCE, Phase.SUBMISSION),
}


MEMBERS_PAPERS = (DocumentKind.SHEET, DocumentKind.ACHIEVEMENT, DocumentKind.APPRAISAL)


def signs(user: User, review: Review, kind: str, subject: Subject) -> Verdict:
    """Who ever issues a paper of this kind, whatever the moment: the head who signs it."""
    if kind not in MEMBERS_PAPERS:
        if leads(user, review):
            return allowed
        return denied(_("Only the bloc leader issues papers."))
    sheet = Sheet.objects.filter(membership=subject.pk).select_related("appraiser").first()
    if sheet is not None and user.is_head:
        if kind == DocumentKind.APPRAISAL and appraises(user, sheet):
            return allowed
        if kind != DocumentKind.APPRAISAL and is_own(user, sheet):
            return allowed
    if kind == DocumentKind.APPRAISAL:
        return denied(_("The head of the agency that appraised the sheet issues its slip."))
    return denied(_("The head of the agency that signs the paper issues it."))


def can_issue(user: User, review: Review, kind: str, subject: Subject) -> Verdict:
    """Number and issue a paper: the head who signs it, in its time."""
    verdict = signs(user, review, kind, subject)
    if not verdict:
        return verdict
    if kind in MEMBERS_PAPERS:
        return _can_issue_of_member(review, kind, subject)
    if kind in ISSUED_IN and not review.is_in(*ISSUED_IN[DocumentKind(kind)]):
        return denied(_("This is not the time at which this paper is issued."))
    if kind not in ISSUED_IN and not review.is_in(Phase.SUBMISSION):
        return denied(_("Papers are issued after the conference, before the dossier goes out."))
    return allowed


def _can_issue_of_member(review: Review, kind: str, subject: Subject) -> Verdict:
    """The sheet once submitted, the slip once appraised, achievements after the conference."""
    sheet = Sheet.objects.get(membership=subject.pk)
    if kind == DocumentKind.ACHIEVEMENT and not review.is_in(Phase.SUBMISSION):
        return denied(_("Papers are issued after the conference, before the dossier goes out."))
    if kind == DocumentKind.SHEET and not sheet.is_received:
        return denied(_("The sheet has not been submitted."))
    if kind == DocumentKind.APPRAISAL and sheet.status != SheetStatus.APPRAISED:
        return denied(_("The appraisal of this sheet is not finished."))
    if not review.is_in(Phase.APPRAISAL, Phase.CONFERENCE, Phase.SUBMISSION):
        return denied(_("This is not the time at which this paper is issued."))
    return allowed


def can_withdraw(user: User, document: IssuedDocument, subject: Subject) -> Verdict:
    """Take an issued paper back: whoever issues it, as long as another could still be issued."""
    return withdraws(can_issue(user, document.review, document.kind, subject), document)


def withdraws(issues: Verdict, document: IssuedDocument) -> Verdict:
    """``can_withdraw`` where it is known whether one issues the paper: all versions at once."""
    if issues and document.status != DocumentStatus.ISSUED:
        return denied(_("This version is no longer in force."))
    return issues


def keeps_copies(user: User, review: Review, kind: str, subject: Subject) -> Verdict:
    """Who ever attaches signed copies: the head who signs, and the bloc's secretariat for its own.

    Whatever the moment; ``can_attach_copy`` asks for that too.
    """
    if kind not in MEMBERS_PAPERS and serves_leader(user, review):
        return allowed
    return signs(user, review, kind, subject)


def can_attach_copy(user: User, document: IssuedDocument, subject: Subject) -> Verdict:
    """Keep what came back signed of an issued paper, until the review is closed."""
    return attaches(keeps_copies(user, document.review, document.kind, subject), document)


def attaches(keeps: Verdict, document: IssuedDocument) -> Verdict:
    """``can_attach_copy`` where it is known whether one keeps copies of the paper."""
    if keeps and document.review.is_in(Phase.CLOSED):
        return denied(_("The review is closed; its papers stand as they are."))
    if keeps and document.status == DocumentStatus.WITHDRAWN:
        return denied(_("The paper was withdrawn; it takes no signed copies."))
    return keeps


# When a paper's text is written, where not from the appraisal to the dossier.
WRITTEN_IN = {
    DocumentKind.COVENANT: (Phase.PREPARATION, Phase.SELF_SCORING),
    DocumentKind.INVITATION: (Phase.APPRAISAL, Phase.CONFERENCE),
}


def can_edit_paper(user: User, review: Review, kind: str, about: str = "") -> Verdict:
    """The text parts of one paper; those of the minutes stand once the minutes are adopted."""
    if kind == DocumentKind.ACHIEVEMENT:
        return _can_write_achievements(user, review, about)
    if kind in WRITTEN_IN:
        if not serves_leader(user, review):
            return denied(_("The leader's secretariat writes the papers."))
        if not review.is_in(*WRITTEN_IN[DocumentKind(kind)]):
            return denied(_("This is not the time at which this paper is written."))
        return allowed
    verdict = can_edit_texts(user, review)
    adopted = Conference.objects.filter(review=review, minutes_adopted_at__isnull=False)
    if verdict and kind == DocumentKind.MINUTES and adopted.exists():
        return denied(_("The conference has adopted the minutes; their text stands."))
    return verdict


def _can_write_achievements(user: User, review: Review, agency: str) -> Verdict:
    """Officers and head of the member itself, from the conference until the dossier goes out."""
    if user.agency is None or user.agency.slug != agency or user.part_in(review) is None:
        return denied(_("Each member writes its own report of achievements."))
    if not review.is_in(Phase.CONFERENCE, Phase.SUBMISSION):
        return denied(_("Achievements are reported between conference and submission."))
    return allowed


def can_read_revisions(user: User, review: Review, kind: str, about: str = "") -> Verdict:
    """Who wrote what in the text parts, and when: those who write that paper."""
    if kind == DocumentKind.ACHIEVEMENT:
        if user.agency is not None and user.agency.slug == about and user.part_in(review):
            return allowed
        return denied(_("Each member writes its own report of achievements."))
    if not serves_leader(user, review):
        return denied(_("The leader's secretariat writes the papers."))
    return can_read_papers(user, review)


# --- what agencies received before


def can_keep_award_history(user: User, agency: Agency) -> Verdict:
    """Write down what the agency received: its own officers and head, and the board."""
    if user.agency_id == agency.pk or is_board_at(user, agency.province_id):
        return allowed
    return denied(_("The agency itself or the provincial board keeps its award history."))


def can_read_award_history(user: User, agency: Agency) -> Verdict:
    """Those who keep it, and the secretariat of a bloc that the agency belongs to."""
    if can_keep_award_history(user, agency):
        return allowed
    led = [part.review_id for part in user.parts.values() if part.is_leader]
    if led and agency.memberships.filter(review__in=led).exists():
        return allowed
    return denied(_("The agency, its bloc's leader and the provincial board read this history."))


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


def can_set_layout(user: User, province: Province) -> Verdict:
    """The sizes of a province's papers, for all its blocs."""
    if is_board_at(user, province.pk):
        return allowed
    return denied(_("Only the provincial board sets the layout of the papers."))


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


# --- the news item


def can_draft_news(user: User, review: Review) -> Verdict:
    """Write the first draft: the leader's secretariat, once the conference has closed."""
    if not serves_leader(user, review):
        return denied(_("The leader's secretariat writes the news item."))
    if not review.has_reached(Phase.SUBMISSION):
        return denied(_("The news item is written once the conference has been closed."))
    return allowed


def can_write_news(user: User, item: NewsItem) -> Verdict:
    """Text and photographs of a draft: the leader's secretariat."""
    verdict = can_draft_news(user, item.review)
    if verdict and item.status != NewsStatus.DRAFT:
        return denied(_("The news item has been published; take it back to correct it."))
    return verdict


def can_publish_news(user: User, item: NewsItem) -> Verdict:
    if not leads(user, item.review):
        return denied(_("Only the bloc leader publishes the news item."))
    if item.status != NewsStatus.DRAFT:
        return denied(_("The news item has been published."))
    return allowed


def can_withdraw_news(user: User, item: NewsItem) -> Verdict:
    """Take a published item back: the bloc leader."""
    if not leads(user, item.review):
        return denied(_("Only the bloc leader takes the news item back."))
    if item.status != NewsStatus.PUBLISHED:
        return denied(_("The news item has not been published yet."))
    return allowed


def can_read_news(user: User, item: NewsItem) -> Verdict:
    """A draft: the leader's secretariat. What is published: every account of the province."""
    if serves_leader(user, item.review):
        return allowed
    if item.status != NewsStatus.PUBLISHED:
        return denied(_("The news item has not been published yet."))
    agency = user.agency
    if agency is None or agency.province_id != item.review.bloc.province_id:
        return denied(_("The news item is read in its own province."))
    return allowed
