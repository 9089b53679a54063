"""A member's library of evidence: its documents with their versions, in a few queries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch

from blocs.vietnamese import search_key
from scoring.models import Evidence, EvidenceKind, Score, Sheet

SHORT_HASH = 12  # hexadecimal digits


@dataclass(frozen=True)
class Version:
    """One version of a document, with its number from 1 and the one that replaced it."""

    number: int
    evidence: Evidence
    newer: Evidence | None

    @property
    def short_hash(self) -> str:
        return self.evidence.sha256[:SHORT_HASH]

    @property
    def file_type(self) -> str:
        """PDF, DOCX, ..., as the name says and the bytes were checked against."""
        return self.evidence.original_name.rpartition(".")[2].upper()

    @property
    def is_link(self) -> bool:
        return self.evidence.kind == EvidenceKind.LINK


@dataclass(frozen=True)
class LibraryDocument:
    """A document as its latest version has it; the former ones newest first."""

    latest: Version
    former: tuple[Version, ...]
    codes: tuple[str, ...]  # of the criteria that it proves, in the order of the set

    @property
    def evidence(self) -> Evidence:
        return self.latest.evidence

    @property
    def is_out(self) -> bool:
        return self.evidence.removed_at is not None

    @cached_property
    def search_text(self) -> str:
        one = self.evidence
        return search_key(f"{one.title} {one.document_number} {one.original_name} {one.url}")


@dataclass(frozen=True)
class Library:
    """What a sheet's member has handed in: what counts now, and what was taken out."""

    documents: tuple[LibraryDocument, ...]
    taken_out: tuple[LibraryDocument, ...]

    @property
    def codes(self) -> list[str]:
        """Of all criteria that a document proves, each once, in the order of the set."""
        places = {
            score.criterion.position: score.criterion.code
            for document in self.documents
            for score in document.evidence.scores.all()
        }
        return [places[place] for place in sorted(places)]


def library_of(sheet: Sheet) -> Library:
    """The library of a sheet: two queries, whatever it holds. Ordered by the criteria proved."""
    proved = Prefetch("scores", Score.objects.in_order())
    rows = list(sheet.evidence.select_related("added_by", "removed_by").prefetch_related(proved))
    by_pk = {row.pk: row for row in rows}
    replaced = {row.replaces_id for row in rows}
    documents = sorted(
        (_document(row, by_pk) for row in rows if row.pk not in replaced), key=_place
    )
    return Library(
        documents=tuple(one for one in documents if not one.is_out),
        taken_out=tuple(one for one in documents if one.is_out),
    )


def _document(latest: Evidence, rows: dict[int, Evidence]) -> LibraryDocument:
    chain = [latest]
    while chain[-1].replaces_id is not None:
        chain.append(rows[chain[-1].replaces_id])
    versions = [
        Version(len(chain) - at, row, newer=chain[at - 1] if at else None)
        for at, row in enumerate(chain)
    ]
    codes = tuple(score.criterion.code for score in latest.scores.all())
    return LibraryDocument(versions[0], tuple(versions[1:]), codes)


def _place(document: LibraryDocument) -> tuple[float, int]:
    """By the first criterion proved; what proves none comes last."""
    first = next(iter(document.evidence.scores.all()), None)
    return (first.criterion.position if first else float("inf"), document.evidence.pk)
