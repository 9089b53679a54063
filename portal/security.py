"""The Content-Security-Policy header: nothing inline, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",  # Bootstrap's stylesheet draws arrows and ticks from data: images
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",  # the draft beside the text that is being written
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# An answer that X-Frame-Options lets our own pages frame says the same here.
FRAMED = POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")


class ContentSecurityPolicyMiddleware:
    """Put the policy on every answer, also on errors and files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_framed = response.headers.get("X-Frame-Options") == "SAMEORIGIN"
        policy = FRAMED if is_framed else POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        return response
