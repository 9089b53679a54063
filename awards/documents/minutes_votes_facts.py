"""The votes of a conference from the records: announced ones, and those broken off while open.

What has been counted but not announced is nobody's to read yet, and is left out.
"""

from __future__ import annotations

from awards.ballots import is_against_ranking, outcome_of
from awards.documents import facts
from awards.documents.minutes_votes import Candidate, HeldVote, Papers, Share
from awards.documents.prose import Block, blocks
from awards.models import (
    Comparator,
    Conference,
    Method,
    PaperForm,
    ResolutionKind,
    Vote,
    VoteBase,
    VoteOption,
    VoteStatus,
)
from awards.votes.rules import Base

BASES = {
    VoteBase.ENTITLED: "tổng số đơn vị thành viên",
    VoteBase.PRESENT: "số đơn vị tham gia biểu quyết",
    VoteBase.ISSUED: "số phiếu phát ra",
    VoteBase.RETURNED: "số phiếu thu vào",
    VoteBase.VALID: "số phiếu hợp lệ",
}
# Hands leave no papers: each vote cast counts as one handed out, returned and valid.
BASES_OF_HANDS = dict.fromkeys((VoteBase.ISSUED, VoteBase.RETURNED, VoteBase.VALID)) | {
    VoteBase.ENTITLED: BASES[VoteBase.ENTITLED],
    VoteBase.PRESENT: BASES[VoteBase.PRESENT],
}


def held_votes(conference: Conference) -> tuple[HeldVote, ...]:
    """In the order of their numbers; a constant number of queries."""
    rows = (
        conference.votes.in_session()
        .filter(status__in=[VoteStatus.ANNOUNCED, VoteStatus.CANCELLED])
        .exclude(definition_sha256="")  # cancelled before it was ever put to the room
        .select_related("previous", "award")
        .prefetch_related(
            "changes",
            "options__membership__agency__names",
            "options__membership__review",
            "resolutions__reservations__membership__agency__names",
            "resolutions__reservations__membership__review",
        )
    )
    return tuple(_held(vote) for vote in rows)


def method_words(vote: Vote) -> str:
    """``bỏ phiếu kín bằng phiếu in``: how the room voted."""
    words = facts.METHODS[Method(vote.method)]
    if not vote.is_secret:
        return words
    return f"{words} {'bằng phiếu in' if vote.on_paper else 'bằng phiếu điện tử'}"


def base_words(vote: Vote) -> str:
    """What the votes were measured against."""
    words = BASES if vote.is_secret else BASES_OF_HANDS
    return words[VoteBase(vote.base)] or BASES[VoteBase.PRESENT]


def _held(vote: Vote) -> HeldVote:
    options = list(vote.options.all())
    cancelled = vote.status == VoteStatus.CANCELLED
    chosen = [at for at, one in enumerate(options) if one.is_chosen]
    return HeldVote(
        number=vote.number,
        question=vote.title,
        method=method_words(vote),
        round=vote.round,
        entitled=vote.entitled or 0,
        present=vote.present or 0,
        share=Share(
            base=base_words(vote),
            whole=vote.turnout.of(Base(vote.base)),
            threshold=vote.threshold,
            strictly=vote.comparator == Comparator.MORE_THAN,
            basis=vote.basis,
        ),
        candidates=() if cancelled else tuple(_candidate(vote, one) for one in options),
        papers=_papers(vote) if vote.is_secret and not cancelled else None,
        previous=vote.previous.number if vote.previous else None,
        cancelled=_reason(vote) if cancelled else "",
        annulled=vote.is_annulled,
        against_ranking=(
            vote.kind == ResolutionKind.PROPOSE and is_against_ranking(options, chosen)
        ),
        tied=() if cancelled else tuple(options[at].name for at in outcome_of(vote, options).tied),
        note=blocks(vote.note),
        reservations=_reservations(vote),
    )


def _candidate(vote: Vote, option: VoteOption) -> Candidate:
    each = vote.form == PaperForm.APPROVE
    return Candidate(
        name=option.name,
        in_favour=option.yes or 0,
        against=(option.no or 0) if each else None,
        abstained=(option.abstain or 0) if each else None,
        chosen=option.is_chosen,
    )


def _papers(vote: Vote) -> Papers:
    return Papers(
        issued=vote.issued or 0,
        returned=vote.returned or 0,
        valid=vote.valid or 0,
        blank=vote.blank or 0,
        written=vote.written,
    )


def _reason(vote: Vote) -> str:
    moves = [one.note for one in vote.changes.all() if one.to_status == VoteStatus.CANCELLED]
    return moves[-1] if moves else ""


def _reservations(vote: Vote) -> tuple[tuple[str, tuple[Block, ...]], ...]:
    """Each once: they were written beside every resolution that the vote led to."""
    said = {
        (one.membership.name, blocks(one.text)): None
        for resolution in vote.resolutions.all()
        for one in resolution.reservations.all()
    }
    return tuple(said)
