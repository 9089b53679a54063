"""The pictures of the documentation: SCREENSHOTS=1 takes them anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from portal.demo.clock import at

pytestmark = pytest.mark.browser

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
PICTURES = {
    "sheet": (
        "officer.gtvt",
        "/khoi-7/2023/sheets/giao-thong/",
        "Bảng chấm điểm của Sở Giao thông vận tải",
    ),
    "home": ("head.ptth", "/", "Việc của tôi"),
    "summary": ("leader", "/khoi-7/2022/summary/", "Bảng tổng hợp chấm điểm"),
    "conference": ("leader", "/khoi-7/2022/conference/", "Hội nghị tổng kết"),
    "board": ("board", "/board/", "Tất cả các khối"),
}


@pytest.mark.parametrize("name", PICTURES)
def test_the_page_is_there_and_so_is_its_picture(
    build_once: Callable[[str], None], log_in: Callable[..., Page], name: str
) -> None:
    username, path, heading = PICTURES[name]
    picture = FOLDER / f"{name}.png"
    with at("2023-12-15 09:00"):
        build_once("decided")
        page = log_in(username)
        page.goto(path)
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)
        page.evaluate("document.fonts.ready")
        if os.environ.get("SCREENSHOTS") == "1":
            page.screenshot(path=picture, animations="disabled", caret="hide")
    with Image.open(picture) as taken:
        assert taken.size == (1366, 768)
