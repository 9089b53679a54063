"""The page of the summary table: who stands where, by group, and what each number rests on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blocs.models import Phase, Review, User
from blocs.permissions import Verdict, denied
from blocs.readiness import Missing
from scoring import permissions as may
from scoring.cases import adopted_set
from scoring.criteria import rules_of
from scoring.forms.summaries import ApproveForm, Moved, approval_of
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Effect, Knockout, NaPolicy
from scoring.models import Summary, SummaryStatus
from scoring.readiness import missing_to_approve
from scoring.tables import Column, Row, Table, table_in_force, table_of
from scoring.wording import effect_text, policy_text, tie_rule_text


@dataclass(frozen=True)
class StageLine:
    """One stage of a member."""

    label: str
    column: Column


@dataclass(frozen=True)
class MemberLine:
    """A member's row, its stages, and what a reader has to know of it."""

    row: Row
    stages: tuple[StageLine, ...]
    notes: tuple[str, ...]


class SummaryPage:
    """Everything that the page shows of one version, or of the table in force."""

    def __init__(self, user: User, review: Review, changes: list[Moved] | None = None) -> None:
        self.user, self.review, self.changes = user, review, changes
        self.chosen: Summary | None = None

    @cached_property
    def versions(self) -> list[Summary]:
        rows = Summary.objects.filter(review=self.review).defer("canonical")
        return list(rows.select_related("approved_by"))

    @property
    def query(self) -> str:
        """What an address needs to stay with the version chosen."""
        return f"?version={self.chosen.version}" if self.chosen else ""

    @cached_property
    def table(self) -> Table:
        """Read or computed once a page."""
        return table_of(self.chosen) if self.chosen else table_in_force(self.review)

    @cached_property
    def rules(self) -> Rules:
        return rules_of(adopted_set(self.review))

    @cached_property
    def is_live(self) -> bool:
        """Computed from the scores as they stand; not an old version, not the adopted one."""
        return self.chosen is None and self.adopted is None

    @cached_property
    def prints_detail(self) -> bool:
        """Whether to offer the detailed table on paper, which states the table in force."""
        return self.chosen is None and bool(may.can_print_summary(self.user, self.review))

    @cached_property
    def adopted(self) -> Summary | None:
        return next((one for one in self.versions if one.status == SummaryStatus.ADOPTED), None)

    @cached_property
    def shown(self) -> Summary | None:
        """The version whose numbers the page shows; none where the live ones differ from all."""
        if self.chosen is not None:
            return self.chosen
        found = [one for one in self.versions if one.sha256 == self.table.sha256]
        return found[-1] if found else None

    # --- approval

    @cached_property
    def may_approve(self) -> Verdict:
        verdict = may.can_approve_summary(self.user, self.review)
        if verdict and self.missing:
            return denied(_("Something is still missing: see the list."))
        return verdict

    @cached_property
    def awaits_approval(self) -> bool:
        return self.is_live and self.review.is_in(Phase.APPRAISAL)

    @cached_property
    def missing(self) -> list[Missing]:
        return missing_to_approve(self.review, self.table) if self.awaits_approval else []

    @cached_property
    def approval(self) -> ApproveForm:
        return approval_of(self.table)

    # --- the table

    @cached_property
    def shows_agreed(self) -> bool:
        """Whether the conference has set anything."""
        return any(row.agreed != row.appraised for row in self.table.rows)

    @cached_property
    def width(self) -> int:
        """Columns of the table by groups."""
        return len(self.table.groups) + 4

    @cached_property
    def lines(self) -> list[MemberLine]:
        return [MemberLine(row, self._stages(row), self._notes(row)) for row in self.table.rows]

    def _stages(self, row: Row) -> tuple[StageLine, ...]:
        stages = [StageLine(_("Claimed"), row.claimed), StageLine(_("Appraised"), row.appraised)]
        if self.shows_agreed:
            stages.append(StageLine(_("Agreed"), row.agreed))
        return tuple(stages)

    def _notes(self, row: Row) -> tuple[str, ...]:
        notes = []
        if row.unranked:
            notes.append(_("Not ranked: %(reason)s") % {"reason": row.unranked_reason})
        if row.late_days is None:
            notes.append(_("No score sheet was submitted."))
        elif row.late_days:
            notes.append(
                ngettext(
                    "Submitted %(days)s day late.", "Submitted %(days)s days late.", row.late_days
                )
                % {"days": row.late_days}
            )
        if row.provisional:
            codes = ", ".join(row.provisional)
            notes.append(_("Provisional: %(codes)s.") % {"codes": codes})
        return (
            *notes,
            *self._tie_notes(row),
            *self._exemption_notes(row),
            *self._knockouts(row),
            *findings_texts(row),
        )

    def _tie_notes(self, row: Row) -> list[str]:
        if not row.same_total_as:
            return []
        names = {one.slug: one.short for one in self.table.rows}
        others = ", ".join(names[slug] for slug in row.same_total_as)
        if not row.tie_decided_by:
            return [_("Same total as %(others)s.") % {"others": others}]
        groups = {group.code: group.name for group in self.table.groups}
        rule = tie_rule_text(row.tie_decided_by, groups)
        return [
            _("Same total as %(others)s; decided by: %(rule)s.") % {"others": others, "rule": rule}
        ]

    def _exemption_notes(self, row: Row) -> list[str]:
        codes = defaultdict(list)
        for code, policy in row.not_applicable.items():
            codes[policy].append(code)
        return [
            _("Does not apply: %(codes)s (%(policy)s).")
            % {"codes": ", ".join(found), "policy": policy_text(NaPolicy(policy))}
            for policy, found in codes.items()
        ]

    def _knockouts(self, row: Row) -> list[str]:
        found = [self.rules.find_knockout(code) for code in row.knockouts]
        return [
            _("Knock-out %(code)s, %(name)s: %(effect)s.")
            % {"code": one.code, "name": one.name, "effect": effect_text(one)}
            for one in found
            if one is not None
        ]


def findings_texts(row: Row) -> list[str]:
    """What other agencies found of a member, each with its document."""
    texts = []
    for found in row.findings:
        own = Knockout("", Effect(found["effect"]), "", found["grade"] or None)
        texts.append(
            _("%(source)s, No. %(document)s: %(matter)s (%(effect)s).")
            % {
                "source": found["source"],
                "document": found["document"],
                "matter": found["matter"],
                "effect": effect_text(own),
            }
        )
    return texts
