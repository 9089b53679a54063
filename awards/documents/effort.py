"""How long a paper takes to print, from what it states; the long ones go to the background."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from awards.documents.papers import PaperKey, facts_of
from awards.documents.richtext import LONGEST_WORD
from blocs.models import Review

# Seconds on a slow server, measured by the benchmarks and rounded up: a value that a paper states
# becomes a cell or a line, and its words are set one by one.
PER_VALUE = 0.0012
PER_WORD = 0.00012
PER_LETTER = 0.0006  # of a word that has to be broken in many places
LONGEST_IN_A_REQUEST = 1.5  # estimated seconds; twice as much is the most that a reader waits


def seconds_of(document: object) -> float:
    """About how long the document takes to print, in seconds; never below 0."""
    values = words = letters = 0
    for value in _values(document):
        values += 1
        found = value.split() if isinstance(value, str) else [""]
        words += len(found)
        letters += sum(len(word) for word in found if len(word) > LONGEST_WORD)
    return values * PER_VALUE + words * PER_WORD + letters * PER_LETTER


def _values(thing: object) -> Iterator[object]:
    """Everything that stands in it, whatever it is nested in."""
    if is_dataclass(thing):
        for field in fields(thing):
            yield from _values(getattr(thing, field.name))
    elif isinstance(thing, dict):
        for one in thing.values():
            yield from _values(one)
    elif isinstance(thing, (tuple, list)):
        for one in thing:
            yield from _values(one)
    elif thing is not None:
        yield thing


def is_long(review: Review, key: PaperKey) -> bool:
    """Whether printing it would keep a reader waiting. Raises ``NotReady``, ``LookupError``."""
    return seconds_of(facts_of(review, key)) > LONGEST_IN_A_REQUEST
