"""What the database keeps as it is once it was opened, counted, cast, sealed or written."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.utils import timezone

from awards import transitions as awards
from awards.models import (
    BallotBox,
    Mark,
    TextRevision,
)
from tests.awards.polls import Poll
from tests.awards.refusals import HISTORY, Refused, alter, news, remove, tallied

pytestmark = pytest.mark.django_db


QUESTION = {
    "number": 9,
    "title": "Khác",
    "form": "choose",
    "most": 2,
    "seats": 2,
    "method": "show_of_hands",
    "on_paper": True,
    "round": 2,
}
RULE = {
    "base": "valid",
    "comparator": "at_least",
    "numerator": 2,
    "denominator": 9,
    "basis": "Khác",
    "quorum_numerator": 0,
    "quorum_denominator": 9,
    "absentees": "proxy",
    "tie": "chair",
    "blank_is_valid": True,
}
FROZEN = {"entitled": 9, "present": 1, "definition": "{}", "definition_sha256": "0"}
NUMBERS = {
    "issued": 4,
    "returned": 3,
    "valid": 1,
    "blank": 1,
    "written": 1,
    "result_sha256": "0",
}


def build_world():
    return Poll().attend()


@pytest.fixture
def poll(world):
    return world


def test_an_opened_vote_keeps_its_question_rule_and_roll_numbers(poll):
    vote, other = poll.open_vote(kind="other"), poll.prepare(kind="other")
    for column, value in {**QUESTION, **RULE, **FROZEN, "previous": other}.items():
        with Refused(HISTORY):
            alter(vote, **{column: value})
    with Refused(HISTORY):
        remove(vote)
    alter(vote, note="Ghi chú", asks_password=True)


def test_a_draft_may_still_be_written_anew(poll):
    draft = poll.prepare(kind="other")
    for column, value in {**QUESTION, **RULE}.items():
        if column not in ("on_paper", "form", "method"):
            alter(draft, **{column: value})


def test_a_counted_vote_keeps_its_numbers_and_its_options_theirs(poll):
    vote = poll.count(poll.open_vote("a1", "a2", kind="other"), {"a1": "yn", "a2": "yy"})
    for column, value in NUMBERS.items():
        with Refused(HISTORY):
            alter(vote, **{column: value})
    option = vote.options.first()
    changed = {"position": 9, "text": "Khác", "rank": 9, "yes": 1, "no": 1, "abstain": 1}
    for column, value in {
        **changed,
        "membership": None,
        "vote": poll.prepare(kind="other"),
    }.items():
        with Refused(HISTORY):
            alter(option, **{column: value})
    with Refused(HISTORY):
        remove(option)
    alter(option, is_chosen=True)


def test_a_mark_is_neither_taken_back_nor_moved_nor_removed(poll):
    vote, other = poll.open_vote(kind="other"), poll.open_vote(kind="other")
    poll.cast(vote, {"a1": "yyyyy"})
    mark, unset = vote.roll.get(voted=True), vote.roll.filter(voted=False).first()
    with Refused(HISTORY):
        alter(mark, voted=False)
    for row in (mark, unset):
        with Refused(HISTORY):
            alter(row, vote=other)
        with Refused(HISTORY):
            alter(row, membership=vote.roll.exclude(pk=row.pk).first().membership)
        with Refused(HISTORY):
            remove(row)


def test_a_sealed_box_takes_no_paper_and_can_only_be_emptied(poll):
    vote, other = poll.open_vote("a1", kind="other"), poll.open_vote(kind="other")
    box = vote.box
    with Refused(HISTORY):
        alter(box, vote=poll.prepare(kind="other"))
    poll.count(vote, {"a1": "y", "a2": "n"})
    for papers in ("n\ny\ny", "n", "y\nn"):
        with Refused(HISTORY):
            alter(box, papers=papers)
    with Refused(HISTORY):
        alter(box, is_sealed=False)
    with Refused(HISTORY):
        alter(box, papers="", is_sealed=False)
    with Refused(HISTORY):
        remove(box)
    alter(box, papers="")
    with Refused(HISTORY):
        alter(box, papers="y")
    assert not other.box.is_sealed


def test_a_member_is_on_a_roll_once_and_a_vote_has_one_box(poll):
    vote = poll.open_vote(kind="other")
    with Refused("UNIQUE", "mark_once_per_member"):
        Mark.objects.create(vote=vote, membership=poll.membership("a1"))
    with Refused("UNIQUE", "unique"):
        BallotBox.objects.create(vote=vote)


def test_a_rule_is_never_altered_only_retired():
    poll = Poll().plan()
    rule = poll.rule()
    for column, value in {**RULE, "code": "x", "name": "Khác", "bloc": poll.bloc}.items():
        with Refused(HISTORY):
            alter(rule, **{column: value})
    with Refused(HISTORY):
        remove(rule)
    alter(rule, is_retired=True, position=7)


def test_an_entered_tally_keeps_its_numbers(poll):
    tally = tallied(poll)
    alter(tally, issued=4)
    alter(tally, status="entered", issued=5)
    changed = {
        "issued": 4,
        "returned": 4,
        "valid": 3,
        "invalid": 2,
        "scan_sha256": "0",
        "scan": "x",
    }
    for column, value in {**changed, "entered_by": poll.board}.items():
        with Refused(HISTORY):
            alter(tally, **{column: value})
    with Refused(HISTORY):
        remove(tally)


@pytest.mark.parametrize("table", ["VoteChange", "TallyChange", "NewsChange", "TextRevision"])
def test_histories_take_new_rows_only(poll, table):
    model = apps.get_model("awards", table)
    row = first_of(model, poll)
    with Refused(HISTORY):
        alter(row, **({"text": "Khác"} if table == "TextRevision" else {"note": "Khác"}))
    with Refused(HISTORY):
        remove(row)


def first_of(model, poll):
    """A row of a history, written for the purpose."""
    if model is TextRevision:
        part = apps.get_model("awards", "TextPart").objects.create(
            review=poll.review, document="minutes", section="opening", text="Một"
        )
        return TextRevision.objects.create(
            part=part, version=1, text="Một", by=poll.secretary, at=timezone.now()
        )
    records = {"VoteChange": poll.prepare, "TallyChange": lambda **_: tallied(poll)}
    record = records.get(model.__name__, lambda **_: news(poll))(kind="other")
    return model.objects.create(
        record=record, from_status="draft", to_status="draft", by=poll.secretary, at=timezone.now()
    )


def test_a_vote_that_is_announced_or_cancelled_stands(poll):
    vote = poll.count(poll.open_vote("a1", "a2", kind="other"), {"a1": "yn", "a2": "yy"})
    awards.announce_vote(vote, by=poll.leader)
    with Refused(HISTORY):
        alter(vote, title="Khác")
    broken_off = poll.open_vote(kind="other")
    poll.cast(broken_off, {"a1": "yyyyy"})
    awards.cancel_vote(broken_off, reason="Mất mạng", by=poll.leader)
    with Refused(HISTORY):
        alter(broken_off.box, papers="yyyyy")
    with Refused(HISTORY):
        alter(broken_off, definition="{}")
