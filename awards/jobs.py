"""Whether anybody works at a printing: signs of life, and how long they may be missing."""

from __future__ import annotations

import datetime

from awards.models import JobStatus, PrintJob

# After which a worker is taken for dead: more than a look at one file, or the binding, may take.
SILENCE = datetime.timedelta(minutes=4)
WAITING = datetime.timedelta(seconds=30)  # after which nobody seems to be at work


def _last_seen(job: PrintJob) -> datetime.datetime:
    return job.seen_at or job.asked_at


def is_silent(job: PrintJob, now: datetime.datetime) -> bool:
    """Whether its worker has died: a machine that was switched off says no farewell."""
    return job.status == JobStatus.RUNNING and now - _last_seen(job) > SILENCE


def is_unattended(job: PrintJob, now: datetime.datetime) -> bool:
    """Whether it waits so long that no worker seems to run, or all have much to do."""
    return job.status == JobStatus.QUEUED and now - _last_seen(job) > WAITING


def may_be_lost(job: PrintJob, now: datetime.datetime) -> bool:
    """Whether it is worth going on with: nobody may ever come to it, or come back to it."""
    return is_silent(job, now) or is_unattended(job, now)
