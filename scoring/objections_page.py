"""Objections as pages show them: what was claimed and appraised, and what the reader may do."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from blocs.models import Review, User
from blocs.permissions import Verdict
from scoring import permissions as may
from scoring.criteria import rules_of
from scoring.models import Objection, Sheet
from scoring.rule_text import figures_text


@dataclass(frozen=True)
class ObjectionLine:
    """One objection beside the values that it is about."""

    objection: Objection
    claimed: Decimal | None
    claimed_figures: str
    appraised: Decimal | None
    appraised_figures: str
    appraisal_reason: str
    may_answer: Verdict
    may_carry: Verdict
    may_withdraw: Verdict
    opens_evidence: bool


def line_of(objection: Objection, user: User, *, opens_evidence: bool) -> ObjectionLine:
    score = objection.score
    leaf = rules_of(score.criterion.criteria_set).find(score.criterion.code)
    # An appraisal that was taken up again is not the member's to read until it is finished.
    shown = bool(may.can_read_appraisal(user, score.sheet))
    inputs = score.appraised_inputs or score.claimed_inputs
    return ObjectionLine(
        objection=objection,
        claimed=score.claimed,
        claimed_figures=figures_text(leaf, score.claimed_inputs),
        appraised=score.appraised if shown else None,
        appraised_figures=figures_text(leaf, inputs) if shown else "",
        appraisal_reason=score.appraisal_reason if shown else "",
        may_answer=may.can_answer_objection(user, objection),
        may_carry=may.can_carry_objection(user, objection),
        may_withdraw=may.can_withdraw_objection(user, objection),
        opens_evidence=opens_evidence,
    )


def objection_lines(review: Review, user: User) -> list[ObjectionLine]:
    """The objections of a review that the reader may know of, by member and criterion."""
    # Once circulated all members read objections; the documents stay with the sheet's readers.
    read = set(Sheet.objects.of(review).visible_to(user).values_list("pk", flat=True))
    lines = []
    for objection in Objection.objects.of(review).visible_to(user).with_people():
        objection.score.sheet.membership.review = review
        opens = objection.score.sheet_id in read
        lines.append(line_of(objection, user, opens_evidence=opens))
    return lines
