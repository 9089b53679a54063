"""Which answer holds at which stage: the claim, overlaid by what later stages changed (13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .cases import FromSubmission, Member
from .criteria import Criterion, Stage
from .entries import Change
from .rules.inputs import Inputs, Receipt

NEVER_RECEIVED = Receipt(due=date.max, received_at=None)


@dataclass(frozen=True, slots=True)
class Answer:
    """The inputs of one criterion at one stage; `points` stand in place of the rule's result."""

    inputs: Inputs | None
    points: Decimal | None = None


def answers(criterion: Criterion, member: Member) -> dict[Stage, Answer | None]:
    """The answer at each stage, None where the criterion is blank.

    What the system gives holds at every stage; what the conference sets, at the agreed stage only
    (reading 12).
    """
    if criterion.auto:
        answer = _system_answer(criterion, member)
        return dict.fromkeys(Stage, answer)
    claimed = member.claimed.get(criterion.code) if criterion.typed else None
    first = None if claimed is None else Answer(claimed)
    second = first
    if criterion.typed:
        second = _overlaid(first, member.appraised.get(criterion.code))
    third = _overlaid(second, member.agreed.get(criterion.code))
    return {Stage.CLAIMED: first, Stage.APPRAISED: second, Stage.AGREED: third}


def _overlaid(answer: Answer | None, change: Change | None) -> Answer | None:
    if change is None:
        return answer
    if change.points is not None:
        # The inputs stay: with points set by hand the actual is still what others compare with.
        return Answer(answer.inputs if answer else None, change.points)
    return Answer(change.inputs)


def _system_answer(criterion: Criterion, member: Member) -> Answer | None:
    inputs = member.system.get(criterion.code)
    if inputs is None:
        return None
    if not isinstance(inputs, FromSubmission):
        return Answer(inputs)
    if member.submission is None:
        return Answer(NEVER_RECEIVED)
    return Answer(Receipt(member.submission.due_for(member.slug), member.submission.received_at))
