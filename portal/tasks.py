"""What a person must do now, by role and phase; and where a review stands when it is nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from awards.models import DossierStatus
from awards.readiness import REQUIRED_PAPERS
from blocs.models import Membership, Phase, User
from blocs.permissions import can_see_progress
from portal.home import Desk, Task, desks_of, names_of
from scoring.models import CriteriaStatus, Sheet, SheetStatus
from scoring.readiness import is_within_term

WRITING = (Phase.SELF_SCORING, Phase.APPRAISAL)
REPORTING = (Phase.SELF_SCORING, Phase.APPRAISAL, Phase.CONFERENCE)


@dataclass(frozen=True)
class Standing:
    """A review on the person's first page: what to do there, and where it stands."""

    desk: Desk
    tasks: tuple[Task, ...]
    state: str


def standings_of(user: User) -> list[Standing]:
    """Every open review of the person, newest first, with the person's tasks."""
    return [Standing(desk, tuple(tasks_at(desk)), state_of(desk)) for desk in desks_of(user)]


def tasks_at(desk: Desk) -> Iterator[Task]:
    if desk.user.on_board:
        yield from board_tasks(desk)
        return
    yield from vote_tasks(desk)
    yield from own_sheet_tasks(desk)
    yield from appraisal_tasks(desk)
    yield from objection_tasks(desk)
    if desk.own is not None and desk.own.is_leader:
        phase = Phase(desk.review.status)
        yield from LEADER_TASKS.get(phase, no_tasks)(desk)
        yield from registration_tasks(desk)
    yield from report_tasks(desk)
    yield from achievement_tasks(desk)


def page_of(desk: Desk, name: str) -> str:
    return reverse(name, args=desk.review.url_args)


def no_tasks(desk: Desk) -> Iterator[Task]:
    yield from ()


# --- the member's own sheet and report


def own_sheet_tasks(desk: Desk) -> Iterator[Task]:
    """The officer fills in, the head submits; a returned sheet goes back to whoever is at work."""
    sheet = desk.own_sheet
    if sheet is None or not desk.review.is_in(*WRITING) or not sheet.is_with_member:
        return
    url = page_of(desk, "scoring:sheet_own")
    blank, lacking = sheet.blank, desk.unproven  # type: ignore[attr-defined]
    left = _left(blank, lacking, sheet.entries)  # type: ignore[attr-defined]
    if sheet.asked_for:
        count = len(sheet.asked_for)
        named = ngettext("%(count)s criterion named", "%(count)s criteria named", count)
        left = named % {"count": count}
    text = sheet_words(desk, sheet, complete=not blank and not lacking)
    if text:
        yield Task(text, url, desk.sheet_due, left)


def sheet_words(desk: Desk, sheet: Sheet, *, complete: bool) -> str:
    """What is to be done with the own sheet by this person; nothing while it lies with another."""
    agency = desk.user.agency
    submits = desk.user.is_head or (agency is not None and agency.officer_may_submit)
    if sheet.status == SheetStatus.RETURNED:
        return _("Supplement the returned score sheet and submit it again")
    if sheet.status == SheetStatus.WITH_HEAD:
        return _("Check the score sheet and submit it") if submits else ""
    if not complete and desk.user.is_head:
        return _("Have the score sheet filled in, then submit it")
    if not complete:
        return _("Fill in the score sheet")
    if submits:
        return _("Submit the score sheet")
    return _("Send the score sheet to the head of agency")


def _left(open_ones: int, lacking: int, all_of_them: int) -> str:
    if lacking and not open_ones:
        text = ngettext(
            "%(count)s criterion needs evidence or an explanation",
            "%(count)s criteria need evidence or an explanation",
            lacking,
        )
        return text % {"count": lacking}
    if not open_ones:
        return _("all %(all)s criteria answered") % {"all": all_of_them}
    return _("%(left)s of %(all)s criteria left") % {"left": open_ones, "all": all_of_them}


def report_tasks(desk: Desk) -> Iterator[Task]:
    if desk.own is None or desk.has_report or not desk.review.is_in(*REPORTING):
        return
    yield Task(
        _("Write the agency's own report of the year"),
        reverse("blocs:report_detail", args=[*desk.review.url_args, desk.own.agency.slug]),
    )


def achievement_tasks(desk: Desk) -> Iterator[Task]:
    """A proposed member reports what it achieved: the officer writes, the head issues."""
    if not desk.owes_achievements or not desk.review.is_in(Phase.SUBMISSION):
        return
    issue = _("Issue your agency's report of achievements")
    text = issue if desk.user.is_head else _("Write your agency's report of achievements")
    yield Task(text, page_of(desk, "awards:proposal_list"), desk.due(desk.review.dossier_due))


# --- the conference's votes


def vote_tasks(desk: Desk) -> Iterator[Task]:
    """The room waits for these, so they come first."""
    for vote in desk.ballots:
        yield Task(
            _("Cast your agency's paper: %(title)s") % {"title": vote.title},
            vote.get_absolute_url(),
        )
    if desk.own is not None and desk.own.is_leader and desk.user.is_head:
        for vote in desk.counted:
            yield Task(
                _("Announce the result of: %(title)s") % {"title": vote.title},
                vote.get_absolute_url(),
            )


# --- appraisal


def appraisal_tasks(desk: Desk) -> Iterator[Task]:
    """Sheets that the own agency appraises and has not finished."""
    if desk.own is None or not desk.review.is_in(Phase.APPRAISAL):
        return
    sheets = {
        part: sheet
        for part in desk.parts
        if (sheet := desk.sheets.get(part.pk)) is not None
        and sheet.appraiser_id == desk.own.pk
        and sheet.status == SheetStatus.SUBMITTED
    }
    if not sheets:
        return
    left = sum(sheet.unappraised for sheet in sheets.values())  # type: ignore[attr-defined]
    total = sum(sheet.appraisable for sheet in sheets.values())  # type: ignore[attr-defined]
    if not left and not desk.user.is_head:
        return
    words = _("Appraise: %(members)s") if left else _("Finish the appraisal of %(members)s")
    yield Task(
        words % {"members": names_of(list(sheets))},
        _appraisal_url(desk, list(sheets)),
        desk.due(desk.review.appraisal_due),
        _("%(left)s of %(all)s criteria left") % {"left": left, "all": total},
    )


def _appraisal_url(desk: Desk, parts: list[Membership]) -> str:
    if len(parts) > 1:
        return page_of(desk, "scoring:appraisal_list")
    return reverse("scoring:sheet_detail", args=[*desk.review.url_args, parts[0].agency.slug])


def objection_tasks(desk: Desk) -> Iterator[Task]:
    """The member reads its appraisal within the term; the appraiser answers objections."""
    sheet = desk.own_sheet
    if not desk.review.is_in(Phase.APPRAISAL) or desk.own is None:
        return
    if sheet is not None and is_within_term(sheet):
        yield Task(
            _("Read the appraisal of your score sheet: accept it, or object"),
            page_of(desk, "scoring:sheet_own"),
            desk.due(sheet.objections_until),
        )
    count = desk.objections.count(desk.own.pk)
    if count:
        words = ngettext("Answer %(count)s objection", "Answer %(count)s objections", count)
        yield Task(words % {"count": count}, page_of(desk, "scoring:objection_list"))


# --- the leader's people


def registration_tasks(desk: Desk) -> Iterator[Task]:
    if desk.review.has_reached(Phase.CONFERENCE):
        return
    missing = [part for part in desk.parts if not part.registered_at and not part.never_registered]
    if missing:
        yield Task(
            _("Record covenant and registration of %(members)s") % {"members": names_of(missing)},
            page_of(desk, "blocs:activity_list"),
            desk.due(desk.review.registration_due),
            _of(len(missing), len(desk.parts), _("%(left)s of %(all)s members left")),
        )


def _of(left: int, total: int, words: str) -> str:
    return words % {"left": left, "all": total}


def preparing(desk: Desk) -> Iterator[Task]:
    criteria = page_of(desk, "scoring:criteria_detail")
    if not desk.has_adopted_criteria:
        has_draft = CriteriaStatus.DRAFT in desk.criteria
        if not has_draft:
            yield Task(_("Upload the criteria of the year"), criteria)
        elif desk.user.is_head:
            yield Task(_("Read and adopt the criteria"), criteria)
    if desk.review.scores_due is None:
        yield Task(_("Set the day on which score sheets are due"), page_of(desk, "blocs:calendar"))
    elif desk.has_adopted_criteria and desk.user.is_head:
        yield Task(_("Open self-scoring"), desk.review.get_absolute_url() + "#next")


def collecting(desk: Desk) -> Iterator[Task]:
    """Who has not submitted; the head begins the appraisal once everybody has."""
    due = desk.due(desk.review.scores_due)
    if desk.not_received:
        yield Task(
            _("Not submitted yet: %(members)s") % {"members": names_of(desk.not_received)},
            page_of(desk, "scoring:sheet_list"),
            due,
            _of(len(desk.not_received), len(desk.ranked), _("%(left)s of %(all)s sheets missing")),
        )
    elif desk.user.is_head:
        yield Task(_("Begin the appraisal"), desk.review.get_absolute_url() + "#next")


def appraising(desk: Desk) -> Iterator[Task]:
    open_ones = [
        part
        for part in desk.ranked
        if part.pk in desk.sheets and desk.sheets[part.pk].status != SheetStatus.APPRAISED
    ]
    if not open_ones and desk.user.is_head:
        due = desk.due(desk.review.appraisal_due)
        yield Task(_("Approve the summary table"), page_of(desk, "scoring:summary_detail"), due)
    if desk.conference is None:
        yield Task(
            _("Set day, venue and chair of the conference"),
            conference_url(desk),
        )


def conferring(desk: Desk) -> Iterator[Task]:
    conference = desk.conference
    if conference is None:
        yield Task(
            _("Set day, venue and chair of the conference"),
            conference_url(desk),
        )
    elif conference.is_open:
        yield Task(_("Keep the record of the conference"), conference_url(desk))
    else:
        yield Task(
            _("Prepare and open the conference"), conference_url(desk), desk.due(conference.held_on)
        )


def conference_url(desk: Desk) -> str:
    return page_of(desk, "awards:conference_detail")


def submitting(desk: Desk) -> Iterator[Task]:
    """A table opened again first, then the papers, then the dossier."""
    due = desk.due(desk.review.dossier_due)
    if desk.is_reopened:
        yield Task(
            _("Correct the table that was opened again, and adopt it anew"),
            page_of(desk, "awards:reopening"),
            due,
        )
        return
    if desk.dossier is not None and desk.dossier.status == DossierStatus.RETURNED:
        yield Task(
            _("The board has returned the dossier: mend it and submit it again"),
            page_of(desk, "awards:proposal_list"),
            due,
        )
        return
    if desk.unissued:
        papers = ", ".join(str(kind.label) for kind in desk.unissued)
        words = _("Issue: %(papers)s") if desk.user.is_head else _("Prepare: %(papers)s")
        yield Task(
            words % {"papers": papers},
            page_of(desk, "awards:document_list"),
            due,
            _of(len(desk.unissued), len(REQUIRED_PAPERS), _("%(left)s of %(all)s papers left")),
        )
    elif desk.user.is_head:
        yield Task(_("Submit the dossier"), page_of(desk, "awards:proposal_list"), due)


LEADER_TASKS: dict[Phase, Callable[[Desk], Iterator[Task]]] = {
    Phase.PREPARATION: preparing,
    Phase.SELF_SCORING: collecting,
    Phase.APPRAISAL: appraising,
    Phase.CONFERENCE: conferring,
    Phase.SUBMISSION: submitting,
}


# --- the provincial board


def board_tasks(desk: Desk) -> Iterator[Task]:
    """Dossiers, sheets without an appraiser, late members, reviews without a leader."""
    review = desk.review
    if desk.dossier is not None:
        url = reverse("awards:dossier_detail", args=[desk.dossier.pk])
        if desk.dossier.status == DossierStatus.SUBMITTED:
            yield Task(_("Receive the dossier, or return it"), url)
        elif desk.dossier.status == DossierStatus.RECEIVED:
            yield Task(_("Record the province's decisions"), url)
    if desk.awaits_reopening:
        yield Task(
            _("Answer the request to open the adopted table again"),
            page_of(desk, "awards:reopening"),
        )
    if not any(part.is_leader for part in desk.parts) and not review.has_reached(Phase.CONFERENCE):
        yield Task(_("Name the bloc leader"), page_of(desk, "blocs:member_list"))
    orphans = [
        part
        for part in desk.parts
        if part.pk in desk.sheets and desk.sheets[part.pk].appraiser_id is None
    ]
    if orphans and review.is_in(*WRITING):
        yield Task(
            _("Name an appraiser for the sheet of %(members)s") % {"members": names_of(orphans)},
            page_of(desk, "scoring:sheet_list"),
        )
    yield from overdue_tasks(desk)
    if review.is_in(Phase.DECIDED):
        yield Task(_("Close the review"), review.get_absolute_url() + "#next")


def overdue_tasks(desk: Desk) -> Iterator[Task]:
    """What the board reminds of."""
    review = desk.review
    sheets, dossier = desk.due(review.scores_due), desk.due(review.dossier_due)
    if review.is_in(Phase.SELF_SCORING) and sheets and sheets.is_late and desk.not_received:
        yield Task(
            _("Remind the late members: %(members)s") % {"members": names_of(desk.not_received)},
            review.get_absolute_url(),
            sheets,
            _of(len(desk.not_received), len(desk.ranked), _("%(left)s of %(all)s sheets missing")),
        )
    if dossier and dossier.is_late and not review.has_reached(Phase.EXAMINATION):
        yield Task(_("Remind the bloc leader of the dossier"), review.get_absolute_url(), dossier)


# --- where a review stands


def state_of(desk: Desk) -> str:
    """One sentence for those who have nothing to do."""
    review = desk.review
    if review.is_in(Phase.SELF_SCORING) and can_see_progress(desk.user, review):
        received = len(desk.ranked) - len(desk.not_received)
        return _("%(received)s of %(all)s score sheets have been submitted.") % {
            "received": received,
            "all": len(desk.ranked),
        }
    if desk.own_sheet is not None and review.is_in(*WRITING):
        return _("Your score sheet: %(state)s.") % {"state": desk.own_sheet.get_status_display()}
    return waiting_for(Phase(review.status))


def waiting_for(phase: Phase) -> str:
    return {
        Phase.PREPARATION: _("The bloc leader prepares criteria and dates."),
        Phase.SELF_SCORING: _("The members fill in their score sheets."),
        Phase.APPRAISAL: _("The score sheets are being appraised."),
        Phase.CONFERENCE: _("The table has been circulated; the conference follows."),
        Phase.SUBMISSION: _("The bloc leader prepares papers and dossier."),
        Phase.EXAMINATION: _("The province examines the dossier."),
        Phase.DECIDED: _("The province has decided on every proposal."),
        Phase.CLOSED: _("The review is closed."),
    }[phase]
