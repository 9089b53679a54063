"""What every test stands on: the settings, the database's peculiarities, the browser."""

from __future__ import annotations

import os
import shutil
from typing import Any
from uuid import uuid4

# Before any test module is imported: pytest-django reads these in its own set-up.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("DEBUG", "1")

import django
import pytest
from django.db import connection
from django.test import TransactionTestCase
from django.utils import translation

from blocs.history import open_for_flush

django.setup()  # so that a conftest.py further down may import models


# Without these, without the marker and outside Django's test cases no test may touch the database.
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def touches_database(item: pytest.Item) -> bool:
    case = getattr(item, "cls", None)
    return (
        item.get_closest_marker("django_db") is not None
        or (isinstance(case, type) and issubclass(case, TransactionTestCase))
        or bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches the database: the rest passes or fails alike on SQLite."""
    if connection.vendor == "postgresql":
        left = [item for item in items if not touches_database(item)]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if touches_database(item)]


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has what this tests")


@pytest.fixture(autouse=True)
def language(settings: Any) -> None:
    """A request leaves its reader's language behind; each test begins in the portal's own."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A test's uploads go to a directory of its own, made by the first of them."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "media" / uuid4().hex


# --- the flush between transactional tests

empty_tables = TransactionTestCase._fixture_teardown


def empty_append_only_tables_too(case: TransactionTestCase) -> None:
    """The flush deletes the rows of every table, which the append-only ones refuse."""
    with open_for_flush():
        empty_tables(case)


TransactionTestCase._fixture_teardown = empty_append_only_tables_too


# --- the browser


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, which may not call home while it is under test."""
    quiet = [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    chromium = shutil.which("chromium")
    return browser_type_launch_args | {"executable_path": chromium, "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """An office computer in Vietnam."""
    screen = {"width": 1366, "height": 768}
    place = {"locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}
    return browser_context_args | place | {"viewport": screen}
