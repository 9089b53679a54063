"""The list of one member's evidence with its checksums, printed when it is asked for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from awards.documents import evidence_list, evidence_list_facts
from awards.documents.effort import LONGEST_IN_A_REQUEST, seconds_of
from awards.documents.facts import layout_of
from awards.documents.papers import PaperKey
from awards.documents.pdf import DocumentError, to_pdf
from awards.models import DocumentKind
from blocs.http import PortalRequest
from scoring.views.lookup import sheet_or_404

from .documents import file_name, pdf


@require_safe
def evidence_paper(request: PortalRequest, bloc: str, year: int, agency: str) -> HttpResponse:
    sheet = sheet_or_404(request, bloc, year, agency)
    review = sheet.membership.review
    try:
        document = evidence_list_facts.gather(sheet)
        if seconds_of(document) > LONGEST_IN_A_REQUEST:
            messages.info(request, _("The list is long: it is printed with the score sheet."))
            key = PaperKey(DocumentKind.SHEET, agency)
            return redirect("awards:paper_print", *review.url_args, key)
        content = to_pdf(evidence_list.TEMPLATE, document, layout=layout_of(review))
    except DocumentError as refusal:
        messages.error(request, str(refusal))
        return redirect("scoring:evidence_list", *review.url_args, agency)
    return pdf(content, file_name(review, "evidence", agency), attached=False)
