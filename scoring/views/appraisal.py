"""The appraisal: others' points beside the claimed ones, acceptance, return, end."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from blocs.http import PortalRequest
from blocs.permissions import require
from blocs.views.lookup import review_or_404
from scoring import permissions as may
from scoring import transitions
from scoring.forms.appraisal import AcceptForm, ReasonForm, ReturnForm
from scoring.models import Criterion, Part, Score, Sheet
from scoring.sheet_page import bound_form, sheet_page

from .attempts import attempt
from .lookup import score_or_404, sheet_or_404, writing_mode
from .rows import page_around, page_response, row_parts, row_response


@require_POST
def appraisal_open(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    done = _("The appraisal has begun.")
    attempt(request, lambda: transitions.open_appraisal(review, by=request.user), done)
    return redirect("review_detail", *review.url_args)


@require_POST
def score_appraise(
    request: PortalRequest, bloc: str, year: int, agency: str, pk: int
) -> HttpResponse:
    """One row: other figures, other points, or the claim's, with the reason."""
    sheet = sheet_or_404(request, bloc, year, agency)
    if not may.appraises(request.user, sheet):
        require(may.can_appraise(request.user, sheet))
    score = score_or_404(sheet, pk)
    mode = writing_mode(request.user, sheet)
    form = bound_form(mode, request.POST, score)
    return row_response(request, sheet, form, mode, saved=form.save(by=request.user))


@require_POST
def score_accept(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    """One row, a group, or all the rest as claimed."""
    sheet = sheet_or_404(request, bloc, year, agency)
    require(may.can_appraise(request.user, sheet))
    form = AcceptForm(request.POST)
    scores, anchor = _chosen(sheet, form)
    count = transitions.accept(sheet, scores, by=request.user)
    if request.htmx and len(scores) == 1:
        page = page_around(request, scores[0], sheet)
        return row_parts(request, page, scores[0], "saved", replaces=True)
    text = ngettext("%(count)s criterion accepted.", "%(count)s criteria accepted.", count)
    messages.success(request, text % {"count": count})
    if len(scores) == 1 and form.cleaned_data["by_criterion"]:
        review, criterion = sheet.membership.review, scores[0].criterion_id
        return redirect("scoring:criterion_appraise", *review.url_args, criterion)
    return redirect(f"{sheet.get_absolute_url()}{anchor}")


def _chosen(sheet: Sheet, form: AcceptForm) -> tuple[list[Score], str]:
    """The rows to accept, and where the page goes on."""
    chosen = form.cleaned_data if form.is_valid() else {"score": 0, "group": 0}
    if chosen["score"] is not None:
        score = score_or_404(sheet, chosen["score"])
        return [score], f"#score-{score.pk}"
    scores = list(sheet.scores.select_related("criterion__parent__parent__parent"))
    if chosen["group"] is None:
        return scores, ""
    criteria_set = scores[0].criterion.criteria_set_id
    group = get_object_or_404(Criterion, pk=chosen["group"], criteria_set=criteria_set)
    return _within(scores, group), f"#group-{group.pk}"


def _within(scores: list[Score], group: Criterion) -> list[Score]:
    """The rows under a top-level group; bonuses and penalties go by their part."""
    if group.part != Part.GROUP:
        return [score for score in scores if score.criterion.part == group.part]
    return [score for score in scores if group.pk in _ancestors(score.criterion)]


def _ancestors(criterion: Criterion) -> set[int]:
    found: set[int] = set()
    parent = criterion.parent
    while parent is not None:
        found.add(parent.pk)
        parent = parent.parent
    return found


# --- the end of an appraisal, and the ways back


@require_POST
def appraisal_finish(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    sheet = sheet_or_404(request, bloc, year, agency)
    done = _("The appraisal of this sheet is finished.")
    attempt(request, lambda: transitions.finish_appraisal(sheet, by=request.user), done)
    return redirect(sheet)


@require_POST
def sheet_return(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    sheet = sheet_or_404(request, bloc, year, agency)
    page = sheet_page(sheet, request.user)
    form = ReturnForm(request.POST, sections=page.sections, auto_id="id_return_%s")
    if not form.is_valid():
        require(may.can_return(request.user, sheet))
        return page_response(request, page, 422, given=form)
    named = Criterion.objects.filter(pk__in=form.cleaned_data["criteria"])
    reason, done = form.cleaned_data["reason"], _("The sheet has been returned to the member.")
    attempt(
        request,
        lambda: transitions.return_sheet(sheet, reason=reason, criteria=named, by=request.user),
        done,
    )
    return redirect(sheet)


@require_POST
def appraisal_resume(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    sheet = sheet_or_404(request, bloc, year, agency)
    form = ReasonForm(request.POST, auto_id="id_resume_%s")
    if not form.is_valid():
        require(may.can_resume_appraisal(request.user, sheet))
        return page_response(request, sheet_page(sheet, request.user), 422, given=form)
    done = _("The appraisal of this sheet is open again.")
    reason = form.cleaned_data["reason"]
    attempt(
        request, lambda: transitions.resume_appraisal(sheet, reason=reason, by=request.user), done
    )
    return redirect(sheet)
