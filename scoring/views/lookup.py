"""The sheet, the row or the table that an address names, if the person may read them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from blocs.http import PortalRequest
from blocs.models import Review, User
from blocs.permissions import require
from blocs.views.lookup import review_or_404
from scoring import permissions as may
from scoring.forms.summaries import VersionForm
from scoring.models import Score, Sheet, Summary
from scoring.models.sheet import SheetQuerySet
from scoring.sheet_page import APPRAISE, ENTER
from scoring.summary_page import SummaryPage
from scoring.tables import Row


def sheet_or_404(request: PortalRequest, bloc: str, year: int, agency: str) -> Sheet:
    """A sheet that the person may read."""
    review = review_or_404(request, bloc, year)
    return _of(review, get_object_or_404(_named(review, agency).visible_to(request.user)))


def listed_sheet_or_404(request: PortalRequest, bloc: str, year: int, agency: str) -> Sheet:
    """A sheet as the review's list has it: for deeds of those who do not read its points."""
    review = review_or_404(request, bloc, year)
    return _of(review, get_object_or_404(_named(review, agency)))


def _named(review: Review, agency: str) -> SheetQuerySet:
    return Sheet.objects.of(review).with_people().filter(membership__agency__slug=agency)


def _of(review: Review, sheet: Sheet) -> Sheet:
    sheet.membership.review = review
    return sheet


def score_or_404(sheet: Sheet, pk: int) -> Score:
    score = get_object_or_404(sheet.scores.select_related("criterion__criteria_set"), pk=pk)
    score.sheet = sheet
    return score


def writing_mode(user: User, sheet: Sheet) -> str:
    """Claims by the own agency, appraisal by its appraiser; nobody else writes in a sheet.

    Whether it is the moment for it, the transition decides: then nothing typed is lost.
    """
    if may.is_own(user, sheet):
        return ENTER
    if may.appraises(user, sheet):
        return APPRAISE
    raise PermissionDenied(may.can_enter(user, sheet).reason)


def summary_or_404(request: PortalRequest, bloc: str, year: int) -> SummaryPage:
    """The version of the table that the query names, else the table in force, for its readers."""
    review = review_or_404(request, bloc, year)
    require(may.can_read_summary(request.user, review))
    form = VersionForm(request.GET)
    if not form.is_valid():
        raise Http404
    page = SummaryPage(request.user, review)
    if form.cleaned_data["version"] is not None:
        versions = Summary.objects.filter(review=review).select_related("approved_by")
        page.chosen = get_object_or_404(versions, version=form.cleaned_data["version"])
    return page


def row_or_404(page: SummaryPage, agency: str) -> Row:
    """The member's line in the version shown."""
    try:
        return page.table.row_of(agency)
    except KeyError as error:
        raise Http404 from error
