"""Try a criteria set without a database: print its tree, or the table of a file of answers."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from scoring.kernel.dry_run import dry_run
from scoring.kernel.errors import KernelError


class Command(BaseCommand):
    """`tabulate CRITERIA.yaml [ANSWERS.json]`; exit code 1 and one line where it is not sound."""

    help = "Check a criteria set, or print what it gives for a file of answers, as JSON."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("criteria", type=Path, metavar="CRITERIA.yaml")
        parser.add_argument("answers", type=Path, nargs="?", metavar="ANSWERS.json")

    def handle(self, *, criteria: Path, answers: Path | None, **options: object) -> None:
        try:
            text = dry_run(read_file(criteria), read_file(answers) if answers else None)
        except KernelError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(text)


def read_file(path: Path) -> str:
    """The text of a file; CommandError in one line where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path}: the file is not UTF-8.") from error
