"""The invitation to the conference from the records."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from awards.documents import facts
from awards.documents.facts import Numbering
from awards.documents.invitation import Invitation
from awards.models import Delegate, DocumentKind
from blocs.models import Review
from blocs.readiness import Missing, NotReady


def gather(review: Review, numbering: Numbering) -> Invitation:
    """One copy with room for a name. Raises ``NotReady`` before day and venue are set."""
    conference = facts.conference_of(review)
    if conference is None:
        raise NotReady([Missing(_("Day, place and chair of the conference"))])
    texts = facts.texts(review, DocumentKind.INVITATION)
    # Invitations go out before the day itself, often at the end of the year under review.
    place_date = facts.place_date(review, numbering)
    if numbering.dated is None:
        place_date = replace(place_date, year=conference.held_on.year)
    return Invitation(
        header=facts.header(review, numbering),
        place_date=place_date,
        bloc=review.bloc.full_name,
        year=review.year,
        addressees=("",),
        chair=", ".join(
            part for part in (conference.chair_name, conference.chair_position) if part
        ),
        day=conference.held_on,
        starts_at=conference.starts_at,
        venue=conference.venue,
        programme=texts.get("programme", ()),
        notes=texts.get("notes", ()),
        recipients=("Như trên", "Lưu: VT"),
        signature=facts.leader_signature(review, conference),
    )


def for_each(review: Review, numbering: Numbering) -> Invitation:
    """A copy for each member, each guest that the text part names, and each that was entered.

    Raises ``NotReady`` before day and venue are set.
    """
    one = gather(review, numbering)
    guests = Delegate.objects.filter(conference__review=review, membership=None)
    names = [f"Lãnh đạo {member.name}" for member in facts.members_of(review)]
    names += [
        block.text for block in facts.texts(review, DocumentKind.INVITATION).get("guests", ())
    ]
    names += [", ".join(part for part in (guest.name, guest.position) if part) for guest in guests]
    names = list(dict.fromkeys(names))
    return replace(one, addressees=tuple(names))
