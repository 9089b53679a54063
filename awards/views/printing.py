"""Printings in the background: asked for, watched, gone on with, fetched."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count, Q, QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards import permissions as may
from awards import transitions
from awards.documents.papers import PaperKey
from awards.jobs import is_silent, is_unattended, may_be_lost
from awards.models import DocumentKind, IssuedDocument, JobKind, JobStatus, PrintJob, PrintPart
from blocs.http import PortalRequest, stored_file
from blocs.models import Review
from blocs.permissions import is_board_of, require
from blocs.views.lookup import review_or_404

from .documents import file_name, paper_or_404, subject_or_404, variant_or_404
from .refusals import attempt_or_tell

SHOWN = 10  # printings in the list of a person's own


@require_http_methods(["GET", "POST"])
def dossier_print(request: PortalRequest, bloc: str, year: int) -> HttpResponse:
    """The whole dossier: have it made, and one's own earlier ones."""
    review = review_or_404(request, bloc, year)
    require(may.can_print_dossier(request.user, review))
    if request.method == "POST":
        return redirect(transitions.ask_dossier(review, by=request.user))
    jobs = own_jobs(request).filter(
        agency=request.user.agency_id, review=review, kind=JobKind.DOSSIER
    )[:SHOWN]
    context = {"review": review, "jobs": jobs, "on_board": is_board_of(request.user, review)}
    return render(request, "awards/dossier_print.html", context)


@require_http_methods(["GET", "POST"])
def paper_print(request: PortalRequest, bloc: str, year: int, paper: str) -> HttpResponse:
    """A long paper: its draft is made in the background."""
    review = review_or_404(request, bloc, year)
    key = paper_or_404(review, paper)
    require(may.can_read_paper(request.user, review, key.kind, subject_or_404(review, key)))
    if request.method == "POST":
        return redirect(
            transitions.ask_paper(
                review,
                key,
                kind=JobKind.DRAFT,
                variant=variant_or_404(request),
                by=request.user,
            )
        )
    jobs = own_jobs(request).filter(
        agency=request.user.agency_id, review=review, paper=key.kind, about=key.about
    )[:SHOWN]
    context = {"review": review, "paper": key, "jobs": jobs}
    return render(request, "awards/paper_print.html", context)


def own_jobs(request: PortalRequest) -> QuerySet[PrintJob]:
    """The person's own printings of reviews that it may know of."""
    visible = Review.objects.visible_to(request.user)
    return PrintJob.objects.filter(asked_by=request.user, review__in=visible)


def usable_jobs(request: PortalRequest) -> QuerySet[PrintJob]:
    """Without those that were left behind in another agency."""
    return own_jobs(request).filter(agency=request.user.agency_id)


def job_or_404(request: PortalRequest, pk: int) -> PrintJob:
    """One of the person's own printings, while it may read what it prints."""
    job = get_object_or_404(own_jobs(request).select_related("review__bloc__province"), pk=pk)
    subject = job.review if job.kind == JobKind.DOSSIER else subject_or_404(job.review, key_of(job))
    require(may.can_use_job(request.user, job, subject))
    return job


def key_of(job: PrintJob) -> PaperKey:
    return PaperKey(DocumentKind(job.paper), job.about)


@dataclass(frozen=True)
class Progress:
    """How far a printing is."""

    done: int
    total: int
    current: str  # the part that is being made; blank: being bound
    left_out: list[PrintPart]

    @property
    def is_planned(self) -> bool:
        return self.total > 0


def progress_of(job: PrintJob) -> Progress:
    counted = job.parts.aggregate(all=Count("pk"), done=Count("pk", filter=~Q(made_at=None)))
    current = job.parts.filter(made_at=None).values_list("title", flat=True).first()
    left_out = [] if job.is_running else list(job.parts.exclude(problem=""))
    return Progress(counted["done"], counted["all"], current or "", left_out)


@require_safe
def job_detail(request: PortalRequest, pk: int) -> HttpResponse:
    job = job_or_404(request, pk)
    now = timezone.now()
    issued = None
    if job.kind == JobKind.ISSUE and job.status == JobStatus.DONE:
        rows = IssuedDocument.objects.filter(review=job.review, kind=job.paper, about=job.about)
        issued = rows.defer("content").order_by("-version").first()
    context = {
        "job": job,
        "review": job.review,
        "progress": progress_of(job),
        "issued": issued,
        "may_resume": job.status == JobStatus.FAILED or may_be_lost(job, now),
        "is_silent": is_silent(job, now),
        "is_unattended": is_unattended(job, now),
    }
    part = "awards/_job_progress.html" if request.htmx else "awards/job_detail.html"
    return render(request, part, context)


@require_POST
def job_resume(request: PortalRequest, pk: int) -> HttpResponse:
    job = job_or_404(request, pk)
    if attempt_or_tell(request, lambda: transitions.resume(job, by=request.user)):
        messages.success(request, _("It goes on with the parts that are still missing."))
    return redirect(job)


@require_safe
def job_pdf(request: PortalRequest, pk: int) -> FileResponse:
    job = job_or_404(request, pk)
    if not job.pdf:
        raise Http404
    name = "ho-so" if job.kind == JobKind.DOSSIER else key_of(job)
    name = f"{file_name(job.review, name, job.pdf_sha256[:8])}.pdf"
    return stored_file(job.pdf, name=name, content_type="application/pdf")


@require_safe
def job_archive(request: PortalRequest, pk: int) -> FileResponse:
    job = job_or_404(request, pk)
    if not job.archive:
        raise Http404
    name = f"{file_name(job.review, 'ho-so', job.archive_sha256[:8])}.zip"
    return stored_file(job.archive, name=name, content_type="application/zip")
