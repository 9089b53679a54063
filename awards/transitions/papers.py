"""The papers: their text parts, and their issue as stored bytes."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import permissions as may
from awards.documents.minutes_facts import fingerprint
from awards.documents.papers import (
    PAPERS,
    PaperKey,
    facts_of,
    print_facts,
    print_paper,
    series_of,
    subject_of,
)
from awards.models import (
    Conference,
    DocumentKind,
    DocumentStatus,
    IssuedDocument,
    PdfVariant,
    TextPart,
)
from blocs.models import Review, User
from blocs.permissions import require
from blocs.vietnamese import tidy
from blocs.workflow import Stale, holding, moving


def write_text(
    review: Review, key: PaperKey, *, section: str, text: str, version: int, by: User
) -> TextPart:
    """Save one text part of a paper, and keep what was saved as a revision.

    Refused when a colleague saved in between (``Stale``), and for the minutes once adopted.
    """
    with holding(review) as held:
        require(may.can_edit_paper(by, held, key.kind, key.about))
        place = {"review": held, "document": key.kind, "about": key.about, "section": section}
        part = TextPart.objects.filter(**place).first() or TextPart(**place)
        if part.version != version:
            raise Stale(_("A colleague has changed this text in the meantime."))
        part.text = tidy(text)
        part.version += 1
        part.save()
        part.revisions.create(version=part.version, text=part.text, by=by, at=timezone.now())
        return part


def _require_adopted(review: Review) -> None:
    """The minutes go out as the conference adopted them, or not at all."""
    conference = Conference.objects.filter(review=review).first()
    if conference is None or not conference.has_adopted_minutes:
        raise ValidationError(_("The minutes are issued once the conference has adopted them."))
    if fingerprint(review) != conference.minutes_sha256:
        raise ValidationError(
            _("The minutes no longer state what the conference adopted; they cannot be issued so.")
        )


@dataclass(frozen=True)
class Printed:
    """A long paper printed before its review was locked: what it states, and its bytes."""

    facts: object
    content: bytes


def print_ahead(
    review: Review, key: PaperKey, *, number: str, dated: datetime.date, variant: str
) -> Printed:
    """Print what is to be issued, while others may still write.

    Raises ``NotReady``, ``LookupError``, ``DocumentError``.
    """
    facts = facts_of(review, key, number=number, dated=dated)
    return Printed(facts, print_facts(key, facts, draft=False, variant=variant))


def issue(
    review: Review,
    key: PaperKey,
    *,
    number: str,
    dated: datetime.date,
    by: User,
    variant: str = PdfVariant.ACCESSIBLE,
    printed: Printed | None = None,
) -> IssuedDocument:
    """Print a paper once and keep its bytes; the version before is replaced, never altered.

    What was ``printed`` ahead in this variant is kept if the records still state it.

    The number is the office's own; a taken number and a day before the review are refused, and
    so are minutes that were not adopted, or state something else by now (``ValidationError``).
    """
    with holding(review) as held:
        require(may.can_issue(by, held, key.kind, subject_of(held, key)))
        if not PAPERS[key.kind].is_issued:
            raise ValidationError(_("This paper is printed when it is needed and not issued."))
        if key.kind == DocumentKind.MINUTES:
            _require_adopted(held)
        if dated.year < held.year:
            raise ValidationError({"dated": _("The paper cannot be older than its review.")})
        before = IssuedDocument.objects.filter(review=held, kind=key.kind, about=key.about)
        former = before.defer("content").order_by("-version").first()
        if former is not None and former.status == DocumentStatus.ISSUED:
            with moving(former, DocumentStatus.REPLACED, by=by):
                pass
        stated = facts_of(held, key, number=number, dated=dated) if printed else None
        if printed and printed.facts == stated:
            content = printed.content
        else:
            content = print_paper(held, key, number=number, dated=dated, variant=variant)
        document = IssuedDocument(
            review=held,
            kind=key.kind,
            about=key.about,
            version=former.version + 1 if former else 1,
            series=series_of(held, key),
            number=tidy(number),
            dated=dated,
            variant=variant,
            content=content,
            sha256=hashlib.sha256(content).hexdigest(),
            issued_at=timezone.now(),
            issued_by=by,
        )
        document.full_clean(exclude=["content"])
        document.save()
        return document
