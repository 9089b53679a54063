"""The proposals with their checks, and the dossier on its way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from awards import permissions as may
from awards import transitions
from awards.checks import checks_of
from awards.documents.papers import PaperKey
from awards.documents.submission_facts import proposed_members
from awards.forms.proposals import GroundsForm
from awards.forms.reopenings import WhyForm
from awards.models import DocumentKind, DocumentStatus, Dossier, IssuedDocument, Proposal
from awards.proposal_workbook import workbook_of
from awards.readiness import missing_to_submit
from blocs.http import PortalRequest
from blocs.models import Phase, Review, User
from blocs.permissions import Verdict, leads, require, serves_leader
from blocs.views.lookup import review_or_404
from scoring.models import SummaryStatus
from scoring.views.workbooks import workbook_response

from .dossier import last_return
from .refusals import attempt, attempt_or_tell


@dataclass(frozen=True)
class Settling:
    """What the leader may do with a proposal: uphold it on a new table, or withdraw it."""

    may_settle: Verdict
    is_stale: bool
    uphold: WhyForm
    withdraw: WhyForm


def settling_of(user: User, proposal: Proposal) -> Settling:
    return Settling(
        may_settle=may.can_settle_proposal(user, proposal),
        is_stale=proposal.summary.status != SummaryStatus.ADOPTED,
        uphold=WhyForm(auto_id=f"id_uphold_{proposal.pk}_%s"),
        withdraw=WhyForm(auto_id=f"id_withdraw_{proposal.pk}_%s"),
    )


@dataclass(frozen=True)
class Reporting:
    """The member's report of achievements, for its own people with what they may do."""

    paper: PaperKey
    issued: IssuedDocument | None
    is_own: bool
    may_write: Verdict
    may_issue: Verdict


def reports_of(review: Review) -> dict[str, IssuedDocument]:
    """The reports of achievements in force, by member."""
    rows = IssuedDocument.objects.filter(
        review=review, kind=DocumentKind.ACHIEVEMENT, status=DocumentStatus.ISSUED
    )
    return {row.about: row for row in rows.defer("content")}


def reporting_of(
    user: User, review: Review, proposal: Proposal, reports: dict[str, IssuedDocument]
) -> Reporting:
    member = proposal.membership
    kind, slug = DocumentKind.ACHIEVEMENT, member.agency.slug
    is_own = user.agency_id == member.agency_id
    may_write = may.can_edit_paper(user, review, kind, slug)
    # Asked of the own agency alone: the answer costs a query.
    may_issue = may.can_issue(user, review, kind, member) if is_own else may_write
    return Reporting(PaperKey(kind, slug), reports.get(slug), is_own, may_write, may_issue)


def show(request: PortalRequest, review: Review, form: GroundsForm | None = None) -> HttpResponse:
    """The page; with ``form``, what was typed for one proposal and what is wrong with it."""
    may_write = may.can_write_grounds(request.user, review)
    dossier, reports = Dossier.objects.get(review=review), reports_of(review)
    proposals = [
        (
            proposal,
            checks,
            settling_of(request.user, proposal),
            reporting_of(request.user, review, proposal, reports),
            form if form and form.proposal.pk == proposal.pk else GroundsForm(proposal=proposal),
        )
        for proposal, checks in checks_of(review).items()
    ]
    context = {
        "review": review,
        "dossier": dossier,
        "returned": last_return(dossier),
        "proposals": proposals,
        "may_write": may_write,
        "may_submit": may.can_submit_dossier(request.user, review),
        "preparing": review.is_in(Phase.SUBMISSION),
        "missing": missing_to_submit(review) if review.is_in(Phase.SUBMISSION) else [],
    }
    return render(request, "awards/proposal_list.html", context, status=422 if form else 200)


@require_safe
def proposal_list(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    require(may.can_read_proposals(request.user, review))
    return show(request, review)


@require_safe
def proposal_workbook(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    """The list of proposals, as the submission letter has it, for Excel."""
    review = review_or_404(request, bloc, year)
    require(may.can_read_proposals(request.user, review))
    content = workbook_of(proposed_members(review), _("Proposals"))
    name = slugify(f"proposals-{review.bloc.slug}-{review.year}")
    return workbook_response(content, name)


@require_POST
def grounds_write(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    if not serves_leader(request.user, review):
        require(may.can_write_grounds(request.user, review))
    proposal = get_object_or_404(Proposal, pk=pk, review=review)
    form = GroundsForm(request.POST, proposal=proposal)
    if not attempt(
        form,
        lambda: transitions.write_grounds(proposal, **form.cleaned_data, by=request.user),
    ):
        return show(request, review, form)
    messages.success(request, _("The summary of achievements has been saved."))
    page = reverse("awards:proposal_list", args=review.url_args, fragment=f"proposal-{pk}")
    return HttpResponseRedirect(page)


@require_POST
def proposal_uphold(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    done = _("The vote stands on the table in force.")
    return _settle(request, bloc, year, pk, transitions.uphold_proposal, done)


@require_POST
def proposal_withdraw(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    done = _("The proposal has been withdrawn.")
    return _settle(request, bloc, year, pk, transitions.withdraw_proposal, done)


def _settle(
    request: PortalRequest,
    bloc: str,
    year: int,
    pk: int,
    deed: Callable[..., object],
    done: str,
) -> HttpResponse:
    """Uphold or withdraw one proposal, with the reason."""
    review = review_or_404(request, bloc, year)
    proposal = get_object_or_404(Proposal, pk=pk, review=review)
    if not leads(request.user, review):
        require(may.can_settle_proposal(request.user, proposal))
    form = WhyForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    if attempt_or_tell(request, lambda: deed(proposal, reason=reason, by=request.user)):
        messages.success(request, done)
    return redirect("awards:proposal_list", *review.url_args)


@require_POST
def dossier_submit(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    if not leads(request.user, review):
        require(may.can_submit_dossier(request.user, review))
    require(may.can_read_proposals(request.user, review))  # nothing to go back to before
    if attempt_or_tell(request, lambda: transitions.submit_dossier(review, by=request.user)):
        messages.success(request, _("The dossier has been submitted to the province."))
    return redirect("awards:proposal_list", *review.url_args)
