"""Papers: the text parts that people write, and the issued papers, kept byte for byte."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from blocs.models import Change, Province, Review, User


class DocumentKind(models.TextChoices):
    """Every kind of paper; the order is that of the dossier."""

    SUBMISSION = "submission", _("Submission letter")
    REPORT = "report", _("Year-end report")
    MINUTES = "minutes", _("Minutes of the conference")
    BALLOT_MINUTES = "ballot_minutes", _("Minutes of the ballot")
    SUMMARY = "summary", _("Summary table")
    DETAIL = "detail", _("Detailed table of scores")
    ACHIEVEMENT = "achievement", _("Report of achievements")
    SHEET = "sheet", _("Score sheet")
    APPRAISAL = "appraisal", _("Appraisal slip")
    HISTORY = "history", _("History of a score")
    COVENANT = "covenant", _("Emulation covenant")
    INVITATION = "invitation", _("Invitation")
    HANDOVER = "handover", _("Minutes of the flag's handover")


class PdfVariant(models.TextChoices):
    """How WeasyPrint writes a paper; no validator has certified either."""

    ACCESSIBLE = "pdf/ua-1", _("PDF/UA-1 (tagged)")
    ARCHIVE = "pdf/a-3a", _("PDF/A-3a (archive)")


class TextPart(models.Model):
    """A part of a paper that the leader's secretariat writes, beside the parts from data."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="+")
    document = models.CharField(max_length=20, choices=DocumentKind)
    about = models.CharField(max_length=60, blank=True)  # as in an issued paper
    section = models.CharField(max_length=40)
    text = models.TextField(_("text"), blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("text part")
        verbose_name_plural = _("text parts")
        constraints = [
            models.UniqueConstraint(
                fields=["review", "document", "about", "section"], name="text_part_once_per_section"
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
    WITHDRAWN = "withdrawn", pgettext_lazy("paper", "Withdrawn")


class IssuedDocument(models.Model):
    """A paper as it was issued: these bytes are never made again; a correction is a new version."""

    MOVES = {
        DocumentStatus.ISSUED: {DocumentStatus.REPLACED, DocumentStatus.WITHDRAWN},
        DocumentStatus.REPLACED: frozenset(),
        DocumentStatus.WITHDRAWN: frozenset(),
    }

    review = models.ForeignKey(Review, models.PROTECT, related_name="+")
    # The review's: another province may have a bloc or an office of the same symbol.
    province = models.ForeignKey(Province, models.PROTECT, related_name="+", editable=False)
    kind = models.CharField(_("paper"), max_length=20, choices=DocumentKind)
    # What the paper is about within its review: an agency's code, a vote's number; blank where
    # the review has one paper of the kind.
    about = models.CharField(max_length=60, blank=True)
    version = models.PositiveSmallIntegerField(_("version"))
    status = models.CharField(
        _("state"), max_length=20, choices=DocumentStatus, default=DocumentStatus.ISSUED
    )
    # The office's register numbers papers by series and year; the clerk types the number.
    series = models.CharField(_("series"), max_length=40, blank=True)
    number = models.CharField(_("number"), max_length=20, blank=True)
    dated = models.DateField(_("date of the paper"))
    variant = models.CharField(
        _("form of the file"), max_length=10, choices=PdfVariant, default=PdfVariant.ACCESSIBLE
    )
    # Stands in the QR code on the paper; blank on papers issued before there were any.
    token = models.CharField(max_length=24, blank=True, editable=False)
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
                fields=["review", "kind", "about", "version"],
                name="issued_document_version_once",
            ),
            models.UniqueConstraint(
                fields=["review", "kind", "about"],
                condition=Q(status=DocumentStatus.ISSUED),
                name="issued_document_one_in_force",
            ),
            models.UniqueConstraint(
                F("province"),
                F("series"),
                ExtractYear("dated"),
                F("number"),
                condition=~Q(number=""),
                name="issued_document_number_once_per_series_and_year",
                violation_error_message=_("This number is taken in this series and year."),
            ),
            models.UniqueConstraint(
                fields=["token"], condition=~Q(token=""), name="issued_document_token_once"
            ),
            models.CheckConstraint(
                condition=Q(variant__in=PdfVariant.values), name="issued_document_variant_known"
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


class CopyKind(models.TextChoices):
    SCAN = "scan", _("Scan of the signed and stamped paper")
    SIGNED = "signed", _("Digitally signed PDF")


def copy_name(copy: SignedCopy, _original: str) -> str:
    """Where a copy lies: a random name, for the original one may hold anything."""
    return f"papers/{copy.document_id}/{uuid.uuid4().hex}"


class SignedCopy(models.Model):
    """What came back signed of an issued paper: a scan, or the issued bytes signed digitally.

    Never altered, never removed; a later copy stands before an earlier one.
    """

    document = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="copies")
    kind = models.CharField(_("kind"), max_length=10, choices=CopyKind)
    file = models.FileField(_("file"), upload_to=copy_name, max_length=200)
    name = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField("SHA-256", max_length=64)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("by"))

    class Meta:
        verbose_name = _("signed copy")
        verbose_name_plural = _("signed copies")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=CopyKind.values), name="signedcopy_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CopySignature(models.Model):
    """One digital signature in a signed copy, as it was found when the copy came in."""

    copy = models.ForeignKey(SignedCopy, models.PROTECT, related_name="signatures")
    position = models.PositiveSmallIntegerField()
    signer = models.CharField(_("signed by"), max_length=300)
    issuer = models.CharField(_("certificate issued by"), max_length=300, blank=True)
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)
    is_intact = models.BooleanField(_("content unchanged since"))
    is_valid = models.BooleanField(_("signature valid"))
    is_trusted = models.BooleanField(_("certificate of a trusted authority"))

    class Meta:
        verbose_name = _("digital signature")
        verbose_name_plural = _("digital signatures")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["copy", "position"], name="copysignature_once"),
        ]

    def __str__(self) -> str:
        return self.signer
