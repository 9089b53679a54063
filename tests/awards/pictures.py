"""Picture files as they come from cameras, and as they come from elsewhere."""

from __future__ import annotations

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

GPS_LATITUDE = (9.0, 56.0, 4.0)  # Trà Vinh
MAKER = "Điện thoại của bà Bình"
RED, BLUE = (200, 30, 30), (30, 30, 200)


def image(width: int = 60, height: int = 40, mode: str = "RGB") -> Image.Image:
    """Red on its left half, blue on its right."""
    drawn = Image.new("RGB", (width, height), BLUE)
    drawn.paste(RED, (0, 0, width // 2, height))
    return drawn.convert(mode)


def written(drawn: Image.Image, kind: str = "JPEG", **more) -> bytes:
    file = io.BytesIO()
    drawn.save(file, kind, **more)
    return file.getvalue()


def exif(orientation: int = 1) -> bytes:
    """What a telephone writes: how it was held, whose it is, where it was."""
    tags = Image.Exif()
    tags[ExifTags.Base.Orientation] = orientation
    tags[ExifTags.Base.Make] = MAKER.encode()
    gps = tags.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef] = "N"
    gps[ExifTags.GPS.GPSLatitude] = GPS_LATITUDE
    return tags.tobytes()


def jpeg(width: int = 60, height: int = 40, **more) -> bytes:
    return written(image(width, height), **more)


def png(width: int = 60, height: int = 40, mode: str = "RGB", **more) -> bytes:
    return written(image(width, height, mode), "PNG", **more)


def upload(content: bytes | None = None, name: str = "ảnh.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, jpeg() if content is None else content)


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of a few hundred bytes that claims 900 million pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        rest = kind + data
        return struct.pack(">I", len(data)) + rest + struct.pack(">I", zlib.crc32(rest))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100_000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )
