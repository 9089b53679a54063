"""``manage.py verify_ballots``: recount the closed electronic ballots; sweep; destroy papers."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from awards.sealing import destroy_papers, sweep
from awards.verification import announced_before, counted_ballots, name_of, open_ballots, verify

BALLOT_IS_OPEN = 2  # exit status


class Command(BaseCommand):
    help = (
        "Recount every closed electronic ballot and compare it with its records. Exit status: "
        "0 all agrees, 1 something does not, 2 a ballot is open."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        deed = parser.add_mutually_exclusive_group()
        deed.add_argument(
            "--open",
            action="store_true",
            help="only list open ballots; for backup scripts, which stop on exit status 2",
        )
        deed.add_argument(
            "--sweep",
            action="store_true",
            help="remove former versions of ballot rows from the database's files",
        )
        deed.add_argument(
            "--destroy-before",
            type=datetime.date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="destroy the papers of ballots announced before that day, then sweep",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        open_now = open_ballots()
        for vote in open_now:
            self.stderr.write(f"{name_of(vote)}: OPEN: no backup, no sweep until it is closed")
        if options["open"]:
            self.tell_open(bool(open_now))
            return
        if options["sweep"] or options["destroy_before"]:
            self.refuse_while_open(bool(open_now))
        if options["destroy_before"]:
            self.destroy(options["destroy_before"])
        if options["sweep"] or options["destroy_before"]:
            self.sweep()
        self.verify()

    def tell_open(self, is_open: bool) -> None:
        if is_open:
            raise CommandError("A ballot is open.", returncode=BALLOT_IS_OPEN)
        self.stdout.write("No ballot is open.")

    def refuse_while_open(self, is_open: bool) -> None:
        if is_open:
            raise CommandError("Nothing was done: a ballot is open.", returncode=BALLOT_IS_OPEN)

    def destroy(self, day: datetime.date) -> None:
        """Papers that do not agree with their count are evidence, and kept."""
        for vote in announced_before(day):
            if not verify(vote).agrees:
                self.stderr.write(f"{name_of(vote)}: does not agree; its papers are kept")
            elif destroy_papers(vote):
                self.stdout.write(f"{name_of(vote)}: papers destroyed")

    def sweep(self) -> None:
        if not sweep():
            raise CommandError(
                "Not swept: the database is in use, or its user does not own the tables."
            )
        self.stdout.write("Former versions of ballot rows were swept.")

    def verify(self) -> None:
        findings = [verify(vote) for vote in counted_ballots()]
        for finding in findings:
            (self.stdout if finding.agrees else self.stderr).write(str(finding))
        wrong = sum(not finding.agrees for finding in findings)
        if wrong:
            raise CommandError(f"{wrong} of {len(findings)} ballots do not agree.")
        self.stdout.write(f"{len(findings)} ballots verified.")
