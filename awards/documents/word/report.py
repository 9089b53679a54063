"""The year-end report as a Word file."""

from __future__ import annotations

from awards.documents.layout import LAYOUT, Layout
from awards.documents.prose import Block
from awards.documents.report import YearEndReport

from .parts import (
    write_addressees,
    write_ending,
    write_head,
    write_scores,
    write_text,
    write_title,
)
from .pen import Pen
from .prose import write_blocks
from .report_annexes import write_annexes
from .tables import INDEX, Column, Grid, numbered, write_table


def write(document: YearEndReport, *, draft: bool, layout: Layout = LAYOUT) -> bytes:
    pen = Pen(
        layout,
        title=document.title,
        author=document.header.body,
        created=document.created,
        draft=draft,
    )
    write_head(pen, document.header, document.place_date)
    write_title(pen, "Báo cáo", document.subject)
    write_addressees(pen, document.addressees)
    write_blocks(pen, document.opening_blocks)
    _write_situation(pen, document)
    if document.has_results or document.has_limits:
        pen.part(f"Kết quả công tác thi đua, khen thưởng năm {document.year}")
    _write_results(pen, document)
    _write_limits(pen, document)
    _write_directions(pen, document)
    if document.proposals:
        pen.unnumbered("Đề xuất, kiến nghị")
        write_blocks(pen, document.proposals)
    write_ending(pen, document.closing_text, (document.signature,), document.recipient_lines)
    write_annexes(pen, document)
    return pen.finish()


def _write_situation(pen: Pen, document: YearEndReport) -> None:
    if not (document.situation or document.members):
        return
    pen.unnumbered("Đặc điểm, tình hình")
    if document.members:
        write_text(
            pen,
            f"{document.bloc} năm {document.year} gồm {document.member_count} cơ quan, đơn vị "
            "thành viên:",
            keep=True,
        )
        staff, heads = document.shows_staff, document.shows_heads
        columns = (
            INDEX,
            Column("Đơn vị"),
            *((Column("Biên chế", 21, "right"),) if staff else ()),
            *((Column("Người đứng đầu", 53),) if heads else ()),
            Column("Vai trò", 29, "middle"),
        )
        rows = [
            (
                member.name,
                *((member.staff_text,) if staff else ()),
                *((member.head,) if heads else ()),
                member.role,
            )
            for member in document.members
        ]
        write_table(pen, Grid(columns, numbered(rows)))
    write_blocks(pen, document.situation)


def _write_section(pen: Pen, level: int, heading: str, blocks: tuple[Block, ...]) -> None:
    """A heading with its text; neither without the other."""
    if blocks:
        pen.heading(level, heading)
        write_blocks(pen, blocks)


def _write_results(pen: Pen, document: YearEndReport) -> None:
    if not document.has_results:
        return
    pen.heading(2, "Những kết quả đạt được")
    _write_section(pen, 3, "Công tác lãnh đạo, chỉ đạo", document.leadership)
    _write_section(pen, 3, "Tổ chức phong trào thi đua", document.movements)
    if document.reported_sections:
        pen.heading(3, "Kết quả thực hiện nhiệm vụ chính trị của từng đơn vị")
        for section in document.reported_sections:
            _write_section(pen, 4, section.name, section.results)
    if document.has_exemplars:
        pen.heading(3, "Điển hình tiên tiến, mô hình mới")
        write_blocks(pen, document.exemplars)
        if document.exemplar_reference:
            write_text(pen, document.exemplar_reference)
    _write_rewards(pen, document)
    _write_section(pen, 3, "Hoạt động của Khối", document.activities)
    _write_ranking(pen, document)


def _write_rewards(pen: Pen, document: YearEndReport) -> None:
    if not (document.rewards or document.reward_lines):
        return
    pen.heading(3, "Công tác khen thưởng")
    write_blocks(pen, document.rewards)
    if not document.reward_lines:
        return
    if not document.rewards:
        write_text(
            pen,
            f"Kết quả khen thưởng của các đơn vị thành viên trong năm {document.year}:",
            keep=True,
        )
    columns = (
        INDEX,
        Column("Danh hiệu, hình thức khen thưởng"),
        Column("Tập thể", 23, "right"),
        Column("Cá nhân", 23, "right"),
    )
    lines = document.reward_lines
    rows = [(line.form, line.collectives_text, line.individuals_text) for line in lines]
    write_table(pen, Grid(columns, numbered(rows)))
    if document.reward_reference:
        write_text(pen, document.reward_reference)


def _write_ranking(pen: Pen, document: YearEndReport) -> None:
    if not document.has_ranking:
        return
    pen.heading(3, "Kết quả chấm điểm, xếp hạng và bình xét")
    write_blocks(pen, document.score_text)
    if document.scores and not document.score_text:
        write_text(
            pen,
            f"Kết quả chấm điểm, xếp hạng của các đơn vị thành viên năm {document.year}:",
            keep=True,
        )
    write_scores(pen, document.scores, document.score_reference, noted=document.scores_noted)
    if document.nominations:
        write_text(
            pen, f"Căn cứ kết quả chấm điểm và bình xét, {document.bloc} thống nhất:", keep=True
        )
        for nomination in document.nominations:
            write_text(pen, f"- {nomination.sentence}")


def _write_limits(pen: Pen, document: YearEndReport) -> None:
    if document.has_limits:
        pen.heading(2, "Tồn tại, hạn chế và nguyên nhân")
        _write_section(pen, 3, "Tồn tại, hạn chế", document.limits)
        _write_section(pen, 3, "Nguyên nhân", document.causes)
        _write_section(pen, 3, "Bài học kinh nghiệm", document.lessons)


def _write_directions(pen: Pen, document: YearEndReport) -> None:
    if document.has_directions:
        pen.part(f"Phương hướng, nhiệm vụ năm {document.office_year}")
        _write_section(pen, 2, "Mục tiêu", document.goals)
        _write_section(pen, 2, "Nhiệm vụ", document.tasks)
        _write_section(pen, 2, "Giải pháp", document.solutions)
