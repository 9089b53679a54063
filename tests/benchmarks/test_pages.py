"""What the pages cost, as ratios to a floor measured in the same run.

The floor is an empty Django view with one indexed query behind the same middleware. Ratios move
less than seconds do between machines; run it with ``./dev bench``.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path, reverse

from blocs.models import Agency, Review, User
from portal import urls as portal_urls
from portal.demo import world

pytestmark = pytest.mark.django_db

ROUNDS = 30


def floor_view(_request: HttpRequest) -> HttpResponse:
    Agency.objects.filter(slug="giao-thong").values_list("pk", flat=True).first()
    return HttpResponse("ok")


urlpatterns = [path("floor/", floor_view), *portal_urls.urlpatterns]


def median(deed: Callable[[], None]) -> float:
    """Median seconds of a deed, after two that do not count."""
    taken = []
    for turn in range(ROUNDS + 2):
        begin = time.perf_counter()
        deed()
        if turn >= 2:
            taken.append(time.perf_counter() - begin)
    return statistics.median(taken)


def signed_in(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


@pytest.mark.urls(__name__)
def test_pages_against_the_floor(capsys, settings):
    settings.DEMO = True
    world.build("decided")
    review = Review.objects.get(bloc__slug="khoi-7", year=2023)
    officer, leader, board = (signed_in(name) for name in ("officer.gtvt", "head.ptth", "board"))
    sheet = reverse("scoring:sheet_detail", args=[*review.url_args, "giao-thong"])

    def read(client: Client, url: str) -> Callable[[], None]:
        def deed() -> None:
            assert client.get(url).status_code == 200

        return deed

    hall = ("khoi-doanh-nghiep-2", 2022)
    chair, delegate = signed_in("head.dn5"), signed_in("head.dn7")
    floor = median(read(officer, "/floor/"))
    former = Review.objects.get(bloc__slug="khoi-7", year=2022)
    rows = {
        "home (my tasks)": read(leader, "/"),
        "sheet, 60 criteria": read(officer, sheet),
        "summary, 5 members": read(leader, reverse("scoring:summary_detail", args=former.url_args)),
        "board, 5 reviews": read(board, reverse("awards:board")),
        "conference, in session": read(chair, reverse("awards:conference_detail", args=hall)),
        "vote, with a paper to cast": read(
            delegate, reverse("awards:vote_detail", args=[*hall, 2])
        ),
        "projector": read(delegate, reverse("awards:screen", args=hall)),
    }
    with capsys.disabled():
        print(f"\nfloor (one indexed query): 1.0 = {floor * 1000:.2f} ms")
        for name, deed in rows.items():
            print(f"{name:<28}{median(deed) / floor:6.1f}")
