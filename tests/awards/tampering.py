"""What somebody with all rights over the database could do, for tests: SQL past the triggers."""

from __future__ import annotations

from django.db import connection

from blocs.history import triggers


def tamper(sql: str, *params: object) -> None:
    """Run ``sql`` with the guards away, until the test's transaction is rolled back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        else:
            for name, _text in triggers(connection):
                cursor.execute(f'DROP TRIGGER "{name}"')
        cursor.execute(sql, params)
