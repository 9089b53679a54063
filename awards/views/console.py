"""The chair's console: where the room is, what it lacks, and the way to the next item."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from awards import permissions as may
from awards import transitions
from awards.forms.agenda import OutcomeForm, ShownForm
from awards.models import AgendaItem, AgendaKind, Conference, VoteStatus
from blocs.http import PortalRequest
from blocs.models import Review, User
from blocs.permissions import Verdict
from blocs.readiness import Missing

from .agenda import parts_of
from .agenda_items import item_or_404
from .agenda_lines import Line, LineState, Place, lines_of
from .hall import Running, running_votes
from .lookup import kept_conference
from .record import Quorum, read_record
from .refusals import attempt, attempt_or_tell


@dataclass(frozen=True)
class Console:
    """All that the console draws."""

    conference: Conference
    lines: tuple[Line, ...]
    quorum: Quorum
    votes: tuple[Running, ...]
    votes_url: str
    missing: list[Missing]
    steer: Verdict
    spent: int  # whole minutes since the present item began
    has_moved: bool  # the room is at another item than the page that asks for news shows

    @property
    def current(self) -> Line | None:
        return next((line for line in self.lines if line.is_now), None)

    @property
    def next(self) -> Line | None:
        return next((line for line in self.lines if line.status == LineState.NEXT), None)

    @property
    def minutes_over(self) -> int:
        planned = self.current.item.planned_minutes if self.current else 0
        return max(0, self.spent - planned)


def read_console(user: User, review: Review, shown: int | None) -> Console:
    record = read_record(review)
    conference = record.conference
    if conference is None:
        raise Conference.DoesNotExist
    places = parts_of(record)
    lines = lines_of(conference, record.agenda, places)
    current = next((line for line in lines if line.is_now), None)
    begun = current.item.started_at if current else None
    unfinished = (VoteStatus.DRAFT, VoteStatus.OPEN, VoteStatus.COUNTED)
    return Console(
        conference=conference,
        lines=lines,
        quorum=record.quorum,
        votes=running_votes(conference, *unfinished),
        votes_url=_url_of(conference, "votes" if _has(places, "votes") else "proposals"),
        missing=_missing(conference, current, places),
        steer=may.can_record(user, conference),
        spent=int((timezone.now() - begun).total_seconds() // 60) if begun else 0,
        has_moved=shown is not None and shown != conference.current_item_id,
    )


def _has(places: tuple[Place, ...], anchor: str) -> bool:
    return any(place.anchor == anchor for place in places)


def _url_of(conference: Conference, anchor: str) -> str:
    return f"{conference.get_absolute_url()}#{anchor}"


def _missing(
    conference: Conference, current: Line | None, places: tuple[Place, ...]
) -> list[Missing]:
    """What the present item decides and is not decided yet; at the closing, everything."""
    if current is None:
        return []
    waiting = current.waits_for
    if current.item.kind == AgendaKind.CLOSING:
        waiting = tuple(place for place in places if place.done is False)
    return [Missing(place.title, _url_of(conference, place.anchor)) for place in waiting]


@require_safe
@never_cache
def console(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    """The whole page; asked for by htmx, the part that changes by itself."""
    conference = kept_conference(request, bloc, year)
    if not request.htmx:
        return show_console(request, conference.review)
    form = ShownForm(request.GET)
    shown = form.cleaned_data["item"] if form.is_valid() else None
    page = read_console(request.user, conference.review, shown)
    context = {"review": conference.review, "page": page}
    response = render(request, "awards/console/_news.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def show_console(
    request: PortalRequest,
    review: Review,
    *,
    status: int = 200,
    typed: tuple[AgendaItem, OutcomeForm] | None = None,
) -> HttpResponse:
    """Draw the page; what was typed of an item comes back as that item's."""
    page = read_console(request.user, review, None)
    item, form = typed or (page.current.item if page.current else None, None)
    if form is None:
        form = OutcomeForm(initial={"outcome": item.outcome if item else ""})
    context = {"review": review, "page": page, "item": item, "form": form}
    response = render(request, "awards/console.html", context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_POST
def agenda_item_go(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    conference = kept_conference(request, bloc, year)
    item = item_or_404(conference, pk)
    attempt_or_tell(request, lambda: transitions.go_to(conference, item, by=request.user))
    return redirect("awards:console", *conference.review.url_args)


@require_POST
def outcome_write(request: PortalRequest, bloc: str, year: int, pk: int) -> HttpResponse:
    """Save what came of an item and, with ``go``, pass on to another."""
    conference = kept_conference(request, bloc, year)
    item = item_or_404(conference, pk)
    form = OutcomeForm(request.POST)
    if not attempt(
        form,
        lambda: transitions.record_outcome(
            item, text=form.cleaned_data["outcome"], by=request.user
        ),
    ):
        return show_console(request, conference.review, status=422, typed=(item, form))
    if form.cleaned_data["go"] is None:
        messages.success(request, _("The outcome has been saved."))
    else:
        onward = get_object_or_404(conference.agenda, pk=form.cleaned_data["go"])
        attempt_or_tell(request, lambda: transitions.go_to(conference, onward, by=request.user))
    return redirect("awards:console", *conference.review.url_args)
