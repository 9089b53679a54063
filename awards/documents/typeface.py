"""Which letters the papers' typeface has: a letter from elsewhere never slips in silently."""

from __future__ import annotations

import html
import io
import re
import unicodedata
from functools import lru_cache

from django.utils.translation import gettext as _

FACES = tuple(
    f"fonts/tinos/{face}/Tinos_{face}.ttf"
    for face in ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")
)
AROUND = 25  # letters of the text on each side, by which its writer finds the place
MOST = 10  # letters that a refusal lists
OFTEN = 3  # places that it names


@lru_cache(maxsize=8)
def letters_of(face: bytes) -> frozenset[str]:
    """The letters that a font file draws."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 -- slow import

    return frozenset(map(chr, TTFont(io.BytesIO(face), lazy=True).getBestCmap()))


def refusal_of(markup: str, letters: frozenset[str]) -> str:
    """Why a paper cannot be printed in these letters alone, naming what and where; else blank."""
    strange = sorted({one for one in markup if one not in letters and not one.isspace()})
    if not strange:
        return ""
    named = ", ".join(f"“{one}” ({_name(one)})" for one in strange[:MOST])
    text = html.unescape(re.sub(r"<[^>]*>", "\n", markup))
    place = rf".{{0,{AROUND}}}[{re.escape(''.join(strange))}].{{0,{AROUND}}}"
    places = list(dict.fromkeys(found.strip() for found in re.findall(place, text)))[:OFTEN]
    return _(
        "The paper was not printed: its typeface has no %(letters)s. Correct the text and print "
        "again; it stands in: %(places)s"
    ) % {"letters": named, "places": "; ".join(f"“{one}”" for one in places)}


def _name(letter: str) -> str:
    return unicodedata.name(letter, f"U+{ord(letter):04X}").lower()
