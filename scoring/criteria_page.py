"""The page of a review's criteria: the set in words, and the tools to prepare it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.utils.translation import gettext as _

from blocs.models import Membership, Review, User
from blocs.permissions import Verdict, denied
from scoring import permissions as may
from scoring.criteria import digest, fitting_sources, rules_of
from scoring.forms.criteria import AdoptForm, ExemptionForm, SourceForm, UploadForm
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.models import AutoSource, CriteriaSet, CriteriaStatus, Criterion, Exemption, Part
from scoring.rule_text import rule_sentence
from scoring.wording import effect_text, policy_text, tie_rule_text


def set_in_force(review: Review) -> CriteriaSet | None:
    """The adopted set, else the draft."""
    sets = CriteriaSet.objects.filter(review=review).exclude(status=CriteriaStatus.SUPERSEDED)
    both = {
        one.status: one for one in sets.select_related("adopted_by").prefetch_related("criteria")
    }
    return both.get(CriteriaStatus.ADOPTED) or both.get(CriteriaStatus.DRAFT)


@dataclass(frozen=True)
class Line:
    """One line of the table: a group, or a criterion with everything said of it."""

    criterion: Criterion
    depth: int
    rule: str = ""
    evidence: tuple[str, ...] = ()
    verifier: str = ""
    filled_in: str = ""
    policy: str = ""
    is_late: bool = False
    source: SourceForm | None = None

    @property
    def is_group(self) -> bool:
        return self.criterion.part == Part.GROUP


@dataclass(frozen=True)
class Waiver:
    """An exemption, with the member's name and what then counts."""

    exemption: Exemption
    part: Membership
    policy: str


class CriteriaPage:
    """Everything that the page shows to one reader; a form that was posted stands in its place."""

    def __init__(self, user: User, review: Review, bound: forms.Form | None = None) -> None:
        self.user, self.review, self.bound = user, review, bound
        self.set = set_in_force(review)

    @cached_property
    def rules(self) -> Rules:
        assert self.set is not None  # noqa: S101 -- the template asks only where there is a set
        return rules_of(self.set)

    @cached_property
    def parts(self) -> list[Membership]:
        return list(self.review.memberships.in_order().with_names())

    # --- what may be done

    @cached_property
    def may_edit(self) -> Verdict:
        return self._unless_adopted(may.can_edit_criteria(self.user, self.review))

    @cached_property
    def may_try(self) -> Verdict:
        return may.can_try_criteria(self.user, self.review)

    @cached_property
    def may_adopt(self) -> Verdict:
        return self._unless_adopted(may.can_adopt_criteria(self.user, self.review))

    def _unless_adopted(self, verdict: Verdict) -> Verdict:
        if verdict and self.set is not None and not self.set.is_draft:
            return denied(_("The criteria were adopted; they no longer change."))
        return verdict

    @cached_property
    def upload(self) -> UploadForm:
        return self.bound if isinstance(self.bound, UploadForm) else UploadForm()

    @cached_property
    def adopt(self) -> AdoptForm:
        if isinstance(self.bound, AdoptForm):
            return self.bound
        return AdoptForm(initial={"seen": digest(self.set) if self.set else ""})

    @cached_property
    def exemption(self) -> ExemptionForm:
        if isinstance(self.bound, ExemptionForm):
            return self.bound
        return self.exemption_form()

    def exemption_form(self, data: object = None) -> ExemptionForm:
        return ExemptionForm(data, parts=self.parts, criteria=self.exemptible)

    # --- the set

    @cached_property
    def criteria(self) -> list[Criterion]:
        return list(self.set.criteria.all()) if self.set else []

    @cached_property
    def exemptible(self) -> list[Criterion]:
        """Criteria with a rule for members to whom they do not apply."""
        return [row for row in self.criteria if "na_policy" in row.document]

    @cached_property
    def base(self) -> list[Line]:
        return self._lines(Part.GROUP, Part.LEAF)

    @cached_property
    def bonus(self) -> list[Line]:
        return self._lines(Part.BONUS)

    @cached_property
    def penalties(self) -> list[Line]:
        return self._lines(Part.PENALTY)

    def _lines(self, *parts: Part) -> list[Line]:
        depths: dict[int | None, int] = {None: -1}
        lines = []
        for row in self.criteria:
            if row.part not in parts:
                continue
            depths[row.pk] = depths[row.parent_id] + 1
            lines.append(self._line(row, depths[row.pk]))
        return lines

    def _line(self, row: Criterion, depth: int) -> Line:
        if row.part == Part.GROUP:
            return Line(row, depth)
        leaf = self.rules.find(row.code)
        sources = fitting_sources(leaf) if row.auto_source else ()
        form = None
        if self.may_edit and len(sources) > 1:
            form = SourceForm(
                sources=sources, initial={"source": row.auto_source}, auto_id=f"source-{row.pk}-%s"
            )
        return Line(
            row,
            depth,
            rule=rule_sentence(leaf),
            evidence=leaf.evidence,
            verifier=leaf.verifier,
            filled_in=filled_in_text(row, leaf.set_by),
            policy=policy_text(leaf.na_policy) if leaf.na_policy else "",
            is_late=leaf.late_data,
            source=form,
        )

    @cached_property
    def knockouts(self) -> list[tuple[str, str, str]]:
        """Code, name, and what it takes away."""
        return [(one.code, one.name, effect_text(one)) for one in self.rules.knockouts]

    @cached_property
    def tie_rules(self) -> list[str]:
        groups = {group.code: group.name for group in self.rules.groups}
        return [tie_rule_text(rule, groups) for rule in self.rules.tie_break]

    @cached_property
    def waivers(self) -> list[Waiver]:
        parts = {part.pk: part for part in self.parts}
        rows = Exemption.objects.filter(criterion__criteria_set=self.set)
        return [
            Waiver(row, parts[row.membership_id], self._policy_of(row))
            for row in rows.select_related("criterion").order_by(
                "membership__position", "criterion__position"
            )
        ]

    def _policy_of(self, exemption: Exemption) -> str:
        policy = self.rules.find(exemption.criterion.code).na_policy
        return policy_text(policy) if policy else ""


def filled_in_text(row: Criterion, set_by: str | None) -> str:
    """Who or what gives the criterion its figures."""
    if set_by:
        return _("the conference")
    if row.auto_source:
        return _("the portal, from: %(record)s") % {"record": AutoSource(row.auto_source).label}
    return _("the member")
