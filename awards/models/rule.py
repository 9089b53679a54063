"""The rules by which a bloc's conference votes: data, never altered once written."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from awards.votes import rules
from blocs.models import Bloc


class VoteBase(models.TextChoices):
    """The number that votes are measured against."""

    ENTITLED = rules.Base.ENTITLED.value, _("all members")
    PRESENT = rules.Base.PRESENT.value, _("members able to vote")
    ISSUED = rules.Base.ISSUED.value, _("papers handed out")
    RETURNED = rules.Base.RETURNED.value, _("papers handed in")
    VALID = rules.Base.VALID.value, _("valid papers")


class Comparator(models.TextChoices):
    MORE_THAN = rules.Comparator.MORE_THAN.value, _("more than")
    AT_LEAST = rules.Comparator.AT_LEAST.value, _("at least")


class Absentees(models.TextChoices):
    """How an absent member may take part in a vote."""

    WRITTEN_OPINION = rules.Absentees.WRITTEN_OPINION.value, _("by a written opinion")
    PROXY = rules.Absentees.PROXY.value, _("by a proxy")
    NOT_COUNTED = rules.Absentees.NOT_COUNTED.value, _("not at all")


class TieBreak(models.TextChoices):
    SECOND_ROUND = rules.TieBreak.SECOND_ROUND.value, _("a second round between the tied")
    CHAIR = rules.TieBreak.CHAIR.value, _("the chair decides")
    SCORE_RANK = rules.TieBreak.SCORE_RANK.value, _("the better rank in the score table")


class Threshold(models.Model):
    """Columns that say how many votes are enough; the share is ``numerator / denominator``."""

    base = models.CharField(
        _("measured against"), max_length=10, choices=VoteBase, default=VoteBase.ENTITLED
    )
    comparator = models.CharField(
        _("comparison"), max_length=10, choices=Comparator, default=Comparator.MORE_THAN
    )
    numerator = models.PositiveSmallIntegerField(_("numerator"), default=1)
    denominator = models.PositiveSmallIntegerField(_("denominator"), default=2)
    basis = models.CharField(_("legal basis"), max_length=300, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(base__in=VoteBase.values, comparator__in=Comparator.values),
                name="%(class)s_threshold_known",
            ),
            models.CheckConstraint(
                condition=Q(numerator__gte=1, numerator__lte=F("denominator")),
                name="%(class)s_threshold_is_a_share",
                violation_error_message=_("The share lies above 0 and is at most the whole."),
            ),
        ]

    @property
    def threshold(self) -> Fraction:
        return Fraction(self.numerator, self.denominator)

    @property
    def threshold_columns(self) -> dict[str, Any]:
        """The columns as they are copied from a rule or a vote to what it decides."""
        fields = Threshold._meta.get_fields()
        return {field.name: getattr(self, field.name) for field in fields}


class RuleColumns(Threshold):
    """A whole rule: threshold, quorum, absentees, ties, blank papers."""

    quorum_numerator = models.PositiveSmallIntegerField(_("quorum, numerator"), default=2)
    quorum_denominator = models.PositiveSmallIntegerField(_("quorum, denominator"), default=3)
    absentees = models.CharField(
        _("absent members take part"),
        max_length=20,
        choices=Absentees,
        default=Absentees.NOT_COUNTED,
    )
    tie = models.CharField(
        _("a tie is decided by"), max_length=20, choices=TieBreak, default=TieBreak.SECOND_ROUND
    )
    blank_is_valid = models.BooleanField(
        _("a wholly blank paper is valid"),
        default=False,
        help_text=_("It then abstains on everything."),
    )

    class Meta(Threshold.Meta):
        abstract = True
        constraints = [
            *Threshold.Meta.constraints,
            models.CheckConstraint(
                condition=Q(absentees__in=Absentees.values, tie__in=TieBreak.values),
                name="%(class)s_rule_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    quorum_denominator__gte=1, quorum_numerator__lte=F("quorum_denominator")
                ),
                name="%(class)s_quorum_is_a_share",
                violation_error_message=_("The quorum is at most the whole."),
            ),
        ]

    @property
    def quorum(self) -> Fraction:
        return Fraction(self.quorum_numerator, self.quorum_denominator)

    @property
    def rule(self) -> rules.Rule:
        """The rule as the count applies it."""
        return rules.Rule(
            base=rules.Base(self.base),
            comparator=rules.Comparator(self.comparator),
            threshold=self.threshold,
            quorum=self.quorum,
            absentees=rules.Absentees(self.absentees),
            tie=rules.TieBreak(self.tie),
            blank_is_valid=self.blank_is_valid,
        )

    @classmethod
    def rule_columns(cls) -> tuple[str, ...]:
        """The names of the columns that make a rule, to be copied from one row to another."""
        return tuple(field.name for field in RuleColumns._meta.get_fields() if field.name != "id")


class VoteRuleQuerySet(models.QuerySet["VoteRule"]):
    def offered_to(self, bloc: Bloc) -> VoteRuleQuerySet:
        """The province's rules, then those of the bloc's own charter; none that was retired."""
        return self.filter(Q(bloc=None) | Q(bloc=bloc), is_retired=False).order_by(
            F("bloc").asc(nulls_first=True), "position", "pk"
        )


class VoteRule(RuleColumns):
    """A named rule to choose from: of the catalogue, or (with a bloc) of that bloc's charter.

    A rule is never altered, for votes were taken by it: a new one takes its place.
    """

    bloc = models.ForeignKey(Bloc, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.SlugField(_("code"), max_length=40, blank=True)
    name = models.CharField(_("name"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    is_retired = models.BooleanField(_("no longer offered"), default=False)

    objects = VoteRuleQuerySet.as_manager()

    class Meta(RuleColumns.Meta):
        verbose_name = _("rule of voting")
        verbose_name_plural = _("rules of voting")
        constraints = [
            *RuleColumns.Meta.constraints,
            models.UniqueConstraint(
                fields=["code"],
                condition=Q(bloc=None),
                name="voterule_code_once_in_the_catalogue",
            ),
            models.UniqueConstraint(
                fields=["bloc", "name"],
                condition=Q(is_retired=False),
                name="voterule_name_once_per_bloc",
                violation_error_message=_("The bloc has a rule of this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
