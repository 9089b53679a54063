"""A bloc's members over the years: only adopted tables, compared only where that is fair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from blocs.models import Review, User
from scoring import permissions as may
from scoring.criteria import rules_of
from scoring.kernel.arithmetic import rounded
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.models import CriteriaSet, CriteriaStatus, Summary, SummaryStatus
from scoring.tables import Row, Table, table_of

HUNDRED = 100


@dataclass(frozen=True)
class Year:
    """One adopted table with the rules it was drawn up under."""

    review: Review
    table: Table
    rules: Rules

    @cached_property
    def ranked(self) -> int:
        return sum(row.rank is not None for row in self.table.rows)

    @cached_property
    def by_slug(self) -> dict[str, Row]:
        return {row.slug: row for row in self.table.rows}


@dataclass(frozen=True)
class Worth:
    """Points of one year and their share of the maximum in percent, to one decimal."""

    points: Decimal | None
    percent: Decimal | None


@dataclass(frozen=True)
class Result:
    """A member in one year."""

    year: Year
    row: Row
    total: Worth
    is_own_bloc: bool


@dataclass(frozen=True)
class Comparison:
    """A group or criterion over years; a year without it, or with another name, has None.

    Where ``percent_only``, the maxima differ and points must not be compared.
    """

    code: str
    name: str
    is_group: bool
    worths: tuple[Worth | None, ...]
    percent_only: bool


@dataclass(frozen=True)
class MemberTrend:
    """A member, its results by year, and what can be compared between them."""

    name: str
    slug: str
    results: tuple[Result, ...]
    comparisons: tuple[Comparison, ...]
    percent_only: bool


def share(points: Decimal | None, maximum: Decimal) -> Decimal | None:
    """Percent of the maximum, half up to one decimal; none of a maximum of nothing."""
    if points is None or not maximum:
        return None
    return rounded(Fraction(points) * HUNDRED / Fraction(maximum), 1)


def trend_of(review: Review, user: User) -> list[MemberTrend]:
    """The members of ``review`` with their adopted results of this year and earlier."""
    members = list(review.memberships.in_order().with_names())
    years = _years(review, user, [member.agency_id for member in members])
    found = []
    for member in members:
        slug = member.agency.slug
        results = tuple(
            Result(year, row, _total(year, row), year.review.bloc_id == review.bloc_id)
            for year in years
            if (row := year.by_slug.get(slug)) is not None
        )
        name = member.agency.name_on(review.last_day).full
        scales = {result.year.rules.scale for result in results}
        comparisons = tuple(_comparisons(results))
        found.append(MemberTrend(name, slug, results, comparisons, len(scales) > 1))
    return found


def _years(review: Review, user: User, agencies: Iterable[int]) -> list[Year]:
    """Adopted tables of the bloc, and of other blocs that had these members, oldest first."""
    visible = Review.objects.visible_to(user).filter(
        year__lte=review.year, memberships__agency__in=list(agencies)
    )
    adopted = Summary.objects.filter(
        review__in=visible.values("pk"), status=SummaryStatus.ADOPTED
    ).select_related("review__bloc")
    summaries = {one.review_id: one for one in adopted if may.can_read_summary(user, one.review)}
    sets = CriteriaSet.objects.filter(review__in=summaries, status=CriteriaStatus.ADOPTED)
    years = [
        Year(found.review, table_of(found), rules_of(one))
        for one in sets
        if (found := summaries[one.review_id])
    ]
    return sorted(years, key=lambda year: (year.review.year, year.review.bloc_id != review.bloc_id))


def _total(year: Year, row: Row) -> Worth:
    return Worth(row.agreed.total, share(row.agreed.total, year.rules.scale))


def _comparisons(results: tuple[Result, ...]) -> Iterator[Comparison]:
    """What the latest year has in common, by code and name, with at least one other."""
    if len(results) < 2:
        return
    heads = [_heads(result.year) for result in results]
    for code, (name, _maximum, is_group) in heads[-1].items():
        same = [head.get(code) for head in heads]
        kept = [one if one is not None and one[0] == name else None for one in same]
        if sum(one is not None for one in kept) < 2:
            continue
        worths = tuple(
            None if one is None else _worth(result.row, result.year, code, one[1], is_group)
            for result, one in zip(results, kept, strict=True)
        )
        maxima = {one[1] for one in kept if one is not None}
        yield Comparison(code, name, is_group, worths, len(maxima) > 1)


def _heads(year: Year) -> dict[str, tuple[str, Decimal, bool]]:
    """Name, maximum and kind by code, groups with the criteria below them."""
    found: dict[str, tuple[str, Decimal, bool]] = {}
    for group in year.rules.groups:
        found[group.code] = (group.name, group.max, True)
        for leaf in group.leaves:
            found[leaf.code] = (leaf.name, leaf.limit, False)
    return found


def _worth(row: Row, year: Year, code: str, maximum: Decimal, is_group: bool) -> Worth:
    if is_group:
        codes = [group.code for group in year.table.groups]
        points: Decimal | None = row.agreed.groups[codes.index(code)]
    else:
        text = row.leaves[code]["agreed"]
        points = None if text is None else Decimal(text)
    return Worth(points, share(points, maximum))
