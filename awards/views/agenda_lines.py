"""The agenda as it is drawn: when each item would begin, where it stands, to what it leads."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.db import models
from django.utils.translation import gettext_lazy as _

from awards.agenda import planned_starts
from awards.models import AgendaItem, AgendaKind, Conference

# The parts of the conference page on which an item's business is done.
LEADS_TO: Mapping[str, tuple[str, ...]] = {
    AgendaKind.OPENING: ("attendance",),
    AgendaKind.REPORT: ("report",),
    AgendaKind.TABLE: ("table",),
    AgendaKind.DISCUSSION: ("remarks",),
    AgendaKind.SCORES: ("objections", "scores"),
    AgendaKind.ADOPTION: ("report", "adoption"),
    AgendaKind.GUEST: ("remarks",),
    AgendaKind.COMMITTEE: ("committee",),
    AgendaKind.PROPOSALS: ("votes", "proposals"),
    AgendaKind.ELECTION: ("votes", "elections"),
    AgendaKind.HANDOVER: ("handover",),
    AgendaKind.LAUNCH: ("others",),
    AgendaKind.CLOSING: ("minutes", "closing"),
    AgendaKind.OTHER: ("others",),
}
ELSE = "others"  # a decision with no part of its own


class LineState(models.TextChoices):
    DONE = "done", _("Done")
    NOW = "now", _("Now")
    NEXT = "next", _("Next")
    WAITING = "waiting", _("Not begun")


class Place(Protocol):
    """A part of the conference page; ``done`` is None where nothing has to be done."""

    @property
    def anchor(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def done(self) -> bool | None: ...


@dataclass(frozen=True)
class Line:
    """An item with its place in the list, the hour planned for it, and where its work is done."""

    number: int
    item: AgendaItem
    begins: datetime.time
    status: LineState
    places: tuple[Place, ...]

    @property
    def get_status_display(self) -> str:
        return str(self.status.label)

    @property
    def is_now(self) -> bool:
        return self.status == LineState.NOW

    @property
    def has_begun(self) -> bool:
        return self.item.started_at is not None

    @property
    def waits_for(self) -> tuple[Place, ...]:
        """What the item decides and is not decided yet."""
        return tuple(place for place in self.places if place.done is False)


def lines_of(
    conference: Conference | None, items: Sequence[AgendaItem], places: Sequence[Place]
) -> tuple[Line, ...]:
    """The whole agenda; ``places`` are the parts that the conference page shows now."""
    if conference is None:
        return ()
    starts = planned_starts(conference.starts_at, [item.planned_minutes for item in items])
    states = _states(conference, items)
    return tuple(
        Line(number, item, start, state, _places_of(item, places))
        for number, (item, start, state) in enumerate(
            zip(items, starts, states, strict=True), start=1
        )
    )


def _places_of(item: AgendaItem, places: Sequence[Place]) -> tuple[Place, ...]:
    wanted = LEADS_TO[item.kind]
    found = tuple(place for place in places if place.anchor in wanted)
    return found or tuple(place for place in places if place.anchor == ELSE)


def _states(conference: Conference, items: Sequence[AgendaItem]) -> list[LineState]:
    """Next is the first item after the present one that has not begun."""
    now = conference.current_item_id if conference.is_open else None
    reached = now is None
    following: AgendaItem | None = None
    for item in items:
        if reached and item.started_at is None and not conference.is_closed:
            following = item
            break
        reached = reached or item.pk == now
    return [_state(item, now, following) for item in items]


def _state(item: AgendaItem, now: int | None, following: AgendaItem | None) -> LineState:
    if item.pk == now:
        return LineState.NOW
    if item.started_at is not None:
        return LineState.DONE
    return LineState.NEXT if item == following else LineState.WAITING
