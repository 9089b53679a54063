"""How a record changes state: lock, check, deed, history, all in one transaction.

A model that moves has a ``status``, a table ``MOVES`` of what may follow what, and ``changes``,
the rows of its history (a model derived from ``blocs.models.Change``). The status is set in
``moving`` and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.models import User

T = TypeVar("T", bound=models.Model)


class IllegalMove(Exception):
    """The wrong moment: the record's state does not admit what was asked."""


class Stale(Exception):
    """The record was changed by somebody else since it was read."""


@contextmanager
def holding(record: T) -> Iterator[T]:
    """Lock the record's row until the block ends, and hand over a fresh copy of it.

    SQLite has no row locks; there the whole transaction waits for its turn (BEGIN IMMEDIATE).
    """
    with transaction.atomic():
        rows = type(record)._default_manager.select_for_update(of=("self",), no_key=True)
        yield rows.get(pk=record.pk)


@contextmanager
def moving(record: T, to: str, *, by: User, note: str = "") -> Iterator[T]:
    """Hold the record, check that it may move, run the block, then save and log the move.

    Raises ``IllegalMove`` when ``to`` may not follow the record's present state.
    """
    with holding(record) as held:
        moved: Any = held
        came_from = moved.status
        if to not in moved.MOVES[came_from]:
            raise IllegalMove(
                _("“%(record)s” is in the state “%(state)s”, so this cannot be done now.")
                % {"record": held, "state": moved.get_status_display()}
            )
        yield held
        moved.status = to
        held.save()
        moved.changes.create(
            from_status=came_from, to_status=to, by=by, at=timezone.now(), note=note
        )
