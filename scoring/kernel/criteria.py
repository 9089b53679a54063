"""A criteria set: a tree of groups and leaves, bonuses, penalties, knock-outs and grades.

docs/criteria.md describes the file that an author writes; `loading` reads and checks it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property

from .rules import Derived, Relative, Rule


class Stage(Enum):
    """The columns of a sheet, in their order (reading 13)."""

    CLAIMED = "claimed"
    APPRAISED = "appraised"
    AGREED = "agreed"


class Part(Enum):
    """Where a criterion counts."""

    BASE = "base"
    BONUS = "bonus"
    PENALTY = "penalty"


class NaPolicy(Enum):
    """What a leaf is worth to a member to whom it does not apply (readings 2 and 7)."""

    FULL = "FULL"  # the maximum
    RESCALE = "RESCALE"  # nothing; the rest of the group is scaled up
    BLOC_AVERAGE = "BLOC_AVERAGE"  # the mean of the others


class Effect(Enum):
    """What a knock-out does (reading 18)."""

    EXCLUDE_FLAG = "EXCLUDE_FLAG"
    EXCLUDE_ALL = "EXCLUDE_ALL"
    CAP_GRADE = "CAP_GRADE"
    UNRANK = "UNRANK"
    SUSPEND = "SUSPEND"


class Office(Enum):
    """The office that a member holds in the bloc in the year of the review."""

    LEADER = "leader"
    DEPUTY = "deputy"
    MEMBER = "member"


CONFERENCE = "CONFERENCE"  # the only setter that `set_by` may name


@dataclass(frozen=True)
class Criterion:
    """A leaf, bonus or penalty.

    `max` is in points: a leaf's maximum, a bonus's cap, None for a penalty.
    """

    code: str
    name: str
    part: Part
    rule: Rule
    max: Decimal | None = None
    evidence: tuple[str, ...] = ()
    verifier: str = ""
    na_policy: NaPolicy | None = None
    late_data: bool = False
    auto: bool = False
    set_by: str | None = None

    @property
    def limit(self) -> Decimal:
        """The maximum to hand to the rule; a penalty has none and its rules read none."""
        return Decimal(0) if self.max is None else self.max

    @property
    def typed(self) -> bool:
        """Whether the member enters it: neither the system nor the conference does."""
        return not self.auto and self.set_by is None

    @property
    def needs_bloc(self) -> bool:
        """Whether its points can move because other members' data moved (reading 8)."""
        return isinstance(self.rule, Relative) or self.na_policy is NaPolicy.BLOC_AVERAGE

    @property
    def derived(self) -> bool:
        """Whether it is computed from the rest of the sheet (reading 9)."""
        return isinstance(self.rule, Derived)


@dataclass(frozen=True)
class Group:
    """A group or an inner node; `max` in points is the sum of the children's."""

    code: str
    name: str
    max: Decimal
    children: tuple[Group | Criterion, ...]

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """All leaves below, in order."""
        return tuple(node for node in self.walk() if isinstance(node, Criterion))

    def walk(self) -> Iterator[Group | Criterion]:
        """This node and all below it, parents first."""
        yield self
        for child in self.children:
            if isinstance(child, Group):
                yield from child.walk()
            else:
                yield child


@dataclass(frozen=True)
class Knockout:
    """A fact that bars from a proposal, a rank or a grade. `grade` belongs to CAP_GRADE."""

    code: str
    effect: Effect
    name: str
    grade: str | None = None


@dataclass(frozen=True)
class Grade:
    """A label and the lowest total in points that earns it."""

    label: str
    min: Decimal


@dataclass(frozen=True)
class CriteriaSet:
    """A whole set. `scale`, `step` and `bonus_cap` are in points, `places` in decimals.

    `grades` go from the highest to the lowest; `tie_break` holds rules in their order.
    """

    code: str
    title: str
    scale: Decimal
    step: Decimal
    places: int
    bonus_cap: Decimal
    grades: tuple[Grade, ...]
    tie_break: tuple[str, ...]
    groups: tuple[Group, ...]
    bonus: tuple[Criterion, ...] = ()
    penalties: tuple[Criterion, ...] = ()
    knockouts: tuple[Knockout, ...] = ()

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """The base leaves, in order."""
        return tuple(leaf for group in self.groups for leaf in group.leaves)

    @cached_property
    def extras(self) -> tuple[Criterion, ...]:
        """Bonuses, then penalties."""
        return self.bonus + self.penalties

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """All that can have points: leaves, bonuses, penalties."""
        return self.leaves + self.extras

    @cached_property
    def nodes(self) -> tuple[Group, ...]:
        """Groups and inner nodes, parents first."""
        return tuple(
            node for group in self.groups for node in group.walk() if isinstance(node, Group)
        )

    @cached_property
    def _criterion_by_code(self) -> Mapping[str, Criterion]:
        return {criterion.code: criterion for criterion in self.criteria}

    @cached_property
    def _group_by_leaf(self) -> Mapping[str, Group]:
        return {leaf.code: group for group in self.groups for leaf in group.leaves}

    @cached_property
    def _knockout_by_code(self) -> Mapping[str, Knockout]:
        return {knockout.code: knockout for knockout in self.knockouts}

    def find(self, code: str) -> Criterion:
        """The leaf, bonus or penalty of this code (in NFC); KeyError without one."""
        return self._criterion_by_code[code]

    def has(self, code: str) -> bool:
        """Whether a leaf, bonus or penalty has this code (in NFC)."""
        return code in self._criterion_by_code

    def group_of(self, code: str) -> Group:
        """The top-level group of a base leaf; KeyError for any other code."""
        return self._group_by_leaf[code]

    def find_knockout(self, code: str) -> Knockout | None:
        """The knock-out of this code (in NFC)."""
        return self._knockout_by_code.get(code)
