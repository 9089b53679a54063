"""A paper as PDF: the one door to WeasyPrint, and what it may load."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from awards.documents.engine import page_class
from awards.documents.layout import LAYOUT, Layout, custom_properties
from awards.documents.mark import Mark
from awards.documents.prose import clean
from awards.documents.typeface import FACES, letters_of, refusal_of

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcherResponse

UNTAGGED = ""  # plain PDF, for pages that are only ever put on paper
ACCESSIBLE = "pdf/ua-1"  # tagged; the names are WeasyPrint's
ROOT = "https://static.invalid/"  # stands for static/; nothing is ever fetched from there


class DocumentError(Exception):
    """The paper cannot be printed; the message says which file is missing or not allowed."""


class StrangeLetters(DocumentError):
    """The text has a letter that the typeface does not draw: its writer mends that."""


@runtime_checkable
class Measured(Protocol):
    """A document whose columns are counted from the margins that it is printed with."""

    def measures_in(self, layout: Layout) -> str: ...


def read_static(url: str) -> tuple[bytes, str]:
    """The bytes and the media type of a static file; every other address is refused."""
    name = url.removeprefix(ROOT)
    path = finders.find(name) if name and name != url else None
    if path is None or not Path(path).is_file():
        raise LookupError(f"not a static file: {url}")
    kind, _encoding = mimetypes.guess_type(name)
    return Path(path).read_bytes(), kind or "application/octet-stream"


def printable_letters() -> frozenset[str]:
    """The letters that all our faces draw: WeasyPrint would take others from another typeface."""
    try:
        faces = [letters_of(read_static(ROOT + face)[0]) for face in FACES]
    except LookupError as missing:
        raise DocumentError(f"The paper was not printed. {missing}") from missing
    return frozenset.intersection(*faces)


def legible(text: str) -> str:
    """The text with a question mark for each letter that the papers' typeface does not draw."""
    letters = printable_letters()
    return "".join(one if one in letters or one.isspace() else "?" for one in clean(text))


def to_pdf(
    template: str,
    document: object,
    *,
    draft: bool = False,
    mark: Mark | None = None,
    variant: str = ACCESSIBLE,
    layout: Layout = LAYOUT,
) -> bytes:
    """Print ``document`` with ``template``; it may load files from static/ and nothing else.

    ``layout`` has the measures (mm, pt) of the province. A draft carries a pale DỰ THẢO across
    each page; ``mark`` stands in the bottom margin of the first. The same document and layout
    give the same bytes. Raises ``DocumentError`` when a file is missing, or a letter that the
    typeface does not have.
    """
    context = {"document": document, "draft": draft, "mark": mark}
    html = clean(render_to_string(template, context))
    refusal = refusal_of(html, printable_letters())
    if refusal:
        raise StrangeLetters(refusal)
    measures = custom_properties(layout)
    if isinstance(document, Measured):
        measures += document.measures_in(layout)
    return html_to_pdf(html, variant, measures)


def html_to_pdf(html: str, variant: str = ACCESSIBLE, measures: str | None = None) -> bytes:
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
        sheet = CSS(string=measures or custom_properties(), base_url=ROOT, url_fetcher=fetcher)
        page = page_class(html)(string=html, base_url=ROOT, url_fetcher=fetcher)
        printed: bytes = page.write_pdf(stylesheets=[sheet], pdf_variant=variant or None)
    except FatalURLFetchingError as exc:  # a BaseException: Django's 500 handler would not catch it
        raise DocumentError(f"The paper was not printed. {exc.__cause__ or exc}") from exc
    return printed
