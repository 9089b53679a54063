"""Findings as pages show them, and what they bar now, whatever an adopted table says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from blocs.models import Membership, Review, User
from blocs.permissions import Verdict
from scoring import permissions as may
from scoring.cases import adopted_set, findings_of
from scoring.criteria import rules_of
from scoring.forms.findings import LiftForm
from scoring.kernel.criteria import Effect, Knockout
from scoring.kernel.knockouts import FINDING, MayBeProposed, Raised, may_be_proposed
from scoring.models import Finding
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
    effect = effect_text(Knockout("", Effect(finding.effect), "", finding.grade or None))
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
    suspended: bool
    texts: tuple[str, ...]


def bars_of(review: Review) -> dict[int, Bars]:
    """By membership: what findings bar now; they may have come after the table was adopted."""
    rules = rules_of(adopted_set(review))
    members = list(review.memberships.values_list("pk", flat=True))
    texts = defaultdict(list)
    for row in Finding.objects.filter(membership__in=members, lifted_on=None):
        texts[row.membership_id].append(f"{row.matter} ({row})")
    bars = {}
    for member, findings in findings_of(rules, members).items():
        holding = [one for one in findings if one.lifted_at is None]
        knockouts = [one.own or rules.find_knockout(one.knockout) for one in holding]
        raised = [Raised(one, FINDING) for one in knockouts if one is not None]
        suspended = any(one.knockout.effect is Effect.SUSPEND for one in raised)
        bars[member] = Bars(may_be_proposed(raised), suspended, tuple(texts[member]))
    return bars
