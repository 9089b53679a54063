"""The parts of ./dev that can be wrong without anyone noticing on a machine that has it all."""

from __future__ import annotations

import importlib.util
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "dev"


@pytest.fixture(scope="module")
def dev():
    loader = SourceFileLoader("dev_script", str(SCRIPT))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("dev_script", loader))
    kept, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # no __pycache__ at the top
    loader.exec_module(module)
    sys.dont_write_bytecode = kept
    return module


@pytest.fixture
def bare(dev, monkeypatch):
    """A machine on which none of the looked-up packages is found."""
    packages = [(name, need, lambda: False) for name, need, _found in dev.SYSTEM_PACKAGES]
    monkeypatch.setattr(dev, "SYSTEM_PACKAGES", packages)


@pytest.fixture
def pair(tmp_path):
    lock = tmp_path / "some.lock"
    lock.write_text("one==1")
    return tmp_path / "stamp", lock


def test_a_stamp_stands_for_one_text_of_the_lock(dev, pair):
    stamp, lock = pair
    assert not dev.stamped(stamp, lock)
    with dev.stamping(stamp, lock):
        pass
    assert dev.stamped(stamp, lock)
    lock.write_text("one==2")
    assert not dev.stamped(stamp, lock)


def test_a_broken_off_step_leaves_no_stamp(dev, pair):
    stamp, lock = pair
    with dev.stamping(stamp, lock):
        pass
    with pytest.raises(KeyboardInterrupt), dev.stamping(stamp, lock):
        raise KeyboardInterrupt
    assert not dev.stamped(stamp, lock)


@pytest.mark.parametrize(
    ("need", "own"),
    [("postgres", {"postgresql"}), ("browser", {"chromium", "libatomic1"}), ("check", {"gettext"})],
)
def test_a_command_asks_only_for_the_packages_that_it_needs(dev, bare, need, own):
    always = set(dev.missing_packages({"all"}))
    assert set(dev.missing_packages({"all", need})) - always == own


def test_without_root_the_command_to_type_is_printed_and_nothing_is_run(dev, bare, monkeypatch):
    monkeypatch.setattr(dev, "root_prefix", lambda: None)
    with pytest.raises(SystemExit) as stop:
        dev.ensure_system_packages({"check"})
    last = str(stop.value).splitlines()[-1]
    assert last == (
        "  sudo env DEBIAN_FRONTEND=noninteractive apt-get -q update && "
        "sudo env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "
        "gettext"
    )


def test_the_production_settings_inherit_no_debug(dev, monkeypatch):
    monkeypatch.setenv("DEBUG", "1")
    env = dev.production()
    assert "DEBUG" not in env
    assert len(env["SECRET_KEY"]) >= 50


def test_a_chosen_database_wins_over_the_demo_s(dev, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/portal")
    assert dev.development()["DATABASE_URL"] == "postgres://elsewhere/portal"


@pytest.mark.parametrize(
    ("statuses", "words", "passes"),
    [
        ({"sqlite": 0, "postgres": 0, "browser": 0}, [], True),
        ({"sqlite": 0, "postgres": 1, "browser": 0}, [], False),
        ({"sqlite": 0, "postgres": 0, "browser": 5}, [], False),
        ({"sqlite": 0, "postgres": 0, "browser": 5}, ["tests/blocs"], True),
        ({"sqlite": 5, "postgres": 5, "browser": 5}, ["-k", "mistyped"], False),
    ],
)
def test_every_part_runs_and_each_failure_counts(dev, monkeypatch, statuses, words, passes):
    ran = []
    monkeypatch.setattr(dev, "prepare", lambda *needs: None)
    monkeypatch.setattr(dev, "test_part", lambda part, _words: ran.append(part) or statuses[part])
    if passes:
        dev.test(None, words)
    else:
        with pytest.raises(SystemExit, match="FAILED"):
            dev.test(None, words)
    assert ran == ["sqlite", "postgres", "browser"]
