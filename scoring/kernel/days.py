"""Days and moments in Vietnam."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, timezone

# Vietnam has kept UTC+7 without summer time since 1975, so no time zone database is needed.
VIETNAM = timezone(timedelta(hours=7))


def day_in_vietnam(moment: datetime) -> date:
    """The calendar day at UTC+7 on which `moment` falls."""
    return moment.astimezone(VIETNAM).date()


def start_of(day: date) -> datetime:
    """The moment at which `day` begins in Vietnam."""
    return datetime.combine(day, time.min, VIETNAM)


def days_late(due: date, received_at: datetime) -> int:
    """Whole calendar days between the due day and the day of receipt, 0 when on time.

    The due day is inclusive to its last second; 00:00:00 of the next day is one day late
    (reading 14).
    """
    return max(0, (day_in_vietnam(received_at) - due).days)
