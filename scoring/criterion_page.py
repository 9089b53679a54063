"""One criterion, with the claims of all members that the reader appraises side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.urls import reverse

from blocs.models import Review, User
from scoring import permissions as may
from scoring.cases import adopted_set, case_of
from scoring.findings import consequence_text
from scoring.forms.appraisal import AppraiseForm
from scoring.forms.rows import RowForm
from scoring.kernel.cases import Member
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.tabulation import tabulate
from scoring.models import Criterion, Evidence, Finding, Score, Sheet
from scoring.sheet_page import APPRAISE
from scoring.sheet_rows import FindingNote, LeafRow, Rows
from scoring.supplements import changed_ids, returned_at


@dataclass(frozen=True)
class MemberRow:
    """What one member claims for the criterion."""

    sheet: Sheet
    row: LeafRow


@dataclass(frozen=True)
class CriterionPage:
    """A criterion as one appraiser sees it, with the ways to the others."""

    review: Review
    criterion: Criterion
    members: list[MemberRow]
    left: int
    previous: Criterion | None
    next: Criterion | None
    next_open: Criterion | None
    mode: str = APPRAISE
    nodes: tuple[()] = ()

    @cached_property
    def idle_state(self) -> str:
        """The words of a row's state, drawn once for all the rows that have none yet."""
        return render_to_string("partials/_save_state.html", {"state": "idle"})

    @cached_property
    def url(self) -> str:
        return reverse(
            "scoring:criterion_appraise", args=[*self.review.url_args, self.criterion.pk]
        )

    @property
    def leaves(self) -> list[LeafRow]:
        return [member.row for member in self.members]

    @property
    def is_typed(self) -> bool:
        """Whether the reader types anything here."""
        return any(row.form is not None for row in self.leaves)

    @property
    def refused(self) -> list[MemberRow]:
        """Rows that came back as they were typed."""
        return [
            member
            for member in self.members
            if member.row.form is not None and member.row.form.is_bound
        ]

    def row_of(self, score: Score) -> LeafRow:
        return next(row for row in self.leaves if row.pk == str(score.pk))

    def moved_with(self, row: LeafRow) -> list[LeafRow]:
        return [row]


def sheets_to_appraise(review: Review, user: User) -> list[Sheet]:
    """The sheets that the user's agency appraises, in the members' order; never its own."""
    sheets = list(Sheet.objects.of(review).appraised_by(user).with_people())
    for sheet in sheets:
        sheet.membership.review = review
    return sheets


def criterion_page(
    review: Review, pk: int, user: User, *, bound: Mapping[int, RowForm] | None = None
) -> CriterionPage:
    """The page; ``bound`` are rows that are shown as they were typed, by the score's id.

    Raises ``Criterion.DoesNotExist`` where the set in force has no such criterion.
    """
    criteria_set = adopted_set(review)
    criteria = list(criteria_set.criteria.scored())
    place = next((n for n, one in enumerate(criteria) if one.pk == pk), None)
    if place is None:
        raise Criterion.DoesNotExist
    sheets = sheets_to_appraise(review, user)
    rules, case = case_of(review, criteria_set, only=[sheet.membership for sheet in sheets])
    results = tabulate(rules, case).members
    members = {member.slug: member for member in case.members}
    scores = _scores_of(criteria[place], sheets)
    changed = _changed(scores.values(), members)
    findings = notes_on(criteria[place], sheets)
    rows = []
    for sheet in sheets:
        slug = sheet.membership.agency.slug
        maker = Rows(
            sheet=sheet,
            member=members[slug],
            result=results[slug],
            criteria={criteria[place].code: criteria[place]},
            scores={pk: scores[sheet.pk]} if sheet.pk in scores else {},
            forms=_form_of(user, scores.get(sheet.pk), rules, bound or {}),
            shows_appraisal=True,
            label=sheet.membership.short_name,
            changed=changed,
            findings=findings.get(sheet.membership_id, ()),
        )
        rows.append(MemberRow(sheet, maker.of_leaf(rules.find(criteria[place].code))))
    return _with_ways(review, criteria, place, rows, open_claims(sheets, user))


def _with_ways(
    review: Review,
    criteria: list[Criterion],
    place: int,
    rows: list[MemberRow],
    left: Counter[int],
) -> CriterionPage:
    """The page with the ways to the criteria before and after it, and to the next open one."""
    before, after = criteria[:place], criteria[place + 1 :]
    return CriterionPage(
        review=review,
        criterion=criteria[place],
        members=rows,
        left=left[criteria[place].pk],
        previous=before[-1] if before else None,
        next=after[0] if after else None,
        next_open=next((one for one in [*after, *before] if left[one.pk]), None),
    )


def open_claims(sheets: Iterable[Sheet], user: User) -> Counter[int]:
    """How many of these members' claims wait for the reader, by the criterion's id."""
    waiting = [sheet.pk for sheet in sheets if may.can_appraise(user, sheet)]
    rows = Score.objects.filter(sheet__in=waiting, appraised_at=None).appraisable()
    return Counter(rows.values_list("criterion_id", flat=True))


def _scores_of(criterion: Criterion, sheets: list[Sheet]) -> dict[int, Score]:
    """The criterion's rows with evidence and objections, by the sheet's id: three queries."""
    by_id = {sheet.pk: sheet for sheet in sheets}
    scores = {
        score.sheet_id: score
        for score in Score.objects.filter(criterion=criterion, sheet__in=sheets).prefetch_related(
            Prefetch("evidence", Evidence.objects.current()), "objections"
        )
    }
    for score in scores.values():
        score.sheet, score.criterion = by_id[score.sheet_id], criterion
    return scores


def notes_on(criterion: Criterion, sheets: Iterable[Sheet]) -> dict[int, list[FindingNote]]:
    """What was found of these members that touches the criterion, by membership."""
    rows = Finding.objects.filter(
        touches=criterion, lifted_on=None, membership__in=[one.membership_id for one in sheets]
    )
    notes: dict[int, list[FindingNote]] = {}
    for row in rows.select_related("knockout"):
        note = FindingNote(row, consequence_text(row))
        notes.setdefault(row.membership_id, []).append(note)
    return notes


def _form_of(
    user: User, score: Score | None, rules: Rules, bound: Mapping[int, RowForm]
) -> dict[int, RowForm]:
    """The row's form where the reader may fill it in, or as it came back."""
    if score is None:
        return {}
    if score.pk in bound:
        return {score.pk: bound[score.pk]}
    leaf = rules.find(score.criterion.code)
    if not (leaf.typed and may.can_appraise(user, score.sheet)):
        return {}
    return {score.pk: AppraiseForm(None, rules=rules, leaf=leaf, score=score)}


def _changed(scores: Iterable[Score], members: Mapping[str, Member]) -> dict[int, str]:
    """Rows that their members have changed since the return, each with its own place."""
    since = {}
    rows = list(scores)
    for score in rows:
        moment = returned_at(members[score.sheet.membership.agency.slug])
        if moment is not None:
            since[score.sheet_id] = moment
    return {pk: f"#score-{pk}" for pk in changed_ids(rows, since)}
