"""What the close of a conference opened: the bloc's next review, as its members find it."""

from __future__ import annotations

from dataclasses import dataclass

from blocs.models import Membership, Review, User
from scoring.models import CriteriaSet


@dataclass(frozen=True)
class Upcoming:
    """Next year's review with its offices and its criteria, if it has any yet."""

    review: Review
    leader: Membership | None
    deputies: tuple[Membership, ...]
    criteria: CriteriaSet | None


def upcoming_of(review: Review, user: User) -> Upcoming | None:
    """The review of the year after, where there is one that the reader takes part in."""
    upcoming = (
        Review.objects.visible_to(user)
        .filter(bloc=review.bloc_id, year=review.year + 1)
        .select_related("bloc")
        .first()
    )
    if upcoming is None:
        return None
    members = list(upcoming.memberships.in_order().with_names())
    for member in members:
        member.review = upcoming
    criteria = CriteriaSet.objects.filter(review=upcoming).order_by("-pk").first()
    return Upcoming(
        upcoming,
        next((member for member in members if member.is_leader), None),
        tuple(member for member in members if member.is_deputy),
        criteria,
    )
