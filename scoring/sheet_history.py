"""The history of one criterion, or of a whole sheet, in words: every value, and what moved it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from blocs.models import Agency, User
from blocs.permissions import Verdict
from scoring import permissions as may
from scoring.cases import adopted_set
from scoring.criteria import rules_of
from scoring.models import (
    Criterion,
    Extension,
    Objection,
    ObjectionStatus,
    Recalculation,
    Reopening,
    ReopeningStatus,
    ScoreChange,
    ScoreStage,
    Sheet,
    SheetStatus,
)
from scoring.rule_text import figures_text


@dataclass(frozen=True)
class HistoryLine:
    """One event: what stood there before and after where points moved, why, and by whom."""

    at: datetime.datetime
    what: str
    by: str
    criterion: str = ""
    before: Decimal | None = None
    before_figures: str = ""
    after: Decimal | None = None
    after_figures: str = ""
    moves_points: bool = False
    provisional: bool = False
    reason: str = ""
    agency: str = ""
    office: str = ""


class History:
    """The events of a sheet as far as the reader may know them; with a criterion, that one's."""

    def __init__(self, sheet: Sheet, user: User, criterion: Criterion | None = None) -> None:
        self.sheet, self.user, self.criterion = sheet, user, criterion
        self.review = sheet.membership.review
        self.rules = rules_of(adopted_set(self.review))

    @property
    def appraisal(self) -> Verdict:
        """Only the claims while the appraisal is not to be read yet."""
        return may.can_read_appraisal(self.user, self.sheet)

    @property
    def paper(self) -> str:
        """What the printed history of the criterion is called; blank where there is none to read.

        The paper tells every stage, so it waits until its reader may know them all.
        """
        if self.criterion is None or not self.appraisal:
            return ""
        score = self.sheet.scores.filter(criterion=self.criterion).values_list("pk", flat=True)
        return "".join(f"history-{pk}" for pk in score)

    @property
    def lines(self) -> list[HistoryLine]:
        """The newest first; one moment keeps the order in which things were done."""
        events = [
            *self._writings(),
            *self._recalculations(),
            *self._objections(),
            *self._moves(),
            *self._extensions(),
            *self._reopenings(),
        ]
        return sorted(events, key=lambda line: line.at, reverse=True)

    # --- the points

    def _figures(self, code: str, inputs: Mapping[str, Any] | None) -> str:
        return figures_text(self.rules.find(code), inputs)

    def _writings(self) -> Iterator[HistoryLine]:
        changes = ScoreChange.objects.filter(score__sheet=self.sheet)
        if self.criterion is not None:
            changes = changes.filter(score__criterion=self.criterion)
        if not self.appraisal:
            changes = changes.filter(stage=ScoreStage.CLAIMED)
        changes = changes.select_related("by", "by_agency", "score__criterion")
        for change in changes.prefetch_related("by_agency__names").order_by("-pk"):
            code = change.score.criterion.code
            yield HistoryLine(
                at=change.at,
                what=change.get_stage_display(),
                by=str(change.by),
                criterion=str(change.score.criterion),
                before=change.old_points,
                before_figures=self._figures(code, change.old_inputs),
                after=change.new_points,
                after_figures=self._figures(code, change.new_inputs),
                moves_points=True,
                provisional=bool(change.provisional),
                reason=change.reason,
                agency=self._name(change.by_agency),
                office=change.get_office_display(),
            )

    def _recalculations(self) -> Iterator[HistoryLine]:
        """Those that other members caused are for readers of the whole table only."""
        if not self.appraisal:
            return
        rows = self.sheet.recalculations.select_related(
            "criterion",
            "cause__by",
            "cause__score__criterion",
            "cause__score__sheet__membership__agency",
        ).prefetch_related("cause__score__sheet__membership__agency__names")
        if self.criterion is not None:
            rows = rows.filter(criterion=self.criterion)
        if not may.can_read_summary(self.user, self.review):
            rows = rows.filter(cause__score__sheet=self.sheet)
        yield from (self._recalculation(row) for row in rows.order_by("-pk"))

    def _recalculation(self, row: Recalculation) -> HistoryLine:
        cause = row.cause.score
        return HistoryLine(
            at=row.at,
            what=_("%(stage)s, recalculated") % {"stage": row.get_stage_display()},
            by=str(row.cause.by),
            criterion=str(row.criterion),
            before=row.old_points,
            after=row.new_points,
            moves_points=True,
            reason=_("Because criterion %(code)s of %(member)s was changed")
            % {
                "code": cause.criterion.code,
                "member": self._name(cause.sheet.membership.agency),
            },
        )

    def _name(self, agency: Agency) -> str:
        return agency.name_on(self.review.last_day).short

    # --- what happened around them

    def _objections(self) -> Iterator[HistoryLine]:
        if not self.appraisal:
            return
        rows: QuerySet[Objection] = Objection.objects.filter(score__sheet=self.sheet)
        if self.criterion is not None:
            rows = rows.filter(score__criterion=self.criterion)
        for row in rows.select_related("score__criterion", "raised_by", "replied_by"):
            criterion = str(row.score.criterion)
            yield HistoryLine(
                row.raised_at, _("Objection"), str(row.raised_by), criterion, reason=row.reason
            )
            if row.replied_at is not None:
                settled = row.status == ObjectionStatus.SETTLED
                what = _("Settled by the conference") if settled else _("Answer to the objection")
                yield HistoryLine(
                    row.replied_at, what, str(row.replied_by), criterion, reason=row.reply
                )

    def _moves(self) -> Iterator[HistoryLine]:
        names = dict(SheetStatus.choices)
        for move in self.sheet.changes.select_related("by").order_by("-pk"):
            what = _("Sheet: %(state)s") % {"state": names[SheetStatus(move.to_status)]}
            yield HistoryLine(move.at, what, str(move.by), reason=move.note)

    def _extensions(self) -> Iterable[HistoryLine]:
        rows = Extension.objects.filter(membership=self.sheet.membership)
        for row in rows.select_related("granted_by"):
            day = date_format(row.to, "SHORT_DATE_FORMAT")
            what = _("Extension to %(day)s") % {"day": day}
            yield HistoryLine(row.granted_at, what, str(row.granted_by), reason=row.reason)

    def _reopenings(self) -> Iterator[HistoryLine]:
        rows = Reopening.objects.filter(summary__review=self.review).exclude(
            status__in=[ReopeningStatus.ASKED, ReopeningStatus.REFUSED]
        )
        for row in rows.select_related("answered_by"):
            if row.answered_at is not None:
                what = _("Adopted table opened again by the provincial board")
                yield HistoryLine(row.answered_at, what, str(row.answered_by), reason=row.reason)
