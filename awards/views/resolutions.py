"""What the conference resolves, kind by kind."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from awards import transitions
from awards.forms.resolutions import (
    ElectionForm,
    MinutesForm,
    OtherForm,
    ProposalForm,
    ReportForm,
    ResolutionForm,
    TableForm,
)
from awards.models import Resolution, ResolutionKind
from awards.wording import reached_words, threshold_words
from blocs.http import PortalRequest

from .agenda import back_to, show
from .lookup import kept_conference
from .minutes import show_minutes
from .record import Record, read_record
from .refusals import attempt, attempt_or_tell

ANCHORS = {
    ResolutionKind.ADOPT_REPORT: "report",
    ResolutionKind.ADOPT_SUMMARY: "adoption",
    ResolutionKind.PROPOSE: "proposals",
    ResolutionKind.ELECT: "elections",
    ResolutionKind.ADOPT_MINUTES: "minutes",
    ResolutionKind.OTHER: "others",
}


def form_for(request: PortalRequest, kind: str, record: Record) -> ResolutionForm:
    """The posted form of one kind, checked against what has been recorded."""
    if kind == ResolutionKind.PROPOSE:
        return ProposalForm(request.POST, room=record.room, rules=record.rules, rows=record.rows)
    plain = {
        ResolutionKind.ADOPT_REPORT: ReportForm,
        ResolutionKind.ADOPT_SUMMARY: TableForm,
        ResolutionKind.ELECT: ElectionForm,
        ResolutionKind.ADOPT_MINUTES: MinutesForm,
        ResolutionKind.OTHER: OtherForm,
    }
    return plain[ResolutionKind(kind)](request.POST, room=record.room)


@require_POST
def resolution_create(request: PortalRequest, bloc: str, year: int, kind: str) -> HttpResponse:
    if kind not in ANCHORS:
        raise Http404
    conference = kept_conference(request, bloc, year)
    review = conference.review
    form = form_for(request, kind, read_record(review))
    if not attempt(
        form,
        lambda: tell(request, transitions.resolve(conference, **form.resolution, by=request.user)),
    ):
        if kind == ResolutionKind.ADOPT_MINUTES:
            return show_minutes(request, conference, form=form, status=422)
        return show(request, review, status=422, **{kind: form})
    return back_to(review, ANCHORS[ResolutionKind(kind)])


def tell(request: PortalRequest, resolution: Resolution) -> None:
    if resolution.carried:
        messages.success(request, _("The resolution has been recorded."))
    else:
        messages.warning(
            request,
            _("Recorded, but not carried: it needs %(threshold)s, and reached %(reached)s.")
            % {
                "threshold": threshold_words(resolution),
                "reached": reached_words(
                    resolution.in_favour, resolution.base_count, resolution.base
                ),
            },
        )


@require_POST
def resolution_remove(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    conference = kept_conference(request, bloc, year)
    resolution = get_object_or_404(conference.resolutions, pk=pk)
    if attempt_or_tell(request, lambda: transitions.remove_resolution(resolution, by=request.user)):
        messages.success(request, _("The resolution has been struck from the record."))
    return back_to(conference.review, ANCHORS[ResolutionKind(resolution.kind)])
