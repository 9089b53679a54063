"""The papers: their text parts, and their issue as stored bytes."""

from __future__ import annotations

import datetime
import hashlib

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import permissions as may
from awards.documents.papers import print_paper, series_of
from awards.models import DocumentKind, DocumentStatus, IssuedDocument, TextPart
from blocs.models import Review, User
from blocs.permissions import require
from blocs.vietnamese import tidy
from blocs.workflow import Stale, holding, moving


def write_text(
    review: Review, *, document: str, section: str, text: str, version: int, by: User
) -> TextPart:
    """Save one text part of a paper; refused when a colleague saved in between."""
    with holding(review) as held:
        require(may.can_edit_texts(by, held))
        part = TextPart.objects.filter(
            review=held, document=document, section=section
        ).first() or TextPart(review=held, document=document, section=section)
        if part.version != version:
            raise Stale(_("A colleague has changed this text in the meantime."))
        part.text = tidy(text)
        part.version += 1
        part.save()
        return part


def issue(
    review: Review, kind: str, *, number: str, dated: datetime.date, by: User
) -> IssuedDocument:
    """Print a paper once and keep its bytes; the version before is replaced, never altered.

    The number is the office's own; a taken number and a day before the review are refused.
    """
    with holding(review) as held:
        require(may.can_issue(by, held))
        paper = DocumentKind(kind)
        if dated.year < held.year:
            raise ValidationError({"dated": _("The paper cannot be older than its review.")})
        former = IssuedDocument.objects.filter(
            review=held, kind=paper, status=DocumentStatus.ISSUED
        ).first()
        if former is not None:
            with moving(former, DocumentStatus.REPLACED, by=by):
                pass
        content = print_paper(held, paper, number=number, dated=dated)
        document = IssuedDocument(
            review=held,
            kind=paper,
            version=former.version + 1 if former else 1,
            series=series_of(held, paper),
            number=tidy(number),
            dated=dated,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            issued_at=timezone.now(),
            issued_by=by,
        )
        document.full_clean(exclude=["content"])
        document.save()
        return document
