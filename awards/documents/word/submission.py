"""The submission letter with its list as a Word file."""

from __future__ import annotations

from awards.documents.layout import LAYOUT, Layout
from awards.documents.submission import SubmissionLetter
from awards.documents.summary import Annex

from .parts import (
    write_addressees,
    write_annex_head,
    write_ending,
    write_head,
    write_text,
    write_title,
)
from .pen import Pen
from .prose import write_blocks
from .tables import Column, Grid, numbered, write_table


def write(document: SubmissionLetter, *, draft: bool, layout: Layout = LAYOUT) -> bytes:
    pen = Pen(
        layout,
        title=document.title,
        author=document.header.body,
        created=document.created,
        draft=draft,
    )
    write_head(pen, document.header, document.place_date)
    write_title(pen, "Tờ trình", document.subject)
    write_addressees(pen, document.addressees, document.through)
    for line in document.ground_lines:
        pen.write("Ground", line)
    write_blocks(pen, document.opening)
    write_text(pen, document.request_words, keep=True)
    for line in (*document.request_lines, document.list_words):
        write_text(pen, line)
    write_text(pen, "Hồ sơ kèm theo gồm:", keep=True)
    for line in document.enclosure_lines:
        write_text(pen, line)
    write_blocks(pen, document.closing)
    write_ending(pen, document.closing_text, (document.signature,), document.recipient_lines)
    pen.annex(landscape=True)
    write_annex_head(pen, Annex("Phụ lục", document.list_reference), document.list_title)
    _write_list(pen, document)
    return pen.finish()


def _write_list(pen: Pen, document: SubmissionLetter) -> None:
    columns = (
        Column("STT", 13, "middle"),
        Column("Tên tập thể", 50),
        Column("Danh hiệu, hình thức", 34),
        Column("Tổng điểm", 17, "right"),
        Column("Xếp hạng", 15, "middle"),
        Column("Số phiếu, tỷ lệ", 32, "middle"),
        Column("Tóm tắt thành tích"),
    )
    rows = [
        (
            member.name,
            member.award,
            member.total_text,
            member.rank_text,
            f"{member.votes_text}, {member.share_text}",
            member.grounds,
        )
        for member in document.members
    ]
    write_table(pen, Grid(columns, numbered(rows), size="list-text"))
