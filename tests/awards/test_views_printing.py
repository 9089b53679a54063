"""The pages of printings: whose they are, what they tell, and what long papers do to a request."""

import datetime

import pytest
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from awards import transitions as awards
from awards.documents import effort
from awards.jobs import SILENCE
from awards.models import IssuedDocument, JobStatus, PrintJob
from tests.awards.meetings import Meeting
from tests.awards.test_printing import worked
from tests.forms import fields_of, signed_in


def moment(**ago):
    return timezone.now() - datetime.timedelta(**ago)


class DossierPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = Meeting().submit()
        cls.page = reverse("awards:dossier_print", args=cls.world.review.url_args)

    def job(self, by=None, **fields):
        job = awards.ask_dossier(self.world.review, by=by or self.world.board)
        PrintJob.objects.filter(pk=job.pk).update(**fields)
        job.refresh_from_db()
        return job

    def read(self, job, by=None, **headers):
        return signed_in(by or self.world.board).get(job.get_absolute_url(), headers=headers)

    def test_the_board_asks_for_the_dossier_and_fetches_its_files(self):
        client = signed_in(self.world.board)
        fields_of(client.get(self.page))  # there is a form
        answer = client.post(self.page)
        job = worked(PrintJob.objects.get())
        assert answer.url == job.get_absolute_url()
        page = client.get(answer.url).content.decode()
        assert job.pdf_sha256 in page
        assert job.archive_sha256 in page
        for name, magic, suffix in (("pdf", b"%PDF-", ".pdf"), ("archive", b"PK", ".zip")):
            answer = client.get(reverse(f"awards:job_{name}", args=[job.pk]))
            assert b"".join(answer.streaming_content).startswith(magic)
            assert answer["Content-Disposition"].startswith("attachment;")
            assert answer["Content-Disposition"].rstrip('"').endswith(suffix)
            assert answer["X-Content-Type-Options"] == "nosniff"
        assert job.archive_sha256 in client.get(self.page).content.decode()

    def test_a_printing_is_seen_by_who_asked_and_nobody_else(self):
        job = worked(self.job())
        for user in (self.world.leader, self.world.secretary, self.world.head("a3")):
            client = signed_in(user)
            for name in ("job_detail", "job_pdf", "job_archive"):
                url = reverse(f"awards:{name}", args=[job.pk])
                assert client.get(url).status_code == 404
            assert client.post(reverse("awards:job_resume", args=[job.pk])).status_code == 404
            assert str(job.get_absolute_url()) not in client.get(self.page).content.decode()

    def test_who_lost_the_right_loses_the_files_that_were_made(self):
        job = worked(self.job())
        type(self.world.review).objects.filter(pk=self.world.review.pk).update(status="submission")
        for name in ("job_detail", "job_pdf", "job_archive"):
            url = reverse(f"awards:{name}", args=[job.pk])
            assert signed_in(self.world.board).get(url).status_code == 403

    def test_progress_names_the_part_and_asks_for_itself_while_it_is_made(self):
        job = self.job(status=JobStatus.RUNNING, seen_at=timezone.now())
        for at, made_at in ((1, timezone.now()), (2, None), (3, None)):
            job.parts.create(
                position=at, title=f"Phần {at}", file_name="a", source="x", made_at=made_at
            )
        page = self.read(job, **{"hx-request": "true"}).content.decode()
        assert "1 of 3 parts are made. Now: Phần 2" in page
        assert 'hx-trigger="every 2s"' in page
        assert "<html" not in page
        assert 'class="no-js-only"' in page  # the way without a script
        job.parts.update(made_at=timezone.now())
        assert "being bound" in self.read(job).content.decode()

    def test_a_failure_shows_its_reason_and_the_button_to_go_on(self):
        job = self.job(status=JobStatus.FAILED, problem="Tinos.ttf <b>")
        page = self.read(job)
        assert "Tinos.ttf &lt;b&gt;" in page.content.decode()
        assert "hx-trigger" not in page.content.decode()
        fields_of(page, "/resume/")
        url = reverse("awards:job_resume", args=[job.pk])
        assert signed_in(self.world.board).post(url).url == job.get_absolute_url()
        job.refresh_from_db()
        assert job.status == JobStatus.QUEUED

    def test_a_worker_that_is_not_there_or_has_died_is_told(self):
        waiting = self.job()
        assert "background worker" not in self.read(waiting).content.decode()
        PrintJob.objects.update(asked_at=moment(seconds=31))
        assert "background worker" in self.read(waiting).content.decode()
        waiting.parts.create(position=1, title="Phần 1", file_name="a", source="x")  # gone on with
        assert "background worker" in self.read(waiting).content.decode()
        last_seen = moment(seconds=1) - SILENCE
        PrintJob.objects.update(status=JobStatus.RUNNING, seen_at=last_seen)
        page = self.read(waiting)
        assert "no sign of life" in page.content.decode()
        fields_of(page, "/resume/")

    def test_what_is_still_being_made_is_not_begun_again(self):
        job = self.job(status=JobStatus.RUNNING, seen_at=timezone.now())
        client = signed_in(self.world.board)
        answer = client.post(reverse("awards:job_resume", args=[job.pk]), follow=True)
        assert "This is still being made." in answer.content.decode()

    def test_the_number_of_queries_does_not_grow_with_printings_or_parts(self):
        client = signed_in(self.world.board)
        for count in (1, 3):
            while PrintJob.objects.count() < count:
                job = self.job(status=JobStatus.FAILED, problem="x")
                for at in range(count):
                    job.parts.create(
                        position=at, title="x", file_name="a", source="x", problem="fehlt"
                    )
            with self.assertNumQueries(5):  # session, user, its names, review, printings
                client.get(self.page)
            with self.assertNumQueries(7):  # ... printing, counts, part at work, left out
                client.get(job.get_absolute_url())


class LongPaperPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = Meeting().close()

    @pytest.fixture(autouse=True)
    def everything_is_long(self, monkeypatch):
        monkeypatch.setattr(effort, "LONGEST_IN_A_REQUEST", 0)

    def url(self, name):
        return reverse(f"awards:{name}", args=[*self.world.review.url_args, "report"])

    def test_the_draft_of_a_long_paper_leads_to_the_background(self):
        client = signed_in(self.world.head("a3"))
        assert client.get(self.url("document_draft")).url == self.url("paper_print")
        assert not PrintJob.objects.exists()  # a look makes nothing
        fields_of(client.get(self.url("paper_print")))
        job = worked(
            PrintJob.objects.get(pk=client.post(self.url("paper_print")).url.split("/")[-2])
        )
        answer = client.get(reverse("awards:job_pdf", args=[job.pk]))
        assert b"".join(answer.streaming_content).startswith(b"%PDF-")

    def test_the_issue_of_a_long_paper_goes_on_in_the_background(self):
        client = signed_in(self.world.leader)
        answer = client.post(self.url("document_issue"), {"number": "07", "dated": "21/02/2025"})
        job = PrintJob.objects.get()
        assert answer.url == job.get_absolute_url()
        worked(job)
        issued = IssuedDocument.objects.get()
        assert issued.number == "07"
        assert issued.get_absolute_url() in client.get(answer.url).content.decode()

    def test_a_refused_issue_keeps_what_was_typed(self):
        client = signed_in(self.world.leader)
        answer = client.post(self.url("document_issue"), {"number": "x/7", "dated": "21/02/2025"})
        assert answer.status_code == 422
        assert fields_of(answer)["number"] == "x/7"
        assert not PrintJob.objects.exists()
