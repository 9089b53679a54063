"""The rotating flag: its chain of holders, and the minutes of one handover."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from awards import permissions as may
from awards.documents.facts import layout_of
from awards.documents.papers import PAPERS, PaperKey, facts_of
from awards.documents.pdf import DocumentError, to_pdf
from awards.flag import chain_of
from awards.models import DocumentKind, FlagHandover
from blocs.http import PortalRequest
from blocs.models import Review
from blocs.permissions import require
from blocs.readiness import NotReady
from blocs.views.lookup import review_or_404

from .agenda import back_to
from .documents import file_name, pdf


@dataclass(frozen=True)
class Link:
    """One handover of the chain, and what of its year the reader may open."""

    handover: FlagHandover
    shows_conference: bool
    shows_minutes: bool

    @property
    def review(self) -> Review:
        return self.handover.conference.review


@require_safe
def flag(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    """The whole chain is the bloc's own: whoever takes part in one year reads all of it."""
    review = review_or_404(request, bloc, year)
    visible = set(Review.objects.visible_to(request.user).filter(bloc=review.bloc_id))
    links = [
        Link(
            handover,
            shows_conference=handover.conference.review in visible,
            shows_minutes=handover.conference.review in visible
            and bool(may.can_read_papers(request.user, handover.conference.review)),
        )
        for handover in chain_of(review.bloc)
    ]
    return render(request, "awards/flag.html", {"review": review, "links": links})


@require_safe
def handover_paper(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    require(may.can_read_papers(request.user, review))
    try:
        # To be signed in the room: no draft, though a pen writes the number.
        document = facts_of(review, PaperKey(DocumentKind.HANDOVER))
        template = PAPERS[DocumentKind.HANDOVER].template
        content = to_pdf(template, document, layout=layout_of(review))
    except (NotReady, DocumentError) as refusal:
        messages.error(request, str(refusal))
        if may.can_see_conference(request.user, review):
            return back_to(review, "handover")
        return redirect(review)
    return pdf(content, file_name(review, "handover", "flag"), attached=False)
