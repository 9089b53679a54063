"""Secret papers as text, and their count. A paper says nothing of who cast it or when.

A paper is one mark an option, in the order of the options: ``y`` agrees, ``n`` disagrees, ``x``
chooses, ``-`` leaves blank. ``!`` is a paper that its voter spoiled. A box is its papers sorted,
one a line: the order in which they came cannot be read from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

SPOILED = "!"
YES, NO, CHOSEN, BLANK = "y", "n", "x", "-"


class Form(StrEnum):
    """What a paper asks."""

    APPROVE = "approve"  # agree, disagree or abstain, option by option
    CHOOSE = "choose"  # choose at most n
    ELECT = "elect"  # choose one


class PaperError(ValueError):
    """A paper that its question does not admit."""


@dataclass(frozen=True)
class Sheet:
    """What a paper may bear: its form, how many options, how many may be chosen at most."""

    form: Form
    options: int
    most: int = 1

    def check(self, paper: str) -> None:
        """Raise ``PaperError`` unless ``paper`` can be cast for this question."""
        if paper == SPOILED:
            return
        marks = (YES, NO, BLANK) if self.form == Form.APPROVE else (CHOSEN, BLANK)
        if len(paper) != self.options or any(mark not in marks for mark in paper):
            raise PaperError("not a paper of this question")
        if paper.count(CHOSEN) > self.limit:
            raise PaperError("more chosen than allowed")

    @property
    def limit(self) -> int:
        return 1 if self.form == Form.ELECT else self.most


@dataclass(frozen=True)
class Tally:
    """What the papers say: ``yes``, ``no`` and ``abstain`` option by option.

    Where options are chosen, ``no`` is 0 and ``abstain`` the papers that left the option out.
    """

    returned: int
    valid: int
    blank: int
    yes: tuple[int, ...]
    no: tuple[int, ...]
    abstain: tuple[int, ...]

    @property
    def invalid(self) -> int:
        return self.returned - self.valid


def put(box: str, paper: str) -> str:
    """The box with one paper more, sorted anew."""
    return "\n".join(sorted([*papers_in(box), paper]))


def papers_in(box: str) -> list[str]:
    return box.split("\n") if box else []


def is_blank(paper: str) -> bool:
    return bool(paper) and set(paper) == {BLANK}


def count(sheet: Sheet, papers: Sequence[str], *, blank_is_valid: bool) -> Tally:
    """Count papers; raise ``PaperError`` for one that was never possible.

    A paper left wholly blank abstains on everything where the rule lets it count, and is
    invalid otherwise; a spoiled one is invalid.
    """
    for paper in papers:
        sheet.check(paper)
    valid = [
        paper for paper in papers if paper != SPOILED and (blank_is_valid or not is_blank(paper))
    ]
    columns = [[paper[at] for paper in valid] for at in range(sheet.options)]
    return Tally(
        returned=len(papers),
        valid=len(valid),
        blank=sum(map(is_blank, papers)),
        yes=tuple(sum(mark in (YES, CHOSEN) for mark in column) for column in columns),
        no=tuple(column.count(NO) for column in columns),
        abstain=tuple(column.count(BLANK) for column in columns),
    )
