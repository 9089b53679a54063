"""The dossier of a review: which papers and documents belong to it, in order, and their bytes."""

from __future__ import annotations

import datetime
import hashlib
import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

from awards import permissions as may
from awards.documents.binding import Unreadable
from awards.documents.examining import pages_found
from awards.documents.naming import Names, safe_name
from awards.documents.papers import PaperKey, keys_of, print_paper, subject_of
from awards.documents.pdf import StrangeLetters
from awards.documents.wording import document_number
from awards.models import (
    DocumentKind,
    DocumentStatus,
    IssuedDocument,
    PrintPart,
    Proposal,
    ProposalStatus,
    SignedCopy,
    Vote,
)
from blocs.models import Membership, Review, User
from blocs.readiness import NotReady
from scoring.evidence_library import LibraryDocument, library_of
from scoring.models import Evidence, EvidenceKind, Sheet

PAPERS_FOLDER, COPIES_FOLDER, EVIDENCE_FOLDER = (
    "01 Văn bản",
    "02 Bản đã ký",
    "03 Minh chứng",
)
LONGEST_FOLDER = 60  # characters of one folder's name
KINDS = (
    DocumentKind.SUBMISSION,
    DocumentKind.REPORT,
    DocumentKind.MINUTES,
    DocumentKind.BALLOT_MINUTES,
    DocumentKind.SUMMARY,
    DocumentKind.DETAIL,
    DocumentKind.ACHIEVEMENT,
)


@dataclass(frozen=True)
class Planned:
    """A part of the dossier before it is made; one with a ``problem`` cannot be."""

    title: str
    folder: str
    file_name: str
    source: str
    problem: str = ""


class LeftOut(Exception):
    """The part is not to be had; the message says why."""


def plan_of(review: Review, reader: User) -> list[Planned]:
    """What the dossier holds for this reader: papers, signed copies, evidence by criterion.

    What it ought to hold and the reader may not see stands in it with the reason.
    """
    names = Names()
    plan = [*_papers(review, reader), *_copies(review, reader), *_evidence(review, reader)]
    return [
        one
        if one.source.startswith("link:") or one.problem
        else Planned(one.title, one.folder, names.free(one.folder, one.file_name), one.source)
        for one in plan
    ]


def _keys(review: Review) -> list[PaperKey]:
    """The papers in the order of the dossier; achievements of the proposed alone."""
    proposed = set(
        Proposal.objects.filter(review=review)
        .exclude(status=ProposalStatus.WITHDRAWN)
        .values_list("membership__agency__slug", flat=True)
    )
    keys = [key for key in keys_of(review) if key.kind in KINDS]
    return [
        key for key in keys if key.kind != DocumentKind.ACHIEVEMENT or key.about in proposed
    ]  # fmt: skip


def _issued(review: Review) -> dict[PaperKey, IssuedDocument]:
    rows = IssuedDocument.objects.filter(review=review, status=DocumentStatus.ISSUED)
    return {PaperKey.of(row): row for row in rows.defer("content")}


def _papers(review: Review, reader: User) -> Iterator[Planned]:
    issued = _issued(review)
    for number, key in enumerate(_keys(review), 1):
        subject = subject_of(review, key)
        title = f"{key.label}{_about(subject)}"
        name = safe_name(f"{number:02} {title}.pdf")
        allowed = may.can_read_paper(reader, review, key.kind, subject)
        if not allowed:
            yield Planned(title, PAPERS_FOLDER, "", f"draft:{key}", str(allowed.reason))
        elif key in issued:
            yield Planned(title, PAPERS_FOLDER, name, f"issued:{issued[key].pk}")
        else:
            yield Planned(f"{title} (dự thảo)", PAPERS_FOLDER, name, f"draft:{key}")


def _about(subject: object) -> str:
    if isinstance(subject, Membership):
        return f": {subject.name}"
    return f" số {subject.number}" if isinstance(subject, Vote) else ""


def _copies(review: Review, reader: User) -> Iterator[Planned]:
    rows = SignedCopy.objects.filter(
        document__review=review, document__status=DocumentStatus.ISSUED
    ).select_related("document")
    by_document: dict[PaperKey, list[SignedCopy]] = {}
    for copy in rows.order_by("-pk").defer("document__content"):
        by_document.setdefault(PaperKey.of(copy.document), []).append(copy)
    for key in _keys(review):
        subject = subject_of(review, key)
        if key in by_document and may.can_read_paper(reader, review, key.kind, subject):
            copy = by_document[key][0]  # a later one stands before an earlier
            title = f"{key.label}{_about(subject)}: {copy.get_kind_display()}"
            yield Planned(title, COPIES_FOLDER, safe_name(copy.name), f"copy:{copy.pk}")


def _evidence(review: Review, reader: User) -> Iterator[Planned]:
    visible = Sheet.objects.visible_to(reader).filter(membership__review=review)
    sheets = {sheet.membership_id: sheet for sheet in visible}
    for number, membership in enumerate(review.memberships.in_order().with_names(), 1):
        membership.review = review
        name = safe_name(f"{number:02} {membership.name}", LONGEST_FOLDER)
        folder = f"{EVIDENCE_FOLDER}/{name}"
        sheet = sheets.get(membership.pk)
        if sheet is None:
            title = f"Minh chứng của {membership.name}"
            reason = "người lập hồ sơ không có quyền xem"
            yield Planned(title, folder, "", f"evidence-of:{membership.pk}", reason)
            continue
        for document in library_of(sheet).documents:
            yield _document(document, folder)


def _document(document: LibraryDocument, folder: str) -> Planned:
    """A document stands once, under the first criterion that it proves, and names the others."""
    row = document.evidence
    first = safe_name(document.codes[0], LONGEST_FOLDER) if document.codes else "Khác"
    others = f" (cũng cho {', '.join(document.codes[1:])})" if document.codes[1:] else ""
    title, folder = f"{row.title}{others}"[:300], f"{folder}/{first}"[:200]
    if row.kind == EvidenceKind.LINK:
        return Planned(title, folder, row.url[:255], f"link:{row.pk}")
    return Planned(title, folder, safe_name(row.original_name), f"evidence:{row.pk}")


# --- the bytes of a part


@dataclass(frozen=True)
class Made:
    """What a part turned out to be; ``pages`` is 0 and ``problem`` set for what is not bound."""

    sha256: str
    pages: int
    problem: str = ""


def make(part: PrintPart, review: Review, out: IO[bytes]) -> Made:
    """Write the part's bytes to ``out``. Raises ``LeftOut`` where there are none to be had.

    A missing font is the server's fault and no reason to leave a paper out (``DocumentError``).
    """
    source, expected = _read(part.source, review)
    with source:
        shutil.copyfileobj(source, out)
    out.seek(0)
    digest = hashlib.file_digest(out, "sha256").hexdigest()  # type: ignore[arg-type]
    if expected and digest != expected:
        raise LeftOut("tệp đã khác so với khi tải lên")
    try:
        return Made(digest, pages_found(cast(BinaryIO, out), part.file_name))
    except Unreadable as reason:
        return Made(digest, 0, str(reason))


def _read(source: str, review: Review) -> tuple[IO[bytes], str]:
    """The bytes of a source, and the SHA-256 that they must have; blank for a draft."""
    kind, _colon, name = source.partition(":")
    try:
        if kind == "draft":
            return io.BytesIO(print_paper(review, PaperKey.parse(name))), ""
        if kind == "issued":
            issued = IssuedDocument.objects.get(pk=name, review=review)
            return io.BytesIO(bytes(issued.content)), issued.sha256
        if kind == "copy":
            copy = SignedCopy.objects.get(pk=name, document__review=review)
            return copy.file.open("rb"), copy.sha256
        evidence = Evidence.objects.get(pk=name, sheet__membership__review=review)
        return evidence.file.open("rb"), evidence.sha256
    except (NotReady, StrangeLetters) as refusal:
        raise LeftOut(str(refusal)) from refusal
    except (LookupError, OSError, IssuedDocument.DoesNotExist) as gone:
        raise LeftOut("không tìm thấy tệp") from gone
    except (Evidence.DoesNotExist, SignedCopy.DoesNotExist, ValueError) as gone:
        raise LeftOut("tài liệu đã được gỡ bỏ") from gone


def references_of(sources: list[str]) -> dict[str, str]:
    """Number and day of the papers and documents, by their source; two queries."""
    pks: dict[str, list[str]] = {"issued": [], "evidence": [], "link": []}
    for source in sources:
        kind, _colon, name = source.partition(":")
        if kind in pks:
            pks[kind].append(name)
    found = {}
    for paper in IssuedDocument.objects.filter(pk__in=pks["issued"]).defer("content"):
        number = document_number(paper.number, paper.series) if paper.number else ""
        found[f"issued:{paper.pk}"] = _reference(number, paper.dated)
    for row in Evidence.objects.filter(pk__in=pks["evidence"] + pks["link"]):
        kind = "link" if row.kind == EvidenceKind.LINK else "evidence"
        found[f"{kind}:{row.pk}"] = _reference(row.document_number, row.document_date)
    return found


def _reference(number: str, day: datetime.date | None) -> str:
    """``02/BC-KTĐ7, 27/02/2023``."""
    return ", ".join(part for part in (number, f"{day:%d/%m/%Y}" if day else "") if part)
