"""The library of evidence: read by the sheet's readers, searched, kept by its own agency."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from scoring import transitions as scoring
from scoring.models import Evidence
from scoring.transitions.evidence import Document
from tests.forms import fields_of, signed_in
from tests.worlds import World, make_agency, make_user

from .sheets import url

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n%%EOF\n"


def build_world():
    return World().open_self_scoring()


def file(name="Báo cáo.pdf"):
    return SimpleUploadedFile(name, PDF)


def add(world, *codes, agency="a3", **more):
    document = Document(**{"title": "Báo cáo", "upload": file()} | more)
    scores = [world.score(agency, code) for code in codes or ("I.1",)]
    return scoring.add_document(
        world.sheet(agency), document, scores=scores, by=world.officer(agency)
    )


def library(world, agency="a3"):
    return url(world, "evidence_list", agency)


def deed(world, name, evidence, agency="a3"):
    return url(world, f"evidence_{name}", agency, evidence.pk)


def titles(page):
    return [document.evidence.title for document in page.context["documents"]]


def submit_all(world):
    for name in world.agencies:
        world.fill(name)
        scoring.submit(world.sheet(name), by=world.head(name))
    scoring.open_appraisal(world.review, by=world.leader)


# --- reading


def test_an_empty_library_says_what_to_do_and_offers_no_list(world):
    page = signed_in(world.officer("a3")).get(library(world))
    assert page.status_code == 200
    html = page.content.decode()
    assert "The library is empty." in html
    assert url(world, "evidence_create", "a3") in html
    assert "<table" not in html
    assert (
        library(world)
        in signed_in(world.officer("a3")).get(url(world, "sheet_detail", "a3")).content.decode()
    )


def test_a_document_is_shown_with_all_that_identifies_it(world):
    evidence = add(world, "T.1", "I.1", document_number="12/BC-SNN")
    html = signed_in(world.officer("a3")).get(library(world)).content.decode()
    for text in ("Báo cáo.pdf", "12/BC-SNN", "PDF, 15", evidence.sha256, "I.1, T.1", "officer.a3"):
        assert text in html
    assert f"{evidence.sha256[:12]}…" in html
    assert reverse("scoring:evidence_download", args=[evidence.pk]) in html


def test_documents_come_in_the_order_of_the_criteria(world):
    for code, title in (("II.1", "Ba"), ("I.1", "Một"), ("I.3", "Hai")):
        add(world, code, title=title)
    page = signed_in(world.officer("a3")).get(library(world))
    assert titles(page) == ["Một", "Hai", "Ba"]


def test_former_versions_are_listed_below_with_who_replaced_them(world):
    old = add(world, title="Bản cũ")
    by = world.head("a3")
    new = scoring.replace_evidence(old, Document(title="Bản mới", upload=file()), by=by)
    page = signed_in(world.officer("a3")).get(library(world))
    assert titles(page) == ["Bản mới"]
    html = page.content.decode()
    assert "Version 2" in html
    assert "Version 1" in html
    assert "Replaced by head.a3" in html
    for version in (old, new):
        address = reverse("scoring:evidence_download", args=[version.pk])
        assert address in html
        assert signed_in(world.officer("a3")).get(address).status_code == 200


def test_what_was_taken_out_stands_apart_with_who_and_when(world):
    kept, out = add(world, title="Còn"), add(world, title="Đã rút")
    scoring.take_out(out, by=world.head("a3"))
    page = signed_in(world.officer("a3")).get(library(world))
    assert titles(page) == ["Còn"]
    assert [one.evidence.title for one in page.context["library"].taken_out] == ["Đã rút"]
    html = page.content.decode()
    assert "Taken out by head.a3" in html
    assert "file erased" in html
    assert reverse("scoring:evidence_download", args=[out.pk]) not in html
    assert reverse("scoring:evidence_download", args=[kept.pk]) in html


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Quyết định đầu tư", "Báo cáo năm"]),
        ({"q": "quyet dinh dau tu"}, ["Quyết định đầu tư"]),
        ({"q": "ĐẦU"}, ["Quyết định đầu tư"]),
        ({"q": "99/bc"}, ["Báo cáo năm"]),
        ({"q": "ban scan"}, ["Báo cáo năm"]),
        ({"q": "khong co"}, []),
        ({"criterion": "I.2"}, ["Báo cáo năm"]),
        ({"criterion": "I.1", "q": "bao cao nam"}, []),
        ({"criterion": "X.9"}, ["Quyết định đầu tư", "Báo cáo năm"]),
        ({"q": "x" * 101}, ["Quyết định đầu tư", "Báo cáo năm"]),
    ],
)
def test_words_with_or_without_marks_and_a_criterion_narrow_the_list(world, query, found):
    add(world, "I.1", title="Quyết định đầu tư")
    add(
        world,
        "I.2",
        title="Báo cáo năm",
        document_number="99/BC-SNN",
        upload=file("Bản scan.pdf"),
    )
    page = signed_in(world.officer("a3")).get(library(world), query)
    assert titles(page) == found
    if not found:
        assert "No document fits." in page.content.decode()


def test_links_are_opened_without_handing_anything_over(world):
    add(world, upload=None, url="https://travinh.gov.vn/a")
    html = signed_in(world.officer("a3")).get(library(world)).content.decode()
    assert 'href="https://travinh.gov.vn/a" target="_blank" rel="noopener noreferrer"' in html


@pytest.mark.parametrize("documents", [1, 3])
def test_the_library_costs_the_same_queries_whatever_it_holds(
    world, documents, django_assert_num_queries
):
    for number in range(documents):
        old = add(world, "I.1", "I.2", title=f"Số {number}")
        by = world.officer("a3")
        scoring.replace_evidence(old, Document(upload=file()), by=by)
        scoring.take_out(add(world, "I.3"), by=by)
    client = signed_in(world.officer("a3"))
    adding = url(world, "evidence_add", "a3", world.score("a3", "I.1").pk)
    client.get(adding)  # the adopted rules are read once a process
    with django_assert_num_queries(10):
        client.get(library(world))
    with django_assert_num_queries(12):
        client.get(adding)
    with django_assert_num_queries(27):
        client.get(url(world, "sheet_detail", "a3"))


def test_a_page_shows_and_counts_only_what_is_current(world):
    old = add(world, title="Bản cũ")
    by = world.officer("a3")
    scoring.replace_evidence(old, Document(title="Bản mới", upload=file()), by=by)
    scoring.take_out(add(world, title="Đã rút"), by=by)
    client, score = signed_in(by), world.score("a3", "I.1")
    sheet = client.get(url(world, "sheet_detail", "a3")).content.decode()
    page = client.get(url(world, "evidence_add", "a3", score.pk))
    for html in (sheet, page.content.decode()):
        assert "Bản mới" in html
        assert "Bản cũ" not in html
        assert "Đã rút" not in html
    assert [one.title for one in page.context["evidence"]] == ["Bản mới"]
    other = client.get(url(world, "evidence_add", "a3", world.score("a3", "I.2").pk))
    assert [one.title for one in other.context["reuse"].fields["evidence"].queryset] == ["Bản mới"]


# --- keeping


def test_one_upload_proves_all_the_criteria_that_are_ticked(world):
    client, address = signed_in(world.officer("a3")), url(world, "evidence_create", "a3")
    fields = fields_of(client.get(address)) | {
        "upload": file(),
        "title": "Báo cáo tổng kết",
        "scores": [world.score("a3", code).pk for code in ("I.1", "II.1")],
        "not_secret": "on",
    }
    assert client.post(address, fields).headers["Location"] == library(world)
    evidence = Evidence.objects.get()
    assert sorted(score.criterion.code for score in evidence.scores.all()) == ["I.1", "II.1"]


def test_criteria_that_nobody_in_the_agency_answers_are_not_offered(world):
    page = signed_in(world.officer("a3")).get(url(world, "evidence_create", "a3"))
    offered = [score.criterion.code for score in page.context["form"].fields["scores"].queryset]
    assert offered == ["I.1", "I.2", "I.3", "II.1", "II.2", "T.1", "TR.1"]


@pytest.mark.parametrize("missing", ["not_secret", "scores", "upload"])
def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(world, missing):
    client, address = signed_in(world.officer("a3")), url(world, "evidence_create", "a3")
    fields = {
        "upload": file(),
        "title": "Báo cáo đã gõ",
        "document_number": "12/BC",
        "document_date": "15/12/2024",
        "scores": [world.score("a3", "I.1").pk],
        "not_secret": "on",
    }
    del fields[missing]
    answer = client.post(address, fields)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [missing]
    typed = fields_of(answer)
    assert (typed["title"], typed["document_number"]) == ("Báo cáo đã gõ", "12/BC")
    assert typed.get("scores", "") == ("" if missing == "scores" else str(fields["scores"][0]))
    if missing == "scores":
        assert 'href="#id_scores_0"' in answer.content.decode()
    lost = "Choose the file once more" in answer.content.decode()
    assert lost == (missing != "upload")
    assert not Evidence.objects.exists()


def test_a_newer_version_is_uploaded_with_the_same_form(world):
    old = add(world, "I.1", "I.2", document_number="12/BC")
    client, address = signed_in(world.officer("a3")), deed(world, "replace", old)
    fields = fields_of(client.get(address))
    assert (fields["title"], fields["document_number"]) == ("Báo cáo", "12/BC")
    refused = client.post(address, fields | {"upload": file("Bản 2.pdf")})
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["not_secret"]
    fields |= {"upload": file("Bản 2.pdf"), "not_secret": "on"}
    assert client.post(address, fields).headers["Location"] == library(world)
    newer = Evidence.objects.current().get()
    assert (newer.original_name, newer.replaces, newer.scores.count()) == ("Bản 2.pdf", old, 2)


def test_too_late_a_deed_says_so_and_changes_nothing(world):
    old = add(world)
    client = signed_in(world.officer("a3"))
    fields = fields_of(client.get(deed(world, "replace", old)))
    scoring.replace_evidence(old, Document(upload=file()), by=world.head("a3"))
    fields |= {"upload": file(), "not_secret": "on"}
    for answer in (
        client.post(deed(world, "replace", old), fields, follow=True),
        client.get(deed(world, "replace", old), follow=True),
        client.get(deed(world, "prove", old), follow=True),
        client.post(
            deed(world, "prove", old), {"scores": [world.score("a3", "I.2").pk]}, follow=True
        ),
    ):
        assert "was replaced or taken out in the meantime" in answer.content.decode()
        assert answer.redirect_chain[-1][0] == library(world)
    assert Evidence.objects.count() == 2


def test_the_criteria_of_a_document_are_changed_by_ticks(world):
    evidence = add(world, "I.1", "I.2")
    client, address = signed_in(world.officer("a3")), deed(world, "prove", evidence)
    fields = fields_of(client.get(address))
    assert fields["scores"] == [str(world.score("a3", code).pk) for code in ("I.1", "I.2")]
    answer = client.post(address, {"scores": [world.score("a2", "I.1").pk]})
    assert answer.status_code == 422
    assert client.post(address).status_code == 422
    client.post(address, {"scores": [world.score("a3", "T.1").pk]})
    assert [score.criterion.code for score in evidence.scores.all()] == ["T.1"]


def test_the_confirmation_says_which_of_the_two_it_is(world, django_capture_on_commit_callbacks):
    evidence = add(world)
    client, address = signed_in(world.officer("a3")), deed(world, "take_out", evidence)
    html = client.get(library(world)).content.decode()
    assert "erase its file for good?" in html
    assert "never been submitted" in html
    world.fill("a3")
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    with pytest.raises(LookupError):
        fields_of(client.get(library(world)), address)
    scoring.recall(world.sheet("a3"), by=world.head("a3"))
    page = client.get(library(world))
    assert "erase its file" not in page.content.decode()
    assert "stays readable in the history" in page.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(address, fields_of(page, address))
    assert answer.headers["Location"] == library(world)
    download = client.get(reverse("scoring:evidence_download", args=[evidence.pk]))
    assert b"".join(download.streaming_content) == PDF


def test_an_erased_file_is_not_found(world, django_capture_on_commit_callbacks):
    evidence = add(world)
    client, address = signed_in(world.officer("a3")), deed(world, "take_out", evidence)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, fields_of(client.get(library(world)), address))
    download = reverse("scoring:evidence_download", args=[evidence.pk])
    assert client.get(download).status_code == 404


# --- who and when


def pages(world, evidence):
    return (
        library(world),
        url(world, "evidence_create", "a3"),
        deed(world, "replace", evidence),
        deed(world, "prove", evidence),
        reverse("awards:evidence_paper", args=[*world.review.url_args, "a3"]),
        reverse("scoring:evidence_download", args=[evidence.pk]),
    )


def said(answer, address):
    """The page without its own address and its tokens."""
    return re.sub("[A-Za-z0-9]{64}", "", answer.content.decode().replace(address, ""))


def test_before_the_appraisal_nobody_else_learns_even_that_a_document_exists(world):
    evidence = add(world)
    missing = Evidence(pk=evidence.pk + 999)
    outsider = make_user("outsider", make_agency("outside"))
    for user in (outsider, world.head("a2"), world.leader, world.board):
        client = signed_in(user)
        for real, unreal in zip(pages(world, evidence), pages(world, missing), strict=True):
            found, absent = client.get(real), client.get(unreal)
            assert (found.status_code, absent.status_code) == (404, 404)
            assert said(found, real) == said(absent, unreal)


def test_the_appraiser_reads_the_library_and_changes_nothing(world):
    evidence = add(world)
    submit_all(world)
    client = signed_in(world.leader)
    page = client.get(library(world))
    assert titles(page) == ["Báo cáo"]
    assert deed(world, "replace", evidence) not in page.content.decode()
    for name in ("replace", "prove"):
        assert client.get(deed(world, name, evidence)).status_code == 403
    assert client.get(url(world, "evidence_create", "a3")).status_code == 403
    assert client.post(deed(world, "take_out", evidence)).status_code == 403
    assert signed_in(world.deputy).get(library(world)).status_code == 404
    assert signed_in(world.board).get(library(world)).status_code == 404
    assert Evidence.objects.current().count() == 1


def test_the_own_agency_changes_nothing_once_the_sheet_is_submitted(world):
    evidence = add(world)
    submit_all(world)
    client = signed_in(world.officer("a3"))
    page = client.get(library(world))
    assert "The sheet has been submitted." in page.content.decode()
    fields = {"upload": file(), "not_secret": "on"}
    assert client.post(deed(world, "replace", evidence), fields).status_code == 403
    assert client.post(deed(world, "take_out", evidence)).status_code == 403
    assert Evidence.objects.current().count() == 1


def test_a_document_of_another_sheet_is_not_found_under_this_one(world):
    foreign = add(world, agency="a2")
    client = signed_in(world.officer("a3"))
    for name in ("replace", "prove"):
        assert client.get(deed(world, name, foreign)).status_code == 404
    assert client.post(deed(world, "take_out", foreign)).status_code == 404


def test_wrong_methods(world):
    evidence = add(world)
    client = signed_in(world.officer("a3"))
    assert client.post(library(world)).status_code == 405
    assert client.get(deed(world, "take_out", evidence)).status_code == 405
    assert client.put(url(world, "evidence_create", "a3")).status_code == 405
