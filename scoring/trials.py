"""Trying criteria sets on figures before one is adopted. Nothing is stored.

The figures are those of the bloc's earlier review, or a file of answers as `tabulate` reads it;
points and ranks come from the same kernel as everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from blocs.models import Review, User
from blocs.permissions import Verdict
from scoring import permissions as may
from scoring.cases import case_of
from scoring.criteria import rules_of
from scoring.criteria_page import set_in_force
from scoring.kernel.answers_file import read_case
from scoring.kernel.carry_over import CarriedOver, carry_over
from scoring.kernel.cases import Case
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Criterion, Stage
from scoring.kernel.dry_run import table_text
from scoring.kernel.errors import InputError
from scoring.kernel.stages import answers
from scoring.kernel.tabulation import Tabulation, tabulate
from scoring.models import CriteriaSet, CriteriaStatus, Exemption

Exempt = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Candidate:
    """A set to try; ``exempt``, by member and code, where the bloc has decided it for this set."""

    rules: Rules
    exempt: Exempt | None = None


@dataclass(frozen=True)
class Figures:
    """A case and the set that it answers; ``raw`` where it was read from a file of answers.

    ``members`` are the slugs to compare, all where None. ``newcomers`` and ``leavers`` are the
    names of those who stand in one of the two years only.
    """

    rules: Rules
    case: Case
    raw: object = None
    members: frozenset[str] | None = None
    newcomers: tuple[str, ...] = ()
    leavers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Blank:
    """A base leaf of the set that some members have no figures for, by slug."""

    criterion: Criterion
    members: tuple[str, ...]


@dataclass(frozen=True)
class Trial:
    """What one set gives for the figures, and which of the figures it could not take."""

    rules: Rules
    case: Case
    table: Tabulation
    carried: CarriedOver | None = None

    @property
    def text(self) -> str:
        """The JSON that ``tabulate`` prints."""
        return table_text(self.table)

    @cached_property
    def blanks(self) -> tuple[Blank, ...]:
        """Leaves that apply to a member without an answer at any stage; they count as nothing."""
        found = []
        for leaf in self.rules.leaves:
            if leaf.derived:
                continue
            slugs = tuple(
                one.slug
                for one in self.case.members
                if leaf.code not in one.not_applicable and answers(leaf, one)[Stage.AGREED] is None
            )
            if slugs:
                found.append(Blank(leaf, slugs))
        return tuple(found)


class Stock:
    """The sets and figures of a bloc that one reader can try in a review."""

    def __init__(self, user: User, review: Review) -> None:
        self.user, self.review = user, review

    @cached_property
    def own(self) -> CriteriaSet | None:
        """The review's draft, or its adopted set."""
        return set_in_force(self.review)

    @cached_property
    def earlier(self) -> Review | None:
        """The bloc's review before this one, if the reader takes part in it."""
        reviews = Review.objects.visible_to(self.user).filter(
            bloc=self.review.bloc_id, year__lt=self.review.year
        )
        return reviews.select_related("bloc").order_by("-year").first()

    @cached_property
    def earlier_set(self) -> CriteriaSet | None:
        """The set that the earlier review adopted."""
        sets = CriteriaSet.objects.filter(review=self.earlier, status=CriteriaStatus.ADOPTED)
        return sets.first() if self.earlier else None

    @cached_property
    def may_use_earlier(self) -> Verdict:
        """Whether the figures of the earlier review may be shown to the reader."""
        return may.can_use_figures_of(self.earlier)

    def own_candidate(self) -> Candidate:
        """The review's own set, with the exemptions that it has so far."""
        assert self.own is not None  # noqa: S101 -- the form offers it only where there is one
        exempt: dict[str, dict[str, str]] = {}
        rows = Exemption.objects.filter(criterion__criteria_set=self.own)
        for slug, code, reason in rows.values_list(
            "membership__agency__slug", "criterion__code", "reason"
        ):
            exempt.setdefault(slug, {})[code] = reason
        return Candidate(rules_of(self.own), exempt)

    def earlier_figures(self) -> Figures:
        """The figures of the earlier review, without members that are no longer in the bloc."""
        assert self.earlier is not None  # noqa: S101 -- behind ``may_use_earlier``
        assert self.earlier_set is not None  # noqa: S101
        rules, case = case_of(self.earlier, self.earlier_set)
        parts = self.review.memberships.in_order().with_names()
        now = {part.agency.slug: part.agency.name_on(self.review.last_day).full for part in parts}
        then = {one.slug: one.name for one in case.members}
        return Figures(
            rules,
            case,
            members=frozenset(now.keys() & then.keys()),
            newcomers=tuple(name for slug, name in now.items() if slug not in then),
            leavers=tuple(name for slug, name in then.items() if slug not in now),
        )


def try_set(candidate: Candidate, figures: Figures) -> Trial:
    """The table of the set; ``InputError`` where its exemptions or knock-outs do not work out.

    A file of answers is read as it is by the set that it names; all else is carried over.
    """
    rules, exempt = candidate.rules, candidate.exempt
    if figures.raw is not None:
        exempt = None  # the file says itself what does not apply to its members
        if rules.code == figures.rules.code:
            try:
                return _tabulated(rules, read_case(rules, figures.raw))
            except InputError:
                pass  # another draft with the same code: the file is carried over to it
    carried = carry_over(figures.rules, figures.case, rules, members=figures.members, exempt=exempt)
    return _tabulated(rules, carried.case, carried)


def _tabulated(rules: Rules, case: Case, carried: CarriedOver | None = None) -> Trial:
    return Trial(rules, case, tabulate(rules, case), carried)
