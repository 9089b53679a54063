"""The members' own reports of their year."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from blocs import permissions as may
from blocs import transitions
from blocs.forms.reports import ReportForms
from blocs.http import PortalRequest
from blocs.models import MemberReport, Membership
from blocs.permissions import require
from blocs.workflow import Stale

from .lookup import review_or_404


@require_safe
def report_list(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    parts = review.memberships.select_related("report").with_names().in_order()
    readable = [part for part in parts if may.can_read_report(request.user, part)]
    return render(request, "blocs/report_list.html", {"review": review, "parts": readable})


@require_http_methods(["GET", "POST"])
def report_detail(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    part = get_object_or_404(
        review.memberships.select_related("report").with_names(), agency__slug=agency
    )
    require(may.can_read_report(request.user, part))
    report = getattr(part, "report", None) or MemberReport(membership=part)
    written = ReportForms(request.POST if request.method == "POST" else None, report)
    verdict = may.can_write_report(request.user, part)
    if request.method == "POST" and not verdict:
        # The page itself may be read: what was typed stays on it.
        return report_page(request, part, written, error=verdict.reason, status=403)
    if request.method == "POST" and written.is_valid():
        return save_report(request, part, written)
    return report_page(request, part, written, status=422 if request.method == "POST" else 200)


def save_report(request: PortalRequest, part: Membership, written: ReportForms) -> HttpResponse:
    """Save, or show what was typed above what a colleague has saved meanwhile."""
    version = written.text.cleaned_data["version"]
    try:
        transitions.write_report(
            part,
            fields=written.text.report,
            models=written.models.rows,
            rewards=written.rewards.rows,
            version=version,
            by=request.user,
        )
    except Stale as error:
        theirs = MemberReport.objects.get(membership=part)
        written.text.data = request.POST.copy()
        written.text.data["version"] = str(theirs.version)  # saving once more is on purpose
        return report_page(request, part, written, theirs=theirs, error=str(error), status=409)
    messages.success(request, _("The report has been saved."))
    return redirect("blocs:report_detail", *part.review.url_args, part.agency.slug)


def report_page(
    request: PortalRequest,
    part: Membership,
    written: ReportForms,
    *,
    theirs: MemberReport | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    verdict = may.can_write_report(request.user, part)
    reports = MemberReport.objects.prefetch_related("exemplary_models", "reward_counts")
    context = {
        "review": part.review,
        "membership": part,
        # Not the form's own: that one holds what was typed.
        "report": reports.filter(membership=part).first() if theirs or not verdict else None,
        "written": written,
        "may_write": verdict,
        "conflict": theirs is not None,
        "error": error,
    }
    return render(request, "blocs/report_detail.html", context, status=status)
