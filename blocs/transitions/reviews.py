"""Blocs and their yearly reviews: opened, dated, handed on, closed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from blocs import permissions as may
from blocs.models import Agency, Bloc, Membership, Office, Phase, Review, User
from blocs.permissions import require
from blocs.vietnamese import tidy
from blocs.workflow import holding, moving

from .members import require_free, set_offices, taken


def save_bloc(bloc: Bloc, *, by: User) -> Bloc:
    """Add a bloc to the province, or change its name and symbol."""
    require(may.can_manage_blocs(by, bloc))
    for field in ("name", "full_name", "symbol"):
        setattr(bloc, field, tidy(getattr(bloc, field)))
    bloc.full_clean()
    bloc.save()
    return bloc


def open_review(bloc: Bloc, year: int, *, members: Mapping[Agency, str], by: User) -> Review:
    """Open the review of ``year`` with ``members`` (agency to office) in the order given."""
    require(may.can_open_review(by))
    require(may.can_manage_blocs(by, bloc))
    require_free(members, year)
    return _create_review(bloc, year, members)


def continue_review(
    review: Review, *, leader: Membership, deputies: list[Membership], by: User
) -> Review:
    """Open next year's review with this year's members and the offices just elected.

    Where next year is open already only its offices are set: two reviews of one bloc may run
    at once. A member that has gone to another bloc stays there; the board names who is missing.
    """
    require(may.can_hand_over(by, review))
    offices = {leader.agency_id: Office.LEADER}
    offices |= {deputy.agency_id: Office.DEPUTY for deputy in deputies}
    upcoming = Review.objects.filter(bloc=review.bloc, year=review.year + 1).first()
    if upcoming is not None:
        set_offices(upcoming, offices)
        return upcoming
    parts = list(review.memberships.in_order().select_related("agency"))
    gone = {part.agency_id for part in taken([part.agency for part in parts], review.year + 1)}
    members = {
        part.agency: offices.get(part.agency_id, Office.MEMBER)
        for part in parts
        if part.agency_id not in gone
    }
    return _create_review(review.bloc, review.year + 1, members)


def _create_review(bloc: Bloc, year: int, members: Mapping[Agency, str]) -> Review:
    if any(agency.is_board for agency in members):
        raise ValidationError(_("The board's office cannot be a member of a bloc."))
    if list(members.values()).count(Office.LEADER) > 1:
        raise ValidationError(_("A bloc has one leader."))
    with transaction.atomic():
        review = Review(bloc=bloc, year=year)
        review.full_clean()
        review.registration_due = datetime.date(year, 3, 31)
        review.save()
        for position, (agency, office) in enumerate(members.items(), start=1):
            review.memberships.create(agency=agency, office=office, position=position)
        return review


def set_calendar(
    review: Review,
    *,
    dates: Mapping[str, datetime.date | None],
    objection_days: int | None = None,
    by: User,
) -> None:
    """Set the review's dates; the sheets' due day stands once self-scoring has begun.

    The term for objections (``objection_days``; None leaves it) is announced before the appraisal
    and stands from then on.
    """
    with holding(review) as held:
        require(may.can_set_calendar(by, held))
        if held.has_reached(Phase.SELF_SCORING) and dates["scores_due"] != held.scores_due:
            raise ValidationError(
                {"scores_due": _("Self-scoring is open: grant extensions instead of moving this.")}
            )
        if objection_days is not None and objection_days != held.objection_days:
            if held.has_reached(Phase.APPRAISAL):
                raise ValidationError(
                    {"objection_days": _("The term was announced; the appraisal has begun.")}
                )
            held.objection_days = objection_days
        for field, day in dates.items():
            setattr(held, field, day)
        held.full_clean()
        held.save()


def close_review(review: Review, *, by: User) -> Review:
    """Put a decided review into the archive."""
    with moving(review, Phase.CLOSED, by=by) as held:
        require(may.can_close_review(by, held))
    return held
