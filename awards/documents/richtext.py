"""Text from the editor: HTML of a narrow set, cleaned, as blocks of a paper, and back.

A stored text part is either plain lines, as ``prose`` reads them, or this HTML. It is plain
wherever lines can say the same: so it stays legible in a plain field, and a text without
formatting keeps its bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from html.parser import HTMLParser
from itertools import groupby

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from awards.documents import prose
from awards.documents.prose import Block, Kind, Run, clean
from blocs.vietnamese import tidy

LONGEST = 60_000  # characters that are read, without markup: some thirty printed pages
LONGEST_WORD = 200  # letters without a break: more of them are set in minutes, not in seconds
# What a few kilobytes of markup may unfold to in memory; the printed pages need far less.
MOST_TAGS = 25_000
MOST_COLUMNS = 63  # as in Word
MOST_CELLS = 5_000  # of one table
# Each that is left open is opened again in every paragraph that follows, by the rules of HTML.
ODD_FACES = re.compile(r"<(?:a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/]", re.I)
MOST_ODD_FACES = 50

PARAGRAPHS = {"p", "div", "blockquote", "pre"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
LISTS: dict[str, Kind] = {"ul": "item", "ol": "step"}
CELLS = {"td", "th"}
FACES = {"strong": "bold", "b": "bold", "em": "italic", "i": "italic"}
TAGS = {*PARAGRAPHS, *HEADINGS, *LISTS, "li", "br", *FACES}
TAGS |= {"table", "caption", "thead", "tbody", "tfoot", "tr", *CELLS}
SPANS = {"colspan", "rowspan"}
# With their text: what stands in them is no text of the writer's.
DROPPED = {"script", "style", "title", "xml", "svg", "math", "iframe", "object", "noscript"}
DROPPED |= {"template", "textarea", "select"}
MOST_SPANNED = 20
# What the editor, or a paste into it, begins with. Anything else that somebody typed, a "<" too,
# is plain text and printed as it stands.
OUTERMOST = TAGS - {"br", "li", "tr", *FACES, *CELLS}
RICH = re.compile(rf"\s*<({'|'.join(sorted(OUTERMOST))})[\s>]", re.IGNORECASE)
# As Word puts its bullets into the text of a copied list.
BULLET = re.compile(r"[-\u2013\u2022\u00b7\u25cf\u25aa\u25a0] +")


def is_rich(text: str) -> bool:
    """Whether a text part is HTML of the editor, and no plain lines."""
    return RICH.match(text) is not None


def blocks_of(text: str) -> tuple[Block, ...]:
    """The blocks of a text part, whichever of the two forms it is stored in."""
    return _parsed(text) if is_rich(text) else prose.blocks(text)


def storable(text: str) -> str:
    """The text as it is stored: plain lines, or nothing but the narrow set of tags.

    Raises ``ValidationError`` for markup without bounds, and for a word without end.
    """
    if not is_rich(text):
        lines = stored = tidy(text)
    else:
        _require_bounds(clean(text))  # as it will be read: a tag can be broken by what is not seen
        blocks = _parsed(text, bounded=True)
        lines = lines_of(blocks)
        plain = prose.blocks(lines) == blocks and not is_rich(lines)
        stored = lines if plain else to_html(blocks)
        _require_bounds(stored)  # so that what was saved can be saved again
    if found := re.search(rf"\S{{{LONGEST_WORD + 1},}}", clean(lines)):
        message = _("“%(start)s…” has more than %(limit)s characters without a space: divide it.")
        raise ValidationError({"text": message % {"start": found[0][:30], "limit": LONGEST_WORD}})
    return stored


def _require_bounds(text: str) -> None:
    if text.count("<") > MOST_TAGS or len(ODD_FACES.findall(text)) > MOST_ODD_FACES:
        raise _too_involved()


def _too_involved() -> ValidationError:
    return ValidationError(
        {
            "text": _(
                "There are more tables or formats in this text than can be kept: paste it without "
                "formats (Ctrl+Shift+V), or move a part of it to another section."
            )
        }
    )


def visible(text: str) -> str:
    """What a reader sees of a stored text, line by line and without tags."""
    return lines_of(blocks_of(text)) if is_rich(text) else text


def comparable(old: str, new: str) -> tuple[str, str]:
    """Two stored texts as their readers see them, in one form even where they are not."""
    if is_rich(old) or is_rich(new):
        return lines_of(blocks_of(old)), lines_of(blocks_of(new))
    return old, new


def lines_of(blocks: tuple[Block, ...]) -> str:
    """The blocks as plain lines with the marks of ``prose``; a table has a line for each row."""
    return "\n".join(_line(block) for block in blocks)


def _line(block: Block) -> str:
    if block.kind == "step":
        return f"{block.number}. {block.text}"
    return {"heading": "# ", "item": "- "}.get(block.kind, "") + block.text


def _parsed(text: str, *, bounded: bool = False) -> tuple[Block, ...]:
    """The blocks; ``bounded`` refuses a table that is too large. What is stored is always read."""
    attributes = {"ol": {"start"}, "td": SPANS, "th": SPANS}
    narrow = nh3.clean(clean(text), tags=TAGS, clean_content_tags=DROPPED, attributes=attributes)
    reader = _Reader(bounded=bounded)
    reader.feed(narrow)
    reader.close()
    reader.flush()
    return tuple(reader.blocks)


# --- blocks as HTML


def to_html(blocks: tuple[Block, ...]) -> str:
    """The blocks as HTML, each on a line of its own; ``blocks_of`` leads back."""
    lines: list[str] = []
    for kind, group in groupby(blocks, key=lambda block: block.kind):
        if kind == "item":
            lines += ["<ul>", *(f"<li>{_inline(block)}</li>" for block in group), "</ul>"]
        elif kind == "step":
            lines += _numbered(list(group))
        elif kind == "table":
            lines += [_table(block) for block in group]
        else:
            tag = "h3" if kind == "heading" else "p"
            lines += [f"<{tag}>{_inline(block)}</{tag}>" for block in group]
    return "\n".join(lines)


def _numbered(steps: list[Block]) -> Iterator[str]:
    """A list starts anew where the numbers do."""
    for at, step in enumerate(steps):
        if at == 0 or step.number != steps[at - 1].number + 1:
            yield from ("</ol>",) if at else ()
            yield "<ol>" if step.number == 1 else f'<ol start="{step.number}">'
        yield f"<li>{_inline(step)}</li>"
    yield "</ol>"


def _inline(block: Block) -> str:
    return "".join(_face(run) for run in block.runs) or escape(block.text, quote=False)


def _face(run: Run) -> str:
    text = escape(run.text, quote=False)
    text = f"<em>{text}</em>" if run.italic else text
    return f"<strong>{text}</strong>" if run.bold else text


def _table(block: Block) -> str:
    rows = [
        "".join(f"<{tag}>{escape(cell, quote=False)}</{tag}>" for cell in row)
        for row, tag in zip(block.rows, _cell_tags(block), strict=True)
    ]
    lines = [f"<tr>{row}</tr>" for row in rows]
    head = ["<thead>", lines.pop(0), "</thead>"] if block.head else []
    body = ["<tbody>", *lines, "</tbody>"] if lines else []
    return "\n".join(["<table>", *head, *body, "</table>"])


def _cell_tags(block: Block) -> list[str]:
    return ["th" if block.head and at == 0 else "td" for at in range(len(block.rows))]


# --- HTML as blocks


class _Reader(HTMLParser):
    """Reads cleaned, therefore well-formed HTML; what is nested too deep becomes flat."""

    def __init__(self, *, bounded: bool) -> None:
        super().__init__()
        self.bounded = bounded
        self.blocks: list[Block] = []
        self.kind: Kind = "paragraph"
        self.numbers: list[tuple[Kind, int]] = []  # the lists around, each with its last number
        self.runs: list[Run] = []
        self.faces = {"bold": 0, "italic": 0}
        self.table: _Table | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if face := FACES.get(tag):
            self.faces[face] += 1
        elif self.table is not None:
            self.table.start(tag, dict(attrs))
        else:
            self.flush(broken=tag == "br")
            self.start_block(tag, dict(attrs))

    def start_block(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag == "table":
            self.table = _Table(bounded=self.bounded)
        elif tag in LISTS:
            self.numbers.append((LISTS[tag], _number(attrs.get("start"), 1) - 1))
        elif tag == "li" and self.numbers:
            self.kind = self.numbers[-1][0]
        elif tag in HEADINGS and not self.numbers:
            self.kind = "heading"

    def handle_endtag(self, tag: str) -> None:
        if face := FACES.get(tag):
            self.faces[face] -= 1
        elif self.table is not None:
            if self.table.is_ended_by(tag):
                self.blocks += self.table.blocks()
                self.table = None
        elif tag != "br":
            self.flush()
            if tag in LISTS and self.numbers:
                self.numbers.pop()
            self.kind = "paragraph" if tag in HEADINGS or tag == "li" else self.kind

    def handle_data(self, data: str) -> None:
        run = Run(clean(data), self.faces["bold"] > 0, self.faces["italic"] > 0)
        if self.table is not None:
            self.table.write(run)
        else:
            self.runs.append(run)

    def flush(self, *, broken: bool = False) -> None:
        """What has been read so far is a block; after a line break another one of its kind."""
        runs, self.runs = _joined(self.runs), []
        if not runs:
            return
        kind, self.kind = self.kind, self.kind if broken and not self.numbers else "paragraph"
        number = 0
        if kind == "paragraph":
            kind, runs = _marked(runs)
        if kind == "step":
            number = self.numbers[-1][1] + 1
            self.numbers[-1] = ("step", number)
        text = "".join(run.text for run in runs)
        if kind == "heading" or not any(run.bold or run.italic for run in runs):
            runs = ()
        if text:
            self.blocks.append(Block(kind, text, runs, number))


def _joined(runs: list[Run]) -> tuple[Run, ...]:
    """The runs without double spaces or spaces at the ends, neighbours of one face as one."""
    joined: list[Run] = []
    for run in runs:
        text = re.sub(r"\s+", " ", run.text)
        if text.startswith(" ") and (not joined or joined[-1].text.endswith(" ")):
            text = text[1:]
        if not text:
            continue
        if joined and (joined[-1].bold, joined[-1].italic) == (run.bold, run.italic):
            joined[-1] = Run(joined[-1].text + text, run.bold, run.italic)
        else:
            joined.append(Run(text, run.bold, run.italic))
    if joined and joined[-1].text.endswith(" "):
        last = joined.pop()
        if last.text != " ":
            joined.append(Run(last.text[:-1], last.bold, last.italic))
    return tuple(joined)


def _marked(runs: tuple[Run, ...]) -> tuple[Kind, tuple[Run, ...]]:
    """A paragraph that begins with a mark is what the mark says, as in plain lines."""
    text = "".join(run.text for run in runs)
    bullet = BULLET.match(text)
    taken = bullet.end() if bullet else 2 if text.startswith("# ") else 0
    rest = []
    left = taken
    for run in runs:
        cut = min(left, len(run.text))
        left -= cut
        if run.text[cut:]:
            rest.append(Run(run.text[cut:], run.bold, run.italic))
    kind: Kind = "item" if bullet else "heading" if taken else "paragraph"
    return kind, tuple(rest)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 5 else default


class _Table:
    """The rows of one table; a table in a cell is text of that cell."""

    def __init__(self, *, bounded: bool) -> None:
        self.bounded = bounded
        self.depth = 1
        self.rows: list[list[str]] = []
        self.heads: list[bool] = []  # of the first row, cell by cell: bold, or called a head
        self.cell: list[Run] | None = None
        self.is_head_cell = False
        self.at = 0  # the first of the places that the cell spans
        self.below: dict[int, int] = {}  # how many rows more a cell from above reaches down

    def start(self, tag: str, attrs: dict[str, str | None]) -> None:
        if tag == "table":
            self.depth += 1
        if self.depth > 1 or tag not in ("tr", *CELLS):
            self.write(Run(" "))
        elif tag == "tr":
            self.rows.append([])
        elif self.rows:
            self.fill()
            self.cell, self.is_head_cell = [], tag == "th"
            across, down = (
                min(max(_number(attrs.get(name), 1), 1), MOST_SPANNED)
                for name in ("colspan", "rowspan")
            )
            self.at = len(self.rows[-1])
            if self.bounded and self.at + across > MOST_COLUMNS:
                raise _too_involved()
            self.rows[-1] += [""] * across
            self.below |= dict.fromkeys(range(self.at, self.at + across), down)

    def fill(self) -> None:
        """Blank cells where one from above reaches down."""
        row = self.rows[-1]
        while self.below.get(len(row), 0) > 1:
            self.below[len(row)] -= 1
            row.append("")

    def is_ended_by(self, tag: str) -> bool:
        if tag == "table":
            self.depth -= 1
        elif self.depth == 1 and tag in CELLS:
            self.end_cell()
        return self.depth == 0

    def end_cell(self) -> None:
        if self.cell is None:
            return
        runs = _joined(self.cell)
        self.rows[-1][self.at] = "".join(run.text for run in runs)
        if len(self.rows) == 1 and runs:
            self.heads.append(self.is_head_cell or all(run.bold for run in runs))
        self.cell = None

    def write(self, run: Run) -> None:
        if self.cell is not None:
            self.cell.append(run)

    def blocks(self) -> list[Block]:
        width = max((len(row) for row in self.rows), default=0)
        if self.bounded and width * len(self.rows) > MOST_CELLS:
            raise _too_involved()
        rows = tuple((*row, *[""] * (width - len(row))) for row in self.rows if row)
        if not any(cell for row in rows for cell in row):
            return []
        text = "\n".join(" | ".join(row) for row in rows)
        head = bool(self.heads) and all(self.heads) and len(rows) > 1
        return [Block("table", text, rows=rows, head=head)]
