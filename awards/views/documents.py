"""The three papers: drafts, text parts, issue, and the issued bytes."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from awards import permissions as may
from awards import transitions
from awards.documents.papers import SECTIONS, print_paper, series_of
from awards.documents.pdf import DocumentError
from awards.forms.documents import IssueForm, TextForm, over_theirs, text_forms
from awards.forms.fields import add_refusal
from awards.models import DocumentKind, IssuedDocument, TextPart
from blocs.http import PortalRequest
from blocs.models import Review
from blocs.permissions import leads, require, serves_leader
from blocs.readiness import NotReady
from blocs.views.lookup import review_or_404
from blocs.workflow import Stale

from .papers import papers_of
from .refusals import REFUSALS, attempt


@require_safe
def document_list(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    require(may.can_read_papers(request.user, review))
    context = {
        "review": review,
        "papers": [
            (paper, may.can_edit_paper(request.user, review, paper.kind))
            for paper in papers_of(review)
        ],
        "may_issue": may.can_issue(request.user, review),
        "writes": serves_leader(request.user, review),
    }
    return render(request, "awards/document_list.html", context)


def kind_or_404(kind: str) -> DocumentKind:
    if kind not in DocumentKind.values:
        raise Http404
    return DocumentKind(kind)


def pdf(content: bytes, name: str, *, attached: bool) -> HttpResponse:
    """Our own PDF, and never taken for anything else."""
    disposition = "attachment" if attached else "inline"
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'{disposition}; filename="{name}.pdf"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


def file_name(review: Review, kind: str, tail: str) -> str:
    return slugify(f"{kind}-{review.bloc.slug}-{review.year}-{tail}")


@require_safe
def document_draft(request: PortalRequest, bloc: str, year: int, kind: str) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    paper = kind_or_404(kind)
    require(may.can_read_papers(request.user, review))
    try:
        content = print_paper(review, paper)
    except (NotReady, DocumentError) as refusal:
        messages.error(request, str(refusal))
        return redirect("awards:document_list", *review.url_args)
    return pdf(content, file_name(review, paper, "draft"), attached=False)


@require_http_methods(["GET", "POST"])
def text_edit(request: PortalRequest, bloc: str, year: int, kind: str) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    paper = kind_or_404(kind)
    if not SECTIONS[paper]:
        raise Http404
    if request.method == "GET" or not serves_leader(request.user, review):
        require(may.can_edit_paper(request.user, review, paper))
    parts = parts_of(review, paper)
    forms = text_forms(SECTIONS[paper], parts, request.POST or None)
    if request.method == "POST":
        forms = [save_text(request, review, paper, form) for form in forms]
        if request.htmx:
            return saved_parts(request, forms)
        if not any(form.errors for form in forms):
            messages.success(request, _("The texts have been saved."))
            return redirect("awards:text_edit", *review.url_args, paper)
    failed = any(form.errors for form in forms)
    context = {"review": review, "paper": paper, "forms": forms, "failed": failed}
    return render(request, "awards/text_form.html", context, status=422 if failed else 200)


def saved_parts(request: PortalRequest, forms: list[TextForm]) -> HttpResponse:
    """What moved on the page when it saved itself; what is being typed is left alone.

    Over a colleague's text it never saves: the version stays the one that the writer has seen.
    """
    clash = any(form.is_over_theirs for form in forms)
    state = "conflict" if clash else "failed" if any(form.errors for form in forms) else "saved"
    context = {"forms": forms, "state": state}
    status = 409 if clash else 422 if state == "failed" else 200
    return render(request, "awards/_text_saved.html", context, status=status)


def parts_of(review: Review, paper: str) -> dict[str, TextPart]:
    return {part.section: part for part in TextPart.objects.filter(review=review, document=paper)}


def save_text(request: PortalRequest, review: Review, paper: str, form: TextForm) -> TextForm:
    """Save one part if it was changed; over a colleague's text only on a second look."""
    section, part = form.section, form.part
    if not form.is_valid():
        return form
    if not form.is_changed:
        return TextForm(section=section, part=part)
    try:
        part = transitions.write_text(
            review,
            document=paper,
            section=section.key,
            by=request.user,
            **form.cleaned_data,
        )
    except Stale:
        return over_theirs(form, parts_of(review, paper)[section.key])
    except REFUSALS as refusal:
        add_refusal(form, refusal)
        return form
    saved = TextForm(section=section, part=part)
    saved.is_saved = True
    return saved


@require_http_methods(["GET", "POST"])
def document_issue(request: PortalRequest, bloc: str, year: int, kind: str) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    paper = kind_or_404(kind)
    if request.method == "GET" or not leads(request.user, review):
        require(may.can_issue(request.user, review))
    series, today = series_of(review, paper), timezone.localdate()
    form = IssueForm(request.POST or None, review=review, series=series, today=today)
    if request.method == "POST" and attempt(
        form, lambda: transitions.issue(review, paper, **form.paper, by=request.user)
    ):
        messages.success(request, _("The paper has been issued and is kept as it is."))
        return redirect("awards:document_list", *review.url_args)
    former = IssuedDocument.objects.filter(review=review, kind=paper).defer("content").first()
    context = {"review": review, "paper": paper, "form": form, "series": series, "former": former}
    status = 422 if form.is_bound else 200
    return render(request, "awards/document_issue.html", context, status=status)


@require_safe
def document_issued(request: PortalRequest, pk: int) -> HttpResponse:
    visible = Review.objects.visible_to(request.user)
    documents = IssuedDocument.objects.filter(review__in=visible).select_related("review__bloc")
    document = get_object_or_404(documents, pk=pk)
    review = document.review
    require(may.can_read_papers(request.user, review))
    name = file_name(review, document.kind, f"v{document.version}")
    return pdf(bytes(document.content), name, attached=True)
