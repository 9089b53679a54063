"""``manage.py demo``: build the demo world and print its accounts."""

from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from portal.demo.accounts import PASSWORD
from portal.demo.world import (
    STAGES,
    build,
    clear,
    is_demo,
    refuse_real_data,
    refuse_unless_allowed,
)

ACCOUNTS = (
    ("officer.gtvt", "Officer of Sở Giao thông vận tải: enters scores"),
    ("head.gtvt", "Head of Sở Giao thông vận tải: submits"),
    ("officer.nnptnt", "Secretariat of the bloc leader of 2022"),
    ("leader", "Head of the agency that leads the bloc in 2022: appraises, approves"),
    ("deputy", "Head of Sở Tài nguyên và Môi trường: appraises the leader, deputy of 2023"),
    ("head.ptth", "Head of the agency that leads the bloc in 2023"),
    ("board", "Provincial emulation board: watches all blocs, decides"),
)


class Command(BaseCommand):
    help = "Build the demo world: Khối 7 of Trà Vinh and three more blocs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--stage", choices=STAGES, help="where the review of 2022 stands (default: decided)"
        )
        parser.add_argument(
            "--rebuild", action="store_true", help="build anew even if there is a demo already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unless_allowed()
        call_command("migrate", verbosity=0)
        refuse_real_data()
        if is_demo() and not options["rebuild"] and not options["stage"]:
            self.stdout.write("The demo world is there already; its data are kept.")
        else:
            stage = options["stage"] or "decided"
            self.stdout.write(f"Building the demo world at stage {stage} (half a minute) ...")
            self.stdout.flush()
            clear()
            build(stage)
        self.stdout.write(f"\nAccounts (password of each: {PASSWORD})")
        for username, what in ACCOUNTS:
            self.stdout.write(f"  {username:<16}{what}")
