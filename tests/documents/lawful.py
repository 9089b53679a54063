"""Reading any printed paper against the layout law: what it breaks, in words.

``breaches(paper, document, layout)`` knows no paper in particular. It finds the parts that the
document states (head, number, place, signatures, recipients) in the print, and holds them and
every page against the measures. What a new paper needs is one line in ``papers_to_read.py``.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import fields
from functools import cached_property

import pypdfium2.raw as raw

from awards.documents.header import SignatureBlock
from awards.documents.layout import LAYOUT, SINGLE
from awards.documents.prose import clean
from tests.documents.reading import HAIR, MM, Line, Paper

FACES = {"Tinos", "Tinos-Bold", "Tinos-Italic", "Tinos-Bold-Italic"}
BOLD = ("Tinos-Bold", "Tinos-Bold-Italic")
A4 = {(210.0, 297.0), (297.0, 210.0)}
FIGURE = re.compile(r"-?[0-9.,]+")  # the agreed points of a cell stand below the others
CLOSE = 0.06  # pt, that a size read back may differ


def breaches(paper, document, layout=LAYOUT, *, sizes=()):
    """What the printed ``paper`` breaks of the law; ``sizes``: text sizes (pt) of its own."""
    reading = Reading(paper, document, layout)
    checks = (
        reading.faces, reading.ink, reading.margins, reading.numbers, reading.head, reading.rules,
        reading.title, reading.foot, reading.headings, reading.table_heads, reading.spacing,
        reading.text, reading.metadata,
    )  # fmt: skip
    found = [breach for check in checks for breach in check()]
    return found + list(reading.strange_sizes(sizes))


class Reading:
    def __init__(self, paper: Paper, document, layout) -> None:
        self.paper, self.document, self.layout = paper, document, layout

    def size(self, name):
        return self.layout[name].value

    @cached_property
    def edges(self):
        return tuple(self.size(f"margin-{side}") for side in ("left", "top", "right", "bottom"))

    @cached_property
    def pages(self):
        """The lines of each page without its number, from top to bottom."""
        return [
            sorted(
                (one for one in self.paper.lines if one.page == at and one not in self.in_margin),
                key=lambda line: (line.baseline, line.left),
            )
            for at in range(len(self.paper.sizes))
        ]

    @cached_property
    def in_margin(self):
        return [line for line in self.paper.lines if line.baseline < self.edges[1]]

    def middle(self, at):
        width, _height = self.paper.sizes[at]
        return (self.edges[0] + width - self.edges[2]) / 2

    def first(self, text, face=None) -> Line | None:
        """The first line that begins ``text`` (which may go on in further lines)."""
        text = " ".join(clean(text).split()).upper()
        for line in self.paper.lines:
            start = line.text.upper()
            begins = len(start) > 1 and (text.startswith(start) or start.startswith(text))
            if begins and face in (None, line.font):
                return line
        return None

    # --- the checks

    def faces(self):
        if not self.paper.fonts <= FACES:
            yield f"foreign faces: {self.paper.fonts - FACES}"
        if self.paper.unembedded:
            yield f"not embedded: {self.paper.unembedded}"

    def ink(self):
        shades = {shade for at in range(len(self.pages)) for shade in colours(self.paper, at)}
        if shades - {(0, 0, 0)}:
            yield f"text that is not black: {shades}"

    def margins(self):
        if not set(self.paper.sizes) <= A4:
            yield f"not A4: {self.paper.sizes}"
        yield from self.paper.overflow(self.edges)

    @cached_property
    def beginnings(self):
        """The pages that begin the paper, an annex or another copy: they count from 1."""
        head = self.document.header
        starts = ("Phụ lục", head.parent or head.body)
        return [
            at
            for at, lines in enumerate(self.pages)
            if at == 0 or (lines and lines[0].text.startswith(starts))
        ]

    def numbers(self):
        shown = {at: [] for at in range(len(self.pages))}
        for line in self.in_margin:
            shown[line.page].append(line)
        for at, lines in shown.items():
            count = at - max(start for start in self.beginnings if start <= at) + 1
            expected = [str(count)] if count > 1 else []
            if [line.text for line in lines] != expected:
                yield f"page {at + 1} is numbered {[line.text for line in lines]}"
            for line in lines:
                if (line.font, line.size) != ("Tinos", self.size("page-number")):
                    yield f"page number in {line.font} {line.size}"
                if abs(line.middle - self.middle(at)) > 0.6:
                    yield f"page number of page {at + 1} off the middle"

    def expected_head(self):
        head, place = self.document.header, getattr(self.document, "place_date", None)
        if head.is_party:
            yield "ĐẢNG CỘNG SẢN VIỆT NAM", "party-name", "Tinos-Bold"
        else:
            yield "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "nation", "Tinos-Bold"
            yield "Độc lập - Tự do - Hạnh phúc", "motto", "Tinos-Bold"
        if head.parent:
            yield head.parent, "parent", "Tinos"
        yield head.body, "issuer", "Tinos-Bold"
        if head.number_line:
            yield head.number_line, "number", "Tinos"
        if place and not getattr(self.document, "annex", None):
            yield place.line, "place-date", "Tinos-Italic"

    def head(self):
        if getattr(self.document, "annex", None):
            return
        for text, name, face in self.expected_head():
            line = self.first(text, face)
            if line is None:
                yield f"{name} is missing: {text!r} in {face}"
            elif abs(line.size - self.size(name)) > CLOSE:
                yield f"{name} in {line.size} pt"

    def rules(self):
        """Drawn lines: under the motto as long as it, under the issuer a third to a half."""
        head = self.document.header
        if getattr(self.document, "annex", None):
            return
        whole = "ĐẢNG CỘNG SẢN VIỆT NAM" if head.is_party else "Độc lập - Tự do - Hạnh phúc"
        line = self.first(whole, "Tinos-Bold")
        drawn = line and self.rule_under(line)
        if not drawn or abs(drawn - (line.right - line.left)) > 1:
            yield f"the rule under {whole!r} measures {drawn}"
        if head.is_party:
            return
        rows = [
            one
            for one in self.pages[0]
            if one.font == "Tinos-Bold"
            and one.middle < self.middle(0) - 15
            and len(one.text) > 4
            and one.text in head.body
        ]
        widest = max((one.right - one.left for one in rows), default=0)
        drawn = rows and self.rule_under(rows[-1])
        if not drawn or not 1 / 3 - 0.01 <= drawn / widest <= 1 / 2 + 0.01:
            yield f"the rule under the issuer measures {drawn} of {widest}"

    def rule_under(self, line):
        for left, right, height in self.paper.rules(line.page):
            if 0 < height - line.baseline < 4 and left < line.middle < right:
                return right - left
        return None

    def title(self):
        lines = [
            one
            for one in self.pages[0]
            if one.font == "Tinos-Bold" and one.text.isupper()
            and abs(one.size - self.size("title")) <= CLOSE
            and abs(one.middle - self.middle(0)) < 1
        ]  # fmt: skip
        if not lines:
            yield "no title in capitals, bold, centred"

    @cached_property
    def signatures(self):
        found = []
        for field in fields(self.document):
            value = getattr(self.document, field.name)
            several = value if isinstance(value, tuple) else (value,)
            found += [one for one in several if isinstance(one, SignatureBlock)]
        return [one for one in found if one.title_line]

    def foot(self):
        """Heads and names of signatures, never alone on a page, and the recipients."""
        texts = {
            text.upper()
            for one in self.signatures
            for text in (one.authority_line, one.title_line, one.office_line, one.name)
        }
        for at, one in enumerate(self.signatures):
            head = self.first(one.authority_line or one.title_line, "Tinos-Bold")
            if head is None or abs(head.size - self.size("signature")) > CLOSE:
                yield f"signature {one.title_line} is missing or in another size"
            elif one.name and one.name.upper() not in self.paper.texts[head.page].upper():
                yield f"{one.name} stands on another page than {one.title_line}"
            elif at == 0 and all(
                line.text.upper() in " ".join(texts) for line in self.pages[head.page]
            ):
                yield f"the signatures stand alone on page {head.page + 1}"
        label = self.first("Nơi nhận:")
        if label is not None:
            if (label.font, label.size) != ("Tinos-Bold-Italic", self.size("recipients-label")):
                yield f"recipients' label in {label.font} {label.size}"
            last = self.first("- Lưu: VT")
            if last is None or abs(last.size - self.size("recipients")) > CLOSE:
                yield "recipients do not close with the archive in their size"

    def headings(self):
        """The last line of a page is no heading: bold ends a page in signatures or in a table."""
        signed = " ".join(
            text
            for one in self.signatures
            for text in (one.authority_line, one.title_line, one.office_line, one.name)
        ).upper()
        for at, lines in enumerate(self.pages[:-1]):
            lowest = max(line.baseline for line in lines)
            last = [line for line in lines if lowest - line.baseline < 3]
            is_sum = any(line.text.startswith(("Tổng", "Cộng")) for line in last)
            is_sum = is_sum or all(FIGURE.fullmatch(line.text) for line in last)
            if is_sum:
                continue
            if all(line.font in BOLD and line.text.upper() not in signed for line in last):
                yield f"page {at + 1} ends with the heading {last[-1].text!r}"

    def table_heads(self):
        """Where a numbered row stands, the head of its table stands too."""
        for at, lines in enumerate(self.pages):
            rows = [
                line for line in lines
                if re.fullmatch(r"\d{1,3}", line.text) and line.left < self.edges[0] + 12
                and line.font == "Tinos"
            ]  # fmt: skip
            if rows and not any(line.text.startswith("STT") for line in lines):
                yield f"the table on page {at + 1} has no head"

    def spacing(self):
        """Lines of one paragraph: single to one and a half, as the province has chosen."""
        body, left = self.size("body"), self.edges[0]
        for at, lines in enumerate(self.pages):
            right = self.paper.sizes[at][0] - self.edges[2]
            for above, below in zip(lines, lines[1:], strict=False):
                running = above.right > right - HAIR and abs(below.left - left) < HAIR
                if not running or {above.font, below.font} != {"Tinos"}:
                    continue
                if {above.size, below.size} != {body}:
                    continue
                step = (below.baseline - above.baseline) * MM / body
                if not SINGLE - 0.01 <= step <= 1.5 * SINGLE + 0.01:
                    yield f"lines {step:.2f} apart"
                elif abs(step - self.size("line-height")) > 0.02:
                    yield f"lines {step:.2f} apart, not {self.size('line-height')}"

    def text(self):
        """Lines that run from margin to margin of a standing page bear the size of the text."""
        for at, lines in enumerate(self.pages):
            begun = max(start for start in self.beginnings if start <= at)
            width, height = self.paper.sizes[at]
            if width > height or self.pages[begun][0].text.startswith("Phụ lục"):
                continue
            for line in lines:
                whole = line.left < self.edges[0] + 14 and line.right > width - self.edges[2] - HAIR
                if whole and line.font == "Tinos" and abs(line.size - self.size("body")) > CLOSE:
                    yield f"text in {line.size} pt: {line.text[:30]!r}"

    def metadata(self):
        pdf = self.paper.pdf
        if pdf.root_object["/Lang"] != "vi":
            yield f"language {pdf.root_object['/Lang']}"
        if clean(self.document.title) not in (pdf.metadata.title or ""):
            yield f"title {pdf.metadata.title!r}"
        if not pdf.root_object["/MarkInfo"]["/Marked"]:
            yield "not tagged"

    def strange_sizes(self, more):
        """Sizes that no measure has. A table may choose its own between named bounds."""
        known = {measure.value for measure in self.layout.values() if measure.unit == "pt"}
        measures_in = getattr(self.document, "measures_in", lambda layout: "")
        own = [float(text) for text in re.findall(r"text:([\d.]+)pt", measures_in(self.layout))]
        known |= {*more, *own, *(size * 0.86 for size in own)}
        for line in self.paper.lines:
            if not any(abs(line.size - size) <= CLOSE for size in known):
                yield f"{line.text!r} in {line.size} pt"


def colours(paper, at):
    """The colours that the text of a page is filled with."""
    page = paper._document[at]
    for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
        raw.FPDFPageObj_GetFillColor(text.raw, red, green, blue, alpha)
        yield red.value, green.value, blue.value
