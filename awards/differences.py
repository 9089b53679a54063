"""What distinguishes two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

# Pairs of words, or of lines: a passage of some five hundred words that was rewritten is told as
# a whole.
MOST_COMPARED = 1_000_000
WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """A run of text: ``same`` in both, ``gone`` from the old one, or ``new``."""

    kind: str
    text: str


def differences(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces of both texts in reading order; without the ``new`` ones they make ``old``."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if len(before) * len(after) > MOST_COMPARED:
        before, after = [old], [new]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    pieces: list[Piece] = []
    for tag, start, end, first, last in matcher.get_opcodes():
        for gone, put in _passages(before[start:end], after[first:last]):
            pieces += [Piece("same", gone)] if tag == "equal" else _by_words(gone, put)
    told = (piece for piece in pieces if piece.text)
    return tuple(
        Piece(kind, "".join(piece.text for piece in group))
        for kind, group in groupby(told, key=lambda piece: piece.kind)
    )


def _passages(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    """What is compared with what: all of it, or line with line where that would be too much."""
    gone, put = "".join(before), "".join(after)
    if len(before) == len(after) and len(gone) * len(put) > MOST_COMPARED:
        return list(zip(before, after, strict=True))
    return [(gone, put)]


def _by_words(old: str, new: str) -> Iterator[Piece]:
    before, after = WORDS.findall(old), WORDS.findall(new)
    head = _shared(before, after)
    tail = _shared(before[head:][::-1], after[head:][::-1])
    gone, put = before[head : len(before) - tail], after[head : len(after) - tail]
    yield Piece("same", "".join(before[:head]))
    if len(gone) * len(put) > MOST_COMPARED:
        yield Piece("gone", "".join(gone))
        yield Piece("new", "".join(put))
    else:
        # Spaces and frequent words are words here: left to itself difflib would skip them.
        matcher = SequenceMatcher(None, gone, put, autojunk=False)
        for tag, start, end, first, last in matcher.get_opcodes():
            yield Piece("same" if tag == "equal" else "gone", "".join(gone[start:end]))
            yield Piece("new", "" if tag == "equal" else "".join(put[first:last]))
    yield Piece("same", "".join(before[len(before) - tail :]))


def _shared(before: list[str], after: list[str]) -> int:
    """How many words at the start are the same."""
    count = 0
    for one, other in zip(before, after, strict=False):
        if one != other:
            break
        count += 1
    return count
