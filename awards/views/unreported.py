"""Views of which an error report tells where they failed, and nothing of what was sent to them.

Django's ``sensitive_post_parameters`` hides values and keeps the names of fields, of which one
says that a paper was spoiled; ``sensitive_variables`` hides the variables of the functions that
bear it, and not those of the database driver below, which hold the statement with the box.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView
from functools import wraps
from types import FrameType
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.debug import SafeExceptionReporterFilter


class Silent(SafeExceptionReporterFilter):
    """Leaves out the form that was sent, and the variables of every frame."""

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        return {}

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: FrameType
    ) -> ItemsView[str, Any]:
        nothing: dict[str, Any] = {}
        return nothing.items()


def unreported(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, with ``Silent`` for whatever goes wrong in it."""

    @wraps(view)
    def silent(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.exception_reporter_filter = Silent()
        return view(request, *args, **kwargs)

    return silent
