"""The ballot committee on the conference page."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from awards import transitions as awards
from tests.awards.paper_polls import PaperPoll
from tests.forms import fields_of, signed_in
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db


def url(world, name="conference_detail", *more):
    return reverse(f"awards:{name}", args=[*world.review.url_args, *more])


def text_of(page):
    return " ".join(page.content.decode().split())


def build_world():
    return PaperPoll().committee()


def test_strangers_get_404_and_others_403(world):
    teller = world.conference.tellers.first()
    stranger = signed_in(make_user("stranger", make_agency("xa")))
    for address in (url(world, "teller_name"), url(world, "teller_remove", teller.pk)):
        assert stranger.post(address).status_code == 404
        assert signed_in(world.secretary).get(address).status_code == 405
        for user in (world.deputy, world.first, world.board):
            assert signed_in(user).post(address).status_code == 403
    assert world.conference.tellers.count() == 2


def test_the_secretariat_names_a_teller_with_the_form_of_the_page():
    world = PaperPoll().adopt()
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world)), "tellers/#committee")
    fields |= {
        "teller-user": str(world.first.pk),
        "teller-position": "Chuyên viên",
        "teller-is_head": "on",
    }
    response = client.post(url(world, "teller_name"), fields)
    assert response["Location"] == url(world) + "#committee"
    teller = world.conference.tellers.get()
    assert (teller.user, teller.membership, teller.is_head) == (
        world.first,
        world.membership("a4"),
        True,
    )
    page = client.get(url(world))
    assert "heads the committee" in text_of(page)
    assert "The committee has 1 member" in text_of(page)
    fields_of(page, f"tellers/{teller.pk}/remove/")
    client.post(url(world, "teller_remove", teller.pk))
    assert not world.conference.tellers.exists()


def test_accounts_of_other_blocs_are_not_offered():
    world = PaperPoll().adopt()
    other = make_user("xa", make_agency("xa"))
    client = signed_in(world.secretary)
    page = client.get(url(world))
    offered = page.context["page"].forms["teller"].fields["user"].accounts
    assert str(world.board.pk) in offered
    assert str(other.pk) not in offered
    fields = fields_of(page, "tellers/#committee") | {"teller-user": str(other.pk)}
    page = client.post(url(world, "teller_name"), fields)
    assert page.status_code == 422
    assert list(page.context["page"].forms["teller"].errors) == ["user"]


def test_a_refused_name_comes_back_as_typed(world):
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world)), "tellers/#committee")
    fields |= {"teller-name": "ông Nguyễn Văn Bảy", "teller-is_head": "on"}
    page = client.post(url(world, "teller_name"), fields)
    assert page.status_code == 422
    assert "The committee has a head already." in text_of(page)
    again = fields_of(page, "tellers/#committee")
    assert again["teller-name"] == "ông Nguyễn Văn Bảy"
    assert again["teller-is_head"] == "on"


def test_a_teller_who_has_typed_is_not_removed_and_the_page_says_why():
    world = PaperPoll()
    awards.begin_tally(world.open_paper(), by=world.first)
    teller = world.conference.tellers.get(user=world.first)
    client = signed_in(world.secretary)
    response = client.post(url(world, "teller_remove", teller.pk))
    words = [str(message) for message in get_messages(response.wsgi_request)]
    assert words == ["This teller has counted papers, and stays in the record."]
    assert world.conference.tellers.count() == 2


def test_members_read_the_committee_without_the_form(world):
    page = signed_in(world.officer("a3")).get(url(world))
    assert "heads the committee" in text_of(page)
    for action in ("tellers/#committee", "remove/"):
        with pytest.raises(LookupError):
            fields_of(page, action)
