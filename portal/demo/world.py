"""The demo world as a whole: from an empty database to the stage that was asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from awards.catalogue import install
from blocs.history import open_for_flush
from blocs.models import AgencyKind, Province, Role, User
from portal.demo.accounts import PROVINCE, make_agency, make_province, make_user
from portal.demo.in_session import confer
from portal.demo.khoi_7 import Khoi7
from portal.demo.next_year import open_next_year
from portal.demo.others import make_others

STAGES = ("self_scoring", "appraisal", "conference", "session", "submitted", "decided")


def is_demo() -> bool:
    """Whether this database holds a demo world."""
    return Province.objects.filter(slug=PROVINCE).exists()


def refuse_unless_allowed() -> None:
    """Raise ``CommandError`` where the environment does not say that this is a demo."""
    if not settings.DEMO:
        raise CommandError("This is not a demo installation (set DEMO=1 on one that is).")


def refuse_real_data() -> None:
    """Raise ``CommandError`` unless this is a demo, or nothing at all yet."""
    refuse_unless_allowed()
    if not is_demo() and (User.objects.exists() or Province.objects.exists()):
        raise CommandError("This database holds real data; the demo is not built into it.")


def clear() -> None:
    """Empty a demo database, its history included, and its uploads."""
    refuse_real_data()
    with open_for_flush():
        call_command("flush", interactive=False, verbosity=0)
    for uploads in ("evidence", "photos"):
        shutil.rmtree(Path(settings.MEDIA_ROOT) / uploads, ignore_errors=True)


@transaction.atomic
def build(stage: str) -> None:
    """Build the world with Khối 7's review of 2022 at ``stage``; once decided, 2023 is open too."""
    refuse_real_data()
    install()
    province = make_province()
    office = make_agency(
        province,
        "ban-thi-dua",
        "Ban Thi đua - Khen thưởng tỉnh",
        "Ban TĐKT tỉnh",
        "BTDKT",
        AgencyKind.BOARD,
    )
    board = make_user("board", office, Role.OFFICER, "Chuyên viên")
    bloc = Khoi7(province, board)
    reached, today = STAGES.index(stage), timezone.localdate()
    bloc.prepare()
    bloc.score_themselves(submitted=reached >= 1)
    if reached >= 1:
        bloc.appraise(finished=reached >= 2)
    if reached >= 2:
        bloc.confer(opened=reached >= 3, closed=reached >= 4)
    if reached >= 4:
        bloc.submit()
    if reached >= 5:
        bloc.decide()
        open_next_year(bloc, today)
    confer(make_others(province, board, today), today)
