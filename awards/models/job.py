"""Printing that takes longer than a page may: made part by part in the background."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blocs.models import Agency, Change, Review, User

from .document import DocumentKind, PdfVariant


class JobKind(models.TextChoices):
    DOSSIER = "dossier", _("Whole dossier")
    DRAFT = "draft", _("Draft of a paper")
    ISSUE = "issue", _("Issue of a paper")


class JobStatus(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


def printed_folder(job: PrintJob) -> str:
    """Everything that was made for a printing lies there."""
    return f"printed/{job.pk}"


def job_file(job: PrintJob, original: str) -> str:
    return f"{printed_folder(job)}/{uuid.uuid4().hex}-{original}"


def part_file(part: PrintPart, _original: str) -> str:
    return f"{printed_folder(part.job)}/{uuid.uuid4().hex}"


class PrintJob(models.Model):
    """A dossier or a long paper that a background worker makes; what is done is kept on a stop.

    ``kind`` says what becomes of it; a draft or an issue names its paper.
    """

    MOVES = {
        # Queued again: a worker that died with its first breath took the task along.
        JobStatus.QUEUED: {JobStatus.RUNNING, JobStatus.QUEUED, JobStatus.FAILED},
        # A worker that died is followed by another, which goes on with the parts not yet made.
        JobStatus.RUNNING: {JobStatus.DONE, JobStatus.FAILED, JobStatus.QUEUED},
        JobStatus.FAILED: {JobStatus.QUEUED},
        JobStatus.DONE: frozenset(),
    }

    review = models.ForeignKey(Review, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=JobKind)
    status = models.CharField(
        _("state"), max_length=10, choices=JobStatus, default=JobStatus.QUEUED, editable=False
    )
    paper = models.CharField(max_length=20, choices=DocumentKind, blank=True)
    about = models.CharField(max_length=60, blank=True)
    number = models.CharField(_("number"), max_length=20, blank=True)
    dated = models.DateField(_("date of the paper"), null=True, blank=True)
    variant = models.CharField(max_length=10, choices=PdfVariant, default=PdfVariant.ACCESSIBLE)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    # Whose eyes it was made for: the agency of the person at that time.
    agency = models.ForeignKey(
        Agency, models.PROTECT, related_name="+", null=True, blank=True, editable=False
    )
    asked_at = models.DateTimeField(_("asked at"), editable=False)
    seen_at = models.DateTimeField(null=True, blank=True, editable=False)  # sign of life
    problem = models.TextField(_("what went wrong"), blank=True, editable=False)
    pdf = models.FileField(upload_to=job_file, max_length=200, blank=True, editable=False)
    pdf_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    pages = models.PositiveIntegerField(default=0, editable=False)
    archive = models.FileField(upload_to=job_file, max_length=200, blank=True, editable=False)
    archive_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("printing")
        verbose_name_plural = _("printings")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=JobStatus.values), name="printjob_status_known"
            ),
            models.CheckConstraint(
                condition=(Q(kind=JobKind.DOSSIER) & Q(paper=""))
                | (~Q(kind=JobKind.DOSSIER) & ~Q(paper="")),
                name="printjob_names_its_paper",
            ),
            models.CheckConstraint(
                condition=~Q(status=JobStatus.FAILED) | ~Q(problem=""),
                name="printjob_failed_for_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=JobStatus.DONE) | ~Q(pdf="") | Q(kind=JobKind.ISSUE),
                name="printjob_done_with_a_file",
            ),
            # Asking twice for the same thing waits for the same work.
            models.UniqueConstraint(
                F("review"),
                F("kind"),
                F("paper"),
                F("about"),
                F("variant"),
                F("asked_by"),
                condition=Q(status__in=[JobStatus.QUEUED, JobStatus.RUNNING]),
                name="printjob_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} - {self.review}"

    def get_absolute_url(self) -> str:
        return reverse("awards:job_detail", args=[self.pk])

    @property
    def is_running(self) -> bool:
        return self.status in (JobStatus.QUEUED, JobStatus.RUNNING)


class JobChange(Change):
    """A move of a printing."""

    record = models.ForeignKey(PrintJob, models.CASCADE, related_name="changes")


class PrintPart(models.Model):
    """One piece of a printing: a paper or a document of evidence, made once and kept."""

    job = models.ForeignKey(PrintJob, models.CASCADE, related_name="parts")
    position = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    folder = models.CharField(max_length=200, blank=True)  # in the archive
    file_name = models.CharField(max_length=255)
    source = models.CharField(max_length=120)  # "paper:minutes", "issued:12", "evidence:7"
    file = models.FileField(upload_to=part_file, max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveIntegerField(default=0)  # 0: not a PDF, so not in the bound volume
    problem = models.CharField(max_length=500, blank=True)  # why it is left out
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("part of a printing")
        verbose_name_plural = _("parts of a printing")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["job", "position"], name="printpart_once"),
        ]

    def __str__(self) -> str:
        return self.title
