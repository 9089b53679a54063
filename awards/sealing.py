"""What removes the traces that a database keeps of the casting of papers.

Each row carries hidden marks of the transaction that wrote it last (PostgreSQL's xmin), lies at a
place that may follow the order of writing (ctid, rowid), and leaves its former versions behind
until they are swept. ``seal_marks`` runs within the closing or the
cancelling of a ballot, ``sweep`` after it.
"""

from __future__ import annotations

import logging
import time

from django.db import DatabaseError, connection
from django.db.backends.utils import CursorWrapper

from awards.models import BallotBox, Mark, Vote

log = logging.getLogger(__name__)
# Milliseconds, for the sweep's exclusive lock and for older snapshots to end; the closing itself is
# done by then.
LOCK_WAIT = 2000
LOOK_AGAIN = 50  # milliseconds between two looks for older snapshots


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
    """Write both tables into new files, without what is dead; False under an older snapshot.

    A plain VACUUM goes first, for the rewriting alone would carry dead rows over: its own snapshot
    reaches back to the oldest writing transaction of the whole cluster, in whatever database.

    The roll is written in the order of its keys, which is protocol order: where its pages were
    full, late marks had moved to other pages, and a VACUUM FULL would leave them there.
    """
    box, mark = BallotBox._meta.db_table, Mark._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {LOCK_WAIT}")
        try:
            if not _remove_dead_rows(cursor, box, mark):
                return False
            cursor.execute(f"VACUUM (FULL) {box}")
            cursor.execute(f"CLUSTER {mark} USING {mark}_pkey")
        finally:
            cursor.execute("RESET lock_timeout")
    return True


def _remove_dead_rows(cursor: CursorWrapper, *tables: str) -> bool:
    """Whether no dead row is left, for no snapshot of this database is older than what ended it.

    Such a snapshot (a backup, an ANALYZE) is waited for a while. PostgreSQL counts the pages whose
    every row is visible to all; after a VACUUM these are all pages where nothing dead had to stay.
    """
    end = time.monotonic() + LOCK_WAIT / 1000
    while True:
        cursor.execute(f"VACUUM (DISABLE_PAGE_SKIPPING) {', '.join(tables)}")
        cursor.execute(
            "SELECT bool_and(relallvisible = relpages) FROM pg_class"
            " WHERE oid = ANY(%s::regclass[])",
            [list(tables)],
        )
        [clean] = cursor.fetchone()
        if clean or time.monotonic() > end:
            return bool(clean)
        time.sleep(LOOK_AGAIN / 1000)


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
