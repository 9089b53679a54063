"""The table criteria by members: every point of one stage, sums under their groups.

Screen and workbook are drawn from these rows; all numbers come from the table's own text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from scoring.kernel.criteria import CriteriaSet as Rules
from scoring.kernel.criteria import Criterion as Leaf
from scoring.kernel.criteria import Group
from scoring.tables import Row, Table


@dataclass(frozen=True)
class PointsCell:
    """Points of a member; ``policy`` is set where the criterion does not apply to it.

    No points and no policy is a blank; zero is a number.
    """

    value: Decimal | None
    policy: str = ""

    @property
    def is_blank(self) -> bool:
        return self.value is None and not self.policy


@dataclass(frozen=True)
class CriteriaRow:
    """A criterion or a sum with its cells; ``kind`` is group, node, leaf, sum or total."""

    kind: str
    code: str
    name: str
    max: Decimal | None
    cells: tuple[PointsCell, ...]


def criteria_rows(
    table: Table, rules: Rules, members: Sequence[Row], stage: str
) -> list[CriteriaRow]:
    """Groups with all below them, bonus, penalties and totals; ``stage`` is one of STAGES."""
    return list(_Rows(table, rules, members, stage).all())


class _Rows:
    def __init__(self, table: Table, rules: Rules, members: Sequence[Row], stage: str) -> None:
        by_slug = {one["slug"]: one for one in table.content["members"]}
        self.rules, self.stage = rules, stage
        self.members: list[dict[str, Any]] = [by_slug[row.slug] for row in members]

    def all(self) -> Iterator[CriteriaRow]:
        for group in self.rules.groups:
            for node in group.walk():
                yield self._leaf(node) if isinstance(node, Leaf) else self._node(node, group)
            if any("rescaled" in one["nodes"][group.code] for one in self.members):
                yield self._rescaled(group)
        for leaf in self.rules.bonus:
            yield self._extra(leaf)
        cap = self.rules.bonus_cap
        yield self._sum("sum", _("Bonus, before its limit"), "bonus_raw")
        yield self._sum("sum", _("Bonus counted"), "bonus", cap)
        for leaf in self.rules.penalties:
            yield self._extra(leaf)
        yield self._sum("sum", _("Penalty"), "penalty")
        yield self._sum("total", _("Total"), "total", self.rules.scale)

    def _row(
        self,
        kind: str,
        head: tuple[str, str, Decimal | None],
        value: Callable[[dict[str, Any]], str | None],
        policy: Callable[[dict[str, Any]], str | None] = lambda one: "",
    ) -> CriteriaRow:
        cells = []
        for one in self.members:
            text = value(one)
            number = None if text is None else Decimal(text)
            cells.append(PointsCell(number, policy(one) or ""))
        return CriteriaRow(kind, *head, tuple(cells))

    def _leaf(self, leaf: Leaf) -> CriteriaRow:
        return self._row(
            "leaf",
            (leaf.code, leaf.name, leaf.max),
            lambda one: one["leaves"][leaf.code][self.stage],
            lambda one: one["leaves"][leaf.code]["na"],
        )

    def _extra(self, leaf: Leaf) -> CriteriaRow:
        return self._row(
            "leaf",
            (leaf.code, leaf.name, leaf.max),
            lambda one: one["bonus_and_penalties"][leaf.code][self.stage],
        )

    def _node(self, node: Group, group: Group) -> CriteriaRow:
        kind = "group" if node is group else "node"
        head = (node.code, node.name, node.max)
        return self._row(kind, head, lambda one: one["nodes"][node.code][self.stage])

    def _rescaled(self, group: Group) -> CriteriaRow:
        """The group as it counts, where members were scaled up."""
        name = _("%(group)s, scaled up where criteria do not apply") % {"group": group.name}

        def counted(one: dict[str, Any]) -> str:
            node = one["nodes"][group.code]
            return str(node.get("rescaled", node)[self.stage])

        return self._row("sum", (group.code, name, group.max), counted)

    def _sum(self, kind: str, name: str, key: str, limit: Decimal | None = None) -> CriteriaRow:
        return self._row(kind, ("", name, limit), lambda one: one["totals"][self.stage][key])
