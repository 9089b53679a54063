"""Findings as pages show them, and what they bar now, whatever an adopted table says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from blocs.models import Membership, Review, User
from blocs.permissions import Verdict
from scoring import permissions as may
from scoring.cases import own_knockout
from scoring.forms.findings import LiftForm
from scoring.kernel.knockouts import FINDING, MayBeProposed, Raised, may_be_proposed
from scoring.models import Finding, FindingEffect
from scoring.wording import effect_text


@dataclass(frozen=True)
class FindingLine:
    """One finding, what follows from it in words, and whether the reader may lift it."""

    finding: Finding
    member: Membership
    consequence: str
    may_lift: Verdict
    form: LiftForm | None


def consequence_text(finding: Finding) -> str:
    """The knock-out by its code, or the effect alone."""
    effect = effect_text(own_knockout(finding))
    if finding.knockout is None:
        return effect
    return _("knock-out %(code)s: %(effect)s") % {"code": finding.knockout.code, "effect": effect}


def finding_lines(
    review: Review, user: User, given: Mapping[int, LiftForm] | None = None
) -> list[FindingLine]:
    """Every finding of a review, the latest first; ``given`` are forms that came back."""
    members = {part.pk: part for part in review.memberships.with_names()}
    rows = Finding.objects.filter(membership__review=review)
    lines = []
    for finding in rows.select_related("knockout", "touches", "recorded_by").order_by("-pk"):
        member = members[finding.membership_id]
        member.review = review
        may_lift = may.can_record_finding(user, member)
        form = None
        if may_lift and finding.holds:
            form = (given or {}).get(finding.pk) or LiftForm(auto_id=f"id_lift_{finding.pk}_%s")
        lines.append(FindingLine(finding, member, consequence_text(finding), may_lift, form))
    return lines


def of_member(membership: Membership) -> list[Finding]:
    """What holds for one member, with the criterion that each touches."""
    rows = Finding.objects.filter(membership=membership, lifted_on=None)
    return list(rows.select_related("knockout", "touches"))


@dataclass(frozen=True)
class Bars:
    """What the findings of a member bar at this moment, and in whose words."""

    allowed: MayBeProposed
    once_settled: MayBeProposed  # what is open when every suspension has been lifted
    texts: tuple[str, ...]


def bars_of(review: Review) -> dict[int, Bars]:
    """By membership: what findings bar now; they may have come after the table was adopted."""
    holding = defaultdict(list)
    for row in Finding.objects.filter(membership__review=review, lifted_on=None):
        holding[row.membership_id].append(row)
    bars = {}
    for member, rows in holding.items():
        lasting = [row for row in rows if row.effect != FindingEffect.SUSPEND]
        bars[member] = Bars(
            allowed=_left_open(rows),
            once_settled=_left_open(lasting),
            texts=tuple(f"{row.matter} ({row})" for row in rows),
        )
    return bars


def _left_open(rows: Iterable[Finding]) -> MayBeProposed:
    return may_be_proposed(Raised(own_knockout(row), FINDING) for row in rows)
