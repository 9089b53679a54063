"""The demo's agencies and accounts: named by office, but for the invented heads of Khối 7."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from blocs.models import Agency, AgencyKind, Province, Role, User
from blocs.transitions import name_agency

PASSWORD = "thi-dua-2022"  # noqa: S105 -- printed for everybody by the demo command
PROVINCE = "tra-vinh-minh-hoa"  # the mark of a demo database


@dataclass(frozen=True)
class Account:
    """A login of the demo; the table in the README is checked against these."""

    username: str
    what: str


def make_province() -> Province:
    return Province.objects.create(
        slug=PROVINCE,
        name="tỉnh Trà Vinh",
        place_name="Trà Vinh",
        committee="Ủy ban nhân dân tỉnh Trà Vinh",
        committee_short="UBND tỉnh Trà Vinh",
        council="Hội đồng Thi đua - Khen thưởng tỉnh",
    )


def make_agency(
    province: Province,
    slug: str,
    full: str,
    short: str,
    abbreviation: str,
    kind: str = AgencyKind.DEPARTMENT,
) -> Agency:
    agency = Agency.objects.create(province=province, slug=slug, kind=kind)
    name_agency(
        agency,
        full=full,
        short=short,
        abbreviation=abbreviation,
        valid_from=datetime.date(2010, 1, 1),
    )
    return agency


def make_user(username: str, agency: Agency, role: str, position: str, name: str = "") -> User:
    user = User(
        username=username,
        email=f"{username}@example.vn",
        full_name=name or f"{position} ({agency.current_name.abbreviation})",
        position=position,
        agency=agency,
        role=role,
    )
    user.password = _password()
    user.save()
    return user


_hashed: list[str] = []


def _password() -> str:
    """One hash for all: argon2 is slow on purpose."""
    if not _hashed:
        keeper = User()
        keeper.set_password(PASSWORD)
        _hashed.append(keeper.password)
    return _hashed[0]


def make_staff(agency: Agency, *, head: str = "", name: str = "") -> None:
    """One officer and one head (``head``: a username of its own; ``name``: of the person)."""
    key = agency.current_name.abbreviation.lower().replace("&", "")
    make_user(f"officer.{key}", agency, Role.OFFICER, "Công chức thi đua")
    position = "Giám đốc" if name else "Thủ trưởng đơn vị"
    make_user(head or f"head.{key}", agency, Role.HEAD, position, name)
