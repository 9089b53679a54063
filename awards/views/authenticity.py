"""Where the QR code of a paper leads: whether the copy in hand is the issued one."""

from __future__ import annotations

import re

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from awards import permissions as may
from awards.authenticity import Match, is_draft_current, is_whole, match_of
from awards.documents.mark import CODE_LENGTH
from awards.documents.papers import PaperKey
from awards.forms.documents import SameFileForm
from awards.permissions import Subject
from blocs.http import PortalRequest
from blocs.models import Review
from blocs.permissions import require
from blocs.views.lookup import review_or_404

from .documents import paper_or_404, subject_or_404
from .issued import issued_or_404
from .paper_page import reason_of
from .papers import about_in_words, versions_of

CODE = re.compile(rf"[0-9a-f]{{{CODE_LENGTH}}}")


def compared(
    request: PortalRequest, review: Review, key: PaperKey
) -> tuple[SameFileForm, Match | None]:
    """The form, and what the file that was sent with it is; nothing of it is kept."""
    if request.method != "POST":
        return SameFileForm(), None
    form = SameFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return form, None
    return SameFileForm(), match_of(review, key, form.sha256)


def told(
    review: Review, key: PaperKey, subject: Subject, form: SameFileForm, match: Match | None
) -> dict[str, object]:
    """What both pages show."""
    about = about_in_words(subject)
    return {"review": review, "paper": key, "about": about, "form": form, "match": match}


@require_http_methods(["GET", "POST"])
def document_check(request: PortalRequest, token: str) -> HttpResponse:
    """A POST compares a file and changes nothing, so it answers with the page itself."""
    document, subject = issued_or_404(request, token=token)
    review, key = document.review, PaperKey.of(document)
    form, match = compared(request, review, key)
    versions = list(versions_of(review, key))
    context = {
        **told(review, key, subject, form, match),
        "document": next(one for one in versions if one.pk == document.pk),
        "reason": reason_of(document),
        "latest": versions[0],
        "whole": is_whole(document),
    }
    status = 422 if form.errors else 200
    return render(request, "awards/document_check.html", context, status=status)


@require_http_methods(["GET", "POST"])
def draft_check(
    request: PortalRequest, bloc: str, year: int, paper: str, code: str
) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    key = paper_or_404(review, paper)
    if not CODE.fullmatch(code):
        raise Http404
    subject = subject_or_404(review, key)
    require(may.can_read_paper(request.user, review, key.kind, subject))
    form, match = compared(request, review, key)
    context = {
        **told(review, key, subject, form, match),
        "current": is_draft_current(review, key, code),
        "latest": versions_of(review, key).first(),
    }
    status = 422 if form.errors else 200
    return render(request, "awards/draft_check.html", context, status=status)
