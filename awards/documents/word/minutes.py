"""The minutes of the conference as a Word file."""

from __future__ import annotations

from awards.documents.layout import LAYOUT, Layout
from awards.documents.minutes import Minutes
from awards.documents.minutes_votes import HeldVote
from awards.documents.prose import Block

from .parts import (
    write_ending,
    write_head,
    write_items,
    write_people,
    write_remarks,
    write_scores,
    write_text,
    write_title,
)
from .pen import Pen
from .prose import write_blocks
from .tables import INDEX, Column, Grid, numbered, write_table


def write(document: Minutes, *, draft: bool, layout: Layout = LAYOUT) -> bytes:
    pen = Pen(
        layout,
        title=document.title,
        author=document.header.body,
        created=document.created,
        draft=draft,
    )
    write_head(pen, document.header)
    write_title(pen, "Biên bản", document.subject)
    pen.heading(2, "Thời gian, địa điểm")
    write_text(pen, document.beginning)
    _write_attendance(pen, document)
    pen.heading(2, "Nội dung Hội nghị")
    _write_reading(pen, document)
    _write_discussion(pen, document)
    _write_decisions(pen, document)
    _write_end(pen, document)
    write_ending(pen, document.ending, document.signatures, document.recipient_lines)
    return pen.finish()


def _write_attendance(pen: Pen, document: Minutes) -> None:
    pen.heading(2, "Thành phần tham dự")
    absent = f" Đơn vị vắng mặt: {document.absence_line}." if document.absence_line else ""
    write_text(pen, document.attendance + absent)
    if document.written_opinions:
        write_text(pen, "Ý kiến bằng văn bản của đơn vị vắng mặt:", keep=True)
        write_remarks(pen, document.written_opinions)
    for at, delegation in enumerate(document.delegations, start=1):
        end = ":" if delegation.delegates else "."
        write_text(pen, f"{at}. {delegation.member}{end}", keep=bool(delegation.delegates))
        write_people(pen, delegation.delegates)
    if document.guests:
        write_text(pen, "Khách mời:", keep=True)
        write_people(pen, document.guests)
    write_text(pen, f"Chủ tọa: {document.chair.line}.")
    write_text(pen, f"Thư ký: {document.secretary.line}.")


def _write_section(pen: Pen, heading: str, blocks: tuple[Block, ...]) -> None:
    if blocks:
        pen.heading(3, heading)
        write_blocks(pen, blocks)


def _write_reading(pen: Pen, document: Minutes) -> None:
    _write_section(pen, "Khai mạc", document.opening)
    _write_section(pen, "Trình bày dự thảo báo cáo tổng kết", document.report)
    if document.score_text or document.scores:
        pen.heading(3, "Bảng tổng hợp chấm điểm thi đua")
        write_blocks(pen, document.score_text)
        write_scores(pen, document.scores, document.score_source, noted=document.scores_noted)


def _write_discussion(pen: Pen, document: Minutes) -> None:
    if document.has_discussion:
        pen.heading(3, "Thảo luận")
        write_blocks(pen, document.discussion)
        write_remarks(pen, document.remarks)
    for objection in document.objections:
        pen.write("Subhead", f"Kiến nghị của {objection.member} về điểm {objection.criterion}:")
        write_blocks(pen, objection.reason)
        pen.write("Subhead", "Ý kiến của Hội nghị:")
        write_blocks(pen, objection.reply)
    if document.score_changes:
        write_text(pen, "Điểm được Hội nghị điều chỉnh:", keep=True)
        _write_changes(pen, document)
    if document.outcomes:
        pen.heading(3, "Kết quả theo nội dung chương trình")
        write_remarks(pen, document.outcomes)


def _write_changes(pen: Pen, document: Minutes) -> None:
    asked = document.names_askers
    columns = (
        INDEX,
        Column("Đơn vị", 33),
        Column("Tiêu chí"),
        Column("Từ", 15, "right"),
        Column("Thành", 17, "right"),
        *((Column("Người đề nghị", 33),) if asked else ()),
        Column("Lý do"),
    )
    rows = [
        (
            *(change.member, change.criterion, change.before_text, change.after_text),
            *((change.asked_by,) if asked else ()),
            change.reason_text,
        )
        for change in document.score_changes
    ]
    write_table(pen, Grid(columns, numbered(rows)))


def _write_decisions(pen: Pen, document: Minutes) -> None:
    if document.votes:
        pen.heading(3, "Biểu quyết")
    for vote in document.votes:
        write_text(pen, f"- {vote.sentence}")
        if vote.reservations:
            write_text(pen, "Ý kiến khác:", keep=True)
            write_remarks(pen, vote.reservations)
    if document.tellers or document.held_votes:
        pen.heading(3, "Kết quả bỏ phiếu, biểu quyết từng nội dung")
    if document.tellers:
        write_text(pen, "Ban kiểm phiếu:", keep=True)
        write_people(pen, document.tellers)
    for held in document.held_votes:
        _write_held_vote(pen, held)
    if document.nomination_text or document.nominations:
        pen.heading(3, "Kết quả bình xét, đề nghị khen thưởng")
        write_blocks(pen, document.nomination_text)
        for nomination in document.nominations:
            write_text(pen, f"- {nomination.sentence}")


def _write_held_vote(pen: Pen, vote: HeldVote) -> None:
    pen.write("Subhead", vote.heading)
    if vote.cancelled:
        write_text(pen, vote.cancellation)
        return
    write_text(pen, vote.turnout)
    write_text(pen, vote.requirement)
    write_items(pen, vote.lines)
    for remark in vote.remarks:
        write_text(pen, remark)
    if vote.note:
        write_text(pen, "Ý kiến của chủ tọa:", keep=True)
        write_blocks(pen, vote.note)
    for member, said in vote.reservations:
        write_text(pen, f"Ý kiến khác của {member}:", keep=True)
        write_blocks(pen, said)


def _write_end(pen: Pen, document: Minutes) -> None:
    if document.elected:
        pen.heading(3, f"Bầu Khối trưởng, Khối phó năm {document.office_year}")
        write_items(pen, [elected.line for elected in document.elected])
    if document.handover:
        pen.heading(3, "Bàn giao cờ luân lưu")
        write_text(pen, document.handover.sentence)
    if document.board_remarks:
        pen.heading(3, "Ý kiến của cơ quan thi đua, khen thưởng tỉnh")
        write_remarks(pen, document.board_remarks)
    _write_section(pen, "Kết luận", document.conclusion)
