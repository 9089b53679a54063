"""The copies of an invitation, in files that each print while their reader waits."""

from __future__ import annotations

from dataclasses import replace

from awards.documents.effort import LONGEST_IN_A_REQUEST, seconds_of
from awards.documents.facts import Numbering
from awards.documents.invitation import Invitation
from awards.documents.invitation_facts import for_each
from blocs.models import Review

MOST = 30  # copies in one file: two seconds of printing


def files_of(review: Review, numbering: Numbering) -> list[Invitation]:
    """The copies of ``for_each``: at most ``MOST`` in one file, fewer where a copy is long.

    Raises ``NotReady`` before day and venue are set.
    """
    whole = for_each(review, numbering)
    names = whole.addressees
    one = seconds_of(replace(whole, addressees=names[:1]))
    most = max(1, min(MOST, int(LONGEST_IN_A_REQUEST / one)))
    return [replace(whole, addressees=names[at : at + most]) for at in range(0, len(names), most)]
