"""Printings in the background: what a dossier holds, for whom, and that a stop loses nothing."""

import datetime
import hashlib
import io
import json
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test import TestCase
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from awards import permissions as may
from awards import tasks
from awards import transitions as awards
from awards.documents import papers as documents
from awards.documents.examining import TOO_MUCH, OutOfBounds
from awards.documents.papers import PaperKey, print_paper
from awards.documents.pdf import DocumentError
from awards.jobs import SILENCE
from awards.models import (
    DocumentKind,
    IssuedDocument,
    JobKind,
    JobStatus,
    PrintJob,
    PrintPart,
    SignedCopy,
)
from awards.transitions import printing
from blocs.workflow import IllegalMove
from scoring.models import Evidence
from tests.awards.meetings import Meeting
from tests.racing import first_holding, rows
from tests.worlds import fresh

REPORT = PaperKey(DocumentKind.REPORT)


def sheet_of_pdf():
    out = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def hand_in(world, name, code, *, data=None, file_name="Minh chứng.pdf", **more):
    """A document in a member's library, whatever the phase."""
    data = sheet_of_pdf() if data is None else data
    sheet = world.sheet(name)
    document = Evidence(
        sheet=sheet,
        kind="file",
        title=f"Văn bản của {name}",
        original_name=file_name,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        added_by=world.officer(name),
        added_at=timezone.now(),
        **more,
    )
    document.file.save("x", ContentFile(data), save=False)
    document.save()
    document.scores.add(world.score(name, code))
    return document


def worked(job):
    """The printing after a worker has been at it."""
    tasks.make_printing.func(job.pk)
    return PrintJob.objects.get(pk=job.pk)


def made(review, by):
    job = worked(awards.ask_dossier(review, by=by))
    assert job.status == JobStatus.DONE, job.problem
    return job


def stop_at(monkeypatch, count, stop):
    """Part number ``count`` stops the worker; returns the parts that were begun."""
    begun, make = [], printing.make

    def stopping(part, review, out):
        begun.append(part.position)
        if len(begun) == count:
            raise stop
        return make(part, review, out)

    monkeypatch.setattr(printing, "make", stopping)
    return begun


def silence(job):
    """Long ago, as far as the worker's last sign of life goes."""
    long_ago = timezone.now() - 1.1 * SILENCE
    PrintJob.objects.filter(pk=job.pk).update(seen_at=long_ago)
    return PrintJob.objects.get(pk=job.pk)


class DossierTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = Meeting().submit()
        cls.review = cls.world.review

    @pytest.fixture(autouse=True)
    def monkeypatching(self, monkeypatch):
        self.monkeypatch = monkeypatch

    def test_papers_come_first_in_order_then_the_evidence_by_member_and_criterion(self):
        hand_in(self.world, "a1", "I.2")
        hand_in(self.world, "a1", "I.1", file_name="../Ảnh\u202e.pdf")
        job = made(self.review, self.world.board)
        parts = list(job.parts.values_list("folder", "file_name"))
        papers = [name for folder, name in parts if folder == "01 Văn bản"]
        assert [name[:3] for name in papers] == [f"{at:02} " for at in range(1, len(papers) + 1)]
        assert papers[-1].endswith(".pdf")
        assert parts[len(papers) :] == [
            ("03 Minh chứng/01 Sở a1/I.1", "Ảnh.pdf"),
            ("03 Minh chứng/01 Sở a1/I.2", "Minh chứng.pdf"),
        ]

    def test_issued_papers_go_in_byte_for_byte_and_the_others_say_that_they_are_drafts(self):
        IssuedDocument.objects.filter(kind=DocumentKind.MINUTES).update(status="withdrawn")
        job = made(self.review, self.world.board)
        issued = IssuedDocument.objects.get(kind=DocumentKind.REPORT)
        assert job.parts.get(source=f"issued:{issued.pk}").sha256 == issued.sha256
        draft = job.parts.get(source="draft:minutes")
        assert draft.title.endswith("(dự thảo)")

    def test_the_latest_signed_copy_of_an_issued_paper_stands_beside_it(self):
        issued = IssuedDocument.objects.get(kind=DocumentKind.REPORT)
        for text in (b"%PDF-1 first", b"%PDF-1 second"):
            copy = SignedCopy(
                document=issued, kind="scan", name="Bản quét.pdf", size=len(text),
                content_type="application/pdf", sha256=hashlib.sha256(text).hexdigest(),
                at=timezone.now(), by=self.world.leader,
            )  # fmt: skip
            copy.file.save("x.pdf", ContentFile(text))
        job = made(self.review, self.world.board)
        copies = job.parts.filter(folder="02 Bản đã ký")
        found = [(part.file_name, part.sha256, part.problem) for part in copies]
        assert found == [("Bản quét.pdf", copy.sha256, "tệp PDF bị hỏng")]

    def test_the_archive_agrees_with_its_manifest_and_the_volume_has_all_pages(self):
        hand_in(self.world, "a2", "I.1")
        job = made(self.review, self.world.board)
        call_command("check_dossier", job.archive.path, stdout=io.StringIO())
        with job.pdf.open() as file, pikepdf.open(file) as volume:
            assert volume.pages[-1].label == str(job.pages)
        assert job.pages == sum(job.parts.values_list("pages", flat=True))
        assert hashlib.sha256(Path(job.archive.path).read_bytes()).hexdigest() == job.archive_sha256
        assert not job.parts.exclude(file="").exists()  # the archive has them
        again = made(self.review, self.world.board)
        assert (again.archive_sha256, again.pdf_sha256) == (job.archive_sha256, job.pdf_sha256)
        with Path(job.archive.path).open("r+b") as file:
            file.write(b"XX")
        with pytest.raises(CommandError):
            call_command("check_dossier", job.archive.path, stderr=io.StringIO())

    def test_a_member_gets_its_own_evidence_and_is_told_what_it_may_not_see(self):
        for name in ("a2", "a3"):
            hand_in(self.world, name, "I.1")
        job = made(self.review, self.world.head("a3"))
        titles = dict(job.parts.values_list("title", "problem"))
        assert titles["Văn bản của a3"] == ""
        assert "Văn bản của a2" not in titles
        assert "không có quyền xem" in titles["Minh chứng của Sở a2"]

    def test_what_is_missing_altered_locked_or_no_pdf_is_told_and_stops_nothing(self):
        locked = io.BytesIO()
        with pikepdf.open(io.BytesIO(sheet_of_pdf())) as pdf:
            pdf.save(locked, encryption=pikepdf.Encryption(user="x", owner="y"))
        gone = hand_in(self.world, "a1", "I.1", file_name="gone.pdf")
        gone.file.storage.delete(gone.file.name)
        altered = hand_in(self.world, "a1", "I.1", file_name="altered.pdf")
        Path(altered.file.path).write_bytes(b"%PDF-1.7 other")
        hand_in(self.world, "a1", "I.1", file_name="locked.pdf", data=locked.getvalue())
        hand_in(self.world, "a1", "I.1", file_name="text.docx", data=b"PK\x03\x04")
        job = made(self.review, self.world.board)
        found = {p.file_name: (bool(p.sha256), p.problem) for p in job.parts.exclude(problem="")}
        assert found["gone.pdf"] == (False, "không tìm thấy tệp")
        assert found["altered.pdf"] == (False, "tệp đã khác so với khi tải lên")
        assert found["locked.pdf"] == (True, "tệp PDF có mật khẩu")
        assert found["text.docx"][0]
        with zipfile.ZipFile(job.archive.path) as archive:
            listing = archive.read("MANIFEST.txt").decode()
        assert listing.count("THIẾU:") == 2

    def test_only_what_counts_now_goes_in(self):
        old = hand_in(self.world, "a1", "I.1", file_name="old.pdf")
        hand_in(self.world, "a1", "I.1", file_name="new.pdf", replaces=old)
        now, by = timezone.now(), self.world.officer("a1")
        hand_in(self.world, "a1", "I.1", file_name="out.pdf", removed_at=now, removed_by=by)
        job = made(self.review, self.world.board)
        names = set(job.parts.filter(folder__contains="Minh").values_list("file_name", flat=True))
        assert names & {"old.pdf", "new.pdf", "out.pdf"} == {"new.pdf"}

    # --- stops

    def test_a_killed_worker_loses_at_most_one_part(self):
        for code in ("I.1", "I.2"):
            hand_in(self.world, "a1", code)
        begun = stop_at(self.monkeypatch, 3, SystemExit())
        job = awards.ask_dossier(self.review, by=self.world.board)
        with pytest.raises(SystemExit):
            worked(job)
        kept = dict(job.parts.exclude(sha256="").values_list("position", "sha256"))
        assert sorted(kept) == [1, 2]
        job = PrintJob.objects.get(pk=job.pk)
        assert job.status == JobStatus.RUNNING
        job = worked(awards.resume(silence(job), by=self.world.board))
        assert job.status == JobStatus.DONE
        after = dict(job.parts.filter(position__in=kept).values_list("position", "sha256"))
        assert after == kept
        assert [at for at in begun if at in kept] == [1, 2]  # each made once

    def test_a_task_that_was_lost_before_it_began_is_queued_again(self):
        job = awards.ask_dossier(self.review, by=self.world.board)
        with pytest.raises(IllegalMove):  # it may yet come
            awards.resume(job, by=self.world.board)
        long_ago = timezone.now() - datetime.timedelta(days=40)
        PrintJob.objects.update(asked_at=long_ago)
        assert awards.ask_dossier(self.review, by=self.world.board) == job
        waiting = DBTaskResult.objects.count()
        job = awards.resume(PrintJob.objects.get(pk=job.pk), by=self.world.board)
        assert DBTaskResult.objects.count() == waiting + 1
        PrintJob.objects.update(seen_at=long_ago)
        assert printing.clear_printings(timezone.now()) == 1
        worked_at_nothing = tasks.make_printing.func(job.pk)
        assert worked_at_nothing is None

    def test_what_was_made_for_an_agency_stays_behind_when_the_person_moves(self):
        officer = self.world.secretary
        job = made(self.review, officer)
        assert may.can_use_job(officer, job, self.review)
        officer.agency = self.world.agencies["a3"]
        officer.save()
        assert not may.can_use_job(fresh(officer), job, self.review)
        assert may.can_print_dossier(fresh(officer), self.review)

    def test_a_failure_says_why_and_the_rest_is_made_afterwards(self):
        begun = stop_at(self.monkeypatch, 2, DocumentError("Tinos.ttf"))
        job = worked(awards.ask_dossier(self.review, by=self.world.board))
        assert (job.status, job.problem) == (JobStatus.FAILED, "Tinos.ttf")
        job = worked(awards.resume(job, by=self.world.board))
        assert (job.status, job.problem) == (JobStatus.DONE, "")
        assert begun.count(1) == 1

    def test_a_mistake_of_the_portal_goes_into_the_log_and_is_told_in_plain_words(self):
        stop_at(self.monkeypatch, 1, ZeroDivisionError("secret detail"))
        job = awards.ask_dossier(self.review, by=self.world.board)
        with pytest.raises(ZeroDivisionError):
            worked(job)
        job.refresh_from_db()
        assert job.status == JobStatus.FAILED
        assert "secret" not in job.problem

    def test_what_is_at_work_is_not_begun_again(self):
        job = awards.ask_dossier(self.review, by=self.world.board)
        stop_at(self.monkeypatch, 1, SystemExit())
        with pytest.raises(SystemExit):
            worked(job)
        job.refresh_from_db()
        with pytest.raises(IllegalMove):
            awards.resume(job, by=self.world.board)
        assert worked(job).status == JobStatus.RUNNING  # a second worker leaves it alone

    def test_a_worker_taken_for_dead_writes_nothing_more(self):
        job, make = awards.ask_dossier(self.review, by=self.world.board), printing.make

        def overtaken(part, review, out):
            if part.position == 2:
                self.monkeypatch.setattr(printing, "make", make)
                worked(awards.resume(silence(job), by=self.world.board))
            return make(part, review, out)

        self.monkeypatch.setattr(printing, "make", overtaken)
        job = worked(job)
        assert job.status == JobStatus.DONE
        states = list(job.changes.values_list("to_status", flat=True))
        assert states == ["running", "queued", "running", "done"]
        assert not job.parts.exclude(file="").exists()
        assert len(list(Path(job.pdf.path).parent.iterdir())) == 2  # the volume and the archive

    def test_what_is_asked_for_twice_is_made_once(self):
        first = awards.ask_dossier(self.review, by=self.world.board)
        assert awards.ask_dossier(self.review, by=self.world.board) == first
        assert awards.ask_dossier(self.review, by=self.world.leader) != first
        assert DBTaskResult.objects.count() == 2

    def test_what_another_agency_left_in_the_queue_hinders_nobody(self):
        left = awards.ask_dossier(self.review, by=self.world.board)
        PrintJob.objects.filter(pk=left.pk).update(agency=self.world.agencies["a3"])
        mine = awards.ask_dossier(self.review, by=self.world.board)
        assert mine != left
        assert mine.agency_id == self.world.board.agency_id
        assert worked(left).status == JobStatus.FAILED

    def test_uploads_that_unfold_too_far_together_are_left_out_of_the_volume(self):
        hand_in(self.world, "a1", "I.1")

        def too_much(*_args, **_more):
            raise OutOfBounds

        self.monkeypatch.setattr(printing, "bind_within_bounds", too_much)
        job = made(self.review, self.world.board)
        assert job.status == JobStatus.DONE
        with zipfile.ZipFile(job.archive) as archive:
            manifest = json.loads(archive.read("manifest.json"))
        entries = {one["source"].partition(":")[0]: one for one in manifest["files"]}
        assert entries["evidence"]["not_bound"] == TOO_MUCH
        assert not entries["evidence"]["pages"]
        assert entries["issued"]["pages"]

    def test_rights_are_asked_again_when_it_is_made(self):
        job = awards.ask_dossier(self.review, by=self.world.board)
        other = self.world.agencies["a3"]
        type(self.world.board).objects.filter(pk=self.world.board.pk).update(agency=other)
        type(self.review).objects.filter(pk=self.review.pk).update(status="appraisal")
        job = worked(job)
        assert job.status == JobStatus.FAILED
        assert not job.parts.exists()

    # --- clearing

    def test_old_printings_go_with_their_files_and_young_ones_stay(self):
        old, young = (made(self.review, by) for by in (self.world.board, self.world.leader))
        month = timezone.now() - datetime.timedelta(days=31)
        PrintJob.objects.filter(pk=old.pk).update(asked_at=month)
        left = Path(old.pdf.path).with_name("left-by-a-killed-worker")
        left.write_bytes(b"x")
        call_command("clear_printings", "--older-than", "30", stdout=io.StringIO())
        assert list(PrintJob.objects.all()) == [young]
        assert not left.parent.exists()
        assert Path(young.pdf.path).exists()
        assert not PrintPart.objects.filter(job=old.pk).exists()
        assert IssuedDocument.objects.exists()


class LongPaperTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = Meeting().close()
        cls.review = cls.world.review

    def ask(self, number="07", by=None, kind=JobKind.ISSUE):
        more = {"number": number, "dated": datetime.date(2025, 2, 21)}
        return awards.ask_paper(self.review, REPORT, kind=kind, by=by or self.world.leader, **more)

    def test_a_draft_is_made_as_the_request_would_have_made_it(self):
        job = worked(self.ask(kind=JobKind.DRAFT))
        with job.pdf.open() as file:
            content = file.read()
        assert content == print_paper(self.review, REPORT)
        assert hashlib.sha256(content).hexdigest() == job.pdf_sha256

    def test_an_issue_in_the_background_is_done_once(self):
        job = worked(self.ask())
        assert (job.status, IssuedDocument.objects.get().number) == (JobStatus.DONE, "07")
        assert worked(job).status == JobStatus.DONE
        assert IssuedDocument.objects.count() == 1

    def test_an_issue_under_another_number_waits_for_the_first(self):
        first = self.ask(number="5")
        assert self.ask(number="05") == first
        with pytest.raises(IllegalMove, match=r"05.*21/02/2025"):
            self.ask(number="06")

    def test_nothing_is_locked_while_a_long_paper_is_printed(self):
        outside, depths, print_pdf = len(connection.savepoint_ids), [], documents.to_pdf

        def noted(*args, **kwargs):
            depths.append(len(connection.savepoint_ids))
            return print_pdf(*args, **kwargs)

        with replaced(documents, "to_pdf", noted):
            assert worked(self.ask()).status == JobStatus.DONE
        assert depths == [outside]

    def test_what_changed_after_it_was_printed_is_printed_anew(self):
        ahead = printing.print_ahead

        def overtaken(review, *args, **kwargs):
            printed = ahead(review, *args, **kwargs)
            by = self.world.secretary
            awards.write_text(review, REPORT, section="opening", text="Sau", version=0, by=by)
            return printed

        with replaced(printing, "print_ahead", overtaken):
            worked(self.ask())
        dated = datetime.date(2025, 2, 21)
        paper = IssuedDocument.objects.get()
        now = print_paper(self.review, REPORT, number="07", dated=dated, token=paper.token)
        assert bytes(paper.content) == now

    def test_a_worker_killed_while_issuing_has_not_issued(self):
        with killed_after_issuing(), pytest.raises(SystemExit):
            worked(job := self.ask())
        assert not IssuedDocument.objects.exists()
        job = worked(awards.resume(silence(job), by=self.world.leader))
        assert job.status == JobStatus.DONE
        assert IssuedDocument.objects.get().version == 1

    def test_only_who_may_issue_at_once_may_issue_in_the_background(self):
        for by in (self.world.secretary, self.world.head("a2"), self.world.board):
            with pytest.raises(PermissionDenied):
                self.ask(by=by)
        assert not PrintJob.objects.exists()


@contextmanager
def killed_after_issuing():
    """The machine goes off between the issue and the end of its transaction."""
    issue = printing.issue

    def killed(*args, **kwargs):
        issue(*args, **kwargs)
        raise SystemExit

    with replaced(printing, "issue", killed):
        yield


@contextmanager
def replaced(module, name, other):
    former = getattr(module, name)
    setattr(module, name, other)
    try:
        yield
    finally:
        setattr(module, name, former)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_ask_for_one_dossier():
    world = Meeting().submit()
    board, review = world.board, world.review

    def click():
        awards.ask_dossier(review, by=board)

    with first_holding(rows(review), click):
        awards.ask_dossier(review, by=board)
    assert PrintJob.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_with_one_printing_wait_and_one_makes_it():
    world = Meeting().submit()
    job = awards.ask_dossier(world.review, by=world.board)

    def second_worker():
        tasks.make_printing.func(job.pk)

    with first_holding(rows(job), second_worker):
        PrintJob.objects.filter(pk=job.pk).update(status=JobStatus.RUNNING)
    assert not job.parts.exists()
