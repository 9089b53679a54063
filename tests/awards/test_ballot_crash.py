"""The server is killed between any two statements of casting: mark and paper, or neither."""

from __future__ import annotations

import pytest

from blocs.models import Membership, User
from tests.awards.polls import Poll
from tests.awards.stores import Store

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_kill_between_any_two_statements_leaves_mark_and_paper_both_or_neither(tmp_path):
    poll = Poll(members=15).attend()
    vote = poll.open_vote(*poll.names[:4], kind="other", title="Biểu quyết")
    heads = {user.agency_id: user.pk for user in User.objects.filter(role="head")}
    orders = []
    for place, member in enumerate(Membership.objects.filter(review=poll.review).order_by("pk")):
        # Each paper is cast by one member only, so that the test knows whose it is.
        paper = format(place, "04b").replace("0", "n").replace("1", "y")
        orders.append([vote.pk, member.pk, heads[member.agency_id], paper])
    store = Store(tmp_path)

    last = store.run("crash", orders=orders)

    died_after = " | ".join(last)
    assert last[0] == ""
    assert last.count("COMMIT") >= 1, "the last one killed had cast its paper"
    assert 'UPDATE "awards_mark"' in died_after
    assert 'UPDATE "awards_ballotbox"' in died_after
    marks, papers = store.marks()[vote.pk], store.papers()[vote.pk]
    for said, (_vote, member, _user, paper) in zip(last, orders, strict=True):
        assert marks[member] is (paper in papers)
        assert marks[member] is (said == "COMMIT"), f"killed after {said}"
    assert papers == sorted(papers)

    again = store.run("cast", orders=orders)
    assert again == ["AlreadyVoted" if said == "COMMIT" else "cast" for said in last]
    assert store.papers()[vote.pk] == sorted(order[3] for order in orders)
    assert all(store.marks()[vote.pk].values())
