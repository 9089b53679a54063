"""What an agency received before: its own rows, and what was granted in the portal."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards import permissions as may
from awards import transitions
from awards.award_history import history_of
from awards.forms.award_history import PastAwardForm
from awards.models import PastAward
from blocs.http import PortalRequest
from blocs.permissions import require
from blocs.views.lookup import agency_or_404

from .refusals import attempt, attempt_or_tell


@require_http_methods(["GET", "POST"])
def award_history(request: PortalRequest, slug: str) -> HttpResponse:
    """The list; a POST adds a row to it."""
    agency = agency_or_404(request, slug)
    require(may.can_read_award_history(request.user, agency))
    may_keep = may.can_keep_award_history(request.user, agency)
    if request.method == "POST":
        require(may_keep)
    form = PastAwardForm(
        request.POST if request.method == "POST" else None, today=timezone.localdate()
    )
    if form.is_bound and attempt(
        form,
        lambda: transitions.add_past_award(agency, fields=form.cleaned_data, by=request.user),
    ):
        messages.success(request, _("The award has been added to the history."))
        return redirect("awards:award_history", slug)
    context = {"agency": agency, "lines": history_of(agency), "form": form, "may_keep": may_keep}
    status = 422 if form.is_bound else 200
    return render(request, "awards/award_history.html", context, status=status)


@require_http_methods(["GET", "POST"])
def past_award_change(request: PortalRequest, slug: str, pk: int) -> HttpResponse:
    agency = agency_or_404(request, slug)
    require(may.can_keep_award_history(request.user, agency))
    past = get_object_or_404(PastAward, pk=pk, agency=agency)
    data = request.POST if request.method == "POST" else None
    form = PastAwardForm(data, today=timezone.localdate(), past=past)
    if form.is_bound and attempt(
        form,
        lambda: transitions.change_past_award(past, fields=form.cleaned_data, by=request.user),
    ):
        messages.success(request, _("The award has been changed."))
        return redirect("awards:award_history", slug)
    context = {"agency": agency, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "awards/past_award_form.html", context, status=status)


@require_POST
def past_award_remove(request: PortalRequest, slug: str, pk: int) -> HttpResponse:
    agency = agency_or_404(request, slug)
    require(may.can_keep_award_history(request.user, agency))
    past = get_object_or_404(PastAward, pk=pk, agency=agency)
    if attempt_or_tell(request, lambda: transitions.remove_past_award(past, by=request.user)):
        messages.success(request, _("The award has been taken out of the history."))
    return redirect("awards:award_history", slug)
