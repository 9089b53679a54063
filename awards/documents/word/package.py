"""The Word file as a package: what the blank one brings is left out, and no clock enters it."""

from __future__ import annotations

import datetime
import io
import zipfile

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.oxml.ns import qn

from awards.documents.prose import clean

from .styles import LANGUAGE

# Looks that no style here uses, and the name of a program that did not write the file.
UNUSED = (
    *("stylesWithEffects", RELATION.CUSTOM_XML.rsplit("/", 1)[-1], "thumbnail"),
    *("fontTable", "webSettings", "extended-properties"),
)
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can hold
WORD_2013 = "15"  # later ways of laying out tables are those of 2013


def blank_document() -> Document:
    """An empty file in Vietnamese without picture, foreign styles or former editors."""
    document = docx.Document()
    for relations in (document.part.rels, document.part.package.rels):
        for key, relation in list(relations.items()):
            if relation.reltype.rsplit("/", 1)[-1] in UNUSED:
                relations.pop(key)
    settings = document.settings.element
    for name in ("w:rsids", "w:savePreviewPicture", "w:proofState", "w:shapeDefaults"):
        for element in settings.findall(qn(name)):
            settings.remove(element)
    for zoom in settings.iter(qn("w:zoom")):
        zoom.set(qn("w:percent"), "100")
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:val"), LANGUAGE)
        language.attrib.pop(qn("w:eastAsia"), None)
    for choice in settings.iter(qn("w:compatSetting")):
        if choice.get(qn("w:name")) == "compatibilityMode":
            choice.set(qn("w:val"), WORD_2013)
    return document


def describe(document: Document, *, title: str, author: str, created: str) -> None:
    """Title, author and day of the paper; a draft has no day, and none is invented."""
    known = document.core_properties
    known.title, known.author = clean(title)[:255], clean(author)[:255]
    known.last_modified_by, known.comments, known.keywords = known.author, "", ""
    known.language, known.revision = LANGUAGE, 1
    if created:
        day = datetime.datetime.combine(datetime.date.fromisoformat(created), datetime.time.min)
        known.created = known.modified = day
        return
    core = known._element
    for element in [one for one in core if one.tag.endswith(("}created", "}modified"))]:
        core.remove(element)


def to_bytes(document: Document) -> bytes:
    """The package; the same document gives the same bytes at any hour."""
    written, fixed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with (
        zipfile.ZipFile(written) as parts,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as package,
    ):
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, parts.read(part))
    return fixed.getvalue()
