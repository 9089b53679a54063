"""The library of evidence: versions replace each other, and what is taken out is gone or kept."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from blocs.workflow import Stale
from scoring import transitions as scoring
from scoring.models import Evidence
from scoring.transitions.evidence import Document
from tests.worlds import World

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n%%EOF\n"


def build_world():
    return World().open_self_scoring()


def file(name="Báo cáo.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def add(world, *codes, agency="a3", **more):
    document = Document(**{"title": "Báo cáo", "upload": file()} | more)
    scores = [world.score(agency, code) for code in codes or ("I.1",)]
    return scoring.add_document(
        world.sheet(agency), document, scores=scores, by=world.officer(agency)
    )


def codes_of(evidence):
    return sorted(score.criterion.code for score in evidence.scores.all())


def submit(world, name="a3"):
    world.fill(name)
    scoring.submit(world.sheet(name), by=world.head(name))


# --- adding


def test_a_document_proves_all_the_criteria_that_are_ticked(world):
    evidence = add(world, "I.1", "I.2", "T.1")
    assert codes_of(evidence) == ["I.1", "I.2", "T.1"]
    assert (evidence.added_by, evidence.size) == (world.officer("a3"), len(PDF))


def test_a_document_proves_at_least_one_criterion_of_its_own_sheet(world):
    sheet, by, document = world.sheet("a3"), world.officer("a3"), Document(url="https://a.vn")
    with pytest.raises(ValidationError):
        scoring.add_document(sheet, document, scores=[], by=by)
    with pytest.raises(ValidationError):
        scoring.add_document(sheet, document, scores=[world.score("a2", "I.1")], by=by)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.vn/x", "data:text/html,x", "x"])
def test_a_link_leads_to_a_web_page_only(world, url):
    with pytest.raises(ValidationError):
        add(world, upload=None, url=url)


def test_either_a_file_or_a_link(world):
    for more in ({"upload": None}, {"url": "https://a.vn"}):
        with pytest.raises(ValidationError):
            add(world, **more)


def test_the_criteria_of_a_document_are_named_anew(world):
    evidence, by = add(world, "I.1", "I.2"), world.officer("a3")
    scoring.set_proved(evidence, scores=[world.score("a3", "T.1")], by=by)
    assert codes_of(evidence) == ["T.1"]
    for scores in ([], [world.score("a2", "I.1")]):
        with pytest.raises(ValidationError):
            scoring.set_proved(evidence, scores=scores, by=by)
    assert codes_of(evidence) == ["T.1"]


# --- versions


def test_a_newer_version_takes_over_the_criteria_and_the_old_one_stays(world):
    old = add(world, "I.1", "I.2")
    new = scoring.replace_evidence(
        old, Document(title="Bản sửa", upload=file("Bản 2.pdf")), by=world.officer("a3")
    )
    assert list(Evidence.objects.current()) == [new]
    assert (codes_of(new), codes_of(old)) == (["I.1", "I.2"], ["I.1", "I.2"])
    assert default_storage.exists(old.file.name)
    assert new.replaces == old
    assert Evidence.objects.get(pk=old.pk).file.name != new.file.name


def test_what_was_replaced_or_taken_out_meanwhile_is_not_touched_again(world):
    old, by = add(world, "I.1", "I.2"), world.officer("a3")
    scoring.replace_evidence(old, Document(upload=file()), by=by)
    out = add(world, "I.3")
    scoring.take_out(out, by=by)
    score = world.score("a3", "T.1")
    for stale in (old, out):
        with pytest.raises(Stale):
            scoring.replace_evidence(stale, Document(upload=file()), by=by)
        with pytest.raises(Stale):
            scoring.set_proved(stale, scores=[score], by=by)
        with pytest.raises(Stale):
            scoring.attach_evidence(score, stale, by=by)
        with pytest.raises(Stale):
            scoring.remove_evidence(world.score("a3", "I.1"), stale, by=by)
    with pytest.raises(Stale):
        scoring.take_out(out, by=by)
    assert Evidence.objects.count() == 3


def test_the_database_keeps_one_newer_version_only(world):
    old = add(world)
    newer = scoring.replace_evidence(old, Document(upload=file()), by=world.officer("a3"))
    again = Evidence.objects.get(pk=newer.pk)
    again.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


# --- taking out


def test_before_the_first_submission_the_bytes_of_all_versions_are_erased(
    world, django_capture_on_commit_callbacks
):
    old, by = add(world, "I.1", "I.2"), world.officer("a3")
    new = scoring.replace_evidence(old, Document(upload=file()), by=by)
    with django_capture_on_commit_callbacks() as callbacks:
        scoring.take_out(new, by=by)
    assert default_storage.exists(new.file.name), "not before the transaction holds"
    for callback in callbacks:
        callback()
    for version in (old, new):
        kept = Evidence.objects.get(pk=version.pk)
        assert (kept.is_erased, kept.removed_by) == (True, by)
        assert kept.sha256, "what the file was stays written"
        assert not default_storage.exists(version.file.name)
    assert codes_of(new) == ["I.1", "I.2"], "what it proved stays known"


def test_a_file_stays_when_the_deed_fails(world, django_capture_on_commit_callbacks):
    evidence = add(world)
    with (
        django_capture_on_commit_callbacks(execute=True),
        pytest.raises(RuntimeError),
        transaction.atomic(),
    ):
        scoring.take_out(evidence, by=world.officer("a3"))
        raise RuntimeError
    assert Evidence.objects.get(pk=evidence.pk).is_current
    assert default_storage.exists(evidence.file.name)


def test_a_former_version_alone_can_be_erased_before_the_first_submission(
    world, django_capture_on_commit_callbacks
):
    old, by = add(world), world.officer("a3")
    new = scoring.replace_evidence(old, Document(upload=file()), by=by)
    with django_capture_on_commit_callbacks(execute=True):
        scoring.take_out(old, by=by)
    assert list(Evidence.objects.current()) == [new]
    assert not default_storage.exists(old.file.name)
    assert default_storage.exists(new.file.name)


def test_after_a_first_submission_the_bytes_stay(world, django_capture_on_commit_callbacks):
    old = add(world, "I.1")
    submit(world)
    scoring.recall(world.sheet("a3"), by=world.head("a3"))
    by = world.officer("a3")
    new = scoring.replace_evidence(old, Document(upload=file()), by=by)
    with pytest.raises(ValidationError):
        scoring.take_out(old, by=by)
    with django_capture_on_commit_callbacks(execute=True):
        scoring.take_out(new, by=by)
    for version in (old, new):
        kept = Evidence.objects.get(pk=version.pk)
        assert (kept.is_erased, kept.removed_by) == (False, by)
        assert default_storage.exists(version.file.name)
    assert not Evidence.objects.current().exists()


def test_detaching_the_last_criterion_takes_the_document_out(
    world, django_capture_on_commit_callbacks
):
    evidence, by = add(world, "I.1", "I.2"), world.officer("a3")
    with django_capture_on_commit_callbacks(execute=True):
        scoring.remove_evidence(world.score("a3", "I.1"), evidence, by=by)
    assert codes_of(evidence) == ["I.2"]
    assert default_storage.exists(evidence.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        scoring.remove_evidence(world.score("a3", "I.2"), evidence, by=by)
    assert Evidence.objects.get(pk=evidence.pk).is_erased
    assert not default_storage.exists(evidence.file.name)


def test_a_link_has_nothing_to_erase(world):
    evidence = add(world, upload=None, url="https://a.vn")
    scoring.take_out(evidence, by=world.officer("a3"))
    kept = Evidence.objects.get(pk=evidence.pk)
    assert (kept.is_erased, kept.removed_at is None) == (False, False)


# --- who and when


def test_only_the_own_agency_keeps_its_library_and_only_while_the_sheet_is_open(world):
    evidence = add(world)
    score, document = world.score("a3", "I.2"), Document(url="https://a.vn")
    deeds = (
        lambda by: scoring.add_document(world.sheet("a3"), document, scores=[score], by=by),
        lambda by: scoring.replace_evidence(evidence, document, by=by),
        lambda by: scoring.set_proved(evidence, scores=[score], by=by),
        lambda by: scoring.take_out(evidence, by=by),
    )
    for deed in deeds:
        for by in (world.leader, world.officer("a2"), world.board):
            with pytest.raises(PermissionDenied):
                deed(by)
    submit(world)
    for deed in deeds:
        with pytest.raises(PermissionDenied):
            deed(world.officer("a3"))
    assert list(Evidence.objects.current()) == [evidence]
    assert codes_of(evidence) == ["I.1"]
