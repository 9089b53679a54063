"""Tables of a Word file: heads that repeat, rows that are never split, frames without lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT as VERTICAL
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell, _Row

from awards.documents.prose import Block

from .pen import Pen
from .styles import ALIGN, Align

Content = str | tuple[Block, ...]
PADDING = (1.2, 1.5)  # mm above and below, left and right
KEPT_WHOLE = 8  # rows of a table that never goes over a page


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``width`` in mm, 0 for what the others leave; ``above`` heads several."""

    head: str
    width: float = 0
    align: Align = "left"
    above: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; a row of one cell spans all columns and names the rows below it."""

    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Content]]
    size: str | float = "table-text"  # a measure's name, or points
    padding: tuple[float, float] = PADDING
    last_is_sum: bool = False
    splits: frozenset[int] = field(default=frozenset())  # rows too long for one page

    @property
    def has_head(self) -> bool:
        return any(column.head for column in self.columns)

    @property
    def has_upper_head(self) -> bool:
        return any(column.above for column in self.columns)


INDEX = Column("STT", 13, "middle")


def numbered(rows: Sequence[Sequence[Content]]) -> list[tuple[Content, ...]]:
    """The rows with their number before them."""
    return [(str(at), *row) for at, row in enumerate(rows, start=1)]


def write_table(pen: Pen, grid: Grid) -> None:
    """The table over the whole width of the text. Without rows nothing is written."""
    if not grid.rows:
        return
    widths = _widths(grid.columns, pen.room)
    pen.above_table()
    table = pen.document.add_table(0, len(widths))
    table.style = pen.document.styles["Table Grid"]
    _lay(table, widths, grid.padding)
    size = Pt(pen.layout[grid.size].value if isinstance(grid.size, str) else grid.size)
    if grid.has_head:
        _write_heads(pen, table, grid, widths, size)
    for at, content in enumerate(grid.rows):
        row = _row(table, widths)
        _unsplit(row, at not in grid.splits)
        last = at == len(grid.rows) - 1
        is_sum = last and grid.last_is_sum
        keep = len(grid.rows) <= KEPT_WHOLE and not last
        _write_row(pen, row, grid, content, size=size, bold=is_sum, keep=keep)
    pen.below_table()


def _widths(columns: tuple[Column, ...], room: float) -> list[float]:
    taken = sum(column.width for column in columns)
    open_ends = sum(not column.width for column in columns)
    return [column.width or (room - taken) / open_ends for column in columns]


def _write_heads(pen: Pen, table: Table, grid: Grid, widths: list[float], size: Length) -> None:
    rows = [_row(table, widths) for _level in range(1 + grid.has_upper_head)]
    for row in rows:
        _unsplit(row)
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    cells = [row.cells for row in rows]
    for at, column in enumerate(grid.columns):
        if grid.has_upper_head and not column.above:
            _head(pen, cells[0][at].merge(cells[1][at]), column.head, size)
        else:
            _head(pen, cells[-1][at], column.head, size)
    for name, group in groupby(enumerate(grid.columns), key=lambda one: one[1].above):
        if name:
            places = [at for at, _column in group]
            _head(pen, cells[0][places[0]].merge(cells[0][places[-1]]), name, size)


def _head(pen: Pen, cell: _Cell, text: str, size: Length) -> None:
    for surplus in cell.paragraphs[1:]:  # merged cells bring theirs along
        surplus._p.getparent().remove(surplus._p)
    cell.vertical_alignment = VERTICAL.CENTER
    paragraph = pen.write("CellHead", text, cell=cell)
    paragraph.paragraph_format.keep_with_next = True
    _resize(cell, size)


def _write_row(
    pen: Pen,
    row: _Row,
    grid: Grid,
    content: Sequence[Content],
    *,
    size: Length,
    bold: bool,
    keep: bool,
) -> None:
    cells = row.cells
    if len(content) == 1:
        cells = (cells[0].merge(cells[-1]),)
        for surplus in cells[0].paragraphs[1:]:
            surplus._p.getparent().remove(surplus._p)
    for cell, text, column in zip(cells, content, grid.columns, strict=False):
        cell.vertical_alignment = VERTICAL.CENTER
        spans = len(content) == 1
        if isinstance(text, str):
            pen.write("Cell", text, cell=cell).alignment = ALIGN["left" if spans else column.align]
        else:
            for block in text:
                pen.write("Cell", block, cell=cell)
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = keep or spans or None
            for run in paragraph.runs:
                run.bold = True if bold or spans or column.bold else run.bold
        _resize(cell, size)


def _resize(cell: _Cell, size: Length) -> None:
    for paragraph in cell.paragraphs:
        for run in paragraph.runs:
            run.font.size = size


def frame(pen: Pen, widths: Sequence[float]) -> Table:
    """A table without lines that sets parts side by side."""
    table = pen.document.add_table(0, len(widths))
    _lay(table, widths, (0, 0))
    return table


def frame_row(table: Table, widths: Sequence[float], *, low: bool = False) -> tuple[_Cell, ...]:
    row = _row(table, widths)
    _unsplit(row)
    for cell in row.cells:
        cell.vertical_alignment = VERTICAL.BOTTOM if low else VERTICAL.TOP
    return row.cells


def _row(table: Table, widths: Sequence[float]) -> _Row:
    row = table.add_row()
    for cell, width in zip(row._tr.tc_lst, widths, strict=True):
        cell.width = Mm(width)
    return row


def _unsplit(row: _Row, whole: bool = True) -> None:
    if whole:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _lay(table: Table, widths: Sequence[float], padding: tuple[float, float]) -> None:
    """Fixed columns and the cells' inner margins."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    properties = table._tbl.tblPr
    total = properties.find(qn("w:tblW"))
    total.set(qn("w:type"), "dxa")
    total.set(qn("w:w"), str(Mm(sum(widths)).twips))
    upright, across = (Mm(one).twips for one in padding)
    sides = (("top", upright), ("left", across), ("bottom", upright), ("right", across))
    margins = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in sides)
    properties.insert_element_before(
        parse_xml(f"<w:tblCellMar {nsdecls('w')}>{margins}</w:tblCellMar>"),
        *("w:tblLook", "w:tblCaption", "w:tblDescription", "w:tblPrChange"),
    )
