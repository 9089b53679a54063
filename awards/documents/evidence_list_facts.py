"""The list of evidence from a member's library, as it is now."""

from __future__ import annotations

from django.template.defaultfilters import filesizeformat
from django.utils import timezone, translation

from awards.documents import facts
from awards.documents.evidence_list import EvidenceItem, EvidenceList
from awards.documents.facts import Numbering
from awards.documents.header import PlaceDate
from scoring.evidence_library import LibraryDocument, library_of
from scoring.models import Sheet


def gather(sheet: Sheet) -> EvidenceList:
    """The documents that count now, by the first criterion that each proves."""
    membership = sheet.membership
    review = membership.review
    documents = library_of(sheet).documents
    last = max((document.evidence.added_at for document in documents), default=None)
    return EvidenceList(
        header=facts.agency_header(membership, Numbering("", "", None)),
        place_date=PlaceDate(review.bloc.province.place_name, None, review.year + 1),
        member=membership.name,
        bloc=review.bloc.full_name,
        year=review.year,
        items=tuple(_item(document) for document in documents),
        last_added=timezone.localtime(last).date() if last else None,
        signatures=(
            facts.plain_signature("NGƯỜI LẬP DANH MỤC"),
            facts.plain_signature("THỦ TRƯỞNG ĐƠN VỊ"),
        ),
    )


def _item(document: LibraryDocument) -> EvidenceItem:
    evidence = document.evidence
    with translation.override("vi"):  # the papers are Vietnamese whatever the reader's screen
        size = filesizeformat(evidence.size) if evidence.original_name else ""
    return EvidenceItem(
        codes=document.codes,
        title=evidence.title,
        document_number=evidence.document_number,
        document_date=evidence.document_date,
        file_name=evidence.original_name,
        size=size,
        address=evidence.url,
        sha256=evidence.sha256,
    )
