"""What the papers state: every fact read from the records in one place, none typed twice."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from fractions import Fraction

from awards.documents.header import Header, PartyHeader, PlaceDate, SignatureBlock
from awards.documents.layout import Layout, layout_for
from awards.documents.prose import Block
from awards.documents.results import Nomination, ScoreLine
from awards.documents.richtext import blocks_of
from awards.documents.wording import count_words, percent, threshold_text
from awards.models import (
    Award,
    Comparator,
    Conference,
    ConferenceStatus,
    DocumentKind,
    Method,
    PrintProfile,
    Resolution,
    TextPart,
    VoteBase,
)
from blocs.models import AgencyKind, Membership, Office, Review
from scoring.models import (
    Summary,
    SummaryStatus,
)
from scoring.tables import Row, Table, live_table, table_of

OFFICES = {
    Office.LEADER: "Khối trưởng",
    Office.DEPUTY: "Khối phó",
    Office.MEMBER: "Thành viên",
}
METHODS = {
    Method.CONSENSUS: "các đơn vị thống nhất",
    Method.SHOW_OF_HANDS: "biểu quyết giơ tay",
    Method.SECRET_BALLOT: "bỏ phiếu kín",
}
TIE_RULES = {
    "fewer_penalties": "điểm trừ ít hơn",
    "bonus": "điểm thưởng cao hơn",
    "flag_votes": "số phiếu bình xét Cờ cao hơn",
    "chair": "quyết định của chủ tọa",
}
# Forms of address belong to prose; a signature has the bare name (Decree 30/2020, Annex I).
ADDRESS = re.compile(r"^(ông|bà|đồng chí|đ/c)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Numbering:
    """Number and day of a paper; a draft has neither."""

    number: str
    symbol: str
    dated: datetime.date | None


# Those whose papers name the people's committee above their own name.
UNDER_COMMITTEE = (AgencyKind.DEPARTMENT, AgencyKind.SERVICE_UNIT)


def header(review: Review, numbering: Numbering) -> Header:
    """The head of the bloc's own papers; of a bloc that a Party body leads, that of the Party."""
    province, body = review.bloc.province, review.bloc.full_name.upper()
    leader = {"office": Office.LEADER, "agency__kind": AgencyKind.PARTY}
    if review.memberships.filter(**leader).exists():
        parent = province.party_committee.upper()
        return PartyHeader(parent, body, numbering.number, numbering.symbol)
    return Header(province.committee_short.upper(), body, numbering.number, numbering.symbol)


def agency_header(membership: Membership, numbering: Numbering) -> Header:
    """The head of a member's own paper, under the body that it belongs to.

    A body of the Party has the Party's head; an enterprise or a commune stands by itself. The
    member has the name of the paper's day; on a draft, that of the conference's.
    """
    province, kind = membership.review.bloc.province, membership.agency.kind
    day = numbering.dated or membership.review.last_day
    body = membership.agency.name_on(day).full.upper()
    if kind == AgencyKind.PARTY:
        parent = province.party_committee.upper()
        return PartyHeader(parent, body, numbering.number, numbering.symbol)
    parent = province.committee_short.upper() if kind in UNDER_COMMITTEE else ""
    return Header(parent, body, numbering.number, numbering.symbol)


def place_date(review: Review, numbering: Numbering) -> PlaceDate:
    year = numbering.dated.year if numbering.dated else review.year + 1
    return PlaceDate(review.bloc.province.place_name, numbering.dated, year)


def layout_of(review: Review) -> Layout:
    """The measures that the review's province has chosen for its papers."""
    profiles = PrintProfile.objects.filter(province=review.bloc.province_id)
    return layout_for(profiles.first())


def texts(review: Review, kind: DocumentKind, about: str = "") -> dict[str, tuple[Block, ...]]:
    return {
        part.section: blocks_of(part.text)
        for part in TextPart.objects.filter(review=review, document=kind, about=about)
    }


def conference_of(review: Review) -> Conference | None:
    return Conference.objects.filter(review=review).first()


def table_and_version(review: Review) -> tuple[Table, Summary | None]:
    """The version in force; before the first approval, the scores as they stand."""
    summary = Summary.objects.filter(review=review).exclude(status=SummaryStatus.SUPERSEDED).first()
    if summary is not None and summary.status == SummaryStatus.ADOPTED:
        return table_of(summary), summary
    return live_table(review), summary


def closing_of(conference: Conference) -> datetime.datetime | None:
    """When the session was closed; what is written afterwards is none of its doing."""
    closing = conference.changes.filter(to_status=ConferenceStatus.CLOSED).first()
    return closing.at if closing else None


def table_of_conference(review: Review, conference: Conference) -> tuple[Table, Summary | None]:
    """The table that the conference adopted, whatever the board had opened again after its close.

    Before it adopts one, the table in force.
    """
    adopted = Summary.objects.filter(review=review, adopted_at__isnull=False)
    closed_at = closing_of(conference)
    if closed_at is not None:
        adopted = adopted.filter(adopted_at__lte=closed_at)
    summary = adopted.order_by("-version").first()
    return (table_of(summary), summary) if summary else table_and_version(review)


def tie_note(row: Row) -> str:
    rule = row.tie_decided_by
    if not rule:
        return "Đồng hạng" if row.shared else ""
    code = rule.removeprefix("group:")
    words = f"điểm nhóm {code}" if code != rule else TIE_RULES[rule]
    return f"Cùng tổng điểm, xét theo {words}"


def score_lines(table: Table) -> tuple[ScoreLine, ...]:
    return tuple(
        ScoreLine(
            name=row.name,
            total=row.agreed.total,
            rank=str(row.rank or "–"),
            grade=row.grade,
            note=f"Không xếp hạng: {row.unranked_reason}" if row.unranked else tie_note(row),
            places=table.places,
        )
        for row in table.rows
    )


def score_source(summary: Summary | None) -> str:
    if summary is None or summary.adopted_at is None:
        return ""
    return (
        f"(Theo Bảng tổng hợp chấm điểm phiên bản {summary.version}, "
        "được Hội nghị thống nhất kèm theo)"
    )


UNITS = {
    VoteBase.ENTITLED: "",
    VoteBase.PRESENT: "đơn vị có mặt",
    VoteBase.ISSUED: "số phiếu phát ra",
    VoteBase.RETURNED: "số phiếu thu vào",
    VoteBase.VALID: "số phiếu hợp lệ",
}
USUAL = (VoteBase.ENTITLED, Comparator.MORE_THAN, Fraction(1, 2))


def unit_of(resolution: Resolution) -> str:
    """What the votes were measured against, in words; nothing for all members."""
    return UNITS[VoteBase(resolution.base)]


def needed_words(resolution: Resolution) -> str:
    """The threshold in words; nothing for the usual majority of all members."""
    row = (resolution.base, resolution.comparator, resolution.threshold)
    return "" if row == USUAL else threshold_text(*row)


def vote_words(resolution: Resolution) -> str:
    """How the room voted; another rule than the usual is named.

    Of a vote that was held as such the numbers stand with that vote.
    """
    if resolution.vote_id is not None:
        return f"theo kết quả {METHODS[Method(resolution.method)]}"
    for_, all_ = resolution.in_favour, resolution.base_count
    unit, needed = unit_of(resolution) or "đơn vị", needed_words(resolution)
    return (
        f"{count_words(for_)}/{count_words(all_)} {unit} thống nhất, "
        f"đạt tỷ lệ {percent(for_, all_)}" + (f"; mức cần đạt: {needed}" if needed else "")
    )


def resolutions_of(conference: Conference | None, *, now: bool = False) -> list[Resolution]:
    """What the conference resolved; ``now``: with what was voted on again since, in its place."""
    if conference is None:
        return []
    rows = list(
        conference.resolutions.select_related(
            "award", "membership__agency", "membership__review", "vote"
        ).prefetch_related(
            "membership__agency__names",
            "reservations__membership__agency__names",
            "reservations__membership__review",
        )
    )
    again = [row for row in rows if row.vote is not None and row.vote.is_again]
    if not now:
        return [row for row in rows if row not in again]
    replaced = {row.award_id for row in again}
    return [row for row in rows if row in again or row.award_id not in replaced or not row.award]


def award_words(award: Award, year: int) -> str:
    """Cờ thi đua năm 2022; a commendation bears no year of its own."""
    return f"{award.short} năm {year}" if award.is_flag else award.short


def nominations(
    review: Review, resolutions: list[Resolution], *, votes: bool
) -> tuple[Nomination, ...]:
    return tuple(
        Nomination(
            authority=review.bloc.province.committee,
            award=award_words(resolution.award, review.year),
            members=(resolution.membership.name,),
            grounds="có thành tích tiêu biểu, xuất sắc" if resolution.award.is_flag else "",
            vote=vote_words(resolution) if votes else "",
        )
        for resolution in resolutions
        if resolution.carried and resolution.award and resolution.membership
    )


def bare_name(name: str) -> str:
    return ADDRESS.sub("", name)


def leader_signature(review: Review, conference: Conference | None) -> SignatureBlock:
    return SignatureBlock(
        authority_prefix="TM.",
        body_line=review.bloc.full_name.upper(),
        title_line=OFFICES[Office.LEADER].upper(),
        office_line=conference.chair_position.upper() if conference else "",
        name=bare_name(conference.chair_name) if conference else "",
    )


def plain_signature(title: str, name: str = "") -> SignatureBlock:
    return SignatureBlock("", "", title, "", bare_name(name))


def members_of(review: Review) -> list[Membership]:
    members = list(review.memberships.in_order().with_names())
    for member in members:
        member.review = review
    return members
