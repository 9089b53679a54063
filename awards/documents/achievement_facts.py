"""A proposed member's report of achievements from the records."""

from __future__ import annotations

import datetime

from django.utils.translation import gettext as _

from awards.award_history import HistoryLine, history_of
from awards.documents import achievement as a
from awards.documents import facts
from awards.documents.facts import Numbering
from awards.documents.header import SignatureBlock
from awards.models import DocumentKind, Proposal, ProposalStatus
from blocs.models import Agency, Membership, Role, User
from blocs.readiness import Missing, NotReady
from scoring.models import Summary
from scoring.tables import Row, Table

HEAD = "Thủ trưởng đơn vị"


def gather(membership: Membership, numbering: Numbering) -> a.AchievementReport:
    """The report (BC) of one member, under its own head and in its own series.

    Raises ``NotReady`` where the conference did not propose the member, or the leader withdrew
    the proposal.
    """
    review, agency = membership.review, membership.agency
    rows = Proposal.objects.filter(membership=membership).exclude(status=ProposalStatus.WITHDRAWN)
    proposal = rows.select_related("award").first()
    if proposal is None:
        text = _("A proposal for this member: only members that are proposed report achievements")
        raise NotReady([Missing(text)])
    texts = facts.texts(review, DocumentKind.ACHIEVEMENT, agency.slug)
    table, summary = facts.table_and_version(review)
    row = next((one for one in table.rows if one.slug == agency.slug), None)
    past = _past(membership, numbering.dated)
    name = agency.name_on(numbering.dated or review.last_day).full
    written = ("situation", "functions", "results", "measures", "compliance", "organisations")
    return a.AchievementReport(
        header=facts.agency_header(membership, numbering),
        place_date=facts.place_date(review, numbering),
        member=name,
        bloc=review.bloc.full_name,
        year=review.year,
        award=proposal.award.name,
        figures=_figures(table, row) if _is_adopted(summary) and row else (),
        outcome=_outcome(table, row) if _is_adopted(summary) and row else "",
        titles=tuple(_past_line(line) for line in past if line.is_title),
        rewards=tuple(_past_line(line) for line in past if not line.is_title),
        signature=head_signature(agency),
        **{section: texts.get(section, ()) for section in written},
    )


def _is_adopted(summary: Summary | None) -> bool:
    return summary is not None and summary.adopted_at is not None


def _figures(table: Table, row: Row) -> tuple[a.FigureLine, ...]:
    """Groups, bonus, penalty and total: what the member claimed, what the conference agreed."""
    claimed, agreed, places = row.claimed, row.agreed, table.places
    groups = zip(table.groups, claimed.groups, agreed.groups, strict=True)
    lines = [
        a.FigureLine(f"{group.code}. {group.name}", group.max, own, theirs, places)
        for group, own, theirs in groups
    ]
    return (
        *lines,
        a.FigureLine("Điểm thưởng", None, claimed.bonus, agreed.bonus, places),
        a.FigureLine("Điểm trừ", None, claimed.penalty, agreed.penalty, places),
        a.FigureLine("Tổng điểm", None, claimed.total, agreed.total, places, is_total=True),
    )


def _outcome(table: Table, row: Row) -> str:
    """``Xếp thứ 1/5 đơn vị thuộc Khối; xếp loại Xuất sắc.``"""
    ranked = sum(one.rank is not None for one in table.rows)
    parts = [f"xếp thứ {row.rank}/{ranked} đơn vị được xếp hạng của Khối" if row.rank else ""]
    parts.append(f"xếp loại {row.grade}" if row.grade else "")
    words = "; ".join(part for part in parts if part)
    return f"Kết quả: {words}." if words else ""


def _past(membership: Membership, dated: datetime.date | None) -> list[HistoryLine]:
    """What was received in earlier years, or before the day of the paper."""
    review = membership.review
    lines = [line for line in history_of(membership.agency) if line.year <= review.year]
    return [
        line
        for line in lines
        if (line.own is not None or line.year < review.year)
        and (dated is None or line.decision_date <= dated)
    ]


def _past_line(line: HistoryLine) -> a.PastLine:
    return a.PastLine(
        line.year, line.name, line.decision_number, line.decision_date, line.authority
    )


def head_signature(agency: Agency) -> SignatureBlock:
    """The head of an agency signs its own paper; a deputy in the head's place (``KT.``)."""
    heads = User.objects.filter(agency=agency, role=Role.HEAD, is_active=True)
    head = heads.order_by("pk").first()
    position = head.position if head else ""
    # An account that bears the office's name names nobody: room for a pen.
    named = head is not None and not (position and head.full_name.startswith(position))
    name = facts.bare_name(head.full_name) if head is not None and named else ""
    if position.casefold().startswith("phó"):
        return SignatureBlock("KT.", HEAD.upper(), position.upper(), "", name)
    office = position.upper() if position.casefold() != HEAD.casefold() else ""
    return SignatureBlock("", "", HEAD.upper(), office, name)
