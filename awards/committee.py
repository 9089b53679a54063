"""The ballot committee: whom it may be made of, and what is unusual about it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from awards.models import Conference, Tally, Teller, VoteOption, VoteStatus
from blocs.models import Agency, AgencyKind, Review, User

USUAL_SIZE = 3  # a head and two members, as conferences do it; no law sets it


def accounts_for(review: Review) -> list[User]:
    """Active accounts of the members' agencies and of the board's office of the province."""
    agencies = Agency.objects.filter(
        Q(memberships__review=review) | Q(kind=AgencyKind.BOARD, province=review.bloc.province_id)
    )
    rows = User.objects.filter(agency__in=agencies, is_active=True).select_related("agency")
    return list(rows.prefetch_related("agency__names").order_by("full_name", "username"))


def tellers_of(conference: Conference) -> list[Teller]:
    """The head first, with what names their agencies."""
    rows = conference.tellers.select_related("membership__agency", "membership__review")
    rows = rows.select_related("user__agency")
    return list(rows.prefetch_related("membership__agency__names", "user__agency__names"))


def agency_of(teller: Teller) -> str:
    """The agency that a teller comes from; blank for somebody from outside."""
    if teller.membership is not None:
        return teller.membership.name
    if teller.user is not None and teller.user.agency is not None:
        return str(teller.user.agency)
    return ""


def has_counted(teller: Teller) -> bool:
    """Typed, confirmed or rejected a count of this conference under the own account."""
    if teller.user_id is None:
        return False
    counts = Tally.objects.filter(vote__conference=teller.conference_id)
    counts = counts.exclude(vote__status=VoteStatus.CANCELLED)
    return counts.filter(Q(entered_by=teller.user_id) | Q(settled_by=teller.user_id)).exists()


def warnings_on(conference: Conference, tellers: Sequence[Teller]) -> list[str]:
    """What a committee should not be, and may be: in a small bloc every member is a candidate."""
    if not tellers:
        return []
    found = []
    if len(tellers) != USUAL_SIZE:
        found.append(
            _("The committee has %(count)s members; three are usual, so that two can outvote one.")
            % {"count": len(tellers)}
        )
    if not any(teller.is_head for teller in tellers):
        found.append(_("Nobody heads the committee yet."))
    standing: dict[int, list[str]] = {}
    for option in (
        VoteOption.objects.filter(vote__conference=conference, membership__isnull=False)
        .exclude(vote__status=VoteStatus.CANCELLED)
        .select_related("vote", "membership")
        .order_by("vote__number")
    ):
        if option.membership is not None:
            standing.setdefault(option.membership.agency_id, []).append(option.vote.title)
    for teller in tellers:
        questions = standing.get(_agency_id(teller) or 0)
        if questions:
            found.append(
                _("%(name)s belongs to %(agency)s, which is a candidate in: %(votes)s.")
                % {
                    "name": teller.name,
                    "agency": agency_of(teller),
                    "votes": "; ".join(dict.fromkeys(questions)),
                }
            )
    return found


def _agency_id(teller: Teller) -> int | None:
    if teller.membership is not None:
        return teller.membership.agency_id
    return teller.user.agency_id if teller.user is not None else None
