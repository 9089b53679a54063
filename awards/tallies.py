"""A count of printed papers as its tellers see it: numbers typed, and what they must add up to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from awards.models import PaperForm, Tally, TallyStatus, Vote, VoteOption

TOTALS = ("issued", "returned", "valid", "invalid")
COLUMNS = ("yes", "no", "abstain")


@dataclass(frozen=True)
class Figures:
    """Numbers of a count; None is not typed yet. ``lines`` has yes, no, abstain by option."""

    issued: int | None = None
    returned: int | None = None
    valid: int | None = None
    invalid: int | None = None
    lines: tuple[tuple[int | None, int | None, int | None], ...] = ()

    @property
    def totals(self) -> tuple[int | None, ...]:
        return self.issued, self.returned, self.valid, self.invalid


@dataclass(frozen=True)
class Identity:
    """One sum that must come out; ``holds`` is None while a number is missing."""

    words: str
    holds: bool | None


def columns_of(vote: Vote) -> tuple[str, ...]:
    """What is counted for each option: where one chooses, only the votes in favour."""
    return COLUMNS if vote.form == PaperForm.APPROVE else COLUMNS[:1]


def line_field(column: str, option: VoteOption) -> str:
    """The name of the field that holds an option's number: ``yes_1``."""
    return f"{column}_{option.position}"


def figures_of(tally: Tally) -> Figures:
    rows = tally.lines.order_by("option__position")
    lines = tuple((row.yes, row.no, row.abstain) for row in rows)
    return Figures(tally.issued, tally.returned, tally.valid, tally.invalid, lines)


def running_tally(vote: Vote) -> Tally | None:
    """The count that is being typed, waits, or has been confirmed; there is one at the most."""
    rows = vote.tallies.exclude(status=TallyStatus.REJECTED)
    return rows.select_related("entered_by", "settled_by").first()


def identities(vote: Vote, figures: Figures, names: Sequence[str], handed: int) -> list[Identity]:
    """Every sum in words, for a person to compare; ``handed`` is how many stand on the roll."""
    issued, returned, valid, invalid = figures.totals
    found = [
        _compared(
            _("Handed out %(issued)s, at most %(roll)s on the roll"),
            {"issued": issued, "roll": handed},
            lambda: (issued or 0) <= handed,
        ),
        _compared(
            _("Handed in %(returned)s, at most %(issued)s handed out"),
            {"returned": returned, "issued": issued},
            lambda: (returned or 0) <= (issued or 0),
        ),
        _compared(
            _("Valid %(valid)s + invalid %(invalid)s = handed in %(returned)s"),
            {"valid": valid, "invalid": invalid, "returned": returned},
            lambda: (valid or 0) + (invalid or 0) == (returned or 0),
        ),
    ]
    if vote.form == PaperForm.APPROVE:
        found += [_line(name, line, valid) for name, line in zip(names, figures.lines, strict=True)]
    else:
        found.append(_choices(vote, [line[0] for line in figures.lines], valid))
    return found


def _line(
    name: str, line: tuple[int | None, int | None, int | None], valid: int | None
) -> Identity:
    yes, no, abstain = line
    facts = {"name": name, "yes": yes, "no": no, "abstain": abstain, "valid": valid}
    return _compared(
        _("%(name)s: agree %(yes)s + disagree %(no)s + no opinion %(abstain)s = valid %(valid)s"),
        facts,
        lambda: sum(number or 0 for number in line) == (valid or 0),
    )


def _choices(vote: Vote, chosen: Sequence[int | None], valid: int | None) -> Identity:
    """All choices together; a single option cannot have more than there are valid papers."""
    most = 1 if vote.form == PaperForm.ELECT else vote.most
    known = None if None in chosen else sum(number or 0 for number in chosen)
    limit = None if valid is None else valid * most
    return _compared(
        _("Chosen %(chosen)s in all, at most %(valid)s valid papers × %(most)s = %(limit)s"),
        {"chosen": known, "valid": valid, "most": most, "limit": limit},
        lambda: (
            (known or 0) <= (limit or 0) and all((number or 0) <= (valid or 0) for number in chosen)
        ),
    )


def _compared(words: str, facts: Mapping[str, object], holds: Callable[[], bool]) -> Identity:
    known = None not in facts.values()
    shown = {name: "…" if fact is None else fact for name, fact in facts.items()}
    return Identity(words % shown, holds() if known else None)
