"""How a rank was found: who is ahead, who has the same total, which tie rules were asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .ranking import Contender

Worth = Decimal | int | None


@dataclass(frozen=True)
class Question:
    """One tie rule, put to those who were still level with the member.

    `values` are what it compares, more wins; `ahead` and `behind` are whom it set apart from the
    member, `level` who stays with it. Where `unknown` the rule was passed over.
    """

    rule: str
    values: tuple[tuple[str, Worth], ...]
    ahead: tuple[str, ...]
    level: tuple[str, ...]
    behind: tuple[str, ...]
    unknown: bool

    @property
    def decided(self) -> bool:
        return bool(self.ahead or self.behind)


@dataclass(frozen=True)
class Standing:
    """Why a ranked member has its rank; slugs in the order given, `above` by falling total.

    `shared_with` are those whom no rule set apart. `rank` is one more than those in front.
    """

    rank: int
    above: tuple[str, ...]
    same_total: tuple[str, ...]
    questions: tuple[Question, ...]
    shared_with: tuple[str, ...]


def standing(contenders: Sequence[Contender], rules: Sequence[str], slug: str) -> Standing:
    """The way to the rank of one contender (reading 19); StopIteration where it is none."""
    own = next(one for one in contenders if one.slug == slug)
    higher = [one for one in contenders if one.total > own.total]
    above = tuple(one.slug for one in sorted(higher, key=lambda one: one.total, reverse=True))
    tied = [one for one in contenders if one.total == own.total]
    level, questions = tied, []
    for rule in rules:
        if len(level) == 1:
            break
        question = _asked(rule, own, level)
        questions.append(question)
        level = [one for one in level if one is own or one.slug in question.level]
    in_front = sum(len(question.ahead) for question in questions)
    return Standing(
        rank=len(above) + in_front + 1,
        above=above,
        same_total=tuple(one.slug for one in tied if one is not own),
        questions=tuple(questions),
        shared_with=tuple(one.slug for one in level if one is not own),
    )


def _asked(rule: str, own: Contender, level: Sequence[Contender]) -> Question:
    values = {one.slug: one.tie_values.get(rule) for one in level}
    others = [one.slug for one in level if one is not own]
    mine = values[own.slug]
    known = {slug: value for slug, value in values.items() if value is not None}
    if mine is None or len(known) < len(values):
        return Question(rule, tuple(values.items()), (), tuple(others), (), unknown=True)
    return Question(
        rule,
        tuple(values.items()),
        ahead=tuple(slug for slug in others if known[slug] > mine),
        level=tuple(slug for slug in others if known[slug] == mine),
        behind=tuple(slug for slug in others if known[slug] < mine),
        unknown=False,
    )
