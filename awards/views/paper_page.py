"""The page of one paper: what it is, what may be done with it, and all that was issued of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from awards import permissions as may
from awards.documents.papers import PaperKey, sections_of
from awards.forms.documents import CopyForm, WithdrawForm
from awards.issuing import missing_to_issue
from awards.models import IssuedDocument, SignedCopy, TextPart
from awards.permissions import Subject
from blocs.http import PortalRequest
from blocs.models import Review, User
from blocs.permissions import Verdict

from .papers import PaperState, about_in_words, versions_of


@dataclass(frozen=True)
class Refused:
    """A form about one version that came back with errors."""

    document: int
    withdraw: WithdrawForm | None = None
    copy: CopyForm | None = None


@dataclass(frozen=True)
class VersionRow:
    """One issued version with what the reader may do about it."""

    document: IssuedDocument
    reason: str  # why it was withdrawn
    may_withdraw: Verdict
    may_attach: Verdict
    withdraw: WithdrawForm
    copy: CopyForm

    @property
    def copies(self) -> list[SignedCopy]:
        return list(self.document.copies.all())


def reason_of(document: IssuedDocument) -> str:
    """Why a version was withdrawn; blank for the others. Reads the prefetched moves."""
    return next((one.note for one in document.changes.all() if one.note), "")


def state_of(review: Review, key: PaperKey, subject: Subject) -> PaperState:
    parts = TextPart.objects.filter(review=review, document=key.kind, about=key.about)
    written = set(parts.exclude(text="").values_list("section", flat=True))
    return PaperState(
        key,
        about_in_words(subject),
        sum(part.key in written for part in sections_of(key.kind)),
        tuple(versions_of(review, key)),
    )


def _rows(
    review: Review, state: PaperState, refused: Refused, *, issues: Verdict, keeps: Verdict
) -> list[VersionRow]:
    rows = []
    for document in state.versions:
        document.review = review
        back = refused if refused.document == document.pk else Refused(0)
        rows.append(
            VersionRow(
                document,
                reason_of(document),
                may.withdraws(issues, document),
                may.attaches(keeps, document),
                back.withdraw or WithdrawForm(prefix=f"withdraw-{document.pk}"),
                back.copy or CopyForm(prefix=f"copy-{document.pk}"),
            )
        )
    return rows


def _deeds(user: User, review: Review, key: PaperKey, subject: Subject) -> dict[str, Verdict]:
    """What the reader may do, or ever could, about the paper as a whole."""
    signs = may.signs(user, review, key.kind, subject)
    edits = may.can_edit_paper(user, review, key.kind, key.about)
    return {
        "signs": signs,
        "may_issue": may.can_issue(user, review, key.kind, subject) if signs else signs,
        "writes": may.can_read_revisions(user, review, key.kind, key.about) or edits,
        "may_edit": edits,
        "keeps_copies": may.keeps_copies(user, review, key.kind, subject),
    }


def show_paper(
    request: PortalRequest,
    review: Review,
    key: PaperKey,
    subject: Subject,
    refused: Refused | None = None,
) -> HttpResponse:
    """The page; a form that was refused comes back with what was typed, and 422."""
    state = state_of(review, key, subject)
    deeds = _deeds(request.user, review, key, subject)
    issues, keeps = deeds["may_issue"], deeds["keeps_copies"]
    context = {
        "review": review,
        "paper": state,
        "rows": _rows(review, state, refused or Refused(0), issues=issues, keeps=keeps),
        # For those who prepare or sign the paper.
        "missing": missing_to_issue(review, key, subject) if state.is_issued and keeps else None,
        **deeds,
    }
    return render(request, "awards/document_detail.html", context, status=422 if refused else 200)
