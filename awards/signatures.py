"""Digital signatures in what came back of an issued paper. Pure: bytes in, findings out.

A signed PDF is accepted when it begins with the very bytes that were issued, and when everything
after them is what signing may add. Nothing is fetched from anywhere: whether a certificate was
revoked meanwhile is not looked up.
"""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko.sign.validation.status import PdfSignatureStatus
    from pyhanko_certvalidator import ValidationContext

MOST_ADDED = 5 * 1024 * 1024  # bytes: signatures, pictures of a stamp, proofs for the long term
LONGEST_NAME = 300  # characters, as the columns hold
# The dictionary of a signature and that of an encryption always stand outside compressed streams.
SIGNED, ENCRYPTED = b"/ByteRange", b"/Encrypt"


class Refused(Exception):
    """The file is not kept as a copy of the paper; the message says why and what to do."""


@dataclass(frozen=True)
class Signature:
    """One signature that holds; ``is_trusted`` where a trusted authority vouches for its name."""

    signer: str
    issuer: str
    signed_at: datetime.datetime | None  # as the signature states it
    is_intact: bool
    is_valid: bool
    is_trusted: bool


def signatures_in(issued: bytes, upload: bytes, *, roots: Path | None) -> tuple[Signature, ...]:
    """The signatures of a PDF that extends ``issued``; none where it is another file, as a scan.

    ``roots`` is a directory with the certificates of trusted authorities (PEM or DER). Raises
    ``Refused`` for what is neither: a signed file that is not the issued one, or changed besides.
    """
    trusted = _certificates(roots)
    if not upload.startswith(issued):
        if ENCRYPTED in upload:
            raise Refused(_("The file is protected by a password: save it without one."))
        if SIGNED in upload:
            raise Refused(
                _(
                    "This signed file is not the issued paper, or its content was altered before "
                    "it was signed. Download the issued PDF here and sign that very file."
                )
            )
        return ()
    if not upload[len(issued) :].strip():
        raise Refused(_("This is the issued file itself, without any signature."))
    if len(upload) - len(issued) > MOST_ADDED:
        raise Refused(
            _("More was added to the issued paper than signatures take. Sign it without annexes.")
        )
    try:
        return _signatures(issued, upload, trusted)
    except Refused:
        raise
    except Exception as unreadable:  # a hostile file may trip its parser anywhere
        raise Refused(
            _("What was added to the issued paper cannot be read. Sign the issued PDF anew.")
        ) from unreadable


def _certificates(roots: Path | None) -> list[Any]:
    if roots is None:
        return []
    from pyhanko.keys import load_certs_from_pemder  # noqa: PLC0415 -- slow import

    return list(load_certs_from_pemder(sorted(str(path) for path in roots.iterdir())))


def _signatures(issued: bytes, upload: bytes, trusted: list[Any]) -> tuple[Signature, ...]:
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415 -- slow import
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415 -- slow import

    reader = PdfFileReader(io.BytesIO(upload))
    if reader.encrypted:
        raise Refused(_("The file is protected by a password: save it without one."))
    found = reader.embedded_regular_signatures
    if not found:
        raise Refused(
            _("The issued paper was changed and not signed. Sign the PDF as it was issued.")
        )
    context = ValidationContext(trust_roots=trusted, allow_fetching=False)
    signatures = tuple(_checked(one, context) for one in found)
    _require_only_signed(PdfFileReader(io.BytesIO(issued)), reader)
    return signatures


def _checked(found: EmbeddedPdfSignature, context: ValidationContext) -> Signature:
    from pyhanko.sign.validation import validate_pdf_signature  # noqa: PLC0415 -- slow import
    from pyhanko.sign.validation.pdf_embedded import SignatureCoverageLevel  # noqa: PLC0415
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415

    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"})
    status = validate_pdf_signature(found, context, key_usage_settings=usage)
    if not (status.intact and status.valid):
        raise Refused(
            _("A signature in this file is broken: what it signed was altered afterwards.")
        )
    if status.coverage < SignatureCoverageLevel.ENTIRE_REVISION or not status.docmdp_ok:
        raise Refused(_altered())
    certificate = found.signer_cert
    return Signature(
        signer=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        signed_at=_time(found, status),
        is_intact=status.intact,
        is_valid=status.valid,
        is_trusted=status.trusted,
    )


def _altered() -> str:
    return _(
        "This file shows something else than the issued paper: more was added to it than a "
        "signature. Download the issued PDF here and sign that very file."
    )


def _require_only_signed(issued: PdfFileReader, reader: PdfFileReader) -> None:
    """All that follows the issued revision is what signing adds; nothing leads around it."""
    from pyhanko.sign.diff_analysis import (  # noqa: PLC0415 -- slow import
        DEFAULT_DIFF_POLICY,
        DiffResult,
        ModificationLevel,
    )

    last = issued.xrefs.total_revisions - 1
    # An appended document that does not go back to the issued one would hide it altogether.
    for revision in range(last + 1):
        ours = issued.xrefs.get_xref_container_info(revision)
        theirs = reader.xrefs.get_xref_container_info(revision)
        if (ours.start_location, ours.end_location) != (theirs.start_location, theirs.end_location):
            raise Refused(_altered())
    review = DEFAULT_DIFF_POLICY.review_file(reader, _with_empty_form(reader, last))
    allowed = isinstance(review, DiffResult) and (
        review.modification_level <= ModificationLevel.FORM_FILLING
    )
    if not allowed:
        raise Refused(_altered())


def _with_empty_form(reader: PdfFileReader, revision: int) -> HistoricalResolver:
    """The issued revision as if it had a form without fields: signing brings the form itself.

    The comparison takes a form for granted in the older revision, and wants its flags the same.
    """
    from pyhanko.pdf_utils.generic import (  # noqa: PLC0415 -- slow import
        ArrayObject,
        DictionaryObject,
        NameObject,
        pdf_name,
    )

    resolver = reader.get_historical_resolver(revision)
    signed = reader.root["/AcroForm"]
    if "/AcroForm" not in resolver.root:
        form = DictionaryObject({pdf_name("/Fields"): ArrayObject()})
        flags = signed.get("/SigFlags")
        if flags in (1, 2, 3):
            form[NameObject("/SigFlags")] = flags
        resolver.root[NameObject("/AcroForm")] = form
    return resolver


def _name(distinguished: Any) -> str:
    """The common name, or where there is none the whole name of the certificate."""
    common = distinguished.native.get("common_name", "")
    words = ", ".join(common) if isinstance(common, list) else common
    return str(words or distinguished.human_friendly)[:LONGEST_NAME]


def _time(found: EmbeddedPdfSignature, status: PdfSignatureStatus) -> datetime.datetime | None:
    stamp = status.timestamp_validity
    stated = stamp.timestamp if stamp is not None else found.self_reported_timestamp
    if stated is not None and stated.tzinfo is None:
        return stated.replace(tzinfo=datetime.UTC)
    return stated
