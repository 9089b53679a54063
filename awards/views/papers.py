"""The papers of a review with their state, for the list, the page of one paper and the dossier."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from awards import permissions as may
from awards.documents.papers import PAPERS, PaperKey, Scope, sections_of
from awards.models import (
    DocumentChange,
    DocumentKind,
    DocumentStatus,
    IssuedDocument,
    Method,
    Proposal,
    ProposalStatus,
    SignedCopy,
    TextPart,
    Vote,
    VoteStatus,
)
from awards.permissions import Subject
from blocs.models import Membership, Review, User

OF_THE_CONFERENCE = (DocumentKind.INVITATION, DocumentKind.COVENANT, DocumentKind.HANDOVER)


@dataclass(frozen=True)
class PaperState:
    """One paper: what it is about, how many text parts are written, and what has been issued."""

    key: PaperKey
    about: str  # in words: a member's name, a vote's title; blank where there is one of the kind
    written: int
    versions: tuple[IssuedDocument, ...]  # newest first, without their bytes

    @property
    def kind(self) -> DocumentKind:
        return self.key.kind

    @property
    def title(self) -> str:
        return f"{self.kind.label}: {self.about}" if self.about else str(self.kind.label)

    @property
    def sections(self) -> int:
        return len(sections_of(self.kind))

    @property
    def is_issued(self) -> bool:
        """Whether papers of this kind are issued at all."""
        return PAPERS[self.kind].is_issued

    @property
    def has_word(self) -> bool:
        """Whether offices may finish it in Word."""
        return PAPERS[self.kind].word is not None

    @property
    def latest(self) -> IssuedDocument | None:
        """The version in force, or the one that was withdrawn without another after it."""
        return self.versions[0] if self.versions else None

    @property
    def in_force(self) -> IssuedDocument | None:
        return next((one for one in self.versions if one.status == DocumentStatus.ISSUED), None)


@dataclass(frozen=True)
class MemberPapers:
    """A member's papers that the reader may open, by kind; ``None`` where there is none."""

    member: Membership
    papers: tuple[PaperState | None, ...]


@dataclass(frozen=True)
class PaperIndex:
    """What the list shows: the dossier's papers, the conference's, and those of each member."""

    dossier: tuple[PaperState, ...]
    conference: tuple[PaperState, ...]
    kinds: tuple[DocumentKind, ...]
    members: tuple[MemberPapers, ...]

    @property
    def papers(self) -> tuple[PaperState, ...]:
        of_members = [one for row in self.members for one in row.papers if one is not None]
        return (*self.dossier, *self.conference, *of_members)


def versions_of(review: Review, key: PaperKey | None = None) -> QuerySet[IssuedDocument]:
    """Issued versions, newest first, with people, signed copies and reasons, without the bytes."""
    rows = IssuedDocument.objects.filter(review=review)
    if key is not None:
        rows = rows.filter(kind=key.kind, about=key.about)
    copies = SignedCopy.objects.select_related("by").prefetch_related("signatures")
    return (
        rows.defer("content")
        .select_related("issued_by")
        .prefetch_related(
            Prefetch("copies", queryset=copies),
            Prefetch("changes", queryset=DocumentChange.objects.select_related("by")),
        )
        .order_by("-version")
    )


def about_in_words(subject: Subject) -> str:
    if isinstance(subject, Membership):
        return subject.name
    if isinstance(subject, Vote):
        return _("vote %(number)s, %(title)s") % {"number": subject.number, "title": subject.title}
    return "" if isinstance(subject, Review) else str(subject)


class _Shelf:
    """All that was issued and written in a review, read once and handed out by paper."""

    def __init__(self, review: Review, user: User) -> None:
        self.review, self.user = review, user
        self.versions: dict[tuple[str, str], list[IssuedDocument]] = {}
        for one in versions_of(review):
            one.review = review
            self.versions.setdefault((one.kind, one.about), []).append(one)
        parts = TextPart.objects.filter(review=review).exclude(text="")
        self.written = list(parts.values_list("document", "about", "section"))
        self.points = may.points_read_by(user, review)

    def state(self, kind: DocumentKind, subject: Subject, about: str = "") -> PaperState | None:
        """One paper, if the reader may open it; kinds that are not printed yet are left out."""
        if kind not in PAPERS or not self._reads(kind, subject):
            return None
        key = PaperKey(kind, about)
        written = sum((kind, about, part.key) in self.written for part in sections_of(kind))
        versions = tuple(self.versions.get((kind, about), ()))
        return PaperState(key, about_in_words(subject), written, versions)

    def _reads(self, kind: DocumentKind, subject: Subject) -> bool:
        if kind in self.points:
            return (
                subject.pk in self.points[kind]
            )  # as can_read_paper has it, without a query for each
        return bool(may.can_read_paper(self.user, self.review, kind, subject))


def index_of(review: Review, user: User) -> PaperIndex:
    """The papers of a review that the reader may open, for a constant number of queries."""
    shelf = _Shelf(review, user)
    kinds = tuple(
        kind for kind in DocumentKind if kind in PAPERS and PAPERS[kind].scope is Scope.MEMBER
    )
    members = _members(shelf, kinds)
    shown = [at for at in range(len(kinds)) if any(row.papers[at] for row in members)]
    return PaperIndex(
        dossier=_seen(_dossier(shelf)),
        conference=_seen(shelf.state(kind, review) for kind in OF_THE_CONFERENCE),
        kinds=tuple(kinds[at] for at in shown),
        members=tuple(
            MemberPapers(row.member, tuple(row.papers[at] for at in shown)) for row in members
        ),
    )


def _seen(states: Iterable[PaperState | None]) -> tuple[PaperState, ...]:
    return tuple(state for state in states if state is not None)


def _dossier(shelf: _Shelf) -> list[PaperState | None]:
    """In the dossier's order, which is that of the kinds; one of each ballot announced."""
    found: list[PaperState | None] = []
    for kind in DocumentKind:
        scope = PAPERS[kind].scope if kind in PAPERS else None
        if scope is Scope.REVIEW and kind not in OF_THE_CONFERENCE:
            found.append(shelf.state(kind, shelf.review))
        elif scope is Scope.VOTE:
            rows = Vote.objects.filter(
                conference__review=shelf.review,
                method=Method.SECRET_BALLOT,
                status=VoteStatus.ANNOUNCED,
            )
            found += [shelf.state(kind, vote, str(vote.number)) for vote in rows.order_by("number")]
    return found


def _members(shelf: _Shelf, kinds: tuple[DocumentKind, ...]) -> tuple[MemberPapers, ...]:
    """Members with nothing that the reader may open are left out."""
    if not kinds:
        return ()
    proposals = Proposal.objects.filter(review=shelf.review)
    proposed = set(
        proposals.exclude(status=ProposalStatus.WITHDRAWN).values_list("membership_id", flat=True)
    )
    rows = []
    for member in shelf.review.memberships.with_names().in_order():
        papers = tuple(
            shelf.state(kind, member, member.agency.slug)
            if kind != DocumentKind.ACHIEVEMENT or member.pk in proposed
            else None
            for kind in kinds
        )
        if any(papers):
            rows.append(MemberPapers(member, papers))
    return tuple(rows)


def papers_of_dossier(review: Review, user: User) -> tuple[PaperState, ...]:
    """What belongs to the dossier, issued or not yet, and whatever else was issued."""
    index = index_of(review, user)
    return tuple(one for one in index.papers if one in index.dossier or one.versions)
