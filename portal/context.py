"""What every template may ask."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest


def demo(_request: HttpRequest) -> dict[str, object]:
    """Whether this is a demo, whose scores are invented and say so on every page."""
    return {"demo": settings.DEMO}
