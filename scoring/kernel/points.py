"""Points of every criterion, for every member and stage, rounded at the leaf (reading 1)."""

from __future__ import annotations

from collections.abc import Mapping, Set
from decimal import Decimal
from fractions import Fraction

from .arithmetic import rounded
from .cases import Case, Member
from .criteria import CriteriaSet, Criterion, NaPolicy, Stage
from .rules import Relative
from .rules.inputs import Attainment, Distance
from .stages import Answer, answers

# Points of one criterion at each stage; None is blank, or does not apply.
StagePoints = dict[Stage, Decimal | None]
Answers = Mapping[Stage, Answer | None]


def bloc_points(
    criteria: CriteriaSet, case: Case, unranked: Set[str]
) -> dict[str, dict[str, StagePoints]]:
    """Points by member and code.

    The order matters: the rules first, then averages over their results, and last what is derived
    from the sheet itself.
    """
    points: dict[str, dict[str, StagePoints]] = {member.slug: {} for member in case.members}
    for criterion in criteria.criteria:
        if criterion.derived:
            continue
        applying = [one for one in case.members if criterion.code not in one.not_applicable]
        own = _own_points(criteria, criterion, case, applying, unranked)
        pool = {slug: one for slug, one in own.items() if slug not in unranked}
        for member in case.members:
            points[member.slug][criterion.code] = (
                own[member.slug]
                if member.slug in own
                else _points_without(criterion, pool if case.whole_bloc else {}, criteria.places)
            )
    for criterion in criteria.leaves:
        if criterion.derived:
            for member in case.members:
                delta = accuracy(criteria, member, points[member.slug])
                points[member.slug][criterion.code] = _derived_points(
                    criterion, delta, criteria.places
                )
    return points


def accuracy(
    criteria: CriteriaSet, member: Member, points: Mapping[str, StagePoints]
) -> Decimal | None:
    """Distance in points between the claimed and the appraised column (reading 9).

    Counted over base leaves that apply and have points in both columns, without derived ones;
    differences of opposite sign cancel. None while there is no such leaf.
    """
    differences = []
    for leaf in criteria.leaves:
        if leaf.derived or leaf.code in member.not_applicable:
            continue
        claimed = points[leaf.code][Stage.CLAIMED]
        appraised = points[leaf.code][Stage.APPRAISED]
        if claimed is not None and appraised is not None:
            differences.append(claimed - appraised)
    return abs(sum(differences, Decimal(0))) if differences else None


def _own_points(
    criteria: CriteriaSet,
    criterion: Criterion,
    case: Case,
    applying: list[Member],
    unranked: Set[str],
) -> dict[str, StagePoints]:
    given = {member.slug: answers(criterion, member) for member in applying}
    if not isinstance(criterion.rule, Relative):
        return {
            slug: _rule_points(criterion, stages, criteria.places) for slug, stages in given.items()
        }
    points: dict[str, StagePoints] = {slug: {} for slug in given}
    for stage in Stage:
        at_stage = {slug: stages[stage] for slug, stages in given.items()}
        ranked = [answer for slug, answer in at_stage.items() if slug not in unranked]
        actuals = _actuals(ranked) if case.whole_bloc else None
        for slug, answer in at_stage.items():
            points[slug][stage] = _relative_points(criterion, answer, actuals, criteria.places)
    return points


def _rule_points(criterion: Criterion, given: Answers, places: int) -> StagePoints:
    points: StagePoints = {}
    last: tuple[Answer | None, Decimal | None] = (None, None)
    for stage, answer in given.items():
        if answer is not last[0]:  # most stages change nothing
            last = (answer, _answer_points(criterion, answer, places))
        points[stage] = last[1]
    return points


def _answer_points(criterion: Criterion, answer: Answer | None, places: int) -> Decimal | None:
    if answer is None:
        return None
    if answer.points is not None:
        return rounded(Fraction(answer.points), places)
    if answer.inputs is None:
        return None
    return rounded(criterion.rule.points(answer.inputs, criterion.limit), places)


def _actuals(ranked: list[Answer | None]) -> list[Decimal] | None:
    """The actuals of the ranked members; None until all of them have one (reading 6)."""
    actuals = [
        answer.inputs.actual
        for answer in ranked
        if answer is not None and isinstance(answer.inputs, Attainment)
    ]
    return actuals if len(actuals) == len(ranked) else None


def _relative_points(
    criterion: Criterion, answer: Answer | None, actuals: list[Decimal] | None, places: int
) -> Decimal | None:
    if answer is None:
        return None
    if answer.points is not None:
        return rounded(Fraction(answer.points), places)
    if answer.inputs is None or actuals is None or not isinstance(criterion.rule, Relative):
        return None
    leader = max(actuals, default=None)
    return rounded(criterion.rule.points(answer.inputs, criterion.limit, leader), places)


def _points_without(
    criterion: Criterion, pool: Mapping[str, StagePoints], places: int
) -> StagePoints:
    """Points of a member to whom the criterion does not apply (readings 2 and 7)."""
    if criterion.na_policy is NaPolicy.FULL:
        return dict.fromkeys(Stage, criterion.max)
    if criterion.na_policy is NaPolicy.BLOC_AVERAGE:
        return {
            stage: _mean([stages[stage] for stages in pool.values()], places) for stage in Stage
        }
    return dict.fromkeys(Stage)


def _mean(values: list[Decimal | None], places: int) -> Decimal | None:
    numbers = [Fraction(value) for value in values if value is not None]
    return rounded(sum(numbers, Fraction(0)) / len(numbers), places) if numbers else None


def _derived_points(criterion: Criterion, delta: Decimal | None, places: int) -> StagePoints:
    """Fixed at the appraisal: blank in the claimed column, unchanged by the conference."""
    points = None
    if delta is not None:
        points = rounded(criterion.rule.points(Distance(delta), criterion.limit), places)
    return {Stage.CLAIMED: None, Stage.APPRAISED: points, Stage.AGREED: points}
