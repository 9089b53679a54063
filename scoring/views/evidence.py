"""Evidence: attached while the sheet is with its member, downloaded by its readers."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.http import PortalRequest, stored_file
from blocs.permissions import require
from scoring import permissions as may
from scoring import transitions
from scoring.criteria import rules_of
from scoring.forms.evidence import EvidenceForm, ReuseForm
from scoring.models import Evidence, EvidenceKind, Score, Sheet

from .attempts import attempt
from .lookup import score_or_404, sheet_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_add(
    request: PortalRequest, bloc: str, year: int, agency: str, pk: int
) -> HttpResponse:
    """A new document, or one that the library has already."""
    sheet = sheet_or_404(request, bloc, year, agency)
    if not may.is_own(request.user, sheet):
        require(may.can_enter(request.user, sheet))
    score = score_or_404(sheet, pk)
    reuses = "evidence" in request.POST
    adds = request.method == "POST" and not reuses
    form = EvidenceForm(request.POST if adds else None, request.FILES if adds else None)
    reuse = ReuseForm(request.POST if reuses else None, score=score)
    if request.method == "POST":
        saved = _reuse(request, score, reuse) if reuses else _add(request, score, form)
        if saved:
            return redirect(request.path)
    return _evidence_page(request, sheet, score, form, reuse)


def _evidence_page(
    request: PortalRequest, sheet: Sheet, score: Score, form: EvidenceForm, reuse: ReuseForm
) -> HttpResponse:
    leaf = rules_of(score.criterion.criteria_set).find(score.criterion.code)
    context = {
        "review": sheet.membership.review,
        "sheet": sheet,
        "score": score,
        "leaf": leaf,
        "evidence": score.evidence.current().prefetch_related("scores"),
        "erases": may.erases_evidence(sheet),
        "form": form,
        "reuse": reuse,
        "library_has_more": bool(reuse.fields["evidence"].queryset),  # type: ignore[attr-defined]
        "may_enter": may.can_enter_score(request.user, sheet, score),
    }
    failed = form.errors or reuse.errors
    return render(request, "scoring/evidence_add.html", context, status=422 if failed else 200)


def _add(request: PortalRequest, score: Score, form: EvidenceForm) -> bool:
    if not form.is_valid():
        return False
    if not form.attempt(
        lambda: transitions.add_document(
            score.sheet, form.document, scores=[score], by=request.user
        )
    ):
        return False
    messages.success(request, _("“%(title)s” has been attached.") % {"title": form.shown_title})
    return True


def _reuse(request: PortalRequest, score: Score, form: ReuseForm) -> bool:
    if not form.is_valid():
        return False
    evidence = form.cleaned_data["evidence"]
    done = _("“%(title)s” has been attached.") % {"title": evidence.title}
    attempt(request, lambda: transitions.attach_evidence(score, evidence, by=request.user), done)
    return True


@require_POST
def evidence_remove(
    request: PortalRequest, bloc: str, year: int, agency: str, pk: int, evidence: int
) -> HttpResponse:
    sheet = sheet_or_404(request, bloc, year, agency)
    score = score_or_404(sheet, pk)
    document = get_object_or_404(score.evidence, pk=evidence)
    done = _("“%(title)s” has been removed.") % {"title": document.title}
    attempt(request, lambda: transitions.remove_evidence(score, document, by=request.user), done)
    args = [*sheet.membership.review.url_args, agency, pk]
    return redirect("scoring:evidence_add", *args)


@require_safe
def evidence_download(request: PortalRequest, pk: int) -> FileResponse:
    """Always as an attachment: nothing that a member uploaded is ever shown as a page."""
    files = Evidence.objects.visible_to(request.user).filter(
        kind=EvidenceKind.FILE, is_erased=False
    )
    evidence = get_object_or_404(files, pk=pk)
    return stored_file(
        evidence.file,
        name=evidence.original_name,
        content_type=evidence.content_type,
    )
