"""A version of the table as the kernel's explanations read it: from its text, with the figures
behind it only where they still give the same points."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from blocs.models import Review
from scoring.cases import adopted_set, case_of
from scoring.kernel.arithmetic import printed
from scoring.kernel.cases import Case
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Stage
from scoring.kernel.explanation import Stated
from scoring.kernel.knockouts import unranked_members
from scoring.kernel.points import StagePoints
from scoring.kernel.ranking import GROUP_RULE, Contender
from scoring.kernel.tabulation import AFTER_FREEZING, COLUMN, Tabulation, tabulate
from scoring.tables import Row, Table


def stated_of(review: Review, rules: Rules, table: Table) -> Stated:
    """The points of ``table``; with the live figures where these give the very same points."""
    points = {row.slug: _points(row) for row in table.rows}
    exempt = {row.slug: frozenset(row.not_applicable) for row in table.rows}
    unranked = frozenset(row.slug for row in table.rows if row.rank is None)
    return Stated(rules, points, exempt, unranked, _figures(review, rules, table))


def stated_now(case: Case, computed: Tabulation) -> Stated:
    """What was just computed of ``case``, be it of the whole bloc or of one member."""
    points = {
        slug: {code: dict(leaf.points) for code, leaf in {**one.leaves, **one.extras}.items()}
        for slug, one in computed.members.items()
    }
    return Stated(
        computed.criteria,
        points,
        {member.slug: frozenset(member.not_applicable) for member in case.members},
        unranked_members(computed.criteria, case),
        case,
    )


def _points(row: Row) -> Mapping[str, StagePoints]:
    return {
        code: {stage: _number(one[COLUMN[stage]]) for stage in Stage}
        for code, one in {**row.leaves, **row.extras}.items()
    }


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _figures(review: Review, rules: Rules, table: Table) -> Case | None:
    """The answers as they stand; None where a number of the table is not theirs."""
    _rules, case = case_of(review, adopted_set(review))
    live = tabulate(rules, case)
    if {row.slug for row in table.rows} != set(live.members):
        return None
    for row in table.rows:
        member = live.members[row.slug]
        stated: Mapping[str, Any] = {**row.leaves, **row.extras}
        for code, one in {**member.leaves, **member.extras}.items():
            for stage in Stage:
                value = one.points[stage]
                text = None if value is None else printed(value, table.places)
                if stated[code][COLUMN[stage]] != text:
                    return None
    return case


def rules_on_points(rules: Rules) -> tuple[str, ...]:
    """The tie rules of the frozen table; votes and the chair come after it (reading 19)."""
    return tuple(rule for rule in rules.tie_break if rule not in AFTER_FREEZING)


def contenders_of(table: Table, rules: Rules) -> list[Contender]:
    """The ranked members with what each tie rule compares, all from the table's own text."""
    codes = [group.code for group in table.groups]
    return [
        Contender(
            row.slug,
            row.agreed.total,
            {rule: _tie_value(row, rule, codes) for rule in rules_on_points(rules)},
        )
        for row in table.rows
        if row.rank is not None
    ]


def _tie_value(row: Row, rule: str, codes: list[str]) -> Decimal:
    if rule.startswith(GROUP_RULE):
        return row.agreed.groups[codes.index(rule.removeprefix(GROUP_RULE))]
    return -row.agreed.penalty if rule == "fewer_penalties" else row.agreed.bonus
