"""``manage.py clear_printings --older-than 30``: remove old printings and their files."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from awards import transitions


class Command(BaseCommand):
    help = "Remove printings made in the background, with their files; issued papers stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--older-than", type=int, default=30, metavar="DAYS", help="days since it was asked for"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        before = timezone.now() - datetime.timedelta(days=options["older_than"])
        self.stdout.write(f"{transitions.clear_printings(before)} printings removed.")
