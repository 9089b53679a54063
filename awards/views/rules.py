"""The rules of voting that a bloc is offered, and those of its own charter."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from awards import permissions as may
from awards import transitions
from awards.forms.rules import VoteRuleForm
from awards.models import VoteRule
from awards.wording import meaning_words, quorum_words, threshold_words
from blocs.http import PortalRequest
from blocs.models import Review
from blocs.permissions import Verdict, leads, require
from blocs.views.lookup import review_or_404

from .refusals import attempt, attempt_or_tell


@dataclass(frozen=True)
class RuleLine:
    """A rule in words, and what it comes to with the members of this bloc."""

    rule: VoteRule
    threshold: str
    quorum: str
    meaning: str
    retire: Verdict


def lines_of(request: PortalRequest, review: Review) -> list[RuleLine]:
    members = review.memberships.count()
    return [
        RuleLine(
            rule,
            threshold_words(rule),
            quorum_words(rule),
            meaning_words(rule, members),
            may.can_retire_rule(request.user, review, rule),
        )
        for rule in VoteRule.objects.offered_to(review.bloc)
    ]


@require_http_methods(["GET", "POST"])
def rule_list(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    require(may.can_see_conference(request.user, review))
    if request.method == "POST" and not leads(request.user, review):
        require(may.can_keep_rules(request.user, review))
    lines = lines_of(request, review)
    taken = {line.rule.name for line in lines if line.rule.bloc_id}
    form = VoteRuleForm(request.POST if request.method == "POST" else None, taken=taken)
    if request.method == "POST" and attempt(
        form, lambda: transitions.add_rule(review, fields=form.columns, by=request.user)
    ):
        messages.success(request, _("The rule has been added to the charter of the bloc."))
        return redirect("awards:rule_list", *review.url_args)
    context = {
        "review": review,
        "lines": lines,
        "form": form,
        "may_add": may.can_keep_rules(request.user, review),
    }
    status = 422 if form.is_bound else 200
    return render(request, "awards/rule_list.html", context, status=status)


@require_POST
def rule_retire(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    rule = get_object_or_404(VoteRule, Q(bloc=None) | Q(bloc=review.bloc), pk=pk)
    if not leads(request.user, review):
        require(may.can_keep_rules(request.user, review))
    if attempt_or_tell(request, lambda: transitions.retire_rule(rule, review, by=request.user)):
        messages.success(request, _("The rule is no longer offered; what was voted by it stands."))
    return redirect("awards:rule_list", *review.url_args)
