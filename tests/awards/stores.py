"""The test's database as other processes see it.

On PostgreSQL it is there already; on SQLite the one in memory is copied to a file.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = """
import django
django.setup()
from tests.awards.ballot_process import main
main()
"""


class Store:
    """A database that outlives the process that writes to it."""

    def __init__(self, directory: Path) -> None:
        self.file = directory / "ballots.sqlite3" if connection.vendor == "sqlite" else None
        if self.file:
            connection.ensure_connection()
            with closing(sqlite3.connect(self.file)) as copy:
                connection.connection.backup(copy)
            self.url = f"sqlite:///{self.file}"
        else:
            at = connection.settings_dict
            self.url = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**at)

    def environment(self, **more: str) -> dict[str, str]:
        """Of a process that works on this database as a server does: without DEBUG."""
        kept = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "DEMO")}
        server = {"SECRET_KEY": "k" * 50, "ALLOWED_HOSTS": "127.0.0.1", "PYTHONPATH": str(ROOT)}
        return kept | server | {"DATABASE_URL": self.url} | more

    def begin(self, deed: str, **order: object) -> subprocess.Popen[str]:
        """A process that has read its order and waits for the word to begin."""
        process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", PROGRAM, deed],
            cwd=ROOT,
            env=self.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        process.stdin.write(json.dumps(order) + "\n")
        process.stdin.flush()
        assert json.loads(process.stdout.readline()) == "ready"
        return process

    def finish(self, *processes: subprocess.Popen[str]) -> list[list]:
        """Give all the word at once; what each answered."""
        for process in processes:
            process.stdin.write("begin\n")
            process.stdin.flush()
        answers = []
        for process in processes:
            said, _none = process.communicate(timeout=300)
            assert process.returncode == 0
            answers.append([json.loads(line) for line in said.splitlines()])
        return answers

    def run(self, deed: str, **order: object) -> list:
        return self.finish(self.begin(deed, **order))[0]

    def query(self, sql: str) -> list[tuple]:
        if not self.file:
            with connection.cursor() as cursor:
                cursor.execute(sql)
                return cursor.fetchall()
        with closing(sqlite3.connect(self.file)) as there:
            return there.execute(sql).fetchall()

    def marks(self) -> dict[int, dict[int, bool]]:
        """By vote and membership: whether its paper has been cast."""
        found: dict[int, dict[int, bool]] = {}
        for vote, member, voted in self.query(
            "SELECT vote_id, membership_id, voted FROM awards_mark"
        ):
            found.setdefault(vote, {})[member] = bool(voted)
        return found

    def papers(self) -> dict[int, list[str]]:
        """By vote, as they lie in the box."""
        rows = self.query("SELECT vote_id, papers FROM awards_ballotbox")
        return {vote: papers.split("\n") if papers else [] for vote, papers in rows}
