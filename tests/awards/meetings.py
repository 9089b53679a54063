"""A bloc's conference at any stage: each stage calls the one before. Deterministic, no mocks."""

from __future__ import annotations

import datetime

from awards import transitions as awards
from awards.catalogue import install
from awards.documents.minutes_facts import fingerprint
from awards.documents.papers import PaperKey
from awards.models import (
    Award,
    Conference,
    DocumentKind,
    Dossier,
    Method,
    Proposal,
    ProposalStatus,
    Resolution,
    ResolutionKind,
)
from awards.readiness import REQUIRED_PAPERS
from awards.transitions.resolutions import Votes
from blocs.models import Office, User
from scoring.tables import live_table
from tests.worlds import World, make_agency, make_user

PLAN = {
    "held_on": datetime.date(2025, 2, 20),
    "starts_at": datetime.time(8, 0),
    "venue": "Hội trường Sở a1",
    "chair_name": "ông Lê Văn An",
    "chair_position": "Phó Giám đốc Sở a1",
    "secretary_name": "bà Trần Thị Bình",
    "secretary_position": "Chuyên viên Sở a1",
}

# a1 leads in points, then a2, then a3: no tie to be broken.
ANSWERS = {"a2": {"I.2": {"level": "Khá"}}, "a3": {"I.2": {"level": "Trung bình"}}}


class Meeting(World):
    """A world whose review has come as far as its conference, and further."""

    @property
    def names(self) -> list[str]:
        return list(self.agencies)

    @property
    def secretary(self) -> User:
        return self.officer(self.names[0])

    @property
    def others(self) -> list[User]:
        """Everybody who keeps no record: members, the deputy, the board, a stranger."""
        stranger = User.objects.filter(username="stranger").first()
        return [
            self.head(self.names[1]),
            self.officer(self.names[2]),
            self.board,
            stranger or make_user("stranger", make_agency("xa")),
        ]

    @property
    def conference(self) -> Conference:
        return Conference.objects.select_related("review__bloc").get(review=self.review)

    @property
    def dossier(self) -> Dossier:
        return Dossier.objects.select_related("review__bloc").get(review=self.review)

    @property
    def answers(self) -> dict:
        first = self.names[0][:-1]
        return {first + name[1:]: answers for name, answers in ANSWERS.items()}

    def plan(self, **fields) -> Meeting:
        install()
        self.approve({k: v for k, v in self.answers.items() if k in self.agencies})
        awards.plan_conference(self.review, fields={**PLAN, **fields}, by=self.secretary)
        return self

    def open(self) -> Meeting:
        self.plan()
        awards.open_conference(self.conference, by=self.secretary)
        return self

    def attend(self, *absent: str) -> Meeting:
        """Open, with everybody present but those named."""
        self.open()
        presences = {
            self.membership(name).pk: awards.Presence(
                present=name not in absent, reason="Đi công tác" if name in absent else ""
            )
            for name in self.names
        }
        awards.record_attendance(self.conference, presences=presences, by=self.secretary)
        return self

    def votes(self, in_favour: int | None = None, **more) -> Votes:
        present = self.conference.attendances.filter(present=True).count()
        return Votes(Method.CONSENSUS, present if in_favour is None else in_favour, **more)

    def resolve(self, kind: str, in_favour: int | None = None, **subject) -> Resolution:
        return awards.resolve(
            self.conference, kind=kind, votes=self.votes(in_favour), by=self.secretary, **subject
        )

    def adopt(self) -> Meeting:
        self.attend()
        self.resolve(ResolutionKind.ADOPT_REPORT)
        self.resolve(ResolutionKind.ADOPT_SUMMARY, seen=live_table(self.review).sha256)
        return self

    def propose(self, name: str, award: str) -> Resolution:
        return self.resolve(
            ResolutionKind.PROPOSE,
            membership=self.membership(name),
            award=Award.objects.get(code=award),
        )

    def elect(self, name: str, office: Office) -> Resolution:
        return self.resolve(ResolutionKind.ELECT, membership=self.membership(name), office=office)

    def decide_all(self) -> Meeting:
        """All but the minutes: proposals, elections, the flag."""
        self.adopt()
        first, second, third = self.names[:3]
        self.propose(first, "flag")
        self.propose(second, "merit")
        self.elect(third, Office.LEADER)
        self.elect(second, Office.DEPUTY)
        awards.record_handover(
            self.conference, handed_by="ông Lê Văn An", received_by="", by=self.secretary
        )
        return self

    def adopt_minutes(self) -> Resolution:
        return self.resolve(ResolutionKind.ADOPT_MINUTES, seen=fingerprint(self.review))

    def read_minutes(self) -> Meeting:
        """Everything that the close asks for."""
        self.decide_all()
        self.adopt_minutes()
        return self

    def close(self) -> Meeting:
        self.read_minutes()
        awards.close_conference(self.conference, ends_at=datetime.time(11, 0), by=self.leader)
        self.reload()
        return self

    def issue(self, kind: str, number: str = "01"):
        number = "" if kind == DocumentKind.SUMMARY else number
        return awards.issue(
            self.review,
            PaperKey(DocumentKind(kind)),
            number=number,
            dated=datetime.date(2025, 2, 21),
            by=self.leader,
        )

    def issue_all(self) -> Meeting:
        self.close()
        for kind in REQUIRED_PAPERS:
            self.issue(kind)
        self.report_achievements()
        return self

    def report_achievements(self) -> None:
        """Every proposed member issues its report in its own series."""
        live = Proposal.objects.exclude(status=ProposalStatus.WITHDRAWN)
        for proposal in live.filter(review=self.review):
            slug = proposal.membership.agency.slug
            awards.issue(
                self.review,
                PaperKey(DocumentKind.ACHIEVEMENT, slug),
                number="01",
                dated=datetime.date(2025, 2, 21),
                by=self.head(slug),
            )

    def submit(self) -> Meeting:
        self.issue_all()
        awards.submit_dossier(self.review, by=self.leader)
        self.reload()
        return self

    def receive(self) -> Meeting:
        self.submit()
        awards.receive_dossier(self.dossier, by=self.board)
        return self

    def proposal(self, name: str) -> Proposal:
        return Proposal.objects.get(membership=self.membership(name))
