"""The papers of a review: what each is called, which parts people write, and how it is printed."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from awards.documents import (
    handover_minutes,
    handover_minutes_facts,
    minutes,
    minutes_facts,
    report,
    report_facts,
    summary,
    summary_facts,
)
from awards.documents.facts import Numbering
from awards.documents.pdf import to_pdf
from awards.models import DocumentKind
from blocs.models import Review

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Section:
    """A text part of a paper that the secretariat writes."""

    key: str
    title: StrPromise
    help: StrPromise | str = ""


@dataclass(frozen=True)
class Paper:
    """How one kind of paper is gathered and printed; ``abbreviation`` opens its number."""

    abbreviation: str
    gather: Callable[[Review, Numbering], object]
    template: str


PAPERS: dict[str, Paper] = {
    DocumentKind.REPORT: Paper("BC", report_facts.gather, report.TEMPLATE),
    DocumentKind.MINUTES: Paper("BB", minutes_facts.gather, minutes.TEMPLATE),
    DocumentKind.SUMMARY: Paper("", summary_facts.gather, summary.TEMPLATE),
}

SECTIONS: dict[str, tuple[Section, ...]] = {
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
    DocumentKind.SUMMARY: (),
}


def series_of(review: Review, kind: str) -> str:
    """The symbol that the paper's number bears: ``BC-KTĐ7``; blank for an annex."""
    paper = PAPERS[kind]
    return f"{paper.abbreviation}-{review.bloc.symbol}" if paper.abbreviation else ""


def print_paper(
    review: Review, kind: str, *, number: str = "", dated: datetime.date | None = None
) -> bytes:
    """The paper as PDF from the stored facts; without ``dated`` it is a draft and says so.

    Raises ``DocumentError`` when a font or an image is missing.
    """
    paper = PAPERS[kind]
    numbering = Numbering(number, series_of(review, kind), dated)
    return to_pdf(paper.template, paper.gather(review, numbering), draft=dated is None)


def print_handover(review: Review) -> bytes:
    """The minutes of the flag's handover, to be signed in the room; a pen writes their number.

    Raises ``NotReady`` before the handover was recorded.
    """
    numbering = Numbering("", f"BB-{review.bloc.symbol}", None)
    return to_pdf(handover_minutes.TEMPLATE, handover_minutes_facts.gather(review, numbering))
