"""The papers: their list, the page of each, drafts, text parts, issue."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from awards import permissions as may
from awards import transitions
from awards.documents.effort import is_long
from awards.documents.papers import (
    PaperKey,
    print_paper,
    sections_of,
    series_of,
    subject_of,
    word_copy,
)
from awards.documents.pdf import DocumentError
from awards.documents.quotes import quoting_parts
from awards.documents.word import MEDIA_TYPE
from awards.forms.documents import DraftForm, IssueForm, TextForm, over_theirs, text_forms
from awards.forms.fields import add_refusal
from awards.models import JobKind, PrintJob, TextPart
from awards.permissions import Subject
from blocs.http import PortalRequest, made_file
from blocs.models import Review
from blocs.permissions import require
from blocs.readiness import NotReady
from blocs.views.lookup import review_or_404
from blocs.workflow import Stale

from .paper_page import show_paper
from .papers import about_in_words, index_of, versions_of
from .refusals import REFUSALS, attempt


@require_safe
def document_list(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    context = {
        "review": review,
        "index": index_of(review, request.user),
        "may_print_dossier": may.can_print_dossier(request.user, review),
    }
    return render(request, "awards/document_list.html", context)


@require_safe
def document_detail(request: PortalRequest, bloc: str, year: int, paper: str) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    key = paper_or_404(review, paper)
    subject = subject_or_404(review, key)
    require(may.can_read_paper(request.user, review, key.kind, subject))
    return show_paper(request, review, key, subject)


def paper_or_404(review: Review, paper: str) -> PaperKey:
    try:
        return PaperKey.parse(paper)
    except LookupError as unknown:
        raise Http404 from unknown


def subject_or_404(review: Review, key: PaperKey) -> Subject:
    try:
        return subject_of(review, key)
    except LookupError as unknown:
        raise Http404 from unknown


def pdf(content: bytes, name: str, *, attached: bool) -> HttpResponse:
    return made_file(content, name=f"{name}.pdf", content_type="application/pdf", attached=attached)


def file_name(review: Review, paper: PaperKey | str, tail: str) -> str:
    return slugify(f"{paper}-{review.bloc.slug}-{review.year}-{tail}")


@xframe_options_sameorigin  # it stands beside the text that is being written
@require_safe
def document_draft(request: PortalRequest, bloc: str, year: int, paper: str) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    key = paper_or_404(review, paper)
    require(may.can_read_paper(request.user, review, key.kind, subject_or_404(review, key)))
    variant = variant_or_404(request)
    try:
        if is_long(review, key):
            return to_background(request, review, key)
        content = print_paper(review, key, variant=variant)
    except (NotReady, DocumentError) as refusal:
        if is_framed(request):
            return HttpResponse(str(refusal), content_type="text/plain; charset=utf-8", status=409)
        messages.error(request, str(refusal))
        return redirect("awards:document_detail", *review.url_args, key)
    return pdf(content, file_name(review, key, "draft"), attached=False)


@require_safe
def document_word(request: PortalRequest, bloc: str, year: int, paper: str) -> HttpResponse:
    """The draft as a Word file, for offices that finish in Word."""
    review = review_or_404(request, bloc, year)
    key = paper_or_404(review, paper)
    require(may.can_read_paper(request.user, review, key.kind, subject_or_404(review, key)))
    try:
        content = word_copy(review, key)
    except LookupError as absent:
        raise Http404 from absent
    except (NotReady, DocumentError) as refusal:
        messages.error(request, str(refusal))
        return redirect("awards:document_detail", *review.url_args, key)
    name = f"{file_name(review, key, 'draft')}.docx"
    return made_file(content, name=name, content_type=MEDIA_TYPE, attached=True)


def variant_or_404(request: PortalRequest) -> str:
    try:
        return DraftForm(request.GET).chosen
    except LookupError as unknown:
        raise Http404 from unknown


def is_framed(request: PortalRequest) -> bool:
    return request.headers.get("Sec-Fetch-Dest") == "iframe"


def to_background(request: PortalRequest, review: Review, key: PaperKey) -> HttpResponse:
    """Where a long paper is printed; beside the text that is being written there is no room."""
    if is_framed(request):
        raise DocumentError(_("This paper is long: have its draft made on the paper's own page."))
    address = reverse("awards:paper_print", args=[*review.url_args, key])
    return redirect(f"{address}?{chosen}" if (chosen := request.GET.urlencode()) else address)


@require_http_methods(["GET", "POST"])
def text_edit(request: PortalRequest, bloc: str, year: int, paper: str) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    key = paper_or_404(review, paper)
    sections = sections_of(key.kind)
    if not sections:
        raise Http404
    subject_or_404(review, key)
    # A writer whose moment has passed keeps what was typed: the transition then says why.
    if request.method == "GET" or not may.can_read_revisions(
        request.user, review, key.kind, key.about
    ):
        require(may.can_edit_paper(request.user, review, key.kind, key.about))
    parts = parts_of(review, key)
    forms = text_forms(sections, parts, request.POST or None)
    if request.method == "POST":
        forms = [save_text(request, review, key, form) for form in forms]
        if request.htmx:
            return saved_parts(request, forms)
        if not any(form.errors for form in forms):
            messages.success(request, _("The texts have been saved."))
            return redirect("awards:text_edit", *review.url_args, key)
    failed = any(form.errors for form in forms)
    context = {"review": review, "paper": key, "forms": forms, "failed": failed}
    context |= {"quoting": quoting_parts(key.kind)}
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


def parts_of(review: Review, key: PaperKey) -> dict[str, TextPart]:
    rows = TextPart.objects.filter(review=review, document=key.kind, about=key.about)
    return {part.section: part for part in rows}


def save_text(request: PortalRequest, review: Review, key: PaperKey, form: TextForm) -> TextForm:
    """Save one part if it was changed; over a colleague's text only on a second look."""
    section, part = form.section, form.part
    if not form.is_valid():
        return form
    if not form.is_changed:
        return TextForm(section=section, part=part)
    try:
        part = transitions.write_text(
            review,
            key,
            section=section.key,
            by=request.user,
            **form.cleaned_data,
        )
    except Stale:
        return over_theirs(form, parts_of(review, key).get(section.key))
    except REFUSALS as refusal:
        add_refusal(form, refusal)
        return form
    saved = TextForm(section=section, part=part)
    saved.is_saved, saved.sent = True, form.cleaned_data["text"]
    return saved


def asked_to_issue(
    request: PortalRequest, review: Review, key: PaperKey, form: IssueForm
) -> PrintJob | None:
    """The printing in the background that issues a long paper; None for one that is short."""
    jobs: list[PrintJob] = []

    def ask() -> None:
        if is_long(review, key):
            issue = {"kind": JobKind.ISSUE, **form.paper}
            jobs.append(transitions.ask_paper(review, key, **issue, by=request.user))

    return jobs[0] if attempt(form, ask) and jobs else None


@require_http_methods(["GET", "POST"])
def document_issue(request: PortalRequest, bloc: str, year: int, paper: str) -> HttpResponse:
    review = review_or_404(request, bloc, year)
    key = paper_or_404(review, paper)
    subject = subject_or_404(review, key)
    if request.method == "GET" or not may.signs(request.user, review, key.kind, subject):
        require(may.can_issue(request.user, review, key.kind, subject))
    today = timezone.localdate()
    series = series_of(review, key, today)  # of another day it may be another
    form = IssueForm(request.POST or None, review=review, series=series, today=today)
    if request.method == "POST" and (job := asked_to_issue(request, review, key, form)):
        return redirect(job)
    if request.method == "POST" and attempt(
        form, lambda: transitions.issue(review, key, **form.paper, by=request.user)
    ):
        messages.success(request, _("The paper has been issued and is kept as it is."))
        return redirect("awards:document_detail", *review.url_args, key)
    context = {"review": review, "paper": key, "form": form, "series": series}
    context |= {"about": about_in_words(subject), "former": versions_of(review, key).first()}
    status = 422 if form.is_bound else 200
    return render(request, "awards/document_issue.html", context, status=status)
