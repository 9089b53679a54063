"""The summary table from the version in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from awards.documents import facts
from awards.documents import summary as s
from awards.documents.facts import Numbering
from awards.documents.header import SignatureBlock
from awards.documents.wording import count_words, points
from awards.models import Conference
from blocs.models import Review
from scoring.models import CriteriaSet, CriteriaStatus, Summary
from scoring.table_charts import ChartWords, has_agreed, paired_charts, stacked_charts
from scoring.tables import Column, Row, Table

EFFECTS = {
    "EXCLUDE_FLAG": "Không xét Cờ thi đua",
    "EXCLUDE_ALL": "Không xét khen thưởng",
    "CAP_GRADE": "Khống chế mức xếp loại",
    "UNRANK": "Không xếp hạng",
    "SUSPEND": "Chưa xét khen thưởng",
}

POLICIES = {
    "FULL": "được tính điểm tối đa",
    "RESCALE": "được quy đổi theo tỷ lệ các tiêu chí còn lại của nhóm",
    "BLOC_AVERAGE": "được tính bằng điểm bình quân của các đơn vị khác trong Khối",
}

WORDS = ChartWords(
    stacked="Điểm theo nhóm tiêu chí, điểm thưởng và điểm trừ",
    stacked_description="Mỗi đơn vị một thanh, theo thứ tự xếp hạng; số liệu ở bảng kèm theo.",
    paired="Điểm tự chấm và điểm thẩm định",
    paired_description="Tổng điểm của từng bước chấm; số liệu ở bảng kèm theo.",
    part="phần",
    bonus="Điểm thưởng",
    penalty="Điểm trừ",
    stages=("Tự chấm", "Khối thẩm định", "Hội nghị thống nhất"),
)


def gather(review: Review, numbering: Numbering) -> s.SummaryTable:
    """The summary table: members by groups, one landscape sheet, signed by three."""
    table, version = facts.table_and_version(review)
    conference = facts.conference_of(review)
    plain = summarised(review, numbering, table, version, conference)
    return replace(plain, charts=_charts(table))


def summarised(
    review: Review,
    numbering: Numbering,
    table: Table,
    version: Summary | None,
    conference: Conference | None,
) -> s.SummaryTable:
    """The table without its pictures, as it also stands behind the year-end report."""
    adopted = version.adopted_at if version else None
    rules = CriteriaSet.objects.filter(review=review, status=CriteriaStatus.ADOPTED).first()
    cap = Decimal(rules.terms["bonus_cap"]) if rules else None
    leader = facts.leader_signature(review, conference)
    return s.SummaryTable(
        header=facts.header(review, numbering),
        place_date=facts.place_date(review, numbering),
        annex=None,
        bloc=review.bloc.full_name,
        year=review.year,
        places=table.places,
        groups=tuple(s.Group(group.code, group.name, group.max) for group in table.groups),
        bonus_cap=cap,
        rows=tuple(_summary_row(row) for row in table.rows),
        version=version.version if version else 0,
        adopted_on=conference.held_on if conference and adopted else None,
        sha256=table.sha256,
        policies=_policies(table),
        notes=("Tiêu chí tự chấm sát được tính sau khi thẩm định, không có ở cột tự chấm.",),
        signatures=(
            facts.plain_signature("NGƯỜI LẬP BẢNG"),
            facts.plain_signature("KHỐI PHÓ"),
            SignatureBlock("", "", leader.title_line, leader.office_line, leader.name),
        ),
    )


def _charts(table: Table) -> s.Charts:
    """Both pictures, and the very numbers that they are drawn from."""
    shown = 3 if has_agreed(table) else 2
    return s.Charts(
        stacked=stacked_charts(table, WORDS),
        paired=paired_charts(table, WORDS),
        stages=WORDS.stages[:shown],
        lines=tuple(_chart_line(row, shown, table.places) for row in table.rows),
    )


def _chart_line(row: Row, shown: int, places: int) -> s.ChartLine:
    totals = (row.claimed.total, row.appraised.total, row.agreed.total)[:shown]
    return s.ChartLine(
        name=row.name,
        agreed=_scores(row.agreed).cells(places),
        totals=tuple(points(total, places) for total in totals),
        delta=points(row.delta, places),
    )


def _scores(column: Column) -> s.Scores:
    return s.Scores(column.groups, column.bonus, column.penalty, column.total)


def _summary_row(row: Row) -> s.SummaryRow:
    notes = [facts.tie_note(row)]
    if row.late_days:
        notes.append(f"Nộp trễ hạn {count_words(row.late_days)} ngày")
    if row.knockouts:
        notes.append(f"Không xét: {', '.join(row.knockouts)}")
    notes += [_finding(found) for found in row.findings]
    if row.provisional:
        notes.append(f"Tạm tính: {', '.join(row.provisional)}")
    return s.SummaryRow(
        name=row.name,
        claimed=_scores(row.claimed),
        appraised=_scores(row.appraised),
        agreed=row.agreed.total,
        delta=row.delta,
        rank=str(row.rank or ""),
        grade=row.grade,
        note="; ".join(note for note in notes if note),
        unranked_reason=row.unranked_reason if row.unranked else "",
    )


def _finding(found: Mapping[str, str]) -> str:
    day = date.fromisoformat(found["date"])
    return (
        f"{EFFECTS[found['effect']]} theo văn bản số {found['document']} ngày {day:%d/%m/%Y} của "
        f"{found['source']}"
    )


def _policies(table: Table) -> tuple[str, ...]:
    """How criteria that do not apply (KAD) were counted, one sentence a policy that was used."""
    used: dict[str, list[str]] = {}
    for row in table.rows:
        for code, policy in row.not_applicable.items():
            used.setdefault(policy, []).append(f"{code} ({row.short})")
    return tuple(
        f"Tiêu chí không áp dụng (KAD) {POLICIES[policy]}: {', '.join(codes)}."
        for policy, codes in used.items()
    )
