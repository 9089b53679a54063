"""A save after the session has ended: the way through the login page loses nothing typed."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from scoring import transitions as scoring
from scoring import unsaved
from scoring.models import ScoreChange
from tests.forms import fields_of, signed_in
from tests.scoring.sheets import HTMX, group_url, url
from tests.worlds import World

pytestmark = pytest.mark.django_db

PASSWORD = "khong-phai-mat-khau-that"
LOGIN = "/accounts/login/"


@pytest.fixture
def world():
    world = World().open_self_scoring()
    for user in world.users.values():
        user.set_password(PASSWORD)
        user.save()
    return world


def typed_page(world, user, agency="a3", **values):
    """The browser of somebody whose session has ended, and the group's fields as typed."""
    client = signed_in(user)
    address, _group = group_url(world, agency, "I")
    fields = fields_of(client.get(url(world, "sheet_detail", agency)), address)
    key = f"s{world.score(agency, 'I.1').pk}"
    typed = {f"{key}-{name}": value for name, value in values.items()}
    assert set(typed) <= set(fields)
    Session.objects.all().delete()
    return client, address, fields | typed


def log_in(client, page, user, password=PASSWORD):
    fields = fields_of(page, LOGIN)
    return client.post(LOGIN, fields | {"username": user.username, "password": password})


def test_what_was_typed_comes_back_after_the_login_and_is_saved(world):
    officer = world.officer("a3")
    client, address, fields = typed_page(
        world, officer, actual="9,5", target="10", explanation="Theo báo cáo <năm>"
    )
    login = client.post(address, fields)
    assert login.status_code == 200
    assert "no-store" in login.headers["Cache-Control"]
    assert not ScoreChange.objects.exists()
    kept = log_in(client, login, officer)
    assert kept.status_code == 200
    assert "Theo báo cáo &lt;năm&gt;" in kept.content.decode()
    assert not ScoreChange.objects.exists(), "nothing is written before the person says so"
    again = fields_of(kept, address)
    answer = client.post(address, again)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(url(world, "sheet_detail", "a3"))
    score = world.score("a3", "I.1")
    assert score.claimed_inputs == {"actual": "9.5", "target": "10"}
    assert score.explanation == "Theo báo cáo <năm>"


def test_a_wrong_figure_comes_back_too(world):
    officer = world.officer("a3")
    client, address, fields = typed_page(world, officer, actual="ba", target="10")
    kept = log_in(client, client.post(address, fields), officer)
    answer = client.post(address, fields_of(kept, address))
    assert answer.status_code == 422
    key = f"s{world.score('a3', 'I.1').pk}"
    assert fields_of(answer, address)[f"{key}-actual"] == "ba"


def test_a_mistyped_password_loses_nothing(world):
    officer = world.officer("a3")
    client, address, fields = typed_page(world, officer, actual="9", target="10")
    again = log_in(client, client.post(address, fields), officer, password="falsch")
    assert "_auth_user_id" not in client.session
    kept = log_in(client, again, officer)
    assert client.post(address, fields_of(kept, address)).status_code == 302
    assert world.score("a3", "I.1").is_answered


def test_a_colleagues_change_meanwhile_is_shown_and_not_overwritten(world):
    officer = world.officer("a3")
    client, address, fields = typed_page(world, officer, actual="9", target="10")
    scoring.claim(
        world.score("a3", "I.1"),
        inputs={"actual": "7", "target": "10"},
        explanation="",
        version=0,
        by=world.head("a3"),
    )
    kept = log_in(client, client.post(address, fields), officer)
    assert client.post(address, fields_of(kept, address)).status_code == 409
    assert world.score("a3", "I.1").claimed_inputs == {"actual": "7", "target": "10"}


def test_an_appraisal_comes_back_as_well():
    world = World().open_appraisal()
    leader = world.leader
    leader.set_password(PASSWORD)
    leader.save()
    client, address, fields = typed_page(world, leader, actual="8", reason="Một việc trễ")
    kept = log_in(client, client.post(address, fields), leader)
    assert client.post(address, fields_of(kept, address)).status_code == 302
    assert world.score("a3", "I.1").appraisal_reason == "Một việc trễ"


def test_another_person_gets_nothing_of_it(world):
    """At the same computer: a colleague, and somebody of another agency."""
    for other in (world.head("a3"), world.officer("a2")):
        client, address, fields = typed_page(
            world, world.officer("a3"), actual="9", target="10", explanation="Riêng"
        )
        answer = log_in(client, client.post(address, fields), other)
        assert answer.status_code == 302
        (message,) = get_messages(answer.wsgi_request)
        assert "has not been saved" in str(message)
        assert not ScoreChange.objects.exists()


def test_nothing_is_signed_without_the_ticket_of_the_page(world):
    client, address, fields = typed_page(world, world.officer("a3"), actual="9", target="10")
    for ticket in ("", "x", fields["ticket"][:-1]):
        answer = client.post(address, fields | {"ticket": ticket})
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(LOGIN)


def test_an_altered_packet_gives_nothing(world):
    officer = world.officer("a3")
    client, address, fields = typed_page(world, officer, actual="9", target="10")
    login = fields_of(client.post(address, fields), LOGIN)
    login["typed"] = login["typed"][:-1] + ("A" if login["typed"][-1] != "A" else "B")
    answer = client.post(LOGIN, login | {"username": officer.username, "password": PASSWORD})
    assert answer.status_code == 302
    assert answer.headers["Location"] == url(world, "sheet_detail", "a3")


def test_old_rows_are_not_offered(world):
    officer = world.officer("a3")
    client, address, fields = typed_page(world, officer, actual="9", target="10")
    login = client.post(address, fields)
    later = timezone.now() + datetime.timedelta(seconds=unsaved.ROWS_AGE + 1)
    with time_machine.travel(later, tick=False):
        assert log_in(client, login, officer).status_code == 302


def test_too_much_is_not_carried(world):
    officer = world.officer("a3")
    client, address, fields = typed_page(world, officer, explanation="x" * (unsaved.MOST + 1))
    assert client.post(address, fields).status_code == 302


def test_only_the_rows_travel(world):
    officer = world.officer("a3")
    client, address, fields = typed_page(world, officer, actual="9", target="10")
    more = {"csrfmiddlewaretoken": "secret", "password": "secret", "next": "https://example.org"}
    kept = log_in(client, client.post(address, fields | more), officer)
    names = set(fields_of(kept, address)) - {"ticket"}
    assert all(unsaved.ROW_FIELD.fullmatch(name) for name in names)


def test_a_group_posted_as_it_was_shown_leads_on_to_the_sheet(world):
    officer = world.officer("a3")
    client, address, fields = typed_page(world, officer)
    answer = log_in(client, client.post(address, fields), officer)
    assert answer.headers["Location"] == url(world, "sheet_detail", "a3")


def test_nothing_is_kept_in_the_session(world):
    officer = world.officer("a3")
    client, address, fields = typed_page(world, officer, explanation="Riêng")
    login = client.post(address, fields)
    assert not Session.objects.exists()
    log_in(client, login, officer)
    (session,) = Session.objects.all()
    assert "Riêng" not in str(session.get_decoded())


def test_other_pages_and_saves_in_the_background_go_the_usual_way(world):
    client, address, fields = typed_page(world, world.officer("a3"), actual="9", target="10")
    score = world.score("a3", "I.1")
    for answer in (
        client.get(url(world, "sheet_detail", "a3")),
        client.get(address),
        client.post(url(world, "score_save", "a3", score.pk), fields, headers=HTMX),
        client.post(url(world, "sheet_submit", "a3"), fields),
    ):
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith(reverse("login"))


def test_a_foreign_page_cannot_plant_rows(world):
    """Without the token of the portal's own page nothing comes so far."""
    officer = world.officer("a3")
    _client, address, fields = typed_page(world, officer, actual="9", target="10")
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(address, fields).status_code == 403
