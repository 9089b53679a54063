"""Writes a Word file from top to bottom: pages, paragraphs, headings, drawn rules."""

from __future__ import annotations

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section, _Footer, _Header
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from awards.documents.layout import PAGE_HEIGHT, PAGE_WIDTH, Layout
from awards.documents.prose import Block, clean

from .package import blank_document, describe, to_bytes
from .styles import HEADINGS, LOOKS, set_up_styles

DRAFT = "DỰ THẢO"
NUMBER_FROM_EDGE = 8.0  # mm from the upper edge to the page number, within the top margin
HAIRLINE = 2.0  # points that a drawn rule takes in height
RULE_WEIGHT = 6  # eighths of a point
PARAGRAPH_ORDER_AFTER_BORDER = (
    *("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct"),
    *("w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd"),
    *("w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing", "w:mirrorIndents"),
    *("w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment", "w:textboxTightWrap"),
    *("w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange"),
)


def words(text: str) -> str:
    """The text on one line, without characters that a Word file may not hold."""
    return clean(text).replace("\n", " ")


def _write_runs(paragraph: Paragraph, block: Block) -> None:
    marks = {"item": "- ", "step": f"{block.number}. "}
    if block.kind in marks:
        paragraph.add_run(marks[block.kind])
    for run in block.runs:
        written = paragraph.add_run(words(run.text))
        written.bold, written.italic = run.bold or None, run.italic or None
    if not block.runs:
        paragraph.add_run(words(block.text))


class Pen:
    """Holds the file that is being written; ``room`` is the width of its text in mm."""

    def __init__(
        self,
        layout: Layout,
        *,
        title: str,
        author: str,
        created: str = "",
        draft: bool = False,
    ) -> None:
        self.layout = layout
        self.document = blank_document()
        set_up_styles(self.document, layout)
        named = f"Dự thảo {title}" if draft else title
        describe(self.document, title=named, author=author, created=created)
        self.parts = 0  # headings "Phần I" so far
        self._below_table = False
        section = self.document.sections[0]
        self._lay(section, landscape=False)
        self._number_pages(section, draft=draft)

    # --- pages

    def _lay(self, section: Section, *, landscape: bool) -> None:
        measures = self.layout
        width, height = (PAGE_HEIGHT, PAGE_WIDTH) if landscape else (PAGE_WIDTH, PAGE_HEIGHT)
        section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Mm(width), Mm(height)
        left, right = measures["margin-left"].value, measures["margin-right"].value
        section.left_margin, section.right_margin = Mm(left), Mm(right)
        section.top_margin = Mm(measures["margin-top"].value)
        section.bottom_margin = Mm(measures["margin-bottom"].value)
        section.header_distance = section.footer_distance = Mm(NUMBER_FROM_EDGE)
        section.different_first_page_header_footer = True
        self.room = width - left - right

    def _number_pages(self, section: Section, *, draft: bool) -> None:
        """The number of the page above its text, but on the first page; a draft says so on all."""
        number = self._margin(section.header, "PageNumber", "")
        shown = "<w:r><w:t>2</w:t></w:r>"  # until Word counts
        field = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE ">{shown}</w:fldSimple>'
        number._p.append(parse_xml(field))
        word = DRAFT if draft else ""
        self._margin(section.first_page_header, "Draft", word)
        # Below on the pages after it: above stands their number.
        self._margin(section.footer, "Draft", word)
        self._margin(section.first_page_footer, "Draft", "")

    def _margin(self, place: _Header | _Footer, style: str, text: str) -> Paragraph:
        """The one paragraph above or below the text of each page."""
        place.is_linked_to_previous = False
        paragraph = place.paragraphs[0]
        paragraph.style = self._style(style)
        if text:
            paragraph.add_run(text)
        return paragraph

    def annex(self, *, landscape: bool) -> None:
        """Go on with a page that counts anew."""
        section = self.document.add_section(WD_SECTION.NEW_PAGE)
        self._hide(self.document.paragraphs[-1])  # the one that carries the break
        self._lay(section, landscape=landscape)
        properties = section._sectPr
        for former in properties.findall(qn("w:pgNumType")):
            properties.remove(former)
        count = OxmlElement("w:pgNumType")
        count.set(qn("w:start"), "1")
        properties.insert_element_before(
            count, "w:cols", "w:formProt", "w:vAlign", "w:noEndnote", "w:titlePg", "w:docGrid"
        )
        self._below_table = False

    def finish(self) -> bytes:
        if self._below_table:
            self.gap()  # a file that ends with a table is taken for a broken one
        return to_bytes(self.document)

    # --- paragraphs

    def _style(self, key: str) -> str:
        return LOOKS[key].name

    def _down(self, paragraph: Paragraph) -> None:
        """Below a table a paragraph keeps its distance."""
        if self._below_table:
            paragraph.paragraph_format.space_before = Pt(self.layout["paragraph-gap"].value)
            self._below_table = False

    def write(self, style: str, text: str | Block, *, cell: _Cell | None = None) -> Paragraph:
        """One paragraph, in ``cell`` or at the end of the page."""
        paragraph = self._next(cell)
        paragraph.style = self._style(style)
        if cell is None:
            self._down(paragraph)
        if isinstance(text, str):
            paragraph.add_run(words(text))
        else:
            _write_runs(paragraph, text)
        return paragraph

    def _next(self, cell: _Cell | None) -> Paragraph:
        if cell is None:
            return self.document.add_paragraph()
        first = cell.paragraphs[0]
        is_new = len(cell.paragraphs) == 1 and first._p.pPr is None and not first.text
        return first if is_new else cell.add_paragraph()

    def heading(self, level: int, text: str) -> None:
        """Word's own heading, numbered by its level: 2 for ``I.``, 3 for ``1.``, 4 for ``1.1.``"""
        self._down(self.document.add_paragraph(words(text), HEADINGS[level - 1].name))

    def part(self, text: str) -> None:
        """``Phần I`` with its name below."""
        paragraph = self.document.add_paragraph(style=HEADINGS[0].name)
        paragraph.add_run().add_break()
        paragraph.add_run(words(text).upper())
        self._down(paragraph)

    def unnumbered(self, text: str) -> None:
        """A heading in the middle that the parts do not count."""
        paragraph = self.document.add_paragraph(words(text).upper(), HEADINGS[0].name)
        numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        numbering.get_or_add_ilvl().val = 0
        numbering.get_or_add_numId().val = 0
        self._down(paragraph)

    def rule(self, length: float, room: float, *, cell: _Cell | None = None) -> Paragraph:
        """A drawn line of ``length`` mm in the middle of ``room``, never typed underscores."""
        paragraph = self._next(cell)
        self._hide(paragraph)
        paragraph.paragraph_format.space_before = Pt(HAIRLINE)
        inset = Mm(max(0.0, (room - length) / 2))
        paragraph.paragraph_format.left_indent = inset
        paragraph.paragraph_format.right_indent = inset
        borders = parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="{RULE_WEIGHT}" w:space="1" '
            'w:color="000000"/></w:pBdr>'
        )
        properties = paragraph._p.get_or_add_pPr()
        properties.insert_element_before(borders, *PARAGRAPH_ORDER_AFTER_BORDER)
        return paragraph

    def gap(self) -> None:
        """What parts two tables, or ends a file: Word would join, or refuse them."""
        self._hide(self.document.add_paragraph())
        self._below_table = False

    def above_table(self) -> None:
        """What announces the table stays on one page with it."""
        body = self.document.element.body
        last = body[-1] if body[-1].tag != qn("w:sectPr") else body[-2]
        if last.tag == qn("w:p"):
            Paragraph(last, self.document._body).paragraph_format.keep_with_next = True

    def below_table(self) -> None:
        """The next paragraph keeps its distance from the table above."""
        self._below_table = True

    def _hide(self, paragraph: Paragraph) -> None:
        paragraph.style = self._style("Rule")
        form = paragraph.paragraph_format
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(HAIRLINE)
