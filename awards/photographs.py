"""Photographs drawn anew: upright, of bounded size, and without what a telephone hides in them.

Only the pixels of an upload are kept. Its EXIF data (where and when, with which telephone), its
comments, its colour profile and whatever else stood in the file stay behind.
"""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps

from scoring import uploads

LONGEST_SIDE = 2000  # pixels
MOST_PIXELS = 64_000_000  # before drawing anew: what is larger would fill the server's memory
JPEG_QUALITY = 85
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG"}
# What Pillow raises on files that are broken or cut off.
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    ArithmeticError,
    LookupError,
    EOFError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True)
class Drawn:
    """A photograph as it is stored."""

    content: bytes
    content_type: str
    width: int
    height: int


def draw_anew(upload: UploadedFile) -> Drawn:
    """The upload's picture as a new file; ``ValidationError`` at ``image`` if it is none."""
    checked = _checked(upload)
    kind = FORMATS[checked.content_type]
    try:
        with Image.open(upload, formats=[kind]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            drawn = _upright(image, kind)
        content = _written(drawn, kind)
    except Image.DecompressionBombError as bomb:
        words = _("“%(name)s” has too many pixels: save it in a smaller size first.")
        raise refused(words, checked.name) from bomb
    except BROKEN as broken:
        words = _("“%(name)s” is damaged or incomplete: choose another file.")
        raise refused(words, checked.name) from broken
    return Drawn(content, checked.content_type, drawn.width, drawn.height)


def _checked(upload: UploadedFile) -> uploads.Checked:
    """The upload, if its bytes are those of a JPG or a PNG as its name says."""
    no_photograph = _("“%(name)s” is no photograph: choose a JPG or PNG file.")
    try:
        checked = uploads.check(upload)
    except ValidationError as refusal:
        if refusal.code == uploads.NOT_ACCEPTED:
            raise refused(no_photograph, uploads.shown_name(upload.name or "")) from refusal
        raise ValidationError({"image": refusal.messages}) from refusal
    if checked.content_type not in FORMATS:
        raise refused(no_photograph, checked.name)
    return checked


def refused(words: str, name: str) -> ValidationError:
    return ValidationError({"image": words % {"name": name}})


def _upright(image: Image.Image, kind: str) -> Image.Image:
    """The pixels alone, in plain colours, no side too long, turned as the camera was held."""
    # WeasyPrint lets Pillow accept cut-off files, in the whole process and from its import on.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded no larger than needed
    image.load()
    if kind == "PNG" and image.has_transparency_data:
        plain = image.convert("RGBA")
    else:
        plain = image if image.mode == "L" else image.convert("RGB")
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    upright = ImageOps.exif_transpose(plain)
    upright.info = {}  # comments and profiles would be written into the new file from here
    return upright


def _written(image: Image.Image, kind: str) -> bytes:
    file = io.BytesIO()
    if kind == "JPEG":
        image.save(file, kind, quality=JPEG_QUALITY, optimize=True, progressive=True)
    else:
        image.save(file, kind)
    return file.getvalue()
