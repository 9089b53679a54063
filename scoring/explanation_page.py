"""The page "Why this rank": one member's way from figures to points, total, grade and rank."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from scoring.explanation_rows import Cell, Line, Lines, stage_name
from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Grade, Knockout, Stage
from scoring.kernel.explanation import Stated
from scoring.kernel.knockouts import FINDING
from scoring.kernel.tabulation import AFTER_FREEZING, COLUMN
from scoring.kernel.tie_questions import Question, Standing, standing
from scoring.stated import contenders_of, rules_on_points, stated_of
from scoring.summary_page import SummaryPage
from scoring.tables import Row
from scoring.templatetags.points import MINUS, points
from scoring.wording import effect_text, tie_rule_text


@dataclass(frozen=True)
class Sum:
    """A line of the totals, one text a stage."""

    name: str
    cells: tuple[Cell, ...]
    strong: bool = False


@dataclass(frozen=True)
class Other:
    """Another member and a number of it."""

    name: str
    number: str
    is_own: bool = False


@dataclass(frozen=True)
class Asked:
    """A tie rule as it was asked, with what it compared and what came of it."""

    rule: str
    values: tuple[Other, ...]
    outcome: str


@dataclass(frozen=True)
class Raised:
    """A knock-out that holds for the member, and where it comes from."""

    knockout: Knockout
    effect: str
    source: str


class ExplanationPage:
    """All that the page shows of one member in one version of the table."""

    def __init__(self, page: SummaryPage, row: Row) -> None:
        self.page, self.row, self.table = page, row, page.table

    @property
    def rules(self) -> Rules:
        return self.page.rules

    @cached_property
    def stated(self) -> Stated:
        return stated_of(self.page.review, self.rules, self.table)

    @property
    def knows_figures(self) -> bool:
        return self.stated.case is not None

    @cached_property
    def member(self) -> dict[str, Any]:
        """The member in the table's own text."""
        found: dict[str, Any] = next(
            one for one in self.table.content["members"] if one["slug"] == self.row.slug
        )
        return found

    # --- points

    @cached_property
    def lines(self) -> Lines:
        return Lines(self.table, self.row, self.stated)

    @cached_property
    def groups(self) -> list[list[Line]]:
        return [list(self.lines.of_group(group)) for group in self.rules.groups]

    @cached_property
    def bonuses(self) -> list[Line]:
        return [self.lines.of_leaf(one) for one in self.rules.bonus]

    @cached_property
    def penalties(self) -> list[Line]:
        return [self.lines.of_leaf(one) for one in self.rules.penalties]

    @cached_property
    def sums(self) -> list[Sum]:
        """From the groups to the total, at each stage."""
        cap = points(self.rules.bonus_cap)
        raw = _("Bonus, before its limit of %(cap)s") % {"cap": cap}
        return [
            *self._group_sums(),
            self._sum(_("Groups together"), "base"),
            self._sum(raw, "bonus_raw"),
            self._sum(_("Bonus counted"), "bonus", "+ "),
            self._sum(_("Penalty"), "penalty", f"{MINUS} "),
            self._sum(_("Total"), "total", strong=True),
        ]

    def _group_sums(self) -> Iterator[Sum]:
        columns = (self.row.claimed, self.row.appraised, self.row.agreed)
        for at, group in enumerate(self.table.groups):
            texts = [points(column.groups[at], self.table.places) for column in columns]
            cells = (Cell(stage_name(s), text) for s, text in zip(Stage, texts, strict=True))
            yield Sum(f"{group.code}. {group.name}", tuple(cells))

    def _sum(self, name: str, key: str, sign: str = "", *, strong: bool = False) -> Sum:
        totals = self.member["totals"]
        return Sum(
            name,
            tuple(
                Cell(
                    stage_name(stage),
                    sign + points(Decimal(totals[COLUMN[stage]][key]), self.table.places),
                )
                for stage in Stage
            ),
            strong,
        )

    # --- grade and knock-outs

    @cached_property
    def reached(self) -> Grade | None:
        """The grade that the total alone earns; none below every threshold."""
        total = self.row.agreed.total
        return next((grade for grade in self.rules.grades if total >= grade.min), None)

    @property
    def is_capped(self) -> bool:
        """Whether a knock-out lowered the grade."""
        earned = self.reached or self.rules.grades[-1]
        return self.row.grade != earned.label

    @cached_property
    def knockouts(self) -> list[Raised]:
        found = []
        for one in self.member["knockouts"]:
            knockout = self.rules.find_knockout(one["code"])
            source = _("a finding from outside") if one["from"] == FINDING else one["from"]
            if knockout is not None:
                found.append(Raised(knockout, effect_text(knockout), source))
        return found

    # --- rank

    @cached_property
    def standing(self) -> Standing | None:
        if self.row.rank is None:
            return None
        contenders = contenders_of(self.table, self.rules)
        return standing(contenders, rules_on_points(self.rules), self.row.slug)

    @cached_property
    def above(self) -> list[Other]:
        """Those with a higher total, the highest first."""
        slugs = self.standing.above if self.standing else ()
        rows = [self.table.row_of(slug) for slug in slugs]
        return [Other(row.name, points(row.agreed.total, self.table.places)) for row in rows]

    @cached_property
    def same_total(self) -> list[str]:
        slugs = self.standing.same_total if self.standing else ()
        return [self.table.row_of(slug).name for slug in slugs]

    @cached_property
    def shared_with(self) -> list[str]:
        slugs = self.standing.shared_with if self.standing else ()
        return [self.table.row_of(slug).name for slug in slugs]

    @cached_property
    def asked(self) -> list[Asked]:
        questions = self.standing.questions if self.standing else ()
        return [
            Asked(self._rule(one.rule), self._compared(one), self._outcome(one))
            for one in questions
        ]

    @cached_property
    def later_rules(self) -> list[str]:
        """What the bloc asks only once the table is frozen."""
        return [self._rule(rule) for rule in self.rules.tie_break if rule in AFTER_FREEZING]

    def _rule(self, rule: str) -> str:
        return tie_rule_text(rule, {group.code: group.name for group in self.table.groups})

    def _compared(self, question: Question) -> tuple[Other, ...]:
        found = []
        for slug, value in question.values:
            number = "–" if value is None else points(abs(Decimal(value)), self.table.places)
            own = slug == self.row.slug
            found.append(Other(self.table.row_of(slug).short, number, own))
        return tuple(found)

    def _outcome(self, question: Question) -> str:
        if question.unknown:
            return _("Not known for one of them; the rule is passed over.")
        if not question.decided:
            return _("All are equal; the next rule is asked.")
        parts = [
            (_("goes ahead: %(names)s"), question.ahead),
            (_("falls behind: %(names)s"), question.behind),
            (_("still equal: %(names)s"), question.level),
        ]
        names = {row.slug: row.short for row in self.table.rows}
        return "; ".join(
            text % {"names": ", ".join(names[slug] for slug in slugs)}
            for text, slugs in parts
            if slugs
        )
