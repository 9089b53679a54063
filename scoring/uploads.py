"""Uploaded files: hostile until checked. What a file is, its bytes decide, not its name."""

from __future__ import annotations

import hashlib
import io
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

LARGEST = 20 * 1024 * 1024  # bytes

# Extension to content type; what a browser might run (HTML, SVG) is not among them.
ACCEPTED = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".heic": "image/heic",
}
OFFICE = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}


@dataclass(frozen=True)
class Checked:
    """An accepted file: its name as the user gave it, and what its bytes are."""

    name: str
    content_type: str
    size: int
    sha256: str


def check(upload: UploadedFile) -> Checked:
    """Size, type by content against the extension, and SHA-256; ``ValidationError`` otherwise."""
    name = unicodedata.normalize("NFC", PurePath(upload.name or "").name)
    extension = PurePath(name).suffix.lower()
    size = upload.size or 0
    if size > LARGEST:
        raise ValidationError(
            _("“%(name)s” has %(size)s; at most %(largest)s are accepted.")
            % {
                "name": name,
                "size": filesizeformat(size),
                "largest": filesizeformat(LARGEST),
            }
        )
    if size == 0:
        raise ValidationError(_("“%(name)s” is empty.") % {"name": name})
    content = upload.read()
    upload.seek(0)
    if extension not in ACCEPTED or not _is(content, extension):
        raise ValidationError(
            _("“%(name)s” is not accepted: attach PDF, DOCX, XLSX, JPG, PNG or HEIC files.")
            % {"name": name}
        )
    return Checked(name, ACCEPTED[extension], size, hashlib.sha256(content).hexdigest())


def _is(content: bytes, extension: str) -> bool:
    """Whether the bytes are what the extension says."""
    if extension in OFFICE:
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                return OFFICE[extension] in archive.namelist()
        except zipfile.BadZipFile:
            return False
    if extension == ".heic":
        return content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"hevc")
    try:
        found = {match.extension.lower() for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return False
    same = {".jpg": {".jpg", ".jpeg", ".jfif"}}
    return bool(found & same.get(extension.replace("jpeg", "jpg"), {extension}))
