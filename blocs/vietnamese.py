"""Vietnamese letters as the portal stores, searches and sorts them.

The keys are kept in columns, computed here, so that SQLite and PostgreSQL find and order alike.
"""

from __future__ import annotations

import unicodedata

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # level, huyền, hỏi, ngã, sắc, nặng


def tidy(text: str) -> str:
    """NFC, no-break spaces as spaces, no spaces at the ends."""
    return unicodedata.normalize("NFC", text).replace("\xa0", " ").strip()


def one_line(text: str) -> str:
    """Tidy, and single spaces between the words."""
    return " ".join(tidy(text).split())


def search_key(text: str) -> str:
    """Lower case without marks, đ as d: "so nong nghiep" finds "Sở Nông nghiệp"."""
    lowered = text.lower().replace("đ", "d")
    decomposed = unicodedata.normalize("NFD", lowered)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def sort_key(text: str) -> str:
    """A key whose code points order as the Vietnamese alphabet: letters first, then tones."""
    letters, tones = [], []
    for letter in unicodedata.normalize("NFC", text.lower()):
        decomposed = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in decomposed if mark in TONES), "")
        plain = unicodedata.normalize("NFC", decomposed.replace(tone, "")) if tone else letter
        place = LETTERS.find(plain)
        letters.append(chr(0x100 + place) if place >= 0 else plain)
        tones.append(str(TONES.index(tone)))
    return "".join(letters) + " " + "".join(tones)
