"""Before the table is circulated a member learns nothing of another member's scores.

The site is fetched by one member in several worlds that differ in nothing but the scores,
progress and evidence of the others; every answer must be the same, byte for byte.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse

from blocs.models import User
from portal.demo.clock import at
from tests.scoring.scenes import MOMENT, OTHERS, SCENES, Bloc
from tests.scoring.sheets import HTMX, row
from tests.scoring.surface import TOKENS, Answer, addresses, answer_of, differences, reachable

pytestmark = pytest.mark.django_db


@dataclass
class Seen:
    """What head and officer of a3 were answered in one world; `deeds` by what they did.

    `leader` is the list of sheets as the leader, who may see their state, has it.
    """

    pages: dict[str, dict[str, Answer]] = field(default_factory=dict)
    deeds: dict[str, Answer] = field(default_factory=dict)
    leader: str = ""
    file_of_another: str = ""


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def silence() -> Iterator[None]:
    """Hundreds of pages are refused here; writing each into the log takes longer than the page."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def browser(user: User) -> Client:
    client = Client(raise_request_exception=False, headers={"accept-language": "en"})
    client.force_login(user)
    return client


def gaps_of(bloc: Bloc) -> dict:
    """Objects of the own and of other agencies, some of which exist in one world only."""
    evidence = bloc.own_evidence.pk
    own, other = (bloc.score(name, "I.1").pk for name in ("a3", "a1"))
    return {
        "values": {
            "bloc": [bloc.bloc.slug],
            "year": [bloc.review.year],
            "agency": ("a3", "a1"),
            "slug": ("a3", "a1"),
            "evidence": [evidence + 1],
            "section": ["movements"],
            "code": ["0123456789abcdef"],
        },
        "numbers": (own, other, evidence + 1),
        "words": ("a3", "a1", "minutes", "summary", "xlsx"),
    }


def look_around(bloc: Bloc, *, thorough: bool, deeds: set[str]) -> Seen:
    seen = Seen()
    known = list(addresses(**gaps_of(bloc)))
    head = browser(bloc.head("a3"))
    seen.pages["head"] = reachable(head, known, thorough=thorough, deeds=deeds)
    if thorough:
        officer = browser(bloc.officer("a3"))
        seen.pages["officer"] = reachable(officer, known, thorough=False, deeds=deeds)
    seen.deeds = deeds_of(bloc, head)
    file = bloc.own_evidence.pk + 1  # there is one in some worlds only
    seen.file_of_another = f"GET {reverse('scoring:evidence_download', args=[file])}"
    page = browser(bloc.leader).get(reverse("scoring:sheet_list", args=bloc.review.url_args))
    seen.leader = TOKENS.sub(rb"\1", page.content).decode()
    return seen


def deeds_of(bloc: Bloc, client: Client) -> dict[str, Answer]:
    """What the head of a3 is told of the own deeds, and of those at the sheet of another."""
    found = {}

    def tell(name: str, view: str, agency: str, *args: object, **more: object) -> None:
        address = reverse(f"scoring:{view}", args=[*bloc.review.url_args, agency, *args])
        with taken_back():
            response = client.post(address, **more)
            found[name] = answer_of(response)
            if response.status_code == 302:
                found[f"{name}, then"] = answer_of(client.get(response.url))

    tell("submit", "sheet_submit", "a3")
    tell("recall", "sheet_recall", "a3")
    tell("take back", "sheet_take_back", "a3")
    for code, values in {
        "I.4": {"actual": "120", "target": "100"},
        "I.1": {"actual": "bảy", "target": "0"},
        "I.2": {"level": "Tốt"},
    }.items():
        score, sent = bloc.score("a3", code), row(bloc, "a3", code, **values)
        tell(f"save {code}", "score_save", "a3", score.pk, data=sent, headers=HTMX)
        group = bloc.criteria.criteria.get(code=code[: code.index(".")]).pk
        tell(f"save the group of {code}", "group_save", "a3", group, data=sent)
    for agency in OTHERS:
        score, sent = bloc.score(agency, "I.1"), {"title": "x", "url": "https://a.vn/"}
        tell(f"save at {agency}", "score_save", agency, score.pk, headers=HTMX)
        tell(f"attach at {agency}", "evidence_add", agency, score.pk, data=sent)
        tell(f"appraise at {agency}", "score_appraise", agency, score.pk, headers=HTMX)
        tell(f"submit {agency}", "sheet_submit", agency)
        tell(f"extend {agency}", "extension_grant", agency)
    return found


@pytest.fixture(scope="module")
def seen(django_db_setup, django_db_blocker, tmp_path_factory):
    """Every scene in all its worlds, looked at once; nothing of it stays in the database."""
    uploads = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    found: dict[str, dict[str, Seen]] = {}
    deeds: set[str] = set()
    with django_db_blocker.unblock(), uploads, at(MOMENT), silence():
        for name, scene in SCENES.items():
            found[name] = {}
            with taken_back():
                bloc = Bloc().open_self_scoring()
                scene.own(bloc)
                for world in scene.worlds:
                    with taken_back():
                        world(bloc)
                        bloc.reload()
                        scene.after(bloc)
                        found[name][world.__name__] = look_around(
                            bloc, thorough=scene.thorough, deeds=deeds
                        )
    return found


def pairs(seen):
    """The first world of each scene beside each of the others."""
    for name, worlds in seen.items():
        first, *others = worlds
        for other in others:
            yield f"{name}: {first} / {other}", worlds[first], worlds[other]


def differing(seen, chosen=lambda address, answer: True):
    """Address and excerpt of what differs between two worlds of a scene, of what is chosen."""
    found, looked_at = [], 0
    for title, first, other in pairs(seen):
        for who, answers in (*first.pages.items(), ("deed", first.deeds)):
            others = {**other.pages, "deed": other.deeds}[who]
            mine = {one: answer for one, answer in answers.items() if chosen(one, answer)}
            looked_at += len(mine)
            moved = differences(mine, {address: others[address] for address in mine})
            found += [f"{title}, {who} {one}\n    {text}" for one, text in moved.items()]
    assert looked_at, "nothing was looked at"
    return "\n".join(found)


# --- everything


def test_nothing_that_a_member_can_reach_differs_by_the_others_data(seen):
    assert not differing(seen)


def test_worlds_differ_to_the_leader_who_may_see_it(seen):
    """Or else nothing would have been tested."""
    for _title, first, other in pairs(seen):
        assert first.leader != other.leader


# --- channel by channel

CHANNELS = {
    "home and tasks": r"GET /(\?|$)",
    "review page": r"GET /khoi-1/2024/(\?|$)",
    "list of sheets with its counts": r"GET /khoi-1/2024/sheets/(\?|$)",
    "sorting, filtering and searching": r"GET .*\?",
    "own sheet with relative and averaged criteria": r"GET /khoi-1/2024/sheets/a3/(\?|$)",
    "sheets of others": r"(GET|POST) /khoi-1/2024/sheets/a1/",
    "histories": r"GET .*/history/",
    "evidence": r"GET .*evidence/",
    "summary table": r"GET /khoi-1/2024/summary/",
    "papers and their drafts": r"GET .*documents/",
    "proposals and conference": r"GET /khoi-1/2024/(proposals|conference)/",
    "people, members and agencies": r"GET .*/(members|agencies|people|reports|activities)/",
    "criteria and their trial": r"GET .*/criteria/",
    "the next step, whether all are in": r"(GET /khoi-1/2024/|POST .*/(appraisal/open|approve)/)$",
    "deeds of the own sheet": r"POST .*/sheets/a3/",
    "messages after submitting and recalling": r"(submit|recall|take back), then$",
    "saving a relative criterion": r"save (the group of )?I\.4",
    "error texts of a form": r"save (the group of )?I\.1",
    "deeds at the sheet of another": r"(save at|attach at|appraise at|submit|extend) a\d$",
}


@pytest.mark.parametrize("channel", CHANNELS)
def test_channel_tells_nothing(seen, channel):
    assert not differing(seen, lambda address, _: re.match(CHANNELS[channel], address))


def test_exports_and_files_tell_nothing(seen):
    def is_file(_address, answer):
        return answer.is_page and "text/html" not in dict(answer.headers)["Content-Type"]

    assert not differing(seen, is_file)


@pytest.mark.parametrize("status", [302, 403, 404, 422])
def test_redirects_and_refusals_tell_nothing(seen, status):
    assert not differing(seen, lambda _, answer: answer.status == status)


def test_evidence_of_others_is_not_found_whether_it_exists_or_not(seen):
    for world in seen["self-scoring"].values():
        for answers in world.pages.values():
            assert answers[world.file_of_another].status == 404


def test_summary_is_refused_in_every_world(seen):
    for worlds in seen.values():
        for world in worlds.values():
            for answers in world.pages.values():
                assert answers["GET /khoi-1/2024/summary/"].status == 403


def test_own_relative_criterion_stays_without_points_when_all_are_in(seen):
    """The message beside it says whom it waits for, and that is the whole bloc's table."""
    answer = seen["submitted"]["all_in"].pages["head"]["GET /khoi-1/2024/sheets/a3/"].body.decode()
    line = answer[answer.index("Thu ngân sách") :]
    assert "waits" in line[: line.index("</tr>")]
