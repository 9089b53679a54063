"""The list of one member's evidence as a paper: its facts, and who prints it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards.documents.evidence_list_facts import gather
from scoring import transitions as scoring
from scoring.transitions.evidence import Document
from tests.documents.reading import Paper
from tests.forms import signed_in
from tests.worlds import World, make_agency, make_user

pytestmark = pytest.mark.django_db


def build_world():
    return World().open_self_scoring()


def add(world, *codes, title="Báo cáo", **more):
    upload = SimpleUploadedFile("Báo cáo.pdf", b"%PDF-1.4\n%%EOF\n")
    document = Document(**{"title": title, "upload": upload} | more)
    scores = [world.score("a3", code) for code in codes]
    return scoring.add_document(world.sheet("a3"), document, scores=scores, by=world.officer("a3"))


def address(world):
    return reverse("awards:evidence_paper", args=[*world.review.url_args, "a3"])


def test_what_counts_now_stands_once_in_the_order_of_the_criteria(world):
    by = world.officer("a3")
    add(world, "T.1", title="Quyết định")
    old = add(world, "I.2", "I.1", title="Bản cũ")
    upload = SimpleUploadedFile("Bản mới.pdf", b"%PDF-1.7\n%%EOF\n")
    new = scoring.replace_evidence(old, Document(title="Bản mới", upload=upload), by=by)
    scoring.take_out(add(world, "I.3", title="Đã rút"), by=by)
    add(world, "I.3", title="Trang web", upload=None, url="https://a.vn/x")
    facts = gather(world.sheet("a3"))
    assert [(item.title, item.criteria) for item in facts.items] == [
        ("Bản mới", "I.1, I.2"),
        ("Trang web", "I.3"),
        ("Quyết định", "T.1"),
    ]
    assert (facts.items[0].file_name, facts.items[0].sha256) == ("Bản mới.pdf", new.sha256)
    assert (facts.items[1].address, facts.items[1].size) == ("https://a.vn/x", "")
    assert facts.header.parent == "UBND TỈNH TRÀ VINH"
    assert facts.header.body == "SỞ A3"


def test_the_own_agency_prints_it_as_our_own_pdf(world):
    evidence = add(world, "I.1")
    answer = signed_in(world.officer("a3")).get(address(world))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert evidence.sha256 in Paper(answer.content).text.replace(" ", "")


def test_it_is_shown_to_the_readers_of_the_sheet_only(world):
    add(world, "I.1")
    outsider = make_user("outsider", make_agency("outside"))
    others = (outsider, world.leader, world.deputy, world.board)
    for user in others:
        assert signed_in(user).get(address(world)).status_code == 404
    assert signed_in(world.officer("a3")).post(address(world)).status_code == 405
    for name in world.agencies:
        world.fill(name)
        scoring.submit(world.sheet(name), by=world.head(name))
    scoring.open_appraisal(world.review, by=world.leader)
    codes = [signed_in(user).get(address(world)).status_code for user in others]
    assert codes == [404, 200, 404, 404], "the leader appraises a3"


@pytest.mark.parametrize("documents", [1, 3])
def test_it_costs_the_same_queries_whatever_it_lists(world, documents, django_assert_num_queries):
    for _number in range(documents):
        add(world, "I.1", "I.2")
    client = signed_in(world.officer("a3"))
    with django_assert_num_queries(11):
        client.get(address(world))
