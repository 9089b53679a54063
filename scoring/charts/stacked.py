"""Stacked bars: the groups of a member side by side, then its bonus; penalties left of zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .geometry import (
    BONUS,
    FILLS,
    PENALTY,
    TEXT,
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
    width_of,
)

ROW = 34
BAR = 20


@dataclass(frozen=True)
class Stack:
    """One member in points: its groups in order, bonus, penalty (positive) and total."""

    name: str
    groups: tuple[Decimal, ...]
    bonus: Decimal
    penalty: Decimal
    total: Decimal


@dataclass(frozen=True)
class StackWords:
    """The texts of the picture; ``groups`` are the names of the parts."""

    title: str
    description: str
    groups: tuple[str, ...]
    bonus: str
    penalty: str


def scale_for(stacks: Sequence[Stack]) -> Scale:
    """One scale for all parts of a picture."""
    highs = [sum(one.groups, one.bonus) for one in stacks]
    lows = [min(-one.penalty, one.total) for one in stacks]
    return scale_of(min(lows, default=Decimal(0)), max(highs, default=Decimal(0)))


def stacked(
    stacks: Sequence[Stack], words: StackWords, scale: Scale, *, key: str, places: int
) -> Chart:
    """The picture of these members, from top to bottom in the order given."""
    groups = len(words.groups)
    fills = (*(FILLS[n % len(FILLS)] for n in range(groups)), BONUS, PENALTY)
    boxes, labels, top = legend([*words.groups, words.bonus, words.penalty])
    top += 20
    bottom = top + 6 + len(stacks) * ROW
    rules, numbers = axis(scale, top, bottom)
    labels += numbers
    for at_row, stack in enumerate(stacks):
        middle = top + 6 + at_row * ROW + ROW / 2
        bars, texts = _bar(stack, middle, scale, places)
        boxes += bars
        labels += [*name_labels(stack.name, middle), *texts]
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


def _bar(stack: Stack, middle: float, scale: Scale, places: int) -> tuple[list[Box], list[Label]]:
    boxes, labels = [], []
    y, end = middle - BAR / 2, Decimal(0)
    parts = [*stack.groups, stack.bonus]
    for fill, value in enumerate(parts):
        if value > 0:
            box, label = _part(end, end + value, fill, y, scale, number(value, places))
            boxes.append(box)
            labels += label
            end += value
    if stack.penalty > 0:
        text = number(-stack.penalty, places)
        box, label = _part(-stack.penalty, Decimal(0), len(parts), y, scale, text)
        boxes.append(box)
        labels += label
    total = number(stack.total, places)
    labels.append(Label(at(scale.x(end) + 8), at(middle + 4.5), total, bold=True))
    return boxes, labels


def _part(
    start: Decimal, end: Decimal, fill: int, y: float, scale: Scale, text: str
) -> tuple[Box, list[Label]]:
    """A part with its number inside, where there is room for it."""
    left, right = scale.x(start), scale.x(end)
    box = Box(at(left), at(y), at(right - left), at(BAR), fill)
    ground = width_of(text) + 6
    if right - left < ground + 4:
        return box, []
    middle = (left + right) / 2
    label = Label(
        at(middle),
        at(y + BAR / 2 + 4.5),
        text,
        anchor="middle",
        boxed=at(ground),
        left=at(middle - ground / 2),
        top=at(y + (BAR - TEXT - 2) / 2),
    )
    return box, [label]
