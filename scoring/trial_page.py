"""The page of a trial: members, groups and criteria under one set, or under two side by side."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.utils.translation import gettext as _

from blocs.models import Review
from scoring.forms.trials import TrialForm
from scoring.kernel.criteria import Criterion, Part, Stage
from scoring.kernel.tabulation import AGREED, MemberResult
from scoring.kernel.totals import Totals
from scoring.messages import translated
from scoring.trials import Trial

LETTERS = ("A", "B")


@dataclass(frozen=True)
class Standing:
    """A member under one set: points after the conference, grade, and rank (None: not ranked)."""

    letter: str
    places: int
    totals: Totals
    groups: tuple[Decimal | None, ...]
    grade: str
    rank: int | None
    shared: bool


@dataclass(frozen=True)
class CriterionLine:
    """One criterion of a member under both sets; None where a set lacks it or it is blank."""

    code: str
    name: str
    takes_off: bool
    points: tuple[Decimal | None, ...]

    @property
    def change(self) -> Decimal | None:
        return difference(self.points)

    @property
    def cells(self) -> list[tuple[Decimal | None, str]]:
        """Points with the letter of their set."""
        return list(zip(self.points, LETTERS, strict=False))


@dataclass(frozen=True)
class MemberLine:
    """One member: a standing for each set, and how the second differs from the first."""

    slug: str
    name: str
    standings: tuple[Standing, ...]
    criteria: tuple[CriterionLine, ...]

    @property
    def total_change(self) -> Decimal | None:
        return difference([one.totals.total for one in self.standings])

    @property
    def part_changes(self) -> tuple[Decimal | None, ...]:
        """By group, then base, bonus and penalty."""
        sums = [(one.totals.base, one.totals.bonus, one.totals.penalty) for one in self.standings]
        parts = zip(*(one.groups for one in self.standings), strict=True)
        return tuple(difference(pair) for pair in (*parts, *zip(*sums, strict=True)))

    @property
    def rank_change(self) -> str:
        """In words; nothing where the member has no rank under one of the sets."""
        before, after = (one.rank for one in (self.standings[0], self.standings[-1]))
        if before is None or after is None:
            return ""
        if before == after:
            return _("same")
        moved = {"places": abs(after - before)}
        return (_("up %(places)s") if after < before else _("down %(places)s")) % moved


@dataclass(frozen=True)
class Leftovers:
    """Which figures a set had none of, or could not take, each as one line of text."""

    letter: str
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def are_there(self) -> bool:
        return any((self.new, self.changed, self.gone, self.blank, self.refused))


@dataclass(frozen=True)
class Head:
    """A top-level group by its code; the maximum in points under each set."""

    code: str
    name: str
    maxima: tuple[Decimal | None, ...]


class TrialPage:
    """What the page shows: the form, and the result once the form is valid."""

    def __init__(self, review: Review, form: TrialForm) -> None:
        self.review, self.form = review, form

    @cached_property
    def trials(self) -> list[Trial]:
        return self.form.trials if self.form.is_bound and self.form.is_valid() else []

    @property
    def compares(self) -> bool:
        return len(self.trials) > 1

    @cached_property
    def places(self) -> int:
        """Decimals that hold the points of every set."""
        return max(trial.rules.places for trial in self.trials)

    @cached_property
    def sets(self) -> list[tuple[str, Trial, str]]:
        """Letter, trial, and the file to download, as an address that holds it."""
        return [
            (letter, trial, data_url(trial.text))
            for letter, trial in zip(LETTERS, self.trials, strict=False)
        ]

    @cached_property
    def heads(self) -> list[Head]:
        found: dict[str, str] = {}
        for trial in self.trials:
            for group in trial.rules.groups:
                found.setdefault(group.code, group.name)
        return [
            Head(code, name, tuple(self._maximum(trial, code) for trial in self.trials))
            for code, name in found.items()
        ]

    def _maximum(self, trial: Trial, code: str) -> Decimal | None:
        return next((group.max for group in trial.rules.groups if group.code == code), None)

    @cached_property
    def width(self) -> int:
        """Columns of the table by groups."""
        return len(self.heads) + 5

    @cached_property
    def members(self) -> list[MemberLine]:
        """In the order of set A."""
        return [self._member(slug) for slug in self.trials[0].table.order]

    def _member(self, slug: str) -> MemberLine:
        results = [trial.table.members[slug] for trial in self.trials]
        return MemberLine(
            slug,
            results[0].name,
            tuple(
                self._standing(letter, trial, result)
                for letter, trial, result in zip(LETTERS, self.trials, results, strict=False)
            ),
            tuple(self._criteria(results)),
        )

    def _standing(self, letter: str, trial: Trial, result: MemberResult) -> Standing:
        place = result.places[AGREED]
        counted = {code: node.counted[Stage.AGREED] for code, node in result.nodes.items()}
        return Standing(
            letter,
            trial.rules.places,
            result.totals[Stage.AGREED],
            tuple(
                None if maximum is None else counted[head.code]
                for head in self.heads
                for maximum in [self._maximum(trial, head.code)]
            ),
            result.grades[Stage.AGREED],
            place.rank,
            bool(place.shared_with),
        )

    def _criteria(self, results: list[MemberResult]) -> Iterable[CriterionLine]:
        points = [{**one.leaves, **one.extras} for one in results]
        for code, (name, part) in self._names.items():
            yield CriterionLine(
                code,
                name,
                part is Part.PENALTY,
                tuple(one[code].points[Stage.AGREED] if code in one else None for one in points),
            )

    @cached_property
    def _names(self) -> dict[str, tuple[str, Part]]:
        """Criteria of both sets by code, each where it first stands."""
        found: dict[str, tuple[str, Part]] = {}
        for trial in self.trials:
            for one in trial.rules.criteria:
                found.setdefault(one.code, (one.name, one.part))
        return found

    # --- what could not be taken

    @cached_property
    def leftovers(self) -> list[Leftovers]:
        found = [self._left(letter, trial) for letter, trial, _url in self.sets]
        return [one for one in found if one.are_there]

    def _left(self, letter: str, trial: Trial) -> Leftovers:
        carried, figures = trial.carried, self.form.used
        names = {one.slug: one.name for one in trial.case.members}
        unfed = {*carried.new, *carried.changed} if carried else set()
        blank = tuple(
            f"{titled(one.criterion)}: {self._who(one.members, names)}"
            for one in trial.blanks
            if one.criterion.code not in unfed
        )
        if carried is None:
            return Leftovers(letter, blank=blank)
        return Leftovers(
            letter,
            new=tuple(titled(trial.rules.find(code)) for code in carried.new),
            changed=tuple(titled(trial.rules.find(code)) for code in carried.changed),
            gone=tuple(titled(figures.rules.find(code)) for code in carried.gone),
            blank=blank,
            refused=tuple(
                f"{names[one.slug]}, {one.code}: {translated(one.error)}" for one in carried.refused
            ),
        )

    def _who(self, slugs: tuple[str, ...], names: dict[str, str]) -> str:
        if len(slugs) == len(names):
            return _("all members")
        return ", ".join(names[slug] for slug in slugs)


def titled(criterion: Criterion) -> str:
    return f"{criterion.code} {criterion.name}"


def difference(values: Iterable[Decimal | None]) -> Decimal | None:
    """The second value less the first; None without two."""
    before, after = (*values, None, None)[:2]
    return None if before is None or after is None else after - before


def data_url(text: str) -> str:
    """An address that holds the text itself: a trial stores nothing that it could link to."""
    return "data:application/json;base64," + base64.b64encode(text.encode()).decode()
