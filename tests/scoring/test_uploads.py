"""Uploaded files: refused for what their bytes are, named as their owner named them."""

from __future__ import annotations

import io
import unicodedata
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from scoring import uploads

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + b"\0" * 32
JPG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000") + b"\0" * 32
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 32


def office(main="word/document.xml", **more: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(main, "<w/>")
        for name, content in more.items():
            archive.writestr(name.replace("__", "/") + ".bin", content)
    return buffer.getvalue()


def encrypted() -> bytes:
    """An archive whose entries say that they need a password."""
    content = bytearray(office())
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(magic) + offset] |= 1
    return bytes(content)


def check(name: str, content: bytes) -> uploads.Checked:
    with translation.override("en"):
        # As the browser's request gives it: the name is set behind Django's own cleaning.
        upload = SimpleUploadedFile("x", content)
        upload._name = name
        return uploads.check(upload)


def refusal(name: str, content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        check(name, content)
    (message,) = refused.value.messages
    return message


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("a.PDF", PDF),
        ("a.docx", office()),
        ("a.xlsx", office("xl/workbook.xml")),
        ("a.jpg", JPG),
        ("a.jpeg", JPG),
        ("a.png", PNG),
        ("IMG_0001.HEIC", HEIC),
        ("QĐ số 12.2024.signed.pdf", PDF),
    ],
)
def test_the_six_kinds_are_accepted_by_their_content(name, content):
    checked = check(name, content)
    assert checked.content_type == uploads.ACCEPTED["." + name.rpartition(".")[2].lower()]
    assert (checked.name, checked.size, len(checked.sha256)) == (name, len(content), 64)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (unicodedata.normalize("NFD", "Báo cáo số 12 – Sở.pdf"), "Báo cáo số 12 – Sở.pdf"),
        ("../../etc/Báo cáo.pdf", "Báo cáo.pdf"),
        ("C:\\Users\\Lan\\Báo cáo.pdf", "Báo cáo.pdf"),
        ("Báo\r\ncáo\0.pdf", "Báocáo.pdf"),
        ("Báo cáo \u202efdp.pdf", "Báo cáo fdp.pdf"),  # turns the text that follows
        ("a\u200bb\ufeff.pdf", "ab.pdf"),
        ("đ" * 300 + ".pdf", "đ" * 251 + ".pdf"),
    ],
)
def test_a_name_is_shown_as_given_without_what_deceives(given, shown):
    assert check(given, PDF).name == shown
    assert len(shown) <= uploads.LONGEST_NAME


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", b"", "is empty"),
        ("a", PDF, "has no extension"),
        ("Báo cáo.", PDF, "has no extension"),
        (".pdf", PDF, "has no extension"),
        ("a.exe", b"MZ\x90\0", "is not accepted"),
        ("a.pdf.exe", PDF, "is not accepted"),
        ("a.exe.pdf", PDF, "hides the extension .exe"),
        ("a.HTML .pdf", PDF, "hides the extension .html"),
        ("a.html", b"<script>", "is not accepted"),
        ("a.svg", b"<svg/>", "is not accepted"),
        ("a.pdf", b"MZ\x90\0", "is not accepted"),
        ("a.pdf", b"\n" + PDF, "is not accepted"),
        ("a.pdf", PDF[:9] + b"<HTML><script>alert(1)</script>", "is not accepted"),
        ("a.png", PNG + b"<script>", "is not accepted"),
        ("a.jpg", PNG, "is not accepted"),
        ("a.docx", b"PK\x03\x04 no archive", "is not accepted"),
        ("a.docx", PDF + office(), "is not accepted"),
        ("a.docx", office("xl/workbook.xml"), "is not accepted"),
        ("a.docx", bytes.fromhex("d0cf11e0a1b11ae1"), "has a password or an old format"),
        ("a.docx", encrypted(), "is protected by a password"),
        ("a.docx", office(word__vbaProject=b"x"), "contains macros"),
        ("a.xlsx", office("xl/workbook.xml", xl__VBAPROJECT=b"x"), "contains macros"),
    ],
)
def test_each_refusal_names_the_file_and_its_reason(name, content, says):
    message = refusal(name, content)
    assert says in message
    assert f"“{uploads.shown_name(name)}”" in message


def test_an_archive_that_grows_without_bounds_is_refused():
    bomb = office(bomb=b"\0" * (uploads.LARGEST_UNPACKED + 1))
    assert len(bomb) < uploads.LARGEST
    assert "grows beyond" in refusal("a.docx", bomb)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(uploads.MOST_PARTS + 1):
            archive.writestr(f"{number}", "")
    assert "grows beyond" in refusal("a.docx", buffer.getvalue())


def test_twenty_megabytes_are_still_accepted():
    assert check("a.pdf", PDF.ljust(uploads.LARGEST, b"0")).size == uploads.LARGEST
    assert "at most 20" in refusal("a.pdf", PDF.ljust(uploads.LARGEST + 1, b"0"))
