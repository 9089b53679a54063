"""Objections carried to the conference: settled there, before the table is adopted."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from awards import transitions as awards
from awards.models import ResolutionKind
from blocs.workflow import IllegalMove
from scoring import transitions as scoring
from scoring.models import Objection, ObjectionStatus, Summary
from scoring.tables import live_table
from tests.awards.meetings import Meeting
from tests.forms import fields_of, signed_in

pytestmark = pytest.mark.django_db


class Contested(Meeting):
    """The third member objected to I.2, and the leader carried it to the conference."""

    def accept_appraisals(self):
        third = self.names[2]
        objection = scoring.object_to(
            self.score(third, "I.2"), reason="Có quyết định", by=self.officer(third)
        )
        scoring.carry_objection(objection, by=self.leader)
        super().accept_appraisals()


def adopt(world):
    seen = live_table(world.review).sha256
    return world.resolve(ResolutionKind.ADOPT_SUMMARY, seen=seen)


def settle(world, *, by=None, reply="Giữ nguyên"):
    return awards.settle_objection(
        world.conference, Objection.objects.get(), reply=reply, by=by or world.secretary
    )


def build_world():
    return Contested().attend()


def test_the_table_is_adopted_once_every_objection_is_settled(world):
    with pytest.raises(ValidationError, match=r"I\.2"):
        adopt(world)
    assert Summary.objects.get().adopted_at is None
    assert world.conference.resolutions.count() == 0
    settled = settle(world, reply=" Giữ nguyên ")
    assert (settled.status, settled.reply) == (ObjectionStatus.SETTLED, "Giữ nguyên")
    assert settled.replied_by == world.secretary
    adopt(world)


def test_a_table_that_was_voted_down_needs_nothing_settled(world):
    seen = live_table(world.review).sha256
    world.resolve(ResolutionKind.ADOPT_SUMMARY, in_favour=1, seen=seen)
    assert Summary.objects.get().adopted_at is None


def test_only_the_leaders_people_settle_in_session_and_in_words():
    world = Contested().plan()
    with pytest.raises(PermissionDenied):
        settle(world)  # not in session
    awards.open_conference(world.conference, by=world.secretary)
    for by in world.others:
        with pytest.raises(PermissionDenied):
            settle(world, by=by)
    with pytest.raises(ValidationError):
        settle(world, reply="  ")
    settle(world)
    with pytest.raises(IllegalMove):
        settle(world)


def test_an_objection_of_another_bloc_is_not_settled_here(world):
    other = Contested(slug="khoi-2", prefix="b").attend()
    foreign = Objection.objects.of(other.review).get()
    with pytest.raises(ValidationError):
        awards.settle_objection(world.conference, foreign, reply="Không", by=world.secretary)


def test_an_objection_is_settled_from_the_agenda(world):
    args = world.review.url_args
    page = reverse("awards:conference_detail", args=args)
    deed = reverse("awards:objection_settle", args=[*args, Objection.objects.get().pk])
    client = signed_in(world.secretary)
    fields = fields_of(client.get(page), deed)
    refused = client.post(deed, {**fields, "reply": " "}, follow=True)
    assert refused.status_code == 200
    assert Objection.objects.get().status == ObjectionStatus.CARRIED
    assert client.post(deed, {**fields, "reply": "Nâng lên 4 điểm"}).status_code == 302
    assert Objection.objects.get().reply == "Nâng lên 4 điểm"
    assert "Nâng lên 4 điểm" in signed_in(world.head("a2")).get(page).text
    assert client.get(deed).status_code == 405
    for user in world.others[:-1]:
        assert signed_in(user).post(deed, {"reply": "x"}).status_code == 403
    assert signed_in(world.others[-1]).post(deed, {"reply": "x"}).status_code == 404
