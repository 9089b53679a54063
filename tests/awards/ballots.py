"""Ballots by the dozen, and orders to cast them, for tests."""

from __future__ import annotations

from awards.models import BallotBox, Mark, Vote, VoteOption
from tests.awards.polls import Poll


def more_votes(vote: Vote, number: int) -> list[Vote]:
    """As many open votes like this one, written row by row: opening each would take minutes."""
    options, roll = list(vote.options.all()), list(vote.roll.all())
    votes = []
    for place in range(1, number):
        copy = Vote.objects.get(pk=vote.pk)
        copy.pk, copy.number = None, vote.number + place
        votes.append(copy)
    Vote.objects.bulk_create(votes)
    for rows, model in ((options, VoteOption), (roll, Mark)):
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if field.attname not in ("id", "vote_id")
        ]
        model.objects.bulk_create(
            model(vote=copy, **{name: getattr(row, name) for name in names})
            for copy in votes
            for row in rows
        )
    BallotBox.objects.bulk_create(BallotBox(vote=copy) for copy in votes)
    return [vote, *votes]


def order_of(poll: Poll, vote: Vote, name: str, paper: str) -> list:
    """What ``Store.run("cast", orders=[...])`` reads: vote, member, account, paper."""
    return [vote.pk, poll.membership(name).pk, poll.head(name).pk, paper]
