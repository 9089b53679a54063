"""The appraisal on the page: other figures, other points, acceptance, return, end."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from blocs.models import Phase
from scoring import transitions as scoring
from scoring.models import ScoreChange, ScoreStage, SheetStatus
from tests.forms import fields_of, signed_in
from tests.worlds import World, make_agency, make_user

from .sheets import HTMX, group_url, row, url

pytestmark = pytest.mark.django_db


def build_world():
    return World().open_appraisal()


def appraise(client, world, code, *, agency="a3", headers=HTMX, **values):
    score = world.score(agency, code)
    address = url(world, "score_appraise", agency, score.pk)
    return client.post(address, row(world, agency, code, **values), headers=headers)


def appraised(world):
    return ScoreChange.objects.filter(stage=ScoreStage.APPRAISED)


# --- one row


def test_other_figures_with_a_reason_are_saved(world):
    client = signed_in(world.leader)
    answer = appraise(client, world, "I.1", actual="8", target="10", reason="Một việc trễ")
    assert answer.status_code == 200
    score = world.score("a3", "I.1")
    assert (score.appraised, score.claimed) == (Decimal("4.8"), Decimal("5.4"))
    assert score.appraised_inputs == {"actual": "8", "target": "10"}
    html = answer.content.decode()
    key = f"{score.sheet_id}-{score.criterion_id}"
    assert f'<span id="diff-{key}" hx-swap-oob="true">−0,6</span>' in html
    assert "6 of 7 criteria still to be appraised" in html


def test_points_are_set_directly_with_a_reason(world):
    answer = appraise(
        signed_in(world.leader),
        world,
        "I.1",
        actual="9",
        target="10",
        points="3,25",
        reason="Theo thông báo của Văn phòng",
    )
    assert answer.status_code == 200
    score = world.score("a3", "I.1")
    assert (score.appraised, score.appraised_inputs) == (Decimal("3.25"), None)
    page = signed_in(world.leader).get(url(world, "sheet_detail", "a3"))
    address, _group = group_url(world, "a3", "I")
    assert fields_of(page, address)[f"s{score.pk}-points"] == "3,25"


def test_a_difference_without_a_reason_waits_for_it(world):
    answer = appraise(signed_in(world.leader), world, "I.1", actual="8", target="10")
    assert answer.status_code == 422
    html = answer.content.decode()
    score = world.score("a3", "I.1")
    slot = html.split(f'id="id_s{score.pk}-reason_error"')[1].split("</div>")[0]
    assert "Give the reason for the difference." in slot
    assert 'data-state="unsaved"' in html
    assert not appraised(world).exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"actual": "ba", "target": "10"}, "actual"),
        ({"actual": "9", "target": "10", "points": "7"}, "points"),
        ({"actual": "9", "target": "10", "points": "ba"}, "points"),
        ({"actual": "9", "target": "10", "points": "-1"}, "points"),
        ({"actual": "9", "target": "10", "points": "1.000"}, "points"),
    ],
)
def test_wrong_input_is_refused_at_its_field(world, values, field):
    answer = appraise(signed_in(world.leader), world, "I.1", reason="Vì", **values)
    assert answer.status_code == 422
    key = world.score("a3", "I.1").pk
    slot = answer.content.decode().split(f'id="id_s{key}-{field}_error"')[1].split("</div>")[0]
    assert "field-error" in slot
    assert not appraised(world).exists()


def test_a_claim_cannot_be_appraised_as_blank(world):
    answer = appraise(signed_in(world.leader), world, "I.1", actual="", target="", reason="Vì")
    assert answer.status_code == 422
    assert "0 is an answer" in answer.content.decode()


def test_a_stale_appraisal_is_refused_with_both_values(world):
    score = world.score("a3", "I.1")
    old = row(world, "a3", "I.1", actual="8", target="10", reason="Một việc trễ")
    secretary = signed_in(world.officer("a1"))
    appraise(secretary, world, "I.1", actual="7", target="10", reason="Hai việc trễ")
    address = url(world, "score_appraise", "a3", score.pk)
    answer = signed_in(world.leader).post(address, old, headers=HTMX)
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Hai việc trễ" in html
    assert "Một việc trễ" in html
    assert world.score("a3", "I.1").appraised_inputs == {"actual": "7", "target": "10"}


def test_a_group_posted_back_as_it_was_shown_appraises_nothing(world):
    client = signed_in(world.leader)
    address, _group = group_url(world, "a3", "I")
    fields = fields_of(client.get(url(world, "sheet_detail", "a3")), address)
    assert client.post(address, fields).status_code == 302
    assert not appraised(world).exists()
    key = f"s{world.score('a3', 'I.2').pk}"
    changed = fields | {f"{key}-level": "Khá", f"{key}-reason": "Chỉ xếp loại khá"}
    assert client.post(address, changed).status_code == 302
    assert [change.new_inputs for change in appraised(world)] == [{"level": "Khá"}]


def test_nobody_appraises_the_own_sheet(world):
    """The leader's sheet is the deputy's to appraise."""
    answer = appraise(signed_in(world.leader), world, "I.2", agency="a1", level="Khá", reason="V")
    assert answer.status_code == 403
    answer = appraise(signed_in(world.deputy), world, "I.2", agency="a1", level="Khá", reason="V")
    assert answer.status_code == 200


def test_who_may_not_appraise(world):
    outsider = make_user("stranger", make_agency("outside"))
    fields = {"level": "Khá", "reason": "Vì"}
    for user, status in (
        (outsider, 404),
        (world.board, 404),
        (world.deputy, 404),
        (world.head("a3"), 403),
    ):
        assert appraise(signed_in(user), world, "I.2", **fields).status_code == status
    score = world.score("a3", "I.2")
    address = url(world, "score_appraise", "a3", score.pk)
    assert signed_in(world.leader).get(address).status_code == 405
    assert not appraised(world).exists()


def test_what_is_typed_after_the_end_of_the_appraisal_is_not_lost(world):
    sheet = world.sheet("a3")
    scoring.accept(sheet, list(sheet.scores.all()), by=world.leader)
    scoring.finish_appraisal(sheet, by=world.leader)
    answer = appraise(signed_in(world.officer("a1")), world, "I.2", level="Khá", reason="Vì")
    assert answer.status_code == 422
    assert "The appraisal of this sheet is finished." in answer.content.decode()


# --- acceptance


def test_one_row_is_accepted_with_a_click(world):
    score = world.score("a3", "I.1")
    address = url(world, "score_accept", "a3")
    answer = signed_in(world.leader).post(address, {"score": score.pk}, headers=HTMX)
    assert answer.status_code == 200
    assert "6 of 7 criteria still to be appraised" in answer.content.decode()
    assert [change.score for change in appraised(world)] == [score]
    answer = signed_in(world.leader).post(address, {"score": world.score("a3", "I.2").pk})
    assert answer.headers["Location"].endswith(f"#score-{world.score('a3', 'I.2').pk}")


@pytest.mark.parametrize(
    ("group", "codes"),
    [("I", {"I.1", "I.2", "I.3"}), ("T.1", {"T.1"}), ("TR.1", {"TR.1"})],
)
def test_a_group_is_accepted_row_by_row_in_the_history(world, group, codes):
    pk = world.criteria.criteria.get(code=group).pk
    signed_in(world.leader).post(url(world, "score_accept", "a3"), {"group": pk})
    assert {change.score.criterion.code for change in appraised(world)} == codes


def test_the_rest_is_accepted_and_what_was_set_stays(world):
    client = signed_in(world.leader)
    appraise(client, world, "I.2", level="Khá", reason="Chỉ xếp loại khá")
    address = url(world, "score_accept", "a3")
    client.post(address, fields_of(client.get(url(world, "sheet_detail", "a3")), address))
    assert appraised(world).count() == 7
    assert world.score("a3", "I.2").appraised == 2


def test_nonsense_accepts_nothing(world):
    client = signed_in(world.leader)
    address = url(world, "score_accept", "a3")
    assert client.post(address, {"score": "ba"}).status_code == 404
    assert client.post(address, {"score": world.score("a2", "I.1").pk}).status_code == 404
    assert client.post(address, {"group": 0}).status_code == 404
    assert not appraised(world).exists()


def test_who_may_not_accept(world):
    address = url(world, "score_accept", "a3")
    assert signed_in(world.head("a3")).post(address).status_code == 403
    assert signed_in(world.deputy).post(address).status_code == 404
    assert not appraised(world).exists()


# --- the end, and the ways back


def test_an_unfinished_appraisal_is_not_closed_and_the_rows_are_linked(world):
    answer = signed_in(world.leader).post(url(world, "appraisal_finish", "a3"), follow=True)
    score = world.score("a3", "I.1")
    assert f"#score-{score.pk}" in answer.content.decode()
    assert world.sheet("a3").status == SheetStatus.SUBMITTED


def test_the_head_of_the_appraising_agency_finishes(world):
    sheet = world.sheet("a3")
    scoring.accept(sheet, list(sheet.scores.all()), by=world.leader)
    address = url(world, "appraisal_finish", "a3")
    assert signed_in(world.officer("a1")).post(address).status_code == 403
    leader = signed_in(world.leader)
    leader.post(address, fields_of(leader.get(url(world, "sheet_detail", "a3")), address))
    assert world.sheet("a3").status == SheetStatus.APPRAISED


def test_a_sheet_is_returned_with_a_reason(world):
    leader = signed_in(world.leader)
    address = url(world, "sheet_return", "a3")
    for user in (world.head("a3"), world.officer("a1")):
        assert signed_in(user).post(address, {"reason": "x"}).status_code == 403
    answer = leader.post(address, {"reason": " "})
    assert answer.status_code == 422
    assert "open" in answer.content.decode().split('class="confirm"')[1][:10]
    assert world.sheet("a3").status == SheetStatus.SUBMITTED
    leader.post(address, {"reason": "Thiếu minh chứng I.1"})
    assert world.sheet("a3").status == SheetStatus.RETURNED
    html = signed_in(world.officer("a3")).get(url(world, "sheet_detail", "a3")).content.decode()
    assert "Thiếu minh chứng I.1" in html


def test_a_finished_appraisal_is_taken_up_again_with_a_reason():
    world = World().appraise_all()
    leader = signed_in(world.leader)
    address = url(world, "appraisal_resume", "a3")
    assert leader.post(address, {"reason": ""}).status_code == 422
    assert signed_in(world.officer("a1")).post(address, {"reason": "x"}).status_code == 403
    leader.post(address, {"reason": "Có thông báo mới"})
    assert world.sheet("a3").status == SheetStatus.SUBMITTED
    answer = leader.post(address, {"reason": "Lần nữa"})
    assert world.sheet("a3").status == SheetStatus.SUBMITTED
    assert answer.status_code == 302


def test_the_appraisal_begins_once_every_sheet_is_in():
    world = World().open_self_scoring()
    address = reverse("scoring:appraisal_open", args=world.review.url_args)
    leader = signed_in(world.leader)
    assert leader.get(address).status_code == 405
    assert signed_in(world.deputy).post(address).status_code == 403
    answer = leader.post(address)
    assert answer.headers["Location"] == world.review.get_absolute_url()
    (message,) = get_messages(answer.wsgi_request)
    assert "Score sheet of Sở a3" in str(message)
    for name in world.agencies:
        world.fill(name)
        scoring.submit(world.sheet(name), by=world.head(name))
    leader.post(address)
    assert world.reload().status == Phase.APPRAISAL
    assert world.review.has_reached(Phase.APPRAISAL)


def test_the_page_of_the_appraiser_costs_a_constant_number_of_queries(
    world, django_assert_num_queries
):
    client = signed_in(world.leader)
    for agency in ("a2", "a3"):
        with django_assert_num_queries(27):
            client.get(url(world, "sheet_detail", agency))
    wide = World(members=6, slug="khoi-2", prefix="b").open_appraisal()
    client = signed_in(wide.leader)
    with django_assert_num_queries(27):
        client.get(url(wide, "sheet_detail", "b6"))
