"""Everything that the page of one member's sheet shows, in a constant number of queries."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from blocs.models import Phase, User
from scoring import permissions as may
from scoring.cases import adopted_set, case_of
from scoring.criteria import rules_of
from scoring.due_days import due_days
from scoring.findings import consequence_text, of_member
from scoring.forms.appraisal import AppraiseForm
from scoring.forms.rows import RowForm
from scoring.forms.sheets import ClaimForm
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Stage
from scoring.kernel.days import days_late
from scoring.kernel.tabulation import MemberResult, tabulate
from scoring.kernel.totals import Totals
from scoring.last_year import last_year_of
from scoring.models import Evidence, Score, Sheet, SheetChange, SheetStatus
from scoring.proof import unproven
from scoring.readiness import is_within_term
from scoring.sheet_rows import FindingNote, LeafRow, NodeRow, Rows, Section
from scoring.supplements import changed_rows
from scoring.wording import capacity_text

ENTER, APPRAISE, READ = "enter", "appraise", "read"


def mode_for(user: User, sheet: Sheet) -> str:
    """What the reader does with the page, now."""
    if may.can_enter(user, sheet):
        return ENTER
    return APPRAISE if may.can_appraise(user, sheet) else READ


@dataclass(frozen=True)
class Column:
    """The sums of one stage."""

    label: str
    totals: Totals
    grade: str = ""


@dataclass(frozen=True)
class Progress:
    """How far the sheet has been answered, or appraised, and where to go on."""

    left: int
    total: int
    next: str
    unproven: int = 0  # answered, and still without evidence or explanation

    @property
    def done(self) -> int:
        return self.total - self.left


@dataclass(frozen=True)
class SheetPage:
    """One sheet as one reader sees it."""

    sheet: Sheet
    mode: str
    rules: Rules
    result: MemberResult
    sections: list[Section]
    columns: list[Column]
    progress: Progress
    shows_appraisal: bool
    shows_agreement: bool
    due: datetime.date | None
    overdue: int
    returned: SheetChange | None
    findings: list[FindingNote]
    objects: bool

    @cached_property
    def idle_state(self) -> str:
        """The words of a row's state, drawn once for all the rows that have none yet."""
        return render_to_string("partials/_save_state.html", {"state": "idle"})

    @cached_property
    def groups_url(self) -> str:
        return f"{self.sheet.get_absolute_url()}groups/"

    @cached_property
    def accept_url(self) -> str:
        return f"{self.sheet.get_absolute_url()}accept/"

    @property
    def capacity(self) -> str:
        """In what capacity the appraiser appraises."""
        return capacity_text(self.sheet.appraiser) if self.sheet.appraiser else ""

    @property
    def asked_for(self) -> list[LeafRow]:
        """The rows that the sheet was returned for; none where it is open as a whole."""
        asked = self.sheet.asked_for
        return [row for row in self.leaves if row.score and row.score.criterion_id in asked]

    @cached_property
    def changed(self) -> list[LeafRow]:
        """The rows that the member has changed since the return."""
        return [row for row in self.leaves if row.next_changed]

    @property
    def is_typed(self) -> bool:
        """Whether the reader types anything here."""
        return any(section.is_typed for section in self.sections)

    @property
    def leaves(self) -> Iterable[LeafRow]:
        return (row for section in self.sections for row in section.leaves)

    @property
    def nodes(self) -> Iterable[NodeRow]:
        return (
            row for section in self.sections for row in section.rows if isinstance(row, NodeRow)
        )

    @property
    def refused(self) -> list[LeafRow]:
        """Rows that came back as they were typed."""
        return [row for row in self.leaves if row.form is not None and row.form.is_bound]

    def row_of(self, score: Score) -> LeafRow:
        return next(row for row in self.leaves if row.pk == str(score.pk))

    def moved_with(self, row: LeafRow) -> list[LeafRow]:
        """The row and those that the portal computes from it."""
        return [row, *(other for other in self.leaves if other.leaf.derived)]

    @property
    def late_days(self) -> int:
        """Of the submission that counts."""
        return self.result.late_days or 0

    @property
    def bonus_cap(self) -> Decimal:
        return self.rules.bonus_cap


def sheet_page(
    sheet: Sheet,
    user: User,
    *,
    mode: str | None = None,
    bound: Mapping[int, RowForm] | None = None,
) -> SheetPage:
    """The page; ``bound`` are rows that are shown as they were typed, by the score's id."""
    mode = mode or mode_for(user, sheet)
    membership, review = sheet.membership, sheet.membership.review
    criteria_set = adopted_set(review)
    # Until the table is circulated nothing on this page may move with another member's figures.
    circulated = review.has_reached(Phase.CONFERENCE)
    rules, case = case_of(review, criteria_set, only=None if circulated else [membership])
    member = next(one for one in case.members if one.slug == membership.agency.slug)
    result = tabulate(rules, case).members[member.slug]
    criteria = {row.code: row for row in criteria_set.criteria.all()}
    scores = scores_of(sheet)
    shows_appraisal = review.has_reached(Phase.APPRAISAL) and bool(
        may.can_read_appraisal(user, sheet)
    )
    locked = locked_rows(user, sheet, scores) if mode == ENTER else {}
    findings = [FindingNote(one, consequence_text(one)) for one in of_member(membership)]
    rows = Rows(
        sheet=sheet,
        member=member,
        result=result,
        criteria=criteria,
        scores={score.criterion_id: score for score in scores},
        forms=row_forms(mode, rules, [score for score in scores if score.pk not in locked], bound),
        shows_appraisal=shows_appraisal,
        locked=locked,
        last_year=last_year_of(sheet, user, rules),
        changed=changed_rows(scores, member) if mode == APPRAISE else {},
        findings=findings,
        may_object=bool(may.can_object(user, sheet, timezone.localdate())),
        unproven=_unproven(sheet, mode),
    )
    sections = _sections(rows, rules)
    due = due_days(review, [membership]).get(membership.pk)
    shows_agreement = shows_appraisal and review.has_reached(Phase.CONFERENCE)
    return SheetPage(
        sheet=sheet,
        mode=mode,
        rules=rules,
        result=result,
        sections=sections,
        columns=_columns(
            result, sheet, shows_appraisal=shows_appraisal, shows_agreement=shows_agreement
        ),
        progress=_progress(sections, appraising=mode == APPRAISE),
        shows_appraisal=shows_appraisal,
        shows_agreement=shows_agreement,
        due=due,
        overdue=_overdue(sheet, due),
        returned=_returned(sheet),
        findings=[note for note in findings if note.finding.touches_id is None],
        objects=is_within_term(sheet) and shows_appraisal,
    )


def _sections(rows: Rows, rules: Rules) -> list[Section]:
    """The top-level groups, then bonuses and penalties where there are any."""
    sections = [rows.of_group(group) for group in rules.groups]
    for title, extras in ((_("Bonus"), rules.bonus), (_("Penalties"), rules.penalties)):
        if extras:
            sections.append(rows.of_extras(title, extras))
    return sections


def scores_of(sheet: Sheet) -> list[Score]:
    """The sheet's rows with the evidence that counts now, and objections: three queries."""
    scores = list(
        sheet.scores.select_related("criterion")
        .order_by("criterion__position")
        .prefetch_related(Prefetch("evidence", Evidence.objects.current()), "objections")
    )
    for score in scores:
        score.sheet = sheet
    return scores


def _unproven(sheet: Sheet, mode: str) -> set[int]:
    """The rows that want evidence or an explanation: the business of who fills them in."""
    if mode != ENTER:
        return set()
    return set(unproven(sheet.scores.all()).values_list("pk", flat=True))


def locked_rows(user: User, sheet: Sheet, scores: Iterable[Score]) -> dict[int, str]:
    """Why certain rows stay as they are while others may be changed, by the score's id."""
    if not sheet.asked_for:
        return {}
    verdicts = {score.pk: may.can_enter_score(user, sheet, score) for score in scores}
    return {pk: verdict.reason for pk, verdict in verdicts.items() if not verdict}


def row_forms(
    mode: str, rules: Rules, scores: Iterable[Score], bound: Mapping[int, RowForm] | None
) -> dict[int, RowForm]:
    """A form for each row that the reader may fill in, and those that came back as typed."""
    if mode == READ:
        return {}
    kind = form_class(mode)
    forms: dict[int, RowForm] = dict(bound or {})
    for score in scores:
        leaf = rules.find(score.criterion.code)
        if leaf.typed and score.pk not in forms:
            forms[score.pk] = kind(None, rules=rules, leaf=leaf, score=score)
    return forms


def form_class(mode: str) -> type[RowForm]:
    return AppraiseForm if mode == APPRAISE else ClaimForm


def bound_form(mode: str, data: Any, score: Score) -> RowForm:
    """The row as posted."""
    rules = rules_of(score.criterion.criteria_set)
    return form_class(mode)(data, rules=rules, leaf=rules.find(score.criterion.code), score=score)


def _columns(
    result: MemberResult, sheet: Sheet, *, shows_appraisal: bool, shows_agreement: bool
) -> list[Column]:
    columns = [Column(_("Claimed"), result.totals[Stage.CLAIMED])]
    if shows_appraisal:
        finished = sheet.status == SheetStatus.APPRAISED
        label = _("Appraised") if finished else _("Appraised so far")
        grade = result.grades[Stage.APPRAISED] if finished else ""
        columns.append(Column(label, result.totals[Stage.APPRAISED], grade))
    if shows_agreement:
        grade = result.grades[Stage.AGREED]
        columns.append(Column(_("Agreed"), result.totals[Stage.AGREED], grade))
    return columns


def _progress(sections: list[Section], *, appraising: bool) -> Progress:
    typed = [
        row
        for section in sections
        for row in section.leaves
        if row.kind == "typed" and (appraising or not row.is_extra)
    ]
    left = [row for row in typed if (row.is_to_appraise if appraising else row.is_open)]
    lacking = [row for section in sections for row in section.leaves if row.lacks_proof]
    first = next(iter([*left, *lacking]), None)
    return Progress(len(left), len(typed), f"#score-{first.pk}" if first else "", len(lacking))


def _overdue(sheet: Sheet, due: datetime.date | None) -> int:
    """Days by which a sheet that has not come is late; a returned one has come."""
    came = sheet.status not in (SheetStatus.DRAFT, SheetStatus.WITH_HEAD)
    return 0 if came or due is None else days_late(due, timezone.now())


def _returned(sheet: Sheet) -> SheetChange | None:
    """Why the sheet is with its member again."""
    if sheet.status != SheetStatus.RETURNED:
        return None
    return sheet.changes.filter(to_status=SheetStatus.RETURNED).select_related("by").last()
