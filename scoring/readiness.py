"""What is still missing before sheets open, are submitted, appraised, and the table approved."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from blocs.models import Office, Review
from blocs.readiness import Missing
from scoring.models import (
    AutoSource,
    CriteriaSet,
    CriteriaStatus,
    Objection,
    ObjectionStatus,
    Score,
    Sheet,
    SheetStatus,
)
from scoring.proof import unproven
from scoring.tables import Table, live_table


def missing_to_open_self_scoring(review: Review) -> list[Missing]:
    """A leader, at least two members, adopted criteria, and the day the sheets are due."""
    members = reverse("blocs:member_list", args=review.url_args)
    missing = []
    offices = list(review.memberships.values_list("office", flat=True))
    if len(offices) < 2:
        missing.append(Missing(_("At least two members"), members))
    if Office.LEADER not in offices:
        missing.append(Missing(_("A bloc leader"), members))
    if not CriteriaSet.objects.filter(review=review, status=CriteriaStatus.ADOPTED).exists():
        missing.append(
            Missing(_("Adopted criteria"), reverse("scoring:criteria_detail", args=review.url_args))
        )
    if review.scores_due is None:
        missing.append(
            Missing(
                _("The day on which score sheets are due"),
                reverse("blocs:calendar", args=review.url_args),
            )
        )
    return missing


def missing_to_submit(sheet: Sheet) -> list[Missing]:
    """Every criterion of the scale that has no answer (0 is one), then what lacks its proof."""
    url = sheet.get_absolute_url()
    blank = [
        Missing(f"{score.criterion.code} {score.criterion.name}", f"{url}#score-{score.pk}")
        for score in sheet.scores.blank().in_order()
    ]
    return blank + [
        Missing(
            _("%(code)s %(name)s: attach evidence or explain")
            % {"code": score.criterion.code, "name": score.criterion.name},
            f"{url}#score-{score.pk}",
        )
        for score in unproven(sheet.scores.in_order())
    ]


def missing_to_open_appraisal(review: Review) -> list[Missing]:
    """Sheets of ranked members not submitted, and sheets without an appraiser."""
    missing = []
    for sheet in Sheet.objects.of(review).with_people():
        if not sheet.is_received and not sheet.membership.unranked:
            missing.append(
                Missing(
                    _("Score sheet of %(member)s: %(state)s")
                    % {"member": sheet.membership.name, "state": sheet.get_status_display()}
                )
            )
        if sheet.appraiser is None:
            missing.append(
                Missing(
                    _("An appraiser for the sheet of %(member)s: the provincial board names one")
                    % {"member": sheet.membership.name},
                    reverse("scoring:sheet_list", args=review.url_args),
                )
            )
    return missing


def missing_to_finish_appraisal(sheet: Sheet) -> list[Missing]:
    """Criteria that the appraiser has not looked at yet."""
    url = sheet.get_absolute_url()
    return [
        Missing(f"{score.criterion.code} {score.criterion.name}", f"{url}#score-{score.pk}")
        for score in to_appraise(sheet)
    ]


def to_appraise(sheet: Sheet) -> list[Score]:
    """Criteria without an appraisal; those of the conference have none."""
    return [
        score
        for score in sheet.scores.in_order().filter(appraised_at=None)
        if "set_by" not in score.criterion.document
    ]


def missing_to_approve(review: Review, table: Table | None = None) -> list[Missing]:
    """Appraisals not finished, and automatic criteria whose record nobody has kept.

    ``table`` is the live table, where the caller has it already.
    """
    missing = []
    for sheet in Sheet.objects.of(review).with_people():
        if sheet.membership.unranked and not sheet.is_received:
            continue
        if sheet.status != SheetStatus.APPRAISED:
            missing.append(
                Missing(
                    _("Appraisal of %(member)s: %(state)s")
                    % {"member": sheet.membership.name, "state": sheet.get_status_display()},
                    sheet.get_absolute_url(),
                )
            )
        elif sheet.objections_until is not None and is_within_term(sheet):
            day = date_format(sheet.objections_until, "SHORT_DATE_FORMAT")
            words = _("%(member)s may object until %(day)s")
            text = words % {"member": sheet.membership.name, "day": day}
            missing.append(Missing(text, sheet.get_absolute_url()))
    missing += _open_objections(review)
    return missing + _missing_records(review, table or live_table(review))


def is_within_term(sheet: Sheet) -> bool:
    """Whether the member may still object: it has not accepted, and the last day counts whole."""
    until = sheet.objections_until
    return until is not None and sheet.accepted_at is None and timezone.localdate() <= until


def _open_objections(review: Review) -> list[Missing]:
    """Objections that were neither answered nor carried to the conference."""
    url = reverse("scoring:objection_list", args=review.url_args)
    rows = Objection.objects.filter(
        score__sheet__membership__review=review, status=ObjectionStatus.OPEN
    )
    return [
        Missing(
            _("Objection to %(code)s not answered") % {"code": row.score.criterion.code},
            f"{url}#objection-{row.pk}",
        )
        for row in rows.select_related("score__criterion")
    ]


def _missing_records(review: Review, table: Table) -> list[Missing]:
    criteria = CriteriaSet.objects.get(review=review, status=CriteriaStatus.ADOPTED).criteria
    url = reverse("blocs:activity_list", args=review.url_args)
    missing = []
    for criterion in criteria.filter(
        auto_source__in=[AutoSource.REGISTRATION, AutoSource.ATTENDANCE]
    ):
        without = [
            row.name for row in table.rows if not row.unranked and row.is_blank(criterion.code)
        ]
        if without:
            missing.append(
                Missing(
                    _("%(code)s %(name)s: no record for %(members)s")
                    % {
                        "code": criterion.code,
                        "name": criterion.name,
                        "members": ", ".join(without),
                    },
                    url,
                )
            )
    return missing
