"""Sample evidence: small PDF files that say of themselves that they are samples."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile

from awards.documents.pdf import to_pdf
from blocs.models import User
from scoring import transitions as scoring
from scoring.models import Score, Sheet
from scoring.transitions.evidence import Document

LINKED = "III.2.3"


@dataclass(frozen=True)
class Piece:
    """A document of every member's library, with the criteria that it proves."""

    title: str
    file_name: str
    codes: tuple[str, ...]
    kind: str  # the letters of its number: BC, TB
    day: datetime.date
    former: str = ""  # name of the file that it replaced


PIECES = (
    Piece(
        "Báo cáo kết quả thực hiện nhiệm vụ năm 2022",
        "Báo cáo tổng kết năm.pdf",
        ("I.1.1", "I.1.2"),
        "BC",
        datetime.date(2022, 12, 12),
    ),
    Piece(
        "Báo cáo kết quả Chỉ số cải cách hành chính của đơn vị",
        "Chỉ số CCHC.pdf",
        ("I.2.1",),
        "BC",
        datetime.date(2022, 12, 14),
        former="Chỉ số CCHC (số liệu tạm tính).pdf",
    ),
    Piece(
        "Thông báo xếp loại tổ chức đảng",
        "Xếp loại tổ chức đảng.pdf",
        ("II.1.1",),
        "TB",
        datetime.date(2022, 12, 16),
    ),
    Piece(
        "Kế hoạch và kết quả các phong trào thi đua",
        "Phong trào thi đua.pdf",
        ("III.1.1", "III.1.2"),
        "BC",
        datetime.date(2022, 12, 19),
    ),
)
PROVED = frozenset(code for piece in PIECES for code in piece.codes) | {LINKED}


@dataclass(frozen=True)
class Sample:
    """What the sample's template prints."""

    title: str
    agency: str
    created: str = "2022-12-20"


def attach_samples(sheet: Sheet, *, by: User) -> None:
    """Attach the pieces to the criteria that this sheet has; one comes in two versions."""
    scores: dict[str, Score] = {
        score.criterion.code: score for score in sheet.scores.select_related("criterion")
    }
    for number, piece in enumerate(PIECES, start=101):
        here = [scores[code] for code in piece.codes if code in scores]
        names = [name for name in (piece.former, piece.file_name) if name]
        first, *newer = [_document(sheet, piece, number, name) for name in names]
        evidence = scoring.add_document(sheet, first, scores=here, by=by)
        for document in newer:
            evidence = scoring.replace_evidence(evidence, document, by=by)
    scoring.add_evidence(
        scores[LINKED],
        title="Chuyên mục gương người tốt, việc tốt",
        url="https://example.vn/guong",
        by=by,
    )


def _document(sheet: Sheet, piece: Piece, number: int, name: str) -> Document:
    title = f"{piece.title} (tạm tính)" if name == piece.former else piece.title
    content = _printed(title, sheet.membership.name)
    return Document(
        title=piece.title,
        upload=SimpleUploadedFile(name, content, content_type="application/pdf"),
        document_number=f"{number}/{piece.kind} (số minh họa)",
        document_date=piece.day,
    )


@cache  # the tests build the world more than once in a process
def _printed(title: str, agency: str) -> bytes:
    return to_pdf("portal/demo_evidence.html", Sample(title=title, agency=agency))
