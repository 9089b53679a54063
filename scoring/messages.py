"""The kernel's refusals in the reader's language."""

from __future__ import annotations

from django.utils.translation import gettext

from scoring.kernel.errors import KernelError


def translated(error: KernelError) -> str:
    """The error's sentence, translated; the kernel itself knows no catalogue."""
    params = {
        name: str(value).replace(".", ",") if _is_number(value) else value
        for name, value in error.params.items()
    }
    return gettext(error.template) % params


def _is_number(value: object) -> bool:
    text = str(value)
    return text.replace(".", "", 1).replace("-", "", 1).isdigit() and "." in text
