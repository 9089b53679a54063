"""A trial of criteria sets on figures, for those who prepare the criteria."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from blocs.http import PortalRequest
from blocs.permissions import require
from blocs.views.lookup import review_or_404
from scoring import permissions as may
from scoring.forms.trials import TrialForm
from scoring.trial_page import TrialPage
from scoring.trials import Stock


@require_http_methods(["GET", "POST"])
def criteria_trial(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    """Shown in answer to the POST itself: a trial stores nothing to redirect to."""
    review = review_or_404(request, bloc, year)
    require(may.can_try_criteria(request.user, review))
    stock, sent = Stock(request.user, review), request.method == "POST"
    form = TrialForm(*((request.POST, request.FILES) if sent else ()), stock=stock)
    page = TrialPage(review, form)
    status = 422 if sent and not page.trials else 200
    context = {"review": review, "page": page}
    return render(request, "scoring/criteria_trial.html", context, status=status)
