"""The minutes of the conference from the records."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from typing import Any, TypedDict

from django.utils.translation import gettext as _

from awards.documents import facts
from awards.documents import minutes as m
from awards.documents.facts import Numbering
from awards.documents.minutes_votes_facts import held_votes
from awards.documents.prose import Block, blocks
from awards.models import (
    Attendance,
    Conference,
    DocumentKind,
    FlagHandover,
    Method,
    Resolution,
    ResolutionKind,
    RoomDecision,
    Teller,
)
from blocs.canonical import sha256_of
from blocs.models import Membership, Office, Review
from blocs.readiness import Missing, NotReady
from scoring.models import Objection, ObjectionStatus, ScoreChange, ScoreStage, Summary
from scoring.tables import Table

UNNUMBERED = Numbering("", "", None)
BLOCK_FIELDS = {field.name for field in fields(Block)}
PLAIN_FIELDS = {"kind", "text"}
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
    table, summary = facts.table_of_conference(review, conference)
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
            _absence(member, attendances[member.pk])
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
        score_changes=_score_changes(review, table, summary),
        votes=tuple(
            _vote_on(resolution) for resolution in resolutions if _is_told_as_vote(resolution)
        ),
        nominations=facts.nominations(review, resolutions, votes=True),
        elected=tuple(
            m.Elected(
                f"{facts.OFFICES[Office(one.office)]} năm {review.year + 1}",
                one.membership.name,
                _election_words(one),
            )
            for one in resolutions
            if one.kind == ResolutionKind.ELECT and one.carried and one.membership
        ),
        handover=_handover(conference),
        board_remarks=tuple(_remarks(conference, members, guests=True)),
        adopted_at=conference.minutes_adopted_at,
        ended_at=conference.ends_at,
        recipients=(f"Các đơn vị thành viên {review.bloc.name}", "Lưu: VT, Hồ sơ"),
        secretary_signature=facts.plain_signature("THƯ KÝ", conference.secretary_name),
        chair_signature=facts.plain_signature("CHỦ TỌA", conference.chair_name),
        objections=_objections(review, conference),
        outcomes=tuple(
            m.Remark(one.title, blocks(one.outcome))
            for one in conference.agenda.exclude(outcome="")
        ),
        tellers=_tellers(conference),
        held_votes=held_votes(conference),
        adoption=next(
            (_vote_on(one) for one in resolutions if one.kind == ResolutionKind.ADOPT_MINUTES),
            None,
        ),
        **{section: texts.get(section, ()) for section in written},
    )


def fingerprint(review: Review) -> str:
    """The hash of what the minutes state, apart from their number and the hours of their end.

    The conference adopts its minutes by this hash; nothing that they state may change afterwards.
    """
    return fingerprint_of(gather(review, UNNUMBERED))


def fingerprint_of(minutes: m.Minutes) -> str:
    """The hash of minutes that were gathered ``UNNUMBERED``."""
    stated = replace(minutes, adopted_at=None, ended_at=None, adoption=None)
    facts_named = asdict(stated, dict_factory=_without_blanks)
    facts_text = json.dumps(facts_named, default=str, ensure_ascii=False, sort_keys=True)
    return sha256_of(facts_text)


def _without_blanks(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The fields of a dataclass; of a plain block only those that plain text has.

    Minutes were adopted by this hash before texts could be formatted, and must keep it.
    """
    named = dict(pairs)
    if named.keys() != BLOCK_FIELDS:
        return named
    return {name: value for name, value in named.items() if name in PLAIN_FIELDS or value}


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


def _score_changes(
    review: Review, table: Table, summary: Summary | None
) -> tuple[m.ScoreChange, ...]:
    """What the room changed, as it stood in the end; a score set to what it was is no change.

    Once the table was adopted, nothing that was changed later is the room's.
    """
    rows = (
        ScoreChange.objects.filter(stage=ScoreStage.AGREED, score__sheet__membership__review=review)
        .select_related("score__criterion", "score__sheet__membership")
        .order_by("score__sheet__membership__position", "score__criterion__position", "pk")
    )
    if summary is not None and summary.adopted_at is not None:
        rows = rows.filter(at__lte=summary.adopted_at)
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


def _is_told_as_vote(resolution: Resolution) -> bool:
    """Resolved at once, and not told as a proposal or an election that was carried."""
    if resolution.vote_id is not None or resolution.kind == ResolutionKind.ADOPT_MINUTES:
        return False
    outcome = (ResolutionKind.PROPOSE, ResolutionKind.ELECT)
    return resolution.kind not in outcome or not resolution.carried


def _question(resolution: Resolution) -> str:
    if resolution.award and resolution.membership:
        return f"Đề nghị tặng {resolution.award.short} cho {resolution.membership.name}"
    if resolution.office and resolution.membership:
        return f"Bầu {resolution.membership.name} làm {facts.OFFICES[Office(resolution.office)]}"
    return QUESTIONS.get(ResolutionKind(resolution.kind), resolution.text)


def _vote_on(resolution: Resolution) -> m.Vote:
    return m.Vote(
        question=_question(resolution),
        method=facts.METHODS[Method(resolution.method)],
        present=resolution.present,
        in_favour=resolution.in_favour,
        base=resolution.base_count,
        unit=facts.unit_of(resolution),
        needed=facts.needed_words(resolution),
        against=resolution.against,
        abstained=resolution.abstained,
        reservations=tuple(
            m.Remark(one.membership.name, blocks(one.text)) for one in resolution.reservations.all()
        ),
        carried=resolution.carried,
    )


def _election_words(resolution: Resolution) -> str:
    if resolution.vote_id is not None:
        return facts.vote_words(resolution)
    return f"{facts.METHODS[Method(resolution.method)]}, {facts.vote_words(resolution)}"


def _absence(member: Membership, attendance: Attendance) -> m.Absence:
    return m.Absence(
        member.name,
        attendance.absence_reason,
        attendance.proxy,
        blocks(attendance.written_opinion),
    )


def _objections(review: Review, conference: Conference) -> tuple[m.Contested, ...]:
    """Those that the leader carried to the conference and that the conference settled."""
    rows = Objection.objects.of(review).filter(status=ObjectionStatus.SETTLED)
    closed_at = facts.closing_of(conference)
    if closed_at is not None:
        rows = rows.filter(replied_at__lte=closed_at)
    return tuple(
        m.Contested(
            one.score.sheet.membership.name,
            f"{one.score.criterion.code}. {one.score.criterion.name}",
            blocks(one.reason),
            blocks(one.reply),
        )
        for one in rows.with_people().order_by("pk")
    )


def _tellers(conference: Conference) -> tuple[m.Person, ...]:
    """The head of the ballot committee first."""
    rows = conference.tellers.select_related("membership__agency", "membership__review")
    return tuple(
        m.Person(one.name, _post(one)) for one in rows.prefetch_related("membership__agency__names")
    )


def _post(teller: Teller) -> str:
    """Position and agency, and what the person is in the committee."""
    member = teller.membership.name if teller.membership else ""
    role = "Trưởng ban" if teller.is_head else "thành viên"
    return ", ".join(part for part in (teller.position, member, role) if part)


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
