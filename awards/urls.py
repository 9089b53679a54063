"""Addresses of the conference, the papers, the proposals and the board."""

from __future__ import annotations

from django.urls import path

from awards.views import (
    agenda_items,
    board,
    conference,
    console,
    documents,
    evidence,
    proposals,
    reopenings,
    resolutions,
    scores,
    screen,
)

app_name = "awards"

urlpatterns = [
    # conference
    path(
        "<slug:bloc>/<int:year>/conference/", conference.conference_detail, name="conference_detail"
    ),
    path(
        "<slug:bloc>/<int:year>/conference/plan/",
        conference.conference_plan,
        name="conference_plan",
    ),
    path(
        "<slug:bloc>/<int:year>/conference/open/",
        conference.conference_open,
        name="conference_open",
    ),
    # the agenda, the chair's console, the projector
    path(
        "<slug:bloc>/<int:year>/conference/agenda/",
        agenda_items.agenda_item_add,
        name="agenda_item_add",
    ),
    path(
        "<slug:bloc>/<int:year>/conference/agenda/lay-out/",
        agenda_items.agenda_lay_out,
        name="agenda_lay_out",
    ),
    path(
        "<slug:bloc>/<int:year>/conference/agenda/<int:pk>/",
        agenda_items.agenda_item_change,
        name="agenda_item_change",
    ),
    path(
        "<slug:bloc>/<int:year>/conference/agenda/<int:pk>/move/",
        agenda_items.agenda_item_move,
        name="agenda_item_move",
    ),
    path(
        "<slug:bloc>/<int:year>/conference/agenda/<int:pk>/remove/",
        agenda_items.agenda_item_remove,
        name="agenda_item_remove",
    ),
    path(
        "<slug:bloc>/<int:year>/conference/agenda/<int:pk>/go/",
        console.agenda_item_go,
        name="agenda_item_go",
    ),
    path(
        "<slug:bloc>/<int:year>/conference/agenda/<int:pk>/outcome/",
        console.outcome_write,
        name="outcome_write",
    ),
    path("<slug:bloc>/<int:year>/conference/console/", console.console, name="console"),
    path("<slug:bloc>/<int:year>/conference/screen/", screen.screen, name="screen"),
    # what the conference records
    path(
        "<slug:bloc>/<int:year>/conference/attendance/",
        conference.attendance_record,
        name="attendance_record",
    ),
    path(
        "<slug:bloc>/<int:year>/conference/delegates/", conference.delegate_add, name="delegate_add"
    ),
    path(
        "<slug:bloc>/<int:year>/conference/delegates/<int:pk>/remove/",
        conference.delegate_remove,
        name="delegate_remove",
    ),
    path("<slug:bloc>/<int:year>/conference/remarks/", conference.remark_add, name="remark_add"),
    path(
        "<slug:bloc>/<int:year>/conference/remarks/<int:pk>/remove/",
        conference.remark_remove,
        name="remark_remove",
    ),
    path(
        "<slug:bloc>/<int:year>/conference/scores/",
        scores.score_choose,
        name="score_choose",
    ),
    path(
        "<slug:bloc>/<int:year>/conference/scores/<int:pk>/",
        scores.score_agree,
        name="score_agree",
    ),
    path(
        "<slug:bloc>/<int:year>/conference/handover/",
        conference.handover_record,
        name="handover_record",
    ),
    path(
        "<slug:bloc>/<int:year>/conference/close/",
        conference.conference_close,
        name="conference_close",
    ),
    path(
        "<slug:bloc>/<int:year>/conference/objections/<int:pk>/settle/",
        scores.objection_settle,
        name="objection_settle",
    ),
    # the adopted table opened again
    path("<slug:bloc>/<int:year>/reopening/", reopenings.reopening, name="reopening"),
    path("<slug:bloc>/<int:year>/reopening/ask/", reopenings.reopening_ask, name="reopening_ask"),
    path(
        "<slug:bloc>/<int:year>/reopening/grant/",
        reopenings.reopening_grant,
        name="reopening_grant",
    ),
    path(
        "<slug:bloc>/<int:year>/reopening/refuse/",
        reopenings.reopening_refuse,
        name="reopening_refuse",
    ),
    path(
        "<slug:bloc>/<int:year>/reopening/adopt/",
        reopenings.reopening_adopt,
        name="reopening_adopt",
    ),
    # resolutions
    path(
        "<slug:bloc>/<int:year>/conference/resolutions/new/<slug:kind>/",
        resolutions.resolution_create,
        name="resolution_create",
    ),
    path(
        "<slug:bloc>/<int:year>/conference/resolutions/<int:pk>/remove/",
        resolutions.resolution_remove,
        name="resolution_remove",
    ),
    # documents
    path("<slug:bloc>/<int:year>/documents/", documents.document_list, name="document_list"),
    # before the kinds of paper: an agency may be called "text"
    path(
        "<slug:bloc>/<int:year>/documents/evidence/<slug:agency>/",
        evidence.evidence_paper,
        name="evidence_paper",
    ),
    path(
        "<slug:bloc>/<int:year>/documents/<slug:kind>/draft/",
        documents.document_draft,
        name="document_draft",
    ),
    path(
        "<slug:bloc>/<int:year>/documents/<slug:kind>/text/", documents.text_edit, name="text_edit"
    ),
    path(
        "<slug:bloc>/<int:year>/documents/<slug:kind>/issue/",
        documents.document_issue,
        name="document_issue",
    ),
    path("documents/<int:pk>/", documents.document_issued, name="document_issued"),
    # proposals
    path("<slug:bloc>/<int:year>/proposals/", proposals.proposal_list, name="proposal_list"),
    path(
        "<slug:bloc>/<int:year>/proposals/<int:pk>/grounds/",
        proposals.grounds_write,
        name="grounds_write",
    ),
    path(
        "<slug:bloc>/<int:year>/proposals/<int:pk>/uphold/",
        proposals.proposal_uphold,
        name="proposal_uphold",
    ),
    path(
        "<slug:bloc>/<int:year>/proposals/<int:pk>/withdraw/",
        proposals.proposal_withdraw,
        name="proposal_withdraw",
    ),
    path(
        "<slug:bloc>/<int:year>/proposals/submit/", proposals.dossier_submit, name="dossier_submit"
    ),
    # board
    path("board/", board.board, name="board"),
    path("board/dossiers/<int:pk>/", board.dossier_detail, name="dossier_detail"),
    path("board/dossiers/<int:pk>/receive/", board.dossier_receive, name="dossier_receive"),
    path("board/dossiers/<int:pk>/return/", board.dossier_return, name="dossier_return"),
    path("board/proposals/<int:pk>/decide/", board.proposal_decide, name="proposal_decide"),
]
