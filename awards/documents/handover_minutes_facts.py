"""The minutes of the flag's handover from the records."""

from __future__ import annotations

from django.utils.translation import gettext as _

from awards.documents import facts
from awards.documents.facts import Numbering
from awards.documents.handover_minutes import HandoverMinutes, Party
from awards.models import FlagHandover
from blocs.models import Office, Review
from blocs.readiness import Missing, NotReady


def gather(review: Review, numbering: Numbering) -> HandoverMinutes:
    """What was handed over, by whom to whom. Raises ``NotReady`` before that was recorded."""
    handover = (
        FlagHandover.objects.filter(conference__review=review)
        .select_related("conference", "from_member__agency", "to_member__agency")
        .prefetch_related("from_member__agency__names", "to_member__agency__names")
        .first()
    )
    if handover is None:
        raise NotReady([Missing(_("Handover of the rotating flag"))])
    conference = handover.conference
    handover.from_member.review = handover.to_member.review = review
    leader = facts.OFFICES[Office.LEADER]
    giver = Party(handover.from_member.name, f"{leader} năm {review.year}", handover.handed_by)
    taker = Party(handover.to_member.name, f"{leader} năm {review.year + 1}", handover.received_by)
    return HandoverMinutes(
        header=facts.header(review, numbering),
        bloc=review.bloc.full_name,
        year=review.year,
        day=conference.held_on,
        venue=conference.venue,
        giver=giver,
        taker=taker,
        condition=handover.condition,
        enclosed=tuple(line for line in handover.enclosed.splitlines() if line),
        recipients=(f"Các đơn vị thành viên {review.bloc.name}", "Lưu: VT, Hồ sơ"),
        giver_signature=facts.plain_signature("ĐẠI DIỆN BÊN GIAO", _name(giver)),
        taker_signature=facts.plain_signature("ĐẠI DIỆN BÊN NHẬN", _name(taker)),
        chair_signature=facts.plain_signature("CHỦ TỌA", conference.chair_name),
    )


def _name(party: Party) -> str:
    """Name and position were typed in one line; a signature has the name alone."""
    return party.person.partition(",")[0].strip()
