"""The invitation as copies: one page for each member and each guest."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from awards import permissions as may
from awards.documents import invitation
from awards.documents.facts import Numbering, layout_of
from awards.documents.invitation_copies import files_of
from awards.documents.papers import PaperKey, series_of
from awards.documents.pdf import DocumentError, to_pdf
from awards.models import DocumentKind
from blocs.http import PortalRequest
from blocs.permissions import require
from blocs.readiness import NotReady
from blocs.views.lookup import review_or_404

from .documents import file_name, pdf


@require_safe
def invitation_copies(request: PortalRequest, bloc: str, year: int, part: int = 0) -> HttpResponse:
    """Copies to be signed: no draft, though a pen writes number and day.

    What bears a number has been issued and is kept; copies are printed whenever they are needed,
    from facts that may have moved since. Many are printed in parts, which count from 1.
    """
    review = review_or_404(request, bloc, year)
    require(may.can_read_paper(request.user, review, DocumentKind.INVITATION, review))
    series = series_of(review, PaperKey(DocumentKind.INVITATION))
    try:
        parts = files_of(review, Numbering("", series, None))
        if part > len(parts):
            raise Http404
        if not part and len(parts) > 1:
            context = {"review": review, "parts": parts}
            return render(request, "awards/invitation_copies.html", context)
        copies = parts[max(part, 1) - 1]
        content = to_pdf(invitation.TEMPLATE, copies, layout=layout_of(review))
    except (NotReady, DocumentError) as refusal:
        messages.error(request, str(refusal))
        return redirect("awards:conference_detail", *review.url_args)
    return pdf(content, file_name(review, "invitation", f"copies-{part or 1}"), attached=False)
