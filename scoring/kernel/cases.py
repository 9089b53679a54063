"""The answers of a bloc: what its members claimed and what later stages changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from .criteria import CriteriaSet, Knockout, NaPolicy, Office
from .entries import Change
from .errors import InputError, gettext_noop
from .lateness import Submission
from .rules import DeadlinePenalty
from .rules.inputs import Inputs


class FromSubmission:
    """Stands for inputs that the member's own submission gives."""

    def __repr__(self) -> str:
        return "SUBMISSION"


SUBMISSION: Final = FromSubmission()


@dataclass(frozen=True)
class Finding:
    """What somebody outside reported; it holds until it is lifted.

    `knockout` is a code of the set. Where the set has no knock-out for it, the code is "" and
    `own` has the effect.
    """

    knockout: str
    source: str
    document: str
    received_at: date
    lifted_at: date | None = None
    own: Knockout | None = None


@dataclass(frozen=True)
class Member:
    """What is known of one member; all mappings have codes as keys.

    A criterion that stands nowhere is blank. `system` feeds the `auto` criteria; a code that is
    not there yet is blank too, while SUBMISSION without a submission means that nothing came.
    `unranked` takes the rank away as the knock-out UNRANK does.
    """

    slug: str
    name: str
    office: Office = Office.MEMBER
    claimed: Mapping[str, Inputs] = field(default_factory=dict)
    appraised: Mapping[str, Change] = field(default_factory=dict)
    agreed: Mapping[str, Change] = field(default_factory=dict)
    not_applicable: Mapping[str, str] = field(default_factory=dict)
    system: Mapping[str, Inputs | FromSubmission] = field(default_factory=dict)
    submission: Submission | None = None
    findings: tuple[Finding, ...] = ()
    unranked: bool = False

    @property
    def late_days(self) -> int | None:
        """Late days of the sheet; None without a submission that counts."""
        return None if self.submission is None else self.submission.late_days(self.slug)


@dataclass(frozen=True)
class Case:
    """The members of a bloc in one review.

    `whole_bloc` is False where some members are left out, as on a member's own page: then
    `relative` and BLOC_AVERAGE stay blank instead of being measured against the wrong bloc.
    """

    members: tuple[Member, ...]
    late_knockout: str | None = None
    flag_votes: Mapping[str, int] = field(default_factory=dict)
    chair_order: tuple[str, ...] = ()
    whole_bloc: bool = True


def unanswered(criteria: CriteriaSet, member: Member) -> tuple[str, ...]:
    """Codes of the base leaves that the member must still answer before it may submit.

    Zero is an answer, and so is an empty count. A leaf with late data needs a provisional value
    (reading 20). Bonuses and penalties may stay open.
    """
    return tuple(
        leaf.code
        for leaf in criteria.leaves
        if leaf.typed and leaf.code not in member.not_applicable and leaf.code not in member.claimed
    )


def check_exemptions(
    criteria: CriteriaSet,
    exempt: Mapping[str, Iterable[str]],
    unranked: Set[str] = frozenset(),
) -> None:
    """Refuse exemptions that cannot be scored; to be asked when a set is adopted (reading 3).

    `exempt` maps every member of the bloc to the codes that do not apply to it. InputError names
    the group that is left without a leaf, or the leaf whose average nobody is left to form.
    """
    codes = {slug: frozenset(exempted) for slug, exempted in exempt.items()}
    for slug, exempted in codes.items():
        for group in criteria.groups:
            if all(
                leaf.code in exempted and leaf.na_policy is NaPolicy.RESCALE
                for leaf in group.leaves
            ):
                raise InputError(
                    gettext_noop("No leaf of the group %(group)s would apply."),
                    field=group.code,
                    path=(slug, "not_applicable"),
                    group=group.code,
                )
    for leaf in criteria.leaves:
        if leaf.na_policy is not NaPolicy.BLOC_AVERAGE:
            continue
        for slug in codes:
            others = set(codes) - unranked - {slug}
            if leaf.code in codes[slug] and all(leaf.code in codes[other] for other in others):
                raise InputError(
                    gettext_noop("No ranked member is left to average %(leaf)s over."),
                    field=leaf.code,
                    path=(slug, "not_applicable"),
                    leaf=leaf.code,
                )


def late_knockout(criteria: CriteriaSet, case: Case, rule: DeadlinePenalty) -> Knockout:
    """The knock-out of a submission beyond the last row (reading 17).

    The rule names it, else the case, else it is the only one of the set. InputError where none of
    these gives one.
    """
    code = rule.knockout or case.late_knockout
    if not code and len(criteria.knockouts) == 1:
        code = criteria.knockouts[0].code
    knockout = criteria.find_knockout(code) if code else None
    if knockout is None:
        raise InputError(
            gettext_noop("Name the knock-out of a submission that is too late."),
            field="knockout_of_late_submission",
        )
    return knockout
