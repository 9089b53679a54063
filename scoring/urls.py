"""Addresses of criteria, sheets, evidence, appraisal and the summary."""

from __future__ import annotations

from django.urls import path

from scoring.views import (
    appraisal,
    criteria,
    criterion_appraisal,
    evidence,
    exports,
    findings,
    library,
    objections,
    provisional,
    sheets,
    standings,
    summaries,
    trials,
    workbooks,
)

app_name = "scoring"

urlpatterns = [
    # criteria
    path("<slug:bloc>/<int:year>/criteria/", criteria.criteria_detail, name="criteria_detail"),
    path(
        "<slug:bloc>/<int:year>/criteria/upload/", criteria.criteria_upload, name="criteria_upload"
    ),
    path(
        "<slug:bloc>/<int:year>/criteria/download/",
        criteria.criteria_download,
        name="criteria_download",
    ),
    path(
        "<slug:bloc>/<int:year>/criteria/workbook/",
        workbooks.criteria_workbook,
        name="criteria_workbook",
    ),
    path("<slug:bloc>/<int:year>/criteria/trial/", trials.criteria_trial, name="criteria_trial"),
    path("<slug:bloc>/<int:year>/criteria/adopt/", criteria.criteria_adopt, name="criteria_adopt"),
    path(
        "<slug:bloc>/<int:year>/criteria/exemptions/", criteria.exemption_add, name="exemption_add"
    ),
    path(
        "<slug:bloc>/<int:year>/criteria/exemptions/<int:pk>/lift/",
        criteria.exemption_lift,
        name="exemption_lift",
    ),
    path(
        "<slug:bloc>/<int:year>/criteria/<int:pk>/source/",
        criteria.source_choose,
        name="source_choose",
    ),
    # sheets
    path("<slug:bloc>/<int:year>/sheet/", sheets.sheet_own, name="sheet_own"),
    path("<slug:bloc>/<int:year>/sheets/", sheets.sheet_list, name="sheet_list"),
    path("<slug:bloc>/<int:year>/sheets/<slug:agency>/", sheets.sheet_detail, name="sheet_detail"),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/groups/<int:pk>/",
        sheets.group_save,
        name="group_save",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/scores/<int:pk>/",
        sheets.score_save,
        name="score_save",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/history/",
        sheets.sheet_history,
        name="sheet_history",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/history/<int:pk>/",
        sheets.criterion_history,
        name="criterion_history",
    ),
    path("<slug:bloc>/<int:year>/sheets/<slug:agency>/send/", sheets.sheet_send, name="sheet_send"),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/take-back/",
        sheets.sheet_take_back,
        name="sheet_take_back",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/submit/",
        sheets.sheet_submit,
        name="sheet_submit",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/recall/",
        sheets.sheet_recall,
        name="sheet_recall",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/extend/",
        sheets.extension_grant,
        name="extension_grant",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/appraiser/",
        sheets.appraiser_name,
        name="appraiser_name",
    ),
    path(
        "<slug:bloc>/<int:year>/self-scoring/open/",
        sheets.self_scoring_open,
        name="self_scoring_open",
    ),
    # a sheet as a workbook
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/workbook/",
        workbooks.workbook_download,
        name="workbook_download",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/workbook/upload/",
        workbooks.workbook_upload,
        name="workbook_upload",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/workbook/apply/",
        workbooks.workbook_apply,
        name="workbook_apply",
    ),
    # evidence
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/evidence/",
        library.evidence_list,
        name="evidence_list",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/evidence/new/",
        library.evidence_create,
        name="evidence_create",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/evidence/<int:pk>/replace/",
        library.evidence_replace,
        name="evidence_replace",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/evidence/<int:pk>/criteria/",
        library.evidence_prove,
        name="evidence_prove",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/evidence/<int:pk>/take-out/",
        library.evidence_take_out,
        name="evidence_take_out",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/scores/<int:pk>/evidence/",
        evidence.evidence_add,
        name="evidence_add",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/scores/<int:pk>/evidence/<int:evidence>/remove/",
        evidence.evidence_remove,
        name="evidence_remove",
    ),
    path("evidence/<int:pk>/", evidence.evidence_download, name="evidence_download"),
    # appraisal
    path("<slug:bloc>/<int:year>/appraisal/open/", appraisal.appraisal_open, name="appraisal_open"),
    path(
        "<slug:bloc>/<int:year>/appraisal/",
        criterion_appraisal.appraisal_list,
        name="appraisal_list",
    ),
    path(
        "<slug:bloc>/<int:year>/appraisal/<int:pk>/",
        criterion_appraisal.criterion_appraise,
        name="criterion_appraise",
    ),
    path(
        "<slug:bloc>/<int:year>/appraisal/<int:pk>/accept/",
        criterion_appraisal.criterion_accept,
        name="criterion_accept",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/scores/<int:pk>/appraise/",
        appraisal.score_appraise,
        name="score_appraise",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/accept/",
        appraisal.score_accept,
        name="score_accept",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/finish/",
        appraisal.appraisal_finish,
        name="appraisal_finish",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/return/",
        appraisal.sheet_return,
        name="sheet_return",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/resume/",
        appraisal.appraisal_resume,
        name="appraisal_resume",
    ),
    # objections
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/scores/<int:pk>/objection/",
        objections.objection_raise,
        name="objection_raise",
    ),
    path(
        "<slug:bloc>/<int:year>/sheets/<slug:agency>/agree/",
        objections.appraisal_accept,
        name="appraisal_accept",
    ),
    path("<slug:bloc>/<int:year>/objections/", objections.objection_list, name="objection_list"),
    path(
        "<slug:bloc>/<int:year>/objections/<int:pk>/",
        objections.objection_detail,
        name="objection_detail",
    ),
    path(
        "<slug:bloc>/<int:year>/objections/<int:pk>/carry/",
        objections.objection_carry,
        name="objection_carry",
    ),
    path(
        "<slug:bloc>/<int:year>/objections/<int:pk>/withdraw/",
        objections.objection_withdraw,
        name="objection_withdraw",
    ),
    # provisional figures
    path(
        "<slug:bloc>/<int:year>/provisional/",
        provisional.provisional_list,
        name="provisional_list",
    ),
    path(
        "<slug:bloc>/<int:year>/provisional/<int:pk>/",
        provisional.final_confirm,
        name="final_confirm",
    ),
    # findings
    path("<slug:bloc>/<int:year>/findings/", findings.finding_list, name="finding_list"),
    path("<slug:bloc>/<int:year>/findings/new/", findings.finding_record, name="finding_record"),
    path(
        "<slug:bloc>/<int:year>/findings/<int:pk>/lift/", findings.finding_lift, name="finding_lift"
    ),
    # summaries
    path("<slug:bloc>/<int:year>/summary/", summaries.summary_detail, name="summary_detail"),
    path(
        "<slug:bloc>/<int:year>/summary/approve/", summaries.summary_approve, name="summary_approve"
    ),
    path(
        "<slug:bloc>/<int:year>/summary/detail/",
        standings.summary_criteria,
        name="summary_criteria",
    ),
    path("<slug:bloc>/<int:year>/summary/charts/", standings.summary_charts, name="summary_charts"),
    path(
        "<slug:bloc>/<int:year>/summary/changes/", standings.summary_changes, name="summary_changes"
    ),
    path("<slug:bloc>/<int:year>/summary/trend/", standings.summary_trend, name="summary_trend"),
    path("<slug:bloc>/<int:year>/summary/table.json", exports.summary_json, name="summary_json"),
    path(
        "<slug:bloc>/<int:year>/summary/table.xlsx",
        exports.summary_workbook,
        name="summary_workbook",
    ),
    # last: an agency's slug could be one of the words above
    path(
        "<slug:bloc>/<int:year>/summary/<slug:agency>/",
        standings.summary_member,
        name="summary_member",
    ),
]
