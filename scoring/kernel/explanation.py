"""Why a criterion has its points: the figures as arithmetic that a reader can repeat.

Every derivation ends in points rounded as reading 1 has it; it is computed here from the printed
formula, not copied from the table, so that a test can hold one against the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .arithmetic import rounded
from .cases import Case, Member
from .criteria import CriteriaSet, Criterion, NaPolicy, Stage
from .errors import gettext_noop
from .points import StagePoints
from .rules import Relative
from .rules.inputs import Attainment, Inputs
from .rules.tables import Table, worth_up_to
from .stages import Answer, answers

HUNDRED = Decimal(100)
# A term of a formula: a number in points or units, or one of + − × / ( ).
Term = Decimal | str


@dataclass(frozen=True)
class Remark:
    """A sentence in English, meant for translation, and the numbers in it."""

    template: str
    params: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Derivation:
    """From figures to points.

    `formula` gives `exact`, in points and not rounded; `points` is `exact` rounded to the set's
    places. `remark` says which case of the rule was met. Blank points have no formula.
    """

    formula: tuple[Term, ...]
    exact: Fraction | None
    points: Decimal | None
    remark: Remark | None = None
    inputs: Inputs | None = None
    reason: str = ""


@dataclass(frozen=True)
class Stated:
    """The points of a bloc as a table states them, by member, code and stage.

    `exempt` has the codes that do not apply, by member. `case` holds the figures behind the points,
    None where they are no longer known.
    """

    criteria: CriteriaSet
    points: Mapping[str, Mapping[str, StagePoints]]
    exempt: Mapping[str, Set[str]]
    unranked: Set[str]
    case: Case | None = None


def derivation(stated: Stated, slug: str, criterion: Criterion, stage: Stage) -> Derivation | None:
    """How one criterion of one member comes to its points; None where the figures are not known."""
    if criterion.code in stated.exempt[slug]:
        return _exempted(stated, slug, criterion, stage)
    if criterion.derived:
        return _derived(stated, slug, criterion, stage)
    if stated.case is None:
        return None
    member = next(one for one in stated.case.members if one.slug == slug)
    answer = answers(criterion, member)[stage]
    if answer is None:
        return Derivation((), None, None)
    if answer.points is not None:
        return _set_by_hand(criterion, member, answer.points, stage, stated.criteria.places)
    return _by_rule(stated, criterion, answer, stage)


def rescaling(raw: Decimal, maximum: Decimal, out: Decimal, places: int) -> Derivation:
    """A group scaled up for the maxima `out` that do not apply (reading 2), in points."""
    if out == maximum:
        return _result((Decimal(0),), Fraction(0), places)
    exact = Fraction(raw) * Fraction(maximum) / Fraction(maximum - out)
    return _result((raw, "×", maximum, "/", "(", maximum, "−", out, ")"), exact, places)


def _result(
    formula: Sequence[Term],
    exact: Fraction | Decimal,
    places: int,
    remark: Remark | None = None,
) -> Derivation:
    exact = Fraction(exact)
    return Derivation(tuple(formula), exact, rounded(exact, places), remark)


def _by_rule(stated: Stated, criterion: Criterion, answer: Answer, stage: Stage) -> Derivation:
    places = stated.criteria.places
    if answer.inputs is None:
        return Derivation((), None, None)
    if isinstance(criterion.rule, Relative):
        found = _relative(stated, criterion, answer.inputs, stage)
    else:
        formula, exact, remark = RULES[criterion.rule.kind](criterion, answer.inputs)
        found = _result(formula, exact, places, remark)
    return Derivation(found.formula, found.exact, found.points, found.remark, answer.inputs)


def _set_by_hand(
    criterion: Criterion, member: Member, points: Decimal, stage: Stage, places: int
) -> Derivation:
    change = member.agreed.get(criterion.code) if stage is Stage.AGREED else None
    if change is None or change.points is None:
        change = member.appraised.get(criterion.code)
    remark = Remark(gettext_noop("Set in place of what the rule gives."))
    found = _result((points,), points, places, remark)
    reason = change.reason if change is not None else ""
    return Derivation(found.formula, found.exact, found.points, remark, reason=reason)


# --- where the criterion does not apply, and what rests on the other points


def _exempted(stated: Stated, slug: str, criterion: Criterion, stage: Stage) -> Derivation:
    places = stated.criteria.places
    if criterion.na_policy is NaPolicy.FULL:
        remark = Remark(gettext_noop("Does not apply; the maximum counts."))
        return _result((criterion.limit,), criterion.limit, places, remark)
    if criterion.na_policy is NaPolicy.BLOC_AVERAGE:
        return _average(stated, slug, criterion, stage)
    remark = Remark(gettext_noop("Does not apply; left out, and the rest of the group is scaled."))
    return Derivation((), None, None, remark)


def averaged_over(stated: Stated, slug: str, code: str, stage: Stage) -> dict[str, Decimal]:
    """The points that a BLOC_AVERAGE is the mean of, by member (reading 7)."""
    found = {}
    for other, points in stated.points.items():
        value = points[code][stage]
        counts = other != slug and other not in stated.unranked
        if counts and code not in stated.exempt[other] and value is not None:
            found[other] = value
    return found


def _average(stated: Stated, slug: str, criterion: Criterion, stage: Stage) -> Derivation:
    values = list(averaged_over(stated, slug, criterion.code, stage).values())
    remark = Remark(gettext_noop("Does not apply; the mean of the other ranked members counts."))
    if not values:
        return Derivation((), None, None, remark)
    formula: list[Term] = ["("]
    for value in values:
        formula += [value, "+"]
    formula[-1] = ")"
    formula += ["/", Decimal(len(values))]
    exact = sum(map(Fraction, values), Fraction(0)) / len(values)
    return _result(formula, exact, stated.criteria.places, remark)


def _derived(stated: Stated, slug: str, criterion: Criterion, stage: Stage) -> Derivation:
    """The distance between the columns, from the points alone (reading 9)."""
    if stage is Stage.CLAIMED:
        remark = Remark(gettext_noop("Computed after the appraisal."))
        return Derivation((), None, None, remark)
    claimed = appraised = Decimal(0)
    compared = 0
    for leaf in stated.criteria.leaves:
        mine = stated.points[slug][leaf.code]
        before, after = mine[Stage.CLAIMED], mine[Stage.APPRAISED]
        if leaf.derived or leaf.code in stated.exempt[slug] or before is None or after is None:
            continue
        claimed, appraised, compared = claimed + before, appraised + after, compared + 1
    if not compared:
        return Derivation((), None, None)
    rule: Any = criterion.rule
    delta = abs(claimed - appraised)
    worth = worth_up_to(rule.table, delta)
    params = {"claimed": claimed, "appraised": appraised, "delta": delta}
    template = gettext_noop(
        "Claimed %(claimed)s, appraised %(appraised)s in the criteria compared: "
        "they differ by %(delta)s."
    )
    found = rule.beyond if worth is None else worth
    return _result((found,), found, stated.criteria.places, Remark(template, params))


# --- one rule each: formula, exact points, and the case that was met

Found = tuple[Sequence[Term], Fraction | Decimal, Remark | None]


def _plain(worth: Decimal, template: str = "", **params: object) -> Found:
    return (worth,), worth, Remark(template, params) if template else None


def _binary(criterion: Criterion, inputs: Any) -> Found:
    return _plain(criterion.limit if inputs.met else Decimal(0))


def _levels(criterion: Criterion, inputs: Any) -> Found:
    rule: Any = criterion.rule
    return _plain(dict(rule.levels)[inputs.level])


def _judged(criterion: Criterion, inputs: Any) -> Found:
    return _plain(inputs.points)


def _band(table: Table, value: Decimal) -> Found:
    reached = [row for row in table if value >= row[0]]
    if not reached:
        return _plain(Decimal(0), gettext_noop("Below the lowest row."))
    bound, worth = reached[-1]
    above = [row[0] for row in table if row[0] > value]
    if above:
        template = gettext_noop("From %(bound)s, below %(next)s.")
        return _plain(worth, template, bound=bound, next=above[0])
    return _plain(worth, gettext_noop("From %(bound)s."), bound=bound)


def _bands(criterion: Criterion, inputs: Any) -> Found:
    rule: Any = criterion.rule
    return _band(rule.table, inputs.value)


def _external(criterion: Criterion, inputs: Any) -> Found:
    rule: Any = criterion.rule
    if rule.table or rule.from_scale is None:
        return _band(rule.table, inputs.value)
    exact = Fraction(criterion.limit) * Fraction(inputs.value) / Fraction(rule.from_scale)
    return (criterion.limit, "×", inputs.value, "/", rule.from_scale), exact, None


def _ratio(criterion: Criterion, inputs: Any) -> Found:
    rule: Any = criterion.rule
    ratio = Fraction(inputs.actual) / Fraction(inputs.target)
    if ratio < Fraction(rule.zero_below):
        template = gettext_noop("%(actual)s of %(target)s is below %(least)s %%.")
        least = rule.zero_below * HUNDRED
        params = {"actual": inputs.actual, "target": inputs.target, "least": least}
        return _plain(Decimal(0), template, **params)
    if ratio > 1:
        return _plain(criterion.limit, gettext_noop("Above the target; the maximum is the limit."))
    exact = Fraction(criterion.limit) * ratio
    return (criterion.limit, "×", inputs.actual, "/", inputs.target), exact, None


def _late(table: Table, beyond: Decimal, late_days: int) -> Found:
    worth = worth_up_to(table, late_days)
    if worth is None:
        template = gettext_noop("Late by %(days)s days, beyond the table.")
        return _plain(beyond, template, days=late_days)
    if late_days == 0:
        return _plain(worth, gettext_noop("On time."))
    return _plain(worth, gettext_noop("Late by %(days)s days."), days=late_days)


def _deadline(criterion: Criterion, inputs: Any) -> Found:
    rule: Any = criterion.rule
    if inputs.late_days is None:
        return _plain(rule.missing, gettext_noop("Nothing was received."))
    return _late(rule.table, rule.beyond, inputs.late_days)


def _deadline_penalty(criterion: Criterion, inputs: Any) -> Found:
    rule: Any = criterion.rule
    beyond = rule.table[-1][1] if rule.beyond is None else rule.beyond
    if inputs.late_days is None:
        return _plain(beyond, gettext_noop("Nothing was received."))
    if inputs.late_days == 0:
        return _plain(Decimal(0), gettext_noop("On time."))
    return _late(rule.table, beyond, inputs.late_days)


def _deduct(criterion: Criterion, inputs: Any) -> Found:
    rule: Any = criterion.rule
    minus = dict(rule.items)
    formula: list[Term] = [criterion.limit]
    exact = Fraction(criterion.limit)
    for label, count in inputs.counts:
        if count:
            formula += ["−", Decimal(count), "×", minus[label]]
            exact -= count * Fraction(minus[label])
    if exact < 0:
        return _plain(Decimal(0), gettext_noop("The deductions exceed the maximum; never below 0."))
    return formula, exact, None


def _per_unit(criterion: Criterion, inputs: Any) -> Found:
    rule: Any = criterion.rule
    exact = Fraction(inputs.count) * Fraction(rule.each)
    if exact > Fraction(rule.cap):
        template = gettext_noop("%(count)s × %(each)s is above the limit of %(cap)s.")
        return _plain(rule.cap, template, count=inputs.count, each=rule.each, cap=rule.cap)
    return (inputs.count, "×", rule.each), exact, None


def _penalty(criterion: Criterion, inputs: Any) -> Found:
    rule: Any = criterion.rule
    return (inputs.count, "×", rule.each), Fraction(inputs.count) * Fraction(rule.each), None


RULES: dict[str, Callable[[Criterion, Any], Found]] = {
    "binary": _binary,
    "levels": _levels,
    "judged": _judged,
    "bands": _bands,
    "external": _external,
    "ratio": _ratio,
    "deadline": _deadline,
    "deadline_penalty": _deadline_penalty,
    "deduct": _deduct,
    "per_unit": _per_unit,
    "penalty": _penalty,
}


def _relative(stated: Stated, criterion: Criterion, inputs: Any, stage: Stage) -> Derivation:
    """Against the target, then against the best of the ranked members (reading 6)."""
    best = _best(stated, criterion, stage)
    if best is None:
        return Derivation((), None, None, Remark(gettext_noop("Waits for the other members.")))
    actual, target, maximum = inputs.actual, inputs.target, criterion.limit
    half, two, places = Fraction(maximum) / 2, Decimal(2), stated.criteria.places
    if actual < target:
        exact = half * Fraction(actual) / Fraction(target)
        remark = Remark(gettext_noop("Below the target."))
        return _result((maximum, "/", two, "×", actual, "/", target), exact, places, remark)
    if actual == target:
        remark = Remark(gettext_noop("Exactly at the target: half the maximum."))
        return _result((maximum, "/", two), half, places, remark)
    if not best or actual >= max(best):
        remark = Remark(gettext_noop("The best of the bloc: the maximum."))
        return _result((maximum,), maximum, places, remark)
    over = max(best) - target
    exact = half + half * Fraction(actual - target) / Fraction(over)
    remark = Remark(gettext_noop("The best of the bloc has %(best)s."), {"best": max(best)})
    formula = (maximum, "/", two, "+", maximum, "/", two)
    more = ("×", "(", actual, "−", target, ")", "/", "(", max(best), "−", target, ")")
    return _result((*formula, *more), exact, places, remark)


def _best(stated: Stated, criterion: Criterion, stage: Stage) -> list[Decimal] | None:
    """The actuals of the ranked members; None until all of them have one."""
    actuals: list[Decimal] = []
    members = stated.case.members if stated.case is not None else ()
    for member in members:
        if member.slug in stated.unranked or criterion.code in member.not_applicable:
            continue
        answer = answers(criterion, member)[stage]
        if answer is None or not isinstance(answer.inputs, Attainment):
            return None
        actuals.append(answer.inputs.actual)
    return actuals
