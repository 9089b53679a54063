"""Agencies and accounts: who may change what, and what is refused."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from blocs import transitions
from blocs.models import Agency, AgencyKind, Role, User
from tests.worlds import World, make_agency, make_province, make_user

pytestmark = pytest.mark.django_db
DAY = datetime.date
NAME = {"full": "Sở Tài chính", "short": "Sở TC", "abbreviation": "STC"}
PASSWORD = "mat-khau-dai-12"


def account_fields(agency, **given):
    return {"username": "lan", "full_name": "Lan", "agency": agency, "role": Role.OFFICER} | given


# --- agencies


def test_a_new_agency_takes_its_code_from_the_abbreviation():
    world = World()
    agency = transitions.create_agency(
        kind="department",
        **NAME | {"abbreviation": "SĐT"},
        valid_from=DAY(2020, 1, 1),
        by=world.board,
    )
    assert (agency.slug, agency.province, str(agency)) == ("sdt", world.province, "Sở Tài chính")


@pytest.mark.parametrize("slug", ["new", "a1"])
def test_a_code_that_is_taken_is_refused(slug):
    world = World()
    with pytest.raises(ValidationError) as caught:
        transitions.create_agency(
            kind="department", **NAME, valid_from=DAY(2020, 1, 1), slug=slug, by=world.board
        )
    assert "slug" in caught.value.error_dict
    assert Agency.objects.count() == 4


def test_members_neither_add_nor_rename():
    world = World()
    with pytest.raises(PermissionDenied):
        transitions.create_agency(
            kind="department", **NAME, valid_from=DAY(2020, 1, 1), by=world.leader
        )
    with pytest.raises(PermissionDenied):
        transitions.rename_agency(
            world.agencies["a1"], **NAME, valid_from=DAY(2025, 3, 1), by=world.leader
        )


def test_the_board_renames_only_in_its_own_province():
    world = World()
    foreign = make_agency("x", province=make_province("ben-tre"))
    with pytest.raises(PermissionDenied):
        transitions.rename_agency(foreign, **NAME, valid_from=DAY(2025, 3, 1), by=world.board)


@pytest.mark.parametrize("day", [DAY(2000, 1, 1), DAY(1999, 1, 1)])
def test_a_name_cannot_begin_before_the_present_one(day):
    world = World()
    with pytest.raises(ValidationError, match="01/01/2000"):
        transitions.rename_agency(world.agencies["a1"], **NAME, valid_from=day, by=world.board)
    assert world.agencies["a1"].names.count() == 1


def test_the_head_delegates_the_submission_for_its_own_agency():
    world = World()
    agency = world.agencies["a2"]
    for by in (world.officer("a2"), world.head("a1")):
        with pytest.raises(PermissionDenied):
            transitions.set_delegation(agency, officer_may_submit=True, by=by)
    for by, delegated in ((world.head("a2"), True), (world.board, False)):
        transitions.set_delegation(agency, officer_may_submit=delegated, by=by)
        agency.refresh_from_db()
        assert agency.officer_may_submit is delegated


# --- accounts


def test_the_board_opens_an_account_with_a_hashed_password():
    world = World()
    account = transitions.create_account(
        fields=account_fields(world.agencies["a1"], username="  ｌan\u00a0"),
        password=PASSWORD,
        by=world.board,
    )
    assert account.username == "lan"
    assert account.check_password(PASSWORD)
    assert PASSWORD not in account.password


@pytest.mark.parametrize("role", [Role.HEAD, Role.OFFICER])
def test_others_open_no_accounts_and_change_none(role):
    world = World()
    by = world.users["a1", role]
    with pytest.raises(PermissionDenied):
        transitions.create_account(
            fields=account_fields(world.agencies["a1"]), password=PASSWORD, by=by
        )
    with pytest.raises(PermissionDenied):
        transitions.change_account(by, fields={"role": Role.HEAD}, by=by)


def test_the_board_keeps_to_its_own_province():
    world = World()
    foreign = make_agency("x", province=make_province("ben-tre"))
    with pytest.raises(PermissionDenied):
        transitions.create_account(
            fields=account_fields(foreign), password=PASSWORD, by=world.board
        )
    with pytest.raises(PermissionDenied):
        transitions.change_account(make_user("x", foreign), fields={}, by=world.board)
    with pytest.raises(PermissionDenied):
        transitions.change_account(world.officer("a1"), fields={"agency": foreign}, by=world.board)
    assert world.officer("a1").agency == world.agencies["a1"]


def test_nobody_shuts_or_moves_the_own_account():
    world = World()
    with pytest.raises(ValidationError, match="shuts their own"):
        transitions.change_account(world.board, fields={"is_active": False}, by=world.board)
    with pytest.raises(ValidationError, match="moves their own"):
        transitions.change_account(
            world.board, fields={"agency": world.agencies["a1"]}, by=world.board
        )
    world.board.refresh_from_db()
    assert world.board.is_active
    assert world.board.agency.kind == AgencyKind.BOARD


def test_a_name_that_differs_in_capitals_only_is_taken():
    world = World()
    with pytest.raises(ValidationError, match="Another account"):
        transitions.create_account(
            fields=account_fields(world.agencies["a1"], username="HEAD.a1"),
            password=PASSWORD,
            by=world.board,
        )


@pytest.mark.parametrize("password", ["short", "password123", "official.lan"])
def test_a_weak_password_is_refused(password):
    world = World()
    fields = account_fields(world.agencies["a1"], username="official.lan")
    with pytest.raises(ValidationError):
        transitions.create_account(fields=fields, password=password, by=world.board)
    assert not User.objects.filter(username="official.lan").exists()


def test_an_empty_password_leaves_the_old_one():
    world = World()
    account = world.officer("a1")
    account.set_password(PASSWORD)
    account.save()
    transitions.change_account(account, fields={"full_name": "Lan"}, by=world.board)
    account.refresh_from_db()
    assert account.full_name == "Lan"
    assert account.check_password(PASSWORD)
