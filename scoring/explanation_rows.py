"""The rows of a member's explanation: each criterion with its points and the way to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from scoring.derivation_text import calculation_text, remark_text, sum_text
from scoring.kernel.criteria import Criterion as Leaf
from scoring.kernel.criteria import Group, NaPolicy, Stage
from scoring.kernel.explanation import Derivation, Stated, averaged_over, derivation, rescaling
from scoring.kernel.totals import sum_of
from scoring.rule_text import figures_text, rule_sentence
from scoring.tables import Row, Table
from scoring.templatetags.points import points
from scoring.wording import policy_text


def stage_name(stage: Stage) -> str:
    return {
        Stage.CLAIMED: _("Claimed"),
        Stage.APPRAISED: _("Appraised"),
        Stage.AGREED: _("Agreed"),
    }[stage]


@dataclass(frozen=True)
class Way:
    """How points came about; ``stages`` is blank where it is the same at all of them."""

    stages: str
    figures: str
    remark: str
    calculation: str
    reason: str


@dataclass(frozen=True)
class Cell:
    """Points of one stage as they are printed."""

    label: str
    text: str


@dataclass(frozen=True)
class Line:
    """A criterion, a node or a sum; ``kind`` is leaf, node or group."""

    kind: str
    code: str
    name: str
    max: Decimal | None
    rule: str
    cells: tuple[Cell, ...]
    ways: tuple[Way, ...]
    policy: str = ""


class Lines:
    """Makes the lines of one member out of a version of the table."""

    def __init__(self, table: Table, row: Row, stated: Stated) -> None:
        self.table, self.row, self.stated = table, row, stated
        self.places = table.places
        self.own = stated.points[row.slug]
        self.shorts = {one.slug: one.short for one in table.rows}

    def of_group(self, group: Group) -> Iterator[Line]:
        """The group with its sum, then all below it."""
        for node in group.walk():
            if isinstance(node, Leaf):
                yield self.of_leaf(node)
            else:
                yield self._of_node(node, "group" if node is group else "node")

    def of_leaf(self, leaf: Leaf) -> Line:
        na = leaf.code in self.row.not_applicable
        return Line(
            "leaf",
            leaf.code,
            leaf.name,
            leaf.max,
            rule_sentence(leaf),
            self._cells([self.own[leaf.code][stage] for stage in Stage], na=na),
            tuple(self._ways(leaf)),
            policy_text(NaPolicy(self.row.not_applicable[leaf.code])) if na else "",
        )

    def _cells(self, values: Iterable[Decimal | None], *, na: bool = False) -> tuple[Cell, ...]:
        blank = _("N/A") if na else "–"
        return tuple(
            Cell(stage_name(stage), blank if value is None else points(value, self.places))
            for stage, value in zip(Stage, values, strict=True)
        )

    # --- sums

    def _of_node(self, node: Group, kind: str) -> Line:
        sums = [sum_of(node.leaves, self.own, stage) for stage in Stage]
        out = self._left_out(node) if kind == "group" else Decimal(0)
        ways = [self._sum_way(node)]
        if out:
            scaled = [rescaling(raw, node.max, out, self.places) for raw in sums]
            sums = [one.points or Decimal(0) for one in scaled]
            ways += self._labelled({s: self._way(d) for s, d in zip(Stage, scaled, strict=True)})
        return Line(kind, node.code, node.name, node.max, "", self._cells(sums), tuple(ways))

    def _left_out(self, group: Group) -> Decimal:
        left_out = [
            leaf.limit
            for leaf in group.leaves
            if self.row.not_applicable.get(leaf.code) == NaPolicy.RESCALE.value
        ]
        return sum(left_out, Decimal(0))

    def _sum_way(self, node: Group) -> Way:
        """The sum of the children at the last stage, blanks left out."""
        values = []
        for child in node.children:
            leaves = child.leaves if isinstance(child, Group) else (child,)
            if any(self.own[leaf.code][Stage.AGREED] is not None for leaf in leaves):
                values.append(sum_of(leaves, self.own, Stage.AGREED))
        label = _("Sum, agreed")
        return Way(label, "", "", sum_text(values, self.places), "")

    # --- single criteria

    def _ways(self, leaf: Leaf) -> list[Way]:
        found = {}
        for stage in Stage:
            one = derivation(self.stated, self.row.slug, leaf, stage)
            if one is not None:
                found[stage] = self._way(one, leaf, stage)
        return self._labelled(found)

    def _way(self, one: Derivation, leaf: Leaf | None = None, stage: Stage | None = None) -> Way:
        figures = ""
        if leaf is not None and one.inputs is not None:
            figures = figures_text(leaf, one.inputs.document())
        if leaf is not None and stage is not None and self._is_average(leaf):
            figures = self._averaged(leaf, stage)
        calculation = calculation_text(one, self.places)
        return Way("", figures, remark_text(one.remark), calculation, one.reason)

    def _is_average(self, leaf: Leaf) -> bool:
        return self.row.not_applicable.get(leaf.code) == NaPolicy.BLOC_AVERAGE.value

    def _averaged(self, leaf: Leaf, stage: Stage) -> str:
        values = averaged_over(self.stated, self.row.slug, leaf.code, stage)
        return "; ".join(
            f"{self.shorts[slug]}: {points(value, self.places)}" for slug, value in values.items()
        )

    def _labelled(self, found: dict[Stage, Way]) -> list[Way]:
        """Stages that came about in the same way stand together; blank ones are left out."""
        stages: dict[Way, list[str]] = {}
        for stage, way in found.items():
            if way.calculation or way.remark:
                stages.setdefault(way, []).append(stage_name(stage))
        if len(stages) == 1 and len(found) == len(Stage):
            return list(stages)
        return [
            Way(", ".join(names), way.figures, way.remark, way.calculation, way.reason)
            for way, names in stages.items()
        ]
