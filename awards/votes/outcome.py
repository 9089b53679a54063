"""Who is chosen, who is tied at the last place, and who would go into a second round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .papers import Form
from .rules import Rule, TieBreak, Turnout


class CountError(ValueError):
    """Numbers that cannot be the count of one vote; ``identity`` names what they break."""

    def __init__(self, identity: str, option: int | None = None) -> None:
        self.identity, self.option = identity, option
        super().__init__(identity)


@dataclass(frozen=True)
class OptionCount:
    """The votes of one option; ``rank`` is the member's rank in the table, None where unranked."""

    yes: int
    no: int = 0
    abstain: int = 0
    rank: int | None = None


@dataclass(frozen=True)
class Outcome:
    """Places of options in the order of the question.

    ``chosen`` passed and have a seat; ``tied`` passed with equally many votes for too few seats
    and wait for the chair or a second round; ``runners`` is who a second round would be between.
    """

    chosen: tuple[int, ...] = ()
    tied: tuple[int, ...] = ()
    runners: tuple[int, ...] = ()
    seats_left: int = 0
    passing: tuple[int, ...] = field(default=())


def check_count(form: Form, turnout: Turnout, options: Sequence[OptionCount], *, most: int) -> None:
    """Raise ``CountError`` where the numbers break an identity of a count of papers.

    issued <= entitled; returned <= issued; valid <= returned; agree + disagree + abstain = valid
    for each option; where options are chosen, each has at most ``valid`` votes and all together
    at most ``valid`` x ``most``.
    """
    if turnout.issued > turnout.entitled:
        raise CountError("issued_within_entitled")
    if turnout.returned > turnout.issued:
        raise CountError("returned_within_issued")
    if turnout.valid > turnout.returned:
        raise CountError("valid_within_returned")
    for place, option in enumerate(options):
        if form == Form.APPROVE and option.yes + option.no + option.abstain != turnout.valid:
            raise CountError("votes_make_valid", place)
        if option.yes > turnout.valid:
            raise CountError("votes_within_valid", place)
    limit = turnout.valid * (1 if form == Form.ELECT else most)
    if form != Form.APPROVE and sum(option.yes for option in options) > limit:
        raise CountError("choices_within_limit")


def decide(rule: Rule, turnout: Turnout, options: Sequence[OptionCount], *, seats: int) -> Outcome:
    """Apply the rule to a count: at most ``seats`` options are chosen, most votes first.

    Where more pass than there are seats and the last ones are equal in votes, the rule says who
    goes first: the better rank, the chair, or a second round between the tied. Where seats stay
    empty because too few passed, a second round would be between the two with the most votes
    among the others (and whoever equals the second).
    """
    by_votes = sorted(range(len(options)), key=lambda at: (-options[at].yes, at))
    passing = [at for at in by_votes if rule.passes(options[at].yes, turnout)]
    chosen, tied = _seat(rule, options, passing, seats)
    left = seats - len(chosen)
    runners: tuple[int, ...] = ()
    if tied:
        runners = tied
    elif left:
        runners = _top_two(options, [at for at in by_votes if at not in chosen])
    return Outcome(tuple(sorted(chosen)), tied, runners, left, tuple(sorted(passing)))


def _seat(
    rule: Rule, options: Sequence[OptionCount], passing: list[int], seats: int
) -> tuple[list[int], tuple[int, ...]]:
    """Who has a seat without doubt, and who is tied for what is left of them."""
    if len(passing) <= seats:
        return passing, ()
    last = options[passing[seats - 1]].yes if seats else 0
    sure = [at for at in passing if options[at].yes > last]
    equal = [at for at in passing if options[at].yes == last]
    room = seats - len(sure)
    if len(equal) == room:
        return sure + equal, ()
    if rule.tie == TieBreak.SCORE_RANK:
        ranked = _by_rank(options, equal)
        if ranked and (len(ranked) == room or _differ(options, ranked, room)):
            return sure + ranked[:room], ()
    return sure, tuple(sorted(equal))


def _by_rank(options: Sequence[OptionCount], equal: list[int]) -> list[int]:
    """Best rank first; nothing where one of them has no rank."""
    ranks = {at: options[at].rank for at in equal}
    if None in ranks.values():
        return []
    return sorted(equal, key=lambda at: ranks[at] or 0)


def _differ(options: Sequence[OptionCount], ranked: list[int], room: int) -> bool:
    """Whether the rank parts the last seated from the first unseated."""
    return options[ranked[room - 1]].rank != options[ranked[room]].rank


def _top_two(options: Sequence[OptionCount], by_votes: list[int]) -> tuple[int, ...]:
    """The two with the most votes and their equals; nobody where that leaves no choice."""
    if len(by_votes) < 2:
        return ()
    second = options[by_votes[1]].yes
    return tuple(sorted(at for at in by_votes if options[at].yes >= second))


def contradicts_ranking(options: Sequence[OptionCount], chosen: Sequence[int]) -> bool:
    """Whether somebody chosen stands behind somebody in rank who was not chosen."""
    left = [one.rank for at, one in enumerate(options) if at not in chosen and one.rank is not None]
    taken = [options[at].rank for at in chosen]
    return any(rank is None or min(left) < rank for rank in taken) if left else False
