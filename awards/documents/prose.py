"""Text that people typed, as blocks that a paper prints: never as markup."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Kind = Literal["paragraph", "heading", "item", "step", "table"]

LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
# Control, format (direction overrides, zero widths), surrogates and code points nobody has
# assigned: invisible in print, and able to break the metadata or to turn a line around.
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
# They choose how the sign before them looks, in colour for instance; our faces have one look.
VARIATIONS = frozenset(map(chr, range(0xFE00, 0xFE10)))
MARKS: tuple[tuple[str, Kind], ...] = (("# ", "heading"), ("- ", "item"))


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph in one face."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One printed paragraph, or one table.

    ``text`` is always the whole visible text. ``runs`` stand only where a part of it is bold or
    italic, and make ``text`` when joined. A ``step`` is a numbered item with its ``number``. A
    ``table`` has ``rows`` of equally many cells; the first one is its ``head`` where it has one.
    """

    kind: Kind
    text: str
    runs: tuple[Run, ...] = ()
    number: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    head: bool = False


def clean(text: str) -> str:
    """The text in NFC, without characters that cannot be seen; tabs become spaces."""
    lines = LINE_ENDS.sub("\n", text).replace("\t", " ")
    seen = (
        c
        for c in lines
        if c == "\n" or not (unicodedata.category(c) in INVISIBLE or c in VARIATIONS)
    )
    return unicodedata.normalize("NFC", "".join(seen))


def blocks(text: str) -> tuple[Block, ...]:
    """Each line is a paragraph, as in a word processor; ``# `` and ``- `` make headings, items."""
    lines = (" ".join(line.split()) for line in clean(text).split("\n"))
    return tuple(_block(line) for line in lines if line and line not in ("#", "-"))


def _block(line: str) -> Block:
    for mark, kind in MARKS:
        if line.startswith(mark):
            return Block(kind, line.removeprefix(mark))
    return Block("paragraph", line)
