"""The members of a review: everybody in it reads, the board's office sets."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs import permissions as may
from blocs import transitions
from blocs.forms.agencies import agency_choices
from blocs.forms.members import MemberAddForm, OfficesForm, RankingForm
from blocs.http import PortalRequest
from blocs.models import Membership, Office, Phase, Review
from blocs.permissions import require

from .lookup import agencies_for, review_or_404


def parts_of(review: Review) -> list[Membership]:
    return list(review.memberships.with_names().in_order())


@require_safe
def member_list(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    context = {
        "review": review,
        "parts": parts_of(review),
        "may_set": may.can_set_members(request.user, review),
        "is_preparing": review.is_in(Phase.PREPARATION),
    }
    return render(request, "blocs/member_list.html", context)


@require_http_methods(["GET", "POST"])
def member_add(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    require(may.can_set_members(request.user, review))
    agencies = agency_choices(review.bloc.province_id)
    form = MemberAddForm(request.POST or None, agencies=agencies)
    if request.method == "POST" and form.is_valid():
        agency = get_object_or_404(agencies_for(request), pk=form.cleaned_data["agency"])
        try:
            transitions.add_member(review, agency, by=request.user)
        except ValidationError as error:
            form.add_error("agency", error)
        else:
            messages.success(request, _("The member has been added at the end of the list."))
            return redirect("blocs:member_list", *review.url_args)
    context = {"review": review, "form": form}
    return render(request, "blocs/member_add.html", context, status=422 if form.errors else 200)


@require_POST
def member_remove(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    membership = get_object_or_404(review.memberships.with_names(), pk=pk)
    try:
        transitions.remove_member(membership, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("The member has been removed from the list."))
    return redirect("blocs:member_list", *review.url_args)


@require_http_methods(["GET", "POST"])
def office_assign(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    require(may.can_set_members(request.user, review))
    form = OfficesForm(request.POST or None, parts=parts_of(review))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            transitions.assign_offices(
                review,
                leader=form.holding(Office.LEADER)[0],
                deputies=form.holding(Office.DEPUTY),
                by=request.user,
            )
            transitions.order_members(review, form.positions, by=request.user)
        messages.success(request, _("Offices and order have been saved."))
        return redirect("blocs:member_list", *review.url_args)
    context = {"review": review, "form": form, "opened": not review.is_in(Phase.PREPARATION)}
    return render(request, "blocs/offices.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def ranking_set(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    require(may.can_set_members(request.user, review))
    membership = get_object_or_404(review.memberships.with_names(), pk=pk)
    form = RankingForm(request.POST or None, instance=membership)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        transitions.set_ranking(
            membership, unranked=data["unranked"], reason=data["unranked_reason"], by=request.user
        )
        messages.success(request, _("The ranking of this member has been set."))
        return redirect("blocs:member_list", *review.url_args)
    context = {"review": review, "membership": membership, "form": form}
    return render(request, "blocs/ranking.html", context, status=422 if form.errors else 200)
