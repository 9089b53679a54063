"""Signed copies: what came back signed and stamped of an issued paper, kept beside its bytes."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext as _

from awards import permissions as may
from awards.documents.papers import PaperKey, subject_of
from awards.models import CopyKind, CopySignature, IssuedDocument, SignedCopy
from awards.signatures import Refused, Signature, signatures_in
from blocs.models import User
from blocs.permissions import require
from blocs.workflow import holding
from scoring import uploads

PDF = uploads.ACCEPTED[".pdf"]
COPIES = (PDF, "image/jpeg", "image/png")


def attach_copy(document: IssuedDocument, upload: UploadedFile, *, by: User) -> SignedCopy:
    """Keep a scan of the signed paper, or the issued file with digital signatures.

    Which of the two, the bytes decide; a signed file that is not the issued one, or shows
    anything else, is refused with the reason (``ValidationError`` at ``file``).
    """
    checked, found = _read(document, upload)
    with holding(document.review) as review:
        held = IssuedDocument.objects.defer("content").get(pk=document.pk)
        held.review = review
        require(may.can_attach_copy(by, held, subject_of(review, PaperKey.of(held))))
        if held.copies.filter(sha256=checked.sha256).exists():
            raise ValidationError({"file": _("This very file is kept already.")})
        copy = SignedCopy(
            document=held,
            kind=CopyKind.SIGNED if found else CopyKind.SCAN,
            name=checked.name,
            content_type=checked.content_type,
            size=checked.size,
            sha256=checked.sha256,
            at=timezone.now(),
            by=by,
        )
        copy.file.save(checked.name, upload, save=False)
        copy.save()
        CopySignature.objects.bulk_create(
            _row(copy, position, one) for position, one in enumerate(found, 1)
        )
        return copy


def _read(
    document: IssuedDocument, upload: UploadedFile
) -> tuple[uploads.Checked, tuple[Signature, ...]]:
    """What the file is; the issued bytes never change, so no lock is needed to compare them."""
    try:
        checked = uploads.check(upload)
    except ValidationError as refusal:
        raise ValidationError({"file": refusal}) from refusal
    if checked.content_type not in COPIES:
        raise ValidationError({"file": _("Attach the signed copy as PDF, JPG or PNG.")})
    if checked.content_type != PDF:
        return checked, ()
    roots = Path(settings.SIGNATURE_ROOTS) if settings.SIGNATURE_ROOTS else None
    content = upload.read()
    upload.seek(0)
    try:
        return checked, signatures_in(bytes(document.content), content, roots=roots)
    except Refused as refusal:
        raise ValidationError({"file": str(refusal)}) from refusal


def _row(copy: SignedCopy, position: int, found: Signature) -> CopySignature:
    return CopySignature(
        copy=copy,
        position=position,
        signer=found.signer,
        issuer=found.issuer,
        signed_at=found.signed_at,
        is_intact=found.is_intact,
        is_valid=found.is_valid,
        is_trusted=found.is_trusted,
    )
