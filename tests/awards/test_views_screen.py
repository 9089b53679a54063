"""The projector's page: it shows what the room is at, and of a vote nothing before it is told."""

import dataclasses
import re

import pytest
from django.db import transaction
from django.urls import reverse

from awards import transitions as awards
from awards.models import AgendaKind, BallotBox, Method, PaperForm, ResolutionKind
from blocs.models import Office
from scoring.tables import live_table
from tests.awards.meetings import PLAN, Meeting
from tests.awards.polls import Poll
from tests.forms import signed_in
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def url(world, name="screen"):
    return reverse(f"awards:{name}", args=world.review.url_args)


def wall(world, user=None):
    """What stands on the wall now, as the poll brings it."""
    answer = signed_in(user or world.officer("a3")).get(url(world), headers=HTMX)
    assert answer.status_code == 200
    return answer.content.decode()


def whole(world):
    """The whole page without its token, which no two answers share."""
    page = signed_in(world.officer("a3")).get(url(world)).content.decode()
    return re.sub(r'name="csrf-token" content="\w+"', "", page)


def at(world, kind):
    if not world.conference.agenda.exists():
        awards.lay_out_agenda(world.conference, by=world.secretary)
    item = world.conference.agenda.filter(kind=kind).first()
    awards.go_to(world.conference, item, by=world.leader)
    return world


def cells(html):
    """The rows of the table as lists of words."""
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", html, re.DOTALL)
    return [
        [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in rows
    ]


def build_world():
    return at(Meeting().attend(), AgendaKind.REPORT)


# --- who


def test_whoever_may_see_the_conference_sees_the_screen(world):
    for user in (world.leader, world.head("a2"), world.officer("a3"), world.board):
        assert "Trình bày dự thảo báo cáo" in wall(world, user)
    stranger = signed_in(make_user("stranger", make_agency("xa")))
    assert stranger.get(url(world)).status_code == 404
    assert stranger.get(url(world), headers=HTMX).status_code == 404


def test_before_the_table_is_circulated_members_see_no_screen():
    world = Meeting().open_appraisal()
    awards.plan_conference(world.review, fields=PLAN, by=world.secretary)
    assert signed_in(world.officer("a3")).get(url(world)).status_code == 403
    assert signed_in(world.secretary).get(url(world)).status_code == 200


def test_without_a_plan_there_is_no_screen():
    world = Meeting().approve()
    assert signed_in(world.secretary).get(url(world)).status_code == 404


def test_it_is_only_looked_at():
    world = Meeting().open()
    assert signed_in(world.secretary).post(url(world)).status_code == 405


# --- how


def test_the_page_refreshes_by_itself_with_and_without_scripts(world):
    page = signed_in(world.officer("a3")).get(url(world))
    html = page.content.decode()
    assert f'hx-get="{url(world)}" hx-trigger="every 3s"' in html
    assert re.search(r'<noscript>\s*<meta http-equiv="refresh" content="5">', html)
    assert "HX-Request" in page.headers["Vary"]
    assert "no-store" in page.headers["Cache-Control"]
    assert wall(world).strip() in html


def test_nothing_of_the_portal_stands_around_it(world):
    html = whole(world)
    assert 'class="site-header"' not in html
    assert "menu-item" not in html
    assert "<form" not in html
    assert '<body class="hall"' in html


def test_what_the_portal_tells_one_person_does_not_appear_on_the_wall():
    world = Meeting().plan()
    client = signed_in(world.secretary)
    client.post(url(world, "conference_open"))
    told = "The conference is open; its record is kept from now on."
    assert told not in client.get(url(world)).content.decode()
    assert told in client.get(url(world, "conference_detail")).content.decode()


# --- what


def test_before_the_first_item_it_names_the_conference():
    for world in (Meeting().plan(), Meeting(slug="k-2", prefix="b", year=2025).open()):
        html = signed_in(world.secretary).get(url(world), headers=HTMX).content.decode()
        assert f"Conference that closes the emulation year {world.review.year}" in html
        assert "Hội trường Sở a1" in html


def test_a_closed_conference_is_said_to_be():
    world = Meeting().close()
    assert "The conference has been closed." in wall(world)


def test_an_item_shows_title_presenter_and_chair():
    world = at(Meeting().attend(), AgendaKind.GUEST)
    html = wall(world)
    assert "Phát biểu của cơ quan thi đua, khen thưởng tỉnh" in html
    assert "Sở ban-tdkt" in html
    assert "ông Lê Văn An, Phó Giám đốc Sở a1" in html
    assert "Item 7 of 13" in html


@pytest.mark.parametrize("kind", [AgendaKind.TABLE, AgendaKind.SCORES, AgendaKind.ADOPTION])
def test_the_table_is_live_until_it_is_adopted(kind):
    world = at(Meeting().attend(), kind)
    before = cells(wall(world))
    assert [row[1] for row in before[1:]] == ["Sở a1", "Sở a2", "Sở a3"]
    assert "not adopted yet" in wall(world)
    score = world.score("a3", "I.2")
    awards.agree_score(
        world.conference,
        score,
        inputs={"level": "Tốt"},
        reason="Theo ý kiến hội nghị",
        version=score.version,
        by=world.secretary,
    )
    after = cells(wall(world))
    assert after != before
    row = next(row for row in live_table(world.review).rows if row.slug == "a3")
    shown = next(cell for cell in after if cell[1] == "Sở a3")
    assert shown == ["Sở a3" if at == 1 else words for at, words in enumerate(_words(row))]


def _words(row):
    return [str(row.rank), "", f"{row.agreed.total:.2f}".replace(".", ","), row.grade]


def test_once_adopted_the_table_stands():
    world = at(Meeting().adopt(), AgendaKind.TABLE)
    assert "As the conference adopted it" in wall(world)


def test_what_was_resolved_at_once_is_shown_with_its_numbers():
    world = at(Meeting().decide_all(), AgendaKind.ELECTION)
    html = " ".join(wall(world).split())
    assert "Elects next year&#x27;s office" in html
    assert "<strong>Sở a3</strong> (3/3, 100%)" in html
    at(world, AgendaKind.ADOPTION)
    assert "Adopts the score table" in wall(world)


# --- the secret


def voting(world=None, **columns):
    world = at(world or Poll(members=5).adopt(), AgendaKind.PROPOSALS)
    return world, world.open_vote(**columns)


def test_while_a_vote_runs_its_question_stands_there_and_how_many_have_voted():
    world, vote = voting()
    world.cast(vote, {"a4": "yynnn", "a2": "nnyyy"})
    html = wall(world)
    assert "Đề nghị tặng Cờ thi đua" in html
    assert "Papers cast: <strong>2/5</strong>" in html
    assert "<table" not in html


def test_the_page_is_the_same_byte_for_byte_whatever_lies_in_the_box():
    world, vote = voting()
    world.cast(vote, {"a4": "yynnn", "a2": "nnyyy"})
    first = wall(world), whole(world)
    BallotBox.objects.filter(vote=vote).update(papers="!\nyyyyy")
    assert (wall(world), whole(world)) == first


def test_the_page_does_not_tell_who_has_voted():
    world, vote = voting()
    with transaction.atomic():
        world.cast(vote, {"a4": "yynnn", "a2": "nnyyy"})
        first = wall(world), whole(world)
        transaction.set_rollback(True)
    for name in world.names:
        assert f"Sở {name}" not in first[0]
        assert world.head(name).username not in first[0]
    world.cast(vote, {"a3": "yynnn", "a5": "nnyyy"})
    assert (wall(world), whole(world)) == first


def test_a_vote_that_is_counted_waits_for_the_chair():
    world, vote = voting()
    world.count(vote, dict.fromkeys(world.names, "ynnnn"))
    html = wall(world)
    assert "Counted; the chair will announce the result." in html
    assert "5/5" not in html
    assert "<table" not in html
    other, second = voting(Poll(members=5, slug="k-2", prefix="b").adopt())
    other.count(second, dict.fromkeys(other.names, "nnnny"))
    shown = signed_in(other.head("b3")).get(url(other), headers=HTMX).content.decode()
    assert shown.replace("khoi-1", "").replace("k-2", "") == html.replace("khoi-1", "")


def test_a_vote_on_any_other_item_hides_its_table_too():
    world = at(Poll(members=5).adopt(), AgendaKind.SCORES)
    world.open_vote()
    html = wall(world)
    assert "Papers cast: <strong>0/5</strong>" in html
    assert "<table" not in html


@pytest.mark.parametrize(
    "columns", [{"method": Method.SHOW_OF_HANDS}, {"method": Method.CONSENSUS}]
)
def test_hands_and_printed_papers_are_not_counted_on_the_wall(columns):
    world, _vote = voting(**columns)
    html = wall(world)
    assert "Voting is open" in html
    assert "Papers cast" not in html


def test_an_announced_vote_stands_there_with_its_numbers():
    world, vote = voting()
    papers = {"a1": "ynnnn", "a2": "ynnn-", "a3": "ynn-n", "a4": "ny-nn", "a5": "yn-nn"}
    awards.announce_vote(world.count(vote, papers), by=world.leader)
    rows = cells(wall(world))
    assert rows[0] == ["Member or question", "Agree", "Disagree", "No opinion", "Share", "Result"]
    assert rows[1] == ["Sở a1", "4", "1", "0", "80%", "Carried"]
    assert rows[2] == ["Sở a2", "1", "4", "0", "20%", "–"]
    assert "Shares of 5 (all members)" in wall(world)
    at(world, AgendaKind.ELECTION)
    assert "<table" not in wall(world)  # it belongs to the item on proposals


def test_shares_have_a_comma():
    world, vote = voting(rule="majority-of-valid")
    papers = {"a1": "ynnnn", "a2": "ynnnn", "a3": "nnnnn", "a4": "!", "a5": "!"}
    awards.announce_vote(world.count(vote, papers), by=world.leader)
    assert cells(wall(world))[1][4] == "66,67%"


def test_a_choice_shows_votes_and_who_is_chosen():
    world = at(Poll(members=5).adopt(), AgendaKind.ELECTION)
    vote = world.open_vote("a2", "a3", kind=ResolutionKind.ELECT, office=Office.LEADER)
    assert vote.form == PaperForm.ELECT
    counted = world.count(vote, dict.fromkeys(world.names, "-x"))
    awards.announce_vote(counted, by=world.leader)
    rows = cells(wall(world))
    assert rows[0] == ["Member or question", "Votes received", "Share", "Result"]
    assert rows[2] == ["Sở a3", "5", "100%", "Chosen"]


def test_where_nobody_is_chosen_it_says_so():
    world = at(Poll(members=5).adopt(), AgendaKind.ELECTION)
    vote = world.open_vote("a2", "a3", kind=ResolutionKind.ELECT, office=Office.LEADER)
    counted = world.count(vote, dict.fromkeys(world.names, "--"))
    awards.announce_vote(counted, by=world.leader)
    assert "Nobody has been chosen." in wall(world)


def test_another_question_is_shown_in_the_item_in_which_it_was_announced():
    world = at(Poll(members=5).adopt(), AgendaKind.LAUNCH)
    question = world.question(
        kind=ResolutionKind.OTHER, title="Ký giao ước", method=Method.SHOW_OF_HANDS
    )
    sentence = dataclasses.replace(question, candidates=())
    vote = awards.prepare_vote(world.conference, sentence, by=world.secretary)
    vote = awards.open_vote(vote, by=world.leader)
    counted = awards.count_hands(vote, [(5, 0)], by=world.secretary)
    awards.announce_vote(counted, by=world.leader)
    assert "Ký giao ước" in wall(world)
    at(world, AgendaKind.CLOSING)
    assert "Ký giao ước" not in wall(world)


# --- how much work it is


@pytest.mark.parametrize("votes", [1, 3])
def test_the_query_count_does_not_grow_with_votes_that_run(votes, django_assert_num_queries):
    world = at(Poll(members=5).adopt(), AgendaKind.PROPOSALS)
    for name in world.names[:votes]:
        world.open_vote(name)
    client = signed_in(world.officer("a3"))
    client.get(url(world), headers=HTMX)
    with django_assert_num_queries(7):
        client.get(url(world), headers=HTMX)


@pytest.mark.parametrize("votes", [1, 3])
def test_the_query_count_does_not_grow_with_announced_votes(votes, django_assert_num_queries):
    world = at(Poll(members=5).adopt(), AgendaKind.PROPOSALS)
    for name in world.names[:votes]:
        vote = world.open_vote(name, method=Method.SHOW_OF_HANDS)
        counted = awards.count_hands(vote, [(5, 0)], by=world.secretary)
        awards.announce_vote(counted, note="Hội nghị nhất trí", by=world.leader)
    client = signed_in(world.officer("a3"))
    client.get(url(world), headers=HTMX)
    with django_assert_num_queries(11):
        client.get(url(world), headers=HTMX)


@pytest.mark.parametrize("members", [3, 5])
def test_the_query_count_does_not_grow_with_the_table(members, django_assert_num_queries):
    world = at(Meeting(members=members).attend(), AgendaKind.TABLE)
    client = signed_in(world.officer("a3"))
    client.get(url(world), headers=HTMX)
    with django_assert_num_queries(23):
        client.get(url(world), headers=HTMX)
