"""What the news item of a conference may tell, read from the records."""

from __future__ import annotations

from awards.decided import carried, elected_to
from awards.documents import facts
from awards.documents.minutes import Person
from awards.documents.prose import Block
from awards.documents.results import Nomination
from awards.models import (
    Award,
    Conference,
    DocumentKind,
    FlagHandover,
    Proposal,
    ProposalStatus,
    ResolutionKind,
)
from awards.news import NewsFacts
from blocs.models import Office, Review


def gather(review: Review) -> NewsFacts:
    """The facts of a review's conference, which has been planned.

    A proposal that was withdrawn afterwards is not told; neither is any result of a vote.
    """
    conference = Conference.objects.get(review=review)
    texts = facts.texts(review, DocumentKind.MINUTES)
    leaders = elected_to(conference, Office.LEADER)
    return NewsFacts(
        bloc=review.bloc.full_name,
        year=review.year,
        day=conference.held_on,
        starts_at=conference.starts_at,
        venue=conference.venue,
        chair=Person(conference.chair_name, conference.chair_position),
        guests=tuple(
            Person(one.name, one.position)
            for one in conference.delegates.all()
            if one.membership_id is None
        ),
        members=_present(review, conference),
        opening=_first_paragraph(texts.get("opening", ())),
        discussion=_first_paragraph(texts.get("discussion", ())),
        conclusion=_first_paragraph(texts.get("conclusion", ())),
        adopted=_adopted(review, conference),
        nominations=_nominations(review),
        leader=leaders[0].name if leaders else "",
        deputies=tuple(one.name for one in elected_to(conference, Office.DEPUTY)),
        flag_taker=_flag_taker(conference),
    )


def _first_paragraph(blocks: tuple[Block, ...]) -> str:
    return next((block.text for block in blocks if block.kind == "paragraph"), "")


def _present(review: Review, conference: Conference) -> tuple[str, ...]:
    came = set(conference.attendances.filter(present=True).values_list("membership", flat=True))
    return tuple(one.name for one in facts.members_of(review) if one.pk in came)


def _adopted(review: Review, conference: Conference) -> tuple[str, ...]:
    papers = {
        ResolutionKind.ADOPT_REPORT: (
            f"báo cáo tổng kết công tác thi đua, khen thưởng năm {review.year}, phương hướng, "
            f"nhiệm vụ năm {review.year + 1}"
        ),
        ResolutionKind.ADOPT_SUMMARY: "bảng tổng hợp chấm điểm thi đua của các đơn vị",
    }
    return tuple(words for kind, words in papers.items() if carried(conference, kind))


def _nominations(review: Review) -> tuple[Nomination, ...]:
    proposals = (
        Proposal.objects.filter(review=review)
        .exclude(status=ProposalStatus.WITHDRAWN)
        .select_related("award", "membership__agency", "membership__review")
        .order_by("pk")
    )
    members: dict[Award, list[str]] = {}
    for one in proposals:
        members.setdefault(one.award, []).append(one.membership.name)
    return tuple(
        Nomination(
            authority=review.bloc.province.committee,
            award=facts.award_words(award, review.year),
            members=tuple(names),
            grounds="có thành tích tiêu biểu, xuất sắc" if award.is_flag else "",
        )
        for award, names in members.items()
    )


def _flag_taker(conference: Conference) -> str:
    handover = (
        FlagHandover.objects.filter(conference=conference)
        .select_related("to_member__agency", "to_member__review")
        .first()
    )
    return handover.to_member.name if handover else ""
