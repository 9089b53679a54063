"""Provisional figures: which are still to come, and their confirmation as final."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blocs.http import PortalRequest
from blocs.models import Review, User
from blocs.permissions import Verdict, require
from blocs.views.lookup import review_or_404
from blocs.workflow import Stale
from scoring import permissions as may
from scoring import transitions
from scoring.criteria import rules_of
from scoring.forms.provisional import FinalForm
from scoring.models import Score, Sheet
from scoring.rule_text import figures_text


@dataclass(frozen=True)
class ProvisionalLine:
    """A figure of which the final one is still to come."""

    score: Score
    figures: str
    may_confirm: Verdict
    form: FinalForm


def visible_scores(user: User, review: Review) -> list[Score]:
    """Of the sheets that the reader may read; of the whole table once it may be read."""
    sheets = Sheet.objects.of(review).with_people()
    if not may.can_read_summary(user, review):
        sheets = sheets.visible_to(user)
    by_id = {sheet.pk: sheet for sheet in sheets}
    rows = (
        Score.objects.provisional()
        .filter(sheet__in=by_id)
        .select_related("criterion__criteria_set")
    )
    scores = list(rows.order_by("sheet__membership__position", "criterion__position"))
    for score in scores:
        score.sheet = by_id[score.sheet_id]
        score.sheet.membership.review = review
    return scores


def provisional_lines(
    user: User, review: Review, given: FinalForm | None = None
) -> list[ProvisionalLine]:
    lines = []
    for score in visible_scores(user, review):
        leaf = rules_of(score.criterion.criteria_set).find(score.criterion.code)
        inputs = score.claimed_inputs
        if may.can_read_appraisal(user, score.sheet):
            inputs = score.agreed_inputs or score.appraised_inputs or inputs
        form = given if given and given.key == score.pk else FinalForm(score=score)
        lines.append(
            ProvisionalLine(
                score, figures_text(leaf, inputs), may.can_confirm_final(user, score), form
            )
        )
    return lines


@require_safe
def provisional_list(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    return _list_response(request, review_or_404(request, bloc, year))


def _list_response(
    request: PortalRequest, review: Review, given: FinalForm | None = None
) -> HttpResponse:
    lines = provisional_lines(request.user, review, given)
    context = {"review": review, "lines": lines}
    status = 422 if given is not None else 200
    return render(request, "scoring/provisional_list.html", context, status=status)


@require_POST
def final_confirm(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    scores = {score.pk: score for score in visible_scores(request.user, review)}
    score = scores.get(pk) or get_object_or_404(Score.objects.none(), pk=pk)
    require(may.can_confirm_final(request.user, score))
    form = FinalForm(request.POST, score=score)
    try:
        if not form.is_valid() or not form.attempt(
            lambda: transitions.confirm_final(score, **form.cleaned_data, by=request.user)
        ):
            return _list_response(request, review, form)
    except Stale as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The figure is final now."))
    return redirect("scoring:provisional_list", *review.url_args)
