"""The review and the agency that an address names, if the person may know of them."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from blocs.http import PortalRequest
from blocs.models import Agency, Review
from blocs.models.agency import AgencyQuerySet


def review_or_404(request: PortalRequest, bloc: str, year: int) -> Review:
    return get_object_or_404(
        Review.objects.visible_to(request.user).select_related("bloc__province"),
        bloc__slug=bloc,
        year=year,
    )


def agencies_for(request: PortalRequest) -> AgencyQuerySet:
    """The agencies of the person's own province; everybody who has signed in reads them."""
    if request.user.agency is None:
        return Agency.objects.none()
    return Agency.objects.filter(province=request.user.agency.province_id)


def agency_or_404(request: PortalRequest, slug: str) -> Agency:
    return get_object_or_404(agencies_for(request).with_names(), slug=slug)
