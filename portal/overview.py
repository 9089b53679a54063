"""A review on one page: its phases, who is where, what comes next and what is missing for it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from awards import permissions as awards_may
from awards.models import Conference, Dossier
from awards.readiness import missing_to_close, missing_to_submit
from blocs import permissions as may
from blocs.models import Membership, Phase, PhaseChange, Review, User
from blocs.permissions import Verdict
from blocs.readiness import Missing
from scoring import permissions as scoring_may
from scoring.models import Sheet
from scoring.readiness import (
    missing_to_approve,
    missing_to_open_appraisal,
    missing_to_open_self_scoring,
)


@dataclass(frozen=True)
class Step:
    """One phase on the line of phases."""

    label: str
    state: str
    date: datetime.date | None


@dataclass(frozen=True)
class Place:
    """One member's row: its sheet only where the reader may know how far it is."""

    part: Membership
    sheet: Sheet | None
    is_own: bool


@dataclass(frozen=True)
class NextStep:
    """The deed that leads to the next phase."""

    label: str
    url: str
    verdict: Verdict
    missing: list[Missing]
    question: str = ""  # asked before a deed that is done right here; else a link
    hint: str = ""


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    icon: str


def steps_of(review: Review, conference: Conference | None) -> list[Step]:
    """The phases, those before the present one done; the closed review has no step to come."""
    dates = {
        Phase.SELF_SCORING: review.scores_due,
        Phase.APPRAISAL: review.appraisal_due,
        Phase.CONFERENCE: conference.held_on if conference else None,
        Phase.SUBMISSION: review.dossier_due,
    }
    phases = [phase for phase in Phase if phase != Phase.CLOSED]
    return [
        Step(
            str(phase.label),
            "current" if review.is_in(phase) else ("done" if review.has_reached(phase) else "todo"),
            dates.get(phase),
        )
        for phase in phases
    ]


def places_of(user: User, review: Review) -> list[Place]:
    """All members; the state of a sheet to leader and board, to its agency and its appraiser."""
    sheets = {
        sheet.membership_id: sheet
        for sheet in Sheet.objects.filter(membership__review=review).select_related("appraiser")
    }
    own = user.part_in(review)
    sees_all = bool(may.can_see_progress(user, review))
    places = []
    for part in review.memberships.with_names().in_order():
        sheet = sheets.get(part.pk)
        appraises = (
            sheet is not None
            and own is not None
            and sheet.appraiser_id == own.pk
            and review.has_reached(Phase.APPRAISAL)
        )
        shown = sheet if sees_all or part == own or appraises else None
        places.append(Place(part, shown, is_own=part == own))
    return places


# --- the next step


def next_step_of(
    user: User, review: Review, conference: Conference | None, leader: Membership | None
) -> NextStep | None:
    """The deed that ends the present phase, with what is missing for those who prepare it."""
    who = {"leader": leader.short_name if leader else _("the bloc leader")}
    prepares = may.serves_leader(user, review) or may.is_board_of(user, review)
    if review.is_in(Phase.PREPARATION):
        return _open_self_scoring(user, review, who)
    if review.is_in(Phase.SELF_SCORING):
        return _open_appraisal(user, review, who, prepares=prepares)
    if review.is_in(Phase.APPRAISAL):
        return _approve(user, review, who)
    if review.is_in(Phase.CONFERENCE):
        return _confer(user, review, conference, who)
    if review.is_in(Phase.SUBMISSION):
        return _submit(user, review, who)
    if review.is_in(Phase.EXAMINATION):
        return _examine(user, review)
    if review.is_in(Phase.DECIDED):
        return _close(user, review)
    return None


def page_of(review: Review, name: str) -> str:
    return reverse(name, args=review.url_args)


def _open_self_scoring(user: User, review: Review, who: dict[str, str]) -> NextStep:
    missing = missing_to_open_self_scoring(review)
    return NextStep(
        label=_("Open self-scoring"),
        url=page_of(review, "scoring:self_scoring_open"),
        verdict=_unless(missing, scoring_may.can_open_self_scoring(user, review)),
        missing=missing,
        question=_("Open self-scoring? Members, criteria and the due day then stand."),
        hint=_("Who can do this: the head of %(leader)s, or the provincial board.") % who,
    )


def _open_appraisal(user: User, review: Review, who: dict[str, str], *, prepares: bool) -> NextStep:
    missing = missing_to_open_appraisal(review) if prepares else []
    return NextStep(
        label=_("Begin the appraisal"),
        url=page_of(review, "scoring:appraisal_open"),
        verdict=_unless(missing, scoring_may.can_open_appraisal(user, review)),
        missing=missing,
        question=_("Begin the appraisal? Sheets can then no longer be recalled."),
        hint=_("Who can do this: the head of %(leader)s.") % who,
    )


def _approve(user: User, review: Review, who: dict[str, str]) -> NextStep:
    """Whose appraisal is open is for the leader's people; the board waits for the table."""
    missing = missing_to_approve(review) if may.serves_leader(user, review) else []
    return NextStep(
        label=_("Read and approve the table"),
        url=page_of(review, "scoring:summary_detail"),
        verdict=_unless(missing, scoring_may.can_approve_summary(user, review)),
        missing=missing,
        hint=_("Who can do this: the head of %(leader)s.") % who,
    )


def _confer(
    user: User, review: Review, conference: Conference | None, who: dict[str, str]
) -> NextStep:
    hint = (
        _("Who can do this: the secretariat at %(leader)s; its head closes the conference.") % who
    )
    if conference is None:
        return NextStep(
            label=_("Set day and venue of the conference"),
            url=page_of(review, "awards:conference_detail"),
            verdict=awards_may.can_plan_conference(user, review),
            missing=[],
            hint=hint,
        )
    records = may.serves_leader(user, review) and conference.is_open
    return NextStep(
        label=_("Go to the conference"),
        url=conference.get_absolute_url(),
        verdict=awards_may.can_see_conference(user, review),
        missing=missing_to_close(conference) if records else [],
        hint=hint,
    )


def _submit(user: User, review: Review, who: dict[str, str]) -> NextStep:
    missing = missing_to_submit(review) if may.serves_leader(user, review) else []
    return NextStep(
        label=_("Go to the dossier"),
        url=page_of(review, "awards:proposal_list"),
        verdict=awards_may.can_read_proposals(user, review),
        missing=missing,
        hint=_("Who can do this: the head of %(leader)s.") % who,
    )


def _examine(user: User, review: Review) -> NextStep:
    dossier = Dossier.objects.filter(review=review).first()
    is_board = may.is_board_of(user, review)
    url = dossier.get_absolute_url() if dossier and is_board else ""
    return NextStep(
        label=_("Examine the dossier") if is_board else _("Read the proposals"),
        url=url or page_of(review, "awards:proposal_list"),
        verdict=awards_may.can_read_proposals(user, review),
        missing=[],
        hint=_("Who can do this: the provincial board, proposal by proposal."),
    )


def _close(user: User, review: Review) -> NextStep:
    return NextStep(
        label=_("Close the review"),
        url=page_of(review, "blocs:review_close"),
        verdict=may.can_close_review(user, review),
        missing=[],
        question=_("Close the review? It can still be read, but nothing in it changes any more."),
        hint=_("Who can do this: the provincial board."),
    )


def _unless(missing: list[Missing], verdict: Verdict) -> Verdict:
    """Off as well while something is missing: the list beside the button says what."""
    if verdict and missing:
        return may.denied(_("Something is still missing: see the list."))
    return verdict


def history_of(review: Review) -> list[tuple[str, PhaseChange]]:
    """The steps taken, the last one first, each with the phase that it led to."""
    changes = review.changes.select_related("by").order_by("-pk")
    return [(str(Phase(change.to_status).label), change) for change in changes]


# --- ways on


def links_of(user: User, review: Review) -> list[Link]:
    """The pages of the review that this person may read."""
    part = user.part_in(review)
    scored = review.has_reached(Phase.SELF_SCORING)
    ways = [
        (part is not None and scored, "scoring:sheet_own", "ui-checks", _("Own score sheet")),
        (scored, "scoring:sheet_list", "collection", _("Score sheets")),
        (
            scoring_may.can_see_appraisal(user, review),
            "scoring:appraisal_list",
            "clipboard-check",
            _("Appraisal"),
        ),
        (True, "scoring:criteria_detail", "list-ol", _("Criteria")),
        (scoring_may.can_read_summary(user, review), "scoring:summary_detail", "table", _("Table")),
        (
            awards_may.can_see_conference(user, review) and review.has_reached(Phase.APPRAISAL),
            "awards:conference_detail",
            "people",
            _("Conference"),
        ),
        (True, "awards:document_list", "file-earmark-text", _("Papers")),
        (
            awards_may.can_read_proposals(user, review),
            "awards:proposal_list",
            "award",
            _("Proposals"),
        ),
        (True, "awards:flag", "flag", _("Rotating flag")),
        (
            scored and scoring_may.can_read_findings(user, review),
            "scoring:finding_list",
            "shield-exclamation",
            _("Findings"),
        ),
        (
            review.has_reached(Phase.APPRAISAL),
            "scoring:objection_list",
            "chat-left-text",
            _("Objections"),
        ),
        (scored, "scoring:provisional_list", "hourglass-split", _("Provisional figures")),
        (
            awards_may.can_read_reopenings(user, review),
            "awards:reopening",
            "unlock",
            _("Reopening of the table"),
        ),
        (True, "blocs:activity_list", "calendar-event", _("Activities")),
        (True, "blocs:report_list", "file-text", _("Members' reports")),
        (True, "blocs:calendar", "calendar3", _("Dates")),
        (True, "blocs:member_list", "diagram-3", _("Members")),
    ]
    return [Link(label, page_of(review, name), icon) for shown, name, icon, label in ways if shown]
