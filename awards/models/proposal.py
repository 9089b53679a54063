"""Proposals and the dossier that carries them to the province. A proposal is not an award."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blocs.models import Change, Membership, Review, User
from scoring.models import Summary

from .award import Award
from .resolution import Resolution


class DossierStatus(models.TextChoices):
    DRAFT = "draft", _("Being prepared")
    SUBMITTED = "submitted", _("Submitted")
    RECEIVED = "received", _("Received")
    RETURNED = "returned", _("Returned")
    DECIDED = "decided", _("Decided")


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, user: User) -> DossierQuerySet:
        """The board once submitted; members whenever they take part in the review."""
        if user.agency is None:
            return self.none()
        if user.on_board:
            return self.filter(
                review__bloc__province=user.agency.province_id, submitted_at__isnull=False
            )
        return self.filter(review__in=list(user.parts))


class Dossier(models.Model):
    """A review's dossier: what the leader submits, the board receives, returns or decides."""

    MOVES = {
        DossierStatus.DRAFT: {DossierStatus.SUBMITTED},
        DossierStatus.SUBMITTED: {DossierStatus.RECEIVED, DossierStatus.RETURNED},
        DossierStatus.RECEIVED: {DossierStatus.RETURNED, DossierStatus.DECIDED},
        DossierStatus.RETURNED: {DossierStatus.SUBMITTED},
        DossierStatus.DECIDED: frozenset(),
    }

    review = models.OneToOneField(Review, models.PROTECT, related_name="+")
    status = models.CharField(
        _("state"), max_length=20, choices=DossierStatus, default=DossierStatus.DRAFT
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    received_at = models.DateTimeField(_("received at"), null=True, blank=True, editable=False)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=DossierStatus.values), name="dossier_status_known"
            ),
            models.CheckConstraint(
                condition=Q(status=DossierStatus.DRAFT)
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="dossier_dated_once_submitted",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=[DossierStatus.RECEIVED, DossierStatus.DECIDED])
                | Q(received_at__isnull=False),
                name="dossier_dated_once_received",
            ),
        ]

    def __str__(self) -> str:
        return str(self.review)

    def get_absolute_url(self) -> str:
        return reverse("awards:dossier_detail", args=[self.pk])


class DossierChange(Change):
    """A move of a dossier; a return carries its reason."""

    record = models.ForeignKey(Dossier, models.PROTECT, related_name="changes")


class ProposalStatus(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    GRANTED = "granted", _("Granted")
    NOT_GRANTED = "not_granted", _("Not granted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Proposal(models.Model):
    """One member proposed for one award, on the ground of a resolution and a table."""

    MOVES = {
        ProposalStatus.PROPOSED: {
            ProposalStatus.GRANTED,
            ProposalStatus.NOT_GRANTED,
            ProposalStatus.WITHDRAWN,
        },
        ProposalStatus.GRANTED: frozenset(),
        ProposalStatus.NOT_GRANTED: frozenset(),
        ProposalStatus.WITHDRAWN: frozenset(),
    }

    review = models.ForeignKey(Review, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    award = models.ForeignKey(Award, models.PROTECT, related_name="+")
    resolution = models.OneToOneField(Resolution, models.PROTECT, related_name="proposal")
    summary = models.ForeignKey(Summary, models.PROTECT, related_name="+")
    status = models.CharField(
        _("state"), max_length=20, choices=ProposalStatus, default=ProposalStatus.PROPOSED
    )
    grounds = models.TextField(_("summary of achievements"), blank=True)
    decision_number = models.CharField(_("decision number"), max_length=60, blank=True)
    decision_date = models.DateField(_("decision date"), null=True, blank=True)
    outcome_reason = models.TextField(_("reason of the outcome"), blank=True)

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ["award__position", "membership__position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ProposalStatus.values), name="proposal_status_known"
            ),
            models.UniqueConstraint(
                fields=["membership"],
                condition=~Q(status=ProposalStatus.WITHDRAWN),
                name="proposal_one_per_member",
                violation_error_message=_(
                    "A member is proposed for one award a year on the same achievement."
                ),
            ),
            models.CheckConstraint(
                condition=(
                    Q(status=ProposalStatus.GRANTED, decision_date__isnull=False)
                    & ~Q(decision_number="")
                )
                | (~Q(status=ProposalStatus.GRANTED) & Q(decision_number="", decision_date=None)),
                name="proposal_granted_by_decision",
                violation_error_message=_("Give the number and date of the decision."),
            ),
            models.CheckConstraint(
                condition=~Q(status=ProposalStatus.NOT_GRANTED) | ~Q(outcome_reason=""),
                name="proposal_refused_with_reason",
                violation_error_message=_("Say why the award was not granted."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award} - {self.membership}"


class ProposalChange(Change):
    """A move of a proposal."""

    record = models.ForeignKey(Proposal, models.PROTECT, related_name="changes")
