"""The score sheet from a member's claims and its library of evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils import timezone, translation

from awards.documents import evidence_list_facts, facts
from awards.documents.evidence_list import EvidenceList
from awards.documents.facts import Numbering
from awards.documents.scored_sheet import ScoredSheet, read_sheet
from awards.documents.sheet import ScoreSheet, SheetRow
from awards.documents.wording import capitalised, points
from blocs.models import Membership
from scoring.kernel.criteria import Stage
from scoring.sheet_rows import AUTO, CONFERENCE, EXEMPT, LeafRow, NodeRow


def gather(membership: Membership, numbering: Numbering) -> ScoreSheet:
    """What the member claims now; the points of later stages are none of this paper's."""
    review = membership.review
    with translation.override("vi"):  # the papers are Vietnamese whatever the reader's screen
        scored = read_sheet(membership, appraisal=False)
        evidence = evidence_list_facts.gather(scored.sheet)
        rows = tuple(_rows(scored, evidence))
    submitted = scored.sheet.submitted_at if scored.sheet.is_received else None
    return ScoreSheet(
        header=facts.agency_header(membership, numbering),
        place_date=facts.place_date(review, numbering),
        member=membership.name,
        bloc=review.bloc.full_name,
        year=review.year,
        criteria=scored.rules.title,
        places=scored.rules.places,
        rows=rows,
        submitted_on=timezone.localtime(submitted).date() if submitted else None,
        evidence=evidence,
        signatures=(
            facts.plain_signature("NGƯỜI LẬP BẢNG"),
            facts.plain_signature("THỦ TRƯỞNG ĐƠN VỊ"),
        ),
    )


def _rows(scored: ScoredSheet, evidence: EvidenceList) -> Iterator[SheetRow]:
    numbers: dict[str, tuple[int, ...]] = {}
    for number, item in enumerate(evidence.items, start=1):
        for code in item.codes:
            numbers[code] = (*numbers.get(code, ()), number)
    for group in scored.groups:
        for row in group.rows:
            yield _node(row) if isinstance(row, NodeRow) else _leaf(row, scored, numbers)
    totals, rules = scored.result.totals[Stage.CLAIMED], scored.rules
    yield SheetRow("sum", "", "Cộng điểm các nhóm", rules.scale, totals.base)
    if scored.bonuses:
        yield SheetRow("part", "", "Điểm thưởng", None)
        yield from (_leaf(row, scored, numbers) for row in scored.bonuses)
        cap = f"Điểm thưởng được tính, không quá {points(rules.bonus_cap, rules.places)}"
        yield SheetRow("sum", "", cap, None, totals.bonus)
    if scored.penalties:
        yield SheetRow("part", "", "Điểm trừ", None)
        yield from (_leaf(row, scored, numbers) for row in scored.penalties)
        yield SheetRow("sum", "", "Cộng điểm trừ", None, totals.penalty)
    yield SheetRow("total", "", "Tổng điểm tự chấm", None, totals.total)


def _node(row: NodeRow) -> SheetRow:
    kind = "node" if row.depth else "group"
    return SheetRow(kind, row.code, row.name, row.max, row.claimed, figures=capitalised(row.note))


def _leaf(row: LeafRow, scored: ScoredSheet, numbers: Mapping[str, tuple[int, ...]]) -> SheetRow:
    code = row.leaf.code
    note = row.score.explanation.strip() if row.score is not None else ""
    if row.is_provisional:
        note = f"Số liệu tạm tính. {note}".strip()
    return SheetRow(
        kind="leaf",
        code=code,
        name=row.leaf.name,
        max=row.max,
        claimed=row.claimed,
        applies=row.kind != EXEMPT,
        figures=_figures(row, scored),
        note=note,
        evidence=numbers.get(code, ()),
    )


def _figures(row: LeafRow, scored: ScoredSheet) -> str:
    """What the member gave, and how points come of it; else why it gave nothing."""
    if row.kind == EXEMPT:
        parts = [f"Không áp dụng: {row.reason}", row.policy]
    elif row.kind == CONFERENCE:
        parts = ["Hội nghị quyết định"]
    elif row.leaf.rule.kind == "relative" and row.claimed is None and row.figures:
        parts = [row.figures, "tính điểm khi có số liệu của cả Khối"]
    else:
        source = f"{row.source}: {row.figures}" if row.kind == AUTO else row.figures
        parts = [source, scored.way(row, Stage.CLAIMED)]
    return "\n".join(capitalised(part) for part in parts if part)
