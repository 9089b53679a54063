"""The history of a sheet and of one criterion: what it tells, in which order, and to whom."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.urls import reverse

from scoring import transitions as scoring
from scoring.models import ScoreStage
from scoring.sheet_history import History
from scoring.tables import live_table
from tests.forms import signed_in
from tests.worlds import VIETNAM, World, make_agency, make_user

from .sheets import url
from .whole_sets import Communes, relative

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

START = datetime.datetime(2025, 1, 6, 9, tzinfo=VIETNAM)


def lines(world, name, user, code=None):
    sheet = world.sheet(name)
    sheet.membership.review = world.review
    criterion = world.criteria.criteria.get(code=code) if code else None
    return History(sheet, user, criterion).lines


def appraise(world, name, code, inputs, reason="Theo hồ sơ"):
    score = world.score(name, code)
    return scoring.appraise(
        score, inputs=inputs, reason=reason, version=score.version, by=world.appraiser(name)
    )


@pytest.fixture
def contested():
    """I.2 of a3: claimed, returned, appraised lower, contested, and answered with the claim."""
    with time_machine.travel(START, tick=False) as clock:
        world = World().open_appraisal()
        sheet = world.sheet("a3")
        clock.shift(60)
        scoring.return_sheet(sheet, reason="Bổ sung quyết định", by=world.leader)
        clock.shift(60)
        scoring.submit(sheet, by=world.head("a3"))
        clock.shift(60)
        appraise(world, "a3", "I.2", {"level": "Khá"})
        clock.shift(60)
        scoring.accept(sheet, list(sheet.scores.all()), by=world.leader)
        scoring.finish_appraisal(sheet, by=world.leader)
        clock.shift(60)
        score = world.score("a3", "I.2")
        objection = scoring.object_to(score, reason="Có quyết định", by=world.officer("a3"))
        clock.shift(60)
        scoring.answer_objection(
            objection,
            reply="Đúng như vậy",
            inputs={"level": "Tốt"},
            version=score.version,
            by=world.officer("a1"),
        )
        yield world


def test_one_criterion_is_told_from_its_last_value_to_its_first(contested):
    told = [
        (line.what, line.reason, line.by)
        for line in lines(contested, "a3", contested.leader, "I.2")
        if line.criterion
    ]
    leader, officer, member = "head.a1", "officer.a1", "officer.a3"
    assert {told[0][:2], told[1][:2]} == {
        ("Appraised", "Đúng như vậy"),
        ("Answer to the objection", "Đúng như vậy"),
    }
    assert officer in told[0][2]
    assert told[2][:2] == ("Objection", "Có quyết định")
    assert member in told[2][2]
    assert told[3][:2] == ("Appraised", "Theo hồ sơ")
    assert leader in told[3][2]
    assert told[4][0] == "Claimed"
    assert len(told) == 5


def test_points_and_figures_stand_before_and_after(contested):
    told = lines(contested, "a3", contested.leader, "I.2")
    last, first = [line for line in told if line.what == "Appraised"]
    assert (first.before, first.after) == (None, 2)
    assert (last.before, last.after) == (2, 4)
    assert (last.before_figures, last.after_figures) == ("Khá", "")  # as it was claimed
    assert first.agency
    assert first.office


def test_the_whole_sheet_tells_every_criterion_and_move_the_newest_first(contested):
    told = lines(contested, "a3", contested.head("a3"))
    moments = [line.at for line in told]
    assert moments == sorted(moments, reverse=True)
    assert {line.criterion.split()[0] for line in told if line.moves_points} == {
        "I.1",
        "I.2",
        "I.3",
        "II.1",
        "II.2",
        "T.1",
        "TR.1",
    }
    moves = [line.reason for line in told if line.what.startswith("Sheet:")]
    assert moves == ["", "", "Bổ sung quyết định", ""]  # appraised, submitted, returned, submitted


def test_one_criterion_tells_nothing_of_the_others(contested):
    told = lines(contested, "a3", contested.leader, "I.1")
    assert {line.criterion.split()[0] for line in told if line.criterion} == {"I.1"}
    assert not any("Có quyết định" in line.reason for line in told)


def test_an_extension_is_part_of_the_history():
    world = World().open_self_scoring()
    day = world.review.scores_due + datetime.timedelta(days=5)
    scoring.grant_extension(world.sheet("a3"), to=day, reason="Bão lụt", by=world.leader)
    [line] = lines(world, "a3", world.head("a3"))
    assert (line.reason, line.moves_points) == ("Bão lụt", False)


# --- who


def test_the_member_reads_its_claims_only_until_the_appraisal_is_finished():
    world = World().open_appraisal()
    appraise(world, "a3", "I.2", {"level": "Khá"}, reason="Bí mật")
    assert {line.what for line in lines(world, "a3", world.head("a3"), "I.2")} == {
        "Claimed",
        "Sheet: Submitted",
    }
    assert "Appraised" in {line.what for line in lines(world, "a3", world.leader, "I.2")}
    page = url(world, "sheet_history", "a3")
    assert "Bí mật" not in signed_in(world.head("a3")).get(page).text
    assert "Bí mật" in signed_in(world.leader).get(page).text


def test_the_history_is_read_by_the_readers_of_the_sheet(contested):
    criterion = contested.criteria.criteria.get(code="I.2").pk
    stranger = make_user("stranger", make_agency("xa"))
    for page in (
        url(contested, "sheet_history", "a3"),
        url(contested, "criterion_history", "a3", criterion),
    ):
        for user in (contested.officer("a3"), contested.officer("a1")):
            assert signed_in(user).get(page).status_code == 200
        for user in (contested.deputy, contested.board, stranger):
            assert signed_in(user).get(page).status_code == 404
        assert signed_in(contested.leader).post(page).status_code == 405
    group = contested.criteria.criteria.get(code="I").pk
    assert (
        signed_in(contested.leader)
        .get(url(contested, "criterion_history", "a3", group))
        .status_code
        == 404
    )


def test_what_another_member_caused_is_for_readers_of_the_whole_table():
    """The points of a2 moved with the figures of a1; a2 learns of it with the table."""
    answers = {"a1": relative(140), "a2": relative(120), "a3": relative(90)}
    world = Communes().open_appraisal(answers)
    appraise(world, "a1", "1.1", {"actual": "130", "target": "100"})
    for name in world.agencies:
        sheet, by = world.sheet(name), world.appraiser(name)
        scoring.accept(sheet, list(sheet.scores.all()), by=by)
        scoring.finish_appraisal(sheet, by=by)
        scoring.accept_appraisal(sheet, by=world.head(name))

    def recalculated(user):
        return [
            line for line in lines(world, "a2", user, "1.1") if line.what.endswith("recalculated")
        ]

    page = url(world, "sheet_history", "a2")
    assert recalculated(world.head("a2")) == []
    assert "recalculated" not in signed_in(world.head("a2")).get(page).text
    [line] = recalculated(world.leader)
    assert line.reason == "Because criterion 1.1 of Sở a1 was changed"
    assert line.before != line.after
    seen = live_table(world.review).sha256
    scoring.approve_summary(world.review, seen=seen, by=world.leader)
    world.reload()
    assert recalculated(world.head("a2")) == [line]


@pytest.mark.parametrize("changes", [1, 3])
def test_query_count_does_not_grow_with_the_changes(changes, django_assert_num_queries):
    world = World().open_appraisal()
    for level in ("Khá", "Tốt", "Khá")[:changes]:
        appraise(world, "a3", "I.2", {"level": level})
    criterion = world.criteria.criteria.get(code="I.2").pk
    page = reverse("scoring:criterion_history", args=[*world.review.url_args, "a3", criterion])
    client = signed_in(world.leader)
    with django_assert_num_queries(19):
        told = client.get(page).context["lines"]
    assert sum(line.what == ScoreStage.APPRAISED.label for line in told) == changes
