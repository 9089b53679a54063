"""Titles and rewards, and the rules by which a bloc may propose them: law as data, by date."""

from __future__ import annotations

import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class AwardCategory(models.TextChoices):
    """The law keeps the two apart: other dossiers, other procedures."""

    TITLE = "title", _("Emulation title")
    REWARD = "reward", _("Form of commendation")


class Award(models.Model):
    """A title or reward that a bloc proposes to the province."""

    code = models.SlugField(_("code"), unique=True)
    name = models.CharField(_("name on papers"), max_length=200)
    short = models.CharField(_("short name"), max_length=100)
    category = models.CharField(_("category"), max_length=10, choices=AwardCategory)
    position = models.PositiveSmallIntegerField(_("position in the list"), default=0)

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(category__in=AwardCategory.values), name="award_category_known"
            ),
        ]

    def __str__(self) -> str:
        return self.short

    @property
    def is_flag(self) -> bool:
        return self.code == "flag"


class RulePackQuerySet(models.QuerySet["RulePack"]):
    def in_force_on(self, day: datetime.date) -> RulePackQuerySet:
        return self.filter(Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))


class RulePack(models.Model):
    """The law and decree in force between two days."""

    code = models.SlugField(_("code"), unique=True)
    title = models.CharField(_("title"), max_length=200)
    citations = models.TextField(
        _("legal grounds"), help_text=_("One a line, as papers cite them.")
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = RulePackQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule pack")
        verbose_name_plural = _("rule packs")
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="rule_pack_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AwardRule(models.Model):
    """What a rule pack asks of one award's proposals."""

    pack = models.ForeignKey(RulePack, models.CASCADE, related_name="rules")
    award = models.ForeignKey(Award, models.PROTECT, related_name="rules")
    quota = models.PositiveSmallIntegerField(_("proposals per bloc"))
    must_lead = models.BooleanField(_("only the first in rank"), default=False)
    basis = models.CharField(_("legal basis"), max_length=300)

    class Meta:
        verbose_name = _("award rule")
        verbose_name_plural = _("award rules")
        constraints = [
            models.UniqueConstraint(fields=["pack", "award"], name="award_rule_once_per_pack"),
        ]

    def __str__(self) -> str:
        return f"{self.pack} - {self.award}"
