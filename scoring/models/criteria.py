"""Criteria sets: what a bloc's members are measured by."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blocs.models import Change, Membership, Review, User


class CriteriaStatus(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ADOPTED = "adopted", _("Adopted")
    SUPERSEDED = "superseded", _("Superseded")


class CriteriaSet(models.Model):
    """The criteria of one review; from its adoption on nothing in it changes."""

    MOVES = {
        CriteriaStatus.DRAFT: {CriteriaStatus.ADOPTED},
        CriteriaStatus.ADOPTED: {CriteriaStatus.SUPERSEDED},
        CriteriaStatus.SUPERSEDED: frozenset(),
    }

    review = models.ForeignKey(Review, models.PROTECT, related_name="+")
    status = models.CharField(
        _("state"), max_length=20, choices=CriteriaStatus, default=CriteriaStatus.DRAFT
    )
    code = models.CharField(_("code"), max_length=40)
    title = models.CharField(_("title"), max_length=300)
    # Everything of the set but its criteria, as the kernel writes it: scale, step, rounding,
    # caps, grades, tie rules. Numbers are text.
    terms = models.JSONField(_("terms"))
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    adopted_at = models.DateTimeField(_("adopted at"), null=True, blank=True, editable=False)
    adopted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = _("criteria set")
        verbose_name_plural = _("criteria sets")
        constraints = [
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(status=CriteriaStatus.ADOPTED),
                name="criteria_set_one_adopted",
                violation_error_message=_("This review has adopted its criteria already."),
            ),
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(status=CriteriaStatus.DRAFT),
                name="criteria_set_one_draft",
                violation_error_message=_("This review has a draft of its criteria already."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=CriteriaStatus.values), name="criteria_set_status_known"
            ),
            models.CheckConstraint(
                condition=Q(
                    status=CriteriaStatus.DRAFT, adopted_at=None, adopted_by=None, sha256=""
                )
                | (
                    ~Q(status=CriteriaStatus.DRAFT)
                    & Q(adopted_at__isnull=False, adopted_by__isnull=False)
                    & ~Q(sha256="")
                ),
                name="criteria_set_dated_once_adopted",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("scoring:criteria_detail", args=self.review.url_args)

    @property
    def is_draft(self) -> bool:
        return self.status == CriteriaStatus.DRAFT


class CriteriaSetChange(Change):
    """A move of a criteria set."""

    record = models.ForeignKey(CriteriaSet, models.PROTECT, related_name="changes")


class Part(models.TextChoices):
    GROUP = "group", _("Group")
    LEAF = "base", _("Criterion")
    BONUS = "bonus", _("Bonus")
    PENALTY = "penalty", _("Penalty")
    KNOCKOUT = "knockout", _("Knock-out")


class AutoSource(models.TextChoices):
    """Where the system takes the value of an automatic criterion from."""

    SUBMISSION = "submission", _("receipt of the score sheet")
    REGISTRATION = "registration", _("receipt of covenant and registration")
    ATTENDANCE = "attendance", _("attendance at the bloc's meetings")
    DERIVED = "derived", _("the score sheet itself")


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def scored(self) -> CriterionQuerySet:
        """Criteria, bonuses and penalties, in order; not groups and knock-outs."""
        return self.filter(part__in=[Part.LEAF, Part.BONUS, Part.PENALTY]).order_by("position")

    def answerable(self) -> CriterionQuerySet:
        """Those that a person fills in, at whatever stage; not groups, knock-outs, automatic."""
        return self.scored().filter(auto_source="")


class Criterion(models.Model):
    """One line of a criteria set: a group, a criterion with its rule, a bonus, a penalty."""

    criteria_set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="criteria")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    position = models.PositiveSmallIntegerField(_("position in the list"))
    part = models.CharField(_("part"), max_length=10, choices=Part)
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=500)
    max_points = models.DecimalField(
        _("maximum"), max_digits=14, decimal_places=6, null=True, blank=True
    )
    # The criterion without its children, as the kernel writes it: rule and parameters, evidence
    # asked for, policy where it does not apply. Numbers are text.
    document = models.JSONField(_("rule and parameters"))
    auto_source = models.CharField(
        _("filled in from"), max_length=20, choices=AutoSource, blank=True
    )

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                fields=["criteria_set", "code"], name="criterion_code_once_per_set"
            ),
            models.UniqueConstraint(
                fields=["criteria_set", "position"], name="criterion_position_once_per_set"
            ),
            models.CheckConstraint(condition=Q(part__in=Part.values), name="criterion_part_known"),
            models.CheckConstraint(
                condition=Q(max_points=None) | Q(max_points__gt=0),
                name="criterion_maximum_positive",
            ),
            models.CheckConstraint(
                condition=Q(auto_source="")
                | Q(auto_source__in=AutoSource.values, part__in=[Part.LEAF, Part.PENALTY]),
                name="criterion_auto_source_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Exemption(models.Model):
    """A criterion that does not apply to a member; decided before the set is adopted."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="exemptions")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)

    class Meta:
        verbose_name = _("exemption")
        verbose_name_plural = _("exemptions")
        constraints = [
            models.UniqueConstraint(
                fields=["criterion", "membership"], name="exemption_once_per_member"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="exemption_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion.code} - {self.membership}"
