"""Objections: raised by the member, answered by the appraiser, carried by the leader."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.http import PortalRequest
from blocs.models import Review
from blocs.permissions import require
from blocs.views.lookup import review_or_404
from blocs.workflow import IllegalMove, Stale
from scoring import permissions as may
from scoring import transitions
from scoring.criteria import rules_of
from scoring.forms.objections import AnswerForm, ObjectionForm
from scoring.kernel.errors import InputError
from scoring.models import Objection, Sheet
from scoring.objections_page import line_of, objection_lines

from .attempts import attempt
from .lookup import score_or_404, sheet_or_404


@require_safe
def objection_list(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    context = {
        "review": review,
        "lines": objection_lines(review, request.user),
        "sees_all": may.can_see_objections(request.user, review),
    }
    return render(request, "scoring/objection_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def objection_raise(
    request: PortalRequest, bloc: str, year: int, agency: str, pk: int
) -> HttpResponse:
    sheet = sheet_or_404(request, bloc, year, agency)
    score = score_or_404(sheet, pk)
    # The member's own words come back from the form; everybody else is refused before.
    if request.method != "POST" or not may.is_own(request.user, sheet):
        require(may.can_object(request.user, sheet, timezone.localdate()))
    sent = request.method == "POST"
    form = ObjectionForm(request.POST if sent else None, request.FILES if sent else None)
    if form.is_valid() and form.attempt(
        lambda: transitions.object_to(
            score,
            reason=form.cleaned_data["reason"],
            document=form.document if form.has_document else None,
            by=request.user,
        )
    ):
        messages.success(request, _("The objection has been sent to the appraiser."))
        return redirect(f"{sheet.get_absolute_url()}#score-{score.pk}")
    context = {"review": sheet.membership.review, "sheet": sheet, "score": score, "form": form}
    status = 422 if form.errors else 200
    return render(request, "scoring/objection_form.html", context, status=status)


def objection_or_404(request: PortalRequest, review: Review, pk: int) -> Objection:
    objections = Objection.objects.of(review).visible_to(request.user).with_people()
    objection = get_object_or_404(objections, pk=pk)
    objection.score.sheet.membership.review = review
    return objection


@require_http_methods(["GET", "HEAD", "POST"])
def objection_detail(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Read by all who know of it; the appraiser answers it here."""
    review = review_or_404(request, bloc, year)
    objection = objection_or_404(request, review, pk)
    score = objection.score
    may_answer = may.can_answer_objection(request.user, objection)
    form = None
    if may_answer or request.method == "POST":
        if not may.appraises(request.user, score.sheet):
            require(may_answer)
        rules = rules_of(score.criterion.criteria_set)
        leaf = rules.find(score.criterion.code)
        form = AnswerForm(request.POST or None, rules=rules, leaf=leaf, score=score)
        if form.is_valid() and _answer(request, objection, form):
            return redirect("scoring:objection_list", *review.url_args)
    opens = Sheet.objects.visible_to(request.user).filter(pk=score.sheet_id).exists()
    line = line_of(objection, request.user, opens_evidence=opens)
    context = {"review": review, "line": line, "form": form}
    status = 422 if form is not None and form.errors else 200
    return render(request, "scoring/objection_detail.html", context, status=status)


def _answer(request: PortalRequest, objection: Objection, form: AnswerForm) -> bool:
    try:
        transitions.answer_objection(objection, **form.answer, by=request.user)
    except (InputError, ValidationError) as error:
        form.refuse_value(error)
        return False
    except (IllegalMove, PermissionDenied, Stale) as error:  # the wrong moment
        form.add_error(None, str(error))
        return False
    messages.success(request, _("The objection has been answered."))
    return True


@require_POST
def objection_carry(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    objection = objection_or_404(request, review, pk)
    done = _("The objection is on the agenda of the conference.")
    attempt(request, lambda: transitions.carry_objection(objection, by=request.user), done)
    return redirect("scoring:objection_list", *review.url_args)


@require_POST
def objection_withdraw(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    objection = objection_or_404(request, review, pk)
    done = _("The objection has been withdrawn.")
    attempt(request, lambda: transitions.withdraw_objection(objection, by=request.user), done)
    return redirect("scoring:objection_list", *review.url_args)


@require_POST
def appraisal_accept(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    """The member ends the term for objections."""
    sheet = sheet_or_404(request, bloc, year, agency)
    done = _("Your agency has accepted the appraisal.")
    attempt(request, lambda: transitions.accept_appraisal(sheet, by=request.user), done)
    return redirect(sheet)
