"""The request as views see it: behind the login wall there always is a user; and stored files."""

from __future__ import annotations

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from blocs.models import User


class PortalRequest(HttpRequest):
    user: User
    htmx: HtmxDetails


def stored_file(
    file: FieldFile, *, name: str, content_type: str, shown: bool = False, cache: str = "no-store"
) -> FileResponse:
    """A stored file: an attachment, and never taken for a page; ``shown``: drawn in one."""
    return FileResponse(
        file.open("rb"),
        as_attachment=not shown,
        filename=name,
        content_type=content_type,
        headers={
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": f"private, {cache}",
            "Content-Security-Policy": "default-src 'none'; sandbox",
        },
    )


def made_file(content: bytes, *, name: str, content_type: str, attached: bool) -> HttpResponse:
    """A file of our own making, and never taken for anything else."""
    disposition = "attachment" if attached else "inline"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={
            "Content-Disposition": f'{disposition}; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
