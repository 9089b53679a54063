"""Evidence: attached with checks at the field, downloaded by readers and nobody else."""

from __future__ import annotations

import io
import unicodedata
import zipfile
from functools import cache

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from scoring import transitions as scoring
from scoring import uploads
from scoring.models import Evidence
from scoring.transitions.evidence import Document
from tests.forms import fields_of, signed_in
from tests.worlds import World, make_agency, make_user

from .sheets import url

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def build_world():
    return World().open_self_scoring()


@cache  # the archive bears the time
def docx() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return buffer.getvalue()


def page_of(world, code="I.1", agency="a3"):
    return url(world, "evidence_add", agency, world.score(agency, code).pk)


def upload(name="Báo cáo.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="text/html")


def attach(world, client=None, **fields):
    """A document attached to I.1; the tick is given unless a test leaves it out."""
    client = client or signed_in(world.officer("a3"))
    return client.post(page_of(world), {"not_secret": "on"} | fields)


def test_a_file_is_attached_with_its_number_and_date(world):
    client = signed_in(world.officer("a3"))
    page = client.get(page_of(world))
    assert "Never upload documents that are state secrets" in page.content.decode()
    fields = fields_of(page) | {
        "upload": upload(),
        "title": "Báo cáo tổng kết",
        "document_number": "12/BC-SNN",
        "document_date": "15/12/2024",
        "not_secret": "on",
    }
    answer = client.post(page_of(world), fields)
    assert answer.headers["Location"] == page_of(world)
    evidence = Evidence.objects.get()
    assert (evidence.title, evidence.document_number) == ("Báo cáo tổng kết", "12/BC-SNN")
    assert evidence.document_date.isoformat() == "2024-12-15"
    assert list(evidence.scores.all()) == [world.score("a3", "I.1")]
    assert "Báo cáo tổng kết" in client.get(url(world, "sheet_detail", "a3")).content.decode()


def test_a_link_is_attached(world):
    attach(world, url="https://travinh.gov.vn/bao-cao", title="Cổng tỉnh")
    evidence = Evidence.objects.get()
    assert evidence.url == "https://travinh.gov.vn/bao-cao"
    answer = signed_in(world.officer("a3")).get(
        reverse("scoring:evidence_download", args=[evidence.pk])
    )
    assert answer.status_code == 404, "a link is followed, not downloaded"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "upload"),
        ({"url": "https://a.vn", "upload": PDF}, "upload"),
        ({"url": "khong phai"}, "url"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"url": "ftp://a.vn/b"}, "url"),
        ({"url": "https://a.vn", "document_date": "15/12/24"}, "document_date"),
        ({"url": "https://a.vn", "title": "x" * 301}, "title"),
    ],
)
def test_wrong_input_is_refused_at_its_field(world, fields, field):
    if "upload" in fields:
        fields = {**fields, "upload": upload()}
    answer = attach(world, **fields)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Evidence.objects.current().exists()
    if "url" in fields:
        assert fields["url"] in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Báo cáo.pdf", b"MZ\x90\x00 a program with another name"),
        ("Báo cáo.docx", b"PK\x03\x04 no archive"),
        ("Trang.html", b"<script>alert(1)</script>"),
        ("Hình.svg", b"<svg onload='alert(1)'/>"),
        ("Chương trình.exe", b"MZ\x90\x00"),
        ("Trống.pdf", b""),
    ],
)
def test_a_file_is_what_its_bytes_are(world, name, content):
    answer = attach(world, upload=upload(name, content))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["upload"]
    assert not Evidence.objects.current().exists()


def test_a_file_over_20_mb_is_refused(world):
    answer = attach(world, upload=upload(content=PDF + b"0" * uploads.LARGEST))
    assert answer.status_code == 422
    (message,) = answer.context["form"].errors["upload"]
    assert "20" in message
    assert not Evidence.objects.current().exists()


def test_the_download_is_an_attachment_with_the_name_as_it_was(world):
    name = unicodedata.normalize("NFD", "Báo cáo số 12 – Sở Nông nghiệp.docx")
    attach(world, upload=upload(name, docx()))
    evidence = Evidence.objects.get()
    address = reverse("scoring:evidence_download", args=[evidence.pk])
    answer = signed_in(world.officer("a3")).get(address)
    assert b"".join(answer.streaming_content) == docx()
    disposition = answer.headers["Content-Disposition"]
    assert disposition.startswith("attachment; filename*=utf-8''B%C3%A1o%20c%C3%A1o")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == uploads.ACCEPTED[".docx"]
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_only_readers_of_the_sheet_download(world):
    attach(world, upload=upload())
    address = reverse("scoring:evidence_download", args=[Evidence.objects.get().pk])
    outsider = make_user("stranger", make_agency("outside"))
    for user in (outsider, world.head("a2"), world.leader, world.board):
        assert signed_in(user).get(address).status_code == 404
    assert signed_in(world.officer("a3")).post(address).status_code == 405
    for name in world.agencies:
        world.fill(name)
        scoring.submit(world.sheet(name), by=world.head(name))
    scoring.open_appraisal(world.review, by=world.leader)
    assert signed_in(world.leader).get(address).status_code == 200
    assert signed_in(world.head("a2")).get(address).status_code == 404


def test_a_document_of_the_library_proves_another_criterion(world):
    attach(world, upload=upload(), title="Báo cáo")
    evidence = Evidence.objects.get()
    client = signed_in(world.officer("a3"))
    address = page_of(world, "I.2")
    assert client.post(address, {"evidence": evidence.pk}).status_code == 302
    assert evidence.scores.count() == 2
    foreign = scoring.add_evidence(
        world.score("a2", "I.1"),
        title="Của đơn vị khác",
        by=world.officer("a2"),
        url="https://b.vn",
    )
    answer = client.post(address, {"evidence": foreign.pk})
    assert answer.status_code == 422
    assert foreign.scores.count() == 1


def test_a_document_that_proves_nothing_else_leaves_the_library(world):
    attach(world, upload=upload())
    evidence = Evidence.objects.get()
    client = signed_in(world.officer("a3"))
    score = world.score("a3", "I.1")
    address = url(world, "evidence_remove", "a3", score.pk, evidence.pk)
    assert client.get(address).status_code == 405
    fields = fields_of(client.get(page_of(world)), address)
    assert signed_in(world.head("a2")).post(address, fields).status_code == 404
    assert client.post(address, fields).headers["Location"] == page_of(world)
    assert not Evidence.objects.current().exists()


def test_nothing_is_attached_or_removed_once_the_sheet_is_submitted():
    world = World().open_self_scoring()
    for name in world.agencies:
        world.fill(name)
    attach(world, upload=upload())
    evidence = Evidence.objects.get()
    for name in world.agencies:
        scoring.submit(world.sheet(name), by=world.head(name))
    client = signed_in(world.officer("a3"))
    page = client.get(page_of(world))
    with pytest.raises(LookupError):
        fields_of(page)
    assert "The sheet has been submitted." in page.content.decode()
    refused = attach(world, client, upload=upload())
    assert refused.status_code == 422
    assert "The sheet has been submitted." in refused.content.decode()
    score = world.score("a3", "I.1")
    remove = url(world, "evidence_remove", "a3", score.pk, evidence.pk)
    assert client.post(remove).status_code == 403
    assert list(Evidence.objects.all()) == [evidence]


def test_without_the_tick_that_it_is_no_secret_nothing_is_attached(world):
    client = signed_in(world.officer("a3"))
    answer = client.post(page_of(world), {"upload": upload(), "title": "Đã gõ"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["not_secret"]
    assert fields_of(answer)["title"] == "Đã gõ"
    assert not Evidence.objects.exists()


def test_what_was_replaced_meanwhile_is_neither_reused_nor_detached(world):
    attach(world, upload=upload(), title="Báo cáo")
    old = Evidence.objects.get()
    client, score = signed_in(world.officer("a3")), world.score("a3", "I.1")
    by = world.head("a3")
    newer = scoring.replace_evidence(old, Document(upload=upload()), by=by)
    answer = client.post(page_of(world, "I.2"), {"evidence": old.pk})
    assert answer.status_code == 422
    address = url(world, "evidence_remove", "a3", score.pk, old.pk)
    page = client.post(address, follow=True)
    assert "was replaced or taken out in the meantime" in page.content.decode()
    assert list(Evidence.objects.current()) == [newer]


def test_the_appraiser_reads_evidence_but_attaches_none():
    world = World().open_appraisal()
    leader = signed_in(world.leader)
    assert leader.get(page_of(world)).status_code == 403
    assert attach(world, leader, upload=upload()).status_code == 403
    assert signed_in(world.deputy).get(page_of(world)).status_code == 404
