"""A checkout that nobody configured works on the command line; a web server stays strict."""

from __future__ import annotations

import os
import subprocess
import sys

from django.conf import settings


def run(*words: str) -> subprocess.CompletedProcess[str]:
    unset = {"SECRET_KEY", "DEBUG", "DATABASE_URL"}
    environment = {key: value for key, value in os.environ.items() if key not in unset}
    return subprocess.run(  # noqa: S603 -- our own words
        [sys.executable, *words],
        cwd=settings.ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_tabulate_needs_neither_settings_nor_a_database():
    sets = "scoring/criteria"
    done = run(
        "manage.py",
        "tabulate",
        f"{sets}/set-a-100-points.yaml",
        f"{sets}/khoi-7-2022.answers.json",
    )
    assert done.returncode == 0, done.stderr
    assert '"97.23"' in done.stdout


def test_a_web_server_without_a_key_does_not_start():
    done = run("-c", "import portal.wsgi")
    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr
