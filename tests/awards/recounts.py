"""Ballots counted and the command that recounts them, for tests."""

from __future__ import annotations

from io import StringIO

from django.core.management import call_command
from django.core.management.base import CommandError

from tests.awards.polls import Poll

PAPERS = {"a1": "yyy", "a2": "yyn", "a3": "yn-", "a4": "nyy", "a5": "!"}


def run(*words):
    """Exit status and all that was said."""
    said = StringIO()
    try:
        call_command("verify_ballots", *words, stdout=said, stderr=said)
    except CommandError as error:
        return error.returncode, f"{said.getvalue()}{error}"
    return 0, said.getvalue()


def counted(poll=None, **columns):
    poll = poll or Poll().attend()
    vote = poll.open_vote("a1", "a2", "a3", kind="other", title="Biểu quyết", **columns)
    return poll.count(vote, PAPERS)
