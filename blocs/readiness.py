"""What is still missing before a step: each item says what, and links to where it is mended."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Missing:
    """One thing to do first."""

    text: str
    url: str = ""


class NotReady(Exception):
    """The step was asked for while something is still missing."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(
            _("Still missing: %(items)s") % {"items": "; ".join(item.text for item in missing)}
        )
        self.missing = missing


def require_ready(missing: list[Missing]) -> None:
    """Raise ``NotReady`` with the list, unless it is empty."""
    if missing:
        raise NotReady(missing)
