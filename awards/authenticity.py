"""Whether a file or a draft in hand is what the portal issued."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from awards.documents.mark import facts_code
from awards.documents.papers import PaperKey, facts_of
from awards.models import IssuedDocument, SignedCopy
from blocs.models import Review
from blocs.readiness import NotReady


@dataclass(frozen=True)
class Match:
    """Which kept file has the very bytes of the one in hand; neither: none has."""

    issued: IssuedDocument | None = None
    copy: SignedCopy | None = None

    @property
    def document(self) -> IssuedDocument | None:
        return self.copy.document if self.copy else self.issued


def match_of(review: Review, key: PaperKey, sha256: str) -> Match:
    """Among all versions of one paper and their signed copies."""
    rows = IssuedDocument.objects.filter(review=review, kind=key.kind, about=key.about)
    issued = rows.defer("content").filter(sha256=sha256).first()
    if issued is not None:
        return Match(issued=issued)
    copies = SignedCopy.objects.filter(document__in=rows, sha256=sha256)
    return Match(copy=copies.select_related("document").defer("document__content").first())


def is_draft_current(review: Review, key: PaperKey, code: str) -> bool:
    """Whether a draft printed today would state the same facts as the one with this code."""
    try:
        return facts_code(facts_of(review, key)) == code
    except NotReady:
        return False


def is_whole(document: IssuedDocument) -> bool:
    """Whether the stored bytes still have the fingerprint that was taken when they were issued."""
    return hashlib.sha256(document.content).hexdigest() == document.sha256
