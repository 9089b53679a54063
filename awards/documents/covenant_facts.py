"""The covenant of a year from the records."""

from __future__ import annotations

from awards.documents import facts
from awards.documents.covenant import Covenant
from awards.documents.facts import Numbering
from awards.documents.header import PlaceDate, SignatureBlock
from awards.models import DocumentKind
from blocs.models import Membership, Review, Role, User


def gather(review: Review, numbering: Numbering) -> Covenant:
    """What the members of ``review`` pledge for its year; it bears no number."""
    texts = facts.texts(review, DocumentKind.COVENANT)
    members = facts.members_of(review)
    heads = _heads(members)
    dated = numbering.dated
    return Covenant(
        header=facts.header(review, Numbering("", "", dated)),
        place_date=PlaceDate(
            review.bloc.province.place_name, dated, dated.year if dated else review.year
        ),
        bloc=review.bloc.full_name,
        year=review.year,
        signatures=tuple(_signature(one, heads.get(one.agency_id)) for one in members),
        **{section: texts.get(section, ()) for section in ("opening", "contents", "targets")},
    )


def _heads(members: list[Membership]) -> dict[int, User]:
    """The first account of each member's head, by agency."""
    accounts = User.objects.filter(
        agency__in=[member.agency_id for member in members], role=Role.HEAD, is_active=True
    )
    return {head.agency_id: head for head in accounts.order_by("-pk") if head.agency_id}


def _signature(member: Membership, head: User | None) -> SignatureBlock:
    position = head.position if head and head.position else "Thủ trưởng đơn vị"
    name = facts.bare_name(head.full_name) if head else ""
    # An account named after its office has no person's name to print: a pen writes it.
    return SignatureBlock(
        authority_prefix="",
        body_line=member.name.upper(),
        title_line=position.upper(),
        office_line="",
        name="" if name.startswith(position) else name,
    )
