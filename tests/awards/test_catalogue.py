"""The awards and rule packs: put in once, and the right law on the right day."""

import datetime

import pytest
from django.core.management import call_command

from awards.catalogue import PACKS, install
from awards.models import Award, AwardCategory, AwardRule, RulePack

pytestmark = pytest.mark.django_db


def test_installing_twice_adds_nothing(capsys):
    assert len(install()) == 2 + 3 + 6 + 6
    assert install() == []
    call_command("install_catalogue")
    assert capsys.readouterr().out == "Nothing to add.\n"
    assert (Award.objects.count(), RulePack.objects.count(), AwardRule.objects.count()) == (2, 3, 6)


def test_the_command_prints_what_it_added(capsys):
    call_command("install_catalogue")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "+ Cờ thi đua của Ủy ban nhân dân tỉnh"
    assert len(lines) == 17


def test_what_a_province_changed_stays():
    install()
    AwardRule.objects.filter(award__code="merit").update(quota=3)
    install()
    assert set(AwardRule.objects.filter(award__code="merit").values_list("quota", flat=True)) == {3}


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ((2023, 2, 23), "law-2003"),
        ((2023, 12, 31), "law-2003"),
        ((2024, 1, 1), "law-2022-decree-98"),
        ((2025, 6, 30), "law-2022-decree-98"),
        ((2025, 7, 1), "law-2022-decree-152"),
        ((2030, 1, 1), "law-2022-decree-152"),
    ],
)
def test_one_pack_is_in_force_each_day(day, code):
    install()
    packs = RulePack.objects.in_force_on(datetime.date(*day))
    assert [pack.code for pack in packs] == [code]


def test_the_packs_follow_each_other_without_a_gap():
    for former, latter in zip(PACKS, PACKS[1:], strict=False):
        assert former.valid_to + datetime.timedelta(days=1) == latter.valid_from


def test_flag_and_certificate_are_of_two_categories():
    install()
    kinds = dict(Award.objects.values_list("code", "category"))
    assert kinds == {"flag": AwardCategory.TITLE, "merit": AwardCategory.REWARD}
    assert set(AwardRule.objects.filter(must_lead=True).values_list("award__code", flat=True)) == {
        "flag"
    }
