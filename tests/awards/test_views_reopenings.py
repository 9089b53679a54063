"""The page of the reopenings, and the proposals that rested on a table no longer in force."""

from __future__ import annotations

import pytest
from django.urls import reverse

from awards import transitions as awards
from awards.models import ProposalStatus
from scoring import transitions as scoring
from scoring.models import Reopening, ReopeningStatus, Summary
from scoring.tables import live_table
from tests.awards.meetings import Meeting
from tests.forms import fields_of, signed_in

pytestmark = pytest.mark.django_db


def build_world():
    return Meeting().close()


def address(world, name="reopening", *args):
    return reverse(f"awards:{name}", args=[*world.review.url_args, *args])


def post(world, user, name, **typed):
    """Post the form of the page as it was rendered, with what is typed in it."""
    client, deed = signed_in(user), address(world, name)
    return client.post(deed, {**fields_of(client.get(address(world)), deed), **typed})


def opened(world):
    reopening = scoring.ask_reopening(world.review, reason="Nhập sai", by=world.leader)
    return scoring.grant_reopening(reopening, by=world.board)


def correct(world):
    score = world.score("a3", "I.3")
    awards.agree_score(
        world.conference,
        score,
        inputs={"met": False},
        reason="Đính chính",
        version=score.version,
        by=world.secretary,
    )


def test_asked_granted_and_adopted_on_the_page(world):
    assert post(world, world.leader, "reopening_ask", reason="Nhập sai điểm").status_code == 302
    asked = signed_in(world.board).get(address(world))
    assert "Nhập sai điểm" in asked.text
    assert post(world, world.board, "reopening_grant").status_code == 302
    correct(world)
    page = signed_in(world.leader).get(address(world))
    assert len(page.context["stale"]) == 2
    assert fields_of(page, address(world, "reopening_adopt"))["seen"] == (
        live_table(world.review).sha256
    )
    basis = "Văn bản lấy ý kiến 3/3"
    assert post(world, world.leader, "reopening_adopt", basis=basis).status_code == 302
    assert Summary.objects.latest("version").version == 2
    member = signed_in(world.head("a2"))
    assert basis in member.get(address(world)).text
    history = reverse("scoring:sheet_history", args=[*world.review.url_args, "a2"])
    assert "Nhập sai điểm" in member.get(history).text


def test_refused_on_the_page_with_a_reason(world):
    scoring.ask_reopening(world.review, reason="Nhập sai", by=world.leader)
    answer = post(world, world.board, "reopening_refuse", answer=" ")
    assert answer.status_code == 422
    assert answer.context["refuse"].errors
    assert post(world, world.board, "reopening_refuse", answer="Thiếu căn cứ").status_code == 302
    assert Reopening.objects.get().status == ReopeningStatus.REFUSED
    assert "Thiếu căn cứ" in signed_in(world.leader).get(address(world)).text


def test_a_table_that_moved_since_it_was_read_is_not_adopted(world):
    opened(world)
    client, deed = signed_in(world.leader), address(world, "reopening_adopt")
    read = fields_of(client.get(address(world)), deed)
    correct(world)
    answer = client.post(deed, {**read, "basis": "Lấy ý kiến"})
    assert answer.status_code == 422
    assert "Lấy ý kiến" in answer.text
    assert Summary.objects.count() == 1
    again = fields_of(answer, deed)
    assert again["seen"] == read["seen"], "a second click adopts nothing unread either"
    assert fields_of(client.get(address(world)), deed)["seen"] != read["seen"]


def test_who_may_do_nothing_here(world):
    scoring.ask_reopening(world.review, reason="Nhập sai", by=world.leader)
    deeds = {
        "reopening_ask": world.leader,
        "reopening_grant": world.board,
        "reopening_refuse": world.board,
        "reopening_adopt": world.leader,
    }
    for name, actor in deeds.items():
        for user in (world.leader, world.secretary, *world.others):
            if user == actor:
                continue
            status = 404 if user.username == "stranger" else 403
            answer = signed_in(user).post(address(world, name), {"reason": "x", "answer": "x"})
            assert answer.status_code == status, (name, user)
        assert signed_in(actor).get(address(world, name)).status_code == 405
    assert Reopening.objects.get().status == ReopeningStatus.ASKED


def test_a_deed_at_the_wrong_moment_comes_back_with_the_reason(world):
    scoring.ask_reopening(world.review, reason="Nhập sai", by=world.leader)
    leader, board = signed_in(world.leader), signed_in(world.board)
    early = leader.post(address(world, "reopening_adopt"), {"seen": "x", "basis": "Họp"})
    assert early.status_code == 422
    twice = leader.post(address(world, "reopening_ask"), {"reason": "Lần nữa"})
    assert twice.status_code == 422
    assert "Lần nữa" in twice.text
    board.post(address(world, "reopening_grant"), {"answer": ""})
    late = board.post(address(world, "reopening_refuse"), {"answer": "Thôi"})
    assert late.status_code == 422
    assert Reopening.objects.get().status == ReopeningStatus.GRANTED


def test_before_circulation_there_is_nothing_to_read():
    world = Meeting().appraise_all()
    for user in (world.leader, world.head("a2"), world.board):
        assert signed_in(user).get(address(world)).status_code == 403
    without = Meeting(slug="khoi-2", prefix="b").close()
    answer = signed_in(without.board).post(address(without, "reopening_grant"), {"answer": ""})
    assert answer.status_code == 404  # nobody asked


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_of_the_page_does_not_grow(world, rows, django_assert_num_queries):
    for _row in range(rows):
        reopening = scoring.ask_reopening(world.review, reason="Nhập sai", by=world.leader)
        scoring.refuse_reopening(reopening, answer="Thiếu căn cứ", by=world.board)
    client = signed_in(world.head("a2"))
    with django_assert_num_queries(13):
        assert len(client.get(address(world)).context["rows"]) == rows


# --- the proposals


def test_upheld_and_withdrawn_in_the_list_of_proposals(world):
    opened(world)
    correct(world)
    seen = live_table(world.review).sha256
    scoring.adopt_anew(Reopening.objects.get(), seen=seen, basis="Họp", by=world.leader)
    client, page = signed_in(world.leader), address(world, "proposal_list")
    for member, name in (("a1", "proposal_uphold"), ("a2", "proposal_withdraw")):
        proposal = world.proposal(member)
        deed = address(world, name, proposal.pk)
        fields = fields_of(client.get(page), deed)
        assert client.get(deed).status_code == 405
        client.post(deed, {**fields, "reason": " "})
        assert world.proposal(member).changes.count() == proposal.changes.count()
        assert client.post(deed, {**fields, "reason": "Thống nhất"}).status_code == 302
    assert world.proposal("a1").summary.version == 2
    assert world.proposal("a2").status == ProposalStatus.WITHDRAWN
    rendered = client.get(page)
    with pytest.raises(LookupError):
        fields_of(rendered, address(world, "proposal_uphold", world.proposal("a1").pk))


def test_who_may_not_uphold_or_withdraw(world):
    other = Meeting(slug="khoi-2", prefix="b").close()
    for name in ("proposal_uphold", "proposal_withdraw"):
        deed = address(world, name, world.proposal("a1").pk)
        for user in (world.secretary, *world.others):
            status = 404 if user.username == "stranger" else 403
            assert signed_in(user).post(deed, {"reason": "x"}).status_code == status, user
        foreign = address(other, name, world.proposal("a1").pk)
        assert signed_in(other.leader).post(foreign, {"reason": "x"}).status_code == 404
    assert world.proposal("a1").status == ProposalStatus.PROPOSED
