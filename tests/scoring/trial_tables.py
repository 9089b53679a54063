"""What the page of a trial shows, read back: the cells of its tables, and the files it offers."""

from __future__ import annotations

import base64
import re
from html.parser import HTMLParser


class Tables(HTMLParser):
    """The texts of the cells of every row, by the marks of the row and of what it stands in."""

    def __init__(self, page):
        super().__init__()
        self.rows, self.marks, self.row, self.cell = {}, {}, None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "section":
            self.marks = {}
        if "data-member" in given:
            self.marks = {**self.marks, "member": given["data-member"]}
        if tag == "tr":
            key = (self.marks.get("member"), given.get("data-set"), given.get("data-code"))
            self.row = self.rows.setdefault(key, [])
        if tag in ("td", "th") and self.row is not None:
            self.cell = ""

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell is not None:
            self.row.append(" ".join(self.cell.split()))
            self.cell = None


def downloads(response):
    """The tables that the page offers, as the texts of their files."""
    found = re.findall(r'href="data:application/json;base64,([^"]*)"', response.content.decode())
    return [base64.b64decode(one.replace("&#x3D;", "=")).decode() for one in found]


def printed(points):
    """Points of the JSON as the page writes them."""
    return "–" if points is None else points.replace("-", "−").replace(".", ",")
