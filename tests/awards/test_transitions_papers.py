"""Text parts with versions; papers issued once, numbered once, and kept byte for byte."""

import datetime
import hashlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from awards import transitions as awards
from awards.documents.papers import PaperKey
from awards.models import DocumentKind, DocumentStatus, IssuedDocument, TextPart
from blocs.workflow import Stale
from tests.awards.meetings import Meeting
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db

DAY = datetime.date(2025, 2, 21)


def write(world, text="Năm qua…", version=0, by=None):
    return awards.write_text(
        world.review,
        PaperKey(DocumentKind.REPORT),
        section="opening",
        text=text,
        version=version,
        by=by or world.secretary,
    )


def build_world():
    return Meeting().close()


def test_the_secretariat_writes_the_texts_from_the_appraisal_on():
    world = Meeting().open_appraisal()
    part = write(world, "  Năm\xa0qua  ")
    assert (part.text, part.version) == ("Năm qua", 1)
    assert write(world, "Khác", version=1).version == 2


def test_a_colleagues_text_is_not_overwritten_unread():
    world = Meeting().open_appraisal()
    write(world, "Của tôi")
    with pytest.raises(Stale):
        write(world, "Của bạn", version=0)
    assert TextPart.objects.get().text == "Của tôi"


def test_nobody_else_writes_the_texts():
    world = Meeting().open_appraisal()
    stranger = make_user("stranger", make_agency("xa"))
    for user in (world.head("a2"), world.officer("a3"), world.board, stranger):
        with pytest.raises(PermissionDenied):
            write(world, by=user)
    assert not TextPart.objects.exists()


def test_no_text_is_written_before_the_appraisal():
    world = Meeting().submit_all()
    with pytest.raises(PermissionDenied):
        write(world)


def test_an_issued_paper_keeps_its_bytes(world):
    document = world.issue(DocumentKind.MINUTES, "05")
    stored = IssuedDocument.objects.get(pk=document.pk)
    content = bytes(stored.content)
    assert content.startswith(b"%PDF-")
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert (stored.version, stored.status) == (1, DocumentStatus.ISSUED)
    assert stored.issued_by == world.leader


def test_a_correction_is_a_new_version_and_the_former_stays(world):
    first = world.issue(DocumentKind.SUMMARY)
    before = bytes(first.content)
    second = world.issue(DocumentKind.SUMMARY)
    first.refresh_from_db()
    assert (first.status, second.status) == (DocumentStatus.REPLACED, DocumentStatus.ISSUED)
    assert (second.version, bytes(first.content)) == (2, before)


def test_a_taken_number_is_refused(world):
    world.issue(DocumentKind.REPORT, "05")
    with pytest.raises(ValidationError):
        world.issue(DocumentKind.REPORT, "05")
    document = IssuedDocument.objects.get()
    assert (document.version, document.status) == (1, DocumentStatus.ISSUED)


def test_a_paper_is_not_older_than_its_review(world):
    with pytest.raises(ValidationError):
        awards.issue(
            world.review,
            PaperKey(DocumentKind.SUMMARY),
            number="",
            dated=datetime.date(2023, 12, 31),
            by=world.leader,
        )


def test_only_the_head_of_the_leading_agency_issues_after_the_conference():
    world = Meeting().decide_all()
    with pytest.raises(PermissionDenied):
        world.issue(DocumentKind.SUMMARY)
    world = Meeting(slug="khoi-2", prefix="b").close()
    for user in (world.secretary, world.head("b2"), world.head("b3"), world.board):
        with pytest.raises(PermissionDenied):
            awards.issue(
                world.review, PaperKey(DocumentKind.SUMMARY), number="", dated=DAY, by=user
            )
    assert not IssuedDocument.objects.exists()
