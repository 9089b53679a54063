"""Rules of voting and shares in words."""

from __future__ import annotations

from django import template

from awards import wording
from awards.models import Resolution
from awards.models.rule import Threshold

register = template.Library()


@register.filter
def threshold(row: Threshold) -> str:
    """``at least 80% of all members``."""
    return wording.threshold_words(row)


@register.filter
def reached(resolution: Resolution) -> str:
    """``4 of 5 members, 80%``."""
    return wording.reached_words(resolution.in_favour, resolution.base_count, resolution.base)


@register.filter
def share_of(votes: int, whole: int) -> str:
    """``83,33%``."""
    return wording.share_words(votes, whole)
