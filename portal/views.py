"""Pages that belong to no app."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache


@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Give back what was typed into a form whose token is out of date, but for secrets.

    No form can be named here, so the raw fields are read.
    """
    fields = [name for name in request.POST if name != "csrfmiddlewaretoken"]
    kept = [name for name in fields if "password" not in name.lower()]
    context = {
        "path": request.get_full_path(),
        "typed": [(name, value) for name in kept for value in request.POST.getlist(name)],
        "files": [file.name for name in request.FILES for file in request.FILES.getlist(name)],
        "may_send_again": kept == fields and not request.FILES and is_own_page(request),
    }
    return render(request, "403_csrf.html", context, status=403)


def is_own_page(request: HttpRequest) -> bool:
    """Whether the portal's own page sent the form: a foreign one must not get a fresh token."""
    sender = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    return (sender.scheme, sender.netloc) == (request.scheme, request.get_host())


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """For a load balancer: the process answers and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


def home(request: HttpRequest) -> HttpResponse:
    raise Http404


def review_detail(request: HttpRequest, bloc: str, year: int) -> HttpResponse:
    raise Http404
