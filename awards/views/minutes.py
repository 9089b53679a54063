"""The minutes to be read out: their text on a page, what is missing, and their adoption."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from awards import permissions as may
from awards.documents.minutes_facts import UNNUMBERED, fingerprint_of, gather
from awards.documents.papers import sections_of
from awards.forms.resolutions import MinutesForm, ResolutionForm, Room
from awards.models import Conference, DocumentKind, ResolutionKind
from awards.readiness import missing_to_read_out
from blocs.http import PortalRequest
from blocs.permissions import require
from blocs.views.lookup import review_or_404

from .lookup import conference_or_404
from .record import members_of


@require_safe
def minutes_read(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    require(may.can_read_papers(request.user, review))
    return show_minutes(request, conference_or_404(review))


def show_minutes(
    request: PortalRequest,
    conference: Conference,
    *,
    form: ResolutionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """What the minutes state now; the form adopts what this very page shows, and nothing else."""
    review = conference.review
    document = gather(review, UNNUMBERED)
    present = conference.attendances.filter(present=True).count()
    context = {
        "review": review,
        "conference": conference,
        "document": document,
        "seen": fingerprint_of(document),
        "sections": [
            (section, bool(getattr(document, section.key)))
            for section in sections_of(DocumentKind.MINUTES)
        ],
        "missing": missing_to_read_out(conference) if conference.is_open else [],
        "form": form or MinutesForm(room=Room(members_of(review), present)),
        "may_edit": may.can_edit_paper(request.user, review, DocumentKind.MINUTES),
        "may_adopt": may.can_record(request.user, conference),
        "is_voted": conference.resolutions.filter(kind=ResolutionKind.ADOPT_MINUTES).exists(),
    }
    return render(request, "awards/minutes.html", context, status=status)
