"""Papers: the text parts that people write, and the issued papers, kept byte for byte."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blocs.models import Change, Review, User


class DocumentKind(models.TextChoices):
    REPORT = "report", _("Year-end report")
    MINUTES = "minutes", _("Minutes of the conference")
    SUMMARY = "summary", _("Summary table")


class TextPart(models.Model):
    """A part of a paper that the leader's secretariat writes, beside the parts from data."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="+")
    document = models.CharField(max_length=20, choices=DocumentKind)
    section = models.CharField(max_length=40)
    text = models.TextField(_("text"), blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("text part")
        verbose_name_plural = _("text parts")
        constraints = [
            models.UniqueConstraint(
                fields=["review", "document", "section"], name="text_part_once_per_section"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document}.{self.section}"


class TextRevision(models.Model):
    """A text part as somebody saved it; never altered, never removed."""

    part = models.ForeignKey(TextPart, models.PROTECT, related_name="revisions")
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("revision of a text")
        verbose_name_plural = _("revisions of a text")
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["part", "version"], name="textrevision_once"),
        ]

    def __str__(self) -> str:
        return f"{self.part} v{self.version}"


class DocumentStatus(models.TextChoices):
    ISSUED = "issued", _("Issued")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class IssuedDocument(models.Model):
    """A paper as it was issued: these bytes are never made again; a correction is a new version."""

    MOVES = {
        DocumentStatus.ISSUED: {DocumentStatus.REPLACED, DocumentStatus.WITHDRAWN},
        DocumentStatus.REPLACED: frozenset(),
        DocumentStatus.WITHDRAWN: frozenset(),
    }

    review = models.ForeignKey(Review, models.PROTECT, related_name="+")
    kind = models.CharField(_("paper"), max_length=20, choices=DocumentKind)
    version = models.PositiveSmallIntegerField(_("version"))
    status = models.CharField(
        _("state"), max_length=20, choices=DocumentStatus, default=DocumentStatus.ISSUED
    )
    # The office's register numbers papers by series and year; the clerk types the number.
    series = models.CharField(_("series"), max_length=40, blank=True)
    number = models.CharField(_("number"), max_length=20, blank=True)
    dated = models.DateField(_("date of the paper"))
    content = models.BinaryField(editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    issued_at = models.DateTimeField(_("issued at"), editable=False)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("issued paper")
        verbose_name_plural = _("issued papers")
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "kind", "version"], name="issued_document_version_once"
            ),
            models.UniqueConstraint(
                fields=["review", "kind"],
                condition=Q(status=DocumentStatus.ISSUED),
                name="issued_document_one_in_force",
            ),
            models.UniqueConstraint(
                F("series"),
                ExtractYear("dated"),
                F("number"),
                condition=~Q(number=""),
                name="issued_document_number_once_per_series_and_year",
                violation_error_message=_("This number is taken in this series and year."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=DocumentStatus.values), name="issued_document_status_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} v{self.version}"

    def get_absolute_url(self) -> str:
        return reverse("awards:document_issued", args=[self.pk])


class DocumentChange(Change):
    """A move of an issued paper."""

    record = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="changes")
