"""One member's sheet with its points as the kernel computes them, for the papers of that member."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from blocs.models import Membership, Phase
from blocs.readiness import Missing, NotReady
from scoring.cases import adopted_set, case_of
from scoring.derivation_text import calculation_text, remark_text
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Stage
from scoring.kernel.explanation import Stated, derivation
from scoring.kernel.tabulation import MemberResult, tabulate
from scoring.models import Score, Sheet
from scoring.sheet_page import scores_of
from scoring.sheet_rows import LeafRow, Rows, Section
from scoring.stated import stated_now

NOT_APPLICABLE = "KAD"
BLANK = "–"


@dataclass(frozen=True)
class ScoredSheet:
    """The rows of a sheet, and what they were computed from."""

    sheet: Sheet
    rules: Rules
    result: MemberResult
    stated: Stated
    scores: list[Score]
    groups: tuple[Section, ...]
    bonuses: tuple[LeafRow, ...]
    penalties: tuple[LeafRow, ...]

    def way(self, row: LeafRow, stage: Stage) -> str:
        """How the points came about; nothing for a blank, and nothing where they say it all."""
        if self.result_of(row, stage) is None:
            return ""
        found = derivation(self.stated, self.result.slug, row.leaf, stage)
        if found is None:
            return ""
        sums = calculation_text(found, self.rules.places) if len(found.formula) > 1 else ""
        return "; ".join(text.rstrip(".") for text in (remark_text(found.remark), sums) if text)

    def result_of(self, row: LeafRow, stage: Stage) -> object:
        code = row.leaf.code
        found = self.result.leaves.get(code) or self.result.extras[code]
        return found.points[stage]


def read_sheet(membership: Membership, *, appraisal: bool) -> ScoredSheet:
    """The member's sheet as it stands, with ``appraisal`` or as far as the member filled it in.

    Until the table is circulated, nothing on it follows from the figures of other members. The
    texts are in the language that is active. Raises ``NotReady`` before there is a sheet.
    """
    review = membership.review
    sheet = Sheet.objects.with_people().filter(membership=membership).first()
    if sheet is None:
        raise NotReady([Missing(_("The score sheet of the member"))])
    sheet.membership = membership
    criteria_set = adopted_set(review)
    circulated = review.has_reached(Phase.CONFERENCE)
    rules, case = case_of(review, criteria_set, only=None if circulated else [membership])
    computed = tabulate(rules, case)
    member = next(one for one in case.members if one.slug == membership.agency.slug)
    scores = scores_of(sheet)
    rows = Rows(
        sheet=sheet,
        member=member,
        result=computed.members[member.slug],
        criteria={row.code: row for row in criteria_set.criteria.all()},
        scores={score.criterion_id: score for score in scores},
        forms={},
        shows_appraisal=appraisal,
    )
    return ScoredSheet(
        sheet=sheet,
        rules=rules,
        result=rows.result,
        stated=stated_now(case, computed),
        scores=scores,
        groups=tuple(rows.of_group(group) for group in rules.groups),
        bonuses=tuple(rows.of_leaf(leaf) for leaf in rules.bonus),
        penalties=tuple(rows.of_leaf(leaf) for leaf in rules.penalties),
    )
