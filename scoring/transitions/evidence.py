"""Evidence: attached to criteria while the sheet is with its member."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.models import User
from blocs.permissions import require
from blocs.workflow import holding
from scoring import permissions as may
from scoring import uploads
from scoring.models import Evidence, EvidenceKind, Score


def add_evidence(
    score: Score,
    *,
    title: str,
    by: User,
    url: str = "",
    upload: UploadedFile | None = None,
    document_number: str = "",
    document_date: datetime.date | None = None,
) -> Evidence:
    """Put a file or a link into the member's library, and attach it to a criterion."""
    if (upload is None) == (url == ""):
        raise ValidationError(_("Attach either a file or a link."))
    checked = uploads.check(upload) if upload is not None else None
    with holding(score.sheet) as sheet:
        require(may.can_enter_score(by, sheet, score))
        evidence = Evidence(
            sheet=sheet,
            kind=EvidenceKind.LINK if checked is None else EvidenceKind.FILE,
            title=title or (checked.name if checked else url),
            url=url,
            document_number=document_number,
            document_date=document_date,
            added_by=by,
            added_at=timezone.now(),
        )
        if checked is not None and upload is not None:
            evidence.original_name = checked.name
            evidence.content_type = checked.content_type
            evidence.size = checked.size
            evidence.sha256 = checked.sha256
            evidence.file.save(checked.name, upload, save=False)
        evidence.save()
        evidence.scores.add(score)
        return evidence


def attach_evidence(score: Score, evidence: Evidence, *, by: User) -> None:
    """Let a document of the library prove another criterion as well."""
    with holding(score.sheet) as sheet:
        require(may.can_enter_score(by, sheet, score))
        if evidence.sheet_id != sheet.pk:
            raise ValidationError(_("This document belongs to another sheet."))
        evidence.scores.add(score)


def remove_evidence(score: Score, evidence: Evidence, *, by: User) -> None:
    """Detach a document from a criterion; one that proves nothing else is taken out."""
    with holding(score.sheet) as sheet:
        require(may.can_enter_score(by, sheet, score))
        if evidence.sheet_id != sheet.pk:
            raise ValidationError(_("This document belongs to another sheet."))
        evidence.scores.remove(score)
        if not evidence.scores.exists():
            evidence.removed_at, evidence.removed_by = timezone.now(), by
            evidence.save(update_fields=["removed_at", "removed_by"])
