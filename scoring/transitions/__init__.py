"""What happens to criteria, sheets, scores and the summary: every write that has a rule."""

from .appraisal import (
    accept,
    appraise,
    finish_appraisal,
    name_appraiser,
    open_appraisal,
    resume_appraisal,
    return_sheet,
)
from .criteria import (
    adopt_criteria,
    choose_source,
    copy_criteria,
    exempt,
    lift_exemption,
    upload_criteria,
)
from .evidence import (
    add_document,
    add_evidence,
    attach_evidence,
    remove_evidence,
    replace_evidence,
    set_proved,
    take_out,
)
from .findings import Report, lift_finding, record_finding
from .objections import (
    accept_appraisal,
    answer_objection,
    carry_objection,
    object_to,
    settle_objection,
    withdraw_objection,
)
from .provisional import confirm_final
from .reopenings import adopt_anew, ask_reopening, grant_reopening, refuse_reopening
from .sheets import (
    claim,
    fill_from_workbook,
    grant_extension,
    open_self_scoring,
    recall,
    send_to_head,
    submit,
    take_back,
)
from .summaries import adopt_summary, agree, approve_summary

__all__ = [
    "Report",
    "accept",
    "accept_appraisal",
    "add_document",
    "add_evidence",
    "adopt_anew",
    "adopt_criteria",
    "adopt_summary",
    "agree",
    "answer_objection",
    "appraise",
    "approve_summary",
    "ask_reopening",
    "attach_evidence",
    "carry_objection",
    "choose_source",
    "claim",
    "confirm_final",
    "copy_criteria",
    "exempt",
    "fill_from_workbook",
    "finish_appraisal",
    "grant_extension",
    "grant_reopening",
    "lift_exemption",
    "lift_finding",
    "name_appraiser",
    "object_to",
    "open_appraisal",
    "open_self_scoring",
    "recall",
    "record_finding",
    "refuse_reopening",
    "remove_evidence",
    "replace_evidence",
    "resume_appraisal",
    "return_sheet",
    "send_to_head",
    "set_proved",
    "settle_objection",
    "submit",
    "take_back",
    "take_out",
    "upload_criteria",
    "withdraw_objection",
]
