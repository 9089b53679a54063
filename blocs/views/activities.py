"""The bloc's year: who registered when, and who came to which meeting."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs import permissions as may
from blocs import transitions
from blocs.forms.activities import MeetingForm, RegistrationForm
from blocs.http import PortalRequest
from blocs.models import Meeting, Membership, Review
from blocs.permissions import require

from .lookup import review_or_404
from .members import parts_of


@require_safe
def activity_list(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    """Registrations and attendance earn points: until the table is out each sees its own."""
    review = review_or_404(request, bloc, year)
    own = request.user.part_in(review)
    sees_all = bool(may.can_see_progress(request.user, review))
    shown = [part for part in parts_of(review) if sees_all or part == own]
    context = {
        "review": review,
        "parts": shown,
        "meetings": [
            (meeting, attendances_of(meeting, shown))
            for meeting in review.meetings.prefetch_related("attendances")
        ],
        "may_see_all": may.can_see_progress(request.user, review),
        "may_record": may.can_record_activities(request.user, review),
    }
    return render(request, "blocs/activity_list.html", context)


def attendances_of(meeting: Meeting, parts: list[Membership]) -> list[tuple[str, str]]:
    """Name and presence of each of these members, in their order."""
    presences = {row.membership_id: row.get_presence_display() for row in meeting.attendances.all()}
    return [(part.short_name, presences[part.pk]) for part in parts if part.pk in presences]


@require_http_methods(["GET", "POST"])
def registration_record(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    require(may.can_record_activities(request.user, review))
    part = get_object_or_404(review.memberships.with_names(), pk=pk)
    initial = {"registered_at": part.registered_at, "never_registered": part.never_registered}
    form = RegistrationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        transitions.record_registration(
            part,
            received_at=form.cleaned_data["registered_at"],
            never=form.cleaned_data["never_registered"],
            by=request.user,
        )
        messages.success(request, _("The registration has been recorded."))
        return redirect("blocs:activity_list", *review.url_args)
    context = {"review": review, "membership": part, "form": form}
    return render(request, "blocs/registration.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def meeting_create(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    require(may.can_record_activities(request.user, review))
    return meeting_page(request, review, None)


@require_http_methods(["GET", "POST"])
def meeting_edit(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    require(may.can_record_activities(request.user, review))
    return meeting_page(request, review, get_object_or_404(review.meetings, pk=pk))


def meeting_page(request: PortalRequest, review: Review, meeting: Meeting | None) -> HttpResponse:
    presences = dict(meeting.attendances.values_list("membership", "presence")) if meeting else {}
    form = MeetingForm(
        request.POST or None, instance=meeting, parts=parts_of(review), presences=presences
    )
    if request.method == "POST" and form.is_valid():
        try:
            save_meeting(request, review, meeting, form)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The meeting has been recorded."))
            return redirect("blocs:activity_list", *review.url_args)
    context = {"review": review, "meeting": meeting, "form": form}
    return render(request, "blocs/meeting.html", context, status=422 if form.errors else 200)


def save_meeting(
    request: PortalRequest, review: Review, meeting: Meeting | None, form: MeetingForm
) -> None:
    transitions.record_meeting(
        review,
        held_on=form.cleaned_data["held_on"],
        title=form.cleaned_data["title"],
        presences=form.presences,
        meeting=meeting,
        by=request.user,
    )


@require_POST
def meeting_remove(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    meeting = get_object_or_404(review.meetings, pk=pk)
    transitions.remove_meeting(meeting, by=request.user)
    messages.success(request, _("The meeting has been removed."))
    return redirect("blocs:activity_list", *review.url_args)
