"""The projector's page: what the room is at, refreshed by itself, and nothing secret."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from awards.models import AgendaItem, AgendaKind, Conference, VoteStatus
from blocs.http import PortalRequest
from blocs.models import Review
from scoring.models import Summary, SummaryStatus
from scoring.tables import Table, live_table, table_of

from .hall import Decided, Result, Running, decided_at, results_of, running_votes
from .lookup import seen_conference

WITH_TABLE = (AgendaKind.TABLE, AgendaKind.SCORES, AgendaKind.ADOPTION)
MANY_ROWS = 8  # more lines are drawn smaller


@dataclass(frozen=True)
class Screen:
    """What stands on the wall. While a vote runs, its question and nothing else."""

    conference: Conference
    items: tuple[AgendaItem, ...]
    item: AgendaItem | None = None
    running: tuple[Running, ...] = ()
    results: tuple[Result, ...] = ()
    decided: tuple[Decided, ...] = ()
    table: Table | None = None
    is_adopted: bool = False

    @property
    def number(self) -> int:
        return self.items.index(self.item) + 1 if self.item in self.items else 0

    @property
    def last(self) -> Result | None:
        """The vote announced last, in full."""
        return self.results[-1] if self.results else None

    @property
    def earlier(self) -> tuple[Result, ...]:
        """The others, of which only the outcome stands there."""
        return self.results[:-1]

    @property
    def is_long(self) -> bool:
        lines = len(self.decided) + len(self.earlier)
        if self.last:
            lines += len(self.last.options)
        elif self.table:
            lines += len(self.table.rows)
        return lines > MANY_ROWS


def read_screen(conference: Conference) -> Screen:
    """A constant number of queries for each kind of item."""
    items = tuple(conference.agenda.all())
    if not conference.is_open:
        return Screen(conference, items)
    item = next((one for one in items if one.pk == conference.current_item_id), None)
    running = running_votes(conference, VoteStatus.OPEN, VoteStatus.COUNTED)
    if running or item is None:
        return Screen(conference, items, item, running)
    table, is_adopted = None, False
    if item.kind in WITH_TABLE:
        table, is_adopted = _table(conference.review)
    return Screen(
        conference,
        items,
        item,
        results=results_of(conference, item),
        decided=decided_at(conference, item),
        table=table,
        is_adopted=is_adopted,
    )


def _table(review: Review) -> tuple[Table, bool]:
    """As adopted; before that as the scores stand now, with every change made in the room."""
    summary = Summary.objects.filter(review=review, status=SummaryStatus.ADOPTED).first()
    if summary is not None:
        return table_of(summary), True
    return live_table(review), False


@require_safe
@never_cache
def screen(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    """The whole page; asked for by htmx, what stands on it."""
    conference = seen_conference(request, bloc, year)
    template = "awards/screen/_hall.html" if request.htmx else "awards/screen.html"
    context = {"review": conference.review, "screen": read_screen(conference)}
    response = render(request, template, context)
    patch_vary_headers(response, ["HX-Request"])
    return response
