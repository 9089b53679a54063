"""An uploaded workbook is hostile until it has been measured."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from scoring.workbooks import opening
from scoring.workbooks.old_fonts import looks_legacy
from scoring.workbooks.opening import cells_of, open_workbook


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def workbook(**parts: bytes | str) -> bytes:
    """A small workbook; ``parts`` replace or join its parts, by name with __ for /."""
    buffer = io.BytesIO()
    book = openpyxl.Workbook()
    book.active["A1"] = 1
    book.save(buffer)
    given = {name.replace("__", "/").replace("_", "."): value for name, value in parts.items()}
    out = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in given:
                new.writestr(name, old.read(name))
        for name, value in given.items():
            new.writestr(name, value)
    return out.getvalue()


def part(name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        return archive.read(name).decode()


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as caught:
        open_workbook(content)
    return caught.value.messages[0]


def sheet_with(text: str) -> bytes:
    """A workbook whose worksheet has this after its cells."""
    old = part("xl/worksheets/sheet1.xml")
    return workbook(xl__worksheets__sheet1_xml=old.replace("</sheetData>", f"</sheetData>{text}"))


def test_a_plain_workbook_opens():
    assert open_workbook(workbook()).active["A1"].value == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "not an Excel workbook"),
        (b"Ma;Diem\n1;2\n", "not an Excel workbook"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "password or the old format"),
        (b"PK\x03\x04 no archive", "cannot be read"),
        (b"PK\x03\x04" + b"\0" * opening.LARGEST, "at most"),
        (workbook()[:-60], "cannot be read"),
    ],
)
def test_what_is_no_workbook_is_said(content, words):
    assert words in refusal(content)


def test_another_office_file_is_no_workbook():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    assert "not an Excel workbook" in refusal(buffer.getvalue())


def test_macros_are_refused_by_part_and_by_type():
    assert "macros" in refusal(workbook(xl__vbaProject_bin=b"x"))
    old = part("[Content_Types].xml")
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    types = re.sub(r'ContentType="[^"]*sheet\.main\+xml"', f'ContentType="{kind}"', old)
    content = workbook()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as new:
        for name in archive.namelist():
            data = types if name == "[Content_Types].xml" else archive.read(name)
            new.writestr(name, data)
    assert "macros" in refusal(out.getvalue())


def test_a_bomb_is_not_unpacked():
    zeros = b"\0" * (opening.LARGEST_UNPACKED + 1)
    assert "more than any score sheet" in refusal(workbook(xl__media__a_bin=zeros))
    many = {f"x{number}": b"" for number in range(opening.MOST_PARTS)}
    assert "more than any score sheet" in refusal(workbook(**many))


def test_a_heap_of_elements_is_not_parsed(monkeypatch):
    monkeypatch.setattr(opening, "MOST_ELEMENTS", 50)
    assert "more than any score sheet" in refusal(sheet_with("<a/>" * 60))


@pytest.mark.parametrize(
    "area",
    [
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>',
        '<hyperlinks><hyperlink ref="A1:XFD1048576" location="a"/></hyperlinks>',
    ],
)
def test_an_area_of_the_whole_worksheet_is_not_built(area):
    assert "more than any score sheet" in refusal(sheet_with(area))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_declarations_of_entities_are_refused(encoding):
    bomb = '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode(encoding)
    assert "cannot be read" in refusal(workbook(xl__theme__theme1_xml=bomb))


def test_a_cell_far_away_is_refused():
    book = openpyxl.Workbook()
    book.active.cell(opening.LAST_ROW + 1, 1).value = 1
    buffer = io.BytesIO()
    book.save(buffer)
    assert "rows" in refusal(buffer.getvalue())


@pytest.mark.parametrize(
    ("area", "cells"),
    [("A1", 1), ("A1:C3", 9), ("$A$1:$B$2", 4), ("A1:XFD1048576", 16384 * 1048576), ("?", 1)],
)
def test_cells_of_an_area(area, cells):
    assert cells_of(area) == cells


@pytest.mark.parametrize(
    "text",
    ["§¬n vÞ", "hoµn thµnh", "®¹t", "Ñôn vò", "hoaøn thaønh", "coâng taùc", "nhieäm vuï", "ñaït"],
)
def test_old_fonts_are_recognised(text):
    assert looks_legacy(text)


@pytest.mark.parametrize(
    "text",
    [
        "Đơn vị",
        "Hoàn thành",
        "quà",
        "toán",
        "hoá",
        "xoà",
        "Bao cao so 12/BC",
        "5 m²",
        "Oracle®",
        "±2",
    ],
)
def test_unicode_is_not_taken_for_an_old_font(text):
    assert not looks_legacy(text)
