"""The desk: all that the open reviews of one person hold, read in a constant number of queries."""

from __future__ import annotations

import datetime
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import (
    Attendance,
    Conference,
    DocumentKind,
    DocumentStatus,
    Dossier,
    IssuedDocument,
    Mark,
    Method,
    Proposal,
    ProposalStatus,
    Vote,
    VoteStatus,
)
from awards.readiness import REQUIRED_PAPERS
from blocs.models import MemberReport, Membership, Phase, Review, User
from scoring.models import (
    CriteriaSet,
    CriteriaStatus,
    Extension,
    Objection,
    Reopening,
    ReopeningStatus,
    Score,
    Sheet,
)
from scoring.proof import (
    unproven,
)


@dataclass(frozen=True)
class Due:
    """A day, and how far it is."""

    day: datetime.date
    days: int

    @property
    def is_late(self) -> bool:
        return self.days < 0

    @property
    def is_near(self) -> bool:
        return 0 <= self.days <= 3

    @property
    def text(self) -> str:
        if self.is_late:
            return _("%(days)02d days overdue") % {"days": -self.days}
        if self.days == 0:
            return _("Due today")
        return _("%(days)02d days left") % {"days": self.days}


@dataclass(frozen=True)
class Task:
    """One thing that the person must do."""

    text: str
    url: str
    due: Due | None = None
    left: str = ""


@dataclass
class Desk:
    """What is known of one review, for the person at the desk."""

    review: Review
    user: User
    today: datetime.date
    parts: list[Membership]
    own: Membership | None
    sheets: dict[int, Sheet] = field(default_factory=dict)  # by membership
    criteria: set[str] = field(default_factory=set)  # states of the criteria sets
    conference: Conference | None = None
    dossier: Dossier | None = None
    issued: set[str] = field(default_factory=set)  # kinds of papers
    reported: set[str] = field(default_factory=set)  # members whose achievements are issued
    is_proposed: bool = False  # the own agency, for an award
    extended_to: datetime.date | None = None
    has_report: bool = False
    unproven: int = 0  # answers of the own sheet that still want evidence or an explanation
    objections: list[int | None] = field(default_factory=list)  # appraisers, one an open objection
    awaits_reopening: bool = False
    is_reopened: bool = False
    ballots: list[Vote] = field(default_factory=list)  # open, where this account may still cast
    counted: list[Vote] = field(default_factory=list)  # waiting to be announced

    @property
    def own_sheet(self) -> Sheet | None:
        return self.sheets.get(self.own.pk) if self.own else None

    @property
    def has_adopted_criteria(self) -> bool:
        return CriteriaStatus.ADOPTED in self.criteria

    @property
    def ranked(self) -> list[Membership]:
        return [part for part in self.parts if not part.unranked]

    @property
    def not_received(self) -> list[Membership]:
        """Ranked members whose sheet the leader does not have."""
        return [
            part
            for part in self.ranked
            if part.pk in self.sheets and not self.sheets[part.pk].is_received
        ]

    @property
    def unissued(self) -> list[DocumentKind]:
        return [kind for kind in REQUIRED_PAPERS if kind not in self.issued]

    @property
    def owes_achievements(self) -> bool:
        """The own agency is proposed and has not issued its report of achievements."""
        return self.is_proposed and (self.own is None or self.own.agency.slug not in self.reported)

    def due(self, day: datetime.date | None) -> Due | None:
        return Due(day, (day - self.today).days) if day else None

    @property
    def sheet_due(self) -> Due | None:
        """When the own sheet is due, extensions counted."""
        days = [day for day in (self.review.scores_due, self.extended_to) if day]
        return self.due(max(days)) if days else None


def names_of(parts: list[Membership]) -> str:
    """Short names in a row, the first few of many."""
    names = [part.short_name for part in parts]
    if len(names) <= 4:
        return ", ".join(names)
    return _("%(names)s and %(more)s more") % {
        "names": ", ".join(names[:3]),
        "more": len(names) - 3,
    }


def desks_of(user: User) -> list[Desk]:
    """One desk for each open review of the person, newest first."""
    members = Membership.objects.with_names().in_order()
    reviews = list(
        Review.objects.visible_to(user)
        .exclude(status=Phase.CLOSED)
        .select_related("bloc")
        .prefetch_related(Prefetch("memberships", members))
        .newest_first()
    )
    today = timezone.localdate()
    desks = {
        review.pk: Desk(
            review, user, today, parts=list(review.memberships.all()), own=user.part_in(review)
        )
        for review in reviews
    }
    if desks:
        _add_sheets(desks, user)
        _add_facts(desks)
        _add_own(desks, user)
        _add_disputes(desks)
        _add_votes(desks, user)
    return list(desks.values())


def _add_sheets(desks: dict[int, Desk], user: User) -> None:
    """Every sheet with its state; how much is left only on those that the person works on."""
    sheets = Sheet.objects.filter(membership__review__in=list(desks)).select_related(
        "membership", "appraiser"
    )
    if not user.on_board:
        person = Q(scores__criterion__auto_source="")
        base = person & Q(scores__criterion__part="base")
        set_by = Q(scores__criterion__document__has_key="set_by")
        sheets = sheets.annotate(
            entries=Count("scores", filter=base),
            blank=Count("scores", filter=base & Q(scores__claimed_inputs__isnull=True)),
            appraisable=Count("scores", filter=~set_by),
            unappraised=Count("scores", filter=~set_by & Q(scores__appraised_at=None)),
        )
    for sheet in sheets:
        desks[sheet.membership.review_id].sheets[sheet.membership_id] = sheet


def _add_facts(desks: dict[int, Desk]) -> None:
    """Criteria, conference, papers and dossier of every review."""
    ids = list(desks)
    for review, status in CriteriaSet.objects.filter(review__in=ids).values_list(
        "review", "status"
    ):
        desks[review].criteria.add(status)
    for conference in Conference.objects.filter(review__in=ids):
        desks[conference.review_id].conference = conference
    for dossier in Dossier.objects.filter(review__in=ids):
        desks[dossier.review_id].dossier = dossier
    issued = IssuedDocument.objects.filter(review__in=ids, status=DocumentStatus.ISSUED)
    for review, kind, about in issued.values_list("review", "kind", "about"):
        desks[review].issued.add(kind)
        if kind == DocumentKind.ACHIEVEMENT:
            desks[review].reported.add(about)


def _add_disputes(desks: dict[int, Desk]) -> None:
    """Objections without an answer, and adopted tables that are to be opened or are open again."""
    review = "score__sheet__membership__review"
    rows = Objection.objects.open().filter(**{f"{review}__in": list(desks)})
    for pk, appraiser in rows.values_list(review, "score__sheet__appraiser"):
        desks[pk].objections.append(appraiser)
    waiting = Reopening.objects.filter(
        summary__review__in=list(desks),
        status__in=[ReopeningStatus.ASKED, ReopeningStatus.GRANTED],
    )
    for pk, status in waiting.values_list("summary__review", "status"):
        desks[pk].awaits_reopening |= status == ReopeningStatus.ASKED
        desks[pk].is_reopened |= status == ReopeningStatus.GRANTED


def _add_votes(desks: dict[int, Desk], user: User) -> None:
    """Papers that this account has still to cast, and results to announce."""
    if user.on_board:
        return
    voter = Attendance.objects.filter(
        conference=OuterRef("vote__conference"), membership=OuterRef("membership")
    )
    marks = (
        Mark.objects.filter(
            vote__conference__review__in=list(desks),
            vote__status=VoteStatus.OPEN,
            vote__method=Method.SECRET_BALLOT,
            vote__on_paper=False,
            voted=False,
        )
        .annotate(voter=Subquery(voter.values("voter")[:1]))
        .filter(Q(voter=user.pk) | Q(voter=None, membership__agency=user.agency_id))
        .select_related("vote__conference__review__bloc")
        .order_by("vote__number")
    )
    for mark in marks:
        desk = desks[mark.vote.conference.review_id]
        if mark.vote not in desk.ballots:
            desk.ballots.append(mark.vote)
    waiting = Vote.objects.filter(
        conference__review__in=list(desks), status=VoteStatus.COUNTED
    ).select_related("conference__review__bloc")
    for vote in waiting:
        desks[vote.conference.review_id].counted.append(vote)


def _add_own(desks: dict[int, Desk], user: User) -> None:
    """Extensions, lacking proof, the report and the proposal of the own agency."""
    own: dict[int, Desk] = {desk.own.pk: desk for desk in desks.values() if desk.own}
    if not own:
        return
    latest: dict[int, datetime.date] = defaultdict(lambda: datetime.date.min)
    for part, to in Extension.objects.filter(membership__in=list(own)).values_list(
        "membership", "to"
    ):
        latest[part] = max(latest[part], to)
    for part, to in latest.items():
        own[part].extended_to = to
    lacking = unproven(Score.objects.filter(sheet__membership__in=list(own))).order_by()
    for part, count in lacking.values_list("sheet__membership").annotate(count=Count("pk")):
        own[part].unproven = count
    for part in MemberReport.objects.filter(membership__in=list(own), version__gt=0).values_list(
        "membership", flat=True
    ):
        own[part].has_report = True
    proposed = Proposal.objects.filter(membership__in=list(own), status=ProposalStatus.PROPOSED)
    for part in proposed.values_list("membership", flat=True):
        own[part].is_proposed = True
