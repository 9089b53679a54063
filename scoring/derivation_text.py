"""A derivation in text: ``18 × 0,601 / 1,2 = 9,015 → 9,02``."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext

from scoring.kernel.arithmetic import rounded
from scoring.kernel.explanation import Derivation, Remark, Term
from scoring.templatetags.points import points

LONGEST = 6  # decimals of a value before its rounding; one with more of them is only approximate


def formula_text(terms: Sequence[Term]) -> str:
    """The formula with decimal commas; brackets close up to what they hold."""
    text = " ".join(points(one) if isinstance(one, Decimal) else one for one in terms)
    return text.replace("( ", "(").replace(" )", ")")


def exact_text(value: Fraction) -> tuple[str, str]:
    """The sign = or ≈, and the value before its rounding."""
    shown = rounded(value, LONGEST)
    return "=" if Fraction(shown) == value else "≈", points(shown)


def calculation_text(one: Derivation, places: int) -> str:
    """Formula, exact value and rounded points; nothing for a blank."""
    if one.exact is None or one.points is None:
        return ""
    end = points(one.points, places)
    if len(one.formula) == 1 and Fraction(one.points) == one.exact:
        return end
    sign, exact = exact_text(one.exact)
    if Fraction(one.points) == one.exact:
        return f"{formula_text(one.formula)} = {end}"
    if len(one.formula) == 1:
        return f"{exact} → {end}"
    return f"{formula_text(one.formula)} {sign} {exact} → {end}"


def sum_text(values: Sequence[Decimal], places: int) -> str:
    """``5,00 + 4,37 = 9,37``; one value alone is its own sum."""
    total = points(sum(values, Decimal(0)), places)
    if len(values) < 2:
        return total
    return f"{' + '.join(points(value, places) for value in values)} = {total}"


def remark_text(remark: Remark | None) -> str:
    """The sentence in the reader's language, its numbers with commas."""
    if remark is None:
        return ""
    params = {
        name: points(value) if isinstance(value, Decimal) else value
        for name, value in remark.params.items()
    }
    return gettext(remark.template) % params if params else gettext(remark.template)
