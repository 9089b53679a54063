"""The submission letter and its list from the records."""

from __future__ import annotations

import re
from collections import Counter

from django.utils.translation import gettext as _

from awards.checks import pack_for
from awards.documents import facts
from awards.documents.facts import Numbering
from awards.documents.prose import Block, blocks
from awards.documents.submission import AwardRequest, Enclosure, ProposedMember, SubmissionLetter
from awards.documents.wording import count_words, document_number, long_date
from awards.models import (
    Award,
    Conference,
    DocumentKind,
    DocumentStatus,
    IssuedDocument,
    Proposal,
    ProposalStatus,
)
from blocs.models import Review
from blocs.readiness import Missing, NotReady

CITES = re.compile(r"^căn cứ\s+", re.IGNORECASE)
# The dossier always holds the first; of the others what has been issued.
REQUIRED = {
    DocumentKind.REPORT: "Báo cáo tổng kết công tác thi đua, khen thưởng năm {year}",
    DocumentKind.MINUTES: "Biên bản Hội nghị tổng kết và bình xét thi đua năm {year}",
    DocumentKind.SUMMARY: "Bảng tổng hợp chấm điểm thi đua năm {year}",
}
MORE = {
    DocumentKind.BALLOT_MINUTES: "Biên bản kiểm phiếu",
    DocumentKind.DETAIL: "Bảng điểm chi tiết năm {year}",
}


def gather(review: Review, numbering: Numbering) -> SubmissionLetter:
    """The letter (TTr) for all live proposals. Raises ``NotReady`` where there is none."""
    members = proposed_members(review)
    if not members:
        raise NotReady([Missing(_("At least one proposal"))])
    texts = facts.texts(review, DocumentKind.SUBMISSION)
    conference = facts.conference_of(review)
    province = review.bloc.province
    board = province.agency_set.filter(kind="board").with_names().first()
    day = numbering.dated or review.last_day
    return SubmissionLetter(
        header=facts.header(review, numbering),
        place_date=facts.place_date(review, numbering),
        bloc=review.bloc.full_name,
        year=review.year,
        addressees=(province.committee, province.council),
        through=board.name_on(day).full if board else "",
        grounds=_grounds(review, conference, texts),
        opening=texts.get("opening", ()),
        requests=_requests(review),
        enclosures=_enclosures(review, len(members)),
        closing=texts.get("closing", ()),
        members=members,
        recipients=(f"Các đơn vị thành viên {review.bloc.name}", "Lưu: VT"),
        signature=facts.leader_signature(review, conference),
    )


def live_proposals(review: Review) -> list[Proposal]:
    rows = Proposal.objects.filter(review=review).exclude(status=ProposalStatus.WITHDRAWN)
    return list(
        rows.select_related("award", "membership__agency", "resolution").prefetch_related(
            "membership__agency__names"
        )
    )


def proposed_members(review: Review) -> tuple[ProposedMember, ...]:
    """The list of proposals, each award's together: points and rank of the table in force."""
    proposals = live_proposals(review)
    if not proposals:
        return ()
    table, _version = facts.table_and_version(review)
    rows = {row.slug: row for row in table.rows}
    lines = []
    for proposal in proposals:
        proposal.membership.review = review
        row = rows.get(proposal.membership.agency.slug)
        lines.append(
            ProposedMember(
                name=proposal.membership.name,
                award=facts.award_words(proposal.award, review.year),
                total=row.agreed.total if row else None,
                places=table.places,
                rank=row.rank if row else None,
                in_favour=proposal.resolution.in_favour,
                base=proposal.resolution.base_count,
                unit=facts.unit_of(proposal.resolution),
                grounds=blocks(proposal.grounds),
            )
        )
    return tuple(lines)


def _requests(review: Review) -> tuple[AwardRequest, ...]:
    """Each award once, in the order of the catalogue, with how many are proposed for it."""
    counts: Counter[Award] = Counter(proposal.award for proposal in live_proposals(review))
    return tuple(AwardRequest(award.name, award.short, count) for award, count in counts.items())


def _grounds(
    review: Review, conference: Conference | None, texts: dict[str, tuple[Block, ...]]
) -> tuple[str, ...]:
    """The law in force on the day of the conference, what was typed, and the conference itself."""
    pack = pack_for(review)
    law = _typed(texts.get("law", ()))
    if not law and pack is not None:
        law = [line.strip() for line in pack.citations.splitlines() if line.strip()]
    more = _typed(texts.get("grounds", ()))
    if conference is not None:
        day = long_date(conference.held_on)
        more.append(f"kết quả bình xét tại Hội nghị tổng kết {day} của {review.bloc.full_name}")
    return (*law, *more)


def _typed(lines: tuple[Block, ...]) -> list[str]:
    """A ground a line, without "Căn cứ" and the stop that its writer may have put."""
    grounds = [CITES.sub("", line.text).rstrip(" .;,") for line in lines]
    return [ground for ground in grounds if ground]


def _enclosures(review: Review, proposed: int) -> tuple[Enclosure, ...]:
    """What lies in the dossier; a paper that bears a number is named with it once issued."""
    issued: dict[str, list[str]] = {}
    in_force = IssuedDocument.objects.filter(review=review, status=DocumentStatus.ISSUED)
    for kind, number, series in in_force.order_by("about").values_list("kind", "number", "series"):
        issued.setdefault(kind, []).append(
            f"số {document_number(number, series)}" if number and series else ""
        )
    found = []
    for kind, name in (REQUIRED | MORE).items():
        if kind not in REQUIRED and kind not in issued:
            continue
        numbers = ", ".join(number for number in issued.get(kind, ()) if number)
        found.append(Enclosure(name.format(year=review.year), numbers))
    reports = f"Báo cáo thành tích của {count_words(proposed)} tập thể được đề nghị"
    return (*found, Enclosure(reports))
