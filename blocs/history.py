"""What the database itself refuses to alter or remove.

``append_only(table)``, ``fixed(table, columns)``, ``fixed_once`` and ``released`` go into
migrations.
``open_for_flush`` is for the two places that empty a whole database on purpose: the demo world's
rebuilding and the test runner.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, migrations
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REFUSAL = "append-only: history is neither altered nor removed"

POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION refuse_change_of_history() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END;
$$ LANGUAGE plpgsql
"""


def refuse(vendor: str, name: str, table: str, deed: str, when: str = "") -> list[str]:
    """The statements of a trigger that refuses a deed on rows of a table (``when`` it holds)."""
    condition = f"WHEN ({when})" if when else ""
    if vendor == "postgresql":
        return [
            POSTGRES_FUNCTION,
            f"CREATE TRIGGER {name} BEFORE {deed} ON {table} FOR EACH ROW {condition} "
            "EXECUTE FUNCTION refuse_change_of_history()",
        ]
    return [
        f"CREATE TRIGGER {name} BEFORE {deed} ON {table} {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ]


def drop(vendor: str, name: str, table: str) -> str:
    return f"DROP TRIGGER IF EXISTS {name}" + (f" ON {table}" if vendor == "postgresql" else "")


def append_only(table: str) -> migrations.RunPython:
    """A migration step after which ``table`` takes new rows and nothing else."""
    return _guard(table, when="")


def fixed(table: str, *columns: str) -> migrations.RunPython:
    """A migration step after which rows of ``table`` stay, and so do these columns of theirs."""
    return _guard(
        table, when=" OR ".join(f"OLD.{column} {{differs}} NEW.{column}" for column in columns)
    )


def fixed_once(
    table: str, *stages: tuple[str, tuple[str, ...]], kept_once: str = ""
) -> migrations.RunPython:
    """A migration step after which columns of ``table`` stay from a stage of the row on.

    A stage is a condition on ``OLD`` and the columns that stand once it holds. Rows that fulfil
    ``kept_once`` (all, where it is blank) are not removed either.
    """
    changes = [
        f"({condition} AND ("
        + " OR ".join(f"OLD.{column} {{differs}} NEW.{column}" for column in columns)
        + "))"
        for condition, columns in stages
    ]
    return _guard(table, when=" OR ".join(changes), kept=kept_once)


def _guard(table: str, *, when: str, kept: str = "") -> migrations.RunPython:
    def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        vendor = editor.connection.vendor
        differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
        statements = refuse(vendor, f"{table}_no_delete", table, "DELETE", kept)
        statements += refuse(
            vendor, f"{table}_no_update", table, "UPDATE", when.format(differs=differs)
        )
        for statement in statements:
            editor.execute(statement)

    def backwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for deed in ("delete", "update"):
            editor.execute(drop(editor.connection.vendor, f"{table}_no_{deed}", table))

    return migrations.RunPython(forwards, backwards)


def released(table: str) -> migrations.RunPython:
    """A migration step that lifts a table's guards, to be set anew over more columns.

    SQLite drops them by itself where it makes the table anew.
    """

    def forwards(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        for deed in ("delete", "update"):
            editor.execute(drop(editor.connection.vendor, f"{table}_no_{deed}", table))

    return migrations.RunPython(forwards, migrations.RunPython.noop)


def triggers(using: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Name and text of every trigger of an SQLite database."""
    with using.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        return [(name, sql) for name, sql in cursor.fetchall()]


@contextmanager
def open_for_flush() -> Iterator[None]:
    """Take SQLite's triggers away while all tables are emptied.

    PostgreSQL empties tables by TRUNCATE, which row triggers do not see.
    """
    if connection.vendor != "sqlite":
        yield
        return
    kept = triggers(connection)
    with connection.cursor() as cursor:
        for name, _sql in kept:
            cursor.execute(f'DROP TRIGGER "{name}"')
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for _name, sql in kept:
                cursor.execute(sql)
