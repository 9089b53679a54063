"""The year-end conference: when and where, who came, who spoke, and the flag handed over."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blocs.models import Change, Membership, Review, User
from scoring.models import ScoreChange


class ConferenceStatus(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("In session")
    CLOSED = "closed", _("Closed")


class Conference(models.Model):
    """The conference that closes a review; its day may lie in the following year."""

    MOVES = {
        ConferenceStatus.PLANNED: {ConferenceStatus.OPEN},
        ConferenceStatus.OPEN: {ConferenceStatus.CLOSED},
        ConferenceStatus.CLOSED: frozenset(),
    }

    review = models.OneToOneField(Review, models.PROTECT, related_name="+")
    status = models.CharField(
        _("state"),
        max_length=20,
        choices=ConferenceStatus,
        default=ConferenceStatus.PLANNED,
        editable=False,
    )
    held_on = models.DateField(_("day"))
    starts_at = models.TimeField(_("begins at"))
    ends_at = models.TimeField(_("ended at"), null=True, blank=True)
    venue = models.CharField(_("venue"), max_length=300)
    chair_name = models.CharField(_("chair"), max_length=100)
    chair_position = models.CharField(_("position of the chair"), max_length=200)
    secretary_name = models.CharField(_("secretary"), max_length=100, blank=True)
    secretary_position = models.CharField(_("position of the secretary"), max_length=200)
    current_item = models.ForeignKey(
        "awards.AgendaItem",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )
    # The minutes as they were read out and adopted: when, and the hash of what they stated.
    minutes_adopted_at = models.TimeField(
        _("minutes adopted at"), null=True, blank=True, editable=False
    )
    minutes_sha256 = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=ConferenceStatus.values), name="conference_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(status=ConferenceStatus.CLOSED) | Q(ends_at__isnull=False),
                name="conference_closed_at_a_time",
                violation_error_message=_("Say when the conference ended."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at")),
                name="conference_ends_after_it_begins",
                violation_error_message=_("The conference cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(held_on__year__range=(2000, 2100)),
                name="conference_day_plausible",
                violation_error_message=_("The year must lie between 2000 and 2100."),
            ),
            models.CheckConstraint(
                condition=Q(minutes_adopted_at=None, minutes_sha256="")
                | (Q(minutes_adopted_at__isnull=False) & ~Q(minutes_sha256="")),
                name="conference_minutes_adopted_by_content",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review} - {self.held_on:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("awards:conference_detail", args=self.review.url_args)

    @property
    def is_open(self) -> bool:
        return self.status == ConferenceStatus.OPEN

    @property
    def is_closed(self) -> bool:
        return self.status == ConferenceStatus.CLOSED

    @property
    def has_adopted_minutes(self) -> bool:
        return self.minutes_adopted_at is not None


class ConferenceChange(Change):
    """A move of a conference."""

    record = models.ForeignKey(Conference, models.PROTECT, related_name="changes")


class Attendance(models.Model):
    """Whether a member took part in the conference; every member has one vote."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    present = models.BooleanField(_("present"))
    absence_reason = models.CharField(_("reason of absence"), max_length=300, blank=True)
    proxy = models.CharField(
        _("proxy"),
        max_length=300,
        blank=True,
        help_text=_("Who votes for the absent member, by which written appointment."),
    )
    written_opinion = models.TextField(_("written opinion"), blank=True)
    voter = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("account that votes"),
        help_text=_("Without one, any account of the agency casts its paper."),
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["membership__position"]
        constraints = [
            models.UniqueConstraint(
                fields=["conference", "membership"], name="attendance_once_per_member"
            ),
            models.CheckConstraint(
                condition=Q(present=True) | ~Q(absence_reason=""),
                name="attendance_absent_with_reason",
                violation_error_message=_("Say why the member is absent."),
            ),
            models.CheckConstraint(
                condition=Q(present=False) | Q(proxy="", written_opinion=""),
                name="attendance_present_speaks_for_itself",
                violation_error_message=_("A member that is present needs no proxy."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.membership)


class Delegate(models.Model):
    """A person in the room: a member's delegate, or (without a member) a guest."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="delegates")
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(_("name of the person"), max_length=100, blank=True)
    position = models.CharField(_("position"), max_length=200)

    class Meta:
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name or self.position


class Remark(models.Model):
    """What a member or a guest said, in short."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="remarks")
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="+"
    )
    speaker = models.CharField(_("speaker"), max_length=200, blank=True)
    text = models.TextField(_("remark"))

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(membership__isnull=False) | ~Q(speaker=""),
                name="remark_by_somebody",
                violation_error_message=_("Say who spoke."),
            ),
        ]

    def __str__(self) -> str:
        return self.speaker or str(self.membership)


class FlagHandover(models.Model):
    """The rotating flag passing to next year's leader: an object, not an award."""

    conference = models.OneToOneField(Conference, models.PROTECT, related_name="handover")
    from_member = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    to_member = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    handed_by = models.CharField(_("handed over by"), max_length=200)
    received_by = models.CharField(_("received by"), max_length=200, blank=True)
    condition = models.CharField(
        _("state of the flag"), max_length=300, blank=True, help_text=_("As in: intact, clean.")
    )
    enclosed = models.TextField(
        _("papers handed over with it"), blank=True, help_text=_("One a line.")
    )

    class Meta:
        verbose_name = _("handover of the rotating flag")
        verbose_name_plural = _("handovers of the rotating flag")

    def __str__(self) -> str:
        return f"{self.from_member} -> {self.to_member}"


class RoomDecision(models.Model):
    """Who asked for a score to be changed in the room, and how the room voted on it, if it did."""

    conference = models.ForeignKey(Conference, models.PROTECT, related_name="room_decisions")
    change = models.OneToOneField(ScoreChange, models.PROTECT, related_name="+")
    membership = models.ForeignKey(
        Membership, models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_by = models.CharField(_("asked for by"), max_length=200, blank=True)
    in_favour = models.PositiveSmallIntegerField(_("in favour"), null=True, blank=True)
    against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)

    class Meta:
        verbose_name = _("decision of the room on a score")
        verbose_name_plural = _("decisions of the room on scores")
        constraints = [
            models.CheckConstraint(
                condition=Q(in_favour=None, against=None, abstained=None)
                | Q(in_favour__isnull=False, against__isnull=False, abstained__isnull=False),
                name="roomdecision_voted_whole_or_not",
            ),
        ]

    def __str__(self) -> str:
        return str(self.change)

    @property
    def was_voted(self) -> bool:
        return self.in_favour is not None
