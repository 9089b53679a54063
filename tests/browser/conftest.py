"""A demo world on a live server, people before their screens, and an ear for the console."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from portal.demo.world import build
from tests.browser.pages import enter_password

expect.set_options(timeout=20_000)  # the machine may be busy with other tests

# A refused or overtaken save answers so, and Chromium notes it; the page tells the person.
TOLD_ON_THE_PAGE = re.compile(r"the server responded with a status of (409|422)\b")


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A file: of a database in memory all threads of the live server would share one connection."""
    if connection.vendor == "sqlite":
        path = tmp_path_factory.mktemp("database") / "browser.sqlite3"
        connection.settings_dict["TEST"]["NAME"] = str(path)


@pytest.fixture(scope="session")
def kept_worlds() -> dict[str, sqlite3.Connection]:
    return {}


@pytest.fixture
def build_once(
    transactional_db: None, kept_worlds: dict[str, sqlite3.Connection]
) -> Callable[[str], None]:
    """Build the demo at a stage; the next test that asks for the stage gets a copy of it."""

    def build_once(stage: str) -> None:
        connection.ensure_connection()
        if kept := kept_worlds.get(stage):
            kept.backup(connection.connection)
            return
        build(stage)
        if connection.vendor == "sqlite":
            kept_worlds[stage] = sqlite3.connect(":memory:")
            connection.connection.backup(kept_worlds[stage])

    return build_once


@pytest.fixture
def console() -> Iterator[list[str]]:
    """What the browser complains of, its security policy included: it may complain of nothing."""
    complaints: list[str] = []
    yield complaints
    assert complaints == []


@pytest.fixture
def listen(console: list[str]) -> Callable[[BrowserContext], None]:
    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not TOLD_ON_THE_PAGE.search(message.text):
            console.append(f"{message.location.get('url')}: {message.text}")

    def listen(context: BrowserContext) -> None:
        context.on("console", hear)
        context.on("weberror", lambda failure: console.append(str(failure.error)))

    return listen


@pytest.fixture
def log_in(
    live_server: Any,
    new_context: Callable[..., BrowserContext],
    listen: Callable[[BrowserContext], None],
) -> Callable[..., Page]:
    """Sit down before a browser of one's own and log in, as a person does."""

    def log_in(username: str, **options: Any) -> Page:
        context = new_context(base_url=live_server.url, **options)
        listen(context)
        page = context.new_page()
        page.goto("/")
        enter_password(page, username)
        expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
        return page

    return log_in
