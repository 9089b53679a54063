"""Names through time, and what the database does not take."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from blocs import transitions
from blocs.models import Bloc, Membership, Office, Review
from blocs.models.review import RESERVED_SLUGS
from tests.worlds import World, make_agency, make_province

pytestmark = pytest.mark.django_db
DAY = datetime.date


def renamed_agency():
    agency = make_agency("tnmt")  # "Sở tnmt" from 01/01/2000
    transitions.name_agency(
        agency,
        full="Sở Nông nghiệp và Môi trường",
        short="Sở NN&MT",
        abbreviation="SNNMT",
        valid_from=DAY(2025, 3, 1),
    )
    return agency


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (DAY(1999, 12, 31), "Sở tnmt"),  # before the first name: the first
        (DAY(2000, 1, 1), "Sở tnmt"),
        (DAY(2025, 2, 28), "Sở tnmt"),
        (DAY(2025, 3, 1), "Sở Nông nghiệp và Môi trường"),
        (DAY(2099, 1, 1), "Sở Nông nghiệp và Môi trường"),
    ],
)
def test_the_name_is_that_of_the_day(day, name):
    assert renamed_agency().name_on(day).full == name


def test_the_former_name_ends_the_day_before():
    former, present = renamed_agency().names.all()
    assert (former.valid_to, present.valid_to) == (DAY(2025, 2, 28), None)


def test_a_review_shows_the_name_of_its_own_year():
    world = World(year=2024)
    agency = world.agencies["a1"]
    transitions.name_agency(
        agency, full="Tên mới", short="TM", abbreviation="TM", valid_from=DAY(2025, 3, 1)
    )
    assert world.membership("a1").name == "Sở a1"
    assert str(agency) == "Tên mới"


def refused():
    """The database itself says no, whatever the code above it forgot."""
    return pytest.raises(IntegrityError)


def test_a_bloc_has_one_leader():
    world = World()
    with refused(), transaction.atomic():
        Membership.objects.filter(pk=world.membership("a3").pk).update(office=Office.LEADER)


def test_two_reviews_may_each_have_their_leader():
    World(prefix="a")
    World(prefix="b", slug="khoi-2")
    assert Membership.objects.filter(office=Office.LEADER).count() == 2


def test_unranked_needs_a_reason():
    part = World().membership("a2")
    with refused(), transaction.atomic():
        Membership.objects.filter(pk=part.pk).update(unranked=True)
    Membership.objects.filter(pk=part.pk).update(unranked=True, unranked_reason="Mới thành lập")


def test_registered_and_never_registered_exclude_each_other():
    world = World()
    part = world.membership("a2")
    moment = datetime.datetime(2024, 3, 1, tzinfo=datetime.UTC)
    with refused(), transaction.atomic():
        Membership.objects.filter(pk=part.pk).update(registered_at=moment, never_registered=True)


@pytest.mark.parametrize("year", [22, 1999, 2101])
def test_an_implausible_year_is_refused(year):
    world = World()
    with refused(), transaction.atomic():
        Review.objects.filter(pk=world.review.pk).update(year=year)


def test_an_open_review_has_a_due_day():
    world = World().open_self_scoring()
    with refused(), transaction.atomic():
        Review.objects.filter(pk=world.review.pk).update(scores_due=None)


@pytest.mark.parametrize("slug", RESERVED_SLUGS)
def test_a_bloc_may_not_take_an_address_of_the_portal(slug):
    bloc = Bloc(province=make_province(), slug=slug, name="K", full_name="K", symbol="K")
    with pytest.raises(ValidationError, match="reserved"):
        bloc.full_clean()
    with refused(), transaction.atomic():
        bloc.save()


def test_an_agency_has_one_present_name():
    agency = make_agency("x")
    with refused(), transaction.atomic():
        agency.names.create(full="Y", short="Y", abbreviation="Y", valid_from=DAY(2001, 1, 1))
