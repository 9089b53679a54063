"""Typed text in a Word file: paragraphs, items, steps, small headings, tables."""

from __future__ import annotations

from awards.documents.prose import Block

from .pen import Pen
from .tables import Column, Grid, write_table

STYLES = {"heading": "Subhead"}


def write_blocks(pen: Pen, blocks: tuple[Block, ...]) -> None:
    """Each block as one paragraph or one table."""
    for block in blocks:
        kind: str = block.kind
        rows: tuple[tuple[str, ...], ...] = getattr(block, "rows", ())
        if kind == "table" and rows:
            head = rows[0] if getattr(block, "head", False) else ()
            columns = tuple(Column(text) for text in head or ("",) * len(rows[0]))
            write_table(pen, Grid(columns, rows[1:] if head else rows))
        else:
            pen.write(STYLES.get(kind, "Body"), block)
