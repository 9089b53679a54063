"""The conference page, and what its small forms write down."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from awards import permissions as may
from awards import transitions
from awards.forms.conference import (
    AttendanceList,
    CloseForm,
    DelegateForm,
    HandoverForm,
    PlanForm,
    RemarkForm,
)
from awards.models import Conference
from blocs.http import PortalRequest
from blocs.permissions import leads, require, serves_leader
from blocs.views.lookup import review_or_404

from .agenda import back_to, show
from .lookup import kept_conference
from .record import accounts_of, members_of
from .refusals import attempt, attempt_or_tell


@require_safe
def conference_detail(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    require(may.can_see_conference(request.user, review))
    return show(request, review)


@require_POST
def conference_plan(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    if not serves_leader(request.user, review):
        require(may.can_plan_conference(request.user, review))
    conference = Conference.objects.filter(review=review).first()
    form = PlanForm(request.POST, review=review, conference=conference)
    if not attempt(
        form,
        lambda: transitions.plan_conference(review, fields=form.cleaned_data, by=request.user),
    ):
        return show(request, review, status=422, plan=form)
    messages.success(request, _("The plan of the conference has been saved."))
    return back_to(review, "plan")


@require_POST
def conference_open(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    conference = kept_conference(request, bloc, year)
    if attempt_or_tell(request, lambda: transitions.open_conference(conference, by=request.user)):
        messages.success(request, _("The conference is open; its record is kept from now on."))
    return back_to(conference.review, "attendance")


@require_POST
def attendance_record(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    conference = kept_conference(request, bloc, year)
    review = conference.review
    form = AttendanceList(
        request.POST,
        members=members_of(review),
        attendances=tuple(conference.attendances.all()),
        accounts=accounts_of(review),
    )
    if not attempt(
        form,
        lambda: transitions.record_attendance(
            conference, presences=form.presences, by=request.user
        ),
    ):
        return show(request, review, status=422, attendance=form)
    messages.success(request, _("Attendance has been saved."))
    return back_to(review, "attendance")


@require_POST
def delegate_add(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    conference = kept_conference(request, bloc, year)
    review = conference.review
    form = DelegateForm(request.POST, members=members_of(review))
    if not attempt(
        form,
        lambda: transitions.add_delegate(conference, **form.cleaned_data, by=request.user),
    ):
        return show(request, review, status=422, delegate=form)
    return back_to(review, "delegates")


@require_POST
def delegate_remove(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    conference = kept_conference(request, bloc, year)
    delegate = get_object_or_404(conference.delegates, pk=pk)
    attempt_or_tell(request, lambda: transitions.remove_delegate(delegate, by=request.user))
    return back_to(conference.review, "delegates")


@require_POST
def remark_add(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    conference = kept_conference(request, bloc, year)
    review = conference.review
    form = RemarkForm(request.POST, members=members_of(review))
    if not attempt(
        form,
        lambda: transitions.add_remark(conference, **form.cleaned_data, by=request.user),
    ):
        return show(request, review, status=422, remark=form)
    return back_to(review, "remarks")


@require_POST
def remark_remove(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    conference = kept_conference(request, bloc, year)
    remark = get_object_or_404(conference.remarks, pk=pk)
    attempt_or_tell(request, lambda: transitions.remove_remark(remark, by=request.user))
    return back_to(conference.review, "remarks")


@require_POST
def handover_record(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    conference = kept_conference(request, bloc, year)
    review = conference.review
    form = HandoverForm(request.POST)
    if not attempt(
        form,
        lambda: transitions.record_handover(conference, **form.cleaned_data, by=request.user),
    ):
        return show(request, review, status=422, handover=form)
    messages.success(request, _("The handover of the rotating flag has been saved."))
    return back_to(review, "handover")


@require_POST
def conference_close(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    conference = kept_conference(request, bloc, year)
    review = conference.review
    if not leads(request.user, review):
        require(may.can_close_conference(request.user, conference))
    form = CloseForm(request.POST, conference=conference)
    if not attempt(
        form,
        lambda: transitions.close_conference(conference, **form.cleaned_data, by=request.user),
    ):
        return show(request, review, status=422, close=form)
    messages.success(
        request, _("The conference is closed. The proposals are made; now issue the papers.")
    )
    return back_to(review, "closing")
