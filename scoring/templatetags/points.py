"""Points in text: always with a decimal comma, and cheap enough for a thousand of them a page."""

from __future__ import annotations

from decimal import Decimal

from django import template

register = template.Library()

MINUS = "\N{MINUS SIGN}"


@register.filter(is_safe=True)
def points(value: Decimal | None, places: int | None = None) -> str:
    """96.75 as "96,75"; 9.00 as "9", or with ``places`` 2 as "9,00"; None as nothing."""
    if value is None:
        return ""
    text = format(value, "f") if places is None else f"{value:.{int(places)}f}"
    if places is None and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", MINUS).replace(".", ",")


@register.filter(is_safe=True)
def signed(value: Decimal | None, places: int | None = None) -> str:
    """A difference with its sign: "+0,5", "−1,25"; no difference is "0"."""
    text = points(value, places)
    return f"+{text}" if value is not None and value > 0 else text
