"""Ranks 1, 2, 2, 4 and what breaks a tie (reading 19)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

# "group:X" compares a top-level group; the others stand for themselves.
GROUP_RULE = "group:"
TIE_RULES = ("fewer_penalties", "bonus", "flag_votes", "chair")


@dataclass(frozen=True)
class Contender:
    """A ranked member: its total in points, and for each tie rule a value of which more wins.

    A rule that has no value, or None, is unknown for this member.
    """

    slug: str
    total: Decimal
    tie_values: Mapping[str, Decimal | int | None]


@dataclass(frozen=True)
class Place:
    """The rank in one table, and how a tie was treated.

    `tie_decided_by` is the last rule that set the member apart from others of its total.
    """

    rank: int | None = None
    shared_with: tuple[str, ...] = ()
    same_total_as: tuple[str, ...] = ()
    tie_decided_by: str | None = None


def rank(contenders: Sequence[Contender], rules: Sequence[str]) -> dict[str, Place]:
    """The place of every contender; members of a tie are named in the order given."""
    places: dict[str, Place] = {}
    for total in sorted({contender.total for contender in contenders}, reverse=True):
        tied = [contender for contender in contenders if contender.total == total]
        decided: dict[str, str] = {}
        for sharing in _split([tied], rules, decided):
            rank_here = len(places) + 1
            for one in sharing:
                places[one.slug] = Place(
                    rank=rank_here,
                    shared_with=tuple(other.slug for other in sharing if other is not one),
                    same_total_as=tuple(other.slug for other in tied if other is not one),
                    tie_decided_by=decided.get(one.slug),
                )
    return places


def _split(
    parts: list[list[Contender]], rules: Sequence[str], decided: dict[str, str]
) -> list[list[Contender]]:
    """Split each tie by one rule after the other, the best first; note what decided."""
    for rule in rules:
        finer: list[list[Contender]] = []
        for part in parts:
            pieces = _split_by(part, rule)
            if len(pieces) > 1:
                decided.update((one.slug, rule) for one in part)
            finer += pieces
        parts = finer
    return parts


def _split_by(part: list[Contender], rule: str) -> list[list[Contender]]:
    values = {one.slug: one.tie_values.get(rule) for one in part}
    known = {value for value in values.values() if value is not None}
    if None in values.values():
        return [part]  # unknown for one of the tied: the rule is passed over
    return [
        [one for one in part if values[one.slug] == value] for value in sorted(known, reverse=True)
    ]
