"""Sample evidence: small PDF files that say of themselves that they are samples."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.files.uploadedfile import SimpleUploadedFile

from awards.documents.pdf import to_pdf
from blocs.models import User
from scoring import transitions as scoring
from scoring.models import Score, Sheet

# Documents of the library, with the criteria that each proves.
SAMPLES = (
    ("Báo cáo kết quả thực hiện nhiệm vụ năm 2022", "Báo cáo tổng kết năm.pdf", ("I.1.1", "I.1.2")),
    ("Quyết định công bố Chỉ số cải cách hành chính", "Chỉ số CCHC.pdf", ("I.2.1",)),
    ("Thông báo xếp loại tổ chức đảng", "Xếp loại tổ chức đảng.pdf", ("II.1.1",)),
    (
        "Kế hoạch và kết quả các phong trào thi đua",
        "Phong trào thi đua.pdf",
        ("III.1.1", "III.1.2"),
    ),
)


@dataclass(frozen=True)
class Sample:
    """What the sample's template prints."""

    title: str
    agency: str
    created: str = "2022-12-20"


def attach_samples(sheet: Sheet, *, by: User) -> None:
    """Attach the samples to the criteria that this sheet has."""
    scores: dict[str, Score] = {
        score.criterion.code: score for score in sheet.scores.select_related("criterion")
    }
    for title, name, codes in SAMPLES:
        here = [scores[code] for code in codes if code in scores]
        content = to_pdf(
            "portal/demo_evidence.html", Sample(title=title, agency=sheet.membership.name)
        )
        upload = SimpleUploadedFile(name, content, content_type="application/pdf")
        evidence = scoring.add_evidence(here[0], title=title, upload=upload, by=by)
        for score in here[1:]:
            scoring.attach_evidence(score, evidence, by=by)
    link = scores["III.2.3"]
    scoring.add_evidence(
        link, title="Chuyên mục gương người tốt, việc tốt", url="https://example.vn/guong", by=by
    )
