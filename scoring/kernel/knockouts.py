"""Knock-outs: which are raised, and what they take away (readings 17 and 18)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .cases import Case, Member, late_knockout
from .criteria import CriteriaSet, Effect, Knockout, Stage
from .rules import DeadlinePenalty
from .stages import answers

FINDING = "finding"
BARS_FLAG = {Effect.EXCLUDE_FLAG, Effect.EXCLUDE_ALL, Effect.SUSPEND}
BARS_MERIT = {Effect.EXCLUDE_ALL, Effect.SUSPEND}


@dataclass(frozen=True)
class Raised:
    """A knock-out that holds; `source` is "finding" or the code of the penalty that raised it."""

    knockout: Knockout
    source: str


@dataclass(frozen=True)
class MayBeProposed:
    """For which awards a member may be proposed as far as knock-outs go."""

    flag: bool
    merit: bool


def raised_knockouts(criteria: CriteriaSet, case: Case, member: Member) -> tuple[Raised, ...]:
    """The knock-outs that hold for a member, each source once, in the order of the set.

    Findings with an effect of their own follow, in the order in which they are given.
    """
    holding = [finding for finding in member.findings if finding.lifted_at is None]
    found = {(finding.knockout, FINDING) for finding in holding}
    for penalty in criteria.penalties:
        answer = answers(penalty, member)[Stage.AGREED]
        if (
            isinstance(penalty.rule, DeadlinePenalty)
            and answer is not None
            and answer.points is None
            and answer.inputs is not None
            and penalty.rule.raises_knockout(answer.inputs)
        ):
            found.add((late_knockout(criteria, case, penalty.rule).code, penalty.code))
    sources = [FINDING, *(penalty.code for penalty in criteria.penalties)]
    of_the_set = tuple(
        Raised(knockout, source)
        for knockout in criteria.knockouts
        for source in sources
        if (knockout.code, source) in found
    )
    return of_the_set + tuple(
        Raised(finding.own, FINDING) for finding in holding if finding.own is not None
    )


def unranked_members(criteria: CriteriaSet, case: Case) -> frozenset[str]:
    """The members without a rank: by the knock-out UNRANK or by their own flag."""
    return frozenset(
        member.slug
        for member in case.members
        if member.unranked or has_effect(raised_knockouts(criteria, case, member), Effect.UNRANK)
    )


def has_effect(raised: Iterable[Raised], *effects: Effect) -> bool:
    """Whether one of the raised knock-outs has one of the effects."""
    return any(one.knockout.effect in effects for one in raised)


def may_be_proposed(raised: Iterable[Raised]) -> MayBeProposed:
    """What the raised knock-outs leave open; UNRANK and CAP_GRADE bar no proposal."""
    raised = tuple(raised)
    return MayBeProposed(
        flag=not has_effect(raised, *BARS_FLAG), merit=not has_effect(raised, *BARS_MERIT)
    )
