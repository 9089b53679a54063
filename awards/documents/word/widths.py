"""How wide a text is in the papers' typeface, whose widths are those of Times New Roman."""

from __future__ import annotations

import io
from functools import lru_cache

from PIL import ImageFont

from awards.documents.layout import POINTS_PER_MM
from awards.documents.pdf import ROOT, DocumentError, read_static

FILES = {
    False: "fonts/tinos/400Regular/Tinos_400Regular.ttf",
    True: "fonts/tinos/700Bold/Tinos_700Bold.ttf",
}
UNIT = 1000  # points; large, for the widths come in whole pixels of it


@lru_cache(maxsize=2)
def _font(bold: bool) -> ImageFont.FreeTypeFont:
    try:
        content, _kind = read_static(ROOT + FILES[bold])
    except LookupError as missing:
        raise DocumentError(f"The paper was not written. {missing}") from missing
    return ImageFont.truetype(io.BytesIO(content), UNIT)


def width_in_em(text: str, *, bold: bool = False) -> float:
    return _font(bold).getlength(text) / UNIT


def longest_line(text: str, points: float, room: float, *, bold: bool = False) -> float:
    """The width in mm of the longest line that ``text`` takes where it wraps at ``room`` mm."""
    longest, line = 0.0, ""
    for word in text.split():
        tried = f"{line} {word}".strip()
        width = width_in_em(tried, bold=bold) * points / POINTS_PER_MM
        if width > room and line:
            tried = word
            width = width_in_em(word, bold=bold) * points / POINTS_PER_MM
        line, longest = tried, max(longest, min(width, room))
    return longest
