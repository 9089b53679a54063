"""Counting printed papers: the page of the tellers, and the scan of what they counted."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import permissions as may
from awards import transitions
from awards.ballots import options_of
from awards.forms.tallies import ConfirmForm, RejectForm, ScanForm, TallyForm
from awards.models import Tally, TallyStatus, Vote
from awards.tallies import Identity, identities, running_tally
from blocs.http import PortalRequest, stored_file
from blocs.permissions import Verdict, denied, require
from blocs.views.lookup import review_or_404
from blocs.workflow import Stale

from .refusals import attempt, attempt_or_tell


@dataclass(frozen=True)
class TallyPage:
    """All that the page of a count draws."""

    vote: Vote
    tally: Tally | None
    identities: list[Identity]
    handed: int  # how many stand on the roll
    former: tuple[Tally, ...]  # rejected, with their reasons
    types: bool  # the reader types this draft
    kept: bool  # what was refused to be sent has been saved
    may_count: Verdict
    may_settle: Verdict | None
    may_print: Verdict
    form: TallyForm
    scan: ScanForm
    confirm: ConfirmForm
    reject: RejectForm


def paper_vote_or_404(request: PortalRequest, bloc: str, year: int, number: int) -> Vote:
    """A vote on printed papers, for whoever may see its counts; members without that get 403."""
    review = review_or_404(request, bloc, year)
    votes = Vote.objects.filter(conference__review=review, on_paper=True)
    vote = get_object_or_404(votes.select_related("conference", "award"), number=number)
    vote.conference.review = review
    require(may.can_see_tallies(request.user, vote))
    return vote


def counting_or_404(request: PortalRequest, bloc: str, year: int, number: int) -> Vote:
    """The vote, for the ballot committee; whether the moment is right is asked with the deed."""
    vote = paper_vote_or_404(request, bloc, year, number)
    if not may.is_teller(request.user, vote.conference):
        require(may.can_count_papers(request.user, vote))
    return vote


def running_or_404(request: PortalRequest, bloc: str, year: int, number: int) -> Tally:
    vote = counting_or_404(request, bloc, year, number)
    tally = get_object_or_404(vote.tallies.exclude(status=TallyStatus.REJECTED))
    tally.vote = vote
    return tally


def show_tally(
    request: PortalRequest,
    vote: Vote,
    *,
    status: int = 200,
    form: TallyForm | None = None,
    scan: ScanForm | None = None,
    confirm: ConfirmForm | None = None,
    reject: RejectForm | None = None,
    kept: bool = False,
) -> HttpResponse:
    """Draw the page; forms that are given come back with what was typed and what is wrong."""
    user, options = request.user, options_of(vote)
    tally = running_tally(vote)
    if tally is not None:
        tally.vote = vote
    types = may.can_type_tally(user, tally) if tally else denied("")
    shown = form or TallyForm(vote=vote, options=options, tally=tally)
    handed = vote.roll.count()
    names = [option.name for option in options]
    known = {"tally": tally.pk} if tally else {}
    page = TallyPage(
        vote=vote,
        tally=tally,
        identities=identities(vote, shown.figures if types else shown.saved, names, handed),
        handed=handed,
        former=_former(vote),
        types=bool(types) or form is not None,
        kept=kept,
        may_count=may.can_count_papers(user, vote),
        may_settle=may.can_settle_tally(user, tally) if tally else None,
        may_print=may.can_print_papers(user, vote),
        form=shown,
        scan=scan or ScanForm(),
        confirm=confirm or ConfirmForm(initial=known, prefix="confirm"),
        reject=reject or RejectForm(initial=known, prefix="reject"),
    )
    context = {"review": vote.conference.review, "vote": vote, "page": page}
    return render(request, "awards/vote_tally.html", context, status=status)


def _former(vote: Vote) -> tuple[Tally, ...]:
    rejected = vote.tallies.filter(status=TallyStatus.REJECTED)
    rows = rejected.select_related("entered_by", "settled_by")
    return tuple(rows.prefetch_related("changes", "lines__option__membership__agency__names"))


def back_to_tally(vote: Vote) -> HttpResponse:
    return redirect("awards:vote_tally", *vote.conference.review.url_args, vote.number)


@require_http_methods(["GET", "HEAD", "POST"])
def vote_tally(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    """The page, and with POST the draft saved."""
    if request.method != "POST":
        return show_tally(request, paper_vote_or_404(request, bloc, year, number))
    tally = running_or_404(request, bloc, year, number)
    form = TallyForm(request.POST, vote=tally.vote, options=options_of(tally.vote), tally=tally)
    if not attempt(form, lambda: transitions.save_tally(tally, form.figures, by=request.user)):
        return show_tally(request, tally.vote, status=422, form=form)
    messages.success(request, _("The draft has been saved. Nobody but the tellers sees it."))
    return back_to_tally(tally.vote)


@require_POST
def tally_begin(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    vote = counting_or_404(request, bloc, year, number)
    attempt_or_tell(request, lambda: transitions.begin_tally(vote, by=request.user))
    return back_to_tally(vote)


@require_POST
def tally_take_over(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    tally = running_or_404(request, bloc, year, number)
    if attempt_or_tell(request, lambda: transitions.take_over_tally(tally, by=request.user)):
        messages.success(request, _("You now type this count."))
    return back_to_tally(tally.vote)


@require_POST
def tally_send(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    """Save what was typed, then send it; where it does not add up the draft stays saved."""
    tally = running_or_404(request, bloc, year, number)
    form = TallyForm(request.POST, vote=tally.vote, options=options_of(tally.vote), tally=tally)
    saved = attempt(form, lambda: transitions.save_tally(tally, form.figures, by=request.user))
    if not saved or not attempt(form, lambda: transitions.enter_tally(tally, by=request.user)):
        return show_tally(request, tally.vote, status=422, form=form, kept=saved)
    messages.success(
        request, _("The count has been sent. A second teller now compares and confirms it.")
    )
    return back_to_tally(tally.vote)


def _require_same(tally: Tally, pk: int) -> None:
    if tally.pk != pk:
        raise Stale(_("Another count has been sent in the meantime: read it first."))


@require_POST
def tally_confirm(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    tally = running_or_404(request, bloc, year, number)
    form = ConfirmForm(request.POST, prefix="confirm")

    def confirm() -> None:
        _require_same(tally, form.cleaned_data["tally"])
        transitions.confirm_tally(tally, by=request.user)

    if not attempt(form, confirm):
        return show_tally(request, tally.vote, status=422, confirm=form)
    messages.success(request, _("The count stands. The chair now announces the result."))
    return back_to_tally(tally.vote)


@require_POST
def tally_reject(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    tally = running_or_404(request, bloc, year, number)
    form = RejectForm(request.POST, prefix="reject")

    def reject() -> None:
        _require_same(tally, form.cleaned_data["tally"])
        transitions.reject_tally(tally, reason=form.cleaned_data["reason"], by=request.user)

    if not attempt(form, reject):
        return show_tally(request, tally.vote, status=422, reject=form)
    messages.success(request, _("The count has been rejected. Count the papers anew."))
    return back_to_tally(tally.vote)


@require_POST
def tally_scan(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    tally = running_or_404(request, bloc, year, number)
    form = ScanForm(request.POST, request.FILES)
    if not attempt(
        form,
        lambda: transitions.attach_scan(tally, form.cleaned_data["scan"], by=request.user),
    ):
        return show_tally(request, tally.vote, status=422, scan=form)
    messages.success(request, _("The scan has been attached."))
    return back_to_tally(tally.vote)


@require_safe
def scan_download(
    request: PortalRequest, bloc: str, year: int, number: int, pk: int
) -> FileResponse:
    """Always as an attachment: nothing that was uploaded is ever shown as a page."""
    vote = paper_vote_or_404(request, bloc, year, number)
    tally = get_object_or_404(vote.tallies.exclude(scan=""), pk=pk)
    return stored_file(
        tally.scan,
        name=tally.scan_name,
        content_type=tally.scan_type,
    )
