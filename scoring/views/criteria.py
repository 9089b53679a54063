"""The criteria of a review: everybody in it reads; leader or board prepare and adopt."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from blocs.http import PortalRequest
from blocs.permissions import is_board_of, serves_leader
from blocs.views.lookup import review_or_404
from blocs.workflow import IllegalMove, Stale
from scoring import permissions as may
from scoring import transitions
from scoring.criteria import rules_of
from scoring.criteria_changes import changes_between
from scoring.criteria_files import yaml_text
from scoring.criteria_page import CriteriaPage, set_in_force
from scoring.forms.criteria import AdoptForm, SourceForm, UploadForm
from scoring.models import Criterion, Exemption


@require_safe
def criteria_detail(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    return show(request, CriteriaPage(request.user, review_or_404(request, bloc, year)))


def show(request: PortalRequest, page: CriteriaPage) -> HttpResponse:
    status = 200 if page.bound is None else 422
    context = {"review": page.review, "page": page}
    return render(request, "scoring/criteria_detail.html", context, status=status)


@require_safe
def criteria_download(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    criteria_set = set_in_force(review_or_404(request, bloc, year))
    if criteria_set is None:
        raise Http404
    return HttpResponse(
        yaml_text(rules_of(criteria_set)),
        content_type="application/yaml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{bloc}-{year}-criteria.yaml"'},
    )


# --- while they are prepared


def page_of_preparers(request: PortalRequest, bloc: str, year: int) -> CriteriaPage:
    """The page of those who prepare the criteria at some moment; ``settle`` asks which."""
    review = review_or_404(request, bloc, year)
    if not (serves_leader(request.user, review) or is_board_of(request.user, review)):
        raise PermissionDenied(may.can_edit_criteria(request.user, review).reason)
    return CriteriaPage(request.user, review)


def settle(
    request: PortalRequest,
    page: CriteriaPage,
    form: forms.Form,
    deed: Callable[[], object],
    done: str,
) -> HttpResponse:
    """Do what a valid form asks and say so; else show the page again with what is wrong."""
    back = redirect("scoring:criteria_detail", *page.review.url_args)
    if not page.may_edit:
        messages.error(request, page.may_edit.reason)
        return back
    try:
        if form.is_valid():
            deed()
    except ValidationError as error:
        form.add_error(form.origin if isinstance(form, UploadForm) else None, error)
    except (IllegalMove, Stale) as error:
        messages.error(request, str(error))
        return back
    except ObjectDoesNotExist:
        messages.error(request, _("A colleague has changed the draft. Read it again."))
        return back
    if form.errors:
        page.bound = form
        return show(request, page)
    messages.success(request, done)
    return back


@require_POST
def criteria_upload(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    page = page_of_preparers(request, bloc, year)
    form = UploadForm(request.POST, request.FILES)
    before = rules_of(page.set) if page.set else None

    def deed() -> None:
        transitions.upload_criteria(page.review, form.rules, by=request.user)
        if before is not None:
            messages.info(request, changes_between(before, form.rules).sentence)

    done = _("This is the draft now. Read it through, then adopt it.")
    return settle(request, page, form, deed, done)


@require_POST
def source_choose(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    page = page_of_preparers(request, bloc, year)
    form = SourceForm(request.POST)

    def deed() -> None:
        criterion = Criterion.objects.get(pk=pk, criteria_set=page.set)
        transitions.choose_source(criterion, form.cleaned_data["source"], by=request.user)

    return settle(request, page, form, deed, _("The record has been chosen."))


@require_POST
def exemption_add(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    page = page_of_preparers(request, bloc, year)
    form = page.exemption_form(request.POST)

    def deed() -> None:
        typed = form.cleaned_data
        criterion, part = form.criteria[typed["criterion"]], form.parts[typed["member"]]
        transitions.exempt(criterion, part, reason=typed["reason"], by=request.user)

    return settle(request, page, form, deed, _("The exemption has been noted."))


@require_POST
def exemption_lift(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    page = page_of_preparers(request, bloc, year)

    def deed() -> None:
        exemption = Exemption.objects.get(pk=pk, criterion__criteria_set=page.set)
        transitions.lift_exemption(exemption, by=request.user)

    return settle(
        request, page, forms.Form(request.POST), deed, _("The exemption has been lifted.")
    )


@require_POST
def criteria_adopt(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    page = page_of_preparers(request, bloc, year)
    criteria_set = page.set
    if criteria_set is None:
        raise Http404
    form = AdoptForm(request.POST)

    def deed() -> None:
        transitions.adopt_criteria(criteria_set, seen=form.cleaned_data["seen"], by=request.user)

    return settle(request, page, form, deed, _("The criteria have been adopted."))
