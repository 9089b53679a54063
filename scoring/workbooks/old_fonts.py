"""Vietnamese that was typed for an old font (TCVN3, VNI): it looks right in Excel only.

Stored as Unicode it is a heap of signs: "§¬n vÞ" and "Ñôn vò" for "Đơn vị".
"""

from __future__ import annotations

import re

# Letters that only Vietnamese in Unicode has; text with one of them was typed as it should be.
UNICODE = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0]")
TONED = re.compile("[\u1ea0-\u1ef9]")

# TCVN3 puts vowels and đ on signs that stand inside no word of any language.
TCVN3 = re.compile(
    r"[A-Za-z\u00c0-\u00ff][µ¸¶·¹¨ª«¬\u00ad»¼½¾]|[®µ¸¶·¹¨©ª«¬\u00ad»¼½¾§][a-z\u00c0-\u00ff]"
)
# VNI puts the tone after its vowel, and writes đ as ñ.
VNI = re.compile(r"[aA][ùøûõïâáàåãäêéèúüë]|[eE][ùøûõïâáàåãä]|[oO][ùøûõïâåäø]|ñ|Ñ|[ôö][ùøûõï]")


def looks_legacy(text: str) -> bool:
    """Whether the text seems to be in TCVN3 or VNI; a guess, made only without Unicode letters."""
    if UNICODE.search(text) or TONED.search(text):
        return False
    return bool(TCVN3.search(text) or VNI.search(text))
