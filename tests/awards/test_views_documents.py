"""The papers: drafts, texts that two people edit, issue, and the bytes that were issued."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from awards import transitions as awards
from awards.documents.papers import PaperKey, sections_of
from awards.documents.richtext import LONGEST
from awards.documents.word import MEDIA_TYPE
from awards.models import DocumentKind, IssuedDocument, TextPart
from awards.readiness import REQUIRED_PAPERS
from tests.awards.meetings import Meeting
from tests.forms import fields_of, signed_in
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db

KINDS = REQUIRED_PAPERS


def url(world, name="document_list", *more):
    return reverse(f"awards:{name}", args=[*world.review.url_args, *more])


def build_world():
    return Meeting().plan()


# --- who reads


def test_the_papers_are_read_by_members_once_the_table_is_circulated():
    world = Meeting().appraise_all()
    stranger = make_user("stranger", make_agency("xa"))
    assert signed_in(stranger).get(url(world)).status_code == 404
    assert signed_in(world.secretary).get(url(world)).status_code == 200
    for user in (world.head("a2"), world.officer("a3"), world.board):
        page = signed_in(user).get(url(world))
        assert page.status_code == 200
        assert url(world, "document_detail", "covenant") in page.content.decode()
        assert url(world, "document_detail", "summary") not in page.content.decode()
        for name in ("document_detail", "document_draft"):
            assert signed_in(user).get(url(world, name, "summary")).status_code == 403


def test_members_see_no_deeds_and_the_board_waits_for_the_dossier(world):
    for address in (url(world), url(world, "document_detail", "minutes")):
        page = signed_in(world.officer("a3")).get(address)
        assert page.status_code == 200
        for deed in ("/text/", "/issue/", "/withdraw/", "/copies/"):
            assert deed not in page.content.decode()
    seen = signed_in(world.board).get(url(world)).content.decode()
    assert url(world, "document_detail", "minutes") not in seen
    page = signed_in(world.board).get(url(world, "document_detail", "minutes"))
    assert page.status_code == 403


def test_the_secretariat_sees_why_a_paper_cannot_be_issued_yet(world):
    page = signed_in(world.leader).get(url(world, "document_detail", "report")).content.decode()
    assert "Papers are issued after the conference, before the dossier goes out." in page


def test_every_draft_is_a_pdf_shown_in_place():
    world = Meeting().close()
    client = signed_in(world.head("a3"))
    for kind in KINDS:
        answer = client.get(url(world, "document_draft", kind))
        assert answer.content.startswith(b"%PDF-")
        assert answer["Content-Type"] == "application/pdf"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"].startswith("inline;")
    assert client.get(url(world, "document_draft", "letter")).status_code == 404
    assert client.post(url(world, "document_draft", "report")).status_code == 405


def test_a_word_copy_is_a_download_by_the_drafts_rights():
    world = Meeting().close()
    client = signed_in(world.head("a3"))
    answer = client.get(url(world, "document_word", "report"))
    assert answer.content.startswith(b"PK")
    assert answer["Content-Type"] == MEDIA_TYPE
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"] == 'attachment; filename="report-khoi-1-2024-draft.docx"'
    assert client.get(url(world, "document_word", "summary")).status_code == 404
    stranger = signed_in(make_user("stranger", make_agency("xa")))
    assert stranger.get(url(world, "document_word", "report")).status_code == 404


def test_a_word_copy_that_has_no_facts_yet_says_what_is_missing(world):
    client = signed_in(world.leader)
    answer = client.get(url(world, "document_word", "submission"), follow=True)
    assert answer.redirect_chain == [(url(world, "document_detail", "submission"), 302)]
    assert "At least one proposal" in answer.content.decode()


def test_only_papers_that_offices_finish_are_offered_for_word():
    world = Meeting().close()
    client = signed_in(world.secretary)
    for kind, offered in (("report", True), ("submission", True), ("summary", False)):
        page = client.get(url(world, "document_detail", kind)).content.decode()
        assert (url(world, "document_word", kind) in page) is offered
    page = client.get(reverse("awards:minutes_read", args=world.review.url_args)).content.decode()
    assert url(world, "document_word", "minutes") in page


# --- text parts


def test_all_parts_are_written_on_one_page():
    world = Meeting().open_appraisal()
    client = signed_in(world.secretary)
    page = url(world, "text_edit", "report")
    fields = fields_of(client.get(page))
    keys = [section.key for section in sections_of(DocumentKind.REPORT)]
    assert {f"{key}-text" for key in keys} < set(fields)
    fields |= {"opening-text": "# Mở đầu\r\n\r\nNăm\xa0qua, …", "limits-text": "- Chậm"}
    assert client.post(page, fields).url == page
    parts = dict(TextPart.objects.values_list("section", "text"))
    assert parts == {"opening": "# Mở đầu\n\nNăm qua, …", "limits": "- Chậm"}
    again = fields_of(client.get(page))
    assert again["opening-version"] == "1"
    client.post(page, again)  # nothing was changed, so nothing is written
    assert set(TextPart.objects.values_list("version", flat=True)) == {1}
    assert "2 of 15 text parts written" in " ".join(client.get(url(world)).content.decode().split())
    paper = client.get(url(world, "document_detail", "report")).content.decode()
    assert "Write the text parts (2 of 15)" in paper


def test_a_stale_part_shows_both_texts_and_the_others_are_saved():
    world = Meeting().open_appraisal()
    mine, theirs = signed_in(world.secretary), signed_in(world.leader)
    page = url(world, "text_edit", "minutes")
    fields = fields_of(mine.get(page))
    theirs.post(page, fields | {"opening-text": "Của họ", "report-text": "Chỉ của họ"})
    answer = mine.post(page, fields | {"opening-text": "Của tôi", "discussion-text": "Thảo luận"})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert "A colleague has changed this text in the meantime." in html
    assert "Của họ" in html
    parts = dict(TextPart.objects.values_list("section", "text"))
    assert parts == {"opening": "Của họ", "report": "Chỉ của họ", "discussion": "Thảo luận"}
    again = fields_of(answer)
    assert (again["opening-text"], again["opening-version"]) == ("Của tôi", "1")
    assert again["report-text"] == "Chỉ của họ"
    assert mine.post(page, again).status_code == 302
    parts = dict(TextPart.objects.values_list("section", "text"))
    assert parts == {"opening": "Của tôi", "report": "Chỉ của họ", "discussion": "Thảo luận"}


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"opening-text": "x" * (LONGEST + 1)}, "text"), ({"opening-version": "x"}, "version")],
)
def test_a_bad_part_is_told_and_shown_again(typed, field):
    world = Meeting().open_appraisal()
    client = signed_in(world.secretary)
    page = url(world, "text_edit", "report")
    fields = fields_of(client.get(page)) | {"opening-text": "Mở đầu"} | typed
    answer = client.post(page, fields)
    assert answer.status_code == 422
    forms = {form.section.key: form for form in answer.context["forms"]}
    assert list(forms["opening"].errors) == [field]
    assert fields_of(answer)["opening-text"] == fields["opening-text"]
    assert not TextPart.objects.exists()


def test_texts_are_the_secretariats(world):
    page = url(world, "text_edit", "report")
    stranger = make_user("stranger", make_agency("xa"))
    assert signed_in(stranger).get(page).status_code == 404
    for user in (world.head("a2"), world.officer("a3"), world.board):
        assert signed_in(user).get(page).status_code == 403
        assert signed_in(user).post(page, {}).status_code == 403
    client = signed_in(world.secretary)
    assert client.put(page).status_code == 405
    assert client.get(url(world, "text_edit", "summary")).status_code == 404


class IssueTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = Meeting().close()

    def post(self, kind="minutes", number="05", dated="21/02/2025", user=None, **more):
        client = signed_in(user or self.world.leader)
        page = url(self.world, "document_issue", kind)
        fields = fields_of(client.get(page)) if user is None else {}
        fields |= {"dated": dated, **more} | (
            {"number": number} if "number" in fields or user else {}
        )
        return client.post(page, fields)

    def test_issued_with_the_offices_number(self):
        answer = self.post(number="5")
        self.assertEqual(answer.url, url(self.world, "document_detail", "minutes"))
        document = IssuedDocument.objects.get()
        self.assertEqual((document.number, document.dated), ("05", datetime.date(2025, 2, 21)))
        client = signed_in(self.world.officer("a3"))
        self.assertIn("05/BB-KTĐ-khoi-1", client.get(url(self.world)).content.decode())
        page = client.get(answer.url).content.decode()
        self.assertIn(document.sha256, page)
        self.assertIn("05/BB-KTĐ-khoi-1", page)

    def test_the_annex_bears_no_number(self):
        fields = fields_of(
            signed_in(self.world.leader).get(url(self.world, "document_issue", "summary"))
        )
        self.assertEqual(list(fields), ["dated", "variant"])
        self.assertEqual(self.post("summary").status_code, 302)

    def test_today_is_filled_in(self):
        fields = fields_of(
            signed_in(self.world.leader).get(url(self.world, "document_issue", "report"))
        )
        self.assertEqual(fields["dated"], timezone.localdate().strftime("%d/%m/%Y"))

    def test_bad_numbers_and_days_are_told_at_the_field(self):
        later = timezone.localdate() + datetime.timedelta(days=1)
        for typed, field in (
            ({"number": ""}, "number"),
            ({"number": "\xa0"}, "number"),
            ({"number": "05/BB-KTĐ7"}, "number"),
            ({"number": "-5"}, "number"),
            ({"number": "1.000"}, "number"),
            ({"number": "năm"}, "number"),
            ({"number": "00"}, "number"),
            ({"variant": "pdf/x"}, "variant"),
            ({"dated": ""}, "dated"),
            ({"dated": "21/02/22"}, "dated"),
            ({"dated": "05/01/0022"}, "dated"),
            ({"dated": "30/02/2025"}, "dated"),
            ({"dated": "31/12/2023"}, "dated"),
            ({"dated": later.strftime("%d/%m/%Y")}, "dated"),
            ({"dated": "19/02/2025"}, "dated"),  # the conference was held on the 20th
        ):
            with self.subTest(typed=typed):
                answer = self.post(**typed)
                self.assertEqual(answer.status_code, 422)
                self.assertEqual(list(answer.context["form"].errors), [field])
                if field != "variant":  # a choice that is none is not drawn
                    self.assertEqual(fields_of(answer)[field], typed[field])
        self.assertFalse(IssuedDocument.objects.exists())

    def test_a_taken_number_is_told_and_the_paper_in_force_stays(self):
        self.post(number="05")
        answer = self.post(number="5")
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(list(answer.context["form"].errors), ["number"])
        self.assertIn("This number is taken", answer.content.decode())
        self.assertEqual(IssuedDocument.objects.get().status, "issued")

    def test_only_the_leader_issues(self):
        stranger = make_user("stranger", make_agency("xa"))
        self.assertEqual(self.post(user=stranger).status_code, 404)
        for user in (self.world.secretary, self.world.head("a2"), self.world.board):
            with self.subTest(user=user):
                self.assertEqual(self.post(user=user).status_code, 403)
        page = url(self.world, "document_issue", "report")
        self.assertEqual(signed_in(self.world.secretary).get(page).status_code, 403)
        self.assertEqual(signed_in(self.world.leader).put(page).status_code, 405)
        self.assertFalse(IssuedDocument.objects.exists())

    def test_the_stored_bytes_are_handed_out_to_those_who_may_read(self):
        document = self.world.issue(DocumentKind.SUMMARY)
        page = document.get_absolute_url()
        answer = signed_in(self.world.officer("a3")).get(page)
        self.assertEqual(answer.content, bytes(document.content))
        self.assertEqual(answer["Content-Type"], "application/pdf")
        self.assertEqual(answer["X-Content-Type-Options"], "nosniff")
        self.assertEqual(
            answer["Content-Disposition"], 'attachment; filename="summary-khoi-1-2024-v1.pdf"'
        )
        stranger = make_user("stranger", make_agency("xa"))
        self.assertEqual(signed_in(stranger).get(page).status_code, 404)
        self.assertEqual(signed_in(self.world.board).get(page).status_code, 403)
        self.assertEqual(signed_in(self.world.leader).post(page).status_code, 405)

    def test_a_former_version_can_still_be_read(self):
        first = self.world.issue(DocumentKind.SUMMARY)
        before = bytes(first.content)
        awards.write_text(
            self.world.review, PaperKey(DocumentKind.REPORT), section="opening", text="x",
            version=0, by=self.world.leader,
        )  # fmt: skip
        self.world.issue(DocumentKind.SUMMARY)
        client = signed_in(self.world.leader)
        self.assertEqual(client.get(first.get_absolute_url()).content, before)
        page = client.get(url(self.world, "document_detail", "summary")).content.decode()
        self.assertIn("Replaced", page)

    def test_the_query_counts_do_not_grow_with_versions_and_their_copies(self):
        client = signed_in(self.world.leader)
        for rows in (1, 3):
            while IssuedDocument.objects.count() < rows:
                document = self.world.issue(DocumentKind.SUMMARY)
                for name in ("a.pdf", "b.pdf")[:rows]:
                    scan = SimpleUploadedFile(name, b"%PDF-1.7 " + name.encode())
                    awards.attach_copy(document, scan, by=self.world.leader)
            paper = url(self.world, "document_detail", "summary")
            for page, queries in ((url(self.world), 15), (paper, 15)):
                with self.subTest(rows=rows, page=page), self.assertNumQueries(queries):
                    client.get(page)
