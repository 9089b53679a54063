"""What printing costs: WeasyPrint as the portal uses it against Chromium, the same page in one run.

Ratios to Chromium's warm print move less than seconds do between machines; run it with
``./dev bench``. Memory is the most that the process and its children hold together (PSS).
"""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from tests.benchmarks.table_pages import report_page, table_page

ROOT = Path(__file__).resolve().parents[2]
PAGES = {
    "table 5 x 50": lambda: table_page(5, 50),
    "table 15 x 100": lambda: table_page(15, 100),
    "table 60 x 150": lambda: table_page(60, 150),
    "report, 60 pages": report_page,
}
ENGINES = ("chromium", "tagged", "untagged", "as it comes")
SAMPLE = 0.05  # seconds between two looks at the memory


@dataclass(frozen=True)
class Cost:
    """Seconds of a cold and a warm print, megabytes at the peak, kilobytes of the PDF."""

    cold: float
    warm: float
    memory: float
    size: float


def tree_of(pid: int) -> list[int]:
    found = [pid]
    for child in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{child}/task").iterdir():
                found += [int(one) for one in (task / "children").read_text().split()]
    return found


def held_by(pid: int) -> int:
    """Kilobytes of a process and all below it, shared pages counted once (PSS)."""
    total = 0
    for one in tree_of(pid):
        with contextlib.suppress(OSError, StopIteration):
            lines = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            total += int(next(line for line in lines if line.startswith("Pss:")).split()[1])
    return total


def cost_of(engine: str, page: Path) -> Cost:
    command = [sys.executable, "-m", "tests.benchmarks.print_once", engine, str(page)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603
    peak = 0
    while process.poll() is None:
        peak = max(peak, held_by(process.pid))
        time.sleep(SAMPLE)
    assert process.stdout is not None
    told = json.loads(process.stdout.read().splitlines()[-1])
    assert process.returncode == 0
    return Cost(told["cold"], told["warm"], peak / 1024, told["size"] / 1024)


def site(directory: Path) -> Path:
    """The stylesheet and the faces where a browser finds them beside the page."""
    (directory / "css").mkdir()
    shutil.copy(str(finders.find("css/print.css")), directory / "css")
    (directory / "fonts").mkdir()
    faces = Path(str(finders.find("fonts/tinos/400Regular/Tinos_400Regular.ttf"))).parents[1]
    (directory / "fonts" / "tinos").symlink_to(faces)
    return directory


@pytest.mark.parametrize("name", PAGES)
def test_papers_against_chromium(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    if not shutil.which("chromium"):
        pytest.skip("Chromium is not installed")
    with tempfile.TemporaryDirectory() as directory:
        page = site(Path(directory)) / "page.html"
        page.write_text(PAGES[name](), encoding="utf-8")
        costs = {engine: cost_of(engine, page) for engine in ENGINES}
    floor = costs["chromium"]
    with capsys.disabled():
        print(f"\n{name:<18}  warm s  ratio  cold s  ratio  MB peak  ratio   PDF kB")
        for engine, cost in costs.items():
            print(
                f"  {engine:<16}{cost.warm:8.2f}{cost.warm / floor.warm:7.1f}"
                f"{cost.cold:8.2f}{cost.cold / floor.cold:7.1f}"
                f"{cost.memory:9.0f}{cost.memory / floor.memory:7.2f}{cost.size:9.0f}"
            )
    assert all(cost.size > 1 for cost in costs.values())
