"""``python -m tests.benchmarks.print_once ENGINE PAGE.html``: print a page and tell the seconds.

A process of its own, so that its peak memory is that of the printing alone. The first print is
cold: it pays for the imports or for the browser's start. Warm is the best of the three after it.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

ROUNDS = 3
CHROMIUM = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


def weasyprint(html: str, *, tuned: bool, tagged: bool, stack: ExitStack) -> Callable[[], bytes]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    import django  # noqa: PLC0415 -- a part of the cold start
    import weasyprint  # noqa: PLC0415

    django.setup()
    from awards.documents import engine, pdf  # noqa: PLC0415

    if tuned:
        stack.enter_context(engine.working_long())
    else:
        pdf.page_class = lambda _html: weasyprint.HTML
    variant = pdf.ACCESSIBLE if tagged else None
    return lambda: pdf.html_to_pdf(html, variant)  # type: ignore[arg-type]


def chromium(path: Path, stack: ExitStack) -> Callable[[], bytes]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    browser = stack.enter_context(sync_playwright()).chromium.launch(
        executable_path=shutil.which("chromium"), args=CHROMIUM
    )
    stack.callback(browser.close)

    def deed() -> bytes:
        page = browser.new_page()
        page.goto(path.as_uri())
        content: bytes = page.pdf(prefer_css_page_size=True, tagged=True)
        page.close()
        return content

    return deed


def main() -> None:
    engine, path = sys.argv[1], Path(sys.argv[2])
    begin = time.perf_counter()
    with ExitStack() as stack:
        if engine == "chromium":
            deed = chromium(path, stack)
        else:
            tuned, tagged = engine != "as it comes", engine != "untagged"
            html = path.read_text(encoding="utf-8")
            deed = weasyprint(html, tuned=tuned, tagged=tagged, stack=stack)
        deed()
        cold = time.perf_counter() - begin
        size, taken = 0, []
        for _round in range(ROUNDS):
            begin = time.perf_counter()
            size = len(deed())
            taken.append(time.perf_counter() - begin)
    print(json.dumps({"cold": cold, "warm": min(taken), "size": size}))


if __name__ == "__main__":
    main()
