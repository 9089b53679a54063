"""Reviews with the example sets of criteria, every criterion of which is answered."""

from __future__ import annotations

from django.conf import settings

from scoring import transitions as scoring
from scoring.criteria import rules_of
from tests.worlds import EXPLANATION, World

SETS = settings.ROOT / "scoring" / "criteria"
MET = {
    "binary": {"met": True},
    "bands": {"value": "100"},
    "external": {"value": "80"},
    "ratio": {"actual": "9", "target": "10"},
    "relative": {"actual": "110", "target": "100"},
    "deduct": {"counts": {}},
    "per_unit": {"count": "1"},
    "penalty": {"count": "0"},
    "deadline": {"due": "2024-12-31", "received_at": "2024-12-30T09:00:00+07:00"},
    "judged": {"points": "1"},
}


class WholeSet(World):
    """A review with one of the example sets; every member answers all of it alike."""

    def fill(self, name, answers=None):
        rules = rules_of(self.criteria)
        for score in self.sheet(name).scores.in_order():
            leaf = rules.find(score.criterion.code)
            if not leaf.typed:
                continue
            usual = MET.get(leaf.rule.kind) or {"level": leaf.rule.fields[0].choices[0]}
            scoring.claim(
                score,
                inputs=(answers or {}).get(leaf.code, usual),
                explanation=EXPLANATION if leaf.evidence else "",
                version=score.version,
                by=self.officer(name),
            )


class Communes(WholeSet):
    """Set C: 1.1 is compared with the other members. a1 exceeds its target the most."""

    criteria_text = (SETS / "set-c-1000-rate-based.yaml").read_text(encoding="utf-8")


def relative(actual):
    return {"1.1": {"actual": str(actual), "target": "100"}}
