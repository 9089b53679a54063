"""What each member reports of its own year."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blocs.vietnamese import one_line

from .review import Membership

# The titles and rewards of the Law on Emulation and Commendation that a year's report counts, in
# the order in which papers list them. They are suggested; others may be typed.
USUAL_REWARDS = (
    "Huân chương Lao động hạng Nhất",
    "Huân chương Lao động hạng Nhì",
    "Huân chương Lao động hạng Ba",
    "Cờ thi đua của Chính phủ",
    "Cờ thi đua của Ủy ban nhân dân tỉnh",
    "Bằng khen của Thủ tướng Chính phủ",
    "Bằng khen của Bộ, ban, ngành Trung ương",
    "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
    "Chiến sĩ thi đua toàn quốc",
    "Chiến sĩ thi đua cấp tỉnh",
    "Chiến sĩ thi đua cơ sở",
    "Tập thể lao động xuất sắc",
    "Tập thể lao động tiên tiến",
    "Lao động tiên tiến",
    "Giấy khen của thủ trưởng đơn vị",
)


def reward_key(form: str) -> str:
    """What two spellings of one title or reward share: capitals and spaces do not count."""
    return one_line(form).casefold()


class MemberReport(models.Model):
    """A member's own account of the year; the bloc's year-end report quotes it."""

    membership = models.OneToOneField(Membership, models.PROTECT, related_name="report")
    staff = models.PositiveIntegerField(_("staff"), null=True, blank=True)
    results = models.TextField(_("results"), blank=True)
    shortcomings = models.TextField(_("shortcomings and causes"), blank=True)
    proposals = models.TextField(_("proposals"), blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("member's report")
        verbose_name_plural = _("members' reports")

    def __str__(self) -> str:
        return str(self.membership)


class ModelKind(models.TextChoices):
    COLLECTIVE = "collective", _("Collective")
    INDIVIDUAL = "individual", _("Individual")


class ExemplaryModel(models.Model):
    """A collective or a person whom a member's report names as an example, and why."""

    report = models.ForeignKey(MemberReport, models.CASCADE, related_name="exemplary_models")
    kind = models.CharField(_("kind"), max_length=12, choices=ModelKind)
    name = models.CharField(_("name"), max_length=200)
    unit = models.CharField(_("position or unit"), max_length=200, blank=True)
    deeds = models.TextField(_("achievements"), max_length=2000)

    class Meta:
        verbose_name = _("exemplary model")
        verbose_name_plural = _("exemplary models")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=ModelKind.values), name="exemplarymodel_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RewardCount(models.Model):
    """How many collectives and individuals of a member received one title or reward in the year."""

    report = models.ForeignKey(MemberReport, models.CASCADE, related_name="reward_counts")
    form = models.CharField(_("title or reward"), max_length=200)
    collectives = models.PositiveIntegerField(_("collectives"), default=0)
    individuals = models.PositiveIntegerField(_("individuals"), default=0)

    class Meta:
        verbose_name = _("number of rewards")
        verbose_name_plural = _("numbers of rewards")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "form"],
                name="rewardcount_once_per_form",
                violation_error_message=_("This title or reward is listed already."),
            ),
            models.CheckConstraint(
                condition=Q(collectives__gt=0) | Q(individuals__gt=0),
                name="rewardcount_of_somebody",
                violation_error_message=_("Give the number of collectives or of individuals."),
            ),
        ]

    def __str__(self) -> str:
        return self.form
