"""Transactional tests end with a flush; the append-only tables must neither stop nor survive it."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from blocs.history import append_only


@pytest.fixture
def shut_table(django_db_setup, django_db_blocker):
    """The table of sessions, append-only from before the test until after its flush."""
    shut = append_only(Session._meta.db_table)
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        shut.code(None, editor)
    yield Session.objects
    with django_db_blocker.unblock():
        left = Session.objects.count()
        with connection.schema_editor() as editor:
            shut.reverse_code(None, editor)
    assert left == 0


def test_the_rows_of_an_append_only_table_go_with_the_flush(shut_table, transactional_db):
    shut_table.create(session_key="a", session_data="", expire_date=timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic():
        shut_table.all().delete()
