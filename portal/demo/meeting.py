"""The conference of 23/02/2023: what the case says of it, by consensus and show of hands."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from awards import transitions as awards
from awards.documents.minutes_facts import fingerprint
from awards.documents.papers import PaperKey
from awards.models import AgendaKind, Award, Conference, DocumentKind, Method, ResolutionKind
from awards.transitions import Presence, Votes
from blocs.models import Office, User
from portal.demo import disputes, texts
from portal.demo.case import CHAIR, FLAG, LEADER, MERIT, NEXT_DEPUTY, NEXT_LEADER
from scoring.tables import live_table

if TYPE_CHECKING:
    from portal.demo.khoi_7 import Khoi7


BEFORE_ADOPTION = (
    AgendaKind.REPORT,
    AgendaKind.TABLE,
    AgendaKind.DISCUSSION,
    AgendaKind.SCORES,
)


def come_to(conference: Conference, *kinds: AgendaKind, by: User) -> None:
    """The room goes through all items of these kinds, in the order of the agenda."""
    for item in conference.agenda.filter(kind__in=kinds):
        awards.go_to(conference, item, by=by)


def everybody(bloc: Khoi7) -> Votes:
    return Votes(method=Method.CONSENSUS, in_favour=len(bloc.agencies))


def plan(bloc: Khoi7, by: User) -> Conference:
    """Day, venue and chair, the agenda, the text parts of the papers."""
    conference = awards.plan_conference(
        bloc.review,
        fields={
            "held_on": datetime.date(2023, 2, 23),
            "starts_at": datetime.time(8, 0),
            "venue": "hội trường Sở Nông nghiệp và Phát triển nông thôn",
            "chair_name": CHAIR[0],
            "chair_position": CHAIR[1],
            "secretary_name": "",
            "secretary_position": (
                "công chức làm công tác thi đua, khen thưởng của Sở Nông nghiệp và Phát "
                "triển nông thôn"
            ),
        },
        by=by,
    )
    awards.lay_out_agenda(conference, by=by)
    written = {**texts.PAPERS, DocumentKind.INVITATION: texts.INVITATION}
    for document, sections in written.items():
        for section, text in sections.items():
            awards.write_text(
                bloc.review,
                PaperKey(DocumentKind(document)),
                section=section,
                text=text,
                version=0,
                by=by,
            )
    return conference


def attend(bloc: Khoi7, conference: Conference, by: User) -> None:
    """Every member with its people, and the guest of the board."""
    come_to(conference, AgendaKind.OPENING, by=by)
    awards.record_attendance(
        conference,
        presences={bloc.member(slug).pk: Presence(present=True) for slug in bloc.agencies},
        by=by,
    )
    for slug in bloc.agencies:
        member = bloc.member(slug)
        name, position = CHAIR if slug == LEADER else ("", "Lãnh đạo đơn vị")
        awards.add_delegate(conference, membership=member, name=name, position=position, by=by)
        awards.add_delegate(
            conference,
            membership=member,
            name="",
            position="Công chức, viên chức làm công tác thi đua, khen thưởng",
            by=by,
        )
    awards.add_delegate(
        conference,
        membership=None,
        name="ông Hà Trí Trung",
        position="Trưởng Ban Thi đua - Khen thưởng tỉnh",
        by=by,
    )


def adopt(bloc: Khoi7, conference: Conference, by: User) -> None:
    """The report, the remarks, the scores changed in the room, the table."""
    come_to(conference, *BEFORE_ADOPTION, AgendaKind.ADOPTION, by=by)
    awards.resolve(
        conference,
        kind=ResolutionKind.ADOPT_REPORT,
        votes=everybody(bloc),
        reservations=[(bloc.member("cong-thuong"), texts.RESERVATION)],
        by=by,
    )
    for slug, text in texts.REMARKS.items():
        awards.add_remark(conference, membership=bloc.member(slug), speaker="", text=text, by=by)
    for slug, member in bloc.answers.items():
        for code, change in member["agreed"].items():
            score = bloc.score(slug, code)
            awards.agree_score(
                conference,
                score,
                inputs=change["inputs"],
                reason=change["reason"],
                version=score.version,
                by=by,
            )
    disputes.settle(bloc, conference, by)
    awards.resolve(
        conference,
        kind=ResolutionKind.ADOPT_SUMMARY,
        votes=everybody(bloc),
        seen=live_table(bloc.review).sha256,
        by=by,
    )


def decide(bloc: Khoi7, conference: Conference, by: User) -> None:
    """Flag and Certificate of Merit, next year's offices, the rotating flag."""
    come_to(conference, AgendaKind.GUEST, AgendaKind.COMMITTEE, AgendaKind.PROPOSALS, by=by)
    hands = Votes(method=Method.SHOW_OF_HANDS, in_favour=len(bloc.agencies))
    for code, slug in (("flag", FLAG), ("merit", MERIT)):
        awards.resolve(
            conference,
            kind=ResolutionKind.PROPOSE,
            votes=everybody(bloc),
            award=Award.objects.get(code=code),
            membership=bloc.member(slug),
            by=by,
        )
    come_to(conference, AgendaKind.ELECTION, by=by)
    for office, slug in ((Office.LEADER, NEXT_LEADER), (Office.DEPUTY, NEXT_DEPUTY)):
        awards.resolve(
            conference,
            kind=ResolutionKind.ELECT,
            votes=hands,
            office=office,
            membership=bloc.member(slug),
            by=by,
        )
    come_to(conference, AgendaKind.HANDOVER, AgendaKind.LAUNCH, by=by)
    awards.record_handover(conference, handed_by=", ".join(CHAIR), received_by="", by=by)


def adopt_minutes(bloc: Khoi7, conference: Conference, by: User) -> None:
    come_to(conference, AgendaKind.CLOSING, by=by)
    awards.resolve(
        conference,
        kind=ResolutionKind.ADOPT_MINUTES,
        votes=everybody(bloc),
        seen=fingerprint(bloc.review),
        by=by,
    )
