"""Workbooks: a criteria set; a sheet, downloaded by its readers, uploaded, read over, applied."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.http import PortalRequest
from blocs.permissions import require
from blocs.views.lookup import review_or_404
from scoring import permissions as may
from scoring import transitions
from scoring.cases import adopted_set
from scoring.criteria import rules_of
from scoring.criteria_page import set_in_force
from scoring.forms.workbooks import ApplyForm, WorkbookForm, application_of
from scoring.models import Sheet
from scoring.sheet_page import sheet_page
from scoring.workbooks.criteria_book import criteria_book
from scoring.workbooks.opening import XLSX
from scoring.workbooks.sheet_book import sheet_book

from .attempts import attempt
from .lookup import sheet_or_404


@require_safe
def workbook_download(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    """What the page shows this reader; with open cells for who fills the sheet in now."""
    sheet = sheet_or_404(request, bloc, year, agency)
    page = sheet_page(sheet, request.user)
    return workbook_response(
        sheet_book(page, adopted_set(sheet.membership.review)), f"{bloc}-{year}-{agency}"
    )


def workbook_response(content: bytes, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}.xlsx"'
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": disposition})


@require_safe
def criteria_workbook(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    """The set as a workbook that its author can edit and upload again."""
    criteria_set = set_in_force(review_or_404(request, bloc, year))
    if criteria_set is None:
        raise Http404
    return workbook_response(criteria_book(rules_of(criteria_set)), f"{bloc}-{year}-criteria")


@require_http_methods(["GET", "HEAD", "POST"])
def workbook_upload(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    """The form; for a workbook that was sent, what it would change. Nothing is written."""
    sheet = _own_sheet(request, bloc, year, agency)
    may_enter, posted = may.can_enter(request.user, sheet), request.method == "POST"
    form = WorkbookForm(request.POST, request.FILES, sheet=sheet) if posted else None
    if form is not None and may_enter and form.is_valid():
        return _preview(request, sheet, form)
    context = {
        "review": sheet.membership.review,
        "sheet": sheet,
        "form": form or WorkbookForm(sheet=sheet),
        "may_enter": may_enter,
    }
    status = 422 if posted else 200
    return render(request, "scoring/workbook_upload.html", context, status=status)


def _own_sheet(request: PortalRequest, bloc: str, year: int, agency: str) -> Sheet:
    sheet = sheet_or_404(request, bloc, year, agency)
    if not may.is_own(request.user, sheet):
        require(may.can_enter(request.user, sheet))
    return sheet


def _preview(request: PortalRequest, sheet: Sheet, form: WorkbookForm) -> HttpResponse:
    preview = form.preview
    context = {
        "review": sheet.membership.review,
        "sheet": sheet,
        "preview": preview,
        "apply": application_of(sheet, preview.claims),
        "form": WorkbookForm(sheet=sheet),
    }
    status = 422 if preview.problems else 200
    return render(request, "scoring/workbook_preview.html", context, status=status)


@require_POST
def workbook_apply(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    """Every change that the preview listed, or none."""
    sheet = _own_sheet(request, bloc, year, agency)
    form = ApplyForm(request.POST, sheet=sheet)
    verdict = may.can_enter(request.user, sheet)
    if not verdict or not form.is_valid():
        messages.error(request, verdict.reason or _("The form was not sent whole."))
        return redirect("scoring:workbook_upload", bloc, year, agency)
    claims = form.cleaned_data["claims"]
    done = ngettext(
        "%(count)s criterion has been written from the workbook.",
        "%(count)s criteria have been written from the workbook.",
        len(claims),
    ) % {"count": len(claims)}
    if attempt(
        request, lambda: transitions.fill_from_workbook(sheet, claims, by=request.user), done
    ):
        return redirect(sheet)
    return redirect("scoring:workbook_upload", bloc, year, agency)
