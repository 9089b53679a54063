"""The agenda: laid out and planned before the meeting, gone through item by item in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.utils import timezone
from django.utils.translation import gettext as _

from awards import permissions as may
from awards.agenda import DEFAULT_AGENDA, Presenter
from awards.models import AgendaItem, Conference
from blocs.models import Agency, AgencyKind, User
from blocs.permissions import require
from blocs.workflow import IllegalMove, holding


@contextmanager
def _planning(conference: Conference, by: User) -> Iterator[Conference]:
    with holding(conference) as held:
        require(may.can_plan_agenda(by, held))
        yield held


def lay_out_agenda(conference: Conference, *, by: User) -> list[AgendaItem]:
    """Write down the usual agenda, to be changed as needed; refused where there is one."""
    with _planning(conference, by) as held:
        if held.agenda.exists():
            raise IllegalMove(_("There is an agenda already; change its items."))
        presenters = _presenters(held)
        years = {"year": held.review.year, "next_year": held.review.year + 1}
        return AgendaItem.objects.bulk_create(
            AgendaItem(
                conference=held,
                position=position,
                kind=item.kind,
                title=item.title.format(**years),
                presenter=presenters[item.presenter] if item.presenter else "",
                planned_minutes=item.minutes,
            )
            for position, item in enumerate(DEFAULT_AGENDA, start=1)
        )


def _presenters(conference: Conference) -> dict[Presenter, str]:
    """Who they are, as far as the plan names them; the province may have no board office yet."""
    review = conference.review
    leaders = [one for one in review.memberships.with_names() if one.is_leader]
    boards = Agency.objects.filter(kind=AgencyKind.BOARD, province=review.bloc.province_id)
    names = [board.name_on(conference.held_on).full for board in boards.with_names()[:1]]
    return {
        Presenter.CHAIR: f"{conference.chair_name}, {conference.chair_position}"[:200],
        Presenter.SECRETARY: ", ".join(
            filter(None, (conference.secretary_name, conference.secretary_position))
        )[:200],
        Presenter.LEADER: leaders[0].name[:200] if leaders else "",
        Presenter.BOARD: names[0][:200] if names else "",
    }


def add_item(conference: Conference, *, fields: Mapping[str, object], by: User) -> AgendaItem:
    """Put an item at the end of the agenda."""
    with _planning(conference, by) as held:
        last = held.agenda.order_by("-position").values_list("position", flat=True).first()
        return _write(AgendaItem(conference=held, position=(last or 0) + 1), fields)


def change_item(item: AgendaItem, *, fields: Mapping[str, object], by: User) -> AgendaItem:
    """Word an item anew; its place and its times stay."""
    with _planning(item.conference, by) as held:
        return _write(_fresh(held, item), fields)


def _write(item: AgendaItem, fields: Mapping[str, object]) -> AgendaItem:
    for name in ("kind", "title", "presenter", "planned_minutes"):
        setattr(item, name, fields[name])
    item.full_clean()
    item.save()
    return item


def move_item(item: AgendaItem, *, up: bool, by: User) -> None:
    """Change places with the item before or after; at the end of the list nothing happens."""
    with _planning(item.conference, by) as held:
        moved = _fresh(held, item)
        items = list(held.agenda.all())
        at = items.index(moved)
        to = at - 1 if up else at + 1
        if not 0 <= to < len(items):
            return
        items[at], items[to] = items[to], items[at]
        for position, one in enumerate(items, start=1):
            one.position = position
        AgendaItem.objects.bulk_update(items, ["position"])


def remove_item(item: AgendaItem, *, by: User) -> None:
    """Take an item off the agenda, unless the conference has begun it."""
    with _planning(item.conference, by) as held:
        removed = _fresh(held, item)
        if removed.started_at is not None:
            raise IllegalMove(_("The conference has begun this item; it stays on the agenda."))
        removed.delete()


def go_to(conference: Conference, item: AgendaItem, *, by: User) -> Conference:
    """End the item that the room is at, and begin ``item``; both keep their times.

    An item taken up again keeps the time at which it first began. At the item where the room
    already is, nothing happens: a second click must not end it.
    """
    with holding(conference) as held:
        require(may.can_record(by, held))
        begun = _fresh(held, item)
        if held.current_item_id == begun.pk:
            return held
        now = timezone.now()
        if held.current_item_id is not None:
            held.agenda.filter(pk=held.current_item_id).update(ended_at=now)
        begun.started_at = begun.started_at or now
        begun.ended_at = None
        begun.save()
        held.current_item = begun
        held.save()
        return held


def record_outcome(item: AgendaItem, *, text: str, by: User) -> AgendaItem:
    """Write down in words what came of an item that the conference has begun."""
    with holding(item.conference) as held:
        require(may.can_record(by, held))
        begun = _fresh(held, item)
        if begun.started_at is None:
            raise IllegalMove(_("The conference has not come to this item yet."))
        begun.outcome = text
        begun.save()
        return begun


def _fresh(conference: Conference, item: AgendaItem) -> AgendaItem:
    """The item as it stands, on this conference's agenda."""
    found = conference.agenda.filter(pk=item.pk).first()
    if found is None:
        raise IllegalMove(_("This item has been removed from the agenda."))
    return found
