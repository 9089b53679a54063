"""What happens at the conference, to the papers and to the proposals: writes that have a rule."""

from .attendance import Presence, record_attendance
from .casting import AlreadyVoted, cast_paper, close_ballot, record_written_vote
from .conference import (
    add_delegate,
    add_remark,
    agree_score,
    close_conference,
    open_conference,
    plan_conference,
    record_handover,
    remove_delegate,
    remove_remark,
    settle_objection,
)
from .papers import issue, write_text
from .proposals import (
    decide,
    receive_dossier,
    return_dossier,
    submit_dossier,
    uphold_proposal,
    withdraw_proposal,
    write_grounds,
)
from .resolutions import Votes, remove_resolution, resolve
from .rules import add_rule, retire_rule
from .votes import (
    Question,
    announce_vote,
    begin_next_round,
    cancel_vote,
    count_hands,
    open_vote,
    prepare_vote,
    repeat_on_paper,
)

__all__ = [
    "AlreadyVoted",
    "Presence",
    "Question",
    "Votes",
    "add_delegate",
    "add_remark",
    "add_rule",
    "agree_score",
    "announce_vote",
    "begin_next_round",
    "cancel_vote",
    "cast_paper",
    "close_ballot",
    "close_conference",
    "count_hands",
    "decide",
    "issue",
    "open_conference",
    "open_vote",
    "plan_conference",
    "prepare_vote",
    "receive_dossier",
    "record_attendance",
    "record_handover",
    "record_written_vote",
    "remove_delegate",
    "remove_remark",
    "remove_resolution",
    "repeat_on_paper",
    "resolve",
    "retire_rule",
    "return_dossier",
    "settle_objection",
    "submit_dossier",
    "uphold_proposal",
    "withdraw_proposal",
    "write_grounds",
    "write_text",
]
