"""The province's agencies: everybody reads, the board's office keeps them."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs import permissions as may
from blocs import transitions
from blocs.forms.agencies import AgencyFilterForm, AgencyForm, AgencyNameForm, DelegationForm
from blocs.http import PortalRequest
from blocs.models import Agency
from blocs.permissions import require

from .lookup import agencies_for, agency_or_404

PER_PAGE = 50


@require_safe
def agency_list(request: PortalRequest) -> HttpResponse:
    filters = AgencyFilterForm(request.GET)
    pages = Paginator(filters.chosen(agencies_for(request)), PER_PAGE)
    context = {
        "filters": filters,
        "page": pages.get_page(request.GET.get("page")),
        "may_manage": may.can_manage_agencies(request.user),
    }
    return render(request, "blocs/agency_list.html", context)


@require_http_methods(["GET", "POST"])
def agency_create(request: PortalRequest) -> HttpResponse:
    require(may.can_manage_agencies(request.user))
    form = AgencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            agency = transitions.create_agency(**form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The agency has been added."))
            return redirect("blocs:agency_detail", agency.slug)
    status = 422 if form.errors else 200
    return render(request, "blocs/agency_form.html", {"form": form}, status=status)


@require_safe
def agency_detail(request: PortalRequest, slug: str) -> HttpResponse:
    return agency_page(request, agency_or_404(request, slug))


@require_POST
def agency_rename(request: PortalRequest, slug: str) -> HttpResponse:
    agency = agency_or_404(request, slug)
    require(may.can_manage_agencies(request.user, agency))
    form = AgencyNameForm(request.POST)
    if form.is_valid():
        try:
            transitions.rename_agency(agency, **form.cleaned_data, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The new name has been saved; former names are kept."))
            return redirect("blocs:agency_detail", agency.slug)
    return agency_page(request, agency, name_form=form, status=422)


@require_POST
def delegation_set(request: PortalRequest, slug: str) -> HttpResponse:
    agency = agency_or_404(request, slug)
    form = DelegationForm(request.POST)
    form.is_valid()  # a single checkbox is never wrong
    delegated = form.cleaned_data["officer_may_submit"]
    transitions.set_delegation(agency, officer_may_submit=delegated, by=request.user)
    if delegated:
        messages.success(request, _("The officer may submit the score sheet from now on."))
    else:
        messages.success(request, _("Only the head submits the score sheet from now on."))
    return redirect("blocs:agency_detail", agency.slug)


def agency_page(
    request: PortalRequest,
    agency: Agency,
    *,
    name_form: AgencyNameForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The agency with its names, its years, and the forms of those who may change it."""
    parts = agency.memberships.select_related("review__bloc").order_by("-review__year")
    is_board = bool(may.can_manage_agencies(request.user, agency))
    context = {
        "agency": agency,
        "names": sorted(agency.names.all(), key=lambda name: name.valid_from, reverse=True),
        "parts": [(part, is_board or part.review_id in request.user.parts) for part in parts],
        "may_manage": is_board,
        "may_delegate": may.can_delegate(request.user, agency),
        "name_form": name_form or AgencyNameForm(),
        "delegation_form": DelegationForm(instance=agency),
    }
    return render(request, "blocs/agency_detail.html", context, status=status)
