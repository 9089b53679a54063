"""The appraisal slip from a finished appraisal."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from awards.documents import facts
from awards.documents.appraisal import AppraisalRow, AppraisalSlip, Objection
from awards.documents.facts import Numbering
from awards.documents.header import SignatureBlock
from awards.documents.scored_sheet import ScoredSheet, read_sheet
from awards.documents.wording import points
from blocs.models import Membership, Office
from blocs.readiness import Missing, NotReady
from scoring.kernel.criteria import Stage
from scoring.models import ObjectionStatus, Sheet, SheetStatus
from scoring.sheet_rows import CONFERENCE, EXEMPT, LeafRow, NodeRow

STATES = {
    ObjectionStatus.OPEN: "Chưa trả lời",
    ObjectionStatus.ANSWERED: "Đơn vị thẩm định trả lời",
    ObjectionStatus.WITHDRAWN: "Đã rút",
    ObjectionStatus.CARRIED: "Chuyển Hội nghị xem xét",
    ObjectionStatus.SETTLED: "Hội nghị đã giải quyết",
}
CAPACITIES = {
    Office.LEADER: "Khối trưởng",
    Office.DEPUTY: "Khối phó",
    Office.MEMBER: "đơn vị được phân công thẩm định",
}


def gather(membership: Membership, numbering: Numbering) -> AppraisalSlip:
    """The finished appraisal. Raises ``NotReady`` while it goes on."""
    review = membership.review
    with translation.override("vi"):  # the papers are Vietnamese whatever the reader's screen
        scored = read_sheet(membership, appraisal=True)
        rows = tuple(_rows(scored))
    sheet = scored.sheet
    appraiser, appraised_at = sheet.appraiser, sheet.appraised_at
    if sheet.status != SheetStatus.APPRAISED or appraiser is None or appraised_at is None:
        raise NotReady([Missing(_("The finished appraisal of the sheet"))])
    appraiser.review = review  # its name is that of the review's last day
    return AppraisalSlip(
        header=facts.header(review, numbering),
        place_date=facts.place_date(review, numbering),
        member=membership.name,
        bloc=review.bloc.full_name,
        year=review.year,
        criteria=scored.rules.title,
        places=scored.rules.places,
        rows=rows,
        appraiser=f"{appraiser.name} ({CAPACITIES[Office(appraiser.office)]})",
        appraised_on=_day(appraised_at),
        accepted_on=_day(sheet.accepted_at) if sheet.accepted_at else None,
        objections=tuple(_objections(scored)),
        signatures=(
            facts.plain_signature("ĐẠI DIỆN ĐƠN VỊ THẨM ĐỊNH"),
            _signature(membership, sheet),
        ),
    )


def _day(moment: datetime.datetime) -> datetime.date:
    return timezone.localtime(moment).date()


def _signature(membership: Membership, sheet: Sheet) -> SignatureBlock:
    """The leader; on its own sheet the deputy, or the head of the agency named to appraise it."""
    if membership.office != Office.LEADER:
        return facts.plain_signature("KHỐI TRƯỞNG")
    if sheet.appraiser is not None and sheet.appraiser.office == Office.DEPUTY:
        return facts.plain_signature("KHỐI PHÓ")
    return facts.plain_signature("THỦ TRƯỞNG ĐƠN VỊ THẨM ĐỊNH")


def _rows(scored: ScoredSheet) -> Iterator[AppraisalRow]:
    rules = scored.rules
    claimed, appraised = (scored.result.totals[one] for one in (Stage.CLAIMED, Stage.APPRAISED))
    for group in scored.groups:
        for row in group.rows:
            yield _node(row) if isinstance(row, NodeRow) else _leaf(row, scored)
    yield AppraisalRow("sum", "", "Cộng điểm các nhóm", rules.scale, claimed.base, appraised.base)
    if scored.bonuses:
        yield AppraisalRow("part", "", "Điểm thưởng", None)
        yield from (_leaf(row, scored) for row in scored.bonuses)
        cap = f"Điểm thưởng được tính, không quá {points(rules.bonus_cap, rules.places)}"
        yield AppraisalRow("sum", "", cap, None, claimed.bonus, appraised.bonus)
    if scored.penalties:
        yield AppraisalRow("part", "", "Điểm trừ", None)
        yield from (_leaf(row, scored) for row in scored.penalties)
        yield AppraisalRow("sum", "", "Cộng điểm trừ", None, claimed.penalty, appraised.penalty)
    yield AppraisalRow("total", "", "Tổng điểm", None, claimed.total, appraised.total)


def _node(row: NodeRow) -> AppraisalRow:
    kind = "node" if row.depth else "group"
    return AppraisalRow(kind, row.code, row.name, row.max, row.claimed, row.appraised)


def _leaf(row: LeafRow, scored: ScoredSheet) -> AppraisalRow:
    return AppraisalRow(
        kind="leaf",
        code=row.leaf.code,
        name=row.leaf.name,
        max=row.max,
        claimed=row.claimed,
        appraised=row.appraised,
        applies=row.kind != EXEMPT,
        reason=_reason(row, scored),
    )


def _reason(row: LeafRow, scored: ScoredSheet) -> str:
    """The appraiser's reason with the figures in place of those claimed."""
    if row.kind == EXEMPT:
        return f"Không áp dụng: {row.reason}; {row.policy}"
    if row.kind == CONFERENCE:
        return "Hội nghị quyết định"
    if row.leaf.rule.kind == "relative" and row.appraised is None:
        return "Tính điểm khi có số liệu của cả Khối"
    if row.leaf.derived:
        return scored.way(row, Stage.APPRAISED)
    reason = row.score.appraisal_reason.strip() if row.score is not None else ""
    figures = row.appraised_figures
    return f"{reason} (số liệu thẩm định: {figures})".strip() if figures else reason


def _objections(scored: ScoredSheet) -> Iterator[Objection]:
    for score in scored.scores:
        for one in score.objections.all():
            yield Objection(
                criterion=f"{score.criterion.code}. {score.criterion.name}",
                raised_on=_day(one.raised_at),
                reason=one.reason,
                state=STATES[ObjectionStatus(one.status)],
                reply=one.reply,
            )
