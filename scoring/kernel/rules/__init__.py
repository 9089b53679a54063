"""The rules: how one criterion turns inputs into points (docs/scoring-rules.md, 4 and 6 to 17).

    binary, levels, judged              answers.py
    bands, ratio, external, relative    figures.py
    deadline, deadline_penalty          deadlines.py
    deduct, per_unit, penalty           counts.py
    derived                             accuracy.py

`rule.py` says what a rule can do, `inputs.py` what it is fed with, `tables.py` holds the tables.
"""

from __future__ import annotations

from .accuracy import Derived
from .answers import Binary, Judged, Levels
from .counts import Deduct, Penalty, PerUnit
from .deadlines import Deadline, DeadlinePenalty
from .figures import Bands, External, Ratio, Relative
from .rule import Field, FieldType, Rule

RULES: dict[str, type[Rule]] = {
    rule.kind: rule
    for rule in (
        Binary,
        Levels,
        Bands,
        Ratio,
        Deadline,
        Deduct,
        PerUnit,
        External,
        Relative,
        Derived,
        Judged,
        Penalty,
        DeadlinePenalty,
    )
}
PENALTY_KINDS = frozenset({Penalty.kind, DeadlinePenalty.kind})
# A bonus is not part of the base, so neither the bloc's best nor the own accuracy can feed it.
BONUS_KINDS = frozenset(RULES) - PENALTY_KINDS - {Relative.kind, Derived.kind}
BASE_KINDS = frozenset(RULES) - PENALTY_KINDS

__all__ = [
    "BASE_KINDS",
    "BONUS_KINDS",
    "PENALTY_KINDS",
    "RULES",
    "Bands",
    "Binary",
    "Deadline",
    "DeadlinePenalty",
    "Deduct",
    "Derived",
    "External",
    "Field",
    "FieldType",
    "Judged",
    "Levels",
    "Penalty",
    "PerUnit",
    "Ratio",
    "Relative",
    "Rule",
]
