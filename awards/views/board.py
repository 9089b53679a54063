"""What the provincial board sees and does: all blocs, and one dossier."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from awards import permissions as may
from awards import transitions
from awards.checks import checks_of
from awards.forms.board import BoardFilterForm
from awards.forms.proposals import OutcomeForm, ReturnForm
from awards.models import Dossier, Proposal
from blocs.http import PortalRequest
from blocs.models import Review
from blocs.permissions import can_open_review, is_board_of, require
from scoring.models import Summary, SummaryStatus
from scoring.tables import table_of

from .dossier import steps_of
from .overview import lines_of, reviews_for
from .papers import papers_of_dossier
from .refusals import attempt, attempt_or_tell


@require_safe
def board(request: PortalRequest) -> HttpResponse:
    require(may.can_watch_blocs(request.user))
    years = Review.objects.visible_to(request.user).values_list("year", flat=True)
    form = BoardFilterForm(request.GET, years=years.distinct().order_by("-year"))
    form.is_valid()
    chosen = form.cleaned_data
    reviews = reviews_for(
        request.user,
        words=chosen.get("q", ""),
        year=chosen.get("year"),
        phase=chosen.get("phase", ""),
    )
    context = {
        "form": form,
        "lines": lines_of(reviews),
        "may_open": can_open_review(request.user),
        "filtered": any(chosen.values()),
    }
    return render(request, "awards/board.html", context, status=422 if form.errors else 200)


def dossier_or_404(request: PortalRequest, pk: int) -> Dossier:
    dossiers = Dossier.objects.visible_to(request.user).select_related(
        "review__bloc__province", "submitted_by"
    )
    return get_object_or_404(dossiers, pk=pk)


def show(
    request: PortalRequest,
    dossier: Dossier,
    *,
    back: ReturnForm | None = None,
    outcome: OutcomeForm | None = None,
) -> HttpResponse:
    """The dossier; a form that was refused comes back with what was typed."""
    review, today = dossier.review, timezone.localdate()
    summary = (
        Summary.objects.filter(review=review, status=SummaryStatus.ADOPTED)
        .select_related("review__bloc")
        .first()
    )
    proposals = [
        (
            proposal,
            checks,
            may.can_decide(request.user, dossier, proposal),
            outcome
            if outcome and outcome.proposal == proposal
            else OutcomeForm(proposal=proposal, today=today),
        )
        for proposal, checks in checks_of(review).items()
    ]
    context = {
        "review": review,
        "dossier": dossier,
        "steps": steps_of(dossier),
        "summary": summary,
        "table": table_of(summary) if summary else None,
        "papers": papers_of_dossier(review, request.user),
        "proposals": proposals,
        "on_board": is_board_of(request.user, review),
        "may_receive": may.can_receive(request.user, dossier),
        "may_return": may.can_return_dossier(request.user, dossier),
        "return_form": back or ReturnForm(),
    }
    status = 422 if back or outcome else 200
    return render(request, "awards/dossier_detail.html", context, status=status)


@require_safe
def dossier_detail(request: PortalRequest, pk: int) -> HttpResponse:
    dossier = dossier_or_404(request, pk)
    require(may.can_read_proposals(request.user, dossier.review))
    return show(request, dossier)


@require_POST
def dossier_receive(request: PortalRequest, pk: int) -> HttpResponse:
    dossier = dossier_or_404(request, pk)
    if not is_board_of(request.user, dossier.review):
        require(may.can_receive(request.user, dossier))
    if attempt_or_tell(request, lambda: transitions.receive_dossier(dossier, by=request.user)):
        messages.success(request, _("The dossier has been received; examine its proposals now."))
    return redirect(dossier)


@require_POST
def dossier_return(request: PortalRequest, pk: int) -> HttpResponse:
    dossier = dossier_or_404(request, pk)
    if not is_board_of(request.user, dossier.review):
        require(may.can_return_dossier(request.user, dossier))
    form = ReturnForm(request.POST)
    if not attempt(
        form,
        lambda: transitions.return_dossier(dossier, **form.cleaned_data, by=request.user),
    ):
        return show(request, dossier, back=form)
    messages.success(request, _("The dossier has been returned to the bloc leader."))
    return redirect("awards:board")


@require_POST
def proposal_decide(request: PortalRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(
        Proposal.objects.filter(
            review__in=Dossier.objects.visible_to(request.user).values("review")
        ).select_related("review"),
        pk=pk,
    )
    dossier = dossier_or_404(request, Dossier.objects.get(review=proposal.review_id).pk)
    if not is_board_of(request.user, dossier.review):
        require(may.can_decide(request.user, dossier, proposal))
    form = OutcomeForm(request.POST, proposal=proposal, today=timezone.localdate())
    if not attempt(form, lambda: transitions.decide(proposal, **form.decision, by=request.user)):
        return show(request, dossier, outcome=form)
    messages.success(request, _("The outcome has been recorded."))
    page = reverse("awards:dossier_detail", args=[dossier.pk], fragment=f"proposal-{pk}")
    return HttpResponseRedirect(page)
