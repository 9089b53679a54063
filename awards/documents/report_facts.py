"""The year-end report from the records."""

from __future__ import annotations

from awards.documents import facts
from awards.documents import report as r
from awards.documents.facts import Numbering
from awards.documents.prose import blocks
from awards.models import DocumentKind
from blocs.models import MemberReport, Office, Review


def gather(review: Review, numbering: Numbering) -> r.YearEndReport:
    """The year-end report (BC) of a review; issued to the council and its office."""
    texts = facts.texts(review, DocumentKind.REPORT)
    members = facts.members_of(review)
    conference = facts.conference_of(review)
    table, summary = facts.table_and_version(review)
    own = {
        row.membership_id: blocks(row.results)
        for row in MemberReport.objects.filter(membership__review=review)
    }
    board = review.bloc.province.agency_set.filter(kind="board").with_names().first()
    council = review.bloc.province.council
    written = (
        *("opening", "situation", "leadership", "movements", "exemplars", "rewards"),
        *("activities", "score_text", "limits", "causes", "lessons"),
        *("goals", "tasks", "solutions", "proposals"),
    )
    return r.YearEndReport(
        header=facts.header(review, numbering),
        place_date=facts.place_date(review, numbering),
        bloc=review.bloc.full_name,
        year=review.year,
        office_year=review.year + 1,
        addressees=(council, board.name_on(review.last_day).full) if board else (council,),
        members=tuple(r.MemberLine(one.name, facts.OFFICES[Office(one.office)]) for one in members),
        member_sections=tuple(r.MemberSection(one.name, own.get(one.pk, ())) for one in members),
        reward_lines=(),
        scores=facts.score_lines(table),
        score_source=facts.score_source(summary),
        nominations=facts.nominations(
            review, facts.resolutions_of(conference, now=True), votes=False
        ),
        closing="",
        recipients=(f"Các đơn vị thành viên {review.bloc.name}", "Lưu: VT"),
        signature=facts.leader_signature(review, conference),
        **{section: texts.get(section, ()) for section in written},
    )
