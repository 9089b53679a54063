"""Pages that belong to no app."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from awards.models import Conference
from blocs.http import PortalRequest
from blocs.models import Phase
from blocs.permissions import can_see_progress
from blocs.views.lookup import review_or_404
from portal.overview import history_of, links_of, next_step_of, places_of, steps_of
from portal.tasks import standings_of, waiting_for


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


@require_safe
def home(request: PortalRequest) -> HttpResponse:
    """My tasks: what this person must do now, in every open review."""
    standings = standings_of(request.user)
    context = {
        "standings": standings,
        "busy": [standing for standing in standings if standing.tasks],
        "idle": [standing for standing in standings if not standing.tasks],
        "count": sum(len(standing.tasks) for standing in standings),
    }
    return render(request, "portal/home.html", context)


@require_safe
def review_detail(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    conference = Conference.objects.filter(review=review).first()
    places = places_of(request.user, review)
    leader = next((place.part for place in places if place.part.is_leader), None)
    context = {
        "review": review,
        "steps": steps_of(review, conference),
        "summary": waiting_for(Phase(review.status)),
        "next": next_step_of(request.user, review, conference, leader),
        "places": places,
        "may_see_all": can_see_progress(request.user, review),
        "links": links_of(request.user, review),
        "changes": history_of(review),
        "conference": conference,
    }
    return render(request, "portal/review_detail.html", context)
