"""The member's own sheet: read, filled in, sent to the head, submitted, recalled."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.http import PortalRequest
from blocs.permissions import require
from blocs.views.lookup import review_or_404
from scoring import permissions as may
from scoring import transitions
from scoring.cases import adopted_set
from scoring.criteria import rules_of
from scoring.due_days import due_days, losses
from scoring.forms.sheets import AppraiserForm, ExtensionForm, NoteForm
from scoring.kernel.days import days_late
from scoring.models import Criterion, Part, Sheet, SheetStatus
from scoring.readiness import missing_to_submit
from scoring.sheet_history import History
from scoring.sheet_list import sheet_lines
from scoring.sheet_page import bound_form, sheet_page

from .attempts import attempt
from .lookup import listed_sheet_or_404, score_or_404, sheet_or_404, writing_mode
from .rows import group_response, page_response, row_response

# --- reading


@require_safe
def sheet_own(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    """The way to the own sheet that needs no knowledge of addresses."""
    review = review_or_404(request, bloc, year)
    part = request.user.part_in(review)
    own = Sheet.objects.of(review).with_people().filter(membership=part).first() if part else None
    if own is not None:
        return redirect(own)
    return render(request, "scoring/sheet_none.html", {"review": review, "part": part})


@require_safe
def sheet_list(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    return _list_response(request, bloc, year)


def _list_response(
    request: PortalRequest,
    bloc: str,
    year: int,
    forms: dict[int, ExtensionForm | AppraiserForm] | None = None,
) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    context = {
        "review": review,
        "lines": sheet_lines(review, request.user, forms or {}),
    }
    return render(request, "scoring/sheet_list.html", context, status=422 if forms else 200)


@require_safe
def sheet_detail(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    sheet = sheet_or_404(request, bloc, year, agency)
    return page_response(request, sheet_page(sheet, request.user))


@require_safe
def sheet_history(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    sheet = sheet_or_404(request, bloc, year, agency)
    return _history_response(request, sheet)


@require_safe
def criterion_history(
    request: PortalRequest, bloc: str, year: int, agency: str, pk: int
) -> HttpResponse:
    sheet = sheet_or_404(request, bloc, year, agency)
    criteria = adopted_set(sheet.membership.review).criteria.exclude(
        part__in=[Part.GROUP, Part.KNOCKOUT]
    )
    return _history_response(request, sheet, get_object_or_404(criteria, pk=pk))


def _history_response(
    request: PortalRequest, sheet: Sheet, criterion: Criterion | None = None
) -> HttpResponse:
    history = History(sheet, request.user, criterion)
    context = {
        "review": sheet.membership.review,
        "sheet": sheet,
        "criterion": criterion,
        "lines": history.lines,
        "appraisal": history.appraisal,
        "paper": history.paper,
    }
    return render(request, "scoring/sheet_history.html", context)


# --- filling in


@require_POST
def score_save(request: PortalRequest, bloc: str, year: int, agency: str, pk: int) -> HttpResponse:
    """One row, while somebody types."""
    sheet = sheet_or_404(request, bloc, year, agency)
    if not may.is_own(request.user, sheet):
        require(may.can_enter(request.user, sheet))
    score = score_or_404(sheet, pk)
    mode = writing_mode(request.user, sheet)
    form = bound_form(mode, request.POST, score)
    return row_response(request, sheet, form, mode, saved=form.save(by=request.user))


@require_POST
def group_save(request: PortalRequest, bloc: str, year: int, agency: str, pk: int) -> HttpResponse:
    """All rows of a group, claimed or appraised: the way without JavaScript."""
    sheet = sheet_or_404(request, bloc, year, agency)
    mode = writing_mode(request.user, sheet)
    get_object_or_404(Criterion, pk=pk, criteria_set__review=sheet.membership.review)
    forms = []
    for score in sheet.scores.select_related("criterion__criteria_set"):
        score.sheet = sheet
        if f"s{score.pk}-version" in request.POST:
            forms.append(bound_form(mode, request.POST, score))
    return group_response(request, sheet, forms, mode, pk)


# --- the sheet's way to the leader


@require_POST
def sheet_send(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    sheet = sheet_or_404(request, bloc, year, agency)
    done = _("The sheet is now with the head of agency.")
    attempt(request, lambda: transitions.send_to_head(sheet, by=request.user), done)
    return redirect(sheet)


@require_POST
def sheet_take_back(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    sheet = sheet_or_404(request, bloc, year, agency)
    form = NoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    done = _("The sheet is with the officer again.")
    attempt(request, lambda: transitions.take_back(sheet, note=note, by=request.user), done)
    return redirect(sheet)


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_submit(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    """What is missing and what lateness costs, before; the receipt stands on the sheet, after."""
    sheet = sheet_or_404(request, bloc, year, agency)
    if not may.is_own(request.user, sheet):
        require(may.can_submit(request.user, sheet))
    if request.method == "POST":
        done = _("The score sheet has been submitted; the receipt is below.")
        if attempt(request, lambda: transitions.submit(sheet, by=request.user), done):
            return redirect(f"{sheet.get_absolute_url()}#receipt")
        return redirect(sheet)
    return render(request, "scoring/sheet_submit.html", _before_submitting(request, sheet))


def _before_submitting(request: PortalRequest, sheet: Sheet) -> dict[str, object]:
    membership, review = sheet.membership, sheet.membership.review
    criteria_set, now = adopted_set(review), timezone.now()
    due = due_days(review, [membership]).get(membership.pk)
    # Submitting again after a return is not late, whatever the day.
    counts = due is not None and sheet.status != SheetStatus.RETURNED
    return {
        "review": review,
        "sheet": sheet,
        "may_submit": may.can_submit(request.user, sheet),
        "missing": missing_to_submit(sheet),
        "due": due,
        "late_days": days_late(due, now) if counts and due else 0,
        "losses": losses(rules_of(criteria_set), criteria_set, due, now) if counts and due else [],
    }


@require_POST
def sheet_recall(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    sheet = sheet_or_404(request, bloc, year, agency)
    form = NoteForm(request.POST)
    note = form.cleaned_data["note"] if form.is_valid() else ""
    done = _("The sheet has been recalled; submit it again when it is ready.")
    attempt(request, lambda: transitions.recall(sheet, note=note, by=request.user), done)
    return redirect(sheet)


# --- what others set for a sheet


@require_POST
def extension_grant(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    sheet = listed_sheet_or_404(request, bloc, year, agency)
    require(may.can_grant_extension(request.user, sheet))
    form = ExtensionForm(request.POST, auto_id=f"id_extend_{sheet.pk}_%s")
    if form.is_valid() and form.attempt(
        lambda: transitions.grant_extension(sheet, **form.cleaned_data, by=request.user)
    ):
        messages.success(request, _("The due day of this member has been moved."))
        return redirect("scoring:sheet_list", *sheet.membership.review.url_args)
    return _list_response(request, bloc, year, {sheet.pk: form})


@require_POST
def appraiser_name(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    sheet = listed_sheet_or_404(request, bloc, year, agency)
    review = sheet.membership.review
    require(may.can_name_appraiser(request.user, sheet))
    members = {part.pk: part for part in review.memberships.in_order().with_names()}
    auto_id = f"id_appraiser_{sheet.pk}_%s"
    form = AppraiserForm(request.POST, sheet=sheet, members=members.values(), auto_id=auto_id)
    if form.is_valid() and form.attempt(
        lambda: transitions.name_appraiser(
            sheet, members[form.cleaned_data["appraiser"]], by=request.user
        )
    ):
        messages.success(request, _("The appraiser has been named."))
        return redirect("scoring:sheet_list", *review.url_args)
    return _list_response(request, bloc, year, {sheet.pk: form})


@require_POST
def self_scoring_open(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    done = _("Self-scoring is open: every member has its score sheet.")
    attempt(request, lambda: transitions.open_self_scoring(review, by=request.user), done)
    return redirect("review_detail", *review.url_args)
