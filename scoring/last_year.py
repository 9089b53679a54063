"""What the same agency had for the same criterion in the year before, once that was adopted."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from blocs.models import Membership, User
from blocs.vietnamese import search_key, tidy
from scoring import permissions as may
from scoring.criteria import rules_of
from scoring.kernel.arithmetic import rounded
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.models import CriteriaStatus, Criterion, Score, Sheet, Summary, SummaryStatus
from scoring.rule_text import figures_text
from scoring.tables import table_of
from scoring.templatetags.points import points


def last_year_of(sheet: Sheet, user: User, rules: Rules) -> dict[str, str]:
    """A line for each criterion of ``rules`` whose code and name were in last year's set too.

    Two queries; nothing where the reader may not read last year's table. The points are those
    that the conference agreed, from the adopted table.
    """
    agency, year = sheet.membership.agency, sheet.membership.review.year - 1
    summary = (
        Summary.objects.filter(
            status=SummaryStatus.ADOPTED,
            review__year=year,
            review__in=Membership.objects.filter(agency=agency).values("review"),
        )
        .select_related("review__bloc")
        .first()
    )
    if summary is None or not may.can_read_last_year(user, sheet, summary.review):
        return {}
    row = table_of(summary).row_of(agency.slug)
    given: Mapping[str, Mapping[str, Any]] = {**row.leaves, **row.extras}
    lines = {}
    for criterion in _criteria_of(summary, sheet):
        agreed = given.get(criterion.code, {}).get("agreed")
        if agreed is None or not _is_same(criterion, rules):
            continue
        lines[criterion.code] = _line(year, criterion, Decimal(agreed), rules)
    return lines


def _criteria_of(summary: Summary, sheet: Sheet) -> Any:
    """Last year's criteria, each with the figures that counted for this agency in the end."""
    scores = Score.objects.filter(
        criterion=OuterRef("pk"), sheet__membership__agency=sheet.membership.agency_id
    ).annotate(figures=Coalesce("agreed_inputs", "appraised_inputs", "claimed_inputs"))
    return (
        Criterion.objects.scored()
        .filter(criteria_set__review=summary.review_id, criteria_set__status=CriteriaStatus.ADOPTED)
        .select_related("criteria_set")
        .annotate(figures=Subquery(scores.values("figures")[:1]))
    )


def _is_same(criterion: Criterion, rules: Rules) -> bool:
    """The same code may stand for something else a year later, so the name must agree as well."""
    if not rules.has(criterion.code):
        return False
    name = rules.find(criterion.code).name
    return search_key(tidy(criterion.name)) == search_key(tidy(name))


def _line(year: int, criterion: Any, agreed: Decimal, rules: Rules) -> str:
    """For example "2022: 5,52 / 6 points; 92/100", with the share where the maximum has changed."""
    most, now = criterion.max_points, rules.find(criterion.code).max
    if most is None:
        text = _("%(year)s: %(points)s points")
    elif most == now:
        text = _("%(year)s: %(points)s / %(max)s points")
    else:
        text = _("%(year)s: %(points)s / %(max)s points (%(share)s %%)")
    share = "" if not most else points(rounded(Fraction(agreed) * 100 / Fraction(most), 1))
    line = text % {"year": year, "points": points(agreed), "max": points(most), "share": share}
    leaf = rules_of(criterion.criteria_set).find(criterion.code)
    figures = figures_text(leaf, criterion.figures)
    return f"{line}; {figures}" if figures else line
