"""``manage.py install_catalogue``: the awards and the law they rest on, where they are missing."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from awards.catalogue import install


class Command(BaseCommand):
    help = "Put the awards and the rule packs into the database; what is there stays as it is."

    def handle(self, *_args: Any, **_options: Any) -> None:
        added = install()
        for name in added:
            self.stdout.write(f"+ {name}")
        if not added:
            self.stdout.write("Nothing to add.")
