"""What may be entered for a criterion of a given set: inputs, or points in their place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from .arithmetic import is_multiple, plain
from .criteria import CriteriaSet, Criterion
from .errors import InputError, gettext_noop
from .rules import Judged, Levels
from .rules.inputs import Inputs, Judgement, read_number


@dataclass(frozen=True)
class Change:
    """What a later stage changed: new inputs, or points in place of the rule's result.

    Exactly one of `inputs` and `points` is given.
    """

    inputs: Inputs | None = None
    points: Decimal | None = None
    reason: str = ""


def read_inputs(criteria: CriteriaSet, criterion: Criterion, raw: object) -> Inputs:
    """Raw inputs, checked against the rule and, where typed points are bound, maximum and step.

    InputError names the field (readings 4, 10, 11).
    """
    inputs = criterion.rule.read(raw)
    if isinstance(inputs, Judgement):
        _check_points(criteria, criterion, inputs.points)
    return inputs


def read_points(criteria: CriteriaSet, criterion: Criterion, raw: object) -> Decimal:
    """Points set by hand: between 0 and the maximum, in decimals that the set prints.

    Where the rule is judged or levels they are multiples of the step (reading 4).
    """
    points = read_number(raw, "points")
    if points < 0:
        raise InputError(gettext_noop("Enter a number that is not below 0."), field="points")
    _check_points(criteria, criterion, points)
    return points


def _check_points(criteria: CriteriaSet, criterion: Criterion, points: Decimal) -> None:
    if criterion.max is not None and points > criterion.max:
        raise InputError(
            gettext_noop("%(points)s points are more than the maximum of %(max)s."),
            field="points",
            points=plain(points),
            max=plain(criterion.max),
        )
    step = Decimal(1).scaleb(-criteria.places)
    if isinstance(criterion.rule, (Judged, Levels)):
        step = criteria.step
    if not is_multiple(points, step):
        raise InputError(
            gettext_noop("%(points)s points are not a multiple of the step %(step)s."),
            field="points",
            points=plain(points),
            step=plain(step),
        )
