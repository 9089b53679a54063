"""``manage.py check_dossier FILE.zip``: whether an archive holds what its manifest says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from awards.documents.archive import findings_of, sha256_of


class Command(BaseCommand):
    help = "Compute the manifest of a dossier's archive anew. Exit status 1: something differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the ZIP file, as it was downloaded")

    def handle(self, *_args: Any, **options: Any) -> None:
        findings = findings_of(options["file"])
        for finding in findings:
            self.stderr.write(finding)
        if findings:
            raise CommandError("The archive does not hold what its manifest says.")
        with options["file"].open("rb") as file:
            digest = sha256_of(file)
        self.stdout.write(f"All files agree with the manifest. SHA-256 of the archive: {digest}")
