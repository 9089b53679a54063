"""What a chart is made of. Places are in units of its own picture and already text, so that no
locale can put a comma into them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

WIDTH = 960
NAMES = 212  # room for the names, left of the bars
NUMBERS = 76  # room for the totals, right of them
LETTER, CAPITAL = 6.8, 8.6  # the mean width of a letter at the size of the texts
TEXT = 13
TICKS = 6  # about so many on the axis


@dataclass(frozen=True)
class Fill:
    """How a part is told from its neighbours: lightness and hatching, so without colour too."""

    ground: str
    ink: str
    hatch: str = ""  # lines of a tile of 6 by 6


FILLS = (
    Fill("#1d4f7c", "#1d4f7c"),
    Fill("#ffffff", "#1d4f7c", "M0 6L6 0M-1 1L1 -1M5 7L7 5"),
    Fill("#a9bfd4", "#a9bfd4"),
    Fill("#ffffff", "#1d4f7c", "M3 0V6"),
    Fill("#5b7fa3", "#5b7fa3"),
    Fill("#ffffff", "#1d4f7c", "M0 3H6"),
    Fill("#dbe5ee", "#1d4f7c", "M0 0L6 6M-1 5L1 7M5 -1L7 1"),
    Fill("#ffffff", "#1d4f7c", "M0 3H6M3 0V6"),
)
BONUS = Fill("#f2e3b6", "#7a4d00", "M2 3H4M3 2V4")
PENALTY = Fill("#ffffff", "#b23a0a", "M0 0L6 6M6 0L0 6")


@dataclass(frozen=True)
class Box:
    """A part of a bar; ``fill`` is the number of its pattern."""

    x: str
    y: str
    width: str
    height: str
    fill: int


@dataclass(frozen=True)
class Label:
    """A text at its place; ``boxed`` is the width of the white ground that keeps it readable."""

    x: str
    y: str
    text: str
    anchor: str = "start"
    bold: bool = False
    boxed: str = ""
    left: str = ""
    top: str = ""


@dataclass(frozen=True)
class Rule:
    """A vertical line of the axis; the one at zero is strong."""

    x: str
    y1: str
    y2: str
    strong: bool


@dataclass(frozen=True)
class Chart:
    """A whole picture; ``key`` keeps its ids apart from those of others on the page."""

    key: str
    title: str
    description: str
    height: str
    fills: tuple[Fill, ...]
    boxes: tuple[Box, ...]
    labels: tuple[Label, ...]
    rules: tuple[Rule, ...]
    width: str = str(WIDTH)

    @property
    def painted(self) -> list[tuple[Box, str]]:
        """Each box with its paint: a pattern, or a plain colour, which shows no seams."""
        paints = [
            f"url(#{self.key}-{n})" if fill.hatch else fill.ground
            for n, fill in enumerate(self.fills)
        ]
        return [(box, paints[box.fill]) for box in self.boxes]


@dataclass(frozen=True)
class Scale:
    """From points to places: ``low`` to ``high`` fills the room between names and numbers."""

    low: Decimal
    high: Decimal

    def x(self, value: Decimal) -> float:
        span = float(self.high - self.low) or 1.0
        return NAMES + float(value - self.low) / span * (WIDTH - NAMES - NUMBERS)

    @property
    def ticks(self) -> list[Decimal]:
        """Round numbers from low to high, zero among them."""
        step = _round_step((self.high - self.low) / TICKS)
        first = math.ceil(self.low / step)
        return [step * n for n in range(first, math.floor(self.high / step) + 1)]


def scale_of(low: Decimal, high: Decimal) -> Scale:
    """A scale that holds zero and is never empty."""
    low, high = min(low, Decimal(0)), max(high, Decimal(0))
    return Scale(low, high if high > low else low + 1)


def _round_step(least: Decimal) -> Decimal:
    power = Decimal(1).scaleb(least.adjusted())
    return next(power * n for n in (1, 2, 5, 10) if power * n >= least)


def at(value: float) -> str:
    """A place as SVG writes it: with a point, to a tenth."""
    return f"{value:.1f}"


def number(value: Decimal, places: int | None = None) -> str:
    """A number as Vietnam writes it."""
    text = format(value, "f") if places is None else f"{value:.{places}f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "\N{MINUS SIGN}").replace(".", ",")


def width_of(text: str) -> float:
    return sum(CAPITAL if letter.isupper() else LETTER for letter in text)


def cut(text: str, room: float) -> str:
    """The text, shortened with an ellipsis where it is wider than ``room``."""
    if width_of(text) <= room:
        return text
    while text and width_of(text) + LETTER > room:
        text = text[:-1]
    return f"{text.rstrip()}…"


def wrapped(name: str) -> list[str]:
    """The name in one or two lines that fit beside the bars; what is still too long is cut."""
    room = NAMES - 12
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer) <= room or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > 2:
        lines = [lines[0], " ".join(lines[1:])]
    return [cut(line, room) for line in lines]


def name_labels(name: str, middle: float) -> list[Label]:
    """The name right-aligned before its bar."""
    lines = wrapped(name)
    first = middle + 4.5 - (len(lines) - 1) * 7
    return [
        Label(at(NAMES - 8), at(first + n * 14), line, anchor="end") for n, line in enumerate(lines)
    ]


def axis(scale: Scale, top: float, bottom: float) -> tuple[list[Rule], list[Label]]:
    """Lines and numbers of the axis, the numbers above the bars."""
    rules, labels = [], []
    for tick in scale.ticks:
        x = at(scale.x(tick))
        rules.append(Rule(x, at(top), at(bottom), strong=tick == 0))
        labels.append(Label(x, at(top - 5), number(tick), anchor="middle"))
    return rules, labels


def legend(names: list[str]) -> tuple[list[Box], list[Label], float]:
    """A swatch and a name for each part, in rows; and the height that they take."""
    boxes, labels = [], []
    x, y = 4.0, 4.0
    for fill, name in enumerate(cut(name, WIDTH - 60) for name in names):
        need = 30 + width_of(name) + 16
        if x + need > WIDTH and x > 4:
            x, y = 4.0, y + 22
        boxes.append(Box(at(x), at(y), "22", "14", fill))
        labels.append(Label(at(x + 28), at(y + 11.5), name))
        x += need
    return boxes, labels, y + 22
