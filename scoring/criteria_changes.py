"""What a new draft of the criteria changes in the one before, by code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Criterion, Group
from scoring.kernel.loading import write_criterion, write_set

TABLES = ("groups", "bonus", "penalties", "knockouts")
LONGEST = 300  # letters of a list of codes


@dataclass(frozen=True)
class CriteriaChanges:
    """Codes that are new, gone or changed, each in the order of its set."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]
    terms: bool  # scale, step, rounding, grades, tie rules, title

    @property
    def sentence(self) -> str:
        """One line for the reader who replaced the draft."""
        parts = [
            template % {"codes": Truncator(", ".join(codes)).chars(LONGEST)}
            for template, codes in (
                (_("new: %(codes)s"), self.added),
                (_("removed: %(codes)s"), self.removed),
                (_("changed: %(codes)s"), self.changed),
            )
            if codes
        ]
        if self.terms:
            parts.append(_("general terms changed"))
        if not parts:
            return _("The new draft is the same as the one before.")
        return _("Against the draft before: %(parts)s.") % {"parts": "; ".join(parts)}


def changes_between(before: Rules, after: Rules) -> CriteriaChanges:
    """What differs; the order of criteria alone does not count as a change."""
    old, new = dict(_lines(before)), dict(_lines(after))
    return CriteriaChanges(
        added=tuple(code for code in new if code not in old),
        removed=tuple(code for code in old if code not in new),
        changed=tuple(code for code in new if code in old and new[code] != old[code]),
        terms=_terms(before) != _terms(after),
    )


def _lines(rules: Rules) -> Iterator[tuple[str, object]]:
    for group in rules.groups:
        yield from _below(group, "")
    for criterion in rules.extras:
        yield criterion.code, write_criterion(criterion)
    for knockout in rules.knockouts:
        yield knockout.code, knockout


def _below(node: Group | Criterion, parent: str) -> Iterator[tuple[str, object]]:
    if isinstance(node, Criterion):
        yield node.code, (parent, write_criterion(node))
        return
    yield node.code, (parent, node.name, node.max)
    for child in node.children:
        yield from _below(child, node.code)


def _terms(rules: Rules) -> dict[str, object]:
    head = write_set(rules)["criteria_set"]
    assert isinstance(head, dict)  # noqa: S101 -- for the type; write_set makes it
    return {key: value for key, value in head.items() if key not in TABLES}
