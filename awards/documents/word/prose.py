"""Typed text in a Word file: paragraphs, items, steps, small headings, tables."""

from __future__ import annotations

from awards.documents.prose import Block

from .pen import Pen
from .tables import Column, Grid, write_table

STYLES = {"heading": "Subhead"}


def write_blocks(pen: Pen, blocks: tuple[Block, ...]) -> None:
    """Each block as one paragraph or one table."""
    for block in blocks:
        if block.kind == "table":
            head = block.rows[0] if block.head else ()
            columns = tuple(Column(text) for text in head or ("",) * len(block.rows[0]))
            write_table(pen, Grid(columns, block.rows[1:] if head else block.rows))
        else:
            pen.write(STYLES.get(block.kind, "Body"), block)
