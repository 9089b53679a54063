"""Exact numbers: rounding half up, and numbers as text."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

# No exponent: "1e999999" would be a number of a million digits.
NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")


def rounded(value: Fraction, places: int) -> Decimal:
    """`value` in points, rounded half up (away from zero) to `places` decimals (reading 1)."""
    numerator = abs(value.numerator) * 10**places
    denominator = value.denominator
    units = (2 * numerator + denominator) // (2 * denominator)
    return Decimal(-units if value < 0 else units).scaleb(-places)


def printed(value: Decimal, places: int) -> str:
    """`value` with exactly `places` decimals, as tables print it: "-0.17", "0.00"."""
    return str(rounded(Fraction(value), places))


def plain(value: Decimal) -> str:
    """`value` without exponent and without zeros that say nothing: "100", "0.25"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def number_from(text: str) -> Decimal | None:
    """The number that `text` writes with a point; None where it writes none.

    At most 15 digits on either side of the point; no exponent, sign "+" or leading zeros.
    """
    return Decimal(text) if NUMBER.fullmatch(text) else None


def is_multiple(value: Decimal, step: Decimal) -> bool:
    """Whether `value` is a whole number of steps."""
    return (Fraction(value) / Fraction(step)).denominator == 1


def nfc(text: str) -> str:
    """`text` composed, so that one code typed on two keyboards is one code (reading 21)."""
    return unicodedata.normalize("NFC", text)
