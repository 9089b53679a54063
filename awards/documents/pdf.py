"""A paper as PDF: the one door to WeasyPrint, and what it may load."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from awards.documents.engine import page_class
from awards.documents.layout import custom_properties
from awards.documents.prose import clean

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

ACCESSIBLE = "pdf/ua-1"  # tagged; the names are WeasyPrint's
ROOT = "https://static.invalid/"  # stands for static/; nothing is ever fetched from there


class DocumentError(Exception):
    """The paper cannot be printed; the message says which file is missing or not allowed."""


def read_static(url: str) -> tuple[bytes, str]:
    """The bytes and the media type of a static file; every other address is refused."""
    name = url.removeprefix(ROOT)
    path = finders.find(name) if name and name != url else None
    if path is None or not Path(path).is_file():
        raise LookupError(f"not a static file: {url}")
    kind, _encoding = mimetypes.guess_type(name)
    return Path(path).read_bytes(), kind or "application/octet-stream"


def to_pdf(
    template: str, document: object, *, draft: bool = False, variant: str = ACCESSIBLE
) -> bytes:
    """Print ``document`` with ``template``; it may load files from static/ and nothing else.

    A draft carries a pale DỰ THẢO across each page. The same document gives the same bytes.
    """
    html = clean(render_to_string(template, {"document": document, "draft": draft}))
    return html_to_pdf(html, variant)


def html_to_pdf(html: str, variant: str = ACCESSIBLE) -> bytes:
    from weasyprint import CSS  # noqa: PLC0415 -- slow import
    from weasyprint.urls import (  # noqa: PLC0415
        FatalURLFetchingError,
        URLFetcher,
        URLFetcherResponse,
    )

    class StaticOnly(URLFetcher):  # type: ignore[misc, unused-ignore]
        def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
            body, kind = read_static(url)
            return URLFetcherResponse(url, body, {"Content-Type": kind})

    fetcher = StaticOnly(fail_on_errors=True)
    try:
        measures = CSS(string=custom_properties(), base_url=ROOT, url_fetcher=fetcher)
        page = page_class(html)(string=html, base_url=ROOT, url_fetcher=fetcher)
        printed: bytes = page.write_pdf(stylesheets=[measures], pdf_variant=variant)
    except FatalURLFetchingError as exc:  # a BaseException: Django's 500 handler would not catch it
        raise DocumentError(f"The paper was not printed. {exc.__cause__ or exc}") from exc
    return printed
