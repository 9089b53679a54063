"""What removes the traces that a database keeps of the casting of papers.

Each row carries hidden marks of the transaction that wrote it last (PostgreSQL's xmin), lies at a
place that may follow the order of writing (ctid, rowid), and leaves its former versions behind
until they are swept. ``seal_marks`` runs within the closing or the
cancelling of a ballot, ``sweep`` after it.
"""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection

from awards.models import BallotBox, Mark, Vote

log = logging.getLogger(__name__)
LOCK_WAIT = 2000  # milliseconds, for the sweep's exclusive lock; the closing itself is done by then


def seal_marks(vote: Vote) -> None:
    """Write every mark anew in the transaction that seals the box, in protocol order.

    From then on all marks and the box bear one transaction, and the sweep can bring them into
    protocol order for good.
    """
    for mark in vote.roll.order_by("membership__position", "pk"):
        mark.save(update_fields=["voted"])


def sweep() -> bool:
    """Remove former versions of rows from the database's files; whether that was done.

    It needs a connection outside any transaction, and on PostgreSQL the ownership of the tables;
    where that is missing, or somebody else is in the way, the closing stands and a warning says so.
    """
    if connection.in_atomic_block:
        return False
    try:
        swept = _rewrite_tables() if connection.vendor == "postgresql" else _empty_journal()
    except DatabaseError:
        swept = False
    if not swept:
        log.warning("Former versions of ballot rows were not swept: run verify_ballots --sweep.")
    return swept


def _rewrite_tables() -> bool:
    """Write both tables into new files, without what is dead.

    The roll is written in the order of its keys, which is protocol order: where its pages were
    full, late marks had moved to other pages, and a plain VACUUM FULL would leave them there.
    """
    box, mark = BallotBox._meta.db_table, Mark._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {LOCK_WAIT}")
        try:
            cursor.execute(f"VACUUM (FULL) {box}")
            cursor.execute(f"CLUSTER {mark} USING {mark}_pkey")
        finally:
            cursor.execute("RESET lock_timeout")
    return True


def _empty_journal() -> bool:
    """Bring SQLite's write-ahead log home and cut it to nothing; a reader may be in the way.

    In the file itself ``secure_delete`` (portal/settings.py) writes over what is replaced.
    """
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        [usual] = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {LOCK_WAIT}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            busy, *_pages = cursor.fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
    return not busy


def destroy_papers(vote: Vote) -> bool:
    """Empty a sealed box whose papers need no longer be kept; whether there were any.

    The numbers and their hashes stay. ``sweep`` then removes the papers from the files.
    """
    boxes = BallotBox.objects.filter(vote=vote, is_sealed=True).exclude(papers="")
    return bool(boxes.update(papers=""))
