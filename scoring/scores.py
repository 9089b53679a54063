"""Points of a single criterion: from what was typed to what is stored."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from blocs.models import User
from blocs.workflow import Stale
from scoring.criteria import rules_of
from scoring.kernel.arithmetic import rounded
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Criterion as Leaf
from scoring.kernel.entries import read_inputs
from scoring.kernel.errors import InputError, gettext_noop
from scoring.models import Score, ScoreChange, ScoreStage, Sheet

Figures = Mapping[str, object]
MOST_POINTS = Decimal(10) ** 8  # what the points columns hold


@dataclass(frozen=True)
class Value:
    """What a stage says of one criterion: figures, and the points they make."""

    inputs: dict[str, object] | None
    points: Decimal | None


@dataclass(frozen=True)
class Claim:
    """What a member claims for one criterion; ``version`` is that of the score it was read of."""

    score: Score
    version: int
    inputs: Figures | None
    explanation: str
    provisional: bool | None = None  # None leaves it as it is


def value_of(rules: Rules, leaf: Leaf, inputs: Figures | None) -> Value:
    """The figures checked, and their points rounded half up to the set's places.

    Points stay empty for a criterion that is computed with the whole bloc. Raises ``InputError``,
    which names the field.
    """
    if inputs is None:
        return Value(None, None)
    read = read_inputs(rules, leaf, inputs)
    if leaf.rule.kind == "relative":
        return Value(read.document(), None)
    points = rounded(leaf.rule.points(read, leaf.limit), rules.places)
    if points >= MOST_POINTS:
        raise InputError(gettext_noop("Enter a smaller number."), field=leaf.rule.fields[0].name)
    return Value(read.document(), points)


def held_score(score: Score, sheet: Sheet, version: int) -> tuple[Score, Rules, Leaf]:
    """The score as it is now, with its set's rules and its own. The caller holds the sheet's lock.

    Raises ``Stale`` when somebody has saved this score since ``version`` was read.
    """
    held = Score.objects.select_related("criterion__criteria_set").get(pk=score.pk, sheet=sheet)
    if held.version != version:
        raise Stale(_("A colleague has changed this criterion in the meantime."))
    rules = rules_of(held.criterion.criteria_set)
    return held, rules, rules.find(held.criterion.code)


def write(
    score: Score,
    stage: ScoreStage,
    value: Value,
    *,
    reason: str,
    by: User,
    sheet: Sheet,
    at: datetime.datetime,
) -> Score:
    """Set the stage's value and add the row of history. The caller holds the sheet's lock."""
    change = ScoreChange(
        score=score,
        stage=stage,
        old_inputs=getattr(score, f"{stage}_inputs"),
        old_points=getattr(score, stage),
        new_inputs=value.inputs,
        new_points=value.points,
        provisional=score.is_provisional,
        reason=reason,
        by=by,
        agency_id=sheet.membership.agency_id,
        by_agency=by.agency,
        office=_office(by, sheet),
        at=at,
    )
    setattr(score, f"{stage}_inputs", value.inputs)
    setattr(score, stage, value.points)
    score.version += 1
    score.save()
    change.save()
    return score


def _office(by: User, sheet: Sheet) -> str:
    part = by.part_in(sheet.membership.review)
    return part.office if part is not None else sheet.membership.office
