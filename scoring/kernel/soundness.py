"""The checks of a whole criteria set, once its parts have been read (docs/criteria.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal

from .arithmetic import is_multiple, plain
from .criteria import CriteriaSet, Criterion, Effect, Group, Part
from .errors import CriteriaError, gettext_noop
from .ranking import GROUP_RULE, TIE_RULES
from .rules import DeadlinePenalty, Judged, Levels


def check(criteria: CriteriaSet) -> None:
    """Raise CriteriaError for the first thing that is not sound."""
    _check_codes(criteria)
    _check_decimals(criteria)
    _check_sums(criteria)
    for criterion in criteria.criteria:
        _check_best(criteria, criterion)
        _check_step(criteria, criterion)
        _check_setter(criterion)
    _check_grades(criteria)
    _check_tie_rules(criteria)
    _check_knockouts(criteria)


def _twice(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def _check_codes(criteria: CriteriaSet) -> None:
    codes = [node.code for group in criteria.groups for node in group.walk()]
    codes += [criterion.code for criterion in criteria.extras]
    codes += [knockout.code for knockout in criteria.knockouts]
    for code in _twice(codes):
        raise CriteriaError(
            gettext_noop("%(code)s: the code is used %(count)s times; it must be used once."),
            code=code,
            count=codes.count(code),
        )


def _check_decimals(criteria: CriteriaSet) -> None:
    # A maximum finer than the rounding could not be reached, or would be passed by rounding up.
    numbers = [(criteria.code, criteria.scale), (criteria.code, criteria.bonus_cap)]
    numbers += [(node.code, node.max) for node in criteria.nodes]
    numbers += [(one.code, one.max) for one in criteria.criteria if one.max is not None]
    for code, number in numbers:
        if not is_multiple(number, Decimal(1).scaleb(-criteria.places)):
            raise CriteriaError(
                gettext_noop("%(code)s: %(number)s has more than %(places)s decimals."),
                code=code,
                number=plain(number),
                places=criteria.places,
            )


def _check_sums(criteria: CriteriaSet) -> None:
    for node in criteria.nodes:
        total = _sum_of_maxima(node.children)
        if total != node.max:
            raise CriteriaError(
                gettext_noop("%(code)s: the children add up to %(sum)s, the maximum is %(max)s."),
                code=node.code,
                sum=plain(total),
                max=plain(node.max),
            )
    total = _sum_of_maxima(criteria.groups)
    if total != criteria.scale:
        raise CriteriaError(
            gettext_noop("%(code)s: the groups add up to %(sum)s, the scale is %(scale)s."),
            code=criteria.code,
            sum=plain(total),
            scale=plain(criteria.scale),
        )


def _sum_of_maxima(nodes: Iterable[Group | Criterion]) -> Decimal:
    return sum((node.max for node in nodes if node.max is not None), Decimal(0))


def _check_best(criteria: CriteriaSet, criterion: Criterion) -> None:
    best = criterion.rule.best
    if isinstance(criterion.rule, Judged) and criterion.max is not None:
        best = criterion.max // criteria.step * criteria.step
    if criterion.max is None or best is None or best == criterion.max:
        return
    template = gettext_noop("%(code)s: the best outcome is %(best)s, the maximum is %(max)s.")
    if criterion.part is Part.BONUS:
        template = gettext_noop("%(code)s: the best outcome is %(best)s, the cap is %(max)s.")
    raise CriteriaError(template, code=criterion.code, best=plain(best), max=plain(criterion.max))


def _check_step(criteria: CriteriaSet, criterion: Criterion) -> None:
    if not isinstance(criterion.rule, Levels):
        return
    for label, points in criterion.rule.levels:
        if not is_multiple(points, criteria.step):
            raise CriteriaError(
                gettext_noop(
                    '%(code)s: the level "%(label)s" is worth %(points)s, '
                    "not a multiple of the step %(step)s."
                ),
                code=criterion.code,
                label=label,
                points=plain(points),
                step=plain(criteria.step),
            )


def _check_setter(criterion: Criterion) -> None:
    if criterion.set_by and criterion.auto:
        raise CriteriaError(
            gettext_noop("%(code)s: auto and set_by exclude each other."), code=criterion.code
        )
    if criterion.derived and criterion.na_policy:
        raise CriteriaError(
            gettext_noop("%(code)s: a derived criterion always applies; leave na_policy out."),
            code=criterion.code,
        )


def _check_grades(criteria: CriteriaSet) -> None:
    for label in _twice(grade.label for grade in criteria.grades):
        raise CriteriaError(
            gettext_noop('%(code)s: the grade "%(label)s" is there twice.'),
            code=criteria.code,
            label=label,
        )
    for number in _twice(plain(grade.min) for grade in criteria.grades):
        raise CriteriaError(
            gettext_noop("%(code)s: two grades begin at %(number)s."),
            code=criteria.code,
            number=number,
        )


def _check_tie_rules(criteria: CriteriaSet) -> None:
    known = [GROUP_RULE + group.code for group in criteria.groups] + list(TIE_RULES)
    for rule in criteria.tie_break:
        if rule not in known:
            raise CriteriaError(
                gettext_noop("%(code)s: the tie rule %(rule)s is not one of: %(known)s."),
                code=criteria.code,
                rule=rule,
                known=", ".join(known),
            )
    for rule in _twice(criteria.tie_break):
        raise CriteriaError(
            gettext_noop("%(code)s: the tie rule %(rule)s is there twice."),
            code=criteria.code,
            rule=rule,
        )


def _check_knockouts(criteria: CriteriaSet) -> None:
    labels = {grade.label for grade in criteria.grades}
    for knockout in criteria.knockouts:
        if knockout.effect is Effect.CAP_GRADE and knockout.grade not in labels:
            raise CriteriaError(
                gettext_noop('%(code)s: there is no grade "%(grade)s".'),
                code=knockout.code,
                grade=knockout.grade,
            )
    for penalty in criteria.penalties:
        rule = penalty.rule
        if (
            isinstance(rule, DeadlinePenalty)
            and rule.knockout
            and not criteria.find_knockout(rule.knockout)
        ):
            raise CriteriaError(
                gettext_noop("%(code)s: there is no knock-out %(knockout)s."),
                code=penalty.code,
                knockout=rule.knockout,
            )
