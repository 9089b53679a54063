"""The command that destroys ballot papers after their time; what it did is committed."""

from __future__ import annotations

import pytest
import time_machine

from awards import transitions as awards
from awards.models import BallotBox, Vote
from tests.awards.polls import Poll
from tests.awards.recounts import counted, run

pytestmark = pytest.mark.django_db(transaction=True)


def test_papers_are_destroyed_after_their_time_and_the_numbers_stay():
    poll = Poll().attend()
    with time_machine.travel("2025-02-20T03:00:00Z"):
        early = awards.announce_vote(counted(poll), by=poll.leader)
    with time_machine.travel("2025-02-21T03:00:00Z"):
        late = awards.announce_vote(counted(poll), by=poll.leader)
        unannounced = counted(poll)
        status, said = run("--destroy-before", "2025-02-21")
    assert status == 0
    assert said.splitlines() == [
        "khoi-1 2024, vote 1: papers destroyed",
        "Former versions of ballot rows were swept.",
        "khoi-1 2024, vote 1: papers destroyed, numbers and hashes agree",
        "khoi-1 2024, vote 2: 5 papers, all agrees",
        "khoi-1 2024, vote 3: 5 papers, all agrees",
        "3 ballots verified.",
    ]
    boxes = {box.vote_id: box.papers for box in BallotBox.objects.all()}
    assert boxes[early.pk] == ""
    assert boxes[late.pk]
    assert boxes[unannounced.pk]
    assert Vote.objects.get(pk=early.pk).valid == 4


def test_the_day_of_the_announcement_is_vietnams():
    """At 17:30 UTC it is the next day in Vietnam."""
    poll = Poll().attend()
    with time_machine.travel("2025-02-20T17:30:00Z"):
        awards.announce_vote(counted(poll), by=poll.leader)
    assert "papers destroyed" not in run("--destroy-before", "2025-02-21")[1]
    assert "papers destroyed" in run("--destroy-before", "2025-02-22")[1]
