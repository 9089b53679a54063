"""What happens at the conference, to the papers and to the proposals: writes that have a rule."""

from .conference import (
    add_delegate,
    add_remark,
    agree_score,
    close_conference,
    open_conference,
    plan_conference,
    record_attendance,
    record_handover,
    remove_delegate,
    remove_remark,
    remove_resolution,
    resolve,
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

__all__ = [
    "add_delegate",
    "add_remark",
    "agree_score",
    "close_conference",
    "decide",
    "issue",
    "open_conference",
    "plan_conference",
    "receive_dossier",
    "record_attendance",
    "record_handover",
    "remove_delegate",
    "remove_remark",
    "remove_resolution",
    "resolve",
    "return_dossier",
    "settle_objection",
    "submit_dossier",
    "uphold_proposal",
    "withdraw_proposal",
    "write_grounds",
    "write_text",
]
