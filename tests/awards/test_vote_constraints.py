"""What the database itself refuses of votes, ballots, tallies, rules, agendas and news."""

from __future__ import annotations

import datetime

import pytest
from django.db import models

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
    Vote,
    VoteOption,
    VoteRule,
    WrittenVote,
)
from tests.awards.polls import Poll
from tests.awards.refusals import Refused, alter, news, tallied

pytestmark = pytest.mark.django_db


def build_world():
    return Poll().attend()


@pytest.fixture
def poll(world):
    return world


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
    ("vote", "vote_again_on_proposals_only"): [
        {"is_again": True, "kind": "other", "award": None},
    ],
    ("vote", "vote_numbers_agree"): [
        {"issued": 1},
        {"result_sha256": "b"},
        {**COUNTED, "issued": 6},
        {**COUNTED, "returned": 6},
        {**COUNTED, "valid": 5},
        {**COUNTED, "blank": 5},
        {**COUNTED, "valid": None},
        {**COUNTED, "result_sha256": ""},
    ],
    ("vote", "vote_numbers_once_counted"): [{**COUNTED, "status": "open"}],
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
    if broken.get("status") == "lost":
        return ("vote_frozen_once_open", "tally_settled_by_another")
    return ()


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
