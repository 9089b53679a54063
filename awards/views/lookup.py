"""Finding what an address names, as far as the reader may know of it."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from awards import permissions as may
from awards.models import Conference
from blocs.http import PortalRequest
from blocs.models import Review
from blocs.permissions import require, serves_leader
from blocs.views.lookup import review_or_404


def conference_or_404(review: Review) -> Conference:
    """The conference of a review that the reader may know of."""
    conference = get_object_or_404(Conference, review=review)
    conference.review = review
    return conference


def seen_conference(request: PortalRequest, bloc: str, year: int) -> Conference:
    """The conference, for whoever may see it."""
    review = review_or_404(request, bloc, year)
    require(may.can_see_conference(request.user, review))
    return conference_or_404(review)


def kept_conference(request: PortalRequest, bloc: str, year: int) -> Conference:
    """The conference, for the secretariat that keeps its record; anybody else gets 403.

    Whether the moment is right is asked with the deed.
    """
    conference = conference_or_404(review_or_404(request, bloc, year))
    if not serves_leader(request.user, conference.review):
        require(may.can_record(request.user, conference))
    return conference
