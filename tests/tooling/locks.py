"""The lock files: compile them from pyproject.toml, and check that they still agree with it.

Run by ``./dev lock`` and ``./dev check``. A lock names versions and hashes, and no host: it has
to serve whoever installs from another index.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ROOT / "portal" / "locks"
DEV, RUNTIME = LOCKS / "dev.txt", LOCKS / "runtime.txt"
COMPILE = "uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes"


def pinned(text: str) -> dict[str, set[str]]:
    """Package name -> versions; a marker may split a package into several."""
    found: dict[str, set[str]] = {}
    for line in text.splitlines():
        if "==" in line and not line.startswith((" ", "#")):
            requirement = Requirement(line.rstrip("\\ "))
            version = str(requirement.specifier).removeprefix("==")
            found.setdefault(canonicalize_name(requirement.name), set()).add(version)
    return found


def wanted(extra: str | None = None) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    lines = project["dependencies"] + (project["optional-dependencies"][extra] if extra else [])
    return [Requirement(line) for line in lines]


def disagreements(lock: str, requirements: list[Requirement]) -> list[str]:
    """What pyproject.toml asks for and ``lock`` does not give."""
    versions = pinned(lock)
    wrong = []
    for requirement in requirements:
        locked = versions.get(canonicalize_name(requirement.name), set())
        if not any(requirement.specifier.contains(version) for version in locked):
            wrong.append(f"{requirement}: the lock has {', '.join(sorted(locked)) or 'none'}")
    if "://" in lock:
        wrong.append("the lock names a host")
    return wrong


def check() -> list[str]:
    dev, runtime = DEV.read_text(), RUNTIME.read_text()
    wrong = disagreements(dev, wanted("dev")) + disagreements(runtime, wanted())
    tested = pinned(dev)
    return wrong + [
        f"{name}: runtime.txt has other versions than those that dev.txt tests"
        for name, versions in pinned(runtime).items()
        if tested.get(name) != versions
    ]


def compile_all(words: list[str]) -> None:
    """dev.txt first, then runtime.txt with the same versions."""
    for lock, more in ((DEV, ["--extra", "dev"]), (RUNTIME, ["--constraint", str(DEV)])):
        with tempfile.TemporaryDirectory() as directory:
            draft = Path(directory) / lock.name
            if lock.exists():
                shutil.copy(lock, draft)  # uv keeps the versions that it finds there
            command = [sys.executable, "-m", *COMPILE.split(), "--no-header", "--quiet", *more]
            subprocess.run([*command, "--output-file", draft, *words], cwd=ROOT, check=True)
            if "://" in draft.read_text():
                sys.exit(f"{lock.name} would name a host; it was left as it is")
            shutil.copy(draft, lock)
        print(f"wrote {lock.relative_to(ROOT)}")


def main(command: str, words: list[str]) -> None:
    if command == "compile":
        compile_all(words)
    elif wrong := check():
        sys.exit("\n".join(wrong))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
