"""The pages of findings: the record, a new one, its lifting, and the note on the sheet."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from blocs.models import Phase, Review
from scoring import transitions as scoring
from scoring.models import Finding, FindingEffect
from tests.forms import fields_of, signed_in
from tests.worlds import World, make_agency, make_user

from .sheets import url

pytestmark = pytest.mark.django_db


def build_world():
    return World().open_appraisal()


def address(world, name, *args):
    return reverse(f"scoring:{name}", args=[*world.review.url_args, *args])


def typed(world, **more):
    today = date_format(timezone.localdate(), "d/m/Y")
    return {
        "member": world.membership("a3").pk,
        "matter": "Chậm nộp thuế",
        "source_agency": "Thuế tỉnh",
        "document": "12/TB",
        "document_date": today,
        "received_on": today,
        "effect": FindingEffect.SUSPEND,
        **more,
    }


def lifting():
    today = date_format(timezone.localdate(), "d/m/Y")
    return {"document": "15/KL-TTr", "lifted_on": today}


# --- the record


def test_only_the_leaders_people_and_the_board_read_the_record(world):
    page = address(world, "finding_list")
    for user in (world.officer("a1"), world.board):
        assert signed_in(user).get(page).status_code == 200
    for user in (world.deputy, world.head("a3")):
        assert signed_in(user).get(page).status_code == 403
    stranger = make_user("stranger", make_agency("xa"))
    assert signed_in(stranger).get(page).status_code == 404
    assert signed_in(world.leader).post(page).status_code == 405


def test_the_record_names_source_effect_and_what_lifted_it(world):
    knockout = world.criteria.criteria.get(code="K1")
    lifted = world.find("a2", document="7/TB")
    world.find("a3", knockout=knockout, document="9/KL")
    scoring.lift_finding(
        lifted, lifted_on=timezone.localdate(), document="15/KL-TTr", by=world.board
    )
    answer = signed_in(world.board).get(address(world, "finding_list"))
    lines = [(line.member.agency.slug, bool(line.form)) for line in answer.context["lines"]]
    assert lines == [("a3", True), ("a2", False)]
    assert "knock-out K1" in answer.context["lines"][0].consequence
    for words in ("7/TB", "9/KL", "15/KL-TTr", "Thuế tỉnh"):
        assert words in answer.text


def test_the_leader_has_no_button_to_lift_what_was_found_of_the_own_agency(world):
    world.find("a1")
    answer = signed_in(world.leader).get(address(world, "finding_list"))
    [line] = answer.context["lines"]
    assert line.form is None


@pytest.mark.parametrize("rows", [1, 3])
def test_query_count_of_the_record_does_not_grow(world, rows, django_assert_num_queries):
    for n in range(rows):
        world.find(f"a{n + 1}", knockout=world.criteria.criteria.get(code="K1"))
    client = signed_in(world.board)
    with django_assert_num_queries(10):
        assert len(client.get(address(world, "finding_list")).context["lines"]) == rows


# --- a new one


def test_a_finding_is_recorded_from_the_page(world):
    client = signed_in(world.officer("a1"))
    page = address(world, "finding_record")
    fields = fields_of(client.get(page))
    touches = world.criteria.criteria.get(code="I.1")
    answer = client.post(page, {**fields, **typed(world, touches=touches.pk)})
    assert answer.status_code == 302
    assert answer.url == address(world, "finding_list")
    finding = Finding.objects.get()
    assert (finding.membership, finding.touches) == (world.membership("a3"), touches)
    assert (finding.effect, finding.recorded_by) == (FindingEffect.SUSPEND, world.officer("a1"))


def test_the_own_agency_is_not_offered(world):
    page = signed_in(world.leader).get(address(world, "finding_record"))
    assert set(page.context["form"].members) == {
        world.membership("a2").pk,
        world.membership("a3").pk,
    }
    own = typed(world, member=world.membership("a1").pk)
    answer = signed_in(world.leader).post(address(world, "finding_record"), own)
    assert answer.status_code == 422
    assert not Finding.objects.exists()


def test_what_is_wrong_comes_back_at_its_field_with_what_was_typed(world):
    knockout = world.criteria.criteria.get(code="K1")
    wrong = [
        ("effect", {"effect": ""}),
        ("effect", {"knockout": knockout.pk}),
        ("grade", {"grade": "Khá"}),
        ("grade", {"effect": FindingEffect.CAP_GRADE}),
        ("received_on", {"received_on": "31/12/2999"}),
        ("document", {"document": ""}),
        ("matter", {"matter": "x" * 1001}),
        ("knockout", {"knockout": world.criteria.criteria.get(code="I.1").pk}),
        ("touches", {"touches": knockout.pk}),
    ]
    client = signed_in(world.board)
    for field, more in wrong:
        answer = client.post(address(world, "finding_record"), typed(world, **more))
        assert answer.status_code == 422, more
        assert field in answer.context["form"].errors, more
        assert "Thuế tỉnh" in answer.text
    assert not Finding.objects.exists()


def test_who_may_not_record_gets_no_form(world):
    page = address(world, "finding_record")
    for user in (world.deputy, world.head("a3")):
        assert signed_in(user).get(page).status_code == 403
        assert signed_in(user).post(page, typed(world)).status_code == 403
    Review.objects.filter(pk=world.review.pk).update(status=Phase.CLOSED)
    assert signed_in(world.board).post(page, typed(world)).status_code == 403
    assert not Finding.objects.exists()


# --- lifting


def test_a_finding_is_lifted_from_the_record(world):
    finding = world.find("a3")
    client = signed_in(world.leader)
    page, deed = address(world, "finding_list"), address(world, "finding_lift", finding.pk)
    fields = fields_of(client.get(page), deed)
    assert client.post(deed, {**fields, **lifting()}).status_code == 302
    finding.refresh_from_db()
    assert (finding.lifting_document, finding.lifted_by) == ("15/KL-TTr", world.leader)
    again = client.post(deed, lifting(), follow=True)
    assert "lifted already" in again.text


def test_a_lifting_without_document_comes_back(world):
    deed = address(world, "finding_lift", world.find("a3").pk)
    answer = signed_in(world.board).post(deed, {**lifting(), "document": " "})
    assert answer.status_code == 422
    [line] = answer.context["lines"]
    assert "document" in line.form.errors
    assert Finding.objects.get().holds


def test_who_may_not_lift(world):
    own = world.find("a1")
    deed = address(world, "finding_lift", own.pk)
    for user in (world.leader, world.deputy, world.head("a3")):
        assert signed_in(user).post(deed, lifting()).status_code == 403
    assert signed_in(world.board).get(deed).status_code == 405
    other = World(slug="khoi-2", prefix="b").open_appraisal()
    elsewhere = address(other, "finding_lift", own.pk)
    assert signed_in(other.leader).post(elsewhere, lifting()).status_code == 404
    own.refresh_from_db()
    assert own.holds


# --- on the sheet and in the table


def notes_of(page):
    """By criterion the documents noted beside it; "" are those of the whole sheet."""
    found = {"": [note.finding.document for note in page.context["page"].findings]}
    for section in page.context["page"].sections:
        for line in section.leaves:
            if line.findings:
                found[line.leaf.code] = [note.finding.document for note in line.findings]
    return found


def test_the_member_reads_its_findings_beside_the_criterion_they_touch(world):
    world.find("a3", touches=world.criteria.criteria.get(code="I.2"), document="21/TB")
    world.find("a3", document="22/TB")
    for user in (world.head("a3"), world.leader):
        page = signed_in(user).get(url(world, "sheet_detail", "a3"))
        assert notes_of(page) == {"": ["22/TB"], "I.2": ["21/TB"]}
        assert "21/TB" in page.text
        assert "22/TB" in page.text


def test_other_members_learn_of_a_finding_with_the_table(world):
    world.find("a3", document="31/TB")
    client = signed_in(world.head("a2"))
    pages = [
        url(world, "sheet_detail", "a2"),
        url(world, "sheet_detail", "a3"),
        address(world, "sheet_list"),
        address(world, "summary_detail"),
        reverse("review_detail", args=world.review.url_args),
    ]
    for page in pages:
        assert "31/TB" not in client.get(page).text, page
    world = World(slug="khoi-2", prefix="b").approve()
    world.find("b3", document="32/TB")
    answer = signed_in(world.head("b2")).get(address(world, "summary_detail"))
    assert "32/TB" in answer.text
