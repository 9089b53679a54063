"""What a database keeps of the casting: who wrote last, where rows lie, what they held before."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import psycopg
import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from awards import transitions as awards
from awards.models import BallotBox, Mark, Vote
from awards.sealing import sweep
from tests.awards.ballots import more_votes, order_of
from tests.awards.polls import Poll
from tests.awards.stores import Store
from tests.forms import fields_of, signed_in
from tests.racing import Second

pytestmark = pytest.mark.django_db(transaction=True)

PAPERS = {"a1": "nnn", "a2": "yyy", "a3": "nyn", "a4": "yny", "a5": "nny"}
# First the extremes, so that later papers come between: what the box held before is then no part
# of what it holds in the end.
ORDERS = (
    ("a1", "a2", "a3", "a4", "a5"),
    ("a5", "a4", "a3", "a2", "a1"),
    ("a1", "a2", "a4", "a5", "a3"),
    ("a3", "a1", "a5", "a2", "a4"),
)
BETWEEN = ORDERS[2]


def ballot(poll):
    return poll.open_vote(*poll.names[:3], kind="other", title="Biểu quyết")


def rows_of(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def boxes_on_the_way(order):
    """What the box held after each paper but the last, where the end does not hold it anyway."""
    end = "\n".join(sorted(PAPERS.values()))
    found = ["\n".join(sorted(PAPERS[name] for name in order[:n])) for n in range(2, len(order))]
    return [box.encode() for box in found if box not in end]


# --- PostgreSQL: xmin and ctid


def members_beside_the_box(vote):
    """Whose mark was last written by the transaction that last wrote the box."""
    found = rows_of(
        "SELECT m.membership_id FROM awards_mark m JOIN awards_ballotbox b"
        " ON b.vote_id = m.vote_id AND b.xmin = m.xmin WHERE m.vote_id = %s",
        vote.pk,
    )
    return {member for (member,) in found}


def lying(vote):
    """Members of the roll as the rows lie in the table's file."""
    sql = "SELECT membership_id FROM awards_mark WHERE vote_id = %s ORDER BY ctid"
    return [member for (member,) in rows_of(sql, vote.pk)]


def in_protocol_order(vote):
    roll = Mark.objects.filter(vote=vote).order_by("membership__position")
    return list(roll.values_list("membership_id", flat=True))


@pytest.mark.postgres
@pytest.mark.parametrize("order", ORDERS)
def test_while_open_at_most_the_last_voter_shares_a_transaction_with_the_box(order):
    poll = Poll().attend()
    vote = ballot(poll)
    for name in order:
        poll.cast(vote, {name: PAPERS[name]})
        assert members_beside_the_box(vote) == {poll.membership(name).pk}


@pytest.mark.postgres
def test_once_closed_all_marks_and_the_box_bear_one_transaction_and_lie_alike():
    """Whatever the order of casting: where a row lies tells nothing of it."""
    poll = Poll().attend()
    for order in ORDERS:
        vote = ballot(poll)
        poll.cast(vote, {name: PAPERS[name] for name in order})
        awards.close_ballot(vote, by=poll.leader)
        assert members_beside_the_box(vote) == set(in_protocol_order(vote))
        assert lying(vote) == in_protocol_order(vote)
        assert sweep()
        assert members_beside_the_box(vote) == set(in_protocol_order(vote))
        assert lying(vote) == in_protocol_order(vote)


@pytest.mark.postgres
def test_a_cancelled_ballot_tells_no_order_either():
    poll = Poll().attend()
    vote = ballot(poll)
    poll.cast(vote, {name: PAPERS[name] for name in ("a5", "a2", "a4")})
    awards.cancel_vote(vote, reason="Mất mạng", by=poll.leader)
    assert members_beside_the_box(vote) == set(in_protocol_order(vote))
    assert sweep()
    assert lying(vote) == in_protocol_order(vote)


@pytest.mark.postgres
@pytest.mark.parametrize("way", [1, -1])
def test_on_full_pages_the_roll_lies_in_protocol_order_once_swept(way):
    """Where a page is full, a mark that is set moves to another: late voters would lie apart."""
    poll = Poll(members=15).attend()
    votes = more_votes(ballot(poll), 40)
    vote = votes[20]
    for name in poll.names[::way]:
        poll.cast(vote, {name: "yyn"})
    awards.close_ballot(vote, by=poll.leader)
    assert sweep()
    assert lying(vote) == in_protocol_order(vote)


# --- PostgreSQL: former versions of rows


@pytest.fixture
def pages():
    """Reads a table's file through pageinspect, where the server has it and lets us."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pageinspect")
    except DatabaseError as refusal:
        pytest.skip(f"pageinspect cannot be had here: {refusal}")

    def versions(table):
        sql = (
            "SELECT t_data FROM generate_series(0, pg_relation_size(%s) / 8192 - 1) AS page,"
            " LATERAL heap_page_items(get_raw_page(%s, page::int)) WHERE lp_flags = 1"
        )
        return [bytes(data) for (data,) in rows_of(sql, table, table)]

    yield versions
    with connection.cursor() as cursor:
        cursor.execute("DROP EXTENSION pageinspect")


@pytest.mark.postgres
def test_the_sweep_removes_former_versions_of_rows(pages):
    poll = Poll().attend()
    vote = ballot(poll)
    poll.cast(vote, {name: PAPERS[name] for name in BETWEEN})
    awards.close_ballot(vote, by=poll.leader)
    before = b" ".join(pages("awards_ballotbox"))
    assert any(box in before for box in boxes_on_the_way(BETWEEN)), "there is something to sweep"
    assert len(pages("awards_mark")) > Mark.objects.count()
    assert sweep()
    after = b" ".join(pages("awards_ballotbox"))
    assert not [box for box in boxes_on_the_way(BETWEEN) if box in after]
    assert len(pages("awards_ballotbox")) == BallotBox.objects.count()
    assert len(pages("awards_mark")) == Mark.objects.count()


def another_connection(**params):
    known = {name: connection.settings_dict[name.upper()] for name in ("user", "password", "port")}
    known = {**known, "host": connection.settings_dict["HOST"], **params}
    return closing(psycopg.connect(**{name: value for name, value in known.items() if value}))


@pytest.mark.postgres
def test_a_transaction_of_another_database_saves_no_former_version(pages):
    """VACUUM FULL alone would carry them over: its snapshot reaches back to that transaction."""
    poll = Poll().attend()
    vote = ballot(poll)
    with another_connection(dbname="postgres") as elsewhere:
        elsewhere.execute("SELECT pg_current_xact_id()")
        poll.cast(vote, {name: PAPERS[name] for name in BETWEEN})
        awards.close_ballot(vote, by=poll.leader)
        assert sweep()
    assert len(pages("awards_ballotbox")) == BallotBox.objects.count()
    assert len(pages("awards_mark")) == Mark.objects.count()


@pytest.mark.postgres
def test_a_sweep_under_an_older_snapshot_says_so_and_one_after_it_is_whole(pages):
    """A backup, say, still sees what the box held before: it must not be called swept."""
    poll = Poll().attend()
    vote = ballot(poll)
    poll.cast(vote, {name: PAPERS[name] for name in ("a1", "a2")})
    with another_connection(dbname=connection.settings_dict["NAME"]) as backup:
        backup.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        backup.execute("SELECT 1")
        poll.cast(vote, {name: PAPERS[name] for name in ("a3", "a4", "a5")})
        awards.close_ballot(vote, by=poll.leader)
        assert not sweep()
    assert sweep()
    assert len(pages("awards_ballotbox")) == BallotBox.objects.count()


@pytest.mark.postgres
def test_a_sweep_that_meets_a_lock_says_so_and_gives_up(caplog):
    Poll().attend()
    with transaction.atomic():
        list(Mark.objects.all())  # a reader in a transaction is in the way of the rewriting
        second = Second(lambda: outcome.append(sweep()))
        outcome = []
        second.thread.start()
        second.thread.join(timeout=10)
    assert outcome == [False]
    assert "verify_ballots --sweep" in caplog.text


def test_no_sweep_within_a_transaction():
    with transaction.atomic():
        assert not sweep()


# --- SQLite: rowid, file and journal


@pytest.fixture
def store(tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("a database in one file, with its journal beside it")

    def made():
        return Store(tmp_path)

    return made


@pytest.mark.parametrize("order", ORDERS)
def test_on_sqlite_rows_lie_in_protocol_order_whatever_the_order_of_casting(store, order):
    poll = Poll().attend()
    vote = ballot(poll)
    there = store()
    there.run("cast", orders=[order_of(poll, vote, name, PAPERS[name]) for name in order])
    there.run("close", votes=[vote.pk], by=poll.leader.pk, sweep=True)
    lying = there.query("SELECT membership_id FROM awards_mark ORDER BY rowid")
    assert [member for (member,) in lying] == in_protocol_order(vote)


def test_on_sqlite_neither_file_nor_journal_holds_what_the_box_held_before(store):
    poll = Poll().attend()
    vote = ballot(poll)
    there = store()
    orders = [order_of(poll, vote, name, PAPERS[name]) for name in BETWEEN]
    file, journal = there.file, there.file.with_name(there.file.name + "-wal")
    # As on a server: without another connection the last one to close removes the journal.
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA journal_mode=WAL")
        other.execute("SELECT count(*) FROM awards_mark").fetchall()
        there.run("cast", orders=orders)
        held_before = boxes_on_the_way(BETWEEN)
        assert any(box in journal.read_bytes() for box in held_before), (
            "there is something to sweep"
        )
        assert there.run("close", votes=[vote.pk], by=poll.leader.pk, sweep=True) == [
            "closed",
            True,
        ]
        assert not journal.read_bytes()
        assert there.papers()[vote.pk] == sorted(PAPERS.values())
        assert not [box for box in held_before if box in file.read_bytes()]


def test_on_sqlite_a_sweep_that_meets_a_reader_says_so(store):
    poll = Poll().attend()
    vote = ballot(poll)
    there = store()
    there.run("cast", orders=[order_of(poll, vote, "a1", PAPERS["a1"])])
    with closing(sqlite3.connect(there.file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM awards_mark").fetchall()
        answer = there.run("close", votes=[vote.pk], by=poll.leader.pk, sweep=True)
    assert answer == ["closed", False]


def test_sqlite_writes_over_what_it_deletes():
    if connection.vendor != "sqlite":
        pytest.skip("a setting of SQLite")
    assert rows_of("PRAGMA secure_delete") == [(1,)]


# --- nothing else in the database tells


def whole_database():
    """Every row of every table, as text."""
    found = set()
    for table in connection.introspection.table_names():
        for row in rows_of(f'SELECT * FROM "{table}"'):  # noqa: S608 -- names of tables
            found.add((table, repr(row)))
    return found


def test_casting_changes_one_mark_and_the_box_and_nothing_else():
    """Through the page, as a voter does it: no session, no account, no message, no log."""
    poll = Poll().attend()
    vote = ballot(poll)
    poll.cast(vote, {"a1": "yyy", "a2": "nnn"})
    voter = signed_in(poll.head("a3"))
    fields = fields_of(voter.get(vote.get_absolute_url()), "/cast/")
    [stem] = [name.removesuffix("posted") for name in fields if name.endswith("-posted")]
    marks = zip(vote.options.order_by("position"), "nyn", strict=True)
    paper = {f"{stem}option-{option.pk}": mark for option, mark in marks}
    before = whole_database()
    answer = voter.post(f"{vote.get_absolute_url()}cast/", fields | paper)
    assert answer.status_code == 302
    after = whole_database()
    assert BallotBox.objects.get(vote=vote).papers == "nnn\nnyn\nyyy"
    for one, other in ((before, after), (after, before)):
        assert sorted(table for table, _row in one - other) == ["awards_ballotbox", "awards_mark"]
    assert Vote.objects.get(pk=vote.pk).changes.count() == 1, "its opening"
