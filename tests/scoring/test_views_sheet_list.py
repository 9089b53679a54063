"""The list of sheets: who sees which states, and what is set for a sheet from there."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from blocs.models import Phase, Review
from scoring import transitions as scoring
from scoring.models import Extension
from tests.forms import fields_of, signed_in
from tests.worlds import World

from .sheets import url

pytestmark = pytest.mark.django_db


def build_world():
    return World().open_self_scoring()


@pytest.mark.parametrize(
    ("who", "listed"),
    [("a1", ["a1", "a2", "a3"]), ("a2", ["a1", "a2", "a3"]), ("a3", ["a3"]), ("board", 3)],
)
def test_members_see_the_state_of_their_own_sheet_only(world, who, listed):
    user = world.board if who == "board" else world.officer(who)
    page = signed_in(user).get(reverse("scoring:sheet_list", args=world.review.url_args))
    lines = page.context["lines"]
    slugs = [line.membership.agency.slug for line in lines]
    assert slugs == (["a1", "a2", "a3"] if listed == 3 else listed)
    links = [line.membership.agency.slug for line in lines if line.url]
    assert links == ([] if who == "board" else [who])


def test_a_late_sheet_is_listed_with_its_days():
    world = World().open_self_scoring()
    Review.objects.update(scores_due=timezone.localdate() - datetime.timedelta(days=2))
    world.reload()
    world.fill("a3")
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    page = signed_in(world.leader).get(reverse("scoring:sheet_list", args=world.review.url_args))
    assert [line.late_days for line in page.context["lines"]] == [2, 2, 2]
    assert "02 days late" in page.content.decode()


# --- what others set for a sheet


def tomorrow(days=20):
    return (timezone.localdate() + datetime.timedelta(days=days)).strftime("%d/%m/%Y")


def test_the_leader_extends_the_due_day_of_another_member(world):
    leader = signed_in(world.leader)
    page = leader.get(reverse("scoring:sheet_list", args=world.review.url_args))
    address = url(world, "extension_grant", "a3")
    fields = fields_of(page, address)
    leader.post(address, {**fields, "to": tomorrow(), "reason": "Thiên tai"})
    extension = Extension.objects.get()
    assert (extension.membership, extension.reason) == (world.membership("a3"), "Thiên tai")
    with pytest.raises(LookupError):
        fields_of(page, url(world, "extension_grant", "a1"))


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"to": "15/01/22", "reason": "Thiên tai"}, "to"),
        ({"to": "01/01/2024", "reason": "Thiên tai"}, "to"),
        ({"to": "", "reason": "Thiên tai"}, "to"),
        ({"to": "01/01/2099", "reason": " "}, "reason"),
    ],
)
def test_an_extension_that_cannot_be_is_refused_at_its_field(world, typed, field):
    answer = signed_in(world.leader).post(url(world, "extension_grant", "a3"), typed)
    assert answer.status_code == 422
    forms = [line.extension_form for line in answer.context["lines"] if line.extension_form]
    assert [list(form.errors) for form in forms] == [[], [field]]
    assert not Extension.objects.exists()
    if typed["to"]:
        assert typed["to"] in answer.content.decode()


def test_nobody_else_extends(world):
    for user in (world.head("a3"), world.deputy, world.officer("a1"), world.board):
        answer = signed_in(user).post(
            url(world, "extension_grant", "a3"), {"to": tomorrow(), "reason": "Thiên tai"}
        )
        assert answer.status_code == 403
    assert not Extension.objects.exists()


def test_the_board_names_the_appraiser_of_a_sheet(world):
    board = signed_in(world.board)
    page = board.get(reverse("scoring:sheet_list", args=world.review.url_args))
    address = url(world, "appraiser_name", "a1")
    fields = fields_of(page, address)
    assert fields == {"appraiser": str(world.membership("a2").pk)}
    board.post(address, {"appraiser": world.membership("a3").pk})
    assert world.sheet("a1").appraiser == world.membership("a3")
    answer = board.post(address, {"appraiser": world.membership("a1").pk})
    assert answer.status_code == 422
    assert world.sheet("a1").appraiser == world.membership("a3")
    for user in (world.leader, world.head("a3")):
        assert signed_in(user).post(address, fields).status_code == 403


def test_the_leader_names_a_cross_check_for_the_others_but_not_for_itself(world):
    leader = signed_in(world.leader)
    page = leader.get(reverse("scoring:sheet_list", args=world.review.url_args))
    address = url(world, "appraiser_name", "a2")
    assert fields_of(page, address) == {"appraiser": str(world.membership("a1").pk)}
    leader.post(address, {"appraiser": world.membership("a3").pk})
    assert world.sheet("a2").appraiser == world.membership("a3")
    with pytest.raises(LookupError):
        fields_of(page, url(world, "appraiser_name", "a1"))
    own = leader.post(url(world, "appraiser_name", "a1"), {"appraiser": world.membership("a3").pk})
    assert own.status_code == 403
    page = leader.get(reverse("scoring:sheet_list", args=world.review.url_args))
    capacities = [line.capacity for line in page.context["lines"]]
    assert capacities == ["deputy leader", "cross-check by a member", "bloc leader"]
    for user in (world.officer("a1"), world.deputy, world.head("a3")):
        answer = signed_in(user).post(address, {"appraiser": world.membership("a1").pk})
        assert answer.status_code == 403


def test_a_cross_checking_member_sees_that_sheet_and_no_other():
    world = World(members=4).submit_all()
    scoring.name_appraiser(world.sheet("a2"), world.membership("a3"), by=world.leader)
    checker = signed_in(world.officer("a3"))
    assert checker.get(url(world, "sheet_detail", "a2")).status_code == 404, "not before"
    scoring.open_appraisal(world.review, by=world.leader)
    answers = {
        name: checker.get(url(world, "sheet_detail", name)).status_code for name in world.agencies
    }
    assert answers == {"a1": 404, "a2": 200, "a3": 200, "a4": 404}
    page = checker.get(url(world, "sheet_detail", "a2"))
    assert page.context["page"].mode == "appraise"
    assert "(cross-check by a member)" in page.content.decode()
    assert signed_in(world.leader).get(url(world, "sheet_detail", "a2")).status_code == 404


def test_self_scoring_opens_once_nothing_is_missing():
    world = World()
    leader = signed_in(world.leader)
    address = reverse("scoring:self_scoring_open", args=world.review.url_args)
    assert leader.get(address).status_code == 405
    assert signed_in(world.head("a3")).post(address).status_code == 403
    answer = leader.post(address)
    assert answer.headers["Location"] == world.review.get_absolute_url()
    (message,) = get_messages(answer.wsgi_request)
    assert reverse("scoring:criteria_detail", args=world.review.url_args) in str(message)
    assert world.reload().status == Phase.PREPARATION
    world.adopt_criteria()
    Review.objects.update(scores_due=timezone.localdate())
    leader.post(address)
    assert world.reload().status == Phase.SELF_SCORING
