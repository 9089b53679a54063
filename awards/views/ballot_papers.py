"""The printed side of a vote: the empty papers, and the minutes of the count."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from awards import permissions as may
from awards.documents import (
    ballot_minutes,
    ballot_minutes_facts,
    ballot_papers_facts,
)
from awards.documents import ballot_papers as papers
from awards.documents.facts import layout_of
from awards.documents.mark import draft_mark
from awards.documents.papers import PaperKey
from awards.documents.pdf import DocumentError, to_pdf
from awards.models import DocumentKind, Method, Vote
from blocs.http import PortalRequest
from blocs.permissions import require
from blocs.views.lookup import review_or_404

from .documents import file_name, pdf


def secret_vote_or_404(request: PortalRequest, bloc: str, year: int, number: int) -> Vote:
    """A vote with papers of its own, printed or in the box; hands raised have none."""
    review = review_or_404(request, bloc, year)
    votes = Vote.objects.filter(conference__review=review, method=Method.SECRET_BALLOT)
    vote = get_object_or_404(votes.select_related("conference", "award", "previous"), number=number)
    vote.conference.review = review
    return vote


@require_safe
def ballot_papers(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    vote = secret_vote_or_404(request, bloc, year, number)
    require(may.can_print_papers(request.user, vote))
    review = vote.conference.review
    try:
        document = ballot_papers_facts.gather(vote)
        content = papers.print_papers(document, layout_of(review))
    except DocumentError as refusal:
        messages.error(request, str(refusal))
        return redirect("awards:conference_detail", *review.url_args)
    return pdf(content, file_name(review, "ballot-papers", str(vote.number)), attached=False)


@require_safe
def ballot_minutes_paper(request: PortalRequest, bloc: str, year: int, number: int) -> HttpResponse:
    vote = secret_vote_or_404(request, bloc, year, number)
    require(may.can_see_count(request.user, vote))
    review, draft = vote.conference.review, not vote.is_announced
    try:
        document = ballot_minutes_facts.gather(vote)
        key = PaperKey(DocumentKind.BALLOT_MINUTES, str(vote.number))
        mark = draft_mark(review, key, document) if draft else None
        layout = layout_of(review)
        content = to_pdf(ballot_minutes.TEMPLATE, document, draft=draft, mark=mark, layout=layout)
    except DocumentError as refusal:
        messages.error(request, str(refusal))
        return redirect("awards:conference_detail", *review.url_args)
    return pdf(content, file_name(review, "ballot-minutes", str(vote.number)), attached=False)
