"""Addresses of the conference, the papers, the proposals and the board."""

from __future__ import annotations

from django.urls import path

from awards.views import (
    agenda_items,
    authenticity,
    award_history,
    ballot_papers,
    board,
    casting,
    conference,
    console,
    documents,
    evidence,
    flag,
    invitations,
    issued,
    layout,
    minutes,
    news,
    photos,
    printing,
    proposals,
    pulling,
    reopenings,
    resolutions,
    revisions,
    rules,
    scores,
    screen,
    tallies,
    tellers,
    votes,
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
        "<slug:bloc>/<int:year>/conference/handover/minutes/",
        flag.handover_paper,
        name="handover_paper",
    ),
    path("<slug:bloc>/<int:year>/flag/", flag.flag, name="flag"),
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
    # rules of voting
    path("<slug:bloc>/<int:year>/conference/rules/", rules.rule_list, name="rule_list"),
    path(
        "<slug:bloc>/<int:year>/conference/rules/<int:pk>/retire/",
        rules.rule_retire,
        name="rule_retire",
    ),
    # the ballot committee
    path("<slug:bloc>/<int:year>/conference/tellers/", tellers.teller_name, name="teller_name"),
    path(
        "<slug:bloc>/<int:year>/conference/tellers/<int:pk>/remove/",
        tellers.teller_remove,
        name="teller_remove",
    ),
    # votes/<number>/: printed papers, their count, the minutes of a ballot
    path(
        "<slug:bloc>/<int:year>/votes/<int:number>/papers/",
        ballot_papers.ballot_papers,
        name="ballot_papers",
    ),
    path(
        "<slug:bloc>/<int:year>/votes/<int:number>/minutes/",
        ballot_papers.ballot_minutes_paper,
        name="ballot_minutes",
    ),
    path("<slug:bloc>/<int:year>/votes/<int:number>/tally/", tallies.vote_tally, name="vote_tally"),
    path(
        "<slug:bloc>/<int:year>/votes/<int:number>/tally/begin/",
        tallies.tally_begin,
        name="tally_begin",
    ),
    path(
        "<slug:bloc>/<int:year>/votes/<int:number>/tally/take-over/",
        tallies.tally_take_over,
        name="tally_take_over",
    ),
    path(
        "<slug:bloc>/<int:year>/votes/<int:number>/tally/send/",
        tallies.tally_send,
        name="tally_send",
    ),
    path(
        "<slug:bloc>/<int:year>/votes/<int:number>/tally/confirm/",
        tallies.tally_confirm,
        name="tally_confirm",
    ),
    path(
        "<slug:bloc>/<int:year>/votes/<int:number>/tally/reject/",
        tallies.tally_reject,
        name="tally_reject",
    ),
    path(
        "<slug:bloc>/<int:year>/votes/<int:number>/tally/scan/",
        tallies.tally_scan,
        name="tally_scan",
    ),
    path(
        "<slug:bloc>/<int:year>/votes/<int:number>/tally/<int:pk>/scan/",
        tallies.scan_download,
        name="scan_download",
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
    path("<slug:bloc>/<int:year>/conference/minutes/", minutes.minutes_read, name="minutes_read"),
    # votes
    path("<slug:bloc>/<int:year>/votes/", votes.vote_list, name="vote_list"),
    path("<slug:bloc>/<int:year>/votes/new/", votes.vote_prepare, name="vote_prepare"),
    path("<slug:bloc>/<int:year>/votes/<int:number>/", votes.vote_detail, name="vote_detail"),
    path("<slug:bloc>/<int:year>/votes/<int:number>/edit/", votes.vote_edit, name="vote_edit"),
    path("<slug:bloc>/<int:year>/votes/<int:number>/open/", votes.vote_open, name="vote_open"),
    path("<slug:bloc>/<int:year>/votes/<int:number>/cast/", casting.vote_cast, name="vote_cast"),
    path("<slug:bloc>/<int:year>/votes/<int:number>/annul/", votes.vote_annul, name="vote_annul"),
    path(
        "<slug:bloc>/<int:year>/votes/<int:number>/written/", casting.vote_write, name="vote_write"
    ),
    path("<slug:bloc>/<int:year>/votes/<int:number>/count/", votes.vote_count, name="vote_count"),
    path("<slug:bloc>/<int:year>/votes/<int:number>/close/", votes.vote_close, name="vote_close"),
    path(
        "<slug:bloc>/<int:year>/votes/<int:number>/announce/",
        votes.vote_announce,
        name="vote_announce",
    ),
    path(
        "<slug:bloc>/<int:year>/votes/<int:number>/cancel/", votes.vote_cancel, name="vote_cancel"
    ),
    path(
        "<slug:bloc>/<int:year>/votes/<int:number>/next-round/",
        votes.vote_next_round,
        name="vote_next_round",
    ),
    path(
        "<slug:bloc>/<int:year>/votes/<int:number>/on-paper/",
        votes.vote_on_paper,
        name="vote_on_paper",
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
        "<slug:bloc>/<int:year>/documents/<slug:paper>/draft/",
        documents.document_draft,
        name="document_draft",
    ),
    path(
        "<slug:bloc>/<int:year>/documents/<slug:paper>/text/", documents.text_edit, name="text_edit"
    ),
    path(
        "<slug:bloc>/<int:year>/documents/<slug:paper>/text/<slug:section>/history/",
        revisions.text_history,
        name="text_history",
    ),
    path(
        "<slug:bloc>/<int:year>/documents/<slug:paper>/text/<slug:section>/pull/",
        pulling.text_pull,
        name="text_pull",
    ),
    path(
        "<slug:bloc>/<int:year>/documents/<slug:paper>/word/",
        documents.document_word,
        name="document_word",
    ),
    path(
        "<slug:bloc>/<int:year>/documents/<slug:paper>/issue/",
        documents.document_issue,
        name="document_issue",
    ),
    path(
        "<slug:bloc>/<int:year>/documents/<slug:paper>/print/",
        printing.paper_print,
        name="paper_print",
    ),
    path(
        "<slug:bloc>/<int:year>/documents/invitation/copies/",
        invitations.invitation_copies,
        name="invitation_copies",
    ),
    path(
        "<slug:bloc>/<int:year>/documents/invitation/copies/<int:part>/",
        invitations.invitation_copies,
        name="invitation_part",
    ),
    path(
        "<slug:bloc>/<int:year>/documents/<slug:paper>/",
        documents.document_detail,
        name="document_detail",
    ),
    path(
        "<slug:bloc>/<int:year>/documents/<slug:paper>/check/<slug:code>/",
        authenticity.draft_check,
        name="draft_check",
    ),
    # documents/jobs/: printings in the background
    path("<slug:bloc>/<int:year>/dossier/", printing.dossier_print, name="dossier_print"),
    path("documents/jobs/<int:pk>/", printing.job_detail, name="job_detail"),
    path("documents/jobs/<int:pk>/resume/", printing.job_resume, name="job_resume"),
    path("documents/jobs/<int:pk>/pdf/", printing.job_pdf, name="job_pdf"),
    path("documents/jobs/<int:pk>/archive/", printing.job_archive, name="job_archive"),
    # documents/: what was issued
    path("documents/<int:pk>/", issued.document_issued, name="document_issued"),
    path("documents/<int:pk>/withdraw/", issued.document_withdraw, name="document_withdraw"),
    path("documents/<int:pk>/copies/", issued.copy_attach, name="copy_attach"),
    path("documents/copies/<int:pk>/", issued.copy_download, name="copy_download"),
    path("documents/check/<slug:token>/", authenticity.document_check, name="document_check"),
    # agencies/<slug>/awards/: what an agency received before
    path("agencies/<slug:slug>/awards/", award_history.award_history, name="award_history"),
    path(
        "agencies/<slug:slug>/awards/<int:pk>/",
        award_history.past_award_change,
        name="past_award_change",
    ),
    path(
        "agencies/<slug:slug>/awards/<int:pk>/remove/",
        award_history.past_award_remove,
        name="past_award_remove",
    ),
    # the news item
    path("documents/news/", news.news_list, name="news_list"),
    path("<slug:bloc>/<int:year>/news/", news.news_detail, name="news_detail"),
    path("<slug:bloc>/<int:year>/news/draft/", news.news_draft, name="news_draft"),
    path("<slug:bloc>/<int:year>/news/edit/", news.news_edit, name="news_edit"),
    path("<slug:bloc>/<int:year>/news/publish/", news.news_publish, name="news_publish"),
    path("<slug:bloc>/<int:year>/news/withdraw/", news.news_withdraw, name="news_withdraw"),
    path("<slug:bloc>/<int:year>/news/photos/", photos.photo_list, name="photo_list"),
    path("<slug:bloc>/<int:year>/news/photos/<int:pk>/", news.photo_image, name="photo_image"),
    path(
        "<slug:bloc>/<int:year>/news/photos/<int:pk>/caption/",
        photos.photo_caption,
        name="photo_caption",
    ),
    path("<slug:bloc>/<int:year>/news/photos/<int:pk>/move/", photos.photo_move, name="photo_move"),
    path(
        "<slug:bloc>/<int:year>/news/photos/<int:pk>/remove/",
        photos.photo_remove,
        name="photo_remove",
    ),
    # proposals
    path("<slug:bloc>/<int:year>/proposals/", proposals.proposal_list, name="proposal_list"),
    path(
        "<slug:bloc>/<int:year>/proposals/workbook/",
        proposals.proposal_workbook,
        name="proposal_workbook",
    ),
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
    path("board/papers/", layout.layout_edit, name="layout_edit"),
    path("board/papers/sample/", layout.layout_sample, name="layout_sample"),
    path("board/dossiers/<int:pk>/", board.dossier_detail, name="dossier_detail"),
    path("board/dossiers/<int:pk>/receive/", board.dossier_receive, name="dossier_receive"),
    path("board/dossiers/<int:pk>/return/", board.dossier_return, name="dossier_return"),
    path("board/proposals/<int:pk>/decide/", board.proposal_decide, name="proposal_decide"),
]
