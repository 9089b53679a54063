"""The summary table as files: its canonical text, and a workbook."""

from __future__ import annotations

import base64

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from blocs.http import PortalRequest
from scoring.summary_page import SummaryPage
from scoring.summary_workbook import workbook_of

from .lookup import summary_or_404

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def summary_json(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    """The very bytes that the hash is of."""
    page = summary_or_404(request, bloc, year)
    body = page.table.canonical.encode()
    response = HttpResponse(body, content_type="application/json")
    digest = base64.b64encode(bytes.fromhex(page.table.sha256)).decode()
    response["Repr-Digest"] = f"sha-256=:{digest}:"
    return _named(response, page, "json")


@require_safe
def summary_workbook(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    page = summary_or_404(request, bloc, year)
    return _named(HttpResponse(workbook_of(page), content_type=WORKBOOK), page, "xlsx")


def _named(response: HttpResponse, page: SummaryPage, kind: str) -> HttpResponse:
    """The file's name tells review, version and the hash of the table in it."""
    version = f"-v{page.shown.version}" if page.shown else ""
    review, sha256 = page.review, page.table.sha256
    name = f"bang-tong-hop-{review.bloc.slug}-{review.year}{version}-{sha256[:12]}.{kind}"
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Table-SHA256"] = sha256
    return response
