"""Who may do what to a review, its members and its calendar. Pure: no writes, no messages.

A predicate returns a ``Verdict``: truthy when allowed, and with the reason in words when not.
The button, the POST and the explanation beside a switched-off button ask the same predicate.
Office belongs to a review: the leader of one year leads that year only.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from blocs.models import Agency, Bloc, Membership, Phase, Review, User


@dataclass(frozen=True)
class Verdict:
    """An answer to "may I?", with the reason when it is no."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


allowed = Verdict(allowed=True)


def denied(reason: str) -> Verdict:
    return Verdict(allowed=False, reason=reason)


def require(verdict: Verdict) -> None:
    """Raise ``PermissionDenied`` with the reason, unless allowed."""
    if not verdict:
        raise PermissionDenied(verdict.reason)


def is_board_of(user: User, review: Review) -> bool:
    """Works in the board office of the review's province."""
    return is_board_at(user, review.bloc.province_id)


def serves_leader(user: User, review: Review) -> bool:
    """Works at the agency that leads this review: its head, or the bloc's secretariat."""
    part = user.part_in(review)
    return part is not None and part.is_leader


def leads(user: User, review: Review) -> bool:
    """Is the head of the agency that leads this review."""
    return user.is_head and serves_leader(user, review)


# --- agencies, accounts, blocs


def is_board_at(user: User, province: int | None) -> bool:
    """Works in the board office of this province (by id)."""
    return user.agency is not None and user.on_board and user.agency.province_id == province


def can_manage_agencies(user: User, agency: Agency | None = None) -> Verdict:
    """Add agencies to the province and name them."""
    if user.on_board and (agency is None or is_board_at(user, agency.province_id)):
        return allowed
    return denied(_("Only the provincial board adds and names agencies."))


def can_delegate(user: User, agency: Agency) -> Verdict:
    """Let the officer submit: the head of that agency, or the board."""
    if user.is_head and user.agency_id == agency.pk:
        return allowed
    if is_board_at(user, agency.province_id):
        return allowed
    return denied(_("Only the head of this agency or the provincial board decides this."))


def can_manage_accounts(user: User, account: User | None = None) -> Verdict:
    """Open, change and shut accounts of agencies of the board's own province."""
    if not user.on_board:
        return denied(_("Only the provincial board manages accounts."))
    if account is None:
        return allowed
    if account.agency is not None and is_board_at(user, account.agency.province_id):
        return allowed
    return denied(_("This account belongs to another province."))


def can_manage_blocs(user: User, bloc: Bloc | None = None) -> Verdict:
    if user.on_board and (bloc is None or is_board_at(user, bloc.province_id)):
        return allowed
    return denied(_("Only the provincial board sets up the blocs of its province."))


# --- the review


def can_open_review(user: User) -> Verdict:
    if user.on_board:
        return allowed
    return denied(_("Only the provincial board opens a review."))


def can_set_members(user: User, review: Review) -> Verdict:
    """The board, until the table has been circulated to the members."""
    if not is_board_of(user, review):
        return denied(_("Only the provincial board sets members and offices."))
    if review.has_reached(Phase.CONFERENCE):
        return denied(_("The table has been circulated; members and offices stand."))
    return allowed


def can_see_progress(user: User, review: Review) -> Verdict:
    """How far each member is: its sheet, registration, attendance. The others see their own.

    From the conference on the table that rests on all this is before everybody.
    """
    if serves_leader(user, review) or is_board_of(user, review):
        return allowed
    if review.has_reached(Phase.CONFERENCE):
        return allowed
    return denied(_("Until the table is circulated, members see their own record only."))


def can_set_calendar(user: User, review: Review) -> Verdict:
    """The leader's agency or the board; the due day of the sheets stands once scoring is open."""
    if not (serves_leader(user, review) or is_board_of(user, review)):
        return denied(_("Only the bloc leader or the provincial board sets the dates."))
    if review.has_reached(Phase.CONFERENCE):
        return denied(_("The dates stand: the table has been circulated."))
    return allowed


def can_record_activities(user: User, review: Review) -> Verdict:
    """Registrations and meetings, by the leader's secretariat, until the table is approved."""
    if not serves_leader(user, review):
        return denied(_("Only the leader's secretariat records the bloc's activities."))
    if review.has_reached(Phase.CONFERENCE):
        return denied(_("The table has been approved; the record of activities is closed."))
    return allowed


def can_write_report(user: User, membership: Membership) -> Verdict:
    """A member's own report, by its own officers, until the conference has closed."""
    if user.agency_id != membership.agency_id:
        return denied(_("Only this agency writes its own report."))
    if membership.review.has_reached(Phase.SUBMISSION):
        return denied(_("The conference has closed; the reports stand."))
    return allowed


def can_read_report(user: User, membership: Membership) -> Verdict:
    """The member itself, the leader's secretariat that quotes it, the board once submitted."""
    review = membership.review
    if user.agency_id == membership.agency_id or serves_leader(user, review):
        return allowed
    if is_board_of(user, review) and review.has_reached(Phase.EXAMINATION):
        return allowed
    return denied(_("Members' reports are read by the bloc leader."))


def can_hand_over(user: User, review: Review) -> Verdict:
    """Next year's offices are set by the leader of this year's review, or by the board."""
    if leads(user, review) or is_board_of(user, review):
        return allowed
    return denied(_("Only the bloc leader hands the bloc over."))


def can_close_review(user: User, review: Review) -> Verdict:
    if not is_board_of(user, review):
        return denied(_("Only the provincial board closes a review."))
    if not review.is_in(Phase.DECIDED):
        return denied(_("The review is closed once every proposal has been decided."))
    return allowed
