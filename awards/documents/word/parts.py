"""What the papers share in Word: head, title, addressees, ranking, signatures, recipients."""

from __future__ import annotations

from collections.abc import Sequence

from docx.shared import Mm
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from awards.documents.header import Header, PlaceDate, SignatureBlock
from awards.documents.minutes import Person, Remark
from awards.documents.results import ScoreLine
from awards.documents.summary import Annex

from .pen import Pen
from .prose import write_blocks
from .styles import ALIGN
from .tables import INDEX, Column, Grid, frame, frame_row, numbered, write_table
from .widths import longest_line

STATE_WIDTH = 97.0  # mm of the national name's side
NATION, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
BREATH = 2.0  # mm between the two sides
ASIDE = 0.42  # share of the recipients beside a signature
LAST_OF_THREE = 0.46  # the office of the one on the right needs the most room
BEFORE_SIGNATURES = 4.0
BELOW = 4.0  # mm below the title, the addressees, the head of an annex
TITLE_EDGE = 8.0  # mm that a subject keeps from either side


def write_head(pen: Pen, header: Header, place_date: PlaceDate | None = None) -> None:
    """Two sides without lines, and the rules below the issuer and the motto."""
    widths = (pen.room - STATE_WIDTH, STATE_WIDTH)
    head = frame(pen, widths)
    left, right = frame_row(head, widths)
    if header.parent:
        pen.write("Parent", header.parent, cell=left)
    pen.write("Issuer", header.body, cell=left)
    if header.is_party:
        pen.write("Issuer", "*", cell=left)
    else:
        _rule_below(pen, left, header.body, "issuer", widths[0] - BREATH, share="issuer-rule")
    if header.is_party:
        pen.write("Nation", PARTY, cell=right)
        _rule_below(pen, right, PARTY, "nation", widths[1])
    else:
        pen.write("Nation", NATION, cell=right)
        pen.write("Motto", MOTTO, cell=right)
        _rule_below(pen, right, MOTTO, "motto", widths[1])
    if header.number_line or place_date:
        left, right = frame_row(head, widths)
        pen.write("Number", header.number_line, cell=left)
        pen.write("PlaceDate", place_date.line if place_date else "", cell=right)


def _rule_below(
    pen: Pen, cell: _Cell, text: str, size: str, room: float, *, share: str = ""
) -> None:
    length = longest_line(text, pen.layout[size].value, room, bold=True)
    pen.rule(length * (pen.layout[share].value if share else 1), room, cell=cell)


def write_title(pen: Pen, name: str, subject: str) -> None:
    pen.write("PaperTitle", name)
    paragraph = pen.write("Subject", subject).paragraph_format
    paragraph.left_indent = paragraph.right_indent = Mm(TITLE_EDGE)
    room = pen.room - 2 * TITLE_EDGE
    length = longest_line(subject, pen.layout["subject"].value, room, bold=True)
    rule = pen.rule(length * pen.layout["subject-rule"].value, pen.room)
    rule.paragraph_format.space_after = Mm(BELOW)


def write_addressees(pen: Pen, names: Sequence[str], through: str = "") -> None:
    """One on the line of "Kính gửi", several with dashes below one another."""
    if len(names) == 1:
        last = pen.write("Addressee", f"Kính gửi: {names[0]}.")
    elif names:
        last = _write_listed(pen, names)
    else:
        return
    if through:
        last = pen.write("Addressee", f"(Qua {through})")
        last.paragraph_format.space_before = Mm(0)
    last.paragraph_format.space_after = Mm(BELOW)


def _write_listed(pen: Pen, names: Sequence[str]) -> Paragraph:
    indent = pen.room * 0.2
    last = pen.write("Addressee", "Kính gửi:")
    last.alignment = ALIGN["left"]
    last.paragraph_format.left_indent = Mm(indent)
    for at, name in enumerate(names, start=1):
        last = pen.write("Addressees", f"- {name}{'.' if at == len(names) else ';'}")
        last.paragraph_format.left_indent = Mm(indent + pen.layout["indent"].value)
    return last


def write_text(pen: Pen, text: str, *, keep: bool = False) -> None:
    """One paragraph of the paper's own words; ``keep`` holds it to what it introduces."""
    pen.write("Body", text).paragraph_format.keep_with_next = keep or None


def write_items(pen: Pen, lines: Sequence[str]) -> None:
    """``- …;`` lines, a stop after the last."""
    for at, line in enumerate(lines, start=1):
        write_text(pen, f"- {line}{'.' if at == len(lines) else ';'}")


def write_people(pen: Pen, people: Sequence[Person]) -> None:
    write_items(pen, [person.line for person in people])


def write_remarks(pen: Pen, remarks: Sequence[Remark]) -> None:
    for remark in remarks:
        pen.write("Subhead", f"{remark.speaker}:")
        write_blocks(pen, remark.text)


def write_scores(pen: Pen, scores: Sequence[ScoreLine], source: str, *, noted: bool) -> None:
    """The short table of scores and ranks, and where its numbers come from."""
    if not scores:
        return
    columns = (
        INDEX,
        Column("Đơn vị"),
        Column("Tổng điểm", 25, "right"),
        Column("Xếp hạng", 23, "middle"),
        Column("Xếp loại", 22, "middle"),
        *((Column("Ghi chú", 30),) if noted else ()),
    )
    rows = [
        (line.name, line.total_text, line.rank, line.grade, *((line.note,) if noted else ()))
        for line in scores
    ]
    write_table(pen, Grid(columns, numbered(rows)))
    if source:
        write_text(pen, source)


def write_annex_head(pen: Pen, annex: Annex, title: str, below: str = "") -> None:
    pen.write("AnnexLabel", annex.label)
    pen.write("PaperTitle", title).paragraph_format.space_before = Mm(4)
    if below:
        for run in pen.write("Subject", below).runs:
            run.font.all_caps = True
    pen.write("AnnexReference", annex.reference).paragraph_format.space_after = Mm(BELOW)


def write_ending(
    pen: Pen, text: str, signatures: Sequence[SignatureBlock], recipients: tuple[str, ...]
) -> None:
    """The last words with the signatures: they stay on one page.

    One signature stands beside the recipients, several side by side above them.
    """
    write_text(pen, text, keep=True)
    if len(signatures) == 1:
        write_signatures(pen, signatures, recipients)
        return
    write_signatures(pen, signatures)
    pen.gap()
    _write_recipients(pen, recipients, None)


def write_signatures(
    pen: Pen, signatures: Sequence[SignatureBlock], aside: tuple[str, ...] = ()
) -> None:
    """Titles on one line, names on another, room for pen and seal between."""
    widths = _signature_widths(pen.room, len(signatures), aside=bool(aside))
    table = frame(pen, widths)
    skipped = 1 if aside else 0
    titles, names = frame_row(table, widths), frame_row(table, widths, low=True)
    if aside:
        _write_recipients(pen, aside, titles[0].merge(names[0]))
    is_landscape = pen.room > 200
    space = pen.layout["signing-space-landscape" if is_landscape else "signing-space"].value
    for signature, cell in zip(signatures, titles[skipped:], strict=True):
        for line in (signature.authority_line, signature.title_line):
            if line:
                pen.write("Signature", line.upper(), cell=cell)
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True
        cell.paragraphs[0].paragraph_format.space_before = Mm(BEFORE_SIGNATURES)
    for signature, cell in zip(signatures, names[skipped:], strict=True):
        for line in (signature.office_line.upper(), signature.name):
            if line:
                pen.write("Signature", line, cell=cell)
        cell.paragraphs[0].paragraph_format.space_before = Mm(space)
    pen.below_table()


def _signature_widths(room: float, count: int, *, aside: bool) -> list[float]:
    if aside:
        return [room * ASIDE, room * (1 - ASIDE)]
    if count == 3:
        rest = (1 - LAST_OF_THREE) / 2
        return [room * rest, room * rest, room * LAST_OF_THREE]
    return [room / count] * count


def _write_recipients(pen: Pen, lines: tuple[str, ...], cell: _Cell | None) -> None:
    if not lines:
        return
    if cell is not None:
        for surplus in cell.paragraphs[1:]:  # merged cells bring theirs along
            surplus._p.getparent().remove(surplus._p)
    label = pen.write("RecipientsLabel", "Nơi nhận:", cell=cell).paragraph_format
    label.space_before = Mm(BEFORE_SIGNATURES)
    label.keep_with_next = True
    for line in lines:
        pen.write("Recipients", line, cell=cell)
