"""Canonical text and its hash: the same facts always give the same characters."""

from __future__ import annotations

import hashlib
import json


def canonical_text(facts: object) -> str:
    """Facts as JSON with sorted keys and no spaces; Vietnamese letters stay letters."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
