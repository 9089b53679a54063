"""The demo's past: its deeds carry the days on which they would have happened."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def moment(text: str) -> datetime.datetime:
    """``2023-01-11 15:20`` in Vietnam."""
    return datetime.datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@contextmanager
def at(when: str | datetime.datetime) -> Iterator[datetime.datetime]:
    """Let the portal's clock stand at ``when`` for the block."""
    stands = moment(when) if isinstance(when, str) else when
    with mock.patch("django.utils.timezone.now", return_value=stands):
        yield stands
