"""Evidence or else an explanation: which answers still lack both."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q

from scoring.models import Evidence, Part
from scoring.models.score import ScoreQuerySet


def unproven(scores: ScoreQuerySet) -> ScoreQuerySet:
    """Answers to criteria that ask for evidence, with no current document and no explanation.

    A criterion of the scale is proved whatever it claims; bonuses and penalties only above 0.
    """
    proving = Evidence.objects.current().filter(scores=OuterRef("pk"))
    return scores.filter(
        Q(criterion__part=Part.LEAF) | Q(claimed__gt=0),
        ~Q(explanation__regex=r"\S"),
        ~Exists(proving),
        claimed_inputs__isnull=False,
        criterion__document__evidence__0__isnull=False,
    )
