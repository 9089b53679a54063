"""The members' own reports of their year."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from blocs import permissions as may
from blocs import transitions
from blocs.forms.activities import ReportForm
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
    form = ReportForm(request.POST or None, instance=report)
    verdict = may.can_write_report(request.user, part)
    if request.method == "POST" and not verdict:
        # The page itself may be read: what was typed stays on it.
        return report_page(request, part, form, error=verdict.reason, status=403)
    if request.method == "POST" and form.is_valid():
        return save_report(request, part, form)
    return report_page(request, part, form, status=422 if form.errors else 200)


def save_report(request: PortalRequest, part: Membership, form: ReportForm) -> HttpResponse:
    """Save, or show what was typed above what a colleague has saved meanwhile."""
    version = form.cleaned_data["version"]
    try:
        transitions.write_report(part, fields=form.report, version=version, by=request.user)
    except Stale as error:
        theirs = MemberReport.objects.get(membership=part)
        form.data = request.POST.copy()
        form.data["version"] = str(theirs.version)  # saving once more is then on purpose
        return report_page(request, part, form, theirs=theirs, error=str(error), status=409)
    messages.success(request, _("The report has been saved."))
    return redirect("blocs:report_detail", *part.review.url_args, part.agency.slug)


def report_page(
    request: PortalRequest,
    part: Membership,
    form: ReportForm,
    *,
    theirs: MemberReport | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "review": part.review,
        "membership": part,
        "report": theirs or MemberReport.objects.filter(membership=part).first(),
        "form": form,
        "may_write": may.can_write_report(request.user, part),
        "conflict": theirs is not None,
        "error": error,
    }
    return render(request, "blocs/report_detail.html", context, status=status)
