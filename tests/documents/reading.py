"""Reading a printed paper back: its words with their place, face and size, its ink, its tags."""

from __future__ import annotations

import ctypes
import io
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pypdf
import pypdfium2
import pypdfium2.raw as raw
from PIL import ImageChops

MM = 72 / 25.4
HAIR = 0.5  # mm that a letter may hang over an edge, with half a pixel of the picture
WORD_GAP = 6.0  # mm; justified lines stay below, columns stand further apart


@dataclass(frozen=True)
class Line:
    """Characters that stand on one baseline in one face and size; places in mm from top left."""

    text: str
    font: str
    size: float
    left: float
    right: float
    baseline: float
    page: int

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


class Paper:
    """A PDF read back."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.pdf: Any = pypdf.PdfReader(io.BytesIO(data))
        self._document = pypdfium2.PdfDocument(data)

    @cached_property
    def texts(self) -> list[str]:
        """Each page's text, its lines joined by single spaces."""
        texts = (page.get_textpage().get_text_bounded() for page in self._document)
        # PDFium reads a hyphen at the end of a line as a control character.
        texts = (unicodedata.normalize("NFC", text.replace("\x02", "-")) for text in texts)
        return [" ".join(text.split()) for text in texts]

    @property
    def text(self) -> str:
        return " ".join(self.texts)

    @property
    def sizes(self) -> list[tuple[float, float]]:
        """Width and height of each page in mm."""
        return [
            (round(width / MM, 1), round(height / MM, 1))
            for width, height in (page.get_size() for page in self._document)
        ]

    @cached_property
    def lines(self) -> list[Line]:
        return [line for at, page in enumerate(self._document) for line in _lines(page, at)]

    def line(self, start: str) -> Line:
        """The one line of a face and size that starts so."""
        found = [line for line in self.lines if line.text.startswith(start)]
        assert found, f"no line starts with {start!r}"
        return found[0]

    @property
    def fonts(self) -> set[str]:
        """The faces embedded, without their subset prefix."""
        return {
            str(font["/BaseFont"]).removeprefix("/").split("+")[-1]
            for page in self.pdf.pages
            for font in page["/Resources"].get("/Font", {}).values()
        }

    @property
    def unembedded(self) -> list[str]:
        return [
            str(font["/BaseFont"])
            for page in self.pdf.pages
            for font in page["/Resources"].get("/Font", {}).values()
            for descendant in font["/DescendantFonts"]
            if "/FontFile2" not in descendant["/FontDescriptor"]
            and "/FontFile3" not in descendant["/FontDescriptor"]
        ]

    def rules(self, at: int) -> list[tuple[float, float, float]]:
        """Left, right and height of the drawn horizontal lines of a page, in mm from top left."""
        page = self._document[at]
        height = page.get_height()
        found = []
        for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = drawn.get_bounds()
            if top - bottom < 2 < right - left:
                found.append((left / MM, right / MM, (height - top) / MM))
        return found

    def printed_at(self, at: int, height: float) -> float:
        """Which share of a page's width bears ink at ``height`` mm from the top, within 0.5 mm."""
        scale = 4
        picture = self._document[at].render(scale=scale).to_pil().convert("L")
        unit = MM * scale
        band = picture.crop(
            (0, round((height - 0.5) * unit), picture.width, round((height + 0.5) * unit))
        )
        darkest = [
            min(band.getpixel((x, y)) for y in range(band.height)) for x in range(band.width)
        ]
        return sum(shade < 230 for shade in darkest) / band.width

    def overflow(self, margins: tuple[float, float, float, float]) -> list[str]:
        """Which pages print outside the margins (left, top, right, bottom in mm) and where.

        The page number may stand above the top margin, but on page 1.
        """
        found = []
        for at in range(len(self.sizes)):
            for side, ink, margin in zip(
                ("left", "top", "right", "bottom"), self.ink(at), margins, strict=True
            ):
                least = 7 if side == "top" and at else margin
                if ink < least - HAIR:
                    found.append(f"page {at + 1}: {side} {ink:.1f}")
        return found

    def ink(self, at: int) -> tuple[float, float, float, float]:
        """The distance of all that is printed from the left, top, right, bottom edge in mm."""
        page = self._document[at]
        width, height = self.sizes[at]
        scale = 1.5
        picture = page.render(scale=scale).to_pil().convert("L")
        # Whiter than a hair's blur counts as paper.
        dark = ImageChops.invert(picture).point(lambda shade: 255 if shade > 24 else 0)
        left, top, right, bottom = dark.getbbox() or (0, 0, 0, 0)
        unit = MM * scale
        return left / unit, top / unit, width - right / unit, height - bottom / unit


def _lines(page: Any, at: int) -> list[Line]:
    height = page.get_height()
    textpage = page.get_textpage()
    lines: list[Line] = []
    current: list[Any] = []

    def close() -> None:
        text = unicodedata.normalize("NFC", "".join(part[0] for part in current)).strip()
        if text:
            inked = [part for part in current if part[0].strip()]
            _, font, size, baseline = current[0][:4]
            left, right = min(part[4] for part in inked), max(part[5] for part in inked)
            lines.append(Line(text, font, size, left, right, baseline, at))
        current.clear()

    for index in range(textpage.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(textpage, index))
        if character in "\r\n":
            continue
        if raw.FPDFText_IsGenerated(textpage, index) == 1:
            if current:
                current.append((character, *current[-1][1:4], current[-1][5], current[-1][5]))
            continue
        name = ctypes.create_string_buffer(200)
        raw.FPDFText_GetFontInfo(textpage, index, name, 200, ctypes.c_int())
        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(textpage, index, matrix)
        size = round(raw.FPDFText_GetFontSize(textpage, index) * abs(matrix.d), 2)
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        left, _bottom, right, _top = textpage.get_charbox(index)
        font = name.value.decode().split("+")[-1]
        baseline = round((height - y.value) / MM, 2)
        part = (character, font, size, baseline, left / MM, right / MM)
        # A new face, a new baseline or a gap wider than any space between words: another line.
        if current and (
            current[-1][1:3] != part[1:3]
            or abs(current[-1][3] - baseline) > 0.3
            or not -1 < part[4] - current[-1][5] < WORD_GAP
        ):
            close()
        current.append(part)
    close()
    return lines
