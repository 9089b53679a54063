"""Who gets what at each address: GET, then an empty POST.

The roles in their order: anonymous, stranger, officer and head of a member, secretary (officer of
the leading agency), leader, deputy, board. The review is in preparation, being appraised, or with
the province.
"""

from __future__ import annotations

TABLE: dict[str, tuple[str, str, str]] = {
    "home": (
        "appraised",
        "302 200 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "healthz": (
        "appraised",
        "200 200 200 200 200 200 200 200",
        "200 200 200 200 200 200 200 200",
    ),
    "set_language": (
        "appraised",
        "302 302 302 302 302 302 302 302",
        "302 302 302 302 302 302 302 302",
    ),
    "login": (
        "appraised",
        "200 200 200 200 200 200 200 200",
        "200 200 200 200 200 200 200 200",
    ),
    "logout": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 302 302 302 302 302 302 302",
    ),
    "password_change": (
        "appraised",
        "302 200 200 200 200 200 200 200",
        "302 200 200 200 200 200 200 200",
    ),
    "password_change_done": (
        "appraised",
        "302 200 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "blocs:agency_list": (
        "appraised",
        "302 200 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "blocs:agency_create": (
        "appraised",
        "302 403 403 403 403 403 403 200",
        "302 403 403 403 403 403 403 200",
    ),
    "blocs:agency_detail": (
        "appraised",
        "302 200 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "blocs:agency_rename": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 403 403 403 403 403 403 422",
    ),
    "blocs:delegation_set": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 403 403 302 403 403 403 302",
    ),
    "blocs:user_list": (
        "appraised",
        "302 403 403 403 403 403 403 200",
        "302 405 405 405 405 405 405 405",
    ),
    "blocs:user_create": (
        "appraised",
        "302 403 403 403 403 403 403 200",
        "302 403 403 403 403 403 403 200",
    ),
    "blocs:user_edit": (
        "appraised",
        "302 403 403 403 403 403 403 200",
        "302 403 403 403 403 403 403 200",
    ),
    "blocs:bloc_list": (
        "appraised",
        "302 403 403 403 403 403 403 200",
        "302 405 405 405 405 405 405 405",
    ),
    "blocs:bloc_create": (
        "appraised",
        "302 403 403 403 403 403 403 200",
        "302 403 403 403 403 403 403 200",
    ),
    "blocs:bloc_edit": (
        "appraised",
        "302 403 403 403 403 403 403 200",
        "302 403 403 403 403 403 403 200",
    ),
    "blocs:review_create": (
        "appraised",
        "302 403 403 403 403 403 403 200",
        "302 403 403 403 403 403 403 422",
    ),
    "blocs:calendar": (
        "prepared",
        "302 404 200 200 200 200 200 200",
        "302 404 403 403 200 200 403 200",
    ),
    "blocs:review_close": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 403 403 302",
    ),
    "blocs:member_list": (
        "prepared",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "blocs:member_add": (
        "prepared",
        "302 404 403 403 403 403 403 200",
        "302 404 403 403 403 403 403 200",
    ),
    "blocs:office_assign": (
        "prepared",
        "302 404 403 403 403 403 403 200",
        "302 404 403 403 403 403 403 200",
    ),
    "blocs:ranking_set": (
        "prepared",
        "302 404 403 403 403 403 403 200",
        "302 404 403 403 403 403 403 200",
    ),
    "blocs:member_remove": (
        "prepared",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 403 403 302",
    ),
    "blocs:activity_list": (
        "prepared",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "blocs:registration_record": (
        "prepared",
        "302 404 403 403 200 200 403 403",
        "302 404 403 403 200 200 403 403",
    ),
    "blocs:meeting_create": (
        "prepared",
        "302 404 403 403 200 200 403 403",
        "302 404 403 403 200 200 403 403",
    ),
    "blocs:meeting_edit": (
        "prepared",
        "302 404 403 403 200 200 403 403",
        "302 404 403 403 200 200 403 403",
    ),
    "blocs:meeting_remove": (
        "prepared",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 403 403",
    ),
    "blocs:report_list": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "blocs:report_detail": (
        "submitted",
        "302 404 200 200 200 200 403 200",
        "302 404 403 403 403 403 403 403",
    ),
    "scoring:criteria_detail": (
        "prepared",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:criteria_upload": (
        "prepared",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 422",
    ),
    "scoring:criteria_download": (
        "prepared",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:criteria_trial": (
        "prepared",
        "302 404 403 403 200 200 403 200",
        "302 404 403 403 422 422 403 422",
    ),
    "scoring:criteria_adopt": (
        "prepared",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 422",
    ),
    "scoring:exemption_add": (
        "prepared",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 422",
    ),
    "scoring:exemption_lift": (
        "prepared",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 403 302",
    ),
    "scoring:source_choose": (
        "prepared",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 422",
    ),
    "scoring:sheet_own": (
        "appraised",
        "302 404 302 302 302 302 302 200",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:sheet_list": (
        "appraised",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:sheet_detail": (
        "appraised",
        "302 404 200 200 200 200 404 404",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:group_save": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 302 302 302 302 404 404",
    ),
    "scoring:score_save": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 422 422 403 403 404 404",
    ),
    "scoring:sheet_history": (
        "appraised",
        "302 404 200 200 200 200 404 404",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:criterion_history": (
        "appraised",
        "302 404 200 200 200 200 404 404",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:objection_raise": (
        "appraised",
        "302 404 403 403 403 403 404 404",
        "302 404 422 422 403 403 404 404",
    ),
    "scoring:appraisal_accept": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 403 404 404",
    ),
    "scoring:objection_list": (
        "appraised",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:objection_detail": (
        "appraised",
        "302 404 404 404 200 200 200 404",
        "302 404 404 404 200 200 403 404",
    ),
    "scoring:objection_carry": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 404 404 403 302 403 404",
    ),
    "scoring:objection_withdraw": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 404 404 403 403 302 404",
    ),
    "scoring:provisional_list": (
        "appraised",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:final_confirm": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 404 404",
    ),
    "scoring:finding_list": (
        "appraised",
        "302 404 403 403 200 200 403 200",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:finding_record": (
        "appraised",
        "302 404 403 403 200 200 403 200",
        "302 404 403 403 200 200 403 200",
    ),
    "scoring:finding_lift": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 422",
    ),
    "awards:objection_settle": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 404 404 403 403",
    ),
    "awards:reopening": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:reopening_ask": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 422 403 403",
    ),
    "awards:reopening_grant": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 404 404",
    ),
    "awards:reopening_refuse": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 404 404",
    ),
    "awards:reopening_adopt": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 404 404 404 404 404 404",
    ),
    "awards:award_history": (
        "appraised",
        "302 403 200 200 200 200 403 200",
        "302 403 422 422 403 403 403 422",
    ),
    "awards:past_award_change": (
        "appraised",
        "302 403 200 200 403 403 403 200",
        "302 403 422 422 403 403 403 422",
    ),
    "awards:past_award_remove": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 403 302 302 403 403 403 302",
    ),
    "awards:proposal_workbook": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:proposal_uphold": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 302 403 403",
    ),
    "awards:proposal_withdraw": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 302 403 403",
    ),
    "scoring:sheet_send": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 302 302 302 302 404 404",
    ),
    "scoring:sheet_take_back": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 403 404 404",
    ),
    "scoring:sheet_submit": (
        "appraised",
        "302 404 200 200 403 403 404 404",
        "302 404 302 302 403 403 404 404",
    ),
    "scoring:sheet_recall": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 403 404 404",
    ),
    "scoring:extension_grant": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 403 403 403",
    ),
    "scoring:appraiser_name": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 422 403 422",
    ),
    "scoring:self_scoring_open": (
        "prepared",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 302 403 302",
    ),
    "scoring:evidence_list": (
        "appraised",
        "302 404 200 200 200 200 404 404",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:evidence_create": (
        "appraised",
        "302 404 403 403 403 403 404 404",
        "302 404 403 403 403 403 404 404",
    ),
    "scoring:evidence_replace": (
        "appraised",
        "302 404 403 403 403 403 404 404",
        "302 404 403 403 403 403 404 404",
    ),
    "scoring:evidence_prove": (
        "appraised",
        "302 404 403 403 403 403 404 404",
        "302 404 403 403 403 403 404 404",
    ),
    "scoring:evidence_take_out": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 403 404 404",
    ),
    "scoring:evidence_add": (
        "appraised",
        "302 404 200 200 403 403 404 404",
        "302 404 422 422 403 403 404 404",
    ),
    "scoring:evidence_remove": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 403 404 404",
    ),
    "scoring:evidence_download": (
        "appraised",
        "302 404 200 200 200 200 404 404",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:appraisal_open": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 302 302 302 302 302 302",
    ),
    "scoring:appraisal_list": (
        "appraised",
        "302 404 403 403 200 200 200 403",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:criterion_appraise": (
        "appraised",
        "302 404 403 403 200 200 200 403",
        "302 404 403 403 302 302 302 403",
    ),
    "scoring:criterion_accept": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 302 403",
    ),
    "scoring:score_appraise": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 404 404",
    ),
    "scoring:score_accept": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 404 404",
    ),
    "scoring:appraisal_finish": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 302 404 404",
    ),
    "scoring:sheet_return": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 422 404 404",
    ),
    "scoring:appraisal_resume": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 403 404 404",
    ),
    "scoring:summary_detail": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:summary_criteria": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:summary_charts": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:summary_changes": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:summary_trend": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:summary_json": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:summary_workbook": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:summary_member": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:summary_approve": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 302 403 403",
    ),
    "awards:minutes_read": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:text_history": (
        "submitted",
        "302 404 403 403 200 200 403 403",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:conference_detail": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:conference_plan": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:conference_open": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 403 403",
    ),
    "awards:agenda_item_add": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:agenda_lay_out": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 403 403",
    ),
    "awards:agenda_item_change": (
        "submitted",
        "302 404 403 403 403 403 403 403",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:agenda_item_move": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 403 403",
    ),
    "awards:agenda_item_remove": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 403 403",
    ),
    "awards:agenda_item_go": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 403 403",
    ),
    "awards:outcome_write": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:console": (
        "submitted",
        "302 404 403 403 200 200 403 403",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:screen": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:attendance_record": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:delegate_add": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:delegate_remove": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 403 403",
    ),
    "awards:teller_name": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:teller_remove": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 403 403",
    ),
    "awards:ballot_papers": (
        "submitted",
        "302 404 403 403 403 403 403 403",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:ballot_minutes": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:vote_tally": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 404 422 403 403 403 403 422",
    ),
    "awards:tally_begin": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 302 403 403 403 403 302",
    ),
    "awards:tally_take_over": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 302 403 403 403 403 302",
    ),
    "awards:tally_send": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 422 403 403 403 403 422",
    ),
    "awards:tally_confirm": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 422 403 403 403 403 422",
    ),
    "awards:tally_reject": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 422 403 403 403 403 422",
    ),
    "awards:tally_scan": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 422 403 403 403 403 422",
    ),
    "awards:scan_download": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:remark_add": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:remark_remove": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 403 403",
    ),
    "awards:score_choose": (
        "submitted",
        "302 404 403 403 422 422 403 403",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:score_agree": (
        "submitted",
        "302 404 403 403 200 200 403 403",
        "302 404 403 403 200 200 403 403",
    ),
    "awards:handover_record": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:conference_close": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 422 403 403",
    ),
    "awards:resolution_create": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:resolution_remove": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 403 403",
    ),
    "awards:rule_list": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 404 403 403 403 422 403 403",
    ),
    "awards:rule_retire": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 302 403 403",
    ),
    "awards:evidence_paper": (
        "appraised",
        "302 404 200 200 200 200 404 404",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:document_list": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:flag": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:handover_paper": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:document_draft": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:document_word": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:text_edit": (
        "submitted",
        "302 404 403 403 403 403 403 403",
        "302 404 403 403 302 302 403 403",
    ),
    "awards:text_pull": (
        "submitted",
        "302 404 403 403 403 403 403 403",
        "302 404 403 403 403 403 403 403",
    ),
    "awards:document_issue": (
        "submitted",
        "302 404 403 403 403 403 403 403",
        "302 404 403 403 403 200 403 403",
    ),
    "awards:invitation_copies": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:invitation_part": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:dossier_print": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 404 302 302 302 302 302 302",
    ),
    "awards:paper_print": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 404 302 302 302 302 302 302",
    ),
    # a person's own; that of the leader, still waiting
    "awards:job_detail": (
        "submitted",
        "302 404 404 404 404 200 404 404",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:job_resume": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 404 404 404 302 404 404",
    ),
    "awards:job_pdf": (
        "submitted",
        "302 404 404 404 404 404 404 404",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:job_archive": (
        "submitted",
        "302 404 404 404 404 404 404 404",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:document_issued": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:document_detail": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:draft_check": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 404 422 422 422 422 422 422",
    ),
    "awards:document_withdraw": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 422 403 403",
    ),
    "awards:copy_attach": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:copy_download": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:document_check": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 404 422 422 422 422 422 422",
    ),
    "awards:news_list": (
        "submitted",
        "302 200 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:news_detail": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:news_draft": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 403 403",
    ),
    "awards:news_edit": (
        "submitted",
        "302 404 403 403 200 200 403 403",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:news_publish": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 403 403",
    ),
    "awards:news_withdraw": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:photo_list": (
        "submitted",
        "302 404 403 403 200 200 403 403",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:photo_image": (
        "submitted",
        "302 404 404 404 200 200 404 404",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:photo_caption": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:photo_move": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 403 403",
    ),
    "awards:photo_remove": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 403 403",
    ),
    "awards:proposal_list": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:grounds_write": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:dossier_submit": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 302 403 403",
    ),
    "awards:board": (
        "appraised",
        "302 403 403 403 403 403 403 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:layout_edit": (
        "appraised",
        "302 403 403 403 403 403 403 200",
        "302 403 403 403 403 403 403 422",
    ),
    "awards:layout_sample": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 403 403 403 403 403 403 422",
    ),
    "awards:dossier_detail": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:dossier_receive": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 403 403 302",
    ),
    "awards:dossier_return": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 403 403 422",
    ),
    "awards:proposal_decide": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 403 403 422",
    ),
    "review_detail": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:criteria_workbook": (
        "prepared",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:workbook_download": (
        "appraised",
        "302 404 200 200 200 200 404 404",
        "302 405 405 405 405 405 405 405",
    ),
    "scoring:workbook_upload": (
        "appraised",
        "302 404 200 200 403 403 404 404",
        "302 404 422 422 403 403 404 404",
    ),
    "scoring:workbook_apply": (
        "appraised",
        "302 405 405 405 405 405 405 405",
        "302 404 302 302 403 403 404 404",
    ),
    "awards:vote_list": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:vote_prepare": (
        "submitted",
        "302 404 403 403 200 200 403 403",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:vote_detail": (
        "submitted",
        "302 404 200 200 200 200 200 200",
        "302 405 405 405 405 405 405 405",
    ),
    "awards:vote_edit": (
        "submitted",
        "302 404 403 403 302 302 403 403",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:vote_open": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 302 403 403",
    ),
    "awards:vote_cast": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 403 403 403",
    ),
    "awards:vote_annul": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 422 403 403",
    ),
    "awards:vote_write": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 403 403",
    ),
    "awards:vote_count": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 422 422 403 403",
    ),
    "awards:vote_close": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 302 403 403",
    ),
    "awards:vote_announce": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 422 403 403",
    ),
    "awards:vote_cancel": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 403 422 403 403",
    ),
    "awards:vote_next_round": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 403 403",
    ),
    "awards:vote_on_paper": (
        "submitted",
        "302 405 405 405 405 405 405 405",
        "302 404 403 403 302 302 403 403",
    ),
}
