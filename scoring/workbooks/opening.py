"""Opening a workbook that somebody uploaded: measured before anything parses it."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from openpyxl import Workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LARGEST = 2 * 1024 * 1024  # bytes of the file; a sheet of sixty criteria has 20 000
LARGEST_UNPACKED = 8 * 1024 * 1024
MOST_PARTS = 300
MOST_ELEMENTS = 150_000  # of XML, all parts together
MOST_CELLS_OF_AREA = 20_000  # merged or linked: the parser makes an object for each of them
LAST_ROW, LAST_COLUMN = 5_000, 200

ZIP_MAGIC, OLE_MAGIC = b"PK\x03\x04", bytes.fromhex("d0cf11e0a1b11ae1")
DECLARATIONS = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("utf-8", "utf-16-le", "utf-16-be")
)
AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")
ENCRYPTED = 0x1  # flag of an entry


def is_workbook(content: bytes) -> bool:
    """Whether the bytes claim to be a workbook, of the present format or the old one."""
    return content.startswith((ZIP_MAGIC, OLE_MAGIC))


def open_workbook(content: bytes) -> Workbook:
    """The workbook with its formulas seen as formulas; ``ValidationError`` for what is refused.

    Size, parts, declarations and areas are measured before the parser sees the file. Links to
    other files are left out.
    """
    _check_container(content)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_parts(archive)
            _check_elements(archive)
        return _check_extent(_parsed(content))
    except ValidationError:
        raise
    except Exception as error:  # a broken file can make the parsers fail in any way
        raise ValidationError(_("The file cannot be read as a workbook.")) from error


def names_of_tables(book: Workbook) -> set[str]:
    """The worksheets with cells; a chart may have a sheet of its own."""
    return {sheet.title for sheet in book.worksheets}


def _check_container(content: bytes) -> None:
    if len(content) > LARGEST:
        raise ValidationError(
            _("The file has %(size)s; a workbook has at most %(largest)s.")
            % {"size": filesizeformat(len(content)), "largest": filesizeformat(LARGEST)}
        )
    if content.startswith(OLE_MAGIC):
        raise ValidationError(
            _("The file has a password or the old format .xls. Save it as .xlsx without password.")
        )
    if not content.startswith(ZIP_MAGIC):
        raise ValidationError(_("The file is not an Excel workbook (.xlsx)."))


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        raise ValidationError(_("The file is not an Excel workbook (.xlsx)."))
    # What is unpacked ends at the size that stands here, so the sum holds whatever a file claims.
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise ValidationError(_("The workbook unpacks to more than any score sheet holds."))
    if len(set(names)) < len(names) or any(part.flag_bits & ENCRYPTED for part in parts):
        raise ValidationError(_("The file cannot be read as a workbook."))
    kinds = archive.read("[Content_Types].xml").lower()
    if b"macroenabled" in kinds or any("vbaproject" in name.lower() for name in names):
        raise ValidationError(_("The workbook holds macros. Save it as .xlsx without macros."))


def _check_elements(archive: zipfile.ZipFile) -> None:
    """How much the parser would have to build."""
    elements = area = 0
    for name in archive.namelist():
        if not name.lower().endswith((".xml", ".rels", ".vml")):
            continue
        content = archive.read(name)
        if any(word in content for word in DECLARATIONS):
            raise ValidationError(_("The file cannot be read as a workbook."))
        for element in _elements(content):
            elements += 1
            if element.tag.rpartition("}")[2] in ("mergeCell", "hyperlink"):
                area += cells_of(element.get("ref", ""))
            if elements > MOST_ELEMENTS or area > MOST_CELLS_OF_AREA:
                raise ValidationError(_("The workbook unpacks to more than any score sheet holds."))


def _elements(content: bytes) -> Iterator[ElementTree.Element]:
    parser = ElementTree.iterparse(io.BytesIO(content))  # noqa: S314 -- no declarations in it
    for _event, element in parser:
        yield element
        element.clear()


def cells_of(area: str) -> int:
    """How many cells "A1:C3" has."""
    match = AREA.fullmatch(area.strip())
    if match is None:
        return 1
    left, top, right, bottom = match.groups()
    if right is None:
        return 1
    width = abs(_column(right) - _column(left)) + 1
    return width * (abs(int(bottom) - int(top)) + 1)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _parsed(content: bytes) -> Workbook:
    import openpyxl  # noqa: PLC0415 -- slow import

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of extensions that it leaves out
        return openpyxl.load_workbook(io.BytesIO(content), keep_links=False)


def _check_extent(book: Workbook) -> Workbook:
    for sheet in book.worksheets:
        if sheet.max_row > LAST_ROW or sheet.max_column > LAST_COLUMN:
            raise ValidationError(
                _("The worksheet “%(sheet)s” has more than %(rows)s rows or %(columns)s columns.")
                % {"sheet": sheet.title, "rows": LAST_ROW, "columns": LAST_COLUMN}
            )
    return book
