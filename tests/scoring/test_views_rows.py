"""Saving rows: one at a time with htmx, a group at a time without; conflicts; wrong people."""

from __future__ import annotations

import re

import pytest

from scoring import transitions as scoring
from scoring.models import ScoreChange
from tests.forms import fields_of, signed_in
from tests.worlds import World, make_agency, make_user

from .sheets import HTMX, group_fields, group_url, row, url

pytestmark = pytest.mark.django_db


def build_world():
    return World().open_self_scoring()


def save(client, world, code, *, agency="a3", headers=HTMX, version=None, **values):
    """Post one row as its page would."""
    score = world.score(agency, code)
    fields = row(world, agency, code, **values)
    if version is not None:
        fields[f"s{score.pk}-version"] = version
    return client.post(url(world, "score_save", agency, score.pk), fields, headers=headers)


# --- one row


def test_a_row_is_saved_and_its_sums_come_back(world):
    answer = save(signed_in(world.officer("a3")), world, "I.1", actual="9,5", target="10")
    assert answer.status_code == 200
    score = world.score("a3", "I.1")
    assert score.claimed_inputs == {"actual": "9.5", "target": "10"}
    html = answer.content.decode()
    group = world.criteria.criteria.get(code="I").pk
    assert f'<span id="subtotal-{group}" hx-swap-oob="true">5,7</span>' in html
    assert f'name="s{score.pk}-version" value="1" hx-swap-oob="true"' in html
    assert 'data-state="saved"' in html
    assert "4 of 5 criteria not answered yet" in html
    assert f'name="s{score.pk}-actual"' not in html, "the input itself stays, and the focus in it"


@pytest.mark.parametrize("text", ["ba", "1.000", "-1", "12 %"])
def test_a_wrong_figure_is_refused_at_its_field_and_nothing_is_saved(world, text):
    answer = save(signed_in(world.officer("a3")), world, "I.1", actual=text, target="10")
    assert answer.status_code == 422
    html = answer.content.decode()
    score = world.score("a3", "I.1")
    slot = html.split(f'id="id_s{score.pk}-actual_error"')[1].split("</div>")[0]
    assert "field-error" in slot
    assert 'data-state="failed"' in html
    assert score.claimed_inputs is None
    assert not ScoreChange.objects.exists()


def test_a_half_filled_row_waits_and_says_what_it_wants(world):
    answer = save(signed_in(world.officer("a3")), world, "I.1", actual="9")
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'data-state="unsaved"' in html
    assert "Still to be filled in." in html
    assert not ScoreChange.objects.exists()


def test_without_htmx_a_wrong_row_comes_back_with_what_was_typed(world):
    client = signed_in(world.officer("a3"))
    answer = save(client, world, "I.1", actual="ba", target="10", explanation="x", headers={})
    assert answer.status_code == 422
    score = world.score("a3", "I.1")
    fields = group_fields(answer, world, "a3", "I")
    assert fields[f"s{score.pk}-actual"] == "ba"
    assert fields[f"s{score.pk}-explanation"] == "x"


def test_without_htmx_a_right_row_leads_back_to_itself(world):
    client = signed_in(world.officer("a3"))
    answer = save(client, world, "I.2", level="Khá", headers={})
    score = world.score("a3", "I.2")
    detail = url(world, "sheet_detail", "a3")
    assert answer.headers["Location"] == f"{detail}#score-{score.pk}"


def test_a_cleared_row_is_blank_again(world):
    world.fill("a3")
    save(signed_in(world.officer("a3")), world, "I.3", met="")
    assert world.score("a3", "I.3").claimed_inputs is None


def test_the_row_of_another_sheet_is_not_found(world):
    score = world.score("a2", "I.1")
    client = signed_in(world.officer("a3"))
    answer = client.post(url(world, "score_save", "a3", score.pk), row(world, "a2", "I.1"))
    assert answer.status_code == 404


def test_who_may_not_claim():
    world = World().open_appraisal()
    score = world.score("a3", "I.2")
    address = url(world, "score_save", "a3", score.pk)
    fields = row(world, "a3", "I.2", level="Khá")
    outsider = make_user("stranger", make_agency("outside"))
    for user, status in ((outsider, 404), (world.deputy, 404), (world.leader, 403)):
        assert signed_in(user).post(address, fields, headers=HTMX).status_code == status
    assert signed_in(world.officer("a3")).get(address).status_code == 405
    assert world.score("a3", "I.2").claimed_inputs == {"level": "Tốt"}


def test_a_row_typed_into_a_sheet_that_was_submitted_meanwhile_is_not_lost():
    world = World().submit_all()
    client = signed_in(world.officer("a3"))
    answer = save(client, world, "I.2", level="Khá")
    assert answer.status_code == 422
    assert "The sheet has been submitted." in answer.content.decode()
    answer = save(client, world, "I.2", level="Khá", headers={})
    assert group_fields(answer, world, "a3", "I")[f"s{world.score('a3', 'I.2').pk}-level"] == "Khá"
    assert world.score("a3", "I.2").claimed_inputs == {"level": "Tốt"}


# --- a colleague was faster


def test_a_stale_row_is_refused_with_both_values(world):
    save(signed_in(world.head("a3")), world, "I.1", actual="8", target="10")
    answer = save(signed_in(world.officer("a3")), world, "I.1", version=0, actual="9", target="10")
    assert answer.status_code == 409
    html = answer.content.decode()
    assert "Đúng hạn: 8; Được giao: 10" in html
    assert "Đúng hạn: 9; Được giao: 10" in html
    assert "head.a3" in html
    assert 'data-state="conflict"' in html
    assert world.score("a3", "I.1").claimed_inputs == {"actual": "8", "target": "10"}


@pytest.mark.parametrize(("take", "actual"), [("mine", "9"), ("theirs", "8")])
def test_either_value_can_be_taken(world, take, actual):
    save(signed_in(world.head("a3")), world, "I.1", actual="8", target="10")
    answer = save(
        signed_in(world.officer("a3")),
        world,
        "I.1",
        version=0,
        actual="9",
        target="10",
        seen="1",
        take=take,
    )
    assert answer.status_code == 200
    assert world.score("a3", "I.1").claimed_inputs == {"actual": actual, "target": "10"}
    shown = f'name="s{world.score("a3", "I.1").pk}-actual"' in answer.content.decode()
    assert shown == (take == "theirs"), "the colleague's value replaces what was typed"


def test_taking_mine_is_refused_when_the_row_has_moved_again(world):
    save(signed_in(world.head("a3")), world, "I.1", actual="8", target="10")
    save(signed_in(world.head("a3")), world, "I.1", actual="7", target="10")
    officer = signed_in(world.officer("a3"))
    answer = save(officer, world, "I.1", version=0, actual="9", target="10", seen="1", take="mine")
    assert answer.status_code == 409
    assert world.score("a3", "I.1").claimed_inputs == {"actual": "7", "target": "10"}


def test_a_row_that_only_the_colleague_touched_is_no_conflict(world):
    officer = signed_in(world.officer("a3"))
    fields = group_fields(officer.get(url(world, "sheet_detail", "a3")), world, "a3", "I")
    save(signed_in(world.head("a3")), world, "I.1", actual="8", target="10")
    fields[f"s{world.score('a3', 'I.2').pk}-level"] = "Khá"
    address, _group = group_url(world, "a3", "I")
    assert officer.post(address, fields).status_code == 302
    assert world.score("a3", "I.1").claimed_inputs == {"actual": "8", "target": "10"}
    assert world.score("a3", "I.2").claimed_inputs == {"level": "Khá"}


# --- a group


def test_a_group_posted_back_as_it_was_shown_changes_nothing(world):
    world.fill("a3")
    before = ScoreChange.objects.count()
    client = signed_in(world.officer("a3"))
    page = client.get(url(world, "sheet_detail", "a3"))
    for code in ("I", "II", "T.1", "TR.1"):
        address, group = group_url(world, "a3", code)
        answer = client.post(address, fields_of(page, address))
        assert answer.headers["Location"].endswith(f"#group-{group}")
    assert ScoreChange.objects.count() == before


def test_right_rows_of_a_group_are_saved_and_wrong_ones_come_back_as_typed(world):
    client = signed_in(world.officer("a3"))
    page = client.get(url(world, "sheet_detail", "a3"))
    address, _group = group_url(world, "a3", "I")
    keys = {code: f"s{world.score('a3', code).pk}" for code in ("I.1", "I.2", "I.3")}
    fields = fields_of(page, address) | {
        f"{keys['I.1']}-actual": "chín",
        f"{keys['I.1']}-target": "10",
        f"{keys['I.2']}-level": "Tốt",
        f"{keys['I.3']}-met": "no",
    }
    answer = client.post(address, fields)
    assert answer.status_code == 422
    assert world.score("a3", "I.1").claimed_inputs is None
    assert world.score("a3", "I.2").claimed_inputs == {"level": "Tốt"}
    assert world.score("a3", "I.3").claimed_inputs == {"met": False}
    summary = answer.content.decode().split("data-error-summary")[1].split("</ul>")[0]
    assert re.findall(r'href="#score-(\d+)"', summary) == [keys["I.1"][1:]]
    again = fields_of(answer, address)
    assert again[f"{keys['I.1']}-actual"] == "chín"
    assert again[f"{keys['I.2']}-version"] == "1"
    answer = client.post(address, again | {f"{keys['I.1']}-actual": "9"})
    assert answer.status_code == 302
    assert world.score("a3", "I.1").claimed_inputs == {"actual": "9", "target": "10"}


def test_a_conflict_in_a_group_is_settled_without_javascript(world):
    officer = signed_in(world.officer("a3"))
    address, _group = group_url(world, "a3", "I")
    fields = fields_of(officer.get(url(world, "sheet_detail", "a3")), address)
    save(signed_in(world.head("a3")), world, "I.1", actual="8", target="10")
    key = f"s{world.score('a3', 'I.1').pk}"
    answer = officer.post(address, fields | {f"{key}-actual": "9", f"{key}-target": "10"})
    assert answer.status_code == 409
    again = fields_of(answer, address)
    assert (again[f"{key}-actual"], again[f"{key}-seen"]) == ("9", "1")
    assert officer.post(address, again).status_code == 409, "without a choice it stays open"
    assert officer.post(address, again | {f"{key}-take": "mine"}).status_code == 302
    assert world.score("a3", "I.1").claimed_inputs == {"actual": "9", "target": "10"}


def test_who_may_not_save_a_group(world):
    address, _group = group_url(world, "a3", "I")
    fields = row(world, "a3", "I.2", level="Khá")
    outsider = make_user("stranger", make_agency("outside"))
    for user in (outsider, world.deputy, world.board):
        assert signed_in(user).post(address, fields).status_code == 404
    assert signed_in(world.officer("a3")).get(address).status_code == 405
    other = World(slug="khoi-2", prefix="b").adopt_criteria()
    foreign = other.criteria.criteria.get(code="I").pk
    answer = signed_in(world.officer("a3")).post(url(world, "group_save", "a3", foreign), fields)
    assert answer.status_code == 404
    assert not ScoreChange.objects.exists()


def test_the_leader_who_only_reads_may_not_save_a_group():
    world = World().approve()
    address, _group = group_url(world, "a1", "I")
    # a1's sheet was appraised by the deputy, whose people read it but write no claims in it.
    answer = signed_in(world.deputy).post(address, row(world, "a1", "I.2", level="Khá"))
    assert answer.status_code == 422
    assert "Points are appraised during the appraisal only." in answer.content.decode()
    assert world.score("a1", "I.2").claimed_inputs == {"level": "Tốt"}


def test_saving_one_group_saves_what_was_typed_in_the_others(world):
    """Without JavaScript one button sends the whole sheet."""
    client = signed_in(world.officer("a3"))
    address, group = group_url(world, "a3", "I")
    fields = group_fields(client.get(url(world, "sheet_detail", "a3")), world, "a3", "I")
    first, second = (f"s{world.score('a3', code).pk}" for code in ("I.2", "II.1"))
    answer = client.post(address, fields | {f"{first}-level": "Khá", f"{second}-count": "2"})
    assert answer.headers["Location"].endswith(f"#group-{group}")
    assert world.score("a3", "I.2").claimed_inputs == {"level": "Khá"}
    assert world.score("a3", "II.1").claimed_inputs == {"count": "2"}


def test_the_enter_key_saves_and_accepts_nothing():
    """A browser presses the first button of the form: it must have no address of its own."""
    world = World().open_appraisal()
    html = signed_in(world.leader).get(url(world, "sheet_detail", "a3")).content.decode()
    form = html.split('class="sheet sheet-appraise"')[1]
    first = form.split("<button")[1].split(">")[0]
    assert 'type="submit"' in first
    assert "formaction" not in first


def test_a_sheet_that_is_only_read_has_no_form(world):
    for name in world.agencies:
        world.fill(name)
        scoring.submit(world.sheet(name), by=world.head(name))
    page = signed_in(world.officer("a3")).get(url(world, "sheet_detail", "a3"))
    with pytest.raises(LookupError):
        group_fields(page, world, "a3", "I")
