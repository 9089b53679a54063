"""Findings from outside: recorded and lifted by the leader's people or the board."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.http import PortalRequest
from blocs.models import Membership, Phase, Review, User
from blocs.permissions import Verdict, allowed, denied, require
from blocs.views.lookup import review_or_404
from blocs.workflow import IllegalMove
from scoring import permissions as may
from scoring import transitions
from scoring.cases import adopted_set
from scoring.criteria import rules_of
from scoring.findings import finding_lines
from scoring.forms.findings import FindingForm, LiftForm
from scoring.models import Finding


def recordable(user: User, review: Review) -> list[Membership]:
    """The members of whom this person may record a finding, now."""
    members = list(review.memberships.in_order().with_names())
    for member in members:
        member.review = review
    return [member for member in members if may.can_record_finding(user, member)]


def may_record(user: User, review: Review) -> Verdict:
    if recordable(user, review):
        return allowed
    if not review.has_reached(Phase.SELF_SCORING):
        return denied(_("Findings are recorded once self-scoring is open."))
    return denied(_("The review is closed."))


@require_safe
def finding_list(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    return _list_response(request, review_or_404(request, bloc, year))


def _list_response(
    request: PortalRequest, review: Review, given: dict[int, LiftForm] | None = None
) -> HttpResponse:
    require(may.can_read_findings(request.user, review))
    context = {
        "review": review,
        "lines": finding_lines(review, request.user, given),
        "may_record": may_record(request.user, review),
    }
    return render(request, "scoring/finding_list.html", context, status=422 if given else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def finding_record(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    require(may.can_read_findings(request.user, review))
    require(may_record(request.user, review))
    criteria_set = adopted_set(review)
    form = FindingForm(
        request.POST or None,
        members=recordable(request.user, review),
        criteria=list(criteria_set.criteria.all()),
        rules=rules_of(criteria_set),
    )
    if form.is_valid() and form.attempt(
        lambda: transitions.record_finding(form.membership, form.report, by=request.user)
    ):
        messages.success(request, _("The finding has been recorded."))
        return redirect("scoring:finding_list", *review.url_args)
    context = {"review": review, "form": form}
    return render(request, "scoring/finding_form.html", context, status=422 if form.errors else 200)


@require_POST
def finding_lift(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    require(may.can_read_findings(request.user, review))
    finding = get_object_or_404(Finding, pk=pk, membership__review=review)
    require(may.can_record_finding(request.user, finding.membership))
    form = LiftForm(request.POST, auto_id=f"id_lift_{pk}_%s")
    if not form.is_valid():
        return _list_response(request, review, {pk: form})
    try:
        transitions.lift_finding(finding, **form.cleaned_data, by=request.user)
    except ValidationError as error:
        form.add_error(None, error)
        return _list_response(request, review, {pk: form})
    except IllegalMove as error:  # lifted meanwhile: its form is gone from the list
        messages.error(request, str(error))
    else:
        messages.success(request, _("The finding has been lifted."))
    return redirect("scoring:finding_list", *review.url_args)
