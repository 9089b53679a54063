"""Evidence or else an explanation: what holds a sheet back, and what does not."""

from __future__ import annotations

import re

import pytest

from blocs.readiness import NotReady
from scoring import transitions as scoring
from scoring.proof import unproven
from scoring.readiness import missing_to_submit
from tests.forms import signed_in
from tests.worlds import SMALL_SET, World

from .sheets import HTMX, row, url

pytestmark = pytest.mark.django_db

ASKED = (
    ("cap: 1}, evidence: []}", 'cap: 1}, evidence: ["Quyết định"]}'),  # T.1
    ('unit: "văn bản"}}', 'unit: "văn bản"}, evidence: ["Văn bản"]}'),  # TR.1
)


@pytest.fixture
def world(tmp_path):
    """I.1, the bonus T.1 and the penalty TR.1 ask for evidence; a3 has answered everything."""
    text = SMALL_SET.read_text(encoding="utf-8")
    for old, new in ASKED:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "asked.yaml"
    path.write_text(text, encoding="utf-8")
    world = World().open_self_scoring(path)
    world.fill("a3", {"T.1": {"count": "1"}, "TR.1": {"count": "1"}})
    return world


def claim(world, code, inputs, explanation=""):
    score = world.score("a3", code)
    scoring.claim(
        score,
        inputs=inputs,
        explanation=explanation,
        version=score.version,
        by=world.officer("a3"),
    )


def link(world, code):
    return scoring.add_evidence(
        world.score("a3", code), title="Báo cáo", url="https://a.vn", by=world.officer("a3")
    )


def lacking(world):
    return [score.criterion.code for score in unproven(world.sheet("a3").scores.in_order())]


def test_an_explanation_is_enough(world):
    assert lacking(world) == []
    assert missing_to_submit(world.sheet("a3")) == []


@pytest.mark.parametrize("explanation", ["", "  ", "\n\t "])
def test_a_blank_explanation_is_none(world, explanation):
    claim(world, "I.1", {"actual": "9", "target": "10"}, explanation)
    assert lacking(world) == ["I.1"]


def test_a_criterion_of_the_scale_is_proved_even_at_0(world):
    claim(world, "I.1", {"actual": "0", "target": "10"})
    assert lacking(world) == ["I.1"]


def test_bonuses_and_penalties_are_proved_above_0_only(world):
    for code in ("T.1", "TR.1"):
        claim(world, code, {"count": "0"})
    assert lacking(world) == []
    for code in ("T.1", "TR.1"):
        claim(world, code, {"count": "1"})
    assert lacking(world) == ["T.1", "TR.1"]


def test_what_is_blank_or_asks_for_nothing_lacks_nothing(world):
    claim(world, "I.1", None)
    claim(world, "I.2", {"level": "Tốt"})
    assert lacking(world) == []


def test_a_current_document_is_enough_and_one_taken_out_is_not(world):
    claim(world, "I.1", {"actual": "9", "target": "10"})
    evidence = link(world, "I.1")
    assert lacking(world) == []
    scoring.take_out(evidence, by=world.officer("a3"))
    assert lacking(world) == ["I.1"]


def test_a_document_of_another_criterion_proves_nothing_here(world):
    claim(world, "I.1", {"actual": "9", "target": "10"})
    link(world, "I.2")
    assert lacking(world) == ["I.1"]


def test_sending_and_submitting_wait_for_it_and_name_it_after_what_is_blank(world):
    claim(world, "I.1", {"actual": "9", "target": "10"})
    claim(world, "II.1", None)
    sheet = world.sheet("a3")
    blank, unproved = missing_to_submit(sheet)
    assert blank.text.startswith("II.1 ")
    assert unproved.text.startswith("I.1 Hoàn thành nhiệm vụ đúng hạn: ")
    assert unproved.url == f"{sheet.get_absolute_url()}#score-{world.score('a3', 'I.1').pk}"
    claim(world, "II.1", {"count": "1"})
    with pytest.raises(NotReady):
        scoring.send_to_head(sheet, by=world.officer("a3"))
    with pytest.raises(NotReady):
        scoring.submit(sheet, by=world.head("a3"))
    page = signed_in(world.head("a3")).get(url(world, "sheet_submit", "a3"))
    assert "I.1 Hoàn thành nhiệm vụ đúng hạn: attach evidence or explain" in page.content.decode()
    claim(world, "I.1", {"actual": "9", "target": "10"}, "Theo báo cáo")
    assert scoring.submit(sheet, by=world.head("a3")).status == "submitted"


def test_the_sheet_marks_it_counts_it_and_leads_there(world):
    claim(world, "I.1", {"actual": "9", "target": "10"})
    claim(world, "T.1", {"count": "1"})
    client = signed_in(world.officer("a3"))
    page = client.get(url(world, "sheet_detail", "a3"))
    html = page.content.decode()
    assert html.count("data-unproven") == 2
    progress = page.context["page"].progress
    assert (progress.left, progress.unproven) == (0, 2)
    assert progress.next == f"#score-{world.score('a3', 'I.1').pk}"
    assert "2 need evidence or an explanation" in " ".join(html.split())


def mark_of(saved: str, key: str) -> str:
    """What stands beside the row's evidence after a save."""
    found = re.search(rf'<div id="proof-{key}" hx-swap-oob="true">(.*?)</div>', saved, re.DOTALL)
    assert found
    return found[1]


def test_the_mark_goes_and_comes_with_the_row_that_is_saved(world):
    client = signed_in(world.officer("a3"))
    address = url(world, "score_save", "a3", world.score("a3", "I.1").pk)
    saved = client.post(
        address,
        row(world, "a3", "I.1", actual="9", target="10", explanation=""),
        headers=HTMX,
    ).content.decode()
    score = world.score("a3", "I.1")
    key = f"{score.sheet_id}-{score.criterion_id}"
    assert "data-unproven" in mark_of(saved, key)
    assert "1 needs evidence or an explanation" in " ".join(saved.split())
    saved = client.post(
        address,
        row(world, "a3", "I.1", actual="9", target="10", explanation="Theo báo cáo"),
        headers=HTMX,
    ).content.decode()
    assert mark_of(saved, key).strip() == ""
    assert "needs evidence" not in saved


def test_readers_who_do_not_enter_see_no_mark(world):
    for name in ("a1", "a2"):
        world.fill(name)
    for name in world.agencies:
        scoring.submit(world.sheet(name), by=world.head(name))
    page = signed_in(world.head("a3")).get(url(world, "sheet_detail", "a3"))
    assert "data-unproven" not in page.content.decode()


def test_my_tasks_ask_for_it_before_the_sheet_is_sent(world):
    claim(world, "I.1", {"actual": "9", "target": "10"})
    home = signed_in(world.officer("a3")).get("/").content.decode()
    assert "1 criterion needs evidence or an explanation" in home
    assert "Fill in the score sheet" in home
