"""Blocs and their reviews: set up, dated, closed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs import permissions as may
from blocs import transitions
from blocs.forms.agencies import agency_choices
from blocs.forms.reviews import (
    BlocChoiceForm,
    BlocForm,
    CalendarForm,
    MemberFormSet,
    ReviewForm,
    member_rows,
    members_of,
)
from blocs.http import PortalRequest
from blocs.models import Agency, Bloc, Review
from blocs.permissions import require
from blocs.workflow import IllegalMove

from .lookup import review_or_404


@require_safe
def bloc_list(request: PortalRequest) -> HttpResponse:
    require(may.can_manage_blocs(request.user))
    blocs = Bloc.objects.filter(province=province_of(request)).prefetch_related("reviews")
    return render(request, "blocs/bloc_list.html", {"blocs": blocs})


@require_http_methods(["GET", "POST"])
def bloc_create(request: PortalRequest) -> HttpResponse:
    require(may.can_manage_blocs(request.user))
    return bloc_page(request, Bloc(province_id=province_of(request)))


@require_http_methods(["GET", "POST"])
def bloc_edit(request: PortalRequest, pk: int) -> HttpResponse:
    require(may.can_manage_blocs(request.user))
    return bloc_page(request, get_object_or_404(Bloc, pk=pk, province=province_of(request)))


def bloc_page(request: PortalRequest, bloc: Bloc) -> HttpResponse:
    form = BlocForm(request.POST or None, instance=bloc)
    if request.method == "POST" and form.is_valid():
        try:
            transitions.save_bloc(form.instance, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The bloc has been saved."))
            return redirect("blocs:bloc_list")
    status = 422 if form.errors else 200
    return render(request, "blocs/bloc_form.html", {"form": form}, status=status)


def province_of(request: PortalRequest) -> int:
    """The board's province; asked once the person is known to be of the board."""
    assert request.user.agency is not None  # noqa: S101 -- the board is an agency
    return request.user.agency.province_id


@require_http_methods(["GET", "POST"])
def review_create(request: PortalRequest) -> HttpResponse:
    require(may.can_open_review(request.user))
    province = province_of(request)
    source = BlocChoiceForm(request.GET, province=province)
    former = source.former()
    form = ReviewForm(request.POST or None, province=province, initial=next_of(former))
    formset = MemberFormSet(
        request.POST or None,
        initial=member_rows(former),
        form_kwargs={"agencies": agency_choices(province)},
    )
    if request.method == "POST" and form.is_valid() and formset.is_valid():
        try:
            review = opened(request, form, members_of(formset))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The review has been opened."))
            return redirect(review)
    status = 422 if request.method == "POST" else 200
    context = {"source": source, "form": form, "formset": formset}
    return render(request, "blocs/review_form.html", context, status=status)


def opened(request: PortalRequest, form: ReviewForm, offices: dict[int, str]) -> Review:
    """The review that the two forms describe: members by id, each with its office."""
    agencies = Agency.objects.with_names().in_bulk(offices)
    members = {agencies[pk]: office for pk, office in offices.items()}
    data = form.cleaned_data
    return transitions.open_review(data["bloc"], data["year"], members=members, by=request.user)


def next_of(former: Review | None) -> dict[str, object]:
    """Bloc and year that the form begins with."""
    if former is None:
        return {"year": timezone.localdate().year}
    return {"bloc": former.bloc_id, "year": former.year + 1}


@require_http_methods(["GET", "POST"])
def calendar(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    verdict = may.can_set_calendar(request.user, review)
    form = CalendarForm(request.POST or None, review=review)
    if request.method == "POST":
        require(verdict)
        if form.is_valid():
            try:
                transitions.set_calendar(review, **form.calendar, by=request.user)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("The dates have been saved."))
                return redirect("blocs:calendar", *review.url_args)
    context = {"review": review, "form": form, "verdict": verdict}
    return render(request, "blocs/calendar.html", context, status=422 if form.errors else 200)


@require_POST
def review_close(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    require(may.can_manage_blocs(request.user, review.bloc))
    try:
        transitions.close_review(review, by=request.user)
    except IllegalMove as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The review is closed; it can still be read."))
    return redirect(review)
