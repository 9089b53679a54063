"""What the papers state: every fact read from the records in one place, none typed twice."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from awards.documents import minutes as m
from awards.documents import report as r
from awards.documents import summary as s
from awards.documents.header import Header, PlaceDate, SignatureBlock
from awards.documents.prose import Block, blocks
from awards.documents.results import Nomination, ScoreLine
from awards.documents.wording import count_words, percent
from awards.models import (
    Award,
    Conference,
    DocumentKind,
    FlagHandover,
    Method,
    Resolution,
    ResolutionKind,
    TextPart,
)
from blocs.models import MemberReport, Membership, Office, Review
from blocs.readiness import Missing, NotReady
from scoring.models import (
    CriteriaSet,
    CriteriaStatus,
    ScoreChange,
    ScoreStage,
    Summary,
    SummaryStatus,
)
from scoring.tables import Column, Row, Table, live_table, table_of

OFFICES = {
    Office.LEADER: "Khối trưởng",
    Office.DEPUTY: "Khối phó",
    Office.MEMBER: "Thành viên",
}
METHODS = {
    Method.CONSENSUS: "các đơn vị thống nhất",
    Method.SHOW_OF_HANDS: "biểu quyết giơ tay",
}
QUESTIONS = {
    ResolutionKind.ADOPT_REPORT: "Thông qua báo cáo tổng kết",
    ResolutionKind.ADOPT_SUMMARY: "Thông qua bảng tổng hợp chấm điểm",
}
TIE_RULES = {
    "fewer_penalties": "điểm trừ ít hơn",
    "bonus": "điểm thưởng cao hơn",
    "flag_votes": "số phiếu bình xét Cờ cao hơn",
    "chair": "quyết định của chủ tọa",
}
POLICIES = {
    "FULL": "được tính điểm tối đa",
    "RESCALE": "được quy đổi theo tỷ lệ các tiêu chí còn lại của nhóm",
    "BLOC_AVERAGE": "được tính bằng điểm bình quân của các đơn vị khác trong Khối",
}
# Forms of address belong to prose; a signature has the bare name (Decree 30/2020, Annex I).
ADDRESS = re.compile(r"^(ông|bà|đồng chí|đ/c)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Numbering:
    """Number and day of a paper; a draft has neither."""

    number: str
    symbol: str
    dated: datetime.date | None


def _header(review: Review, numbering: Numbering) -> Header:
    return Header(
        parent=review.bloc.province.committee_short.upper(),
        body=review.bloc.full_name.upper(),
        number=numbering.number,
        symbol=numbering.symbol,
    )


def _place_date(review: Review, numbering: Numbering) -> PlaceDate:
    year = numbering.dated.year if numbering.dated else review.year + 1
    return PlaceDate(review.bloc.province.place_name, numbering.dated, year)


def _texts(review: Review, kind: DocumentKind) -> dict[str, tuple[Block, ...]]:
    return {
        part.section: blocks(part.text)
        for part in TextPart.objects.filter(review=review, document=kind)
    }


def _conference(review: Review) -> Conference | None:
    return Conference.objects.filter(review=review).first()


def _table(review: Review) -> tuple[Table, Summary | None]:
    """The version in force; before the first approval, the scores as they stand."""
    summary = Summary.objects.filter(review=review).exclude(status=SummaryStatus.SUPERSEDED).first()
    if summary is not None and summary.status == SummaryStatus.ADOPTED:
        return table_of(summary), summary
    return live_table(review), summary


def _tie_note(row: Row) -> str:
    rule = row.tie_decided_by
    if not rule:
        return "Đồng hạng" if row.shared else ""
    code = rule.removeprefix("group:")
    words = f"điểm nhóm {code}" if code != rule else TIE_RULES[rule]
    return f"Cùng tổng điểm, xét theo {words}"


def _score_lines(table: Table) -> tuple[ScoreLine, ...]:
    return tuple(
        ScoreLine(
            name=row.name,
            total=row.agreed.total,
            rank=str(row.rank or "–"),
            grade=row.grade,
            note=f"Không xếp hạng: {row.unranked_reason}" if row.unranked else _tie_note(row),
            places=table.places,
        )
        for row in table.rows
    )


def _score_source(summary: Summary | None) -> str:
    if summary is None or summary.status != SummaryStatus.ADOPTED:
        return ""
    return (
        f"(Theo Bảng tổng hợp chấm điểm phiên bản {summary.version}, "
        "được Hội nghị thống nhất kèm theo)"
    )


def _vote(resolution: Resolution) -> str:
    for_, all_ = resolution.in_favour, resolution.entitled
    return (
        f"{count_words(for_)}/{count_words(all_)} đơn vị thống nhất, "
        f"đạt tỷ lệ {percent(for_, all_)}"
    )


def _resolutions(conference: Conference | None) -> list[Resolution]:
    if conference is None:
        return []
    return list(
        conference.resolutions.select_related(
            "award", "membership__agency", "membership__review"
        ).prefetch_related(
            "membership__agency__names",
            "reservations__membership__agency__names",
            "reservations__membership__review",
        )
    )


def _award_words(award: Award, year: int) -> str:
    """Cờ thi đua năm 2022; a commendation bears no year of its own."""
    return f"{award.short} năm {year}" if award.is_flag else award.short


def _nominations(
    review: Review, resolutions: list[Resolution], *, votes: bool
) -> tuple[Nomination, ...]:
    return tuple(
        Nomination(
            authority=review.bloc.province.committee,
            award=_award_words(resolution.award, review.year),
            members=(resolution.membership.name,),
            grounds="có thành tích tiêu biểu, xuất sắc" if resolution.award.is_flag else "",
            vote=_vote(resolution) if votes else "",
        )
        for resolution in resolutions
        if resolution.carried and resolution.award and resolution.membership
    )


def bare_name(name: str) -> str:
    return ADDRESS.sub("", name)


def _leader_signature(review: Review, conference: Conference | None) -> SignatureBlock:
    return SignatureBlock(
        authority_prefix="TM.",
        body_line=review.bloc.full_name.upper(),
        title_line=OFFICES[Office.LEADER].upper(),
        office_line=conference.chair_position.upper() if conference else "",
        name=bare_name(conference.chair_name) if conference else "",
    )


def _plain_signature(title: str, name: str = "") -> SignatureBlock:
    return SignatureBlock("", "", title, "", bare_name(name))


def _members(review: Review) -> list[Membership]:
    members = list(review.memberships.in_order().with_names())
    for member in members:
        member.review = review
    return members


def report(review: Review, numbering: Numbering) -> r.YearEndReport:
    """The year-end report (BC) of a review; issued to the council and its office."""
    texts = _texts(review, DocumentKind.REPORT)
    members = _members(review)
    conference = _conference(review)
    table, summary = _table(review)
    own = {
        row.membership_id: blocks(row.results)
        for row in MemberReport.objects.filter(membership__review=review)
    }
    board = review.bloc.province.agency_set.filter(kind="board").with_names().first()
    council = review.bloc.province.council
    written = (
        *("opening", "situation", "leadership", "movements", "exemplars", "rewards"),
        *("activities", "score_text", "limits", "causes", "lessons"),
        *("goals", "tasks", "solutions", "proposals"),
    )
    return r.YearEndReport(
        header=_header(review, numbering),
        place_date=_place_date(review, numbering),
        bloc=review.bloc.full_name,
        year=review.year,
        office_year=review.year + 1,
        addressees=(council, board.name_on(review.last_day).full) if board else (council,),
        members=tuple(r.MemberLine(one.name, OFFICES[Office(one.office)]) for one in members),
        member_sections=tuple(r.MemberSection(one.name, own.get(one.pk, ())) for one in members),
        reward_lines=(),
        scores=_score_lines(table),
        score_source=_score_source(summary),
        nominations=_nominations(review, _resolutions(conference), votes=False),
        closing="",
        recipients=(f"Các đơn vị thành viên {review.bloc.name}", "Lưu: VT"),
        signature=_leader_signature(review, conference),
        **{section: texts.get(section, ()) for section in written},
    )


def minutes(review: Review, numbering: Numbering) -> m.Minutes:
    """The minutes of the conference (BB, form 1.9); they state day and place in the text.

    Raises ``NotReady`` before the conference has been planned.
    """
    conference = _conference(review)
    if conference is None:
        raise NotReady([Missing(_("The plan of the conference"))])
    texts = _texts(review, DocumentKind.MINUTES)
    members = _members(review)
    resolutions = _resolutions(conference)
    attendances = {one.membership_id: one for one in conference.attendances.all()}
    present = [one for one in members if one.pk in attendances and attendances[one.pk].present]
    delegates = list(conference.delegates.all())
    chair = m.Person(
        conference.chair_name, f"{conference.chair_position}, {OFFICES[Office.LEADER]}"
    )
    table, summary = _table(review)
    written = ("opening", "report", "score_text", "discussion", "nomination_text", "conclusion")
    return m.Minutes(
        header=_header(review, numbering),
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
        scores=_score_lines(table),
        score_source=_score_source(summary),
        remarks=tuple(_remarks(conference, members, guests=False)),
        score_changes=_score_changes(review, table),
        votes=tuple(
            _vote_on(resolution, len(present))
            for resolution in resolutions
            if resolution.kind in QUESTIONS or resolution.kind == ResolutionKind.OTHER
        ),
        nominations=_nominations(review, resolutions, votes=True),
        elected=tuple(
            m.Elected(
                f"{OFFICES[Office(one.office)]} năm {review.year + 1}",
                one.membership.name,
                f"{METHODS[Method(one.method)]}, {_vote(one)}",
            )
            for one in resolutions
            if one.kind == ResolutionKind.ELECT and one.carried and one.membership
        ),
        handover=_handover(conference),
        board_remarks=tuple(_remarks(conference, members, guests=True)),
        adopted_at=conference.ends_at,
        ended_at=conference.ends_at,
        recipients=(f"Các đơn vị thành viên {review.bloc.name}", "Lưu: VT, Hồ sơ"),
        secretary_signature=_plain_signature("THƯ KÝ", conference.secretary_name),
        chair_signature=_plain_signature("CHỦ TỌA", conference.chair_name),
        **{section: texts.get(section, ()) for section in written},
    )


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
    latest = {row.score_id: row for row in rows.select_related("score__sheet__membership__agency")}
    return tuple(
        m.ScoreChange(
            member=names[row.score.sheet.membership.agency.slug],
            criterion=f"{row.score.criterion.code}. {row.score.criterion.name}",
            before=row.score.appraised,
            after=row.new_points,
            reason=row.reason,
            places=table.places,
        )
        for row in latest.values()
        if (row.new_points or 0) != (row.score.appraised or 0)
    )


def _vote_on(resolution: Resolution, present: int) -> m.Vote:
    return m.Vote(
        question=QUESTIONS.get(ResolutionKind(resolution.kind), resolution.text),
        method=METHODS[Method(resolution.method)],
        present=present,
        in_favour=resolution.in_favour,
        base=resolution.entitled,
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


def summary(review: Review, numbering: Numbering) -> s.SummaryTable:
    """The summary table: members by groups, one landscape sheet, signed by three."""
    table, version = _table(review)
    conference = _conference(review)
    adopted = version.adopted_at if version else None
    rules = CriteriaSet.objects.filter(review=review, status=CriteriaStatus.ADOPTED).first()
    cap = Decimal(rules.terms["bonus_cap"]) if rules else None
    leader = _leader_signature(review, conference)
    return s.SummaryTable(
        header=_header(review, numbering),
        place_date=_place_date(review, numbering),
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
            _plain_signature("NGƯỜI LẬP BẢNG"),
            _plain_signature("KHỐI PHÓ"),
            SignatureBlock("", "", leader.title_line, leader.office_line, leader.name),
        ),
    )


def _scores(column: Column) -> s.Scores:
    return s.Scores(column.groups, column.bonus, column.penalty, column.total)


def _summary_row(row: Row) -> s.SummaryRow:
    notes = [_tie_note(row)]
    if row.late_days:
        notes.append(f"Nộp trễ hạn {count_words(row.late_days)} ngày")
    if row.knockouts:
        notes.append(f"Không xét: {', '.join(row.knockouts)}")
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
