"""A conference in session: one secret ballot has been announced, another is open."""

from __future__ import annotations

import datetime
from typing import Any

from awards import transitions as awards
from awards.models import (
    AgendaKind,
    Award,
    Conference,
    Method,
    PaperForm,
    ResolutionKind,
    Vote,
    VoteRule,
)
from awards.transitions import Presence, Question, Votes
from blocs.models import Agency, Membership, Office
from portal.demo.others import OtherBloc
from scoring.tables import live_table

VENUE = "hội trường của đơn vị Khối trưởng (minh họa)"
# What each member casts on the flag, option by option: two candidates, agree or disagree.
FLAG_PAPERS = ("yn", "yn", "yy", "ny")
ELECTION_PAPERS = ("x--", "-x-")  # the other two members have not voted yet


def confer(bloc: OtherBloc, today: datetime.date) -> None:
    """The enterprises meet today; report and table are adopted, the flag is voted on."""
    secretary, chair = bloc.officer(bloc.agencies[0]), bloc.leader
    conference = awards.plan_conference(
        bloc.review,
        fields={
            "held_on": today,
            "starts_at": datetime.time(8, 0),
            "venue": VENUE,
            "chair_name": "ông Trần Văn Mẫu",
            "chair_position": "Giám đốc",
            "secretary_name": "bà Nguyễn Thị Mẫu",
            "secretary_position": "chuyên viên",
        },
        by=secretary,
    )
    awards.lay_out_agenda(conference, by=secretary)
    conference = awards.open_conference(conference, by=secretary)
    members = list(bloc.review.memberships.in_order())
    awards.record_attendance(
        conference,
        presences={member.pk: Presence(present=True) for member in members},
        by=secretary,
    )
    everybody = Votes(method=Method.CONSENSUS, in_favour=len(members))
    awards.resolve(conference, kind=ResolutionKind.ADOPT_REPORT, votes=everybody, by=secretary)
    awards.resolve(
        conference,
        kind=ResolutionKind.ADOPT_SUMMARY,
        votes=everybody,
        seen=live_table(bloc.review).sha256,
        by=secretary,
    )
    flag = put(
        bloc,
        conference,
        members[:2],
        kind=ResolutionKind.PROPOSE,
        award=Award.objects.get(code="flag"),
        title="Đề nghị tặng Cờ thi đua năm 2022",
        form=PaperForm.APPROVE,
    )
    for agency, paper in zip(bloc.agencies, FLAG_PAPERS, strict=True):
        cast(bloc, flag, agency, paper)
    awards.announce_vote(awards.close_ballot(flag, by=chair), by=chair)
    awards.go_to(conference, conference.agenda.get(kind=AgendaKind.ELECTION), by=chair)
    election = put(
        bloc,
        conference,
        members[1:],
        kind=ResolutionKind.ELECT,
        office=Office.LEADER,
        title="Bầu Khối trưởng năm 2023",
        form=PaperForm.ELECT,
    )
    for agency, paper in zip(bloc.agencies, ELECTION_PAPERS, strict=False):
        cast(bloc, election, agency, paper)


def put(
    bloc: OtherBloc, conference: Conference, candidates: list[Membership], **columns: Any
) -> Vote:
    """Prepare a secret ballot and open it."""
    question = Question(
        method=Method.SECRET_BALLOT,
        rule=VoteRule.objects.get(code="majority-of-members", bloc=None),
        candidates=candidates,
        **columns,
    )
    vote = awards.prepare_vote(conference, question, by=bloc.officer(bloc.agencies[0]))
    return awards.open_vote(vote, by=bloc.leader)


def cast(bloc: OtherBloc, vote: Vote, agency: Agency, paper: str) -> None:
    member = bloc.review.memberships.get(agency=agency)
    awards.cast_paper(vote, member, paper=paper, by=bloc.head(agency))
