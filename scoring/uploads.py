"""Uploaded files: hostile until checked. What a file is, its bytes decide, not its name."""

from __future__ import annotations

import hashlib
import io
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

import puremagic
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

LARGEST = 20 * 1024 * 1024  # bytes
LARGEST_UNPACKED = 10 * LARGEST  # bytes: what an office file may grow to when it is opened
MOST_PARTS = 5000  # of an office file
NOT_ACCEPTED = "not_accepted"  # code of the refusal of a type
LONGEST_NAME = 255  # characters, as the column holds

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
# What a computer runs: hidden in front of a harmless ending it deceives whoever opens the file.
RUNNABLE = frozenset(
    [
        ".bat",
        ".cmd",
        ".com",
        ".cpl",
        ".dll",
        ".docm",
        ".exe",
        ".hta",
        ".htm",
        ".html",
        ".jar",
        ".js",
        ".lnk",
        ".msi",
        ".php",
        ".pif",
        ".ps1",
        ".scr",
        ".sh",
        ".svg",
        ".vbe",
        ".vbs",
        ".wsf",
        ".xlsm",
    ]
)
ZIP_MAGIC = b"PK\x03\x04"
OLD_OFFICE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also around a password-protected DOCX
ENCRYPTED = 0x1  # the flag of a zip entry
# A file that is a page as well: what a browser's guess looks at is its beginning.
PAGE_MARKS = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<?php")
GUESSED_FROM = 1024  # bytes


@dataclass(frozen=True)
class Checked:
    """An accepted file: its name as the user gave it, and what its bytes are."""

    name: str
    content_type: str
    size: int
    sha256: str


def check(upload: UploadedFile) -> Checked:
    """Size, type by content against the extension, and SHA-256; ``ValidationError`` otherwise."""
    name = shown_name(upload.name or "")
    extension = PurePosixPath(name).suffix.lower()
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
    _check_name(name, extension)
    content = upload.read()
    upload.seek(0)
    if not _is(name, content, extension):
        raise ValidationError(
            _("“%(name)s” is not accepted: attach PDF, DOCX, XLSX, JPG, PNG or HEIC files.")
            % {"name": name},
            code=NOT_ACCEPTED,
        )
    return Checked(name, ACCEPTED[extension], size, hashlib.sha256(content).hexdigest())


def shown_name(given: str) -> str:
    """The file's own name in NFC: no folders, and nothing that is invisible or turns the text.

    A name that is too long loses letters in front of its extension.
    """
    own = unicodedata.normalize("NFC", given).replace("\\", "/").rpartition("/")[2]
    name = "".join(letter for letter in own if unicodedata.category(letter)[0] != "C").strip()
    if len(name) <= LONGEST_NAME:
        return name
    extension = PurePosixPath(name).suffix[:10]
    return name[: LONGEST_NAME - len(extension)] + extension


def _check_name(name: str, extension: str) -> None:
    if not extension:
        raise ValidationError(
            _("“%(name)s” has no extension: give it the one of its type, such as .pdf.")
            % {"name": name}
        )
    hidden = RUNNABLE.intersection(
        suffix.strip().lower() for suffix in PurePosixPath(name).suffixes[:-1]
    )
    if hidden:
        raise ValidationError(
            _("“%(name)s” hides the extension %(hidden)s in its name: rename the file.")
            % {"name": name, "hidden": min(hidden)}
        )


def _is(name: str, content: bytes, extension: str) -> bool:
    """Whether the bytes are what the extension says, and nothing else besides."""
    if extension in OFFICE:
        return _is_office(name, content, OFFICE[extension])
    if extension == ".heic":
        return content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"mif1", b"hevc")
    start = content[:GUESSED_FROM].lower()
    if extension not in ACCEPTED or any(mark in start for mark in PAGE_MARKS):
        return False
    if extension == ".pdf":
        return content.startswith(b"%PDF-")
    try:
        found = {match.extension.lower() for match in puremagic.magic_string(content)}
    except (puremagic.PureError, ValueError):
        return False
    same = {".jpg": {".jpg", ".jpeg", ".jfif"}}
    return bool(found & same.get(extension.replace("jpeg", "jpg"), {extension}))


def _is_office(name: str, content: bytes, main_part: str) -> bool:
    """A zip archive with the type's main part, that is bounded, open and without macros."""
    if content.startswith(OLD_OFFICE_MAGIC):
        raise ValidationError(
            _("“%(name)s” has a password or an old format: save it anew without a password.")
            % {"name": name}
        )
    if not content.startswith(ZIP_MAGIC):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise ValidationError(
            _("“%(name)s” grows beyond %(largest)s when it is opened: it is not accepted.")
            % {"name": name, "largest": filesizeformat(LARGEST_UNPACKED)}
        )
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise ValidationError(
            _("“%(name)s” is protected by a password: save it without one.") % {"name": name}
        )
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise ValidationError(
            _("“%(name)s” contains macros: save it without them.") % {"name": name}
        )
    return main_part in (part.filename for part in parts)
