"""The sheet and the row that an address names, if the person may read them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from blocs.http import PortalRequest
from blocs.models import Review, User
from blocs.views.lookup import review_or_404
from scoring import permissions as may
from scoring.models import Score, Sheet
from scoring.models.sheet import SheetQuerySet
from scoring.sheet_page import APPRAISE, ENTER


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
