"""Generated rules, inputs, sets and blocs for the properties of the kernel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from scoring.kernel.criteria import CriteriaSet, Part
from scoring.kernel.days import VIETNAM
from scoring.kernel.loading import read_rule, read_set
from scoring.kernel.rules import PENALTY_KINDS, Relative, Rule
from scoring.kernel.rules.inputs import Distance, Inputs
from tests.kernel.building import judged, leaf, penalty

QUARTERS = st.integers(1, 40).map(lambda n: Decimal(n) / 4)
POINTS = st.integers(0, 40).map(lambda n: Decimal(n) / 4)
FIGURES = st.decimals(0, 1000, places=3)
DUE = date(2022, 12, 31)

# --- one rule with its inputs


@dataclass(frozen=True)
class Scored:
    """A rule, its maximum, and the inputs that a number stands for: a figure, count or lateness.

    `rising` says whether points rise with the number, or fall; None: neither is promised.
    """

    rule: Rule
    maximum: Decimal
    inputs: Callable[[Decimal], Inputs]
    rising: bool | None

    def points(self, number: Decimal, leader: Decimal | None = None) -> Any:
        inputs = self.inputs(number)
        if isinstance(self.rule, Relative):
            return self.rule.points(inputs, self.maximum, leader)
        return self.rule.points(inputs, self.maximum)


def made(kind: str, **parameters: object) -> Rule:
    part = Part.PENALTY if kind in PENALTY_KINDS else Part.BASE
    return read_rule({"kind": kind, **parameters}, "X", part)


def rows(bound: str, worth: str, pairs: list[tuple[object, object]]) -> list[dict[str, str]]:
    return [{bound: str(one), worth: str(other)} for one, other in pairs]


def received(days: Decimal) -> dict[str, object]:
    """A receipt a twentieth of so many days after the due day; a thousand stand for never."""
    at = datetime.combine(DUE, datetime.min.time(), VIETNAM) + timedelta(days=int(days) // 20)
    return {"due": DUE.isoformat(), "received_at": None if days >= 1000 else at.isoformat()}


def _sorted(draw: Any, values: Any, size: int, *, reverse: bool = False) -> list[Any]:
    return sorted(draw(st.lists(values, min_size=size, max_size=size)), reverse=reverse)


def _bounds(draw: Any, values: Any) -> list[Any]:
    return sorted(draw(st.lists(values, min_size=1, max_size=4, unique=True)))


@st.composite
def binary(draw: Any) -> Scored:
    rule = made("binary")
    return Scored(rule, draw(QUARTERS), lambda n: rule.read({"met": n > 500}), True)


@st.composite
def levels(draw: Any) -> Scored:
    worths = draw(st.lists(POINTS, min_size=1, max_size=5)) + [draw(QUARTERS)]
    rule = made(
        "levels", levels=[{"label": f"L{n}", "points": str(one)} for n, one in enumerate(worths)]
    )
    return Scored(
        rule, max(worths), lambda n: rule.read({"level": f"L{int(n) % len(worths)}"}), None
    )


@st.composite
def bands(draw: Any, kind: str = "bands") -> Scored:
    bounds = _bounds(draw, FIGURES)
    worths = _sorted(draw, POINTS, len(bounds) - 1) + [Decimal(10)]
    rule = made(kind, table=rows("min", "points", list(zip(bounds, worths, strict=True))))
    return Scored(rule, max(worths), lambda n: rule.read({"value": str(n)}), True)


@st.composite
def ratio(draw: Any) -> Scored:
    below, target = draw(st.decimals(0, 1, places=2)), draw(FIGURES.filter(bool))
    rule = made("ratio", zero_below=str(below))
    read = rule.read
    return Scored(
        rule, draw(QUARTERS), lambda n: read({"actual": str(n), "target": str(target)}), True
    )


@st.composite
def deadline(draw: Any) -> Scored:
    days = _bounds(draw, st.integers(0, 30))
    worths = [Decimal(10), *_sorted(draw, POINTS, len(days), reverse=True)]
    rule = made(
        "deadline",
        table=rows("late_days_max", "points", list(zip(days, worths, strict=False))),
        beyond=str(worths[-1]),
        missing=str(draw(st.sampled_from([Decimal(0), worths[-1]]))),
    )
    return Scored(rule, Decimal(10), lambda n: rule.read(received(n)), False)


@st.composite
def deduct(draw: Any) -> Scored:
    minuses = draw(st.lists(QUARTERS, min_size=1, max_size=3))
    rule = made(
        "deduct", items=[{"label": f"c{n}", "minus": str(one)} for n, one in enumerate(minuses)]
    )
    own = {f"c{n}": draw(st.integers(0, 3)) for n in range(len(minuses))}
    return Scored(
        rule, draw(QUARTERS), lambda n: rule.read({"counts": {**own, "c0": int(n)}}), False
    )


@st.composite
def per_unit(draw: Any) -> Scored:
    cap = draw(QUARTERS)
    rule = made("per_unit", each=str(draw(QUARTERS)), cap=str(cap))
    return Scored(rule, cap, lambda n: rule.read({"count": str(Decimal(int(n * 2)) / 2)}), True)


@st.composite
def external(draw: Any) -> Scored:
    if draw(st.booleans()):
        return draw(bands("external"))
    rule = made("external", from_scale="1000")
    return Scored(rule, draw(QUARTERS), lambda n: rule.read({"value": str(n)}), True)


@st.composite
def relative(draw: Any) -> Scored:
    rule, target = made("relative"), draw(FIGURES)
    read = rule.read
    return Scored(
        rule, draw(QUARTERS), lambda n: read({"actual": str(n), "target": str(target)}), True
    )


@st.composite
def derived(draw: Any) -> Scored:
    bounds = _bounds(draw, FIGURES)
    worths = [Decimal(10), *_sorted(draw, POINTS, len(bounds), reverse=True)]
    rule = made(
        "derived",
        table=rows("max_delta", "points", list(zip(bounds, worths, strict=False))),
        beyond=str(worths[-1]),
    )
    return Scored(rule, Decimal(10), Distance, False)


@st.composite
def typed(draw: Any) -> Scored:
    """`judged`: what is typed above the maximum is refused, so the number is held below it."""
    rule, maximum = made("judged"), draw(QUARTERS)
    return Scored(rule, maximum, lambda n: rule.read({"points": str(min(n, maximum))}), True)


@st.composite
def penalty_by_count(draw: Any) -> Scored:
    each = draw(QUARTERS)
    rule = made("penalty", each=str(each))
    return Scored(rule, each * 1000, lambda n: rule.read({"count": str(int(n))}), True)


@st.composite
def penalty_by_lateness(draw: Any) -> Scored:
    days = _bounds(draw, st.integers(1, 30))
    worths = _sorted(draw, POINTS, len(days) + 1)
    knocks_out = draw(st.booleans())
    rule = made(
        "deadline_penalty",
        table=rows("late_days_max", "minus", list(zip(days, worths, strict=False))),
        beyond="KNOCKOUT" if knocks_out else str(worths[-1]),
    )
    return Scored(rule, worths[-1], lambda n: rule.read(received(n)), True)


EACH_KIND = {
    "binary": binary(),
    "levels": levels(),
    "bands": bands(),
    "ratio": ratio(),
    "deadline": deadline(),
    "deduct": deduct(),
    "per_unit": per_unit(),
    "external": external(),
    "relative": relative(),
    "derived": derived(),
    "judged": typed(),
    "penalty": penalty_by_count(),
    "deadline_penalty": penalty_by_lateness(),
}

# --- a whole bloc

POLICIES = [{}, {"na_policy": "FULL"}, {"na_policy": "RESCALE"}, {"na_policy": "BLOC_AVERAGE"}]
CLOSENESS = {
    "kind": "derived",
    "table": [{"max_delta": "0.5", "points": "2"}, {"max_delta": "3", "points": "1"}],
    "beyond": "0",
}


@st.composite
def trees(draw: Any, code: str = "I", depth: int = 2) -> dict[str, Any]:
    """A group with leaves and inner nodes below it; its first leaf applies to everybody."""
    children = []
    for number in range(draw(st.integers(1, 3))):
        own = f"{code}.{number}"
        if depth and number and draw(st.booleans()):
            children.append(draw(trees(own, depth - 1)))
            continue
        policy = draw(st.sampled_from(POLICIES)) if number else {}
        if draw(st.booleans()):
            children.append(judged(own, str(draw(QUARTERS)), **policy))
        else:
            kind = draw(st.sampled_from(["ratio", "relative"]))
            children.append(leaf(own, str(draw(QUARTERS)), {"kind": kind}, **policy))
    maximum = sum((Decimal(child["max"]) for child in children), Decimal(0))
    return {"code": code, "name": code, "max": str(maximum), "children": children}


@st.composite
def sets(draw: Any) -> CriteriaSet:
    """Two groups, the second with a derived leaf; a bonus above its cap, a penalty, a knock-out."""
    groups = [draw(trees(code)) for code in ("I", "II")]
    groups[1]["children"].append(leaf("II.d", "2", CLOSENESS, auto=True))
    groups[1]["max"] = str(Decimal(groups[1]["max"]) + 2)
    unit = {"kind": "per_unit", "each": "0.75", "cap": "3"}
    return read_set(
        {
            "criteria_set": {
                "code": "SET",
                "title": "A generated set",
                "scale": str(sum(Decimal(group["max"]) for group in groups)),
                "step": "0.25",
                "bonus_cap": "4",
                "grades": [{"label": "All", "min": "0"}],
                "tie_break": ["group:II", "fewer_penalties"],
                "groups": groups,
                "bonus": [
                    {"code": f"T.{n}", "name": "Models", "cap": "3", "rule": unit} for n in (1, 2)
                ],
                "penalties": [penalty("TR.1", {"kind": "penalty", "each": "0.75"})],
                "knockouts": [{"code": "K1", "effect": "UNRANK", "name": "Not ranked"}],
            }
        }
    )


@st.composite
def inputs_for(draw: Any, criterion: Any) -> dict[str, object]:
    """Something that may be entered for a criterion of `sets`."""
    if criterion.rule.kind == "judged":
        return {"points": str(Decimal(draw(st.integers(0, int(criterion.max * 4)))) / 4)}
    if criterion.rule.kind in ("per_unit", "penalty"):
        return {"count": str(draw(st.integers(0, 4)))}
    target = draw(st.integers(1, 12))
    return {"actual": str(draw(st.integers(0, 20))), "target": str(target)}


@st.composite
def members(draw: Any, criteria: CriteriaSet, slug: str) -> dict[str, Any]:
    """The answers of one member; the first one, a, is ranked and never averaged."""
    exempt = [
        one.code
        for one in criteria.leaves
        if one.na_policy
        and not (slug == "a" and one.na_policy.value == "BLOC_AVERAGE")
        and draw(st.booleans())
    ]
    entered = [one for one in criteria.criteria if one.typed and one.code not in exempt]
    member: dict[str, Any] = {
        "not_applicable": dict.fromkeys(exempt, "no such task"),
        "claimed": {one.code: draw(inputs_for(one)) for one in entered if draw(st.integers(0, 5))},
    }
    for stage in ("appraised", "agreed"):
        changed = draw(st.lists(st.sampled_from(entered), max_size=2, unique=True))
        member[stage] = {
            one.code: {"inputs": draw(inputs_for(one)), "reason": "checked"}
            if draw(st.booleans())
            else {"points": "0.25", "reason": "checked"}
            for one in changed
        }
    if slug != "a" and draw(st.integers(0, 3)) == 0:
        member["findings"] = [
            {"knockout": "K1", "source": "s", "document": "d", "received_at": "2023-01-05"}
        ]
    return member


@st.composite
def blocs(draw: Any, least: int = 1) -> tuple[CriteriaSet, dict[str, dict[str, Any]]]:
    """A set with the answers of up to four members."""
    criteria = draw(sets())
    slugs = ("a", "b", "c", "d")[: draw(st.integers(least, 4))]
    return criteria, {slug: draw(members(criteria, slug)) for slug in slugs}
