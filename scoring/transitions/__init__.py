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
from .criteria import adopt_criteria, choose_source, exempt, lift_exemption, upload_criteria
from .evidence import add_evidence, attach_evidence, remove_evidence
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
    "accept",
    "add_evidence",
    "adopt_criteria",
    "adopt_summary",
    "agree",
    "appraise",
    "approve_summary",
    "attach_evidence",
    "choose_source",
    "claim",
    "exempt",
    "fill_from_workbook",
    "finish_appraisal",
    "grant_extension",
    "lift_exemption",
    "name_appraiser",
    "open_appraisal",
    "open_self_scoring",
    "recall",
    "remove_evidence",
    "resume_appraisal",
    "return_sheet",
    "send_to_head",
    "submit",
    "take_back",
    "upload_criteria",
]
