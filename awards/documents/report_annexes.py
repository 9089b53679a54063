"""What stands behind the year-end report: exemplary models, and rewards by member."""

from __future__ import annotations

from dataclasses import dataclass

from awards.documents.prose import Block
from awards.documents.wording import count_words

ROMAN = ("I", "II", "III", "IV", "V")
MOST_FORMS = 8  # titles side by side on a sheet lying down
LINE, LONG_DEEDS = 30, 900  # characters: of a printed line, and what fills about half a page


def annex_labels(present: tuple[str, ...]) -> dict[str, str]:
    """``Phụ lục I``, ``Phụ lục II`` …; a single annex bears no number."""
    if len(present) == 1:
        return {present[0]: "Phụ lục"}
    return {name: f"Phụ lục {ROMAN[at]}" for at, name in enumerate(present)}


@dataclass(frozen=True, slots=True)
class ExemplarLine:
    """A collective or a person to follow; ``member`` is the agency that names it."""

    name: str
    unit: str  # position or unit as typed; may be blank
    member: str
    deeds: tuple[Block, ...]

    @property
    def is_long(self) -> bool:
        """Whether the row takes so much of a page that it may be parted."""
        return sum(len(block.text) + LINE for block in self.deeds) > LONG_DEEDS

    @property
    def place(self) -> str:
        """Position or unit with the agency, which is not said twice."""
        if self.member.casefold() in f"{self.unit} {self.name}".casefold():
            return self.unit
        return ", ".join(part for part in (self.unit, self.member) if part)


@dataclass(frozen=True, slots=True)
class ExemplarGroup:
    """The collectives, or the people, of the list."""

    title: str
    lines: tuple[ExemplarLine, ...]


@dataclass(frozen=True, slots=True)
class RewardLine:
    """How many received one form of award in the year."""

    form: str
    collectives: int
    individuals: int

    @property
    def collectives_text(self) -> str:
        return count_words(self.collectives)

    @property
    def individuals_text(self) -> str:
        return count_words(self.individuals)


@dataclass(frozen=True, slots=True)
class MemberRewards:
    """What one member received: forms as in the lines of the report, missing where it has none."""

    name: str
    lines: tuple[RewardLine, ...]

    def cells(self, forms: tuple[str, ...]) -> tuple[str, ...]:
        """Collectives and individuals of each form, a dash for none."""
        own = {line.form: line for line in self.lines}
        pairs = [
            (own[form].collectives, own[form].individuals) if form in own else (0, 0)
            for form in forms
        ]
        return tuple(_figure(number) for pair in pairs for number in pair)


@dataclass(frozen=True, slots=True)
class RewardTable:
    """Some of the forms by member; the last of several has the sums of all forms."""

    forms: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]  # a member's name and its cells
    totals: tuple[str, ...]
    has_sums: bool


def added_up(members: tuple[MemberRewards, ...], forms: tuple[str, ...]) -> tuple[RewardLine, ...]:
    """The members' numbers of each form together, in the order of ``forms``."""
    sums = {form: [0, 0] for form in forms}
    for line in (line for member in members for line in member.lines):
        sums[line.form][0] += line.collectives
        sums[line.form][1] += line.individuals
    return tuple(RewardLine(form, *sums[form]) for form in forms)


def reward_tables(
    members: tuple[MemberRewards, ...], totals: tuple[RewardLine, ...]
) -> tuple[RewardTable, ...]:
    """Members by forms; as many tables of like width as the forms need."""
    named = tuple(member for member in members if member.lines)
    forms = tuple(line.form for line in totals)
    count = -(-len(forms) // MOST_FORMS)
    width = -(-len(forms) // count) if count else 1
    parts = [forms[at : at + width] for at in range(0, len(forms), width)]
    return tuple(_table(part, named, totals, last=part is parts[-1]) for part in parts)


def _table(
    forms: tuple[str, ...],
    members: tuple[MemberRewards, ...],
    totals: tuple[RewardLine, ...],
    *,
    last: bool,
) -> RewardTable:
    all_members = MemberRewards("Cộng", totals)
    return RewardTable(
        forms=forms,
        rows=tuple(
            (member.name, member.cells(forms) + (_sums(member) if last else ()))
            for member in members
        ),
        totals=all_members.cells(forms) + (_sums(all_members) if last else ()),
        has_sums=last,
    )


def _sums(member: MemberRewards) -> tuple[str, ...]:
    return (
        _figure(sum(line.collectives for line in member.lines)),
        _figure(sum(line.individuals for line in member.lines)),
    )


def _figure(number: int) -> str:
    return count_words(number) if number else "–"
