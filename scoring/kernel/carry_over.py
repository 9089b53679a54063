"""Figures entered for one set, carried over to another (docs/scoring-rules.md, "Dry run").

A bloc tries a new set on the figures of an earlier year. What is carried over is told apart by
code and by kind of rule; nothing is guessed, and all that stays behind is listed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from .arithmetic import plain
from .cases import Case, Finding, FromSubmission, Member, check_exemptions
from .criteria import CriteriaSet, Criterion
from .entries import Change, read_inputs, read_points
from .errors import InputError, gettext_noop
from .knockouts import unranked_members
from .rules.inputs import Inputs

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class Refused:
    """Figures of one member that the new rule does not admit, with the reason."""

    slug: str
    code: str
    error: InputError


@dataclass(frozen=True)
class CarriedOver:
    """The case for the new set, and what stays behind, by code.

    `new` stands in the new set only, `gone` in the old one only; `changed` in both, but with
    another kind of rule, or entered by somebody else, so that the old figures do not fit.
    """

    case: Case
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()


@dataclass
class _Carrier:
    """Carries one member after the other, and notes what the new rules refuse."""

    target: CriteriaSet
    shared: frozenset[str]
    refused: list[Refused] = field(default_factory=list)

    def member(self, old: Member, exempt: Mapping[str, str] | None) -> Member:
        not_applicable = self._exempt(old) if exempt is None else exempt
        return replace(
            old,
            not_applicable=not_applicable,
            claimed=self._part(old, old.claimed, not_applicable, self._inputs),
            appraised=self._part(old, old.appraised, not_applicable, self._change),
            agreed=self._part(old, old.agreed, not_applicable, self._change),
            system=self._part(old, old.system, not_applicable, self._system),
            findings=self._findings(old),
        )

    def _exempt(self, old: Member) -> dict[str, str]:
        found = {}
        for code, reason in old.not_applicable.items():
            if not self.target.has(code):
                continue
            if self.target.find(code).na_policy is not None:
                found[code] = reason
                continue
            message = gettext_noop("The set gives no na_policy for it, so it always applies.")
            self._refuse(old.slug, code, InputError(message, field=code))
        return found

    def _part(
        self,
        old: Member,
        given: Mapping[str, T],
        not_applicable: Collection[str],
        read: Callable[[Criterion, T], U],
    ) -> dict[str, U]:
        found = {}
        for code, value in given.items():
            if code not in self.shared or code in not_applicable:
                continue
            try:
                found[code] = read(self.target.find(code), value)
            except InputError as error:
                self._refuse(old.slug, code, error)
        return found

    def _inputs(self, criterion: Criterion, inputs: Inputs) -> Inputs:
        return read_inputs(self.target, criterion, inputs.document())

    def _change(self, criterion: Criterion, change: Change) -> Change:
        if change.points is not None:
            points = read_points(self.target, criterion, plain(change.points))
            return Change(points=points, reason=change.reason)
        if change.inputs is None:
            return change
        return Change(inputs=self._inputs(criterion, change.inputs), reason=change.reason)

    def _system(
        self, criterion: Criterion, inputs: Inputs | FromSubmission
    ) -> Inputs | FromSubmission:
        return inputs if isinstance(inputs, FromSubmission) else self._inputs(criterion, inputs)

    def _findings(self, old: Member) -> tuple[Finding, ...]:
        kept = []
        for finding in old.findings:
            code = finding.knockout
            if self.target.find_knockout(code) is not None:
                kept.append(finding)
                continue
            message = gettext_noop("The set has no knock-out %(knockout)s.")
            self._refuse(old.slug, code, InputError(message, field=code, knockout=code))
        return tuple(kept)

    def _refuse(self, slug: str, code: str, error: InputError) -> None:
        self.refused.append(Refused(slug, code, error))


def carry_over(
    source: CriteriaSet,
    case: Case,
    target: CriteriaSet,
    *,
    members: Collection[str] | None = None,
    exempt: Mapping[str, Mapping[str, str]] | None = None,
) -> CarriedOver:
    """The case of `source` as `target` would have been answered with it.

    `members` are the slugs to keep, all where None. `exempt` maps slugs to the codes that do not
    apply, with the reasons; where None, the exemptions of the case are carried over. InputError
    where exemptions cannot be scored with `target` (reading 3).
    """
    old, new = _answerable(source), _answerable(target)
    shared = frozenset(code for code in old.keys() & new.keys() if _alike(old[code], new[code]))
    carrier = _Carrier(target, shared)
    kept = [one for one in case.members if members is None or one.slug in members]
    carried = replace(
        case,
        members=tuple(
            carrier.member(one, None if exempt is None else exempt.get(one.slug, {}))
            for one in kept
        ),
        late_knockout=_known(target, case.late_knockout),
        flag_votes={slug: n for slug, n in case.flag_votes.items() if _is_in(slug, kept)},
        chair_order=tuple(slug for slug in case.chair_order if _is_in(slug, kept)),
    )
    codes = {member.slug: member.not_applicable.keys() for member in carried.members}
    check_exemptions(target, codes, unranked_members(target, carried))
    return CarriedOver(
        carried,
        new=tuple(code for code in new if code not in old),
        gone=tuple(code for code in old if code not in new),
        changed=tuple(code for code in new if code in old and code not in shared),
        refused=tuple(carrier.refused),
    )


def _answerable(criteria: CriteriaSet) -> dict[str, Criterion]:
    """All that figures are given for; a derived leaf has none."""
    return {one.code: one for one in criteria.criteria if not one.derived}


def _alike(old: Criterion, new: Criterion) -> bool:
    """Whether the figures of one can feed the other: same kind of rule, entered by the same."""
    return (old.rule.kind, old.auto, old.set_by) == (new.rule.kind, new.auto, new.set_by)


def _known(target: CriteriaSet, knockout: str | None) -> str | None:
    return knockout if knockout and target.find_knockout(knockout) else None


def _is_in(slug: str, members: Collection[Member]) -> bool:
    return any(member.slug == slug for member in members)
