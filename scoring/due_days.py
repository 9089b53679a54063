"""The day on which each member's sheet is due, extensions that count included."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from blocs.models import Membership, Review
from scoring.cases import extensions_of
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Criterion as Leaf
from scoring.kernel.days import days_late
from scoring.kernel.lateness import Submission
from scoring.kernel.rules.inputs import Receipt
from scoring.models import AutoSource, CriteriaSet


def due_days(review: Review, members: Iterable[Membership]) -> dict[int, datetime.date]:
    """Membership to due day; nothing where the review has no due day yet."""
    if review.scores_due is None:
        return {}
    members = list(members)
    granted = extensions_of([member.pk for member in members])
    return {
        member.pk: Submission(review.scores_due, (), granted.get(member.pk)).due_for(
            member.agency.slug
        )
        for member in members
    }


@dataclass(frozen=True)
class LateLoss:
    """What an automatic criterion gives, or takes, if the sheet were submitted now."""

    leaf: Leaf
    points: Decimal
    best: Decimal
    is_penalty: bool
    knocks_out: bool


def losses(
    rules: Rules, criteria_set: CriteriaSet, due: datetime.date, now: datetime.datetime
) -> list[LateLoss]:
    """The criteria that lose points because ``now`` is after ``due``; none when it is not."""
    if not days_late(due, now):
        return []
    codes = criteria_set.criteria.filter(auto_source=AutoSource.SUBMISSION)
    found = []
    for code in codes.values_list("code", flat=True):
        leaf = rules.find(code)
        rule: Any = leaf.rule
        receipt = Receipt(due, now)
        is_penalty = rule.kind == "deadline_penalty"
        worth = _decimal(rule.points(receipt, leaf.limit))
        best = Decimal(0) if is_penalty else _decimal(Fraction(leaf.limit))
        if worth != best:
            knocks_out = is_penalty and rule.raises_knockout(receipt)
            found.append(LateLoss(leaf, worth, best, is_penalty, knocks_out))
    return found


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)
