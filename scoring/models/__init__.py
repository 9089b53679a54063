"""What the members earned: criteria, sheets, scores, evidence, and the summary table."""

from .criteria import (
    AutoSource,
    CriteriaSet,
    CriteriaSetChange,
    CriteriaStatus,
    Criterion,
    Exemption,
    Part,
)
from .evidence import Evidence, EvidenceKind
from .score import Score, ScoreChange, ScoreStage
from .sheet import Extension, Sheet, SheetChange, SheetStatus
from .summary import Summary, SummaryChange, SummaryStatus

__all__ = [
    "AutoSource",
    "CriteriaSet",
    "CriteriaSetChange",
    "CriteriaStatus",
    "Criterion",
    "Evidence",
    "EvidenceKind",
    "Exemption",
    "Extension",
    "Part",
    "Score",
    "ScoreChange",
    "ScoreStage",
    "Sheet",
    "SheetChange",
    "SheetStatus",
    "Summary",
    "SummaryChange",
    "SummaryStatus",
]
