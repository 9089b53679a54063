"""What a filled workbook would change on its sheet, row by row; nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from scoring.cases import adopted_set
from scoring.criteria import rules_of
from scoring.forms.inputs import texts_of
from scoring.forms.rows import score_at
from scoring.forms.sheets import ClaimForm
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Criterion as Leaf
from scoring.kernel.errors import InputError
from scoring.models import Score, Sheet
from scoring.rule_text import figures_text
from scoring.scores import Claim, value_of

from .opening import open_workbook
from .sheet_layout import identity_of
from .sheet_reading import Answered, Remark, SheetReading, check_identity, points_differ


@dataclass(frozen=True)
class Changed:
    """One criterion as it is and as the workbook would have it."""

    leaf: Leaf
    cell: str
    before: str
    after: str
    points_before: Decimal | None
    points_after: Decimal | None
    explanation_before: str
    explanation_after: str

    @property
    def explains_anew(self) -> bool:
        return self.explanation_before != self.explanation_after


@dataclass
class Preview:
    """All rows together: what changes, what is wrong, what to know; and the claims to apply."""

    changes: list[Changed] = field(default_factory=list)
    problems: list[Remark] = field(default_factory=list)
    notices: list[Remark] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    unchanged: int = 0


def preview_of(sheet: Sheet, content: bytes) -> Preview:
    """Read an uploaded workbook against the sheet; ``ValidationError`` for a wrong file."""
    book = open_workbook(content)
    criteria_set = adopted_set(sheet.membership.review)
    check_identity(book, identity_of(sheet, criteria_set.code, criteria_set.sha256))
    rules = rules_of(criteria_set)
    scores = {
        score.criterion.code: score
        for score in sheet.scores.in_order().prefetch_related("changes")
        if rules.find(score.criterion.code).typed
    }
    reading = SheetReading(book, rules, frozenset(scores))
    preview = Preview(problems=reading.problems, notices=reading.notices)
    for code, score in scores.items():
        answered = reading.answers.get(code)
        if answered is not None and not answered.wrong:
            RowPreview(preview, rules, score, answered).compare()
    for remarks in (preview.problems, preview.notices):
        remarks.sort(key=lambda remark: remark.place)
    return preview


class RowPreview:
    """One criterion: the workbook's answer put through the form of the page."""

    def __init__(self, preview: Preview, rules: Rules, score: Score, answered: Answered) -> None:
        self.preview, self.rules, self.score, self.answered = preview, rules, score, answered
        self.leaf = answered.leaf
        self.stored = texts_of(self.leaf, score.claimed_inputs)

    def compare(self) -> None:
        self._notice_points()
        if self._is_empty():
            self.preview.unchanged += 1
            if self.score.is_answered or self.score.explanation:
                self._notice(_("Empty in the workbook: the portal's answer stays as it is."))
            return
        form = self._form()
        value = None
        if form.is_valid():
            try:
                value = value_of(self.rules, self.leaf, form.inputs)
            except InputError as error:
                form.refuse(error)
        if value is None:
            self._refuse(form)
        else:
            inputs, explanation = value.inputs, form.cleaned_data["explanation"]
            self._weigh(inputs, value.points, explanation)

    # --- reading

    def _is_empty(self) -> bool:
        return not self.answered.has_figures and not self.answered.explanation

    def _form(self) -> ClaimForm:
        texts = self.answered.texts
        if not self.answered.has_figures:
            texts = self.stored  # only the explanation is new
            if self.score.is_answered:
                self._notice(_("No figures in the workbook: those on the portal stay."))
        data: dict[str, Any] = {**texts, "explanation": self.answered.explanation}
        data["version"] = str(self.answered.version)
        prefixed = {f"s{self.score.pk}-{name}": value for name, value in data.items()}
        return ClaimForm(prefixed, rules=self.rules, leaf=self.leaf, score=self.score)

    def _refuse(self, form: ClaimForm) -> None:
        for name, errors in form.errors.items():
            where = self.answered.cells.get(name) or self._figure_cell()
            for error in errors:
                self.preview.problems.append(Remark(where, self.leaf.code, str(error)))

    def _figure_cell(self) -> str:
        """The first cell for a figure: what concerns the whole criterion is said there."""
        return next(self.answered.cells[name] for name in self.answered.texts)

    def _notice(self, text: str, cell: str = "") -> None:
        where = cell or self._figure_cell()
        self.preview.notices.append(Remark(where, self.leaf.code, text))

    def _notice_points(self) -> None:
        """The column is locked; a file made by other hands may say anything there."""
        fresh = self.answered.version == self.score.version and not self.leaf.needs_bloc
        if fresh and points_differ(self.answered.points, self.score.claimed):
            text = _("Points are computed from the figures; what the workbook says is not read.")
            self._notice(text, self.answered.points_cell)

    # --- comparing

    def _weigh(
        self, inputs: dict[str, Any] | None, points: Decimal | None, explanation: str
    ) -> None:
        """Note the change, unless the workbook says what the portal says, or said then."""
        if self._same(self.score, inputs, explanation):
            self.preview.unchanged += 1
            return
        if self.answered.version < self.score.version:
            if self._same(score_at(self.score, self.answered.version), inputs, explanation):
                self.preview.unchanged += 1
                self._notice(
                    _("Changed on the portal after the download, not in the workbook: it stays.")
                )
                return
            self._notice(
                _("Changed on the portal after the download: the workbook's answer replaces it.")
            )
        self._note(inputs, points, explanation)

    def _same(self, score: Score, inputs: Mapping[str, Any] | None, explanation: str) -> bool:
        stored = score.explanation.replace("\r\n", "\n").strip()
        return texts_of(self.leaf, score.claimed_inputs) == texts_of(self.leaf, inputs) and (
            stored == explanation
        )

    def _note(
        self, inputs: dict[str, Any] | None, points: Decimal | None, explanation: str
    ) -> None:
        self.preview.changes.append(
            Changed(
                leaf=self.leaf,
                cell=self._figure_cell(),
                before=figures_text(self.leaf, self.score.claimed_inputs),
                after=figures_text(self.leaf, inputs),
                points_before=self.score.claimed,
                points_after=points,
                explanation_before=self.score.explanation,
                explanation_after=explanation,
            )
        )
        self.preview.claims.append(Claim(self.score, self.score.version, inputs, explanation))
