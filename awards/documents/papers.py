"""The papers of a review: what each is called, which parts people write, and how it is printed."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from awards.documents import (
    achievement,
    achievement_facts,
    appraisal,
    appraisal_facts,
    ballot_minutes,
    ballot_minutes_facts,
    covenant,
    covenant_facts,
    detail,
    detail_facts,
    handover_minutes,
    handover_minutes_facts,
    history,
    history_facts,
    invitation,
    invitation_facts,
    minutes,
    minutes_facts,
    report,
    report_facts,
    sheet,
    sheet_facts,
    submission,
    submission_facts,
    summary,
    summary_facts,
    word,
)
from awards.documents.facts import Numbering, layout_of
from awards.documents.mark import draft_mark, issued_mark
from awards.documents.pdf import to_pdf
from awards.models import DocumentKind, IssuedDocument, Method, PdfVariant, Vote, VoteStatus
from awards.permissions import Subject
from blocs.models import Agency, Review
from scoring.models import Score

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Section:
    """A text part of a paper that the secretariat writes."""

    key: str
    title: StrPromise
    help: StrPromise | str = ""


class Scope(Enum):
    """What there is one paper of a kind for."""

    REVIEW = "review"
    MEMBER = "member"
    VOTE = "vote"
    SCORE = "score"


@dataclass(frozen=True)
class PaperKey:
    """Which paper of a review: its kind, and what it is about where there are several.

    ``str`` gives the part of its address: ``report``, ``achievement-gtvt``, ``ballot_minutes-3``.
    """

    kind: DocumentKind
    about: str = ""

    @classmethod
    def parse(cls, text: str) -> PaperKey:
        """The way back from ``str``. Raises ``LookupError`` where there is no such kind."""
        kind, _dash, about = text.partition("-")
        if kind not in PAPERS or bool(about) != (PAPERS[kind].scope is not Scope.REVIEW):
            raise LookupError(f"no paper is called {text}")
        return cls(DocumentKind(kind), about)

    @classmethod
    def of(cls, document: IssuedDocument) -> PaperKey:
        return cls(DocumentKind(document.kind), document.about)

    def __str__(self) -> str:
        return f"{self.kind}-{self.about}" if self.about else str(self.kind)

    @property
    def label(self) -> StrPromise:
        return self.kind.label


@dataclass(frozen=True)
class Paper:
    """How one kind of paper is gathered and printed; ``abbreviation`` opens its number.

    ``gather`` reads the subject that ``scope`` names. A paper that is not issued is printed
    whenever it is asked for and never kept. ``word`` writes the same facts as a Word file.
    """

    abbreviation: str
    gather: Callable[[Any, Numbering], object]
    template: str
    scope: Scope = Scope.REVIEW
    is_issued: bool = True
    word: Callable[..., bytes] | None = None


PAPERS: dict[str, Paper] = {
    DocumentKind.SUBMISSION: Paper(
        "TTr", submission_facts.gather, submission.TEMPLATE, word=word.write_submission
    ),
    DocumentKind.REPORT: Paper("BC", report_facts.gather, report.TEMPLATE, word=word.write_report),
    DocumentKind.MINUTES: Paper(
        "BB", minutes_facts.gather, minutes.TEMPLATE, word=word.write_minutes
    ),
    DocumentKind.BALLOT_MINUTES: Paper(
        "", ballot_minutes_facts.gather, ballot_minutes.TEMPLATE, Scope.VOTE
    ),
    DocumentKind.SUMMARY: Paper("", summary_facts.gather, summary.TEMPLATE),
    DocumentKind.DETAIL: Paper("", detail_facts.gather, detail.TEMPLATE),
    DocumentKind.SHEET: Paper("", sheet_facts.gather, sheet.TEMPLATE, Scope.MEMBER),
    DocumentKind.APPRAISAL: Paper("", appraisal_facts.gather, appraisal.TEMPLATE, Scope.MEMBER),
    DocumentKind.HISTORY: Paper(
        "", history_facts.gather, history.TEMPLATE, Scope.SCORE, is_issued=False
    ),
    DocumentKind.COVENANT: Paper("", covenant_facts.gather, covenant.TEMPLATE),
    DocumentKind.INVITATION: Paper("GM", invitation_facts.gather, invitation.TEMPLATE),
    DocumentKind.ACHIEVEMENT: Paper(
        "BC", achievement_facts.gather, achievement.TEMPLATE, Scope.MEMBER
    ),
    DocumentKind.HANDOVER: Paper("BB", handover_minutes_facts.gather, handover_minutes.TEMPLATE),
}

SECTIONS: dict[str, tuple[Section, ...]] = {
    DocumentKind.SUBMISSION: (
        Section(
            "law",
            _("Legal grounds, in place of the stored ones"),
            _("One a line. Empty: the law and decree in force on the day of the conference."),
        ),
        Section(
            "grounds",
            _("Further grounds"),
            _("One a line, as the province's regulation; the conference follows by itself."),
        ),
        Section("opening", _("Words before the request")),
        Section("closing", _("Words after the list of the dossier")),
    ),
    DocumentKind.REPORT: (
        Section("opening", _("Opening")),
        Section("situation", _("Situation: what helped, what hindered")),
        Section("leadership", _("Leadership and direction")),
        Section("movements", _("Emulation movements")),
        Section("exemplars", _("Exemplary models and good practice")),
        Section("rewards", _("Commendation work")),
        Section("activities", _("Activities of the bloc")),
        Section("score_text", _("Words before the table of scores")),
        Section("limits", _("Shortcomings")),
        Section("causes", _("Causes")),
        Section("lessons", _("Lessons")),
        Section("goals", _("Goals of the next year")),
        Section("tasks", _("Tasks of the next year")),
        Section("solutions", _("Solutions")),
        Section("proposals", _("Proposals and recommendations")),
    ),
    DocumentKind.MINUTES: (
        Section("opening", _("Opening speech")),
        Section("report", _("The draft report read out")),
        Section("score_text", _("Words before the table of scores")),
        Section("discussion", _("Discussion in general")),
        Section("nomination_text", _("Words before the nominations")),
        Section("conclusion", _("Conclusion of the chair")),
    ),
    DocumentKind.COVENANT: (
        Section("opening", _("Opening")),
        Section("contents", _("What is pledged"), _("Each paragraph is numbered by itself.")),
        Section("targets", _("Targets")),
    ),
    DocumentKind.INVITATION: (
        Section("programme", _("Programme")),
        Section("notes", _("Notes for those invited")),
        Section("guests", _("Guests"), _("One a line: each receives a page of its own.")),
    ),
    DocumentKind.ACHIEVEMENT: (
        Section(
            "situation",
            _("Seat, founding, organisation, staff"),
            _("Address, telephone, how the agency came about, its people, Party members."),
        ),
        Section("functions", _("Functions and tasks")),
        Section(
            "results",
            _("Results of the year"),
            _("Figures against the targets and the year before; the points follow by themselves."),
        ),
        Section("measures", _("Measures, initiatives, emulation movements")),
        Section("compliance", _("Compliance with policies and law")),
        Section("organisations", _("Party organisation and unions")),
    ),
}


def sections_of(kind: str) -> tuple[Section, ...]:
    """The text parts of a paper, in their order; none where data says it all."""
    return SECTIONS.get(kind, ())


def subject_of(review: Review, key: PaperKey) -> Subject:
    """The record that the paper states. Raises ``LookupError`` where the review has none such."""
    scope = PAPERS[key.kind].scope
    found: Subject | None
    if scope is Scope.REVIEW:
        return review
    if scope is Scope.MEMBER:
        found = review.memberships.with_names().filter(agency__slug=key.about).first()
    elif not re.fullmatch("[1-9][0-9]{0,8}", key.about):  # 01 would be another paper than 1
        found = None
    elif scope is Scope.VOTE:
        votes = Vote.objects.filter(conference__review=review, method=Method.SECRET_BALLOT)
        rows = votes.select_related("conference", "award", "previous")
        found = rows.filter(number=int(key.about)).first()
        if found is not None:
            found.conference.review = review
    else:
        scores = Score.objects.filter(sheet__membership__review=review)
        found = scores.select_related("criterion", "sheet").filter(pk=int(key.about)).first()
    if found is None:
        raise LookupError(f"{review} has no {key}")
    return found


def keys_of(review: Review) -> tuple[PaperKey, ...]:
    """Every paper that the review may have, in the order of the dossier; single scores left out.

    Whether its facts are there yet, ``gather`` says (``NotReady``).
    """
    members = review.memberships.in_order().values_list("agency__slug", flat=True)
    votes = Vote.objects.filter(conference__review=review, method=Method.SECRET_BALLOT)
    numbers = votes.filter(status=VoteStatus.ANNOUNCED).order_by("number")
    about = {
        Scope.REVIEW: ("",),
        Scope.MEMBER: tuple(members),
        Scope.VOTE: tuple(str(number) for number in numbers.values_list("number", flat=True)),
        Scope.SCORE: (),
    }
    return tuple(
        PaperKey(kind, one)
        for kind in DocumentKind
        if kind in PAPERS
        for one in about[PAPERS[kind].scope]
    )


def series_of(review: Review, key: PaperKey, dated: datetime.date | None = None) -> str:
    """The symbol that the paper's number bears: ``BC-KTĐ7``; blank for an annex.

    A member's own paper bears the abbreviation that the member has on its day; on a draft, on that
    of the conference, as its head does.
    """
    paper = PAPERS[key.kind]
    if not paper.abbreviation:
        return ""
    if paper.scope is not Scope.MEMBER:
        return f"{paper.abbreviation}-{review.bloc.symbol}"
    agency = Agency.objects.with_names().get(slug=key.about)
    return f"{paper.abbreviation}-{agency.name_on(dated or review.last_day).abbreviation}"


def facts_of(
    review: Review, key: PaperKey, *, number: str = "", dated: datetime.date | None = None
) -> object:
    """What the paper states, as its frozen dataclass. Raises ``NotReady``, ``LookupError``."""
    numbering = Numbering(number, series_of(review, key, dated), dated)
    return PAPERS[key.kind].gather(subject_of(review, key), numbering)


def print_paper(
    review: Review,
    key: PaperKey,
    *,
    number: str = "",
    dated: datetime.date | None = None,
    variant: str = PdfVariant.ACCESSIBLE,
    token: str = "",
) -> bytes:
    """The paper as PDF from the stored facts; without ``dated`` it is a draft and says so.

    ``token`` stands in the mark of an issued paper; a draft's mark follows from its facts. What is
    never issued is no draft of anything. Raises ``DocumentError`` when a font or an image is
    missing, ``NotReady`` where the facts are.
    """
    document = facts_of(review, key, number=number, dated=dated)
    draft = dated is None and PAPERS[key.kind].is_issued
    return print_facts(review, key, document, draft=draft, variant=variant, token=token)


def print_facts(
    review: Review, key: PaperKey, document: object, *, draft: bool, variant: str, token: str = ""
) -> bytes:
    """A paper as PDF from what ``facts_of`` gave. Raises ``DocumentError``."""
    mark = issued_mark(token) if token else draft_mark(review, key, document) if draft else None
    template, layout = PAPERS[key.kind].template, layout_of(review)
    return to_pdf(template, document, draft=draft, mark=mark, variant=variant, layout=layout)


def word_copy(review: Review, key: PaperKey) -> bytes:
    """The draft as a Word file, to be finished in the office.

    Raises ``LookupError`` for a kind that has none, ``DocumentError`` and ``NotReady`` as the
    draft does.
    """
    write = PAPERS[key.kind].word
    if write is None:
        raise LookupError(f"{key} has no Word copy")
    return write(facts_of(review, key), draft=True, layout=layout_of(review))
