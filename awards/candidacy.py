"""What speaks against electing a member to next year's office: warnings, never a bar."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from blocs.models import Membership, Office, Review
from blocs.transitions.members import taken
from scoring.findings import bars_of

LOOKED_BACK = 5  # reviews, this year's included: an office held before that is long ago
BOTH = (Office.LEADER, Office.DEPUTY)


@dataclass(frozen=True)
class Candidacy:
    """A member that may be elected, with what the room should know before it votes."""

    membership: Membership
    warnings: tuple[str, ...]


def candidacies_of(review: Review, *, offices: Sequence[Office] = BOTH) -> tuple[Candidacy, ...]:
    """All members in protocol order, with the warnings for any of these offices."""
    members = list(review.memberships.in_order().with_names())
    kinds = [_served(review, members, offices), _ending(review, members)]
    kinds += [_barred(review), _leaving(review, members)]
    return tuple(
        Candidacy(member, tuple(words for kind in kinds for words in kind.get(member.pk, ())))
        for member in members
    )


Warnings = dict[int, list[str]]


def _served(review: Review, members: list[Membership], offices: Iterable[Office]) -> Warnings:
    """Who held the office lately, while others have not held it since."""
    first = review.year - LOOKED_BACK + 1
    held = Membership.objects.filter(
        review__bloc=review.bloc_id, review__year__range=(first, review.year), office__in=offices
    ).values_list("office", "agency_id", "review__year")
    last: dict[tuple[str, int], int] = {}
    for office, agency, year in held:
        last[office, agency] = max(year, last.get((office, agency), 0))
    sentences = {
        Office.LEADER: _("Led the bloc in %(year)s; others have not led it since."),
        Office.DEPUTY: _("Was deputy leader in %(year)s; others have not been since."),
    }
    found: Warnings = {}
    for office in offices:
        years = {member.pk: last.get((office, member.agency_id), 0) for member in members}
        for member, year in years.items():
            if year and any(other < year for other in years.values()):
                found.setdefault(member, []).append(sentences[office] % {"year": year})
    return found


def _ending(review: Review, members: list[Membership]) -> Warnings:
    """Whose last name ends before next year is over: it is merged or dissolved."""
    found: Warnings = {}
    for member in members:
        ends = member.agency.current_name.valid_to
        if ends is not None and ends.year <= review.year + 1:
            words = _("The agency ends on %(day)s; no name follows.")
            found[member.pk] = [words % {"day": f"{ends:%d/%m/%Y}"}]
    return found


def _barred(review: Review) -> Warnings:
    """Whom findings suspend or bar now. What was found is for the page of findings to say."""
    return {
        member: [_("A finding suspends or bars this member from awards.")]
        for member, bars in bars_of(review).items()
        if not (bars.allowed.flag and bars.allowed.merit)
    }


def _leaving(review: Review, members: list[Membership]) -> Warnings:
    by_agency = {member.agency_id: member.pk for member in members}
    return {
        by_agency[part.agency_id]: [
            _("Goes to %(bloc)s in %(year)s.")
            % {"bloc": part.review.bloc.name, "year": part.review.year}
        ]
        for part in taken([member.agency for member in members], review.year + 1)
        if part.review.bloc_id != review.bloc_id
    }
