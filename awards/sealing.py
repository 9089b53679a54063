"""What removes the traces that a database keeps of the casting of papers.

Each row carries hidden marks of the transaction that wrote it last (PostgreSQL's xmin), lies at a
place that may follow the order of writing (ctid, rowid), and leaves its former versions behind
until they are swept. ``seal_marks`` runs within the closing, ``sweep`` after it.
"""

from __future__ import annotations

import logging

from django.db import DatabaseError, connection

from awards.models import BallotBox, Mark, Vote

log = logging.getLogger(__name__)
TABLES = (BallotBox._meta.db_table, Mark._meta.db_table)
LOCK_WAIT = "2s"  # for the sweep's exclusive lock; the closing itself is done by then


def seal_marks(vote: Vote) -> None:
    """Write every mark anew in the closing's own transaction, in protocol order.

    From then on all marks and the box bear one transaction, and lie in no order of casting.
    """
    for mark in vote.roll.order_by("membership__position", "pk"):
        mark.save(update_fields=["voted"])


def sweep() -> bool:
    """Remove former versions of rows from the database's files; whether that was done.

    It needs a connection outside any transaction, and on PostgreSQL the ownership of the tables;
    where that is missing, the closing stands and a warning says so.
    """
    if connection.in_atomic_block:
        return False
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"SET lock_timeout = '{LOCK_WAIT}'")
                try:
                    cursor.execute(f"VACUUM (FULL) {', '.join(TABLES)}")
                finally:
                    cursor.execute("RESET lock_timeout")
            else:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except DatabaseError:
        log.warning("Former versions of ballot rows were not swept: run verify_ballots --sweep.")
        return False
    return True
