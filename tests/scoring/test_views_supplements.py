"""A sheet returned for certain criteria: what may be changed, and what the appraiser sees."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.core.exceptions import PermissionDenied, ValidationError

from portal.tasks import standings_of
from scoring import transitions as scoring
from scoring.models import Evidence, SheetStatus
from tests.forms import fields_of, signed_in
from tests.worlds import VIETNAM, World

from .sheets import HTMX, group_url, row, url

pytestmark = pytest.mark.django_db


def build_world():
    return World().open_appraisal()


def named(world, *codes):
    return world.criteria.criteria.filter(code__in=codes)


def give_back(world, *codes):
    criteria = named(world, *codes)
    scoring.return_sheet(world.sheet("a3"), reason="Bổ sung", criteria=criteria, by=world.leader)


def claim(world, code, inputs, *, by="a3"):
    score = world.score("a3", code)
    return scoring.claim(
        score,
        inputs=inputs,
        explanation="Theo báo cáo",
        version=score.version,
        by=world.officer(by),
    )


def link(world, code):
    return scoring.add_evidence(
        world.score("a3", code), title="x", url="https://example.vn/a", by=world.officer("a3")
    )


# --- the list


def test_the_appraiser_ticks_the_criteria_in_the_return(world):
    leader = signed_in(world.leader)
    address = url(world, "sheet_return", "a3")
    fields = fields_of(leader.get(url(world, "sheet_detail", "a3")), address)
    assert fields == {"reason": ""}, "nothing is ticked beforehand"
    pks = list(named(world, "I.1", "TR.1").values_list("pk", flat=True))
    leader.post(address, {"reason": "Thiếu minh chứng", "criteria": pks})
    change = world.sheet("a3").changes.last()
    assert (change.to_status, change.note) == (SheetStatus.RETURNED, "Thiếu minh chứng")
    assert {criterion.code for criterion in change.criteria.all()} == {"I.1", "TR.1"}


def test_a_return_without_a_reason_keeps_what_was_ticked(world):
    leader = signed_in(world.leader)
    address = url(world, "sheet_return", "a3")
    pk = named(world, "I.1").get().pk
    answer = leader.post(address, {"reason": "", "criteria": [pk]})
    assert answer.status_code == 422
    assert fields_of(answer, address)["criteria"] == str(pk)
    assert world.sheet("a3").status == SheetStatus.SUBMITTED


@pytest.mark.parametrize("code", ["II.3", "T.2", "I", "K1"])
def test_what_the_member_does_not_fill_in_cannot_be_named(world, code):
    """An automatic criterion, one of the conference, a group, a knock-out."""
    pk = named(world, code).get().pk
    answer = signed_in(world.leader).post(
        url(world, "sheet_return", "a3"), {"reason": "x", "criteria": [pk]}
    )
    assert answer.status_code == 422
    with pytest.raises(ValidationError):
        give_back(world, code)
    assert world.sheet("a3").status == SheetStatus.SUBMITTED
    assert not world.sheet("a3").changes.filter(to_status=SheetStatus.RETURNED).exists()


# --- what the member may change


def test_only_the_named_criteria_can_be_changed(world):
    give_back(world, "I.1")
    claim(world, "I.1", {"actual": "8", "target": "10"})
    with pytest.raises(PermissionDenied):
        claim(world, "I.2", {"level": "Khá"})
    assert world.score("a3", "I.2").claimed == 4


def test_without_a_list_everything_can_be_changed(world):
    give_back(world)
    claim(world, "I.1", {"actual": "8", "target": "10"})
    claim(world, "I.2", {"level": "Khá"})


def test_the_last_return_decides(world):
    give_back(world, "I.1")
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    give_back(world, "I.2")
    claim(world, "I.2", {"level": "Khá"})
    with pytest.raises(PermissionDenied):
        claim(world, "I.1", {"actual": "8", "target": "10"})
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    give_back(world)
    claim(world, "I.1", {"actual": "8", "target": "10"})


def test_evidence_goes_by_the_same_list():
    world = World().open_self_scoring()
    world.fill("a3")
    world.fill("a2")
    world.fill("a1")
    document = link(world, "I.2")
    for name in world.agencies:
        scoring.submit(world.sheet(name), by=world.head(name))
    scoring.open_appraisal(world.review, by=world.leader)
    give_back(world, "I.1")
    officer = world.officer("a3")
    with pytest.raises(PermissionDenied):
        link(world, "I.2")
    with pytest.raises(PermissionDenied):
        scoring.attach_evidence(world.score("a3", "I.3"), document, by=officer)
    with pytest.raises(PermissionDenied):
        scoring.remove_evidence(world.score("a3", "I.2"), document, by=officer)
    link(world, "I.1")
    assert Evidence.objects.filter(scores=world.score("a3", "I.1")).count() == 1
    page = signed_in(officer).get(url(world, "evidence_add", "a3", world.score("a3", "I.2").pk))
    assert page.status_code == 200
    with pytest.raises(LookupError):
        fields_of(page)


def test_the_page_has_inputs_for_the_named_rows_only_and_lists_them(world):
    give_back(world, "I.1", "TR.1")
    client = signed_in(world.officer("a3"))
    page = client.get(url(world, "sheet_detail", "a3"))
    open_rows = [row.leaf.code for row in page.context["page"].leaves if row.form]
    assert open_rows == ["I.1", "TR.1"]
    html = page.content.decode()
    top = html.split('class="sheet-facts"')[0]
    for code in ("I.1", "TR.1"):
        assert f'href="#score-{world.score("a3", code).pk}"' in top
    assert f'href="#score-{world.score("a3", "I.2").pk}"' not in top
    assert "The sheet was returned for other criteria; this one stands." in html
    address, _group = group_url(world, "a3", "I")
    key = world.score("a3", "I.2").pk
    assert f"s{key}-version" not in fields_of(page, address)


def test_a_row_outside_the_list_is_refused_and_what_was_typed_stays(world):
    typed = row(world, "a3", "I.2", level="Khá")
    give_back(world, "I.1")
    client = signed_in(world.officer("a3"))
    score = world.score("a3", "I.2")
    answer = client.post(url(world, "score_save", "a3", score.pk), typed, headers=HTMX)
    assert answer.status_code == 422
    address, _group = group_url(world, "a3", "I")
    answer = client.post(address, typed)
    assert answer.status_code == 422
    assert fields_of(answer, address)[f"s{score.pk}-level"] == "Khá"
    assert world.score("a3", "I.2").claimed_inputs == {"level": "Tốt"}


def test_the_task_says_how_many_criteria_were_named(world):
    give_back(world, "I.1", "I.2")
    for user in (world.officer("a3"), world.head("a3")):
        (standing,) = standings_of(user)
        assert standing.tasks[0].left.startswith("2 ")


# --- what the appraiser sees afterwards


def test_what_changed_since_the_return_is_marked(world):
    give_back(world, "I.1", "I.2", "II.1")
    claim(world, "I.1", {"actual": "8", "target": "10"})
    link(world, "II.1")
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    page = signed_in(world.leader).get(url(world, "sheet_detail", "a3")).context["page"]
    assert [row.leaf.code for row in page.changed] == ["I.1", "II.1"]
    places = [f"#score-{world.score('a3', code).pk}" for code in ("II.1", "I.1")]
    assert [row.next_changed for row in page.changed] == places, "one after the other, and round"


def test_only_the_last_return_counts_and_others_see_no_marks(world):
    give_back(world, "I.1")
    claim(world, "I.1", {"actual": "8", "target": "10"})
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    give_back(world, "I.2")
    claim(world, "I.2", {"level": "Khá"})
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    page = signed_in(world.leader).get(url(world, "sheet_detail", "a3")).context["page"]
    assert [row.leaf.code for row in page.changed] == ["I.2"]
    own = signed_in(world.head("a3")).get(url(world, "sheet_detail", "a3")).context["page"]
    assert own.changed == []
    other = signed_in(world.leader).get(url(world, "sheet_detail", "a2")).context["page"]
    assert other.changed == []


def test_marks_cost_a_constant_number_of_queries(world, django_assert_num_queries):
    client = signed_in(world.leader)
    give_back(world)
    claim(world, "I.1", {"actual": "8", "target": "10"})
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    with django_assert_num_queries(28):
        client.get(url(world, "sheet_detail", "a3"))
    give_back(world)
    claim(world, "I.2", {"level": "Khá"})
    claim(world, "I.3", {"met": False})
    link(world, "II.1")
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    with django_assert_num_queries(28):
        client.get(url(world, "sheet_detail", "a3"))


def test_a_supplement_that_was_asked_for_is_not_late(world):
    """Through the pages, weeks after the due day."""
    due = world.review.scores_due
    morning = datetime.datetime.combine(due, datetime.time(9), VIETNAM)
    leader, head = world.leader, world.head("a3")
    address = url(world, "sheet_return", "a3")
    with time_machine.travel(morning + datetime.timedelta(days=20), tick=False):
        pk = named(world, "I.1").get().pk
        signed_in(leader).post(address, {"reason": "Thiếu minh chứng", "criteria": [pk]})
    address = url(world, "sheet_submit", "a3")
    with time_machine.travel(morning + datetime.timedelta(days=30), tick=False):
        client = signed_in(head)
        page = client.get(address)
        assert (page.context["late_days"], page.context["losses"]) == (0, [])
        client.post(address, fields_of(page))
        sheet = client.get(url(world, "sheet_detail", "a3")).context["page"]
    assert world.sheet("a3").status == SheetStatus.SUBMITTED
    assert sheet.late_days == 0
    (row_of_lateness,) = [row for row in sheet.leaves if row.leaf.code == "II.3"]
    assert row_of_lateness.claimed == 2
