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
from .finding import Finding, FindingEffect
from .objection import Objection, ObjectionChange, ObjectionStatus
from .score import Recalculation, Score, ScoreChange, ScoreStage
from .sheet import Extension, Sheet, SheetChange, SheetStatus
from .summary import (
    Reopening,
    ReopeningChange,
    ReopeningStatus,
    Summary,
    SummaryChange,
    SummaryStatus,
)

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
    "Finding",
    "FindingEffect",
    "Objection",
    "ObjectionChange",
    "ObjectionStatus",
    "Part",
    "Recalculation",
    "Reopening",
    "ReopeningChange",
    "ReopeningStatus",
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
