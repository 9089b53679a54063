"""The small mark at the foot of a paper's first page: which copy this is, and where to ask.

A draft's mark names the facts that it states, an issued paper's the copy itself. Both lead to a
page of the portal that tells, to those with rights, whether the paper in hand is the issued one.
"""

from __future__ import annotations

import io
from dataclasses import asdict, dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from blocs.canonical import canonical_text, sha256_of
from blocs.models import Review

CODE_LENGTH = 16  # hexadecimal digits of the facts' hash


@dataclass(frozen=True, slots=True)
class Mark:
    """``Bản phát hành: mã …`` or ``Bản dự thảo: mã …`` beside a QR code of ``address``."""

    copy: str
    code: str
    address: str

    @property
    def line(self) -> str:
        return f"{self.copy}: mã {self.code}"

    @property
    def picture(self) -> str:
        """The QR code as SVG, one module a unit, without the white border: the margin is white."""
        import segno  # noqa: PLC0415 -- slow import

        code = segno.make(self.address, error="m", micro=False)
        out = io.BytesIO()
        code.save(out, kind="svg", border=0, xmldecl=False, svgns=True, omitsize=True, nl=False)
        return out.getvalue().decode()


def issued_mark(token: str) -> Mark:
    path = reverse("awards:document_check", args=[token])
    return Mark("Bản phát hành", token, settings.SITE_URL + path)


def draft_mark(review: Review, paper: object, document: object) -> Mark:
    """``paper`` is the key that stands in addresses; the same facts give the same mark."""
    code = facts_code(document)
    path = reverse("awards:draft_check", args=[*review.url_args, paper, code])
    return Mark("Bản dự thảo", code, settings.SITE_URL + path)


def facts_code(document: Any) -> str:
    """The first digits of the SHA-256 of all that the paper states."""
    return sha256_of(canonical_text(_plain(asdict(document))))[:CODE_LENGTH]


def _plain(value: object) -> object:
    """Days, decimals and fractions as their text; JSON has no such types."""
    if isinstance(value, dict):
        return {str(name): _plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | None) else str(value)
