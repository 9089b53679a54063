"""The pages of objections: raised on the sheet, read by whom they concern, answered, carried."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from scoring import transitions as scoring
from scoring.models import Evidence, Objection, ObjectionStatus
from scoring.tables import live_table
from scoring.transitions.evidence import Document
from tests.forms import fields_of, signed_in
from tests.worlds import VIETNAM, World, make_agency, make_user

from .sheets import url

pytestmark = pytest.mark.django_db

FINISHED = datetime.datetime(2025, 1, 6, 15, tzinfo=VIETNAM)
AFTER = datetime.datetime(2025, 1, 10, 0, tzinfo=VIETNAM)


def build_world():
    with time_machine.travel(FINISHED, tick=False):
        return World().finish_appraisals()


@pytest.fixture
def world(world):
    with time_machine.travel(FINISHED, tick=False):
        yield world


def contest(world, code="I.2", *, name="a3", reason="Có quyết định 12"):
    return scoring.object_to(world.score(name, code), reason=reason, by=world.officer(name))


def address(world, name, *args):
    return reverse(f"scoring:{name}", args=[*world.review.url_args, *args])


def stranger():
    return make_user("stranger", make_agency("xa"))


# --- raising


def test_a_member_objects_on_its_sheet_with_a_document(world):
    score, client = world.score("a3", "I.2"), signed_in(world.officer("a3"))
    page = url(world, "objection_raise", "a3", score.pk)
    assert page in client.get(url(world, "sheet_detail", "a3")).text
    fields = fields_of(client.get(page))
    paper = SimpleUploadedFile("qd.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    answer = client.post(
        page, {**fields, "reason": "Có quyết định 12", "upload": paper, "not_secret": "on"}
    )
    assert answer.status_code == 302
    objection = Objection.objects.get()
    assert objection.evidence.get().original_name == "qd.pdf"
    sheet = client.get(url(world, "sheet_detail", "a3")).text
    assert "Có quyết định 12" in sheet
    assert page not in sheet  # one waits already


def test_what_is_wrong_comes_back_with_what_was_typed(world):
    page = url(world, "objection_raise", "a3", world.score("a3", "I.2").pk)
    client = signed_in(world.officer("a3"))
    exe = SimpleUploadedFile("x.exe", b"MZ", "application/pdf")
    pdf = SimpleUploadedFile("qd.pdf", b"%PDF-1.4\n%%EOF\n", "application/pdf")
    wrong = [
        ("reason", {"reason": " "}),
        ("upload", {"upload": exe}),
        ("url", {"url": "ftp://example.vn"}),
        ("upload", {"url": "https://example.vn", "upload": pdf, "not_secret": "on"}),
        ("not_secret", {"url": "https://example.vn"}),
    ]
    for field, more in wrong:
        answer = client.post(page, {"reason": "Vì quyết định", **more})
        assert answer.status_code == 422, more
        assert field in answer.context["form"].errors, more
    contest(world)
    answer = client.post(page, {"reason": "Lần nữa"})
    assert answer.status_code == 422
    assert "Lần nữa" in answer.text
    assert Objection.objects.count() == 1
    assert not Evidence.objects.exists()


def test_who_may_not_object(world):
    page = url(world, "objection_raise", "a3", world.score("a3", "I.2").pk)
    assert signed_in(world.leader).get(page).status_code == 403  # reads the sheet
    for user in (world.deputy, world.board, stranger()):
        assert signed_in(user).post(page, {"reason": "x"}).status_code == 404
    with time_machine.travel(AFTER, tick=False):
        client = signed_in(world.officer("a3"))
        assert client.get(page).status_code == 403
        late = client.post(page, {"reason": "Có quyết định 12"})
        assert late.status_code == 422
        assert "Có quyết định 12" in late.text, "what was typed is not lost"
        assert page not in client.get(url(world, "sheet_detail", "a3")).text
    assert not Objection.objects.exists()


# --- the record


def test_before_circulation_only_the_parties_read_an_objection(world):
    objection = contest(world)
    page = address(world, "objection_list")
    reads = {world.officer("a3"): 1, world.officer("a1"): 1, world.deputy: 0, world.board: 0}
    for user, rows in reads.items():
        client = signed_in(user)
        answer = client.get(page)
        assert len(answer.context["lines"]) == rows, user
        assert ("Có quyết định 12" in answer.text) == bool(rows)
        status = client.get(objection.get_absolute_url()).status_code
        assert status == (200 if rows else 404), user
    outsider = signed_in(stranger())
    for address_ in (page, objection.get_absolute_url()):
        assert outsider.get(address_).status_code == 404


def test_after_circulation_all_members_read_what_was_carried(world):
    objection = contest(world)
    scoring.carry_objection(objection, by=world.leader)
    world.accept_appraisals()
    seen = live_table(world.review).sha256
    scoring.approve_summary(world.review, seen=seen, by=world.leader)
    for user in (world.deputy, world.board):
        answer = signed_in(user).get(address(world, "objection_list"))
        assert len(answer.context["lines"]) == 1
        assert signed_in(user).get(objection.get_absolute_url()).status_code == 200


def test_the_documents_of_an_objection_stay_with_the_readers_of_the_sheet(world):
    score = world.score("a3", "I.2")
    link = "https://example.vn/quyet-dinh-12"
    document = Document(title="Quyết định 12", url=link)
    objection = scoring.object_to(
        score, reason="Có quyết định", document=document, by=world.officer("a3")
    )
    scoring.carry_objection(objection, by=world.leader)
    world.accept_appraisals()
    seen = live_table(world.review).sha256
    scoring.approve_summary(world.review, seen=seen, by=world.leader)
    for page in (address(world, "objection_list"), objection.get_absolute_url()):
        for user, opens in ((world.head("a3"), True), (world.leader, True), (world.deputy, False)):
            text = signed_in(user).get(page).text
            assert "Quyết định 12" in text
            assert (link in text) is opens, (page, user)


def test_a_member_does_not_read_an_appraisal_that_was_taken_up_again(world):
    """The record shows the appraised points only as far as the sheet does."""
    objection = contest(world, "I.1")
    scoring.resume_appraisal(world.sheet("a3"), reason="Nhầm", by=world.leader)
    score = world.score("a3", "I.1")
    scoring.appraise(
        score, points=Decimal("3.33"), reason="Bí mật", version=score.version, by=world.leader
    )
    for page in (address(world, "objection_list"), objection.get_absolute_url()):
        text = signed_in(world.head("a3")).get(page).text
        assert "3,33" not in text
        assert "3.33" not in text
        assert "Bí mật" not in text
        assert "Bí mật" in signed_in(world.leader).get(page).text


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_of_the_record_does_not_grow(world, rows, django_assert_num_queries):
    for name in ("a3", "a2", "a1")[:rows]:
        contest(world, name=name)
    client = signed_in(world.leader)
    with django_assert_num_queries(10):
        assert len(client.get(address(world, "objection_list")).context["lines"]) == rows


# --- answering


def test_the_appraiser_answers_with_other_figures(world):
    objection = contest(world, "I.1")
    page = objection.get_absolute_url()
    client = signed_in(world.officer("a1"))
    fields = fields_of(client.get(page))
    key = f"s{objection.score_id}"
    given = {**fields, f"{key}-actual": "10", f"{key}-reply": "Tính thêm một việc"}
    assert client.post(page, given).status_code == 302
    assert world.score("a3", "I.1").appraised == Decimal("6.00")
    assert Objection.objects.get().status == ObjectionStatus.ANSWERED
    text = signed_in(world.head("a3")).get(url(world, "sheet_detail", "a3")).text
    assert "Tính thêm một việc" in text


def test_figures_left_alone_leave_the_appraisal_as_it_is(world):
    objection = contest(world, "I.1")
    before = world.score("a3", "I.1").version
    client = signed_in(world.leader)
    fields = fields_of(client.get(objection.get_absolute_url()))
    reply = {f"s{objection.score_id}-reply": "Giữ nguyên"}
    assert client.post(objection.get_absolute_url(), {**fields, **reply}).status_code == 302
    assert world.score("a3", "I.1").version == before
    assert Objection.objects.get().reply == "Giữ nguyên"


def test_a_refused_answer_comes_back_with_what_was_typed(world):
    objection = contest(world, "I.1")
    page, key = objection.get_absolute_url(), f"s{objection.score_id}"
    client = signed_in(world.leader)
    fields = fields_of(client.get(page))
    for more in (
        {f"{key}-reply": " "},
        {f"{key}-reply": "Xem lại", f"{key}-actual": "-4"},
        {f"{key}-reply": "Xem lại", f"{key}-points": "99"},
        {f"{key}-reply": "Xem lại", f"{key}-points": "5", f"{key}-version": "0"},
    ):
        answer = client.post(page, {**fields, **more})
        assert answer.status_code == 422, more
        assert more[f"{key}-reply"] in answer.text
    assert Objection.objects.get().status == ObjectionStatus.OPEN


def test_an_answer_at_the_wrong_moment_comes_back_with_what_was_typed(world):
    objection = contest(world, "I.1")
    page, client = objection.get_absolute_url(), signed_in(world.leader)
    fields = fields_of(client.get(page))
    scoring.resume_appraisal(world.sheet("a3"), reason="Nhầm", by=world.leader)
    answer = client.post(page, {**fields, f"s{objection.score_id}-reply": "Giữ nguyên"})
    assert answer.status_code == 422
    assert "Giữ nguyên" in answer.text
    assert Objection.objects.get().status == ObjectionStatus.OPEN


def test_who_may_not_answer(world):
    objection = contest(world)
    page = objection.get_absolute_url()
    member = signed_in(world.head("a3"))
    with pytest.raises(LookupError):
        fields_of(member.get(page))
    assert member.post(page, {}).status_code == 403
    for user in (world.deputy, world.board, stranger()):
        assert signed_in(user).post(page, {}).status_code == 404
    scoring.answer_objection(
        objection, reply="Rồi", version=objection.score.version, by=world.leader
    )
    client = signed_in(world.leader)
    key = f"s{objection.score_id}"
    late = {f"{key}-reply": "Nữa", f"{key}-version": objection.score.version}
    assert client.post(page, late).status_code == 422
    assert Objection.objects.get().reply == "Rồi"


# --- carrying, withdrawing, accepting


def test_carried_and_withdrawn_from_the_record(world):
    first, second = contest(world, "I.2"), contest(world, "I.3")
    page = address(world, "objection_list")
    for objection, name, by, status in (
        (first, "objection_carry", world.leader, ObjectionStatus.CARRIED),
        (second, "objection_withdraw", world.officer("a3"), ObjectionStatus.WITHDRAWN),
    ):
        client, deed = signed_in(by), address(world, name, objection.pk)
        fields = fields_of(client.get(page), deed)
        assert client.get(deed).status_code == 405
        assert client.post(deed, fields).status_code == 302
        objection.refresh_from_db()
        assert objection.status == status
        assert client.post(deed, fields).status_code in (302, 403)  # too late: told, not done
        objection.refresh_from_db()
        assert objection.status == status


def test_who_may_not_carry_or_withdraw(world):
    objection = contest(world)
    carry = address(world, "objection_carry", objection.pk)
    withdraw = address(world, "objection_withdraw", objection.pk)
    for user, deed, status in (
        (world.officer("a1"), carry, 403),
        (world.head("a3"), carry, 403),
        (world.leader, withdraw, 403),
        (world.deputy, carry, 404),
        (world.deputy, withdraw, 404),
        (world.board, carry, 404),
        (stranger(), withdraw, 404),
    ):
        assert signed_in(user).post(deed).status_code == status, (user, deed)
    objection.refresh_from_db()
    assert objection.status == ObjectionStatus.OPEN


def test_the_head_accepts_on_the_sheet(world):
    page = url(world, "sheet_detail", "a3")
    deed = url(world, "appraisal_accept", "a3")
    head = signed_in(world.head("a3"))
    fields = fields_of(head.get(page), deed)
    for user, status in ((world.officer("a3"), 403), (world.leader, 403), (world.deputy, 404)):
        assert signed_in(user).post(deed, fields).status_code == status
    assert head.get(deed).status_code == 405
    assert head.post(deed, fields).status_code == 302
    assert world.sheet("a3").accepted_by == world.head("a3")
    with pytest.raises(LookupError):
        fields_of(head.get(page), deed)


def test_an_open_objection_is_named_when_the_appraisal_is_accepted(world):
    contest(world)
    deed = url(world, "appraisal_accept", "a3")
    answer = signed_in(world.head("a3")).post(deed, follow=True)
    assert answer.status_code == 200
    assert world.sheet("a3").accepted_at is None
