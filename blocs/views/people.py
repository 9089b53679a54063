"""The accounts of the province, kept by the board's office."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from blocs import permissions as may
from blocs import transitions
from blocs.forms.people import AccountFilterForm, AccountForm
from blocs.http import PortalRequest
from blocs.models import User
from blocs.permissions import require

from .lookup import agencies_for

PER_PAGE = 50


@require_safe
def user_list(request: PortalRequest) -> HttpResponse:
    require(may.can_manage_accounts(request.user))
    accounts = User.objects.filter(agency__in=agencies_for(request))
    accounts = accounts.select_related("agency").prefetch_related("agency__names")
    filters = AccountFilterForm(request.GET)
    pages = Paginator(filters.chosen(list(accounts)), PER_PAGE)
    context = {"filters": filters, "page": pages.get_page(request.GET.get("page"))}
    return render(request, "blocs/user_list.html", context)


@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def user_create(request: PortalRequest) -> HttpResponse:
    require(may.can_manage_accounts(request.user))
    form = AccountForm(request.POST or None, agencies=agencies_for(request), by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            transitions.create_account(fields=form.account, password=form.password, by=request.user)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The account has been opened."))
            return redirect("blocs:user_list")
    status = 422 if form.errors else 200
    return render(request, "blocs/user_form.html", {"form": form, "account": None}, status=status)


@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "POST"])
def user_edit(request: PortalRequest, pk: int) -> HttpResponse:
    require(may.can_manage_accounts(request.user))
    agencies = agencies_for(request)
    account = get_object_or_404(User, pk=pk, agency__in=agencies)
    form = AccountForm(request.POST or None, instance=account, agencies=agencies, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            changed = transitions.change_account(
                account, fields=form.account, password=form.password, by=request.user
            )
        except ValidationError as error:
            form.add_error(None, error)
        else:
            if changed == request.user:
                update_session_auth_hash(request, changed)  # the own new password signs nobody out
            messages.success(request, _("The account has been changed."))
            return redirect("blocs:user_list")
    context = {"form": form, "account": account}
    return render(request, "blocs/user_form.html", context, status=422 if form.errors else 200)
