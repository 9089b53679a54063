"""The papers of a review with their state, for the list and the dossier."""

from __future__ import annotations

from dataclasses import dataclass

from awards.documents.papers import PAPERS, PaperKey, Scope, sections_of, series_of
from awards.models import DocumentKind, DocumentStatus, IssuedDocument, TextPart
from blocs.models import Review


@dataclass(frozen=True)
class PaperState:
    """One paper: how many of its text parts are written, and what has been issued."""

    kind: DocumentKind
    series: str
    sections: int
    written: int
    versions: tuple[IssuedDocument, ...]

    @property
    def in_force(self) -> IssuedDocument | None:
        return next((one for one in self.versions if one.status == DocumentStatus.ISSUED), None)


def papers_of(review: Review) -> tuple[PaperState, ...]:
    """Those that there is one of in a review, without the bytes of what was issued."""
    issued = list(
        IssuedDocument.objects.filter(review=review)
        .defer("content")
        .select_related("issued_by")
        .order_by("-version")
    )
    written = list(
        TextPart.objects.filter(review=review).exclude(text="").values_list("document", "section")
    )
    return tuple(
        PaperState(
            kind,
            series_of(review, PaperKey(kind)),
            len(sections_of(kind)),
            sum((kind, section.key) in written for section in sections_of(kind)),
            tuple(one for one in issued if one.kind == kind),
        )
        for kind in DocumentKind
        if kind in PAPERS and PAPERS[kind].scope is Scope.REVIEW
    )
