"""An adopted table opened again: asked for, granted, corrected, adopted anew."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from awards import permissions as may
from awards.checks import checks_of
from awards.forms.reopenings import AdoptAnewForm, AskForm, GrantForm, RefuseForm
from blocs.http import PortalRequest
from blocs.models import Review
from blocs.permissions import is_board_of, leads, require
from blocs.views.lookup import review_or_404
from scoring import permissions as scoring_may
from scoring import transitions as scoring
from scoring.models import Reopening, ReopeningStatus, Summary, SummaryStatus
from scoring.tables import live_table

from .refusals import attempt


@require_safe
def reopening(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    require(may.can_read_reopenings(request.user, review))
    return show(request, review)


def show(request: PortalRequest, review: Review, **bound: forms.Form) -> HttpResponse:
    """The page; a form that was refused comes back with what was typed."""
    rows = list(
        Reopening.objects.filter(summary__review=review)
        .select_related("summary__review__bloc", "asked_by", "answered_by", "result")
        .order_by("-pk")
    )
    latest = rows[0] if rows else None
    waiting = latest if latest and latest.status == ReopeningStatus.ASKED else None
    opened = latest if latest and latest.status == ReopeningStatus.GRANTED else None
    context = {
        "review": review,
        "rows": rows,
        "waiting": waiting,
        "opened": opened,
        "adopted": Summary.objects.filter(review=review, status=SummaryStatus.ADOPTED).first(),
        "stale": stale_proposals(review),
        "may_ask": scoring_may.can_ask_reopening(request.user, review),
        "may_answer": scoring_may.can_answer_reopening(request.user, waiting) if waiting else None,
        "may_adopt": scoring_may.can_adopt_anew(request.user, opened) if opened else None,
        # A form that came back as stale keeps the hash that was read: open the page anew.
        "seen": bound["adopt"]["seen"].value() if "adopt" in bound else _hash(review, opened),
        "ask": bound.get("ask") or AskForm(auto_id="id_ask_%s"),
        "grant": bound.get("grant") or GrantForm(auto_id="id_grant_%s"),
        "refuse": bound.get("refuse") or RefuseForm(auto_id="id_refuse_%s"),
        "adopt": bound.get("adopt") or AdoptAnewForm(auto_id="id_adopt_%s"),
    }
    return render(request, "awards/reopening.html", context, status=422 if bound else 200)


def _hash(review: Review, opened: Reopening | None) -> str:
    return live_table(review).sha256 if opened is not None else ""


def stale_proposals(review: Review) -> list[str]:
    """Proposals whose vote rested on a table that is no longer in force."""
    return [
        str(proposal)
        for proposal in checks_of(review)
        if proposal.summary.status != SummaryStatus.ADOPTED
    ]


def _settle(
    request: PortalRequest,
    review: Review,
    name: str,
    form: forms.Form,
    deed: Callable[[], object],
    done: str,
) -> HttpResponse:
    if not attempt(form, deed):
        return show(request, review, **{name: form})
    messages.success(request, done)
    return redirect("awards:reopening", *review.url_args)


def reopening_or_404(review: Review) -> Reopening:
    """The latest one; what may be done with it, the deed decides."""
    rows = Reopening.objects.filter(summary__review=review).select_related("summary__review__bloc")
    latest = rows.order_by("-pk").first()
    return get_object_or_404(rows, pk=latest.pk if latest else None)


@require_POST
def reopening_ask(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    if not leads(request.user, review):
        require(scoring_may.can_ask_reopening(request.user, review))
    require(may.can_read_reopenings(request.user, review))
    form = AskForm(request.POST, auto_id="id_ask_%s")

    def deed() -> None:
        scoring.ask_reopening(review, reason=form.cleaned_data["reason"], by=request.user)

    return _settle(request, review, "ask", form, deed, _("The provincial board has been asked."))


def _answer(
    request: PortalRequest,
    bloc: str,
    year: int,
    name: str,
    form: forms.Form,
    answer: Callable[..., object],
    done: str,
) -> HttpResponse:
    """The board grants or refuses the latest request."""
    review = review_or_404(request, bloc, year)
    row = reopening_or_404(review)
    if not is_board_of(request.user, review):
        require(scoring_may.can_answer_reopening(request.user, row))

    def deed() -> None:
        answer(row, answer=form.cleaned_data["answer"], by=request.user)

    return _settle(request, review, name, form, deed, done)


@require_POST
def reopening_grant(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    form = GrantForm(request.POST, auto_id="id_grant_%s")
    done = _("The table is open again; what rested on it shows as stale.")
    return _answer(request, bloc, year, "grant", form, scoring.grant_reopening, done)


@require_POST
def reopening_refuse(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    form = RefuseForm(request.POST, auto_id="id_refuse_%s")
    done = _("The table stands.")
    return _answer(request, bloc, year, "refuse", form, scoring.refuse_reopening, done)


@require_POST
def reopening_adopt(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    row = reopening_or_404(review)
    if not leads(request.user, review):
        require(scoring_may.can_adopt_anew(request.user, row))
    form = AdoptAnewForm(request.POST, auto_id="id_adopt_%s")

    def deed() -> None:
        scoring.adopt_anew(row, **form.cleaned_data, by=request.user)

    done = _("The corrected table has been adopted as a new version.")
    return _settle(request, review, "adopt", form, deed, done)
