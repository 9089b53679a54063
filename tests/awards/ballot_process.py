"""What a process of its own does with a ballot: ``tests.awards.stores`` begins it.

Its deed is named on the command line. It reads its order as a line of JSON, answers that it is
ready, waits for another line, and answers with lines of JSON.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from itertools import count

from django.core.exceptions import PermissionDenied
from django.db import connection

from awards import transitions as awards
from awards.models import Vote
from awards.sealing import sweep
from blocs.models import Membership, User
from blocs.workflow import IllegalMove


def load(orders: list[list]) -> list[tuple]:
    """The records of orders to cast: vote, member, account, paper."""
    votes = Vote.objects.in_bulk({order[0] for order in orders})
    members = Membership.objects.in_bulk({order[1] for order in orders})
    users = User.objects.select_related("agency").in_bulk({order[2] for order in orders})
    return [(votes[v], members[m], users[u], paper) for v, m, u, paper in orders]


def cast(order: tuple) -> str:
    vote, member, user, paper = order
    try:
        awards.cast_paper(vote, member, paper=paper, by=user)
    except (IllegalMove, PermissionDenied) as refusal:
        return type(refusal).__name__
    return "cast"


def say(what: object) -> None:
    """At once: the process may be about to die."""
    os.write(1, (json.dumps(what) + "\n").encode())


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def cast_and_die_after(statement: int, order: tuple) -> None:
    """Die after so many statements of casting, or after it where it has fewer."""
    seen = 0

    def watch(execute, sql, params, many, context):
        nonlocal seen
        result = execute(sql, params, many, context)
        seen += 1
        if seen == statement:
            say(sql)
            die()
        return result

    connection.ensure_connection()
    if statement == 0:
        say("")
        die()
    with connection.execute_wrapper(watch):
        cast(order)
    say("COMMIT")
    die()


def deed_cast(order: dict) -> None:
    for one in order["orders"]:
        say(cast(one))


def deed_crash(order: dict) -> None:
    """Cast the first paper and die after 0 statements, the second and die after 1, and so on.

    Of each, the last statement is told before the death; the last of all is COMMIT.
    """
    connection.close()
    for statement, one in zip(count(), order["orders"], strict=False):
        child = os.fork()
        if not child:
            cast_and_die_after(statement, one)
        _pid, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL


def deed_close(order: dict) -> None:
    user = User.objects.select_related("agency").get(pk=order["by"])
    for vote in Vote.objects.filter(pk__in=order["votes"]):
        awards.close_ballot(vote, by=user)
        say("closed")
    if order["sweep"]:
        say(sweep())


def main() -> None:
    order = json.loads(sys.stdin.readline())
    if "orders" in order:
        order["orders"] = load(order["orders"])
    say("ready")
    sys.stdin.readline()
    {"cast": deed_cast, "crash": deed_crash, "close": deed_close}[sys.argv[1]](order)
