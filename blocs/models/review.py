"""Blocs, their yearly reviews, and who takes part in which office."""

from __future__ import annotations

import datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .agency import Agency, Province
from .change import Change
from .people import User

# First parts of the portal's own addresses: a bloc may not be called so.
RESERVED_SLUGS = (
    "accounts",
    "agencies",
    "board",
    "documents",
    "evidence",
    "healthz",
    "language",
    "people",
    "static",
)


class BlocKind(models.TextChoices):
    BLOC = "bloc", _("Bloc")
    CLUSTER = "cluster", _("Cluster")


class Bloc(models.Model):
    """A group of agencies of a province that are compared with one another."""

    province = models.ForeignKey(Province, models.PROTECT, verbose_name=_("province"))
    slug = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=BlocKind, default=BlocKind.BLOC)
    name = models.CharField(_("short name"), max_length=100, help_text=_("As in: Khối 7"))
    full_name = models.CharField(_("full name"), max_length=200)
    symbol = models.CharField(_("symbol in document numbers"), max_length=20)
    position = models.PositiveSmallIntegerField(_("position in the list"), default=0)

    class Meta:
        verbose_name = _("bloc")
        verbose_name_plural = _("blocs")
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=BlocKind.values), name="bloc_kind_known"),
            models.CheckConstraint(
                condition=~Q(slug__in=RESERVED_SLUGS),
                name="bloc_slug_not_reserved",
                violation_error_message=_("This code is reserved for an address of the portal."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name


class Phase(models.TextChoices):
    PREPARATION = "preparation", _("Preparation")
    SELF_SCORING = "self_scoring", _("Self-scoring")
    APPRAISAL = "appraisal", _("Appraisal")
    CONFERENCE = "conference", _("Conference")
    SUBMISSION = "submission", _("Dossier")
    EXAMINATION = "examination", _("Examination by the province")
    DECIDED = "decided", _("Decided")
    CLOSED = "closed", _("Closed")


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: User) -> ReviewQuerySet:
        """The board sees its province's reviews; an agency those that it takes part in."""
        if user.agency is None:
            return self.none()
        if user.on_board:
            return self.filter(bloc__province=user.agency.province_id)
        return self.filter(memberships__agency=user.agency_id)

    def newest_first(self) -> ReviewQuerySet:
        return self.order_by("-year", "bloc__position", "bloc__slug")


class Review(models.Model):
    """One bloc in one year under review, from its preparation to its archive."""

    MOVES = {
        Phase.PREPARATION: {Phase.SELF_SCORING},
        Phase.SELF_SCORING: {Phase.APPRAISAL},
        Phase.APPRAISAL: {Phase.CONFERENCE, Phase.SELF_SCORING},
        Phase.CONFERENCE: {Phase.SUBMISSION, Phase.APPRAISAL},
        Phase.SUBMISSION: {Phase.EXAMINATION},
        Phase.EXAMINATION: {Phase.DECIDED, Phase.SUBMISSION},
        Phase.DECIDED: {Phase.CLOSED},
        Phase.CLOSED: frozenset(),
    }

    bloc = models.ForeignKey(Bloc, models.PROTECT, related_name="reviews")
    year = models.PositiveSmallIntegerField(
        _("year under review"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    status = models.CharField(
        _("phase"), max_length=20, choices=Phase, default=Phase.PREPARATION, editable=False
    )
    registration_due = models.DateField(_("covenant and registration due"), null=True, blank=True)
    scores_due = models.DateField(_("score sheets due"), null=True, blank=True)
    appraisal_due = models.DateField(_("appraisal due"), null=True, blank=True)
    dossier_due = models.DateField(_("dossier due"), null=True, blank=True)
    objection_days = models.PositiveSmallIntegerField(
        _("days for objections"),
        default=3,
        validators=[MaxValueValidator(30)],
        help_text=_("Calendar days after the appraisal; silence means agreement."),
    )

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["bloc", "year"], name="review_one_per_bloc_year"),
            models.CheckConstraint(condition=Q(status__in=Phase.values), name="review_phase_known"),
            models.CheckConstraint(
                condition=Q(year__range=(2000, 2100)),
                name="review_year_plausible",
                violation_error_message=_("The year must lie between 2000 and 2100."),
            ),
            models.CheckConstraint(
                condition=Q(status=Phase.PREPARATION) | Q(scores_due__isnull=False),
                name="review_due_day_once_open",
            ),
            models.CheckConstraint(
                condition=Q(objection_days__lte=30),
                name="review_objection_days_plausible",
                violation_error_message=_("At most 30 days are given for objections."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bloc} - {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("review_detail", args=[self.bloc.slug, self.year])

    @property
    def url_args(self) -> tuple[str, int]:
        """The two parts that every address within the review begins with."""
        return self.bloc.slug, self.year

    @property
    def last_day(self) -> datetime.date:
        """The day whose agency names the review shows."""
        return datetime.date(self.year, 12, 31)

    def is_in(self, *phases: Phase) -> bool:
        return self.status in phases

    def has_reached(self, phase: Phase) -> bool:
        order = list(Phase)
        return order.index(Phase(self.status)) >= order.index(phase)


class PhaseChange(Change):
    """One step of a review from a phase to another."""

    record = models.ForeignKey(Review, models.PROTECT, related_name="changes")


class Office(models.TextChoices):
    LEADER = "leader", _("Bloc leader")
    DEPUTY = "deputy", _("Deputy leader")
    MEMBER = "member", _("Member")


class MembershipQuerySet(models.QuerySet["Membership"]):
    def in_order(self) -> MembershipQuerySet:
        """Protocol order, as the bloc's list has it."""
        return self.order_by("position", "pk")

    def with_names(self) -> MembershipQuerySet:
        return self.select_related("agency").prefetch_related("agency__names")


class Membership(models.Model):
    """An agency's part in a review: its office, its place in the list, whether it is ranked."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="memberships")
    office = models.CharField(_("office"), max_length=10, choices=Office, default=Office.MEMBER)
    position = models.PositiveSmallIntegerField(_("position in the list"))
    unranked = models.BooleanField(_("not ranked"), default=False)
    unranked_reason = models.CharField(_("reason for not ranking"), max_length=500, blank=True)
    registered_at = models.DateTimeField(
        _("covenant and registration received"),
        null=True,
        blank=True,
        help_text=_("When the signed covenant and the registered titles reached the bloc leader."),
    )
    never_registered = models.BooleanField(
        _("did not sign the covenant or register"), default=False
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(
                fields=["review", "agency"],
                name="membership_once_per_review",
                violation_error_message=_("This agency is a member already."),
            ),
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(office=Office.LEADER),
                name="membership_one_leader",
                violation_error_message=_("The bloc has a leader already."),
            ),
            models.CheckConstraint(
                condition=Q(office__in=Office.values), name="membership_office_known"
            ),
            models.CheckConstraint(
                condition=Q(unranked=False) | ~Q(unranked_reason=""),
                name="membership_unranked_with_reason",
                violation_error_message=_("Say why the member is not ranked."),
            ),
            models.CheckConstraint(
                condition=Q(never_registered=False) | Q(registered_at=None),
                name="membership_registered_or_never",
                violation_error_message=_("Either a day of receipt or never: not both."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The agency's full name in the year under review."""
        return self.agency.name_on(self.review.last_day).full

    @property
    def short_name(self) -> str:
        return self.agency.name_on(self.review.last_day).short

    @property
    def is_leader(self) -> bool:
        return self.office == Office.LEADER

    @property
    def is_deputy(self) -> bool:
        return self.office == Office.DEPUTY
