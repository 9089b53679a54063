"""The whole calculation: from a set and a case to the table that the bloc adopts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .arithmetic import printed
from .cases import Case, Member
from .criteria import CriteriaSet, NaPolicy, Stage
from .knockouts import MayBeProposed, Raised, may_be_proposed, raised_knockouts, unranked_members
from .points import StagePoints, accuracy, bloc_points
from .ranking import GROUP_RULE, Contender, Place, rank
from .totals import NodeResult, Totals, grade_of, node_results, totals_at

APPRAISED, AGREED_ON_POINTS, AGREED = "appraised", "agreed_on_points", "agreed"
# Table -> the stage whose totals it ranks. Votes and the chair come after the table is frozen, so
# only the last table uses these tie rules (reading 19).
TABLES = {APPRAISED: Stage.APPRAISED, AGREED_ON_POINTS: Stage.AGREED, AGREED: Stage.AGREED}
AFTER_FREEZING = ("flag_votes", "chair")
COLUMN = {Stage.CLAIMED: "self", Stage.APPRAISED: "appraised", Stage.AGREED: "agreed"}


@dataclass(frozen=True)
class LeafResult:
    """Points of a leaf, bonus or penalty; `na` is the policy where a leaf does not apply."""

    na: NaPolicy | None
    points: Mapping[Stage, Decimal | None]

    @property
    def delta(self) -> Decimal | None:
        """Appraised less claimed points; None where either is."""
        claimed, appraised = self.points[Stage.CLAIMED], self.points[Stage.APPRAISED]
        return None if claimed is None or appraised is None else appraised - claimed


@dataclass(frozen=True)
class MemberResult:
    """All that was computed for one member. Points are exact to the set's places.

    `accuracy` is the distance in points that `derived` leaves use; `places` is by table.
    """

    slug: str
    name: str
    late_days: int | None
    leaves: Mapping[str, LeafResult]
    extras: Mapping[str, LeafResult]
    nodes: Mapping[str, NodeResult]
    totals: Mapping[Stage, Totals]
    accuracy: Decimal | None
    delta: Decimal
    delta_without_derived: Decimal
    grades: Mapping[Stage, str]
    places: Mapping[str, Place]
    knockouts: tuple[Raised, ...]
    may_be_proposed: MayBeProposed


@dataclass(frozen=True)
class Tabulation:
    """The result for a bloc; `order` has the slugs by final rank, without a rank last."""

    criteria: CriteriaSet
    members: Mapping[str, MemberResult]
    order: tuple[str, ...]


@dataclass(frozen=True)
class Recomputed:
    """Points that moved although nobody entered anything for them (reading 8)."""

    slug: str
    code: str
    stage: Stage
    before: Decimal | None
    after: Decimal | None


def tabulate(criteria: CriteriaSet, case: Case) -> Tabulation:
    """Points, sums, grades and ranks of every member at every stage.

    Incomplete sheets are admitted: a blank counts as nothing. KernelError where a submission is
    beyond the last row of a penalty and no knock-out is named for that.
    """
    unranked = unranked_members(criteria, case)
    points = bloc_points(criteria, case, unranked)
    nodes = {one.slug: node_results(criteria, one, points[one.slug]) for one in case.members}
    totals = {
        slug: {stage: totals_at(criteria, nodes[slug], points[slug], stage) for stage in Stage}
        for slug in points
    }
    places = _places(criteria, case, unranked, nodes, totals)
    members = {
        member.slug: _member_result(
            criteria,
            case,
            member,
            points[member.slug],
            nodes[member.slug],
            totals[member.slug],
            {table: places[table].get(member.slug, Place()) for table in TABLES},
        )
        for member in case.members
    }
    last = len(members) + 1
    order = sorted(members, key=lambda slug: members[slug].places[AGREED].rank or last)
    return Tabulation(criteria, members, tuple(order))


def recomputed(
    before: Tabulation, after: Tabulation, entered: Collection[tuple[str, str]] = ()
) -> tuple[Recomputed, ...]:
    """Points that moved only because other data moved, for the history of scores (reading 8).

    `entered` has the (slug, code) pairs that somebody typed between the two tabulations.
    """
    found = []
    for slug, now in after.members.items():
        earlier = before.members.get(slug)
        if earlier is None:
            continue
        for code, leaf in {**now.leaves, **now.extras}.items():
            old = {**earlier.leaves, **earlier.extras}.get(code)
            if old is None or (slug, code) in entered:
                continue
            found += [
                Recomputed(slug, code, stage, old.points[stage], leaf.points[stage])
                for stage in Stage
                if old.points[stage] != leaf.points[stage]
            ]
    return tuple(found)


def _places(
    criteria: CriteriaSet,
    case: Case,
    unranked: Collection[str],
    nodes: Mapping[str, Mapping[str, NodeResult]],
    totals: Mapping[str, Mapping[Stage, Totals]],
) -> dict[str, dict[str, Place]]:
    on_points = [rule for rule in criteria.tie_break if rule not in AFTER_FREEZING]
    places = {}
    for table, stage in TABLES.items():
        contenders = [
            Contender(
                member.slug,
                totals[member.slug][stage].total,
                {
                    rule: _tie_value(
                        rule, member.slug, case, nodes[member.slug], totals[member.slug], stage
                    )
                    for rule in criteria.tie_break
                },
            )
            for member in case.members
            if member.slug not in unranked
        ]
        places[table] = rank(contenders, criteria.tie_break if table == AGREED else on_points)
    return places


def _tie_value(
    rule: str,
    slug: str,
    case: Case,
    nodes: Mapping[str, NodeResult],
    totals: Mapping[Stage, Totals],
    stage: Stage,
) -> Decimal | int | None:
    """What a tie rule compares; more wins."""
    if rule.startswith(GROUP_RULE):
        return nodes[rule.removeprefix(GROUP_RULE)].counted[stage]
    if rule == "fewer_penalties":
        return -totals[stage].penalty
    if rule == "bonus":
        return totals[stage].bonus
    if rule == "flag_votes":
        return case.flag_votes.get(slug)
    return -case.chair_order.index(slug) if slug in case.chair_order else None


def _member_result(
    criteria: CriteriaSet,
    case: Case,
    member: Member,
    points: Mapping[str, StagePoints],
    nodes: Mapping[str, NodeResult],
    totals: Mapping[Stage, Totals],
    places: Mapping[str, Place],
) -> MemberResult:
    raised = raised_knockouts(criteria, case, member)
    leaves = {
        leaf.code: LeafResult(
            leaf.na_policy if leaf.code in member.not_applicable else None, points[leaf.code]
        )
        for leaf in criteria.leaves
    }
    delta = totals[Stage.APPRAISED].total - totals[Stage.CLAIMED].total
    derived = [points[leaf.code][Stage.APPRAISED] for leaf in criteria.leaves if leaf.derived]
    return MemberResult(
        slug=member.slug,
        name=member.name,
        late_days=member.late_days,
        leaves=leaves,
        extras={one.code: LeafResult(None, points[one.code]) for one in criteria.extras},
        nodes=nodes,
        totals=totals,
        accuracy=accuracy(criteria, member, points),
        delta=delta,
        delta_without_derived=delta - sum((one for one in derived if one is not None), Decimal(0)),
        grades={
            stage: grade_of(criteria, totals[stage].total, raised)
            for stage in (Stage.APPRAISED, Stage.AGREED)
        },
        places=places,
        knockouts=raised,
        may_be_proposed=may_be_proposed(raised),
    )


def as_json(tabulation: Tabulation) -> dict[str, object]:
    """The output of the dry run as plain data (docs/scoring-rules.md, "Dry run")."""
    places = tabulation.criteria.places
    return {
        "set": tabulation.criteria.code,
        "places": places,
        "members": {
            slug: _member_json(member, places) for slug, member in tabulation.members.items()
        },
        "order": list(tabulation.order),
    }


def _member_json(member: MemberResult, places: int) -> dict[str, object]:
    return {
        "name": member.name,
        "late_days": member.late_days,
        "leaves": {
            code: {
                "na": leaf.na.value if leaf.na else None,
                **_columns(leaf.points, places),
                "delta": _text(leaf.delta, places),
            }
            for code, leaf in member.leaves.items()
        },
        "bonus_and_penalties": {
            code: _columns(extra.points, places) for code, extra in member.extras.items()
        },
        "nodes": {code: _node_json(node, places) for code, node in member.nodes.items()},
        "totals": {COLUMN[stage]: _totals_json(member.totals[stage], places) for stage in Stage},
        "delta": printed(member.delta, places),
        "delta_without_derived": printed(member.delta_without_derived, places),
        "grade": {COLUMN[stage]: label for stage, label in member.grades.items()},
        "rank": {table: place.rank for table, place in member.places.items()},
        "tie": {table: _tie_json(place) for table, place in member.places.items()},
        "knockouts": [
            {
                "code": one.knockout.code,
                "effect": one.knockout.effect.value,
                "from": one.source,
            }
            for one in member.knockouts
        ],
        "may_be_proposed": {
            "flag": member.may_be_proposed.flag,
            "merit": member.may_be_proposed.merit,
        },
    }


def _node_json(node: NodeResult, places: int) -> dict[str, object]:
    printed_node: dict[str, object] = {
        "max": printed(node.max, places),
        **_columns(node.raw, places),
    }
    if node.rescaled is not None:
        printed_node["rescaled"] = {
            "out": printed(node.out, places),
            **_columns(node.rescaled, places),
        }
    return printed_node


def _totals_json(totals: Totals, places: int) -> dict[str, object]:
    return {
        "base": printed(totals.base, places),
        "bonus_raw": printed(totals.bonus_raw, places),
        "bonus": printed(totals.bonus, places),
        "penalty": printed(totals.penalty, places),
        "total": printed(totals.total, places),
    }


def _tie_json(place: Place) -> dict[str, object]:
    return {
        "shared_with": list(place.shared_with),
        "same_total_as": list(place.same_total_as),
        "tie_decided_by": place.tie_decided_by,
    }


def _columns(
    points: Mapping[Stage, Decimal] | Mapping[Stage, Decimal | None], places: int
) -> dict[str, object]:
    return {COLUMN[stage]: _text(points[stage], places) for stage in Stage}


def _text(points: Decimal | None, places: int) -> str | None:
    return None if points is None else printed(points, places)
