"""Every measure of the printed papers, once: the stylesheet and the tests read this table.

The law is Annex I of Decree 30/2020/NĐ-CP; ``low`` and ``high`` are the bounds it sets. Where it
sets none (table text, rows of a wide table) the bounds are the chosen value itself. A province
chooses within the bounds (``layout_for``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from awards.models import PrintProfile


@dataclass(frozen=True, slots=True)
class Measure:
    """One chosen measure between the bounds of the law; a blank unit is a plain factor."""

    value: float
    unit: str
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:g}{self.unit}"


def mm(value: float, low: float | None = None, high: float | None = None) -> Measure:
    return Measure(value, "mm", value if low is None else low, value if high is None else high)


def pt(value: float, low: float | None = None, high: float | None = None) -> Measure:
    return Measure(value, "pt", value if low is None else low, value if high is None else high)


def factor(value: float, low: float, high: float) -> Measure:
    return Measure(value, "", low, high)


PAGE_WIDTH = 210.0
PAGE_HEIGHT = 297.0
BALLOT_HALF = PAGE_HEIGHT / 2  # a ballot paper is an A5 lying on its side
POINTS_PER_MM = 72 / 25.4

# "Single" spacing of a Times face is 1.15 of its size; the law counts in such lines.
SINGLE = 1.15

LAYOUT: dict[str, Measure] = {
    # the sheet
    "margin-top": mm(20, 20, 25),
    "margin-bottom": mm(20, 20, 25),
    "margin-left": mm(30, 30, 35),
    "margin-right": mm(15, 15, 20),
    "page-number": pt(14, 13, 14),
    # the head
    "nation": pt(13, 12, 13),
    "motto": pt(14, 13, 14),
    "parent": pt(13, 12, 13),
    "issuer": pt(13, 12, 13),
    "issuer-rule": factor(0.4, 1 / 3, 1 / 2),
    "number": pt(13),
    "place-date": pt(14, 13, 14),
    "party-name": pt(15, 14, 15),
    # the name of the paper and whom it addresses
    "title": pt(14, 13, 14),
    "subject": pt(14, 13, 14),
    "subject-rule": factor(0.4, 1 / 3, 1 / 2),
    "addressee": pt(14, 13, 14),
    # the text
    "body": pt(14, 13, 14),
    "indent": mm(12.7, 10, 12.7),
    "paragraph-gap": pt(6, 6, 12),
    "line-height": factor(1.3, SINGLE, 1.5 * SINGLE),
    "heading": pt(14, 13, 14),
    "table-text": pt(13),
    # the foot
    "signature": pt(14, 13, 14),
    "recipients-label": pt(12),
    "recipients": pt(11),
    "signing-space": mm(25),
    "signing-space-landscape": mm(20),
    # an annex
    "annex-label": pt(14),
    "annex-reference": pt(14, 13, 14),
    "annex-figures": pt(11),
    # the summary table
    "summary-text": pt(10.5),
    "summary-smallest": pt(6),
    "summary-notes": pt(11),
    # the list of evidence
    "evidence-text": pt(11),
    "evidence-hash": pt(8.5),
    # the list of proposals
    "list-text": pt(12),
    # the contents of a dossier
    "contents-text": pt(12),
    # the score sheet, the appraisal slip and the history of a score
    "sheet-text": pt(11),
    # the detailed table: criteria by members
    "detail-text": pt(9),
    # a ballot paper: half a sheet; its table's text is the largest with which all rows fit
    "ballot-half": mm(BALLOT_HALF),
    "ballot-margin": mm(9),
    "ballot-head": pt(11),
    "ballot-title": pt(14),
    "ballot-subject": pt(12),
    "ballot-instruction": pt(11),
    "ballot-table-head": pt(10),
    "ballot-largest": pt(13),
    "ballot-smallest": pt(7),
    "ballot-row": mm(12),
    "ballot-rules": pt(8.5),
    # the minutes of a ballot
    "ballot-annex-text": pt(11),
    # the pale word across a draft
    "watermark": pt(88),
    # the mark at the foot of the first page
    "mark-size": mm(13),
    "mark-text": pt(6.5),
}


Layout = Mapping[str, Measure]

# What one choice of a province sets: the sizes of the head, and those of all other text.
OF_HEAD = ("nation", "parent", "issuer")
OF_TEXT = (
    *("place-date", "title", "subject", "addressee", "body", "heading", "signature"),
    *("page-number", "annex-reference"),
)
MOTTO_ABOVE = 1  # pt; the motto is the larger of the two lines under each other


def layout_for(profile: PrintProfile | None) -> Layout:
    """The measures with a province's choice in them; without a profile the usual ones.

    The profile counts margins in mm, sizes and the gap in pt, the first line in cm and the
    spacing in lines. Raises ``ValueError`` where a choice lies outside the bounds of the law.
    """
    if profile is None:
        return LAYOUT
    chosen: dict[str, float] = {
        "margin-top": profile.margin_top,
        "margin-bottom": profile.margin_bottom,
        "margin-left": profile.margin_left,
        "margin-right": profile.margin_right,
        **dict.fromkeys(OF_HEAD, profile.head_size),
        "motto": profile.head_size + MOTTO_ABOVE,
        **dict.fromkeys(OF_TEXT, profile.body_size),
        "indent": float(profile.indent) * 10,
        "paragraph-gap": profile.paragraph_gap,
        "line-height": round(float(profile.line_spacing) * SINGLE, 4),
    }
    return {**LAYOUT, **{name: _lawful(name, value) for name, value in chosen.items()}}


def _lawful(name: str, value: float) -> Measure:
    measure = LAYOUT[name]
    # The bounds of the spacing are products of binary fractions; a hair is no breach.
    if not measure.low - 1e-6 <= value <= measure.high + 1e-6:
        raise ValueError(
            f"{name}: {value:g}{measure.unit} is not within "
            f"{measure.low:g}-{measure.high:g}{measure.unit}"
        )
    return replace(measure, value=value)


def custom_properties(layout: Layout = LAYOUT) -> str:
    """The table as CSS: ``:root{--margin-top:20mm;…}``."""
    declarations = "".join(f"--{name}:{measure};" for name, measure in layout.items())
    # CSS cannot multiply a percentage out of a factor, so the rules' lengths are said as such.
    rules = "".join(
        f"--{name}-width:{layout[name].value * 100:g}%;" for name in ("issuer-rule", "subject-rule")
    )
    return f":root{{{declarations}{rules}}}"


# Columns of the summary table in its own text size (em); a stage has bonus, penalty and total too.
SUMMARY_EM = {"index": 2.3, "bonus": 3.5, "rank": 2.9, "grade": 3.3, "remark": 4.6, "name": 10.0}
DIGIT, SEPARATOR, PADDING = 0.5, 0.25, 0.45


def figure_width(text: str) -> float:
    """The width in em that a number needs: digits of a Times face are half an em wide."""
    digits = sum(character.isdigit() for character in text)
    return digits * DIGIT + (len(text) - digits) * SEPARATOR + PADDING


def summary_measures(
    groups: int, figures: tuple[str, ...], totals: tuple[str, ...], layout: Layout = LAYOUT
) -> str:
    """The summary table's text size and columns as CSS: the largest text with which all fit."""
    figure = max((figure_width(text) for text in figures), default=2.7)
    total = max((figure_width(text) for text in totals), default=2.7) + 0.1  # printed bold
    widths = {**SUMMARY_EM, "figure": figure, "total": total, "delta": max(total, 3.3)}
    stage = (groups + 1) * figure + widths["bonus"] + total
    rest = ("index", "name", "delta", "delta", "rank", "grade", "remark")
    need = 2 * stage + sum(widths[name] for name in rest)
    room = PAGE_HEIGHT - layout["margin-left"].value - layout["margin-right"].value
    fitting = room * POINTS_PER_MM / need // 0.5 * 0.5
    size = max(layout["summary-smallest"].value, min(layout["summary-text"].value, fitting))
    columns = "".join(f"--summary-{name}:{width:g}em;" for name, width in widths.items())
    return f".summary{{--summary-text:{size:g}pt;{columns}}}"


def ballot_measures(size: float, row: float) -> str:
    """A ballot paper's text (points) and least height of a row (mm) as CSS."""
    return f".ballot{{--ballot-text:{size:g}pt;--ballot-height:{row:.2f}mm;}}"
