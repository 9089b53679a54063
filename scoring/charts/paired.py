"""Paired bars: claimed, appraised and, where it differs, agreed, member by member."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .geometry import (
    FILLS,
    Box,
    Chart,
    Label,
    Scale,
    at,
    axis,
    legend,
    name_labels,
    number,
    scale_of,
)

BAR = 14
GAP = 10


@dataclass(frozen=True)
class Pair:
    """One member and its totals in points, a number a stage."""

    name: str
    totals: tuple[Decimal, ...]


@dataclass(frozen=True)
class PairWords:
    """The texts of the picture; ``stages`` names the bars of a member from top to bottom."""

    title: str
    description: str
    stages: tuple[str, ...]


def scale_for(pairs: Sequence[Pair]) -> Scale:
    """One scale for all parts of a picture; it begins at zero, so that lengths can be compared."""
    totals = [total for one in pairs for total in one.totals]
    return scale_of(min(totals, default=Decimal(0)), max(totals, default=Decimal(0)))


def paired(
    pairs: Sequence[Pair], words: PairWords, scale: Scale, *, key: str, places: int
) -> Chart:
    """The picture of these members, from top to bottom in the order given."""
    row = len(words.stages) * BAR + GAP
    fills = (FILLS[1], FILLS[0], FILLS[2])[: len(words.stages)]
    boxes, labels, top = legend(list(words.stages))
    top += 20
    bottom = top + GAP / 2 + len(pairs) * row
    rules, numbers = axis(scale, top, bottom)
    labels += numbers
    for at_row, pair in enumerate(pairs):
        y = top + GAP / 2 + at_row * row
        labels += name_labels(pair.name, y + (row - GAP) / 2)
        for n, total in enumerate(pair.totals):
            left, right = sorted([scale.x(Decimal(0)), scale.x(total)])
            boxes.append(Box(at(left), at(y + n * BAR), at(right - left), at(BAR - 2), n))
            text = number(total, places)
            labels.append(Label(at(right + 6), at(y + n * BAR + BAR - 3), text))
    return Chart(
        key=key,
        title=words.title,
        description=words.description,
        height=f"{bottom + 6:.0f}",
        fills=fills,
        boxes=tuple(boxes),
        labels=tuple(labels),
        rules=tuple(rules),
    )
