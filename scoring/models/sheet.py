"""Score sheets and the time they were due."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from blocs.models import Change, Membership, Phase, Review, User

from .criteria import Criterion


class SheetStatus(models.TextChoices):
    DRAFT = "draft", _("Being filled in")
    WITH_HEAD = "with_head", _("With the head of agency")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for supplement")
    APPRAISED = "appraised", _("Appraisal finished")


class SheetQuerySet(models.QuerySet["Sheet"]):
    def of(self, review: Review) -> SheetQuerySet:
        return self.filter(membership__review=review).order_by("membership__position")

    def visible_to(self, user: User) -> SheetQuerySet:
        """Whose points a user may read.

        The own agency's always; those the agency appraises once appraisal has begun; all of a
        review for its leader from the conference on; the board's province once submitted.
        """
        if user.agency is None:
            return self.none()
        if user.on_board:
            return self.filter(
                membership__review__bloc__province=user.agency.province_id,
                membership__review__status__in=[Phase.EXAMINATION, Phase.DECIDED, Phase.CLOSED],
            )
        appraising = Q(appraiser__agency=user.agency_id) & ~Q(
            membership__review__status__in=[Phase.PREPARATION, Phase.SELF_SCORING]
        )
        # By id and not through the membership: a join would list a review once per member.
        led = [part.review_id for part in user.parts.values() if part.is_leader]
        leading = Q(membership__review__in=led) & ~Q(
            membership__review__status__in=[
                Phase.PREPARATION,
                Phase.SELF_SCORING,
                Phase.APPRAISAL,
            ]
        )
        return self.filter(Q(membership__agency=user.agency_id) | appraising | leading)

    def appraised_by(self, user: User) -> SheetQuerySet:
        """Those that the user's agency appraises; never its own."""
        if user.agency_id is None:
            return self.none()
        return self.filter(appraiser__agency=user.agency_id).exclude(
            membership__agency=user.agency_id
        )

    def with_people(self) -> SheetQuerySet:
        """With member, review, bloc and appraiser, and their names."""
        return self.select_related(
            "membership__review__bloc", "membership__agency", "appraiser__agency"
        ).prefetch_related("membership__agency__names", "appraiser__agency__names")


class Sheet(models.Model):
    """The score sheet of one member in one review."""

    MOVES = {
        SheetStatus.DRAFT: {SheetStatus.WITH_HEAD, SheetStatus.SUBMITTED},
        SheetStatus.WITH_HEAD: {SheetStatus.DRAFT, SheetStatus.SUBMITTED},
        SheetStatus.SUBMITTED: {SheetStatus.DRAFT, SheetStatus.RETURNED, SheetStatus.APPRAISED},
        SheetStatus.RETURNED: {SheetStatus.SUBMITTED},
        SheetStatus.APPRAISED: {SheetStatus.SUBMITTED},
    }

    membership = models.OneToOneField(Membership, models.PROTECT, related_name="+")
    status = models.CharField(
        _("state"), max_length=20, choices=SheetStatus, default=SheetStatus.DRAFT, editable=False
    )
    appraiser = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="+"
    )
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    appraised_at = models.DateTimeField(_("appraised at"), null=True, blank=True, editable=False)
    appraised_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    # The last day for objections; set when the appraisal is finished, silence means agreement.
    objections_until = models.DateField(
        _("objections until"), null=True, blank=True, editable=False
    )
    accepted_at = models.DateTimeField(
        _("appraisal accepted at"), null=True, blank=True, editable=False
    )
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("score sheet")
        verbose_name_plural = _("score sheets")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=SheetStatus.values), name="sheet_status_known"
            ),
            models.CheckConstraint(
                condition=Q(appraiser=None) | ~Q(appraiser=F("membership")),
                name="sheet_not_appraised_by_its_own_agency",
                violation_error_message=_("Nobody appraises their own agency."),
            ),
            models.CheckConstraint(
                condition=~Q(
                    status__in=[
                        SheetStatus.SUBMITTED,
                        SheetStatus.RETURNED,
                        SheetStatus.APPRAISED,
                    ]
                )
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="sheet_dated_once_submitted",
            ),
            models.CheckConstraint(
                condition=Q(
                    status=SheetStatus.APPRAISED,
                    appraised_at__isnull=False,
                    appraised_by__isnull=False,
                    appraiser__isnull=False,
                )
                | (~Q(status=SheetStatus.APPRAISED) & Q(appraised_at=None, appraised_by=None)),
                name="sheet_dated_once_appraised",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(
                    status=SheetStatus.APPRAISED,
                    accepted_at__isnull=False,
                    accepted_by__isnull=False,
                ),
                name="sheet_accepted_once_appraised",
            ),
            models.CheckConstraint(
                condition=Q(objections_until=None) | Q(status=SheetStatus.APPRAISED),
                name="sheet_objections_once_appraised",
            ),
        ]

    def __str__(self) -> str:
        return self.membership.name

    def get_absolute_url(self) -> str:
        review = self.membership.review
        return reverse("scoring:sheet_detail", args=[*review.url_args, self.membership.agency.slug])

    @cached_property
    def asked_for(self) -> frozenset[int]:
        """Ids of the criteria that the sheet was returned for; none: it is open as a whole."""
        if self.status != SheetStatus.RETURNED:
            return frozenset()
        back = self.changes.filter(to_status=SheetStatus.RETURNED).order_by("-pk")
        named = SheetChange.criteria.through.objects.filter(
            sheetchange=models.Subquery(back.values("pk")[:1])
        )
        return frozenset(named.values_list("criterion_id", flat=True))

    def is_open_at(self, criterion: int) -> bool:
        """Whether a return left this criterion (by id) to be changed."""
        return not self.asked_for or criterion in self.asked_for

    @property
    def is_with_member(self) -> bool:
        """The member may still write in it."""
        return self.status in (SheetStatus.DRAFT, SheetStatus.WITH_HEAD, SheetStatus.RETURNED)

    @property
    def is_received(self) -> bool:
        """The leader has it: submitted, whatever happened to it since."""
        return self.status in (SheetStatus.SUBMITTED, SheetStatus.APPRAISED)


class SheetChange(Change):
    """A move of a sheet; the submissions among them decide what is late.

    A return may name the criteria to be supplemented; without any the whole sheet is open again.
    """

    record = models.ForeignKey(Sheet, models.PROTECT, related_name="changes")
    criteria = models.ManyToManyField(Criterion, related_name="+", blank=True)


class Extension(models.Model):
    """A later due day for one member, granted before the due day began."""

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    to = models.DateField(_("extended to"))
    reason = models.CharField(_("reason"), max_length=500)
    granted_at = models.DateTimeField(_("granted at"))
    granted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    granted_for = models.ForeignKey(
        Membership,
        models.PROTECT,
        related_name="+",
        help_text=_("The member in whose office the extension was granted."),
    )

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(granted_for=F("membership")),
                name="extension_not_to_oneself",
                violation_error_message=_("Nobody grants an extension to their own agency."),
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_with_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.membership} - {self.to}"
