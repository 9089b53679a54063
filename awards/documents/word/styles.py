"""The styles of a Word copy: one for each part that the law names, in the sizes of the layout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from awards.documents.layout import SINGLE, Layout

FACE = "Times New Roman"
FACES = ("ascii", "hAnsi", "eastAsia", "cs")
LANGUAGE = "vi-VN"
CLOSE = 1.2 / SINGLE  # lines of the head and of tables, in Word's single lines
Align = Literal["left", "middle", "right", "justify"]
ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "middle": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}


@dataclass(frozen=True, slots=True)
class Look:
    """How one part looks; ``size`` names a measure, gaps are in millimetres."""

    name: str  # as the clerk finds it in Word's list of styles
    size: str
    align: Align = "middle"
    bold: bool = False
    italic: bool = False
    caps: bool = False
    before: float = 0
    is_text: bool = False  # with the line height and the gap of running text
    indented: bool = False
    keep: bool = False  # stays with what follows


# By the key that the writers use, which is the style's identifier in the file too.
LOOKS: dict[str, Look] = {
    "Nation": Look("Quốc hiệu", "nation", bold=True, caps=True),
    "Motto": Look("Tiêu ngữ", "motto", bold=True),
    "Parent": Look("Cơ quan chủ quản", "parent", caps=True),
    "Issuer": Look("Cơ quan ban hành", "issuer", bold=True, caps=True),
    "Number": Look("Số, ký hiệu", "number", before=3),
    "PlaceDate": Look("Địa danh, thời gian", "place-date", italic=True, before=3),
    "PaperTitle": Look("Tên loại văn bản", "title", bold=True, caps=True, before=7, keep=True),
    "Subject": Look("Trích yếu", "subject", bold=True, keep=True),
    "Addressee": Look("Kính gửi", "addressee", before=6),
    "Addressees": Look("Kính gửi (nhiều nơi)", "addressee", "left"),
    "Body": Look("Nội dung", "body", "justify", is_text=True, indented=True),
    "Ground": Look("Căn cứ", "body", "justify", italic=True, is_text=True, indented=True),
    "Subhead": Look(
        "Tiêu đề phụ", "heading", "left", True, True, is_text=True, indented=True, keep=True
    ),
    "Cell": Look("Bảng", "table-text", "left"),
    "CellHead": Look("Bảng, tiêu đề", "table-text", bold=True),
    "Signature": Look("Chữ ký", "signature", bold=True),
    "RecipientsLabel": Look("Nơi nhận", "recipients-label", "left", True, True),
    "Recipients": Look("Nơi nhận, danh sách", "recipients", "left"),
    "AnnexLabel": Look("Phụ lục", "annex-label", bold=True, keep=True),
    "AnnexReference": Look("Phụ lục, kèm theo", "annex-reference", italic=True, keep=True),
    "Notes": Look("Ghi chú", "summary-notes", "justify"),
    "PageNumber": Look("Số trang", "page-number"),
    "Draft": Look("Dự thảo", "recipients-label", "right", bold=True),
    "Rule": Look("Đường kẻ", "summary-smallest"),
}
# Word's own headings, for its navigation: part, I., 1., 1.1. The capitals of a part's name are its
# text's, not the style's: LibreOffice would give them to "Phần I" above the name too.
HEADINGS: tuple[Look, ...] = (
    Look("Heading 1", "heading", bold=True, before=4, is_text=True, keep=True),
    Look("Heading 2", "heading", "left", True, caps=True, is_text=True, indented=True, keep=True),
    Look("Heading 3", "heading", "left", True, is_text=True, indented=True, keep=True),
    Look("Heading 4", "heading", "left", True, is_text=True, indented=True, keep=True),
)
NUMBERS = (
    ("upperRoman", "Phần %1"),
    ("upperRoman", "%2."),
    ("decimal", "%3."),
    ("decimal", "%3.%4."),
)
LIST = 1  # the numbering's identifier
KEPT = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Table Grid"}


def set_up_styles(document: Document, layout: Layout) -> int:
    """Leave nothing of the blank file's looks; gives the identifier of the headings' numbering."""
    _clear(document)
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)  # noqa: S101 -- every Word file has it
    normal.font.size = Pt(layout["body"].value)
    for key, look in LOOKS.items():
        style = document.styles.add_style(key, WD_STYLE_TYPE.PARAGRAPH)
        assert isinstance(style, ParagraphStyle)  # noqa: S101 -- told by the type asked for
        _dress(style, normal, look, layout)
        style.name = look.name
        style.quick_style = True
    number = _add_numbering(document)
    for level, look in enumerate(HEADINGS):
        style = document.styles[look.name]
        assert isinstance(style, ParagraphStyle)  # noqa: S101
        _dress(style, normal, look, layout)
        style.next_paragraph_style = document.styles[LOOKS["Body"].name]
        numbering = style.element.get_or_add_pPr().get_or_add_numPr()
        numbering.get_or_add_ilvl().val = level
        numbering.get_or_add_numId().val = number
    return number


def _clear(document: Document) -> None:
    headings = {look.name for look in HEADINGS}
    for style in list(document.styles):
        if style.name not in KEPT | headings:
            style.delete()
    root = document.styles.element
    for link in root.findall(f".//{qn('w:link')}"):  # to character styles that are gone
        link.getparent().remove(link)
    for fonts in root.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        for part in FACES:
            fonts.set(qn(f"w:{part}"), FACE)
    for language in root.iter(qn("w:lang")):
        for part in ("val", "eastAsia", "bidi"):
            language.set(qn(f"w:{part}"), LANGUAGE)
    for spacing in root.findall(f"{qn('w:docDefaults')}//{qn('w:spacing')}"):
        spacing.getparent().remove(spacing)


def _dress(style: ParagraphStyle, normal: ParagraphStyle, look: Look, layout: Layout) -> None:
    style.base_style = normal
    font, text = style.font, style.paragraph_format
    font.size = Pt(layout[look.size].value)
    font.bold, font.italic, font.all_caps = look.bold, look.italic, look.caps
    font.cs_bold, font.cs_italic = look.bold, look.italic
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for part in FACES:
        fonts.set(qn(f"w:{part}"), FACE)
    text.alignment = ALIGN[look.align]
    text.space_before = Mm(look.before)
    text.space_after = Pt(layout["paragraph-gap"].value if look.is_text else 0)
    text.line_spacing = layout["line-height"].value / SINGLE if look.is_text else CLOSE
    text.first_line_indent = Mm(layout["indent"].value if look.indented else 0)
    text.keep_with_next = look.keep
    text.widow_control = True


def _add_numbering(document: Document) -> int:
    """One list of four levels that the headings share, so that a new one moves the later ones."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:pStyle w:val="Heading{at + 1}"/><w:suff w:val="{"space" if at else "nothing"}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        "</w:lvl>"
        for at, (form, text) in enumerate(NUMBERS)
    )
    numbering = document.part.numbering_part.element
    for former in list(numbering):
        numbering.remove(former)
    numbering.append(
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{LIST}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        )
    )
    return int(numbering.add_num(LIST).numId)
