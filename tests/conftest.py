"""What every test stands on: the settings, the database's peculiarities, the browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any
from uuid import uuid4

# Before any test module is imported: pytest-django reads these in its own set-up.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ.setdefault("DEBUG", "1")

import django
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TestCase, TransactionTestCase, override_settings
from django.utils import translation

from blocs.history import open_for_flush

django.setup()  # so that a conftest.py further down may import models

# Those of a server are slow by intent: longer than most of the tests that log in by password.
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


# Without these, without the marker and outside Django's test cases no test may touch the database.
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def touches_database(item: pytest.Item) -> bool:
    return (
        item.get_closest_marker("django_db") is not None
        or issubclass(getattr(item, "cls", None) or object, TransactionTestCase)
        or bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what touches the database: the rest passes or fails alike on SQLite.

    In each file those on the built world come last, so that it is built once.
    """
    if connection.vendor == "postgresql":
        left = [item for item in items if not touches_database(item)]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if touches_database(item)]
    files = list(dict.fromkeys(item.path for item in items))
    items.sort(key=lambda item: (commits(item), files.index(item.path), comes_last(item)))
    for path in {one.path for one in items if commits(one)} & {
        one.path for one in items if on_built_world(one)
    }:
        raise pytest.UsageError(f"{path}: a test that commits cannot stand on a built world")


def commits(item: pytest.Item) -> bool:
    """Whether what the test writes is really committed, and not taken back after it."""
    marker = item.get_closest_marker("django_db")
    case = getattr(item, "cls", None) or object
    return (
        bool(marker and marker.kwargs.get("transaction"))
        or (issubclass(case, TransactionTestCase) and not issubclass(case, TestCase))
        or bool({"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())))
    )


def comes_last(item: pytest.Item) -> bool:
    return on_built_world(item) and not item.get_closest_marker("as_written")


def on_built_world(item: pytest.Item) -> bool:
    return "built" in getattr(item, "fixturenames", ())


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    if standing := STANDING.get(getattr(item, "module", None)):
        standing.build() if on_built_world(item) else standing.drop()
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL has what this tests")


@pytest.fixture(autouse=True)
def language() -> None:
    """A request leaves its reader's language behind; each test begins in the portal's own."""
    translation.activate(settings.LANGUAGE_CODE)


def uploads_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp() / "media" / uuid4().hex


@pytest.fixture(autouse=True)
def uploads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A test's uploads go to a directory of its own, made by the first of them."""
    with override_settings(MEDIA_ROOT=uploads_directory(tmp_path_factory)):
        yield


# --- the world that the tests of a file begin with


class Built:
    """What a file's `build_world` makes, kept in a transaction around the tests that begin with it.

    A worker may be given a test of the same file in between that begins with nothing: the world is
    dropped for it, and built anew for the next.
    """

    def __init__(self, module: Any, unblocked: Any, uploads: Path) -> None:
        self.module, self.unblocked, self.uploads = module, unblocked, uploads
        self.around: transaction.Atomic | None = None
        self.world: Any = None

    def build(self) -> None:
        if self.around is not None:
            return
        with self.unblocked(), override_settings(MEDIA_ROOT=self.uploads):
            self.around = transaction.atomic()
            self.around.__enter__()
            with translation.override(settings.LANGUAGE_CODE):
                self.world = self.module.build_world()

    def drop(self) -> None:
        if self.around is None:
            return
        with self.unblocked():
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)
        self.around = self.world = None
        shutil.rmtree(self.uploads, ignore_errors=True)


STANDING: dict[Any, Built] = {}  # by the module; one at a time


@pytest.fixture(scope="module")
def built(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Built]:
    uploads = uploads_directory(tmp_path_factory)
    one = STANDING[request.module] = Built(request.module, django_db_blocker.unblock, uploads)
    try:
        one.build()
        yield one
    finally:
        one.drop()
        del STANDING[request.module]


@pytest.fixture
def world(built: Built, db: None) -> Any:
    """The built world in the test's own copy: objects, rows and files."""
    if built.uploads.exists():
        shutil.copytree(built.uploads, settings.MEDIA_ROOT)
    return deepcopy(built.world)


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
