"""Evidence: the documents that prove what a member claims."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from blocs.models import User

from .score import Score
from .sheet import Sheet


class EvidenceKind(models.TextChoices):
    FILE = "file", _("File")
    LINK = "link", _("Link")


def stored_name(evidence: Evidence, _original: str) -> str:
    """Where the bytes lie: a random name, for the original one may hold anything."""
    return f"evidence/{evidence.sheet_id}/{uuid.uuid4().hex}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, user: User) -> EvidenceQuerySet:
        """Whoever may read the sheet."""
        return self.filter(sheet__in=Sheet.objects.visible_to(user))

    def current(self) -> EvidenceQuerySet:
        """What counts now: neither replaced by a newer version nor taken out."""
        return self.filter(replaced_by=None, removed_at=None)


class Evidence(models.Model):
    """A version of a document in a member's library for one review: a file or a link.

    The database keeps every row and what it says of the file. A newer version names the one that
    it replaces; a document taken out before the sheet was ever submitted also loses its bytes.
    """

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="evidence")
    scores = models.ManyToManyField(Score, related_name="evidence", blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=EvidenceKind)
    title = models.CharField(_("title"), max_length=300)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)
    document_date = models.DateField(_("document date"), null=True, blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    file = models.FileField(_("file"), upload_to=stored_name, blank=True)
    original_name = models.CharField(_("file name"), max_length=255, blank=True, editable=False)
    content_type = models.CharField(max_length=100, blank=True, editable=False)
    size = models.PositiveIntegerField(_("size"), default=0, editable=False)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, editable=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    added_at = models.DateTimeField(_("added at"), editable=False)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", editable=False
    )
    removed_at = models.DateTimeField(_("taken out at"), null=True, blank=True, editable=False)
    removed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    is_erased = models.BooleanField(_("file erased"), default=False, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind=EvidenceKind.LINK, file="", sha256="") & ~Q(url=""))
                | (Q(kind=EvidenceKind.FILE, url="") & ~Q(file="") & ~Q(sha256="")),
                name="evidence_file_or_link",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None, is_erased=False)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="evidence_taken_out_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(replaces=None) | ~Q(replaces=F("id")),
                name="evidence_replaces_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_replaced(self) -> bool:
        """One query, unless the row was read with ``replaced_by``."""
        return hasattr(self, "replaced_by")

    @property
    def is_current(self) -> bool:
        return self.removed_at is None and not self.is_replaced
