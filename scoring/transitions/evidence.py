"""Evidence: attached to criteria, replaced and taken out while the sheet is with its member."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blocs.models import User
from blocs.permissions import require
from blocs.workflow import Stale, holding
from scoring import permissions as may
from scoring import uploads
from scoring.models import Evidence, EvidenceKind, Score, Sheet

# A link of any other kind might run something in the reader's browser.
web_address = URLValidator(
    schemes=["http", "https"],
    message=gettext_lazy("The link must begin with https:// or http://."),
)


@dataclass(frozen=True)
class Document:
    """What somebody hands in: a file or a link, with what identifies it."""

    title: str = ""
    url: str = ""
    upload: UploadedFile | None = None
    document_number: str = ""
    document_date: datetime.date | None = None


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
    document = Document(title, url, upload, document_number, document_date)
    return add_document(score.sheet, document, scores=[score], by=by)


def add_document(
    sheet: Sheet, document: Document, *, scores: Collection[Score], by: User
) -> Evidence:
    """Put a document into the member's library; it proves each of these criteria."""
    checked = checked_document(document)
    with holding(sheet) as held:
        _require_open(held, scores, by=by)
        _require_own(held, scores)
        evidence = store_document(document, checked, sheet=held, by=by)
        evidence.scores.set(scores)
    return evidence


def replace_evidence(evidence: Evidence, document: Document, *, by: User) -> Evidence:
    """A newer version, which proves what the old one proved; the old one stays to be read.

    Raises ``Stale`` when the document was replaced or taken out in the meantime.
    """
    checked = checked_document(document)
    with holding(evidence.sheet) as sheet:
        old = _current(evidence)
        _require_open(sheet, old.scores.all(), by=by)
        newer = store_document(document, checked, sheet=sheet, by=by, replaces=old)
        newer.scores.set(old.scores.all())
    return newer


def attach_evidence(score: Score, evidence: Evidence, *, by: User) -> None:
    """Let a document of the library prove another criterion as well."""
    with holding(score.sheet) as sheet:
        require(may.can_enter_score(by, sheet, score))
        if evidence.sheet_id != sheet.pk:
            raise ValidationError(_("This document belongs to another sheet."))
        _current(evidence).scores.add(score)


def set_proved(evidence: Evidence, *, scores: Collection[Score], by: User) -> None:
    """Name anew which criteria a document proves; at least one."""
    with holding(evidence.sheet) as sheet:
        _require_own(sheet, scores)
        held = _current(evidence)
        # What it goes on proving stays as it was, whether that criterion is open or not.
        moved = {score.pk: score for score in [*held.scores.all(), *scores]}
        kept = {score.pk for score in held.scores.all()} & {score.pk for score in scores}
        _require_open(sheet, [one for pk, one in moved.items() if pk not in kept], by=by)
        held.scores.set(scores)


def remove_evidence(score: Score, evidence: Evidence, *, by: User) -> None:
    """Detach a document from a criterion; one that proves nothing else is taken out."""
    with holding(score.sheet) as sheet:
        require(may.can_enter_score(by, sheet, score))
        if evidence.sheet_id != sheet.pk:
            raise ValidationError(_("This document belongs to another sheet."))
        held = _current(evidence)
        if held.scores.exclude(pk=score.pk).exists():
            held.scores.remove(score)
        else:
            _take_out(held, sheet, by)


def take_out(evidence: Evidence, *, by: User) -> None:
    """Take a document out of the library with its former versions, or one of these alone.

    Until the sheet was first submitted the bytes are erased as well, so that a file uploaded by
    mistake is gone; afterwards they stay. The rows stay always.
    """
    with holding(evidence.sheet) as sheet:
        held = Evidence.objects.get(pk=evidence.pk)
        _require_open(sheet, held.scores.all(), by=by)
        if held.removed_at is not None:
            raise Stale(_("This document has been taken out already."))
        if not may.erases_evidence(sheet) and not held.is_current:
            raise ValidationError(_("A former version stays once the sheet has been submitted."))
        _take_out(held, sheet, by)


# --- parts of the deeds; the caller holds the sheet's lock


def _require_open(sheet: Sheet, scores: Iterable[Score], *, by: User) -> None:
    """The sheet is with its member, and each of these criteria may be changed now."""
    require(may.can_enter(by, sheet))
    for score in scores:
        require(may.can_enter_score(by, sheet, score))


def _take_out(evidence: Evidence, sheet: Sheet, by: User) -> None:
    now, erases = timezone.now(), may.erases_evidence(sheet)
    for version in _versions(evidence) if evidence.is_current else [evidence]:
        if version.removed_at is None:
            version.removed_at, version.removed_by = now, by
        if erases and version.kind == EvidenceKind.FILE and not version.is_erased:
            version.is_erased = True
            transaction.on_commit(partial(version.file.storage.delete, str(version.file.name)))
        version.save(update_fields=["removed_at", "removed_by", "is_erased"])


def _versions(evidence: Evidence) -> Iterator[Evidence]:
    """The document and those that it replaced, newest first."""
    version: Evidence | None = evidence
    while version is not None:
        yield version
        version = version.replaces


def _current(evidence: Evidence) -> Evidence:
    held = Evidence.objects.get(pk=evidence.pk)
    if not held.is_current:
        raise Stale(_("This document was replaced or taken out in the meantime."))
    return held


def _require_own(sheet: Sheet, scores: Collection[Score]) -> None:
    if not scores:
        raise ValidationError({"scores": _("Tick at least one criterion.")})
    if any(score.sheet_id != sheet.pk for score in scores):
        raise ValidationError(_("This criterion belongs to another sheet."))


def checked_document(document: Document) -> uploads.Checked | None:
    """What the file is, found before the lock is taken; a link gives None."""
    if (document.upload is None) == (document.url == ""):
        raise ValidationError({"upload": _("Attach either a file or a link.")})
    if document.upload is None:
        web_address(document.url)
        return None
    return uploads.check(document.upload)


def store_document(
    document: Document,
    checked: uploads.Checked | None,
    *,
    sheet: Sheet,
    by: User,
    replaces: Evidence | None = None,
) -> Evidence:
    """A new document of the library. The caller holds the sheet and has asked for the right."""
    evidence = Evidence(
        sheet=sheet,
        kind=EvidenceKind.LINK if checked is None else EvidenceKind.FILE,
        title=document.title or (checked.name if checked else document.url[:300]),
        url=document.url,
        document_number=document.document_number,
        document_date=document.document_date,
        added_by=by,
        added_at=timezone.now(),
        replaces=replaces,
    )
    if checked is not None and document.upload is not None:
        evidence.original_name = checked.name
        evidence.content_type = checked.content_type
        evidence.size = checked.size
        evidence.sha256 = checked.sha256
        evidence.file.save(checked.name, document.upload, save=False)
    evidence.save()
    return evidence
