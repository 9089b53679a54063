"""Editable copies: the facts of a paper as a Word file, for offices that finish in Word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from awards.documents.layout import LAYOUT, Layout

if TYPE_CHECKING:
    from awards.documents.minutes import Minutes
    from awards.documents.report import YearEndReport
    from awards.documents.submission import SubmissionLetter

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def write_report(document: YearEndReport, *, draft: bool = True, layout: Layout = LAYOUT) -> bytes:
    """The year-end report with its annexes. Raises ``DocumentError`` where a font is missing."""
    from .report import write  # noqa: PLC0415 -- slow import

    return write(document, draft=draft, layout=layout)


def write_minutes(document: Minutes, *, draft: bool = True, layout: Layout = LAYOUT) -> bytes:
    """The minutes of the conference. Raises ``DocumentError`` where a font is missing."""
    from .minutes import write  # noqa: PLC0415 -- slow import

    return write(document, draft=draft, layout=layout)


def write_submission(
    document: SubmissionLetter, *, draft: bool = True, layout: Layout = LAYOUT
) -> bytes:
    """The submission letter with its list. Raises ``DocumentError`` where a font is missing."""
    from .submission import write  # noqa: PLC0415 -- slow import

    return write(document, draft=draft, layout=layout)
