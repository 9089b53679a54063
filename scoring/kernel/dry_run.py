"""Trying a set before a bloc adopts it: its tree, or the table of a file of answers."""

from __future__ import annotations

import json
from collections.abc import Iterator

from .answers_file import parse_answers, read_case
from .arithmetic import plain
from .criteria import CriteriaSet, Group
from .loading import parse_yaml, read_set
from .tabulation import Tabulation, as_json, tabulate


def outline(criteria: CriteriaSet) -> str:
    """The tree of a set as text, a line for each group, leaf, bonus, penalty and knock-out."""
    return "\n".join(_outline_lines(criteria))


def _outline_lines(criteria: CriteriaSet) -> Iterator[str]:
    yield f"{criteria.code}  {criteria.title}: {plain(criteria.scale)}"
    for group in criteria.groups:
        yield from _group_lines(group, "  ")
    if criteria.bonus:
        yield f"  bonus: {plain(criteria.bonus_cap)}"
    for one in criteria.bonus:
        yield f"    {one.code}  {one.name}: {plain(one.limit)} ({one.rule.kind})"
    if criteria.penalties:
        yield "  penalties"
    for one in criteria.penalties:
        yield f"    {one.code}  {one.name} ({one.rule.kind})"
    if criteria.knockouts:
        yield "  knockouts"
    for knockout in criteria.knockouts:
        yield f"    {knockout.code}  {knockout.name} ({knockout.effect.value})"


def _group_lines(group: Group, indent: str) -> Iterator[str]:
    yield f"{indent}{group.code}  {group.name}: {plain(group.max)}"
    for child in group.children:
        if isinstance(child, Group):
            yield from _group_lines(child, indent + "  ")
        else:
            kind = child.rule.kind
            yield f"{indent}  {child.code}  {child.name}: {plain(child.limit)} ({kind})"


def dry_run(criteria_text: str, answers_text: str | None = None) -> str:
    """What the command prints: the tree of the set, or the table of the answers as JSON.

    KernelError, in one line, where the set or the answers are not sound.
    """
    criteria = read_set(parse_yaml(criteria_text))
    if answers_text is None:
        return outline(criteria)
    return table_text(tabulate(criteria, read_case(criteria, parse_answers(answers_text))))


def table_text(table: Tabulation) -> str:
    """The table as the JSON that the command prints and the portal's trial offers."""
    return json.dumps(as_json(table), ensure_ascii=False, indent=1)
