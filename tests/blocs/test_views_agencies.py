"""Agencies and accounts on screen."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from blocs import transitions
from blocs.models import Agency, AgencyKind, Role, User
from tests.forms import fields_of, signed_in
from tests.worlds import World, make_agency, make_province, make_user

pytestmark = pytest.mark.django_db
LIST = "/agencies/"
PASSWORD = "mat-khau-dai-12"


def url(name, *args):
    return reverse(f"blocs:{name}", args=args)


# --- agencies


def test_everybody_signed_in_reads_the_agencies_and_their_years():
    world = World()
    client = signed_in(world.officer("a3"))
    page = client.get(LIST).content.decode()
    assert "Sở a1" in page
    assert url("agency_create") not in page
    page = client.get(url("agency_detail", "a1")).content.decode()
    assert "2024" in page
    assert "Give a new name" not in page


def test_a_stranger_to_the_province_finds_nothing():
    world = World()
    stranger = make_user("s", make_agency("x", province=make_province("ben-tre")))
    client = signed_in(stranger)
    assert "Sở a1" not in client.get(LIST).content.decode()
    assert client.get(url("agency_detail", world.agencies["a1"].slug)).status_code == 404


def test_an_account_without_an_agency_sees_an_empty_list():
    World()
    assert signed_in(make_user("nobody", None)).get(LIST).status_code == 200


def test_a_review_is_linked_only_for_those_who_may_open_it():
    world = World()
    other = World(prefix="b", slug="khoi-2")
    page = url("agency_detail", "a1")
    review = world.review.get_absolute_url()
    assert review in signed_in(world.officer("a3")).get(page).content.decode()
    assert review not in signed_in(other.officer("b3")).get(page).content.decode()


def test_the_list_is_searched_without_marks_and_by_former_names():
    world = World()
    transitions.name_agency(
        world.agencies["a2"],
        full="Sở Nông nghiệp và Môi trường",
        short="SNNMT",
        abbreviation="SNNMT",
        valid_from=datetime.date(2025, 3, 1),
    )
    client = signed_in(world.board)
    for words in ("nong nghiep", "so a2"):
        page = client.get(LIST, {"q": words}).content.decode()
        assert "Sở Nông nghiệp và Môi trường" in page
        assert "Sở a1" not in page
    assert "No agency fits" in client.get(LIST, {"q": "zzz"}).content.decode()


def test_nonsense_in_the_address_filters_nothing():
    world = World()
    response = signed_in(world.board).get(LIST, {"kind": "moon", "page": "x"})
    assert "Sở a1" in response.content.decode()


def test_the_list_costs_the_same_with_one_agency_more_or_less(django_assert_num_queries):
    client = signed_in(World(members=2).board)
    client.get(LIST)
    for rows in (3, 6):
        while Agency.objects.count() < rows:
            make_agency(f"x{Agency.objects.count()}")
        with django_assert_num_queries(6):  # session, user, names; count, agencies, names
            client.get(LIST)


def test_the_board_adds_an_agency():
    world = World()
    client = signed_in(world.board)
    fields = fields_of(client.get(url("agency_create")))
    fields |= {
        "full": "Sở Tài chính",
        "short": "Sở TC",
        "abbreviation": "STC",
        "valid_from": "11/12/2020",
        "kind": AgencyKind.DEPARTMENT,
    }
    response = client.post(url("agency_create"), fields)
    assert response.url == url("agency_detail", "stc")
    name = Agency.objects.get(slug="stc").names.get()
    assert (name.valid_from, name.search_key) == (
        datetime.date(2020, 12, 11),
        "so tai chinh so tc stc",
    )


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("valid_from", "1/1/22", "Write the day as"),
        ("valid_from", "01/01/0022", "between 2000 and 2100"),
        ("full", "", "required"),
        ("slug", "a1", "Another agency"),
        ("slug", "new", "another code"),
        ("abbreviation", "…", "another code"),
    ],
)
def test_a_wrong_entry_is_named_and_nothing_is_lost(field, typed, said):
    world = World()
    client = signed_in(world.board)
    fields = {
        "full": "Sở Tài chính",
        "short": "Sở TC",
        "abbreviation": "STC",
        "valid_from": "01/01/2020",
        "kind": "department",
        "slug": "",
    } | {field: typed}
    response = client.post(url("agency_create"), fields)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert fields_of(response) == fields
    assert Agency.objects.count() == 4


@pytest.mark.parametrize("who", ["leader", "deputy"])
def test_members_get_no_form_and_their_post_is_refused(who):
    world = World()
    client = signed_in(getattr(world, who))
    assert client.get(url("agency_create")).status_code == 403
    assert client.post(url("agency_create"), {}).status_code == 403
    assert client.post(url("agency_rename", "a1"), {}).status_code == 403


def test_the_board_gives_a_new_name_from_a_day_on():
    world = World()
    client = signed_in(world.board)
    rename = url("agency_rename", "a1")
    fields = fields_of(client.get(url("agency_detail", "a1")), rename)
    fields |= {"full": "Tên mới", "short": "TM", "abbreviation": "TM"}
    response = client.post(rename, fields | {"valid_from": "31/12/1999"})
    assert response.status_code == 422
    assert "lie between" in response.content.decode()
    response = client.post(rename, fields | {"valid_from": "01/01/2000"})
    assert "from 01/01/2000" in response.content.decode()
    assert client.post(rename, fields | {"valid_from": "01/03/2025"}).status_code == 302
    assert str(Agency.objects.get(slug="a1")) == "Tên mới"
    assert client.get(rename).status_code == 405


def test_the_head_of_the_agency_delegates_and_others_do_not():
    world = World()
    delegation = url("delegation_set", "a2")
    client = signed_in(world.head("a2"))
    fields = fields_of(client.get(url("agency_detail", "a2")), delegation)
    assert fields == {}  # not delegated: the box is empty
    client.post(delegation, {"officer_may_submit": "on"})
    assert Agency.objects.get(slug="a2").officer_may_submit
    for user in (world.officer("a2"), world.head("a1")):
        client = signed_in(user)
        with pytest.raises(LookupError):
            fields_of(client.get(url("agency_detail", "a2")), delegation)
        assert client.post(delegation, {}).status_code == 403
    assert Agency.objects.get(slug="a2").officer_may_submit


# --- accounts


def test_only_the_board_sees_accounts():
    world = World()
    for user in (world.leader, world.officer("a3")):
        client = signed_in(user)
        for address in (url("user_list"), url("user_create"), url("user_edit", world.board.pk)):
            assert client.get(address).status_code == 403
            assert client.post(address, {}).status_code in (403, 405)


def test_accounts_of_another_province_do_not_exist():
    world = World()
    foreign = make_user("x", make_agency("x", province=make_province("ben-tre")))
    client = signed_in(world.board)
    assert "Sở x" not in client.get(url("user_list")).content.decode()
    assert client.get(url("user_edit", foreign.pk)).status_code == 404
    assert client.post(url("user_edit", foreign.pk), {}).status_code == 404


def test_no_page_shows_a_hash():
    world = World()
    account = world.officer("a1")
    account.set_password(PASSWORD)
    account.save()
    client = signed_in(world.board)
    for address in (url("user_list"), url("user_edit", account.pk)):
        page = client.get(address).content.decode()
        assert account.password not in page
        assert "argon2" not in page


def test_accounts_are_found_by_person_or_agency_without_marks():
    world = World()
    User.objects.filter(username="officer.a2").update(full_name="Đặng Thị Ánh")
    client = signed_in(world.board)
    for words in ("dang anh", "so a2"):
        page = client.get(url("user_list"), {"q": words}).content.decode()
        assert "Đặng Thị Ánh" in page
        assert "head.a1" not in page


def test_the_accounts_cost_the_same_with_more_agencies(django_assert_num_queries):
    client = signed_in(World(members=1).board)
    client.get(url("user_list"))
    for rows in (1, 3):
        for n in range(rows):
            make_user(f"u{rows}{n}", make_agency(f"x{rows}{n}"))
        with django_assert_num_queries(5):  # session, user, names; accounts, names
            client.get(url("user_list"))


def opened(client, world, **typed):
    fields = fields_of(client.get(url("user_create")))
    fields |= {
        "full_name": "Đặng Thị Ánh",
        "agency": world.agencies["a1"].pk,
        "role": Role.OFFICER,
        "username": "anh",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }
    return client.post(url("user_create"), fields | typed)


def test_the_board_opens_an_account_that_can_log_in():
    world = World()
    response = opened(signed_in(world.board), world, username=" anh\xa0")
    assert response.status_code == 302
    account = User.objects.get(username="anh")
    assert (account.agency, account.is_active) == (world.agencies["a1"], True)
    assert account.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"password2": "other-password-1"}, "not the same"),
        ({"password1": "ngan", "password2": "ngan"}, "too short"),
        ({"password1": "password123", "password2": "password123"}, "too common"),
        ({"password1": "", "password2": ""}, "required"),
        ({"username": "HEAD.A1"}, "Another account"),
        ({"username": "a b"}, "valid username"),
        ({"agency": ""}, "required"),
        ({"agency": "99999"}, "valid choice"),
        ({"role": "king"}, "valid choice"),
    ],
)
def test_a_wrong_account_is_refused_at_its_field(typed, said):
    world = World()
    response = opened(signed_in(world.board), world, **typed)
    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert "Đặng Thị Ánh" in page  # what was typed
    assert PASSWORD not in page  # but for secrets
    assert not User.objects.filter(full_name="Đặng Thị Ánh").exists()


def test_the_board_changes_shuts_and_gives_a_new_password():
    world = World()
    account = world.officer("a2")
    client = signed_in(world.board)
    address = url("user_edit", account.pk)
    fields = fields_of(client.get(address)) | {"full_name": "Lê Lan"}
    fields |= {"password1": PASSWORD, "password2": PASSWORD}
    fields.pop("is_active")
    assert client.post(address, fields).status_code == 302
    account.refresh_from_db()
    assert (account.full_name, account.is_active) == ("Lê Lan", False)
    assert account.check_password(PASSWORD)


def test_nobody_shuts_the_own_account_on_screen():
    world = World()
    client = signed_in(world.board)
    address = url("user_edit", world.board.pk)
    fields = fields_of(client.get(address)) | {"full_name": "Lê Lan"}
    fields |= {"agency": world.agencies["a1"].pk, "password1": PASSWORD, "password2": PASSWORD}
    assert client.post(address, fields).status_code == 302
    board = User.objects.get(pk=world.board.pk)
    assert (board.is_active, board.agency, board.full_name) == (True, world.board_agency, "Lê Lan")
    assert client.get(LIST).status_code == 200  # the own new password signs nobody out
