"""Writing past forms and models, and the database refusing it, for tests."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from awards.models import NewsItem, Tally

HISTORY = "append-only"  # how every trigger words its refusal


class Refused:
    """The database refuses the block, with these words."""

    def __init__(self, *words):
        self.words = words

    def __enter__(self):
        self.expected = pytest.raises(IntegrityError)
        self.failure = self.expected.__enter__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    def __exit__(self, kind, failure, trace):
        try:
            left = self.atomic.__exit__(kind, failure, trace)
        finally:
            swallowed = left or self.expected.__exit__(kind, failure, trace)
        assert any(word in str(failure) for word in self.words), failure
        return swallowed


def alter(row, **columns):
    """By SQL, past the checks of forms and models."""
    type(row)._default_manager.filter(pk=row.pk).update(**columns)


def remove(row):
    type(row)._base_manager.filter(pk=row.pk)._raw_delete(using="default")


def tallied(poll):
    vote = poll.prepare("a1", kind="other", on_paper=True)
    return Tally.objects.create(
        vote=vote, entered_by=poll.secretary, issued=5, returned=5, valid=4, invalid=1
    )


def news(poll):
    return NewsItem.objects.create(review=poll.review, title="Tin", text="Nội dung")
