"""Findings: recorded with their source, lifted by a document; neither is ever undone."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.models import Membership, User
from blocs.permissions import require
from blocs.vietnamese import tidy
from blocs.workflow import IllegalMove, holding
from scoring import permissions as may
from scoring.cases import adopted_set
from scoring.criteria import rules_of
from scoring.models import Criterion, Finding, FindingEffect, Part


@dataclass(frozen=True)
class Report:
    """What another agency wrote: the matter, its document, and what follows from it.

    With a ``knockout`` of the criteria the effect is the knock-out's; ``effect`` and ``grade``
    are for matters that the criteria do not list.
    """

    matter: str
    source_agency: str
    document: str
    document_date: datetime.date
    received_on: datetime.date
    knockout: Criterion | None = None
    effect: str = ""
    grade: str = ""
    touches: Criterion | None = None


def record_finding(membership: Membership, report: Report, *, by: User) -> Finding:
    """Record what was found of a member, before or after the table is adopted.

    An adopted table stays as it is: what a later finding bars is shown beside it and checked with
    the proposals. Raises ``ValidationError`` at the field that is wrong.
    """
    now = timezone.now()
    with holding(membership) as held:
        require(may.can_record_finding(by, held))
        effect, grade = _consequence(held, report)
        if report.document_date > report.received_on:
            raise ValidationError({"received_on": _("It cannot come before it was written.")})
        if report.received_on > timezone.localdate(now):
            raise ValidationError({"received_on": _("This day lies in the future.")})
        finding = Finding(
            membership=held,
            knockout=report.knockout,
            touches=report.touches,
            effect=effect,
            grade=grade,
            matter=tidy(report.matter),
            source_agency=tidy(report.source_agency),
            document=tidy(report.document),
            document_date=report.document_date,
            received_on=report.received_on,
            recorded_by=by,
            recorded_at=now,
        )
        finding.full_clean()
        finding.save()
        return finding


def _consequence(membership: Membership, report: Report) -> tuple[str, str]:
    """Effect and grade; both criteria named must be of the review's own set."""
    criteria_set = adopted_set(membership.review)
    rules = rules_of(criteria_set)
    for field, part in (("knockout", report.knockout), ("touches", report.touches)):
        if part is not None and part.criteria_set_id != criteria_set.pk:
            raise ValidationError({field: _("This criterion is not of this review.")})
    if report.knockout is not None:
        if report.knockout.part != Part.KNOCKOUT:
            raise ValidationError({"knockout": _("This is not a knock-out.")})
        knockout = rules.find_knockout(report.knockout.code)
        assert knockout is not None  # noqa: S101 -- a row of the same set
        return knockout.effect.value, knockout.grade or ""
    if report.effect not in FindingEffect.values:
        raise ValidationError({"effect": _("Choose a knock-out of the criteria, or an effect.")})
    if report.effect != FindingEffect.CAP_GRADE:
        return report.effect, ""
    if report.grade not in [grade.label for grade in rules.grades]:
        raise ValidationError({"grade": _("Choose one of the grades of the criteria.")})
    return report.effect, report.grade


def lift_finding(finding: Finding, *, lifted_on: datetime.date, document: str, by: User) -> Finding:
    """Note the document that settles the matter; the finding stays in the record."""
    now = timezone.now()
    with holding(finding) as held:
        require(may.can_record_finding(by, held.membership))
        if not held.holds:
            raise IllegalMove(_("This finding has been lifted already."))
        if not document.strip():
            raise ValidationError({"document": _("Name the document that settles the matter.")})
        if lifted_on < held.received_on or lifted_on > timezone.localdate(now):
            raise ValidationError(
                {"lifted_on": _("The day lies between the receipt of the finding and today.")}
            )
        held.lifted_on, held.lifting_document = lifted_on, tidy(document)
        held.lifted_by, held.lifted_at = by, now
        held.save()
        return held
