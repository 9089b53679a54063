"""A member's library of evidence: read by the sheet's readers, kept while the sheet is open."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.http import PortalRequest
from blocs.permissions import require
from scoring import permissions as may
from scoring import transitions
from scoring.evidence_library import library_of
from scoring.forms.evidence import (
    EvidenceForm,
    LibraryFilterForm,
    LibraryForm,
    NewerForm,
    ProvedForm,
)
from scoring.models import Evidence, Sheet

from .attempts import attempt
from .lookup import sheet_or_404


@require_safe
def evidence_list(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    sheet = sheet_or_404(request, bloc, year, agency)
    library = library_of(sheet)
    filters = LibraryFilterForm(request.GET, codes=library.codes)
    context = {
        "review": sheet.membership.review,
        "sheet": sheet,
        "library": library,
        "documents": filters.chosen(library.documents),
        "filters": filters,
        "is_own": may.is_own(request.user, sheet),
        "may_enter": may.can_enter(request.user, sheet),
        "erases": may.erases_evidence(sheet),
    }
    return render(request, "scoring/evidence_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_create(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    """A new document that proves several criteria at once."""
    sheet = sheet_or_404(request, bloc, year, agency)
    require(may.can_enter(request.user, sheet))
    form = LibraryForm(*_given(request), sheet=sheet)
    if form.is_valid() and form.attempt(
        lambda: transitions.add_document(
            sheet, form.document, scores=form.cleaned_data["scores"], by=request.user
        )
    ):
        messages.success(request, _("“%(title)s” has been attached.") % {"title": form.shown_title})
        return redirect("scoring:evidence_list", *_args(sheet))
    return _form_page(request, sheet, form, _("Add a document"))


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_replace(
    request: PortalRequest, bloc: str, year: int, agency: str, pk: int
) -> HttpResponse:
    """A newer version of a document."""
    sheet = sheet_or_404(request, bloc, year, agency)
    evidence = evidence_or_404(sheet, pk)
    require(may.can_enter(request.user, sheet))
    if request.method != "POST" and not evidence.is_current:
        return _too_late(request, sheet)
    form = NewerForm(*_given(request), evidence=evidence)
    if form.is_valid():
        done = _("“%(title)s” has been replaced.") % {"title": evidence.title}
        attempt(
            request,
            lambda: transitions.replace_evidence(evidence, form.document, by=request.user),
            done,
        )
        return redirect("scoring:evidence_list", *_args(sheet))
    return _form_page(request, sheet, form, _("Replace by a newer version"), evidence)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_prove(
    request: PortalRequest, bloc: str, year: int, agency: str, pk: int
) -> HttpResponse:
    """Which criteria a document proves."""
    sheet = sheet_or_404(request, bloc, year, agency)
    evidence = evidence_or_404(sheet, pk)
    require(may.can_enter(request.user, sheet))
    if request.method != "POST" and not evidence.is_current:
        return _too_late(request, sheet)
    form = ProvedForm(*_given(request), evidence=evidence)
    if form.is_valid():
        scores = form.cleaned_data["scores"]
        attempt(
            request,
            lambda: transitions.set_proved(evidence, scores=scores, by=request.user),
            _("The criteria of this document have been saved."),
        )
        return redirect("scoring:evidence_list", *_args(sheet))
    return _form_page(request, sheet, form, _("Criteria of the document"), evidence)


@require_POST
def evidence_take_out(
    request: PortalRequest, bloc: str, year: int, agency: str, pk: int
) -> HttpResponse:
    sheet = sheet_or_404(request, bloc, year, agency)
    evidence = evidence_or_404(sheet, pk)
    done = _("“%(title)s” has been taken out.") % {"title": evidence.title}
    attempt(request, lambda: transitions.take_out(evidence, by=request.user), done)
    return redirect("scoring:evidence_list", *_args(sheet))


# --- parts of the pages


def evidence_or_404(sheet: Sheet, pk: int) -> Evidence:
    evidence = get_object_or_404(sheet.evidence.select_related("replaced_by"), pk=pk)
    evidence.sheet = sheet
    return evidence


def _given(request: PortalRequest) -> tuple[object, object]:
    """What was posted: also an empty form is one."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def _too_late(request: PortalRequest, sheet: Sheet) -> HttpResponse:
    messages.error(request, _("This document was replaced or taken out in the meantime."))
    return redirect("scoring:evidence_list", *_args(sheet))


def _args(sheet: Sheet) -> list[object]:
    return [*sheet.membership.review.url_args, sheet.membership.agency.slug]


def _form_page(
    request: PortalRequest,
    sheet: Sheet,
    form: EvidenceForm | ProvedForm,
    heading: str,
    evidence: Evidence | None = None,
) -> HttpResponse:
    context = {
        "review": sheet.membership.review,
        "sheet": sheet,
        "evidence": evidence,
        "form": form,
        "heading": heading,
        "uploads": isinstance(form, EvidenceForm),
    }
    status = 422 if form.errors else 200
    return render(request, "scoring/evidence_form.html", context, status=status)
