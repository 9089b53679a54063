"""The appraisal across members: the work list, and one criterion with all its claims."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.http import PortalRequest
from blocs.models import Review
from blocs.permissions import require
from blocs.views.lookup import review_or_404
from scoring import permissions as may
from scoring import transitions
from scoring.appraisal_list import appraisal_list as work_list
from scoring.criterion_page import CriterionPage, criterion_page
from scoring.models import Criterion
from scoring.sheet_page import APPRAISE, bound_form

from .rows import saved_text


@require_safe
def appraisal_list(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    require(may.can_see_appraisal(request.user, review))
    context = {"review": review, "list": work_list(review, request.user)}
    return render(request, "scoring/appraisal_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def criterion_appraise(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """All claims of one criterion; a POST saves all of them: the way without JavaScript."""
    review = review_or_404(request, bloc, year)
    require(may.can_see_appraisal(request.user, review))
    page = _page_or_404(request, review, pk)
    if request.method != "POST":
        return _page_response(request, page)
    scores = [row.score for row in page.leaves if row.score is not None]
    typed = [score for score in scores if f"s{score.pk}-version" in request.POST]
    forms = [bound_form(APPRAISE, request.POST, score) for score in typed]
    refused = {form.key: form for form in forms if not form.save(by=request.user)}
    if not refused:
        messages.success(request, saved_text(sum(form.wrote for form in forms)))
        return redirect(page.url)
    clash = any(form.conflict for form in refused.values())
    page = criterion_page(review, pk, request.user, bound=refused)
    return _page_response(request, page, 409 if clash else 422)


@require_POST
def criterion_accept(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Every claim of the criterion that nobody has appraised yet, each with its own history."""
    review = review_or_404(request, bloc, year)
    require(may.can_see_appraisal(request.user, review))
    page = _page_or_404(request, review, pk)
    count = sum(
        transitions.accept(member.sheet, [member.row.score], by=request.user)
        for member in page.members
        if member.row.score is not None and may.can_appraise(request.user, member.sheet)
    )
    text = ngettext("%(count)s criterion accepted.", "%(count)s criteria accepted.", count)
    messages.success(request, text % {"count": count})
    return redirect(page.url)


def _page_or_404(request: PortalRequest, review: Review, pk: int) -> CriterionPage:
    try:
        return criterion_page(review, pk, request.user)
    except Criterion.DoesNotExist as error:
        raise Http404 from error


def _page_response(request: PortalRequest, page: CriterionPage, status: int = 200) -> HttpResponse:
    context = {"page": page, "review": page.review, "criterion": page.criterion}
    return render(request, "scoring/criterion_appraise.html", context, status=status)
