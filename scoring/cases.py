"""From the database to the kernel: a review's members with their answers, in a constant number
of queries whatever the number of members and criteria."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any

from blocs.models import MeetingAttendance, Membership, Phase, Presence, Review
from scoring.criteria import rules_of
from scoring.kernel.cases import SUBMISSION, Case, Finding, FromSubmission, Member
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Criterion as Leaf
from scoring.kernel.criteria import Effect, Knockout, Office
from scoring.kernel.entries import Change
from scoring.kernel.lateness import Event, EventKind, Extension, Submission
from scoring.kernel.rules.inputs import Inputs, Receipt
from scoring.models import (
    AutoSource,
    CriteriaSet,
    CriteriaStatus,
    Exemption,
    Score,
    SheetChange,
    SheetStatus,
)
from scoring.models import Extension as ExtensionRow
from scoring.models import Finding as FindingRow

# What a member's presence at a meeting counts.
WEIGHT = {Presence.LED: Decimal(1), Presence.SENT: Decimal("0.5"), Presence.ABSENT: Decimal(0)}


def adopted_set(review: Review) -> CriteriaSet:
    """The criteria in force; ``CriteriaSet.DoesNotExist`` before their adoption."""
    return CriteriaSet.objects.get(review=review, status=CriteriaStatus.ADOPTED)


def case_of(
    review: Review, criteria_set: CriteriaSet, only: Collection[Membership] | None = None
) -> tuple[Rules, Case]:
    """The review as the kernel computes it; with ``only``, these members' running totals."""
    rules = rules_of(criteria_set)
    members = list(review.memberships.in_order().with_names())
    if only is not None:
        wanted = {member.pk for member in only}
        members = [member for member in members if member.pk in wanted]
    ids = [member.pk for member in members]
    answers = _answers(rules, ids)
    system = _system(review, criteria_set, rules, members)
    submissions = _submissions(review, ids)
    findings = findings_of(rules, ids)
    exempt = _grouped(
        Exemption.objects.filter(
            criterion__criteria_set=criteria_set, membership__in=ids
        ).values_list("membership_id", "criterion__code", "reason")
    )
    return rules, Case(
        members=tuple(
            Member(
                slug=member.agency.slug,
                name=member.agency.name_on(review.last_day).full,
                office=Office(member.office),
                not_applicable=dict(exempt[member.pk]),
                system=_without_pending(review, system[member.pk], submissions.get(member.pk)),
                submission=submissions.get(member.pk),
                unranked=member.unranked,
                findings=tuple(findings[member.pk]),
                claimed=answers[member.pk]["claimed"],
                appraised=answers[member.pk]["appraised"],
                agreed=answers[member.pk]["agreed"],
            )
            for member in members
        ),
        whole_bloc=only is None,
    )


def _grouped(rows: Iterable[tuple[Any, ...]]) -> defaultdict[int, list[tuple[Any, ...]]]:
    """Rows by their first column."""
    groups: defaultdict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for key, *rest in rows:
        groups[key].append(tuple(rest))
    return groups


def _answers(rules: Rules, members: list[int]) -> dict[int, dict[str, dict[str, Any]]]:
    answers: dict[int, dict[str, dict[str, Any]]] = {
        member: {"claimed": {}, "appraised": {}, "agreed": {}} for member in members
    }
    rows = Score.objects.filter(sheet__membership__in=members).values(
        "sheet__membership_id",
        "criterion__code",
        *("claimed_inputs", "claimed"),
        *("appraised_inputs", "appraised", "appraisal_reason"),
        *("agreed_inputs", "agreed", "agreement_reason"),
    )
    for row in rows:
        code, given = row["criterion__code"], answers[row["sheet__membership_id"]]
        leaf = rules.find(code)
        if row["claimed_inputs"] is not None:
            given["claimed"][code] = leaf.rule.read(row["claimed_inputs"])
        for stage, before, reason in (
            ("appraised", "claimed", "appraisal_reason"),
            ("agreed", "appraised", "agreement_reason"),
        ):
            change = _change(leaf, row, stage, before, row[reason])
            if change is not None:
                given[stage][code] = change
    return answers


def _change(
    leaf: Leaf, row: Mapping[str, Any], stage: str, before: str, reason: str
) -> Change | None:
    """What a stage changed; None where it accepted the stage before."""
    if row[f"{stage}_inputs"] is not None:
        return Change(inputs=leaf.rule.read(row[f"{stage}_inputs"]), reason=reason)
    if row[stage] is not None and row[stage] != row[before]:
        return Change(points=row[stage], reason=reason)
    return None


def extensions_of(members: Iterable[int]) -> dict[int, Extension]:
    """The latest extension of each membership that has one."""
    extensions: dict[int, Extension] = {}
    for row in ExtensionRow.objects.filter(membership__in=members).select_related(
        "granted_for__agency"
    ):
        extensions[row.membership_id] = Extension(
            to=row.to,
            granted_at=row.granted_at,
            granted_by=row.granted_for.agency.slug,
            granter_office=Office(row.granted_for.office),
            reason=row.reason,
        )
    return extensions


def findings_of(rules: Rules, members: Iterable[int]) -> defaultdict[int, list[Finding]]:
    """The findings of each membership, lifted ones as well, in the order of their recording."""
    findings: defaultdict[int, list[Finding]] = defaultdict(list)
    for row in FindingRow.objects.filter(membership__in=members).select_related("knockout"):
        code = row.knockout.code if row.knockout is not None else ""
        listed = bool(code) and rules.find_knockout(code) is not None
        findings[row.membership_id].append(
            Finding(
                knockout=code if listed else "",
                source=row.source_agency,
                document=row.document,
                received_at=row.received_on,
                lifted_at=row.lifted_on,
                own=None if listed else own_knockout(row),
            )
        )
    return findings


def own_knockout(row: FindingRow) -> Knockout:
    """The effect of a finding by itself, whatever the criteria list."""
    return Knockout("", Effect(row.effect), row.matter, row.grade or None)


def _submissions(review: Review, members: list[int]) -> dict[int, Submission]:
    """Receipts and extensions of the sheets that were ever submitted."""
    if review.scores_due is None:
        return {}
    extensions = extensions_of(members)
    events: defaultdict[int, list[Event]] = defaultdict(list)
    moves = SheetChange.objects.filter(record__membership__in=members).values_list(
        "record__membership_id", "from_status", "to_status", "at"
    )
    for member, from_status, to_status, at in moves:
        kind = _event(from_status, to_status)
        if kind is not None:
            events[member].append(Event(kind, at))
    return {
        member: Submission(review.scores_due, tuple(happened), extensions.get(member))
        for member, happened in events.items()
    }


def _event(from_status: str, to_status: str) -> EventKind | None:
    """What a move of a sheet means for its receipt; most mean nothing."""
    if to_status == SheetStatus.SUBMITTED and from_status != SheetStatus.APPRAISED:
        return EventKind.SUBMITTED
    if to_status == SheetStatus.DRAFT and from_status == SheetStatus.SUBMITTED:
        return EventKind.RECALLED
    if to_status == SheetStatus.RETURNED:
        return EventKind.SUPPLEMENT_REQUESTED
    return None


def _without_pending(
    review: Review,
    system: Mapping[str, Inputs | FromSubmission],
    submission: Submission | None,
) -> Mapping[str, Inputs | FromSubmission]:
    """A sheet still on its way is blank, not missing, until the appraisal begins."""
    received = submission is not None and submission.received_at is not None
    if received or review.has_reached(Phase.APPRAISAL):
        return system
    return {code: inputs for code, inputs in system.items() if inputs is not SUBMISSION}


def _system(
    review: Review, criteria_set: CriteriaSet, rules: Rules, members: list[Membership]
) -> dict[int, dict[str, Inputs | FromSubmission]]:
    """What the portal itself knows for the automatic criteria."""
    sources = criteria_set.criteria.exclude(auto_source="").values_list("code", "auto_source")
    presences = _grouped(
        MeetingAttendance.objects.filter(meeting__review=review).values_list(
            "membership_id", "presence"
        )
    )
    system: dict[int, dict[str, Inputs | FromSubmission]] = {member.pk: {} for member in members}
    for code, source in sources:
        leaf = rules.find(code)
        for member in members:
            inputs: Inputs | FromSubmission | None = None
            if source == AutoSource.SUBMISSION:
                inputs = SUBMISSION
            elif source == AutoSource.REGISTRATION:
                inputs = _registration(review, member)
            elif source == AutoSource.ATTENDANCE:
                inputs = _attendance(leaf, [row[0] for row in presences[member.pk]])
            if inputs is not None:
                system[member.pk][code] = inputs
    return system


def _registration(review: Review, member: Membership) -> Inputs | None:
    recorded = member.registered_at is not None or member.never_registered
    if review.registration_due is None or not recorded:
        return None
    return Receipt(review.registration_due, member.registered_at)


def _attendance(leaf: Leaf, presences: list[str]) -> Inputs | None:
    """Meetings attended for a rule that adds, absences for a rule that deducts."""
    if not presences:
        return None
    if leaf.rule.kind == "deduct":
        absences = presences.count(Presence.ABSENT)
        [field] = leaf.rule.fields
        counts = {field.choices[0]: absences} if absences else {}
        return leaf.rule.read({"counts": counts})
    weight = sum((WEIGHT[Presence(presence)] for presence in presences), Decimal(0))
    return leaf.rule.read({"count": format(weight, "f")})
