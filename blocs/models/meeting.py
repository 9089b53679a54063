"""The bloc's meetings during the year, and who came: the source of attendance points."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .review import Membership, Review


class Meeting(models.Model):
    """A meeting of the bloc that its members were called to."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="meetings")
    held_on = models.DateField(_("held on"))
    title = models.CharField(_("title"), max_length=200)

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ["held_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Presence(models.TextChoices):
    LED = "led", _("Head or deputy head came")
    SENT = "sent", _("Somebody else was sent")
    ABSENT = "absent", _("Absent")


class MeetingAttendance(models.Model):
    """Who represented a member at a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="meetings")
    presence = models.CharField(_("presence"), max_length=10, choices=Presence)

    class Meta:
        verbose_name = _("meeting attendance")
        verbose_name_plural = _("meeting attendances")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "membership"], name="meeting_attendance_once_per_member"
            ),
            models.CheckConstraint(
                condition=Q(presence__in=Presence.values), name="meeting_presence_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.membership} - {self.get_presence_display()}"
