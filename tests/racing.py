"""Two people at one moment. The first holds the row, half-way through; the second must wait."""

from __future__ import annotations

import threading
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from blocs.readiness import NotReady
from blocs.workflow import IllegalMove, Stale
from scoring.models import CriteriaSet

REFUSALS = (
    PermissionDenied,
    IllegalMove,
    Stale,
    NotReady,
    ValidationError,
    CriteriaSet.DoesNotExist,
)


class Second:
    """A deed in a thread with a connection of its own, and how it ended."""

    def __init__(self, deed):
        self.deed = deed
        self.outcome = None
        self.thread = threading.Thread(target=self._run)

    def _run(self):
        try:
            self.deed()
            self.outcome = "done"
        except REFUSALS as refusal:
            self.outcome = type(refusal).__name__
        finally:
            connection.close()


@contextmanager
def first_holding(rows, deed):
    """Hold ``rows``, start ``deed``, see it wait; the block is what the first one then does."""
    second = Second(deed)
    with transaction.atomic():
        list(rows.select_for_update(of=("self",), no_key=True))
        second.thread.start()
        second.thread.join(timeout=0.7)
        assert second.thread.is_alive(), f"the second did not wait: {second.outcome}"
        yield second
    second.thread.join(timeout=20)
    assert not second.thread.is_alive()


def rows(record):
    return type(record).objects.filter(pk=record.pk)
