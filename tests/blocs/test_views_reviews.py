"""Blocs and reviews are set up; dates; closing."""

from __future__ import annotations

import datetime

import pytest
from django.urls import reverse

from blocs.models import Bloc, Office, Phase, Review
from tests.blocs.test_transitions_reviews import move_to
from tests.forms import fields_of, signed_in
from tests.worlds import World, make_agency, make_province

pytestmark = pytest.mark.django_db
NEW = "/board/reviews/new/"


def of(review, name, *args):
    return reverse(f"blocs:{name}", args=[*review.url_args, *args])


# --- opening a review


@pytest.mark.parametrize("address", [NEW, "/board/blocs/", "/board/blocs/new/"])
def test_only_the_board_sets_up(address):
    world = World()
    assert signed_in(world.board).get(address).status_code == 200
    for user in (world.leader, world.officer("a3")):
        client = signed_in(user)
        assert client.get(address).status_code == 403
        assert client.post(address, {}).status_code in (403, 405)


def rows(*members):
    fields = {"form-TOTAL_FORMS": len(members), "form-INITIAL_FORMS": 0}
    for n, (agency, office) in enumerate(members):
        fields |= {f"form-{n}-agency": agency, f"form-{n}-office": office}
    return fields


def test_next_years_review_begins_with_this_years_members():
    world = World()
    client = signed_in(world.board)
    address = f"{NEW}?bloc={world.bloc.pk}"
    fields = fields_of(client.get(address))
    assert (fields["bloc"], fields["year"]) == (str(world.bloc.pk), "2025")
    x = make_agency("x")
    fields |= {"form-2-agency": "", "form-3-agency": x.pk}  # a3 goes, x comes
    response = client.post(NEW, fields)
    review = Review.objects.get(year=2025)
    assert response.url == review.get_absolute_url()
    parts = [(p.agency.slug, p.office) for p in review.memberships.in_order()]
    assert parts == [("a1", "leader"), ("a2", "deputy"), ("x", "member")]


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ([], "at least one member"),
        ([("", "member")], "at least one member"),
        ([("x", "leader"), ("x", "member")], "stands in the list already"),
        ([("x", "leader"), ("y", "leader")], "has a leader already"),
        ([("x", "member"), ("", "leader")], "Choose the agency"),
        ([("a1", "leader")], "Sở a1 is already a member of Khối 1 in 2024"),
        ([("ban-tdkt", "leader")], "valid choice"),
    ],
)
def test_a_list_that_makes_no_sense_is_refused(members, said):
    world = World()
    slugs = {slug: make_agency(slug).pk for slug in ("x", "y")}
    slugs |= {"": "", "a1": world.agencies["a1"].pk, "ban-tdkt": world.board_agency.pk}
    bloc = Bloc.objects.create(
        province=world.province, slug="k9", name="K9", full_name="K9", symbol="K9"
    )
    chosen = [(slugs[slug], office) for slug, office in members]
    response = signed_in(world.board).post(NEW, {"bloc": bloc.pk, "year": "2024", **rows(*chosen)})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert Review.objects.count() == 1


@pytest.mark.parametrize("year", ["22", "2.024", "2024,5", "hai nghìn", "", "99999999999"])
def test_a_year_that_makes_no_sense_is_refused(year):
    world = World()
    fields = {"bloc": world.bloc.pk, "year": year, **rows((make_agency("x").pk, "leader"))}
    response = signed_in(world.board).post(NEW, fields)
    assert response.status_code == 422
    assert fields_of(response)["year"] == year
    assert Review.objects.count() == 1


def test_a_year_that_is_open_already_is_refused():
    world = World()
    fields = {"bloc": world.bloc.pk, "year": "2024", **rows((make_agency("x").pk, "leader"))}
    response = signed_in(world.board).post(NEW, fields)
    assert response.status_code == 422
    assert Review.objects.count() == 1


def test_a_bloc_of_another_province_cannot_be_chosen():
    world = World()
    foreign = Bloc.objects.create(
        province=make_province("ben-tre"), slug="k9", name="K9", full_name="K9", symbol="K9"
    )
    client = signed_in(world.board)
    assert client.get(f"{NEW}?bloc={foreign.pk}").status_code == 200
    fields = {"bloc": foreign.pk, "year": "2025", **rows((make_agency("x").pk, "leader"))}
    assert client.post(NEW, fields).status_code == 422
    assert client.get(f"/board/blocs/{foreign.pk}/").status_code == 404


def test_the_form_costs_the_same_with_more_agencies(django_assert_num_queries):
    world = World()
    client = signed_in(world.board)
    client.get(NEW)
    for n in (1, 3):
        for k in range(n):
            make_agency(f"x{n}{k}")
        # session, user, names; chosen bloc, its review, agencies, members, two lists of blocs
        with django_assert_num_queries(9):
            client.get(f"{NEW}?bloc={world.bloc.pk}")


# --- blocs


def test_the_board_adds_and_changes_a_bloc():
    world = World()
    client = signed_in(world.board)
    fields = fields_of(client.get("/board/blocs/new/"))
    fields |= {"name": "Khối 9", "full_name": "Khối thi đua số 9", "symbol": "KTĐ9", "slug": "k9"}
    assert client.post("/board/blocs/new/", fields | {"slug": "agencies"}).status_code == 422
    assert client.post("/board/blocs/new/", fields | {"slug": "khoi-1"}).status_code == 422
    assert client.post("/board/blocs/new/", fields).status_code == 302
    bloc = Bloc.objects.get(slug="k9")
    assert bloc.province == world.province
    address = f"/board/blocs/{bloc.pk}/"
    fields = fields_of(client.get(address)) | {"name": "Khối 10", "slug": "other"}
    assert client.post(address, fields).status_code == 302
    bloc.refresh_from_db()
    assert (bloc.name, bloc.slug) == ("Khối 10", "k9")


# --- dates


def test_strangers_do_not_find_the_dates_and_members_only_read_them():
    world = World()
    address = of(world.review, "calendar")
    other = World(prefix="b", slug="khoi-2")
    assert signed_in(other.leader).get(address).status_code == 404
    client = signed_in(world.deputy)
    page = client.get(address)
    assert "31/03/2024" in page.content.decode()
    with pytest.raises(LookupError):
        fields_of(page)
    assert client.post(address, {}).status_code == 403
    assert client.put(address).status_code == 405


def test_the_leader_sets_the_dates():
    world = World()
    client = signed_in(world.officer("a1"))
    address = of(world.review, "calendar")
    fields = fields_of(client.get(address))
    assert fields["registration_due"] == "31/03/2024"
    fields |= {"scores_due": "11/12/2026\xa0", "dossier_due": "20-12-2026"}
    assert client.post(address, fields).status_code == 302
    review = world.reload()
    assert review.scores_due == datetime.date(2026, 12, 11)
    assert review.registration_due == datetime.date(2024, 3, 31)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"scores_due": "12/31/2026"}, "Write the day as"),
        ({"scores_due": "01/12/0022"}, "between 2000 and 2100"),
        ({"scores_due": "05/12/2026", "appraisal_due": "04/12/2026"}, "lies before"),
        ({"scores_due": "05/12/2026", "dossier_due": "04/12/2026"}, "lies before"),
    ],
)
def test_dates_that_make_no_sense_stay_on_the_page(typed, said):
    world = World()
    client = signed_in(world.leader)
    address = of(world.review, "calendar")
    fields = fields_of(client.get(address)) | typed
    response = client.post(address, fields)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert fields_of(response) == fields
    assert world.reload().scores_due is None


def test_an_open_reviews_due_day_is_shown_and_cannot_be_forged():
    world = World().open_self_scoring()
    due = world.review.scores_due
    client = signed_in(world.leader)
    address = of(world.review, "calendar")
    page = client.get(address)
    assert "self-scoring is open" in page.content.decode()
    fields = fields_of(page)
    assert "scores_due" not in fields
    later = due + datetime.timedelta(days=9)
    fields |= {"scores_due": "01/01/2030", "appraisal_due": f"{later:%d/%m/%Y}"}
    assert client.post(address, fields).status_code == 302
    review = world.reload()
    assert (review.scores_due, review.appraisal_due) == (due, later)


def test_the_dates_stand_once_the_table_is_out():
    world = World()
    move_to(world.review, Phase.CONFERENCE)
    client = signed_in(world.leader)
    page = client.get(of(world.review, "calendar"))
    assert "The dates stand" in page.content.decode()
    assert client.post(of(world.review, "calendar"), {}).status_code == 403


# --- closing


def test_closing_a_review():
    world = World()
    address = of(world.review, "review_close")
    board = signed_in(world.board)
    assert board.get(address).status_code == 405
    assert signed_in(world.leader).post(address).status_code == 403
    other = World(prefix="b", slug="khoi-2")
    assert signed_in(other.leader).post(address).status_code == 404
    response = board.post(address, follow=True)
    assert "cannot be done now" in response.content.decode()
    assert world.reload().status == Phase.PREPARATION
    move_to(world.review, Phase.DECIDED)
    assert "is closed" in board.post(address, follow=True).content.decode()
    assert world.reload().status == Phase.CLOSED


# --- members


MEMBER_PAGES = ["member_list", "member_add", "office_assign"]


@pytest.mark.parametrize("name", MEMBER_PAGES)
def test_the_members_are_no_strangers_business(name):
    world = World()
    other = World(prefix="b", slug="khoi-2")
    assert signed_in(other.leader).get(of(world.review, name)).status_code == 404


def test_members_read_and_the_board_sets():
    world = World()
    part = world.membership("a3")
    for user in (world.leader, world.officer("a3")):
        client = signed_in(user)
        page = client.get(of(world.review, "member_list")).content.decode()
        assert "Sở a3" in page
        assert "Offices and order" not in page
        for name, args in (
            ("member_add", []),
            ("office_assign", []),
            ("ranking_set", [part.pk]),
            ("member_remove", [part.pk]),
        ):
            assert client.post(of(world.review, name, *args), {}).status_code == 403
    assert world.review.memberships.count() == 3


def test_the_board_adds_and_removes_a_member():
    world = World()
    x = make_agency("x")
    client = signed_in(world.board)
    address = of(world.review, "member_add")
    fields = fields_of(client.get(address)) | {"agency": x.pk}
    assert client.post(address, fields).status_code == 302
    again = client.post(address, fields)
    assert again.status_code == 422
    assert "already a member" in again.content.decode()
    part = world.review.memberships.get(agency=x)
    remove = of(world.review, "member_remove", part.pk)
    assert fields_of(client.get(of(world.review, "member_list")), remove) == {}
    assert client.get(remove).status_code == 405
    client.post(remove)
    assert world.review.memberships.count() == 3


def test_the_board_assigns_offices_and_order():
    world = World()
    parts = {name: world.membership(name).pk for name in world.agencies}
    client = signed_in(world.board)
    address = of(world.review, "office_assign")
    fields = fields_of(client.get(address))
    assert fields[f"office-{parts['a1']}"] == Office.LEADER
    fields |= {
        f"office-{parts['a1']}": "deputy",
        f"office-{parts['a2']}": "leader",
        f"position-{parts['a1']}": "2",
        f"position-{parts['a2']}": "1",
    }
    assert client.post(address, fields).status_code == 302
    rows = [(p.agency.slug, p.office) for p in world.review.memberships.in_order()]
    assert rows == [("a2", "leader"), ("a1", "deputy"), ("a3", "member")]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"office-a1": "member"}, "one leader"),
        ({"office-a2": "leader"}, "one leader"),
        ({"office-a2": "king"}, "valid choice"),
        ({"position-a2": "1"}, "same place"),
        ({"position-a2": "1.000"}, "digits only"),
        ({"position-a2": "hai"}, "digits only"),
    ],
)
def test_offices_that_make_no_sense_are_refused(typed, said):
    world = World()
    client = signed_in(world.board)
    address = of(world.review, "office_assign")
    fields = fields_of(client.get(address))
    for key, value in typed.items():
        field, _, name = key.partition("-")
        fields[f"{field}-{world.membership(name).pk}"] = value
    response = client.post(address, fields)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert world.membership("a1").office == Office.LEADER


def test_taking_a_member_out_of_the_ranking_needs_a_reason():
    world = World()
    client = signed_in(world.board)
    address = of(world.review, "ranking_set", world.membership("a3").pk)
    fields = fields_of(client.get(address)) | {"unranked": "on"}
    response = client.post(address, fields)
    assert response.status_code == 422
    assert "Say why" in response.content.decode()
    fields["unranked_reason"] = "Mới thành lập"
    assert client.post(address, fields).status_code == 302
    assert "Mới thành lập" in client.get(of(world.review, "member_list")).content.decode()


def test_a_member_of_another_review_has_no_page_here():
    world = World()
    other = World(prefix="b", slug="khoi-2")
    client = signed_in(world.board)
    foreign = other.membership("b1").pk
    assert client.get(of(world.review, "ranking_set", foreign)).status_code == 404
    assert client.post(of(world.review, "member_remove", foreign)).status_code == 404


@pytest.mark.parametrize("name", MEMBER_PAGES)
@pytest.mark.parametrize("members", [1, 3])
def test_member_pages_cost_the_same(name, members, django_assert_num_queries):
    counts = {"member_list": 6, "member_add": 5, "office_assign": 6}
    world = World(members=members)
    client = signed_in(world.board)
    with django_assert_num_queries(counts[name]):
        client.get(of(world.review, name))
