"""Workbooks in tests: the portal's own, filled in as a person would, and sent back."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile

from scoring.workbooks import sheet_layout as at
from tests.forms import fields_of
from tests.worlds import World

from .sheets import url

EVERY_RULE = Path(__file__).with_name("every_rule.yaml")


def download(client, world: World, agency: str = "a3"):
    """The workbook as openpyxl opens it."""
    answer = client.get(url(world, "workbook_download", agency))
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def bytes_of(book) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def row_of(book, code: str, name: str) -> int:
    """The row (counted from 1) of a criterion's input."""
    sheet = book[at.SCORES]
    for row in range(at.FIRST + 1, sheet.max_row + 1):
        found = sheet.cell(row, at.CODE + 1).value, sheet.cell(row, at.KEY + 1).value
        if found == (code, name):
            return row
    raise LookupError(f"{code} {name}")


def cell_of(book, code: str, name: str, column: int = at.FIGURE):
    return book[at.SCORES].cell(row_of(book, code, name), column + 1)


def fill(book, values: dict) -> None:
    """``values``: {(code, input): value}; the name "explanation" is the one of the first row."""
    for (code, name), value in values.items():
        cell_of(book, code, name).value = value


def explain(book, code: str, name: str, words: str) -> None:
    cell_of(book, code, name, at.EXPLANATION).value = words


def send(client, world: World, book, agency: str = "a3"):
    """Upload: the answer is the preview, or the form with what is wrong with the file."""
    content = book if isinstance(book, bytes) else bytes_of(book)
    upload = SimpleUploadedFile("bang.xlsx", content)
    return client.post(url(world, "workbook_upload", agency), {"workbook": upload})


def apply(client, world: World, preview, agency: str = "a3"):
    """Press the button of the preview."""
    address = url(world, "workbook_apply", agency)
    return client.post(address, fields_of(preview, address))


def problems(answer) -> dict[str, str]:
    """What the preview refuses, by cell."""
    return {one.cell: one.text for one in answer.context["preview"].problems}


def notices(answer) -> dict[str, str]:
    return {one.code: one.text for one in answer.context["preview"].notices}
