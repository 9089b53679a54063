"""Who may do what to criteria, sheets, scores and the summary, now. Pure: no writes, no messages.

Phase and office decide; a sheet's ``appraiser`` is the member that appraises it, never its own.
"""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from blocs.models import Membership, Phase, Review, User
from blocs.permissions import Verdict, allowed, denied, is_board_of, leads, serves_leader
from scoring.models import (
    Objection,
    ObjectionStatus,
    Reopening,
    ReopeningStatus,
    Score,
    Sheet,
    SheetStatus,
)

ENTRY_PHASES = (Phase.SELF_SCORING, Phase.APPRAISAL)

# --- criteria


def can_edit_criteria(user: User, review: Review) -> Verdict:
    """Upload a set, exempt members, choose sources: the leader's secretariat or the board."""
    if not (serves_leader(user, review) or is_board_of(user, review)):
        return denied(_("Only the bloc leader or the provincial board prepares the criteria."))
    if not review.is_in(Phase.PREPARATION):
        return denied(_("The criteria were adopted; they no longer change."))
    return allowed


def can_adopt_criteria(user: User, review: Review) -> Verdict:
    """The head of the leading agency, or the board that issues the set."""
    if not (leads(user, review) or is_board_of(user, review)):
        return denied(_("Only the bloc leader or the provincial board adopts the criteria."))
    return can_edit_criteria(user, review)


def can_try_criteria(user: User, review: Review) -> Verdict:
    """See what a set would have given: those who prepare the criteria, while they do."""
    if not (serves_leader(user, review) or is_board_of(user, review)):
        return denied(_("Only the bloc leader or the provincial board tries criteria sets."))
    if not review.is_in(Phase.PREPARATION):
        return denied(_("The criteria are in force; a trial changes nothing any more."))
    return allowed


def can_use_figures_of(earlier: Review | None) -> Verdict:
    """Try a set on the figures of an earlier review of which the reader knows.

    Whoever leads this year need not have led then: before its table was circulated, the scores of
    that review are for its own leader alone.
    """
    if earlier is None:
        return denied(_("There is no earlier review of this bloc that you can read."))
    if not earlier.has_reached(Phase.CONFERENCE):
        return denied(
            _("The table of %(year)s has not been circulated yet, so its figures are not shown.")
            % {"year": earlier.year}
        )
    return allowed


def can_open_self_scoring(user: User, review: Review) -> Verdict:
    if not (leads(user, review) or is_board_of(user, review)):
        return denied(_("Only the bloc leader opens self-scoring."))
    if not review.is_in(Phase.PREPARATION):
        return denied(_("Self-scoring is open already."))
    return allowed


# --- the member's own sheet


def is_own(user: User, sheet: Sheet) -> bool:
    return user.agency_id is not None and user.agency_id == sheet.membership.agency_id


def can_enter(user: User, sheet: Sheet) -> Verdict:
    """The agency's own people, while the sheet is with them; with the head, only the head."""
    if not is_own(user, sheet):
        return denied(_("Only officers of this agency enter its scores."))
    if not sheet.membership.review.is_in(*ENTRY_PHASES):
        return denied(_("Scores are entered during self-scoring only."))
    if not sheet.is_with_member:
        return denied(_("The sheet has been submitted."))
    if sheet.status == SheetStatus.WITH_HEAD and not user.is_head:
        return denied(_("The sheet is with the head of agency."))
    return allowed


def erases_evidence(sheet: Sheet) -> bool:
    """Taking a document out erases its bytes until the sheet was first submitted.

    Whoever appraised a submitted sheet may have relied on what the document says.
    """
    return sheet.submitted_at is None


def can_enter_score(user: User, sheet: Sheet, score: Score) -> Verdict:
    """As ``can_enter``; of a sheet returned for certain criteria, only those."""
    verdict = can_enter(user, sheet)
    if verdict and not sheet.is_open_at(score.criterion_id):
        return denied(_("The sheet was returned for other criteria; this one stands."))
    return verdict


def can_send_to_head(user: User, sheet: Sheet) -> Verdict:
    if user.is_head:
        return denied(_("The head submits the sheet directly."))
    if sheet.status != SheetStatus.DRAFT:
        return denied(_("The sheet is not being filled in."))
    return can_enter(user, sheet)


def can_take_back(user: User, sheet: Sheet) -> Verdict:
    """From the head back to the officer."""
    if not is_own(user, sheet):
        return denied(_("Only the agency itself takes its sheet back."))
    if sheet.status != SheetStatus.WITH_HEAD:
        return denied(_("The sheet is not with the head of agency."))
    return allowed


def can_submit(user: User, sheet: Sheet) -> Verdict:
    """The head of the agency, or its officer where the agency has delegated it."""
    if not is_own(user, sheet):
        return denied(_("Only the agency itself submits its sheet."))
    if not sheet.membership.review.is_in(*ENTRY_PHASES):
        return denied(_("Sheets are submitted during self-scoring only."))
    if not (user.is_head or sheet.membership.agency.officer_may_submit):
        return denied(_("The head of agency submits the sheet."))
    return allowed if sheet.is_with_member else denied(_("The sheet has been submitted."))


def can_recall(user: User, sheet: Sheet) -> Verdict:
    """Take a submitted sheet back, until appraisal has begun; submitting again counts anew."""
    if not is_own(user, sheet):
        return denied(_("Only the agency itself recalls its sheet."))
    if sheet.status != SheetStatus.SUBMITTED:
        return denied(_("The sheet is not submitted."))
    if not sheet.membership.review.is_in(Phase.SELF_SCORING):
        return denied(_("Appraisal has begun; the bloc leader may return the sheet."))
    if not (user.is_head or sheet.membership.agency.officer_may_submit):
        return denied(_("The head of agency recalls the sheet."))
    return allowed


def can_read_appraisal(user: User, sheet: Sheet) -> Verdict:
    """The member reads its appraised points once the appraisal of its sheet is finished."""
    if not is_own(user, sheet):
        return allowed  # the sheet itself is shown only to its readers
    if sheet.status == SheetStatus.APPRAISED or sheet.membership.review.has_reached(
        Phase.CONFERENCE
    ):
        return allowed
    return denied(_("The appraisal of this sheet is not finished."))


# --- appraisal


def appraises(user: User, sheet: Sheet) -> bool:
    """Works at the member named to appraise this sheet; never at the sheet's own agency."""
    return (
        sheet.appraiser is not None
        and sheet.appraiser.agency_id == user.agency_id
        and not is_own(user, sheet)
    )


def can_appraise(user: User, sheet: Sheet) -> Verdict:
    """The people of the appraising member set points, while the review is being appraised."""
    if is_own(user, sheet):
        return denied(_("Nobody appraises their own agency."))
    if not appraises(user, sheet):
        return denied(_("Another member appraises this sheet."))
    if not sheet.membership.review.is_in(Phase.APPRAISAL):
        return denied(_("Points are appraised during the appraisal only."))
    if sheet.status == SheetStatus.APPRAISED:
        return denied(_("The appraisal of this sheet is finished."))
    if sheet.status != SheetStatus.SUBMITTED:
        return denied(_("The sheet is not submitted."))
    return allowed


def can_see_appraisal(user: User, review: Review) -> Verdict:
    """The work list of the sheets that the own agency appraises, during the appraisal."""
    if not review.is_in(Phase.APPRAISAL):
        return denied(_("Points are appraised during the appraisal only."))
    if not Sheet.objects.of(review).appraised_by(user).exists():
        return denied(_("Your agency appraises no sheet of this review."))
    return allowed


def can_finish_appraisal(user: User, sheet: Sheet) -> Verdict:
    """The head of the appraising agency answers for the appraisal."""
    verdict = can_appraise(user, sheet)
    if verdict and not user.is_head:
        return denied(_("The head of the appraising agency finishes the appraisal."))
    return verdict


def can_return(user: User, sheet: Sheet) -> Verdict:
    return can_finish_appraisal(user, sheet)


def can_resume_appraisal(user: User, sheet: Sheet) -> Verdict:
    """Take up a finished appraisal again, until the table has been approved."""
    if not appraises(user, sheet) or not user.is_head:
        return denied(_("Only the head of the appraising agency takes the appraisal up again."))
    if not sheet.membership.review.is_in(Phase.APPRAISAL):
        return denied(_("The table has been approved."))
    if sheet.status != SheetStatus.APPRAISED:
        return denied(_("The appraisal of this sheet is not finished."))
    return allowed


def can_name_appraiser(user: User, sheet: Sheet) -> Verdict:
    """The board for any sheet, the leader for the others': nobody chooses who appraises them."""
    review = sheet.membership.review
    if not (is_board_of(user, review) or leads(user, review)):
        return denied(_("The bloc leader or the provincial board names the appraiser of a sheet."))
    if is_own(user, sheet):
        return denied(_("Who appraises the leader's own sheet, the provincial board decides."))
    if not review.is_in(*ENTRY_PHASES):
        return denied(_("Appraisers are named until the table has been approved."))
    if sheet.status == SheetStatus.APPRAISED:
        return denied(_("The appraisal of this sheet is finished."))
    return allowed


def can_grant_extension(user: User, sheet: Sheet) -> Verdict:
    """The leader for the others, the leader's own by the deputy; nobody to the own agency."""
    review = sheet.membership.review
    if is_own(user, sheet):
        return denied(_("Nobody grants an extension to their own agency."))
    part = user.part_in(review)
    by_office = part is not None and (
        part.is_deputy if sheet.membership.is_leader else part.is_leader
    )
    if not (by_office and user.is_head):
        return denied(_("The bloc leader grants extensions; the leader's own, the deputy."))
    if not review.is_in(Phase.SELF_SCORING):
        return denied(_("Extensions are granted during self-scoring only."))
    return allowed


def can_open_appraisal(user: User, review: Review) -> Verdict:
    if not leads(user, review):
        return denied(_("Only the bloc leader begins the appraisal."))
    if not review.is_in(Phase.SELF_SCORING):
        return denied(_("The appraisal begins after self-scoring."))
    return allowed


# --- objections


def can_object(user: User, sheet: Sheet, today: datetime.date) -> Verdict:
    """The member contests appraised points, within the term, until it has accepted them."""
    if not is_own(user, sheet):
        return denied(_("Only the agency itself objects to its appraisal."))
    if not sheet.membership.review.is_in(Phase.APPRAISAL):
        return denied(_("Objections are raised before the table is approved."))
    if sheet.status != SheetStatus.APPRAISED:
        return denied(_("The appraisal of this sheet is not finished."))
    if sheet.accepted_at is not None:
        return denied(_("Your agency has accepted the appraisal."))
    if sheet.objections_until is None:
        return denied(_("This review has no term for objections."))
    if today > sheet.objections_until:
        return denied(_("The term for objections has ended; silence means agreement."))
    return allowed


def can_withdraw_objection(user: User, objection: Objection) -> Verdict:
    sheet = objection.score.sheet
    if not is_own(user, sheet):
        return denied(_("Only the agency itself withdraws its objection."))
    if objection.status != ObjectionStatus.OPEN:
        return denied(_("This objection has been dealt with."))
    if not sheet.membership.review.is_in(Phase.APPRAISAL):
        return denied(_("The table has been approved."))
    return allowed


def can_accept_appraisal(user: User, sheet: Sheet, today: datetime.date) -> Verdict:
    """The head, or the officer who may submit, ends the term by accepting the appraisal."""
    verdict = can_object(user, sheet, today)
    if verdict and not (user.is_head or sheet.membership.agency.officer_may_submit):
        return denied(_("The head of agency accepts the appraisal."))
    return verdict


def can_answer_objection(user: User, objection: Objection) -> Verdict:
    """The people of the appraising member, while the objection waits for an answer."""
    sheet = objection.score.sheet
    if not appraises(user, sheet):
        return denied(_("The appraiser of the sheet answers objections."))
    if objection.status != ObjectionStatus.OPEN:
        return denied(_("This objection has been dealt with."))
    if not sheet.membership.review.is_in(Phase.APPRAISAL):
        return denied(_("The table has been approved."))
    if sheet.status != SheetStatus.APPRAISED:
        return denied(_("Finish the appraisal of this sheet first."))
    return allowed


def can_see_objections(user: User, review: Review) -> Verdict:
    """All of a review: the leader's people; everybody once the table is circulated."""
    if review.has_reached(Phase.CONFERENCE) or serves_leader(user, review):
        return allowed
    return denied(_("Objections are read by the bloc leader until the table is circulated."))


def can_carry_objection(user: User, objection: Objection) -> Verdict:
    """The leader puts an open objection on the agenda of the conference."""
    review = objection.score.sheet.membership.review
    if not leads(user, review):
        return denied(_("Only the bloc leader carries objections to the conference."))
    if not review.is_in(Phase.APPRAISAL):
        return denied(_("The table has been approved."))
    if objection.status != ObjectionStatus.OPEN:
        return denied(_("This objection has been dealt with."))
    return allowed


# --- provisional values


def can_confirm_final(user: User, score: Score) -> Verdict:
    """Say that a provisional figure is the final one: the appraiser, later the leader's people.

    The figure itself stays; another figure is appraised, agreed, or needs the table reopened.
    """
    sheet = score.sheet
    review = sheet.membership.review
    if not score.is_provisional:
        return denied(_("This figure is final."))
    if review.is_in(Phase.APPRAISAL):
        return can_appraise(user, sheet)
    if not serves_leader(user, review):
        return denied(_("The leader's secretariat confirms final figures."))
    if not review.is_in(Phase.CONFERENCE, Phase.SUBMISSION):
        return denied(_("Figures are confirmed before the dossier is submitted."))
    return allowed


# --- findings from outside


def can_read_findings(user: User, review: Review) -> Verdict:
    """All of a review: the leader's people and the board. A member reads its own on its sheet."""
    if serves_leader(user, review) or is_board_of(user, review):
        return allowed
    return denied(_("Findings are read by the bloc leader and the provincial board."))


def can_record_finding(user: User, membership: Membership) -> Verdict:
    """Record or lift what was found of a member; nobody of the own agency."""
    review = membership.review
    if membership.agency_id == user.agency_id:
        return denied(_("Nobody records or lifts a finding of their own agency."))
    verdict = can_read_findings(user, review)
    if not verdict:
        return verdict
    if not review.has_reached(Phase.SELF_SCORING) or review.is_in(Phase.CLOSED):
        return denied(_("Findings are recorded from self-scoring until the review is closed."))
    return allowed


# --- the summary table


def can_read_summary(user: User, review: Review) -> Verdict:
    """The leader from the appraisal on; members and board once it was approved for them."""
    if review.has_reached(Phase.CONFERENCE):
        return allowed
    if serves_leader(user, review) and review.is_in(Phase.APPRAISAL):
        return allowed
    return denied(_("The table is shown to all members once the leader has approved it."))


def can_print_summary(user: User, review: Review) -> Verdict:
    """The table on paper: its readers, the board once the dossier has been submitted."""
    if is_board_of(user, review) and not review.has_reached(Phase.EXAMINATION):
        return denied(_("The board reads the papers once the dossier has been submitted."))
    return can_read_summary(user, review)


def can_read_last_year(user: User, sheet: Sheet, last: Review) -> Verdict:
    """What the sheet's agency had the year before: itself, and who may read that year's table."""
    if is_own(user, sheet):
        return allowed
    if user.part_in(last) is None and not is_board_of(user, last):
        return denied(_("Your agency took no part in that review."))
    return can_read_summary(user, last)


def can_approve_summary(user: User, review: Review) -> Verdict:
    if not leads(user, review):
        return denied(_("Only the bloc leader approves the table."))
    if not review.is_in(Phase.APPRAISAL):
        return denied(_("The table is approved at the end of the appraisal."))
    return allowed


def can_agree(user: User, review: Review) -> Verdict:
    """Write down what the conference agrees: leader, deputy and their secretariats."""
    part = user.part_in(review)
    if part is None or not (part.is_leader or part.is_deputy):
        return denied(_("The leader's secretariat records what the conference agrees."))
    if not review.is_in(Phase.CONFERENCE, Phase.SUBMISSION):
        return denied(_("Points are agreed at the conference only."))
    return allowed


def can_adopt_summary(user: User, review: Review) -> Verdict:
    if not serves_leader(user, review):
        return denied(_("The leader's secretariat records the adoption."))
    if not review.is_in(Phase.CONFERENCE):
        return denied(_("The table is adopted at the conference."))
    return allowed


# --- the adopted table opened again


def can_ask_reopening(user: User, review: Review) -> Verdict:
    if not leads(user, review):
        return denied(_("Only the bloc leader asks for the table to be opened again."))
    if not review.is_in(Phase.CONFERENCE, Phase.SUBMISSION):
        return denied(_("The table is opened again before the dossier is with the province."))
    return allowed


def can_answer_reopening(user: User, reopening: Reopening) -> Verdict:
    """The board, while the dossier is still with the bloc: nothing is corrected under it."""
    review = reopening.summary.review
    if not is_board_of(user, review):
        return denied(_("Only the provincial board grants that the table is opened again."))
    if reopening.status != ReopeningStatus.ASKED:
        return denied(_("The board has answered already."))
    if not review.is_in(Phase.CONFERENCE, Phase.SUBMISSION):
        return denied(_("The table is opened again before the dossier is with the province."))
    return allowed


def can_adopt_anew(user: User, reopening: Reopening) -> Verdict:
    """The head of the leading agency, once the corrections are in."""
    review = reopening.summary.review
    if not leads(user, review):
        return denied(_("Only the bloc leader records the new adoption."))
    if reopening.status != ReopeningStatus.GRANTED:
        return denied(_("The table has not been opened again."))
    return allowed
