"""Small criteria sets and cases for the tests of the kernel."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import scoring
from scoring.kernel.answers_file import read_case
from scoring.kernel.criteria import CriteriaSet
from scoring.kernel.loading import parse_yaml, read_set
from scoring.kernel.tabulation import as_json, tabulate

EXAMPLES = Path(scoring.__file__).parent / "criteria"


def leaf(code: str, maximum: str, rule: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {"code": code, "max": maximum, "name": f"Leaf {code}", "rule": rule, **keys}


def bonus(code: str, cap: str, rule: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {"code": code, "cap": cap, "name": f"Bonus {code}", "rule": rule, **keys}


def penalty(code: str, rule: dict[str, Any], **keys: Any) -> dict[str, Any]:
    return {"code": code, "name": f"Penalty {code}", "rule": rule, **keys}


def judged(code: str, maximum: str = "10", **keys: Any) -> dict[str, Any]:
    return leaf(code, maximum, {"kind": "judged"}, **keys)


def document_of(groups: dict[str, list[dict[str, Any]]], **head: Any) -> dict[str, Any]:
    """A sound document: the maxima of groups and the scale follow from the leaves."""
    maxima = {
        code: sum((Decimal(one["max"]) for one in leaves), Decimal(0))
        for code, leaves in groups.items()
    }
    return {
        "criteria_set": {
            "code": "SET",
            "title": "A small set",
            "scale": str(sum(maxima.values())),
            "step": "0.25",
            "rounding": {"places": "2"},
            "bonus_cap": "5",
            "grades": [
                {"label": "Good", "min": "8"},
                {"label": "Fair", "min": "5"},
                {"label": "Weak", "min": "2"},
            ],
            "groups": [
                {
                    "code": code,
                    "name": f"Group {code}",
                    "max": str(maxima[code]),
                    "children": leaves,
                }
                for code, leaves in groups.items()
            ],
            **head,
        }
    }


def set_of(groups: dict[str, list[dict[str, Any]]], **head: Any) -> CriteriaSet:
    return read_set(document_of(groups, **head))


def raw_case(members: dict[str, dict[str, Any]], **top: Any) -> dict[str, Any]:
    """A file of answers; the first member leads, and what it leaves out is empty."""
    offices = ["leader", *["member"] * len(members)]
    filled = {
        slug: {"name": slug.title(), "office": office, "claimed": {}, **member}
        for (slug, member), office in zip(members.items(), offices, strict=False)
    }
    return {"set": "SET", "review_year": 2022, "members": filled, **top}


def table_of(
    criteria: CriteriaSet, members: dict[str, dict[str, Any]], **top: Any
) -> dict[str, Any]:
    """The output of the dry run for these members."""
    return as_json(tabulate(criteria, read_case(criteria, raw_case(members, **top))))


def example_set(name: str) -> CriteriaSet:
    return read_set(parse_yaml((EXAMPLES / name).read_text(encoding="utf-8")))
