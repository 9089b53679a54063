"""A score changed in the room: chosen, changed with a reason, before the table is adopted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import permissions as may
from awards import transitions
from awards.forms.scores import AgreementForm, ScoreChoiceForm
from blocs.http import PortalRequest
from blocs.models import Review
from scoring.cases import adopted_set
from scoring.criteria import rules_of
from scoring.forms.objections import ReplyForm
from scoring.models import Objection, Score
from scoring.tables import Table, live_table

from .agenda import back_to, show
from .lookup import kept_conference
from .record import members_of
from .refusals import attempt, attempt_or_tell


@require_safe
def score_choose(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = kept_conference(request, bloc, year).review
    form = ScoreChoiceForm(
        request.GET,
        members=members_of(review),
        criteria=tuple(adopted_set(review).criteria.answerable()),
    )
    if not form.is_valid():
        return show(request, review, status=422, choice=form)
    return redirect("awards:score_agree", *review.url_args, form.cleaned_data["score"].pk)


def score_or_404(review: Review, pk: int) -> Score:
    scores = Score.objects.select_related(
        "criterion__criteria_set", "sheet__membership__agency"
    ).prefetch_related("sheet__membership__agency__names")
    score = get_object_or_404(scores, pk=pk, sheet__membership__review=review)
    score.sheet.membership.review = review
    return score


@require_http_methods(["GET", "POST"])
def score_agree(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    conference = kept_conference(request, bloc, year)
    review = conference.review
    score = score_or_404(review, pk)
    rules = rules_of(score.criterion.criteria_set)
    leaf = rules.find(score.criterion.code)
    form = AgreementForm(
        request.POST or None, score=score, rules=rules, leaf=leaf, members=members_of(review)
    )
    before = live_table(review) if form.is_bound else None
    if request.method == "POST" and attempt(
        form,
        lambda: transitions.agree_score(conference, score, **form.agreement, by=request.user),
    ):
        tell_ranks(request, before, live_table(review))
        return back_to(review, "scores")
    context = {
        "review": review,
        "score": score,
        "form": form,
        "version": score.version,
        "is_stale": form.is_stale,
        "may_agree": may.can_agree_score(request.user, conference),
    }
    status = 422 if form.is_bound else 200
    return render(request, "awards/score_agree.html", context, status=status)


def tell_ranks(request: PortalRequest, before: Table | None, after: Table) -> None:
    """Say that the score was saved, and whose rank it changed."""
    old = {row.slug: row.rank for row in before.rows} if before else {}
    moved = [
        f"{row.short} {old.get(row.slug) or '–'} → {row.rank or '–'}"
        for row in after.rows
        if old.get(row.slug) != row.rank
    ]
    saved = _("The agreed score has been saved.")
    if moved:
        ranks = _("Ranks changed: %(moves)s.") % {"moves": ", ".join(moved)}
    else:
        ranks = _("The ranks have not changed.")
    messages.success(request, f"{saved} {ranks}")


@require_POST
def objection_settle(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """What the conference said to an objection that was carried to it."""
    conference = kept_conference(request, bloc, year)
    review = conference.review
    objection = get_object_or_404(Objection.objects.of(review).with_people(), pk=pk)
    form = ReplyForm(request.POST)
    reply = form.cleaned_data["reply"] if form.is_valid() else ""
    if attempt_or_tell(
        request,
        lambda: transitions.settle_objection(conference, objection, reply=reply, by=request.user),
    ):
        messages.success(request, _("The objection has been settled."))
    return back_to(review, "objections")
