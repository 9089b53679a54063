"""The pictures of a version of the table, split where a sheet of paper would overflow."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.charts import paired as p
from scoring.charts import stacked as s
from scoring.charts.geometry import Chart
from scoring.tables import Table

# Members in one picture: so many rows fit a landscape sheet under its heading.
TOGETHER = 12


@dataclass(frozen=True)
class ChartWords:
    """All texts of the pictures in one language; a title takes part and parts where it is split."""

    stacked: str
    stacked_description: str
    paired: str
    paired_description: str
    part: str
    bonus: str
    penalty: str
    stages: tuple[str, str, str]


def has_agreed(table: Table) -> bool:
    """Whether the conference moved a number."""
    return any(row.agreed != row.appraised for row in table.rows)


def stacked_charts(table: Table, words: ChartWords) -> tuple[Chart, ...]:
    """Members by group at the agreed stage, in the order of the ranks."""
    stacks = [
        s.Stack(
            row.short, row.agreed.groups, row.agreed.bonus, row.agreed.penalty, row.agreed.total
        )
        for row in table.rows
    ]
    scale = s.scale_for(stacks)
    names = tuple(f"{group.code}. {group.name}" for group in table.groups)
    parts = [stacks[at : at + TOGETHER] for at in range(0, len(stacks), TOGETHER)]
    return tuple(
        s.stacked(
            part,
            s.StackWords(
                _titled(words.stacked, words.part, n, len(parts)),
                words.stacked_description,
                names,
                words.bonus,
                words.penalty,
            ),
            scale,
            key=f"stacked-{n}",
            places=table.places,
        )
        for n, part in enumerate(parts, start=1)
    )


def paired_charts(table: Table, words: ChartWords) -> tuple[Chart, ...]:
    """Claimed against appraised, and agreed where the conference moved anything."""
    shown = 3 if has_agreed(table) else 2
    pairs = [
        p.Pair(row.short, (row.claimed.total, row.appraised.total, row.agreed.total)[:shown])
        for row in table.rows
    ]
    scale = p.scale_for(pairs)
    parts = [pairs[at : at + TOGETHER] for at in range(0, len(pairs), TOGETHER)]
    return tuple(
        p.paired(
            part,
            p.PairWords(
                _titled(words.paired, words.part, n, len(parts)),
                words.paired_description,
                words.stages[:shown],
            ),
            scale,
            key=f"paired-{n}",
            places=table.places,
        )
        for n, part in enumerate(parts, start=1)
    )


def _titled(title: str, part: str, number: int, parts: int) -> str:
    return title if parts == 1 else f"{title} ({part} {number}/{parts})"
