"""What came back signed: only the very bytes issued, with signatures added and nothing else."""

import io

import pypdf
import pytest
from django.utils import translation
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from awards.documents.pdf import html_to_pdf
from awards.signatures import MOST_ADDED, Refused, signatures_in
from tests.awards.signing import Signer, with_page_changed

SIGNER = Signer()
OTHER = Signer("Trần Thị Bình")
BOX = (100, 100, 250, 160)


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def paper(words, variant="pdf/ua-1"):
    html = f'<html lang="vi"><title>Biên bản</title><body><h1>{words}</h1></body></html>'
    return html_to_pdf(html, variant)


ISSUED = paper("Biên bản số 05")
ANOTHER = paper("Biên bản số 06")
ONCE = SIGNER.sign(ISSUED)


def read(upload, issued=ISSUED, roots=None):
    return signatures_in(issued, upload, roots=roots)


def test_a_signature_on_the_issued_file_holds():
    (found,) = read(ONCE)
    assert (found.signer, found.issuer) == ("Lê Văn An", "Lê Văn An")
    assert (found.is_intact, found.is_valid, found.is_trusted) == (True, True, False)
    assert found.signed_at is not None and found.signed_at.tzinfo is not None


@pytest.mark.parametrize("variant", ["pdf/ua-1", "pdf/a-3a"])
def test_two_people_sign_one_of_them_visibly(variant):
    issued = html_to_pdf(
        '<html lang="vi"><title>x</title><body><p>Báo cáo</p></body></html>', variant
    )
    twice = OTHER.sign(SIGNER.sign(issued), "Signature2", BOX)
    assert [one.signer for one in read(twice, issued)] == ["Lê Văn An", "Trần Thị Bình"]


def test_the_authority_counts_where_its_certificate_is_kept(tmp_path):
    (tmp_path / "root.cer").write_bytes(SIGNER.certificate)
    twice = OTHER.sign(ONCE, "Signature2")
    assert [one.is_trusted for one in read(twice, roots=tmp_path)] == [True, False]


def test_another_file_without_signatures_is_a_scan():
    assert read(ANOTHER) == ()


def altered_before():
    return SIGNER.sign(ISSUED.replace(b"%PDF-1.7", b"%PDF-1.6", 1))


def appended_document():
    """The issued bytes, then a whole other paper that never goes back to them, signed."""
    moved = copy_into_new_writer(PdfFileReader(io.BytesIO(ANOTHER)))
    out = io.BytesIO()
    out.write(ISSUED)
    moved.write(out)
    return SIGNER.sign(out.getvalue())


def backdated():
    """The signature's own date moved by a digit: bytes that it covers."""
    at = ONCE.index(b"/M (D") + len(b"/M (D\\072")
    return ONCE[:at] + b"19" + ONCE[at + 2 :]


def locked():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(ANOTHER))
    writer.encrypt("x")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("upload", "reason"),
    [
        (ISSUED, "without any signature"),
        (ISSUED + b"\n", "without any signature"),
        (altered_before(), "not the issued paper"),
        (SIGNER.sign(ANOTHER), "not the issued paper"),
        (with_page_changed(ISSUED), "changed and not signed"),
        (SIGNER.sign(with_page_changed(ISSUED)), "shows something else"),
        (with_page_changed(ONCE), "shows something else"),
        (with_page_changed(OTHER.sign(ONCE, "Signature2", BOX)), "shows something else"),
        (appended_document(), "shows something else"),
        (backdated(), "broken"),
        (ISSUED + b"x" * 4000, "cannot be read"),
        (ONCE[:-900], "cannot be read"),
        (ISSUED + b"x" * (MOST_ADDED + 1), "More was added"),
        (locked(), "password"),
    ],
    ids=[
        *("unsigned", "unsigned_line_end", "altered_then_signed", "other_paper", "page_changed"),
        *("page_changed_then_signed", "signed_then_page_changed", "two_signed_then_changed"),
        *("appended_document", "broken", "rubbish", "cut_off", "huge", "encrypted"),
    ],
)
def test_anything_else_is_refused_and_says_why(upload, reason):
    with pytest.raises(Refused, match=reason):
        read(upload)
