"""Text that people typed, as blocks that a paper prints: never as markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Kind = Literal["paragraph", "heading", "item"]

LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
# Control, format (direction overrides, zero widths), surrogates and code points nobody has
# assigned: invisible in print, and able to break the metadata or to turn a line around.
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
MARKS: tuple[tuple[str, Kind], ...] = (("# ", "heading"), ("- ", "item"))


@dataclass(frozen=True, slots=True)
class Block:
    """One printed paragraph."""

    kind: Kind
    text: str


def clean(text: str) -> str:
    """The text in NFC, without characters that cannot be seen; tabs become spaces."""
    lines = LINE_ENDS.sub("\n", text).replace("\t", " ")
    seen = (c for c in lines if c == "\n" or unicodedata.category(c) not in INVISIBLE)
    return unicodedata.normalize("NFC", "".join(seen))


def blocks(text: str) -> tuple[Block, ...]:
    """A blank line ends a paragraph; a line that starts with ``# `` or ``- `` is its own block."""
    return tuple(_blocks(clean(text)))


def _blocks(text: str) -> Iterator[Block]:
    lines: list[str] = []
    kind: Kind = "paragraph"
    for line in [*text.split("\n"), ""]:
        line = " ".join(line.split())
        opening = next((mark for mark in MARKS if line.startswith(mark[0])), None)
        # A heading is one line; a paragraph or an item runs on until a blank line or a mark.
        if lines and (not line or opening or kind == "heading"):
            yield Block(kind, " ".join(lines))
            lines, kind = [], "paragraph"
        if opening:
            kind = opening[1]
            line = line.removeprefix(opening[0])
        if line:
            lines.append(line)
