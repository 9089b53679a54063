"""The minutes of the conference from the records."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TypedDict

from django.utils.translation import gettext as _

from awards.documents import facts
from awards.documents import minutes as m
from awards.documents.facts import Numbering
from awards.documents.prose import blocks
from awards.models import (
    Conference,
    DocumentKind,
    FlagHandover,
    Method,
    Resolution,
    ResolutionKind,
    RoomDecision,
)
from blocs.canonical import sha256_of
from blocs.models import Membership, Office, Review
from blocs.readiness import Missing, NotReady
from scoring.models import ScoreChange, ScoreStage
from scoring.tables import Table

QUESTIONS = {
    ResolutionKind.ADOPT_REPORT: "Thông qua báo cáo tổng kết",
    ResolutionKind.ADOPT_SUMMARY: "Thông qua bảng tổng hợp chấm điểm",
}


def gather(review: Review, numbering: Numbering) -> m.Minutes:
    """The minutes of the conference (BB, form 1.9); they state day and place in the text.

    Raises ``NotReady`` before the conference has been planned.
    """
    conference = facts.conference_of(review)
    if conference is None:
        raise NotReady([Missing(_("The plan of the conference"))])
    texts = facts.texts(review, DocumentKind.MINUTES)
    members = facts.members_of(review)
    resolutions = facts.resolutions_of(conference)
    attendances = {one.membership_id: one for one in conference.attendances.all()}
    present = [one for one in members if one.pk in attendances and attendances[one.pk].present]
    delegates = list(conference.delegates.all())
    chair = m.Person(
        conference.chair_name, f"{conference.chair_position}, {facts.OFFICES[Office.LEADER]}"
    )
    table, summary = facts.table_and_version(review)
    written = ("opening", "report", "score_text", "discussion", "nomination_text", "conclusion")
    return m.Minutes(
        header=facts.header(review, numbering),
        bloc=review.bloc.full_name,
        year=review.year,
        office_year=review.year + 1,
        day=conference.held_on,
        started_at=conference.starts_at,
        venue=conference.venue,
        member_count=len(members),
        present_count=len(present),
        delegations=tuple(
            m.Delegation(
                member.name,
                tuple(
                    m.Person(one.name, one.position)
                    for one in delegates
                    if one.membership_id == member.pk
                ),
            )
            for member in present
        ),
        absences=tuple(
            m.Absence(member.name, attendances[member.pk].absence_reason)
            for member in members
            if member.pk in attendances and member not in present
        ),
        guests=tuple(
            m.Person(one.name, one.position) for one in delegates if one.membership_id is None
        ),
        chair=chair,
        secretary=m.Person(conference.secretary_name, conference.secretary_position),
        scores=facts.score_lines(table),
        score_source=facts.score_source(summary),
        remarks=tuple(_remarks(conference, members, guests=False)),
        score_changes=_score_changes(review, table),
        votes=tuple(
            _vote_on(resolution, len(present))
            for resolution in resolutions
            if resolution.kind in QUESTIONS or resolution.kind == ResolutionKind.OTHER
        ),
        nominations=facts.nominations(review, resolutions, votes=True),
        elected=tuple(
            m.Elected(
                f"{facts.OFFICES[Office(one.office)]} năm {review.year + 1}",
                one.membership.name,
                f"{facts.METHODS[Method(one.method)]}, {facts.vote_words(one)}",
            )
            for one in resolutions
            if one.kind == ResolutionKind.ELECT and one.carried and one.membership
        ),
        handover=_handover(conference),
        board_remarks=tuple(_remarks(conference, members, guests=True)),
        adopted_at=conference.minutes_adopted_at or conference.ends_at,
        ended_at=conference.ends_at,
        recipients=(f"Các đơn vị thành viên {review.bloc.name}", "Lưu: VT, Hồ sơ"),
        secretary_signature=facts.plain_signature("THƯ KÝ", conference.secretary_name),
        chair_signature=facts.plain_signature("CHỦ TỌA", conference.chair_name),
        **{section: texts.get(section, ()) for section in written},
    )


def fingerprint(review: Review) -> str:
    """The hash of what the minutes state, apart from their number and the hours of their end.

    The conference adopts its minutes by this hash; nothing that they state may change afterwards.
    """
    stated = replace(gather(review, Numbering("", "", None)), adopted_at=None, ended_at=None)
    facts_text = json.dumps(asdict(stated), default=str, ensure_ascii=False, sort_keys=True)
    return sha256_of(facts_text)


def _remarks(conference: Conference, members: list[Membership], *, guests: bool) -> list[m.Remark]:
    names = {member.pk: member.name for member in members}
    return [
        m.Remark(
            ", ".join(
                part for part in (names.get(one.membership_id or 0, ""), one.speaker) if part
            ),
            blocks(one.text),
        )
        for one in conference.remarks.all()
        if (one.membership_id is None) == guests
    ]


def _score_changes(review: Review, table: Table) -> tuple[m.ScoreChange, ...]:
    """What the room changed, as it stood in the end; a score set to what it was is no change."""
    rows = (
        ScoreChange.objects.filter(stage=ScoreStage.AGREED, score__sheet__membership__review=review)
        .select_related("score__criterion", "score__sheet__membership")
        .order_by("score__sheet__membership__position", "score__criterion__position", "pk")
    )
    names = {row.slug: row.name for row in table.rows}
    decisions = {
        one.change_id: one
        for one in RoomDecision.objects.filter(conference__review=review).select_related(
            "membership__agency", "membership__review"
        )
    }
    latest = {row.score_id: row for row in rows.select_related("score__sheet__membership__agency")}
    return tuple(
        m.ScoreChange(
            member=names[row.score.sheet.membership.agency.slug],
            criterion=f"{row.score.criterion.code}. {row.score.criterion.name}",
            before=row.score.appraised,
            after=row.new_points,
            reason=row.reason,
            places=table.places,
            **_decision(decisions.get(row.pk)),
        )
        for row in latest.values()
        if (row.new_points or 0) != (row.score.appraised or 0)
    )


class _Decision(TypedDict, total=False):
    asked_by: str
    in_favour: int | None
    voters: int


def _decision(decision: RoomDecision | None) -> _Decision:
    """Who asked for a change, and the vote: whoever gave none has been counted as abstained."""
    if decision is None:
        return {}
    asked_by = decision.membership.name if decision.membership else decision.asked_by
    if decision.in_favour is None:
        return {"asked_by": asked_by}
    voters = decision.in_favour + (decision.against or 0) + (decision.abstained or 0)
    return {"asked_by": asked_by, "in_favour": decision.in_favour, "voters": voters}


def _vote_on(resolution: Resolution, present: int) -> m.Vote:
    return m.Vote(
        question=QUESTIONS.get(ResolutionKind(resolution.kind), resolution.text),
        method=facts.METHODS[Method(resolution.method)],
        present=present,
        in_favour=resolution.in_favour,
        base=resolution.base_count,
        unit=facts.unit_of(resolution),
        needed=facts.needed_words(resolution),
        against=resolution.against,
        abstained=resolution.abstained,
        reservations=tuple(
            m.Remark(one.membership.name, blocks(one.text)) for one in resolution.reservations.all()
        ),
    )


def _handover(conference: Conference) -> m.Handover | None:
    handover = (
        FlagHandover.objects.filter(conference=conference)
        .select_related("to_member__agency", "to_member__review")
        .first()
    )
    if handover is None:
        return None
    note = f"Người nhận: {handover.received_by}" if handover.received_by else ""
    return m.Handover(handover.handed_by, handover.to_member.name, note)
