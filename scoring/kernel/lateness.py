"""When a member's sheet came in, and how late that is (readings 14 to 16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from .criteria import Office
from .days import days_late, start_of


class EventKind(Enum):
    """What happened to a sheet."""

    SUBMITTED = "submitted"
    RECALLED = "recalled"
    SUPPLEMENT_REQUESTED = "supplement_requested"


@dataclass(frozen=True)
class Event:
    """One thing that happened to a sheet; `at` has an offset."""

    kind: EventKind
    at: datetime


@dataclass(frozen=True)
class Extension:
    """A later due day that somebody granted."""

    to: date
    granted_at: datetime
    granted_by: str
    granter_office: Office
    reason: str = ""


@dataclass(frozen=True)
class Submission:
    """The due day of a sheet, its extension, and its events in any order."""

    due: date
    events: tuple[Event, ...] = ()
    extension: Extension | None = None

    @property
    def received_at(self) -> datetime | None:
        """The submit that counts: the last one that completed the sheet (reading 15).

        A submit after a request for supplement completes nothing anew; a recall takes the sheet
        back, so that the next submit counts.
        """
        received_at: datetime | None = None
        supplement = False
        for event in sorted(self.events, key=lambda event: event.at):
            if event.kind is EventKind.RECALLED:
                received_at, supplement = None, False
            elif event.kind is EventKind.SUPPLEMENT_REQUESTED:
                supplement = received_at is not None
            elif not supplement:
                received_at = event.at
        return received_at

    def extension_counts(self, slug: str) -> bool:
        """Whether the extension moves the due day of the member `slug` (reading 16).

        It must be granted before the due day begins, by the leader or a deputy, and never to
        oneself: so only a deputy can extend the leader's day.
        """
        extension = self.extension
        return (
            extension is not None
            and extension.granted_at < start_of(self.due)
            and extension.granter_office is not Office.MEMBER
            and extension.granted_by != slug
        )

    def due_for(self, slug: str) -> date:
        """The due day of the member `slug`, moved where the extension counts."""
        if self.extension is not None and self.extension_counts(slug):
            return max(self.due, self.extension.to)
        return self.due

    def late_days(self, slug: str) -> int | None:
        """Late calendar days at UTC+7; None while no submit counts (reading 14)."""
        received_at = self.received_at
        return None if received_at is None else days_late(self.due_for(slug), received_at)
