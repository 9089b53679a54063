"""Sums of a sheet: nodes, rescaled groups, bonus, penalties, total and grade."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from .arithmetic import rounded
from .cases import Member
from .criteria import CriteriaSet, Criterion, Effect, Group, NaPolicy, Stage
from .knockouts import Raised
from .points import StagePoints

ZERO = Decimal(0)


@dataclass(frozen=True)
class NodeResult:
    """Points of a group or inner node at each stage.

    `raw` is the plain sum. A top-level group with leaves that do not apply and are rescaled also
    has `rescaled`; `out` is the sum of their maxima (reading 2).
    """

    max: Decimal
    raw: Mapping[Stage, Decimal]
    out: Decimal = ZERO
    rescaled: Mapping[Stage, Decimal] | None = None

    @property
    def counted(self) -> Mapping[Stage, Decimal]:
        """What base, totals and tie rules use."""
        return self.raw if self.rescaled is None else self.rescaled


@dataclass(frozen=True)
class Totals:
    """The sums of one stage in points; `penalty` is positive and `total` is not clamped."""

    base: Decimal
    bonus_raw: Decimal
    bonus: Decimal
    penalty: Decimal

    @property
    def total(self) -> Decimal:
        """Base and bonus less penalties (reading 5)."""
        return self.base + self.bonus - self.penalty


def node_results(
    criteria: CriteriaSet, member: Member, points: Mapping[str, StagePoints]
) -> dict[str, NodeResult]:
    """Sums of every group and inner node by code; blank leaves count as nothing."""
    results = {}
    for node in criteria.nodes:
        raw = {stage: sum_of(node.leaves, points, stage) for stage in Stage}
        results[node.code] = NodeResult(node.max, raw)
    for group in criteria.groups:
        out = _left_out(group, member)
        if out:
            result = results[group.code]
            rescaled = {
                stage: _rescaled(result.raw[stage], group.max, out, criteria.places)
                for stage in Stage
            }
            results[group.code] = NodeResult(group.max, result.raw, out, rescaled)
    return results


def totals_at(
    criteria: CriteriaSet,
    nodes: Mapping[str, NodeResult],
    points: Mapping[str, StagePoints],
    stage: Stage,
) -> Totals:
    """The sums of a sheet at one stage."""
    bonus_raw = sum_of(criteria.bonus, points, stage)
    return Totals(
        base=sum((nodes[group.code].counted[stage] for group in criteria.groups), ZERO),
        bonus_raw=bonus_raw,
        bonus=min(bonus_raw, criteria.bonus_cap),
        penalty=sum_of(criteria.penalties, points, stage),
    )


def sum_of(
    criteria: Iterable[Criterion], points: Mapping[str, StagePoints], stage: Stage
) -> Decimal:
    """Sum of rounded points, exact; blank counts as nothing."""
    found = (points[criterion.code][stage] for criterion in criteria)
    return sum((value for value in found if value is not None), ZERO)


def grade_of(criteria: CriteriaSet, total: Decimal, raised: Iterable[Raised] = ()) -> str:
    """The label that a total in points earns, lowered where a knock-out caps it (5 and 18).

    Below every threshold it is the lowest grade.
    """
    labels = [grade.label for grade in criteria.grades]
    reached = [grade.label for grade in criteria.grades if total >= grade.min]
    caps = [
        one.knockout.grade
        for one in raised
        if one.knockout.effect is Effect.CAP_GRADE and one.knockout.grade is not None
    ]
    earned = reached[0] if reached else labels[-1]
    return max([earned, *caps], key=labels.index)


def _left_out(group: Group, member: Member) -> Decimal:
    return sum(
        (
            leaf.max
            for leaf in group.leaves
            if leaf.code in member.not_applicable
            and leaf.na_policy is NaPolicy.RESCALE
            and leaf.max is not None
        ),
        ZERO,
    )


def _rescaled(raw: Decimal, maximum: Decimal, out: Decimal, places: int) -> Decimal:
    if out == maximum:
        return ZERO  # refused when a set is adopted (reading 3); nothing is left to scale
    return rounded(Fraction(raw) * Fraction(maximum) / Fraction(maximum - out), places)
