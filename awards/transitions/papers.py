"""The papers: their text parts, and their issue as stored bytes."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import permissions as may
from awards.documents.facts import layout_of
from awards.documents.layout import Layout
from awards.documents.papers import PAPERS, PaperKey, facts_of, print_facts, series_of, subject_of
from awards.documents.quotes import quotes_for, with_quotes
from awards.documents.richtext import LONGEST, storable, visible
from awards.issuing import require_day, require_decided
from awards.models import (
    DocumentStatus,
    IssuedDocument,
    PdfVariant,
    TextPart,
)
from awards.register import number_of, require_free
from blocs.models import Review, User
from blocs.permissions import require
from blocs.vietnamese import tidy
from blocs.workflow import Stale, holding, moving


def write_text(
    review: Review, key: PaperKey, *, section: str, text: str, version: int, by: User
) -> TextPart:
    """Save one text part of a paper, and keep what was saved as a revision.

    Stored is plain text or the narrow HTML of ``richtext``, whatever comes. Refused when a
    colleague saved in between (``Stale``), and for the minutes once adopted.
    """
    text = storable(text)
    _require_length(text)
    with holding(review) as held:
        require(may.can_edit_paper(by, held, key.kind, key.about))
        place = {"review": held, "document": key.kind, "about": key.about, "section": section}
        part = TextPart.objects.filter(**place).first() or TextPart(**place)
        if part.version != version:
            raise Stale(_("A colleague has changed this text in the meantime."))
        part.text = text
        part.version += 1
        part.save()
        part.revisions.create(version=part.version, text=part.text, by=by, at=timezone.now())
        return part


def pull_texts(
    review: Review, key: PaperKey, *, section: str, members: Collection[int], version: int, by: User
) -> TextPart:
    """Put the words of members' own reports below a text part, each under its member's name.

    ``members`` are memberships of the review. Refused as ``write_text`` refuses.
    """
    with holding(review) as held:
        require(may.can_edit_paper(by, held, key.kind, key.about))
        quotes = [one for one in quotes_for(held, section) if one.member in members]
        if len(quotes) != len(members):
            raise Stale(_("A member has changed its report in the meantime: please look again."))
        place = {"document": key.kind, "about": key.about, "section": section}
        part = TextPart.objects.filter(review=held, **place).first()
        text = with_quotes(part.text if part else "", quotes)
        return write_text(held, key, section=section, text=text, version=version, by=by)


def _require_length(text: str) -> None:
    if len(visible(text)) > LONGEST:
        raise ValidationError(
            {
                "text": _(
                    "The text has more than %(limit)s characters: shorten it, "
                    "or move a part of it to another section."
                )
                % {"limit": LONGEST}
            }
        )


@dataclass(frozen=True)
class Printed:
    """A paper's bytes before it is issued, and all that they follow from."""

    facts: object
    layout: Layout
    variant: str
    token: str
    content: bytes


def print_ahead(
    review: Review,
    key: PaperKey,
    *,
    number: str,
    dated: datetime.date,
    variant: str = PdfVariant.ACCESSIBLE,
) -> Printed:
    """Print what is to be issued; of a long paper while others may still write.

    Raises ``NotReady``, ``LookupError``, ``DocumentError``.
    """
    facts = facts_of(review, key, number=number, dated=dated)
    layout, token = layout_of(review), secrets.token_urlsafe(9)
    content = print_facts(review, key, facts, draft=False, variant=variant, token=token)
    return Printed(facts, layout, variant, token, content)


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

    What was ``printed`` ahead is kept if the records and the province's layout still say so. The
    number is the office's own; a taken number and a day before the review are refused, and so are
    minutes that were not adopted, or state something else by now (``ValidationError``).
    """
    with holding(review) as held:
        number = require_issuable(held, key, number=number, dated=dated, by=by)
        version = _replace_former(held, key, by=by)
        if printed is None or not _still_states(printed, held, key, number, dated):
            printed = print_ahead(held, key, number=number, dated=dated, variant=variant)
        document = IssuedDocument(
            review=held,
            province=held.bloc.province,
            kind=key.kind,
            about=key.about,
            version=version,
            series=series_of(held, key, dated),
            number=number,
            dated=dated,
            variant=printed.variant,
            token=printed.token,
            content=printed.content,
            sha256=hashlib.sha256(printed.content).hexdigest(),
            issued_at=timezone.now(),
            issued_by=by,
        )
        return _numbered(document, held)


def require_issuable(
    review: Review, key: PaperKey, *, number: str, dated: datetime.date, by: User
) -> str:
    """Refuse what cannot be issued by this person under this number and day; give the number."""
    subject = subject_of(review, key)
    require(may.can_issue(by, review, key.kind, subject))
    if not PAPERS[key.kind].is_issued:
        raise ValidationError(_("This paper is printed when it is needed and not issued."))
    require_decided(review, key, subject)
    require_day(review, key, dated)
    if not series_of(review, key):  # an annex bears no number of its own
        return ""
    try:
        return number_of(number)
    except ValidationError as refusal:
        raise ValidationError({"number": refusal}) from refusal


def _still_states(
    printed: Printed, review: Review, key: PaperKey, number: str, dated: datetime.date
) -> bool:
    facts = facts_of(review, key, number=number, dated=dated)
    return (printed.facts, printed.layout) == (facts, layout_of(review))


def _replace_former(review: Review, key: PaperKey, *, by: User) -> int:
    """The number of the version to come; the one in force makes room for it."""
    rows = IssuedDocument.objects.filter(review=review, kind=key.kind, about=key.about)
    former = rows.defer("content").order_by("-version").first()
    if former is None:
        return 1
    if former.status == DocumentStatus.ISSUED:
        with moving(former, DocumentStatus.REPLACED, by=by):
            pass
    return former.version + 1


def _numbered(document: IssuedDocument, review: Review) -> IssuedDocument:
    """Enter it in the register. Other years and blocs may share a series: one at a time."""
    with holding(review.bloc.province):
        require_free(document)
        document.full_clean(exclude=["content"])
        document.save()
    return document


def withdraw(document: IssuedDocument, *, reason: str, by: User) -> IssuedDocument:
    """Take an issued paper back without another in its place; the record keeps it and says why."""
    words = tidy(reason).strip()
    if not words:
        raise ValidationError({"reason": _("Say why the paper is withdrawn.")})
    with (
        holding(document.review) as review,
        moving(document, DocumentStatus.WITHDRAWN, by=by, note=words) as held,
    ):
        held.review = review
        require(may.can_withdraw(by, held, subject_of(review, PaperKey.of(held))))
    return held
