"""``manage.py found_province``: the first province, its board's office, and the first account."""

from __future__ import annotations

import datetime
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from awards.catalogue import install
from blocs.models import Agency, AgencyKind, Province, Role, User
from blocs.transitions import name_agency


class Command(BaseCommand):
    help = "Found a province with its board's office and the office's first account."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="code of the province, such as tra-vinh")
        parser.add_argument("name", help="as papers write it: tỉnh Trà Vinh")
        parser.add_argument("--place", required=True, help="place on papers: Trà Vinh")
        parser.add_argument("--board", required=True, help="full name of the board's office")
        parser.add_argument("--username", required=True, help="first account of the board's office")
        parser.add_argument("--email", default="", help="its e-mail address")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        slug, name = options["slug"], options["name"]
        if Province.objects.filter(slug=slug).exists():
            raise CommandError(f"The province {slug} exists already.")
        province = Province(
            slug=slug,
            name=name,
            place_name=options["place"],
            committee=f"Ủy ban nhân dân {name}",
            committee_short=f"UBND {name}",
            council="Hội đồng Thi đua - Khen thưởng tỉnh",
        )
        office = Agency(province=province, slug=f"{slug}-board", kind=AgencyKind.BOARD)
        user = User(
            username=User.normalize_username(options["username"]),
            email=options["email"],
            agency=office,
            role=Role.HEAD,
        )
        password = self.ask_password(user)
        province.save()
        office.save()
        name_agency(
            office,
            full=options["board"],
            short=options["board"],
            abbreviation=slug.upper(),
            valid_from=datetime.date(2000, 1, 1),
        )
        user.set_password(password)
        user.save()
        install()
        self.stdout.write(f"{name} is founded; sign in as {user.username}.")

    def ask_password(self, user: User) -> str:
        """From the keyboard, never from the command line, where others could read it."""
        password = getpass("Password of the first account: ")
        try:
            validate_password(password, user)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return password
