"""The rule of a vote: of what number, how much, and what becomes of a tie.

Sources: the bloc's charter fixes the rule of its conference; 80 % and 90 % of the whole body are
those of Decree 98/2023/NĐ-CP, Article 30(7), for councils. Shares are exact fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Base(StrEnum):
    """The number that votes are measured against."""

    ENTITLED = "entitled"  # all members of the bloc, present or not
    PRESENT = "present"  # members that could vote when the vote was opened
    ISSUED = "issued"  # papers handed out
    RETURNED = "returned"  # papers handed in
    VALID = "valid"  # papers that count


class Comparator(StrEnum):
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"


class Absentees(StrEnum):
    """What an absent member can do."""

    WRITTEN_OPINION = "written_opinion"
    PROXY = "proxy"
    NOT_COUNTED = "not_counted"


class TieBreak(StrEnum):
    """What becomes of options with equally many votes at the last place."""

    SECOND_ROUND = "second_round"
    CHAIR = "chair"
    SCORE_RANK = "score_rank"


@dataclass(frozen=True)
class Turnout:
    """How many were entitled, could vote, and what came of the papers handed out.

    A show of hands and a consensus issue no papers: each vote cast counts as one returned.
    """

    entitled: int
    present: int
    issued: int
    returned: int
    valid: int

    @property
    def invalid(self) -> int:
        return self.returned - self.valid

    @property
    def not_returned(self) -> int:
        return self.issued - self.returned

    def of(self, base: Base) -> int:
        """The number that ``base`` names."""
        return int(getattr(self, Base(base).value))


@dataclass(frozen=True)
class Rule:
    """What a question needs to pass; ``threshold`` and ``quorum`` are shares from 0 to 1.

    The quorum is a share of the entitled that must be able to vote when the vote is opened.
    """

    base: Base
    comparator: Comparator
    threshold: Fraction
    quorum: Fraction = Fraction(0)
    absentees: Absentees = Absentees.NOT_COUNTED
    tie: TieBreak = TieBreak.SECOND_ROUND
    blank_is_valid: bool = False

    def passes(self, votes: int, turnout: Turnout) -> bool:
        """Whether ``votes`` in favour are enough; of nobody, nothing passes."""
        return reaches(votes, turnout.of(self.base), self.comparator, self.threshold)

    def is_quorate(self, able: int, entitled: int) -> bool:
        """Whether enough of the ``entitled`` are ``able`` to vote."""
        return entitled > 0 and able >= self.quorum * entitled


def reaches(votes: int, whole: int, comparator: str, threshold: Fraction) -> bool:
    """Whether ``votes`` of ``whole`` reach ``threshold``, exactly: 4 of 5 are at least 80 %."""
    if whole <= 0:
        return False
    share = Fraction(votes, whole)
    return share > threshold if comparator == Comparator.MORE_THAN else share >= threshold
