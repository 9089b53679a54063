"""The summary table: read by those to whom it was shown, approved by the leader."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blocs.http import PortalRequest
from blocs.permissions import leads
from blocs.readiness import NotReady
from blocs.views.lookup import review_or_404
from blocs.workflow import IllegalMove, Stale
from scoring import permissions as may
from scoring import transitions
from scoring.forms.summaries import ApproveForm, changes_since
from scoring.summary_page import SummaryPage

from .attempts import missing_text
from .lookup import summary_or_404


@require_safe
def summary_detail(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    page = summary_or_404(request, bloc, year)
    context = {"review": page.review, "page": page}
    return render(request, "scoring/summary_detail.html", context)


@require_POST
def summary_approve(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    if not leads(request.user, review):  # whether it is the moment, the transition decides
        raise PermissionDenied(may.can_approve_summary(request.user, review).reason)
    form = ApproveForm(request.POST)
    try:
        if form.is_valid():
            seen = form.cleaned_data["seen"]
            transitions.approve_summary(review, seen=seen, by=request.user)
            messages.success(request, _("The table has been approved; all members can read it."))
        else:
            messages.error(request, _("The form was not sent whole. Read the table again."))
    except Stale:
        return show_what_moved(request, SummaryPage(request.user, review), form)
    except NotReady as error:
        messages.error(request, missing_text(error.missing))
    except IllegalMove as error:
        messages.error(request, str(error))
    return redirect("scoring:summary_detail", *review.url_args)


def show_what_moved(request: PortalRequest, page: SummaryPage, form: ApproveForm) -> HttpResponse:
    """The table as it is now, and above it what was read otherwise."""
    page.changes = changes_since(form.cleaned_data["copy"], page.table)
    context = {"review": page.review, "page": page}
    return render(request, "scoring/summary_detail.html", context, status=409)
