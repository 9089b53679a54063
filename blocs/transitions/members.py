"""Who takes part in a review, in which office and order, and who is not ranked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from blocs import permissions as may
from blocs.models import Agency, Membership, Office, Phase, Review, User
from blocs.permissions import require
from blocs.vietnamese import tidy
from blocs.workflow import holding


def taken(agencies: Iterable[Agency], year: int) -> list[Membership]:
    """Where these agencies take part in ``year`` already: an agency is in one bloc a year."""
    return list(
        Membership.objects.filter(agency__in=list(agencies), review__year=year)
        .with_names()
        .select_related("review__bloc", "agency")
    )


def require_free(agencies: Iterable[Agency], year: int) -> None:
    """Raise ``ValidationError`` with a sentence for each that is in a bloc already."""
    found = taken(agencies, year)
    if found:
        raise ValidationError(
            [
                _("%(agency)s is already a member of %(bloc)s in %(year)s.")
                % {"agency": part.name, "bloc": part.review.bloc.name, "year": year}
                for part in found
            ]
        )


def add_member(review: Review, agency: Agency, *, by: User) -> Membership:
    """Add an agency at the end of the list, while the review is being prepared."""
    with holding(review) as held:
        require(may.can_set_members(by, held))
        if not held.is_in(Phase.PREPARATION):
            raise ValidationError(_("Members are added only while the review is being prepared."))
        if agency.is_board:
            raise ValidationError(_("The board's office cannot be a member of a bloc."))
        require_free([agency], held.year)
        last = held.memberships.order_by("-position").values_list("position", flat=True).first()
        return held.memberships.create(agency=agency, position=(last or 0) + 1)


def set_offices(review: Review, offices: Mapping[int, str]) -> None:
    """Give each agency (by its id) its office; those not named become plain members."""
    with holding(review) as held:
        # The single leader is a constraint, so everybody steps back first.
        held.memberships.update(office=Office.MEMBER)
        for agency, office in offices.items():
            held.memberships.filter(agency=agency).update(office=office)


def assign_offices(
    review: Review, *, leader: Membership, deputies: list[Membership], by: User
) -> None:
    """The board names leader and deputies of a review."""
    with holding(review) as held:
        require(may.can_set_members(by, held))
        if leader in deputies:
            raise ValidationError(_("The leader cannot be deputy as well."))
        offices = {leader.agency_id: Office.LEADER}
        offices |= {deputy.agency_id: Office.DEPUTY for deputy in deputies}
        set_offices(held, offices)


def order_members(review: Review, positions: Mapping[int, int], *, by: User) -> None:
    """Set the protocol order (membership id to place), as all lists and papers have it."""
    with holding(review) as held:
        require(may.can_set_members(by, held))
        for part in held.memberships.all():
            if positions.get(part.pk, part.position) != part.position:
                part.position = positions[part.pk]
                part.save(update_fields=["position"])


def remove_member(membership: Membership, *, by: User) -> None:
    """Strike a member that was listed wrongly, while nothing rests on it yet."""
    with holding(membership.review) as review:
        require(may.can_set_members(by, review))
        if not review.is_in(Phase.PREPARATION):
            raise ValidationError(_("Members are removed only while the review is being prepared."))
        try:
            membership.delete()
        except ProtectedError:
            raise ValidationError(
                _("Something is recorded of this member already; take it out of the ranking.")
            ) from None


def set_ranking(membership: Membership, *, unranked: bool, reason: str, by: User) -> None:
    """Take a member out of the ranking, or back into it."""
    with holding(membership.review) as review:
        require(may.can_set_members(by, review))
        if unranked and not reason.strip():
            raise ValidationError({"unranked_reason": _("Say why the member is not ranked.")})
        Membership.objects.filter(pk=membership.pk).update(
            unranked=unranked, unranked_reason=tidy(reason) if unranked else ""
        )
