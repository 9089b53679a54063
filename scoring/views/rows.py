"""What comes back when a row, or a group of rows, has been saved or was refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from blocs.http import PortalRequest
from scoring.criterion_page import CriterionPage, criterion_page
from scoring.forms.appraisal import PlaceForm, ReasonForm
from scoring.forms.rows import RowForm
from scoring.models import Score, Sheet
from scoring.sheet_deeds import deeds_of
from scoring.sheet_page import SheetPage, sheet_page
from scoring.unsaved import ticket_for


def page_response(
    request: PortalRequest, page: SheetPage, status: int = 200, given: ReasonForm | None = None
) -> HttpResponse:
    """``given``: the form of a deed that came back with errors."""
    context = {
        "page": page,
        "sheet": page.sheet,
        "review": page.sheet.membership.review,
        "deeds": deeds_of(request.user, page, given),
        "ticket": ticket_for(request.user, page.sheet),
    }
    return render(request, "scoring/sheet_detail.html", context, status=status)


def row_response(
    request: PortalRequest, sheet: Sheet, form: RowForm, mode: str, *, saved: bool
) -> HttpResponse:
    """For htmx the row's parts that moved; without it the page, or the way back to it."""
    status = 200 if saved else 409 if form.conflict else 422
    bound = {} if saved else {form.key: form}
    if request.htmx:
        state, replaces = "saved" if saved else form.state, saved and form.takes_theirs
        page = page_around(request, form.score, sheet, mode, bound)
        return row_parts(request, page, form.score, state, replaces=replaces, status=status)
    if saved:
        return redirect(f"{sheet.get_absolute_url()}#score-{form.key}")
    return page_response(request, sheet_page(sheet, request.user, mode=mode, bound=bound), status)


def page_around(
    request: PortalRequest,
    score: Score,
    sheet: Sheet,
    mode: str | None = None,
    bound: Mapping[int, RowForm] | None = None,
) -> SheetPage | CriterionPage:
    """The page that a row was posted from: its sheet's, or its criterion's."""
    place = PlaceForm(request.POST)
    if place.is_valid() and place.cleaned_data["by_criterion"]:
        review = sheet.membership.review
        return criterion_page(review, score.criterion_id, request.user, bound=bound)
    return sheet_page(sheet, request.user, mode=mode, bound=bound)


def row_parts(
    request: PortalRequest,
    page: SheetPage | CriterionPage,
    score: Score,
    state: str,
    *,
    replaces: bool,
    status: int = 200,
) -> HttpResponse:
    row = page.row_of(score)
    context = {
        "page": page,
        "row": row,
        "moved": page.moved_with(row),
        "state": state,
        "replaces": replaces,
    }
    return render(request, "scoring/_sheet_saved.html", context, status=status)


def group_response(
    request: PortalRequest, sheet: Sheet, forms: Iterable[RowForm], mode: str, group: int
) -> HttpResponse:
    """Save what can be saved; what cannot stays on the page as it was typed."""
    forms = list(forms)
    refused = {form.key: form for form in forms if not form.save(by=request.user)}
    if not refused:
        messages.success(request, saved_text(sum(form.wrote for form in forms)))
        return redirect(f"{sheet.get_absolute_url()}#group-{group}")
    page = sheet_page(sheet, request.user, mode=mode, bound=refused)
    clash = any(form.conflict for form in refused.values())
    return page_response(request, page, 409 if clash else 422)


def saved_text(count: int) -> str:
    text = ngettext("%(count)s criterion saved.", "%(count)s criteria saved.", count)
    return text % {"count": count}
