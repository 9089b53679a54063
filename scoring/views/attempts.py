"""A deed that may come at the wrong moment: then the reader is told, and nothing has happened."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from blocs.readiness import Missing, NotReady
from blocs.workflow import IllegalMove, Stale


def attempt(request: HttpRequest, deed: Callable[[], object], done: str) -> bool:
    """Do it and say so; or say why it could not be done now."""
    try:
        deed()
    except NotReady as error:
        messages.error(request, missing_text(error.missing))
    except (IllegalMove, Stale) as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
        return True
    return False


def missing_text(missing: list[Missing]) -> SafeString:
    """What is missing, each with the link to where it is mended."""
    items = format_html_join(
        "; ",
        "{}",
        (
            (format_html('<a href="{}">{}</a>', one.url, one.text) if one.url else one.text,)
            for one in missing
        ),
    )
    return format_html("{} {}", _("Still missing:"), items)
