"""The minutes of a ballot from what was frozen at its opening and stored by its count."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from django.utils import timezone

from awards.ballots import is_against_ranking, options_of, outcome_of
from awards.committee import agency_of, tellers_of
from awards.documents import facts
from awards.documents.ballot_minutes import BallotMinutes, Member, Numbers, Result
from awards.documents.ballot_papers_facts import subject_of
from awards.documents.facts import Numbering
from awards.documents.header import SignatureBlock
from awards.documents.wording import capitalised, threshold_text
from awards.models import (
    BallotBox,
    PaperForm,
    ResolutionKind,
    TieBreak,
    Vote,
    VoteOption,
    VoteStatus,
)
from awards.votes import papers
from awards.votes.outcome import Outcome
from awards.votes.rules import Base

FEWEST_PUBLISHED = 5  # papers: with fewer, a sorted list tells too much of each
MARKS = {papers.YES: "Đ", papers.NO: "K", papers.CHOSEN: "X", papers.BLANK: "–"}
CHOSEN = {
    ResolutionKind.PROPOSE: "Được đề nghị",
    ResolutionKind.ELECT: "Trúng cử",
    ResolutionKind.OTHER: "Thông qua",
}


def gather(vote: Vote, _numbering: Numbering | None = None) -> BallotMinutes:
    """The minutes of a counted secret ballot."""
    review, conference = vote.conference.review, vote.conference
    options = options_of(vote)
    outcome = outcome_of(vote, options)
    chosen = _chosen(vote, options, outcome)
    members = tuple(
        Member(capitalised(teller.name), teller.position, agency_of(teller), teller.is_head)
        for teller in tellers_of(conference)
    )
    opened, closed = _hour(vote, VoteStatus.OPEN), _hour(vote, VoteStatus.COUNTED)
    return BallotMinutes(
        header=facts.header(review, Numbering("", "", None)),
        subject=_title(vote),
        question=_question(vote),
        held_on=conference.held_on,
        venue=conference.venue,
        conference=f"Hội nghị tổng kết năm {review.year} {review.bloc.full_name}",
        opened_at=opened,
        closed_at=closed,
        on_paper=vote.on_paper,
        committee=members,
        numbers=Numbers(
            members=review.memberships.count(),
            entitled=vote.entitled or 0,
            present=vote.roll.count(),
            issued=vote.issued or 0,
            returned=vote.returned or 0,
            valid=vote.valid or 0,
            written=vote.written,
        ),
        rule=threshold_text(vote.base, vote.comparator, vote.threshold),
        basis=vote.basis,
        seats=vote.seats,
        option_heading="Đơn vị" if any(one.membership_id for one in options) else "Nội dung",
        chooses=vote.form != PaperForm.APPROVE,
        results=_results(vote, options, outcome, chosen),
        chosen=tuple(options[at].name for at in chosen),
        origin=_origin(vote),
        remarks=_remarks(vote, options, outcome, chosen),
        sha256=vote.result_sha256,
        papers=_papers(vote),
        signatures=_signatures(members, conference.secretary_name),
        chair=SignatureBlock(
            "", "", "XÁC NHẬN CỦA CHỦ TỌA", "", facts.bare_name(conference.chair_name)
        ),
    )


def _question(vote: Vote) -> str:
    """What the room voted on, as it goes on in a sentence."""
    if vote.kind == ResolutionKind.ELECT:
        return f"bầu {subject_of(vote)}"
    return subject_of(vote) if vote.kind == ResolutionKind.PROPOSE else f"về “{vote.title}”"


def _title(vote: Vote) -> str:
    year = vote.conference.review.year
    if vote.kind == ResolutionKind.ELECT:
        words = f"bầu {subject_of(vote).split(' (')[0]}"
    elif vote.kind == ResolutionKind.PROPOSE:
        words = f"bình xét đề nghị khen thưởng năm {year}"
    else:
        words = f"Hội nghị tổng kết năm {year}"
    return f"{words} (vòng {vote.round})" if vote.round > 1 else words


def _hour(vote: Vote, status: str) -> datetime.time | None:
    """When the vote came to this state, as the clock in the room said."""
    moved = vote.changes.filter(to_status=status).values_list("at", flat=True).first()
    return timezone.localtime(moved).time() if moved else None


def _chosen(vote: Vote, options: Sequence[VoteOption], outcome: Outcome) -> list[int]:
    """Who is chosen: as announced, and before that as the rule has it."""
    if vote.is_announced:
        return [at for at, option in enumerate(options) if option.is_chosen]
    return list(outcome.chosen)


def _results(
    vote: Vote, options: Sequence[VoteOption], outcome: Outcome, chosen: Sequence[int]
) -> tuple[Result, ...]:
    base = vote.turnout.of(Base(vote.base))
    return tuple(
        Result(
            name=option.name,
            yes=option.yes or 0,
            no=option.no or 0,
            abstain=option.abstain or 0,
            base=base,
            words=_words(vote, at, outcome, chosen),
        )
        for at, option in enumerate(options)
    )


def _words(vote: Vote, at: int, outcome: Outcome, chosen: Sequence[int]) -> str:
    if at in chosen:
        return CHOSEN[ResolutionKind(vote.kind)]
    if at in outcome.tied:
        return "Bằng phiếu"
    if at in outcome.passing:
        return "Đạt tỷ lệ, hết số lượng"
    return "Không đạt"


def _origin(vote: Vote) -> str:
    """What a second round, or a ballot put again on paper, follows."""
    if vote.previous is None:
        return ""
    before = f"lần bỏ phiếu số {vote.previous.number:02}"
    if vote.round > vote.previous.round:
        return f"Đây là vòng {vote.round}, tiếp theo {before} (vòng {vote.previous.round})."
    cancelled = vote.previous.changes.filter(to_status=VoteStatus.CANCELLED).first()
    reason = f", lý do hủy: {cancelled.note.rstrip('.')}" if cancelled else ""
    return f"Bỏ phiếu lại bằng phiếu in, thay {before} đã hủy{reason}."


def _remarks(
    vote: Vote, options: Sequence[VoteOption], outcome: Outcome, chosen: Sequence[int]
) -> tuple[str, ...]:
    remarks = []
    named = [options[at].name for at in chosen if at not in outcome.chosen]
    tied = "; ".join(options[at].name for at in outcome.tied)
    if named:
        remarks.append(
            f"Các đơn vị bằng phiếu: {tied}. Theo quy định chủ tọa quyết định chọn: "
            f"{'; '.join(named)}."
        )
    elif outcome.tied and vote.tie == TieBreak.CHAIR and not vote.is_announced:
        remarks.append(f"Các đơn vị bằng phiếu: {tied}; chờ chủ tọa quyết định.")
    elif outcome.tied:
        remarks.append(f"Các đơn vị bằng phiếu: {tied}; cần bỏ phiếu vòng {vote.round + 1}.")
    if vote.kind == ResolutionKind.PROPOSE and is_against_ranking(options, chosen):
        remarks.append("Kết quả bỏ phiếu khác với thứ tự xếp hạng theo bảng tổng hợp chấm điểm.")
    if vote.note:
        remarks.append(f"Ý kiến của chủ tọa: {vote.note.rstrip('.')}.")
    return tuple(remarks)


def _papers(vote: Vote) -> tuple[tuple[str, ...], ...]:
    """The papers of the box in its own sorted order, once announced and where there are enough.

    A spoiled paper has no marks. Written opinions are not secret and not among them.
    """
    if not (vote.is_electronic and vote.is_announced):
        return ()
    box = BallotBox.objects.filter(vote=vote).first()
    cast = papers.papers_in(box.papers) if box else []
    if len(cast) < FEWEST_PUBLISHED:
        return ()
    return tuple(
        () if paper == papers.SPOILED else tuple(MARKS[mark] for mark in paper) for paper in cast
    )


def _signatures(members: Sequence[Member], secretary: str) -> tuple[SignatureBlock, ...]:
    """The members, then the head; without a committee the secretary of the conference."""
    if not members:
        return (facts.plain_signature("THƯ KÝ", secretary),)
    ordered = sorted(members, key=lambda member: member.is_head)
    return tuple(
        facts.plain_signature("TRƯỞNG BAN" if one.is_head else "THÀNH VIÊN", one.name)
        for one in ordered
    )
