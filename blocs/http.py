"""The request as views see it: behind the login wall there always is a user."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from blocs.models import User


class PortalRequest(HttpRequest):
    user: User
    htmx: HtmxDetails
