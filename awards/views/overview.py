"""All reviews of a province on one sheet: a constant number of queries for any number of blocs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from awards.models import Conference, Dossier, DossierStatus, Proposal, ProposalStatus
from blocs.models import Membership, Phase, Review, User
from blocs.vietnamese import search_key
from scoring.models import Extension, Sheet, SheetStatus


@dataclass(frozen=True)
class Line:
    """One review in the board's table."""

    review: Review
    members: int
    received: int
    late: int
    appraised: int
    conference: Conference | None
    proposals: int
    dossier: Dossier | None

    @property
    def shown_dossier(self) -> Dossier | None:
        """The board does not open a dossier that was never submitted."""
        dossier = self.dossier
        return dossier if dossier and dossier.status != DossierStatus.DRAFT else None

    @property
    def is_readable(self) -> bool:
        """A dossier that was returned is the leader's again."""
        return self.review.has_reached(Phase.EXAMINATION)


def reviews_for(user: User, *, words: str, year: int | None, phase: str) -> list[Review]:
    """The reviews that the user's filters leave, newest year first."""
    reviews = Review.objects.visible_to(user).select_related("bloc").newest_first()
    if year is not None:
        reviews = reviews.filter(year=year)
    if phase:
        reviews = reviews.filter(status=phase)
    wanted = search_key(words).split()
    return [
        review
        for review in reviews
        if all(word in search_key(f"{review.bloc.name} {review.bloc.full_name}") for word in wanted)
    ]


def lines_of(reviews: Sequence[Review]) -> list[Line]:
    ids = [review.pk for review in reviews]
    members = _counted(Membership.objects.filter(review__in=ids))
    proposals = _counted(
        Proposal.objects.filter(review__in=ids).exclude(status=ProposalStatus.WITHDRAWN)
    )
    conferences = {one.review_id: one for one in Conference.objects.filter(review__in=ids)}
    dossiers = {one.review_id: one for one in Dossier.objects.filter(review__in=ids)}
    sheets = _sheets(ids)
    extended = dict(
        Extension.objects.filter(membership__review__in=ids)
        .order_by()
        .values_list("membership")
        .annotate(to=models.Max("to"))
    )
    today = timezone.localdate()
    return [
        Line(
            review=review,
            members=members.get(review.pk, 0),
            received=sum(sheet.is_received for sheet in sheets[review.pk]),
            late=sum(
                _is_late(sheet, extended.get(sheet.membership_id) or review.scores_due, today)
                for sheet in sheets[review.pk]
            ),
            appraised=sum(sheet.status == SheetStatus.APPRAISED for sheet in sheets[review.pk]),
            conference=conferences.get(review.pk),
            proposals=proposals.get(review.pk, 0),
            dossier=dossiers.get(review.pk),
        )
        for review in reviews
    ]


def _counted(rows: models.QuerySet[Membership] | models.QuerySet[Proposal]) -> dict[int, int]:
    counts = rows.order_by().values_list("review").annotate(count=models.Count("pk"))
    return dict(counts)


def _sheets(reviews: Sequence[int]) -> Mapping[int, list[Any]]:
    """Every sheet with the submission that counts.

    A submission after a request for supplement completes nothing anew, nor does one that only
    ends a resumed appraisal (docs/scoring-rules.md, 15).
    """
    complete = Q(
        changes__to_status=SheetStatus.SUBMITTED,
        changes__from_status__in=[SheetStatus.DRAFT, SheetStatus.WITH_HEAD],
    )
    extensions = Extension.objects.filter(membership=models.OuterRef("membership")).order_by("-pk")
    by_review: defaultdict[int, list[Any]] = defaultdict(list)
    for sheet in (
        Sheet.objects.filter(membership__review__in=reviews)
        .select_related("membership")
        .annotate(
            came_at=models.Max("changes__at", filter=complete),
            extended_to=models.Subquery(extensions.values("to")[:1]),
        )
    ):
        by_review[sheet.membership.review_id].append(sheet)
    return by_review


def _is_late(sheet: Any, due: date | None, today: date) -> bool:
    if due is None or sheet.membership.unranked:
        return False
    out = sheet.status in (SheetStatus.DRAFT, SheetStatus.WITH_HEAD)
    return (today if out else timezone.localdate(sheet.came_at)) > due
