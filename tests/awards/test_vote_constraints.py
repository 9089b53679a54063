"""What the database itself refuses of votes, ballots, tallies, rules, agendas and news."""

from __future__ import annotations

import datetime

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from awards import transitions as awards
from awards.models import (
    AgendaItem,
    BallotBox,
    Mark,
    NewsItem,
    Resolution,
    RoomDecision,
    Tally,
    TallyLine,
    Teller,
    TextRevision,
    Vote,
    VoteOption,
    VoteRule,
    WrittenVote,
)
from tests.awards.polls import Poll

pytestmark = pytest.mark.django_db

HISTORY = "append-only"


class Refused:
    """The database refuses the block, with these words."""

    def __init__(self, *words):
        self.words = words

    def __enter__(self):
        self.expected = pytest.raises(IntegrityError)
        self.failure = self.expected.__enter__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, kind, failure, trace):
        try:
            left = self.atomic.__exit__(kind, failure, trace)
        finally:
            swallowed = left or self.expected.__exit__(kind, failure, trace)
        assert any(word in str(failure) for word in self.words), failure
        return swallowed


def alter(row, **columns):
    """By SQL, past the checks of forms and models."""
    type(row)._default_manager.filter(pk=row.pk).update(**columns)


def remove(row):
    type(row)._base_manager.filter(pk=row.pk)._raw_delete(using="default")


# --- what is fixed once it is opened, counted, cast or sealed

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


@pytest.fixture
def poll():
    return Poll().attend()


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


# --- CHECKs


def tallied(poll):
    vote = poll.prepare("a1", kind="other", on_paper=True)
    return Tally.objects.create(
        vote=vote, entered_by=poll.secretary, issued=5, returned=5, valid=4, invalid=1
    )


def news(poll):
    return NewsItem.objects.create(review=poll.review, title="Tin", text="Nội dung")


def agenda_item(poll):
    return AgendaItem.objects.create(conference=poll.conference, position=99, title="Khai mạc")


def resolution(poll):
    return poll.resolve("adopt_report")


def rule_anew(poll):
    """A rule can only be refused when it is written: it is never altered."""
    rule = poll.rule()
    rule.pk, rule.code = None, "anew"
    return rule


def election(poll):
    return poll.prepare("a1", "a2", kind="elect")


def proposal(poll):
    return Poll(slug="khoi-2", prefix="b").adopt().prepare()


ROWS = {
    "vote": lambda poll: poll.prepare("a1", kind="other"),
    "election": election,
    "proposal": proposal,
    "option": lambda poll: poll.prepare("a1", kind="other").options.get(),
    "rule": rule_anew,
    "tally": tallied,
    "item": agenda_item,
    "news": news,
    "resolution": resolution,
}
AT = datetime.datetime(2025, 2, 20, 8, tzinfo=datetime.UTC)
OPENED = {"entitled": 5, "present": 5, "definition_sha256": "a"}
COUNTED = {
    **OPENED,
    "status": "counted",
    "issued": 5,
    "returned": 4,
    "valid": 3,
    "blank": 1,
    "result_sha256": "b",
}
SHARES = {
    "threshold_known": [{"base": "most"}, {"comparator": "less"}],
    "threshold_is_a_share": [{"numerator": 0}, {"numerator": 3, "denominator": 2}],
}
WHOLE_RULES = {
    **SHARES,
    "rule_known": [{"absentees": "later"}, {"tie": "lot"}],
    "quorum_is_a_share": [
        {"quorum_numerator": 0, "quorum_denominator": 0},
        {"quorum_numerator": 3, "quorum_denominator": 2},
    ],
}
CHECKS = {
    **{("vote", f"vote_{name}"): broken for name, broken in WHOLE_RULES.items()},
    **{("rule", f"voterule_{name}"): broken for name, broken in WHOLE_RULES.items()},
    **{("resolution", f"resolution_{name}"): broken for name, broken in SHARES.items()},
    ("vote", "vote_status_known"): [{"status": "lost"}],
    ("vote", "vote_kind_known"): [{"kind": "adopt_report"}, {"form": "rank"}, {"method": "lot"}],
    ("vote", "vote_proposal_names_award"): [{"kind": "propose"}],
    ("proposal", "vote_proposal_names_award"): [{"award": None}, {"kind": "other"}],
    ("vote", "vote_election_names_office"): [{"office": "leader"}, {"kind": "elect"}],
    ("election", "vote_election_names_office"): [{"office": ""}, {"office": "member"}],
    ("vote", "vote_seats_plausible"): [{"seats": 0}, {"most": 0}, {"form": "elect", "most": 2}],
    ("election", "vote_seats_plausible"): [{"seats": 2}],
    ("vote", "vote_on_paper_is_secret"): [{"on_paper": True, "method": "consensus"}],
    ("vote", "vote_frozen_once_open"): [
        {"status": "open"},
        {**OPENED, "status": "open", "entitled": None},
        {**OPENED, "status": "open", "present": None},
        {**OPENED, "status": "open", "definition_sha256": ""},
    ],
    ("vote", "vote_numbers_once_counted"): [
        {"issued": 1},
        {"result_sha256": "b"},
        {**COUNTED, "status": "open"},
        {**COUNTED, "issued": 6},
        {**COUNTED, "returned": 6},
        {**COUNTED, "valid": 5},
        {**COUNTED, "blank": 5},
        {**COUNTED, "result_sha256": ""},
    ],
    ("option", "voteoption_is_something"): [{"membership": None}],
    ("tally", "tally_status_known"): [{"status": "lost"}],
    ("tally", "tally_numbers_agree"): [
        {"status": "entered", "returned": 6, "invalid": 2},
        {"status": "entered", "valid": 5},
        {"status": "entered", "invalid": 0},
        {"status": "entered", "issued": None},
        {"status": "entered", "valid": None},
    ],
    ("tally", "tally_settled_by_another"): [
        {"status": "confirmed"},
        {"status": "rejected"},
        {"status": "confirmed", "settled_by": "secretary"},
        {"status": "entered", "settled_by": "board"},
        {"settled_by": "board"},
    ],
    ("item", "agendaitem_kind_known"): [{"kind": "lunch"}],
    ("item", "agendaitem_minutes_plausible"): [{"planned_minutes": 0}, {"planned_minutes": 481}],
    ("item", "agendaitem_ends_after_it_begins"): [
        {"ended_at": AT},
        {"started_at": AT, "ended_at": AT - datetime.timedelta(minutes=1)},
    ],
    ("news", "newsitem_dated_once_published"): [
        {"status": "published"},
        {"published_at": AT},
        {"status": "lost"},
    ],
    ("resolution", "resolution_kind_known"): [{"kind": "dissolve"}],
    ("resolution", "resolution_votes_within_entitled"): [{"against": 1, "method": "show_of_hands"}],
    ("resolution", "resolution_consensus_without_objection"): [{"against": 1, "in_favour": 1}],
    ("resolution", "resolution_secret_ballot_was_held"): [{"method": "secret_ballot"}],
    ("resolution", "resolution_proposal_names_award"): [{"kind": "propose"}],
    ("resolution", "resolution_election_names_office"): [{"office": "leader"}, {"kind": "elect"}],
    ("resolution", "resolution_names_member"): [{"membership": "a1"}],
}
BREAKS = [(row, name, broken) for (row, name), many in CHECKS.items() for broken in many]


@pytest.mark.parametrize(("row", "name", "broken"), BREAKS)
def test_each_check_refuses_what_breaks_it(poll, row, name, broken):
    record = ROWS[row](poll)
    people = {"secretary": poll.secretary, "board": poll.board}
    values = {column: people.get(value, value) for column, value in broken.items()}
    if values.get("membership"):
        values["membership"] = poll.membership(values["membership"])
    # One broken row may break several checks; the database names the first that it meets.
    with Refused(name, *also_broken_by(broken)):
        if record.pk is None:
            for column, value in values.items():
                setattr(record, column, value)
            record.save(force_insert=True)
        else:
            alter(record, **values)


def also_broken_by(broken):
    """Of rows that cannot break one check without another."""
    if broken.get("kind") in ("propose", "elect"):
        return ("_names_award", "_names_office", "_names_member")
    if broken.get("kind") in ("dissolve", "adopt_report"):
        return ("_kind_known",)
    return ("vote_frozen_once_open",) if broken.get("status") == "lost" else ()


def test_every_check_of_these_models_is_broken_by_a_test():
    guarded = (Vote, VoteOption, VoteRule, Tally, TallyLine, Teller, AgendaItem, NewsItem)
    names = {
        constraint.name
        for model in (*guarded, Resolution, Mark, WrittenVote, BallotBox)
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
    }
    assert names == {name for _row, name in CHECKS}


# --- one of a kind


def test_one_of_a_kind(poll):
    vote = poll.prepare("a1", kind="other")
    a1, conference = poll.membership("a1"), poll.conference
    with Refused("UNIQUE", "vote_number_once"):
        alter(poll.prepare("a1", kind="other"), number=vote.number)
    with Refused("UNIQUE", "voteoption_place_once"):
        VoteOption.objects.create(vote=vote, position=1, text="Khác")
    with Refused("UNIQUE", "voteoption_member_once"):
        VoteOption.objects.create(vote=vote, position=2, membership=a1)
    WrittenVote.objects.create(vote=vote, membership=a1, paper="y")
    with Refused("UNIQUE", "writtenvote_once"):
        WrittenVote.objects.create(vote=vote, membership=a1, paper="n")
    Teller.objects.create(conference=conference, name="Một", is_head=True, user=poll.secretary)
    with Refused("UNIQUE", "teller_one_head"):
        Teller.objects.create(conference=conference, name="Hai", is_head=True)
    with Refused("UNIQUE", "teller_account_once"):
        Teller.objects.create(conference=conference, name="Ba", user=poll.secretary)


def test_one_tally_at_a_time_and_a_line_per_option(poll):
    tally = tallied(poll)
    again = {"vote": tally.vote, "entered_by": poll.board}
    with Refused("UNIQUE", "tally_one_at_a_time"):
        Tally.objects.create(**again)
    option = tally.vote.options.get()
    TallyLine.objects.create(tally=tally, option=option)
    with Refused("UNIQUE", "tallyline_once"):
        TallyLine.objects.create(tally=tally, option=option)
    alter(tally, status="rejected", settled_by=poll.board)
    Tally.objects.create(**again)


def test_names_and_codes_of_rules(poll):
    with Refused("UNIQUE", "voterule_code_once_in_the_catalogue"):
        rule = poll.rule()
        rule.pk = None
        rule.save(force_insert=True)
    own = {"bloc": poll.bloc, "name": "Điều 5"}
    first = VoteRule.objects.create(**own)
    with Refused("UNIQUE", "voterule_name_once_per_bloc"):
        VoteRule.objects.create(**own)
    alter(first, is_retired=True)
    VoteRule.objects.create(**own)


def test_a_decision_of_the_room_is_voted_whole_or_not():
    names = {constraint.name for constraint in RoomDecision._meta.constraints}
    assert names == {"roomdecision_voted_whole_or_not"}


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
