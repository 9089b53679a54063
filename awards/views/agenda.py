"""The conference page: the parts of a real meeting in their order, each with its small forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from awards import permissions as may
from awards.candidacy import Candidacy, candidacies_of
from awards.forms.agenda import AgendaItemForm
from awards.forms.conference import (
    AttendanceList,
    CloseForm,
    DelegateForm,
    HandoverForm,
    PlanForm,
    RemarkForm,
)
from awards.forms.resolutions import ElectionForm, OtherForm, ProposalForm, ReportForm, TableForm
from awards.forms.scores import ScoreChoiceForm
from awards.forms.tellers import TellerForm
from awards.models import Conference, ResolutionKind
from awards.readiness import missing_to_close
from blocs.http import PortalRequest
from blocs.models import Office, Review, User
from blocs.permissions import Verdict, denied, serves_leader
from blocs.readiness import Missing

from .agenda_lines import Line, lines_of
from .record import Record, read_record
from .upcoming import Upcoming, upcoming_of

Bound = Mapping[str, forms.BaseForm | AttendanceList]


@dataclass(frozen=True)
class Deeds:
    """What the reader may do on the page, each with the reason where not."""

    plan: Verdict
    plan_agenda: Verdict
    open: Verdict
    record: Verdict
    keep: Verdict
    agree: Verdict
    close: Verdict
    read_papers: Verdict
    read_proposals: Verdict


@dataclass(frozen=True)
class Part:
    """One numbered part; ``done`` is None where nothing has to be done."""

    anchor: str
    title: str
    done: bool | None = None

    @property
    def template(self) -> str:
        return f"awards/conference/_{self.anchor}.html"


@dataclass(frozen=True)
class Page:
    """All that the template draws."""

    record: Record
    deeds: Deeds
    forms: Bound
    parts: tuple[Part, ...]
    missing: list[Missing]
    upcoming: Upcoming | None  # what the close opened
    candidacies: tuple[Candidacy, ...]  # beside the form that records an election
    keeps: bool  # the reader belongs to the secretariat that keeps the record
    agenda: tuple[Line, ...]


def deeds_of(user: User, review: Review, conference: Conference | None) -> Deeds:
    plan = may.can_plan_conference(user, review)
    none = denied(_("The conference has not been planned yet."))
    if conference is not None and conference.is_closed:
        plan = denied(_("The conference has been closed."))
    return Deeds(
        plan=plan,
        plan_agenda=may.can_plan_agenda(user, conference) if conference else none,
        open=may.can_open_conference(user, conference) if conference else none,
        record=may.can_record(user, conference) if conference else none,
        keep=may.can_keep_minutes(user, conference) if conference else none,
        agree=may.can_agree_score(user, conference) if conference else none,
        close=may.can_close_conference(user, conference) if conference else none,
        read_papers=may.can_read_papers(user, review),
        read_proposals=may.can_read_proposals(user, review),
    )


def forms_of(record: Record) -> dict[str, forms.BaseForm | AttendanceList]:
    """Every form of the page, empty or filled with what is known."""
    room, members, conference = record.room, record.members, record.conference
    return {
        "plan": PlanForm(review=record.review, conference=conference),
        "item": AgendaItemForm(),
        "attendance": AttendanceList(
            members=members, attendances=record.attendances, accounts=record.accounts
        ),
        "delegate": DelegateForm(members=members),
        "remark": RemarkForm(members=members),
        "choice": ScoreChoiceForm(members=members, criteria=record.criteria),
        "adopt_report": ReportForm(room=room),
        "adopt_summary": TableForm(room=room),
        "propose": ProposalForm(room=room, rules=record.rules, rows=record.rows),
        "elect": ElectionForm(room=room),
        "other": OtherForm(room=room),
        "teller": TellerForm(members=members, accounts=record.teller_accounts),
        "handover": HandoverForm(initial=handover_initial(record)),
        "close": CloseForm(conference=conference),
    }


def handover_initial(record: Record) -> dict[str, str]:
    if record.handover is not None:
        columns = ("handed_by", "received_by", "condition", "enclosed")
        return {name: getattr(record.handover, name) for name in columns}
    conference = record.conference
    if conference is None:
        return {}
    return {"handed_by": f"{conference.chair_name}, {conference.chair_position}"}


def parts_of(record: Record) -> tuple[Part, ...]:
    conference = record.conference
    opened = conference is not None and (conference.is_open or conference.is_closed)
    elected = [one.office for one in record.of_kind(ResolutionKind.ELECT) if one.carried]
    return (
        Part("plan", _("Plan"), conference is not None),
        Part("agenda", _("Agenda"), bool(record.agenda) or None),
        Part("opening", _("Opening of the conference"), opened),
        Part("attendance", _("Attendance"), record.is_attendance_complete),
        Part("delegates", _("Delegates and guests")),
        Part("report", _("Year-end report"), record.has_carried(ResolutionKind.ADOPT_REPORT)),
        Part("table", _("Score table read out")),
        Part("objections", _("Objections carried to the conference"), record.are_settled),
        Part("scores", _("Scores changed in the room")),
        Part("adoption", _("Adoption of the score table"), record.is_adopted),
        Part("remarks", _("Discussion")),
        Part("committee", _("Ballot committee")),
        Part("votes", _("Votes")),
        Part("proposals", _("Proposals"), record.has_carried(ResolutionKind.PROPOSE)),
        Part(
            "elections",
            _("Election of next year's offices"),
            {Office.LEADER, Office.DEPUTY} <= set(elected),
        ),
        Part("handover", _("Handover of the rotating flag"), record.handover is not None),
        Part("others", _("Other resolutions")),
        Part(
            "minutes",
            _("Minutes"),
            conference is not None and conference.has_adopted_minutes,
        ),
        Part("closing", _("Closing"), conference is not None and conference.is_closed),
    )


def show(
    request: PortalRequest, review: Review, *, status: int = 200, **bound: object
) -> HttpResponse:
    """Draw the page; forms given by name come back with what was typed and what is wrong."""
    record = read_record(review)
    conference = record.conference
    in_session = conference is not None and conference.is_open
    opened = in_session or (conference is not None and conference.is_closed)
    parts = parts_of(record)
    deeds = deeds_of(request.user, review, conference)
    # Until it is open there is nothing to record; typed work is shown again all the same.
    shown = parts if opened or bound else parts[:3]
    page = Page(
        record=record,
        deeds=deeds,
        forms={**forms_of(record), **bound},  # type: ignore[dict-item]
        parts=shown,
        missing=missing_to_close(conference) if conference and in_session else [],
        upcoming=upcoming_of(review, request.user) if conference and conference.is_closed else None,
        candidacies=candidacies_of(review) if deeds.record or "elect" in bound else (),
        keeps=serves_leader(request.user, review),
        agenda=lines_of(conference, record.agenda, shown),
    )
    context = {"review": review, "page": page}
    return render(request, "awards/conference_detail.html", context, status=status)


def back_to(review: Review, anchor: str) -> HttpResponse:
    """To the part of the page that was worked on."""
    page = reverse("awards:conference_detail", args=review.url_args, fragment=anchor)
    return HttpResponseRedirect(page)
