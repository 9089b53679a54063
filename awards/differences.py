"""What distinguishes two texts, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A run of text: ``same`` in both, ``gone`` from the old one, or ``new``."""

    kind: str
    text: str


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of both texts in reading order; without the ``new`` ones they make ``old``."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    # Spaces and frequent words are words here: left to itself difflib would skip them.
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    pieces = []
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[start:end])))
            continue
        pieces.append(Piece("gone", "".join(before[start:end])))
        pieces.append(Piece("new", "".join(after[first:last])))
    return tuple(piece for piece in pieces if piece.text)
