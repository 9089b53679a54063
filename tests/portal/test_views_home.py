"""My tasks: what each person must do, by role and phase."""

from __future__ import annotations

import datetime

import pytest
import time_machine
from django.utils import timezone

from awards import transitions as awards
from awards.models import Attendance, Dossier, DossierStatus
from blocs import transitions as blocs
from blocs.models import Membership, Office, Phase, Review
from portal.home import Due, desks_of, names_of
from portal.tasks import standings_of
from scoring import transitions as scoring
from scoring.models import Sheet
from tests.awards.meetings import Meeting
from tests.awards.polls import Poll
from tests.forms import signed_in
from tests.worlds import ANSWERS, World, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def tasks(user):
    """The texts of all tasks, in the order of the page."""
    return [task.text for standing in standings_of(user) for task in standing.tasks]


def states(user):
    return [standing.state for standing in standings_of(user)]


def move_to(review, phase):
    Review.objects.filter(pk=review.pk).update(status=phase, scores_due=datetime.date(2024, 12, 1))


REPORT = "Write the agency's own report of the year"


def build_world():
    return World().open_self_scoring()


# --- the member


def test_the_officer_fills_in_then_sends_to_the_head(world):
    (standing,) = standings_of(world.officer("a3"))
    task = standing.tasks[0]
    assert task.text == "Fill in the score sheet"
    assert task.left == "5 of 5 criteria left"
    assert task.url == "/khoi-1/2024/sheet/"
    assert task.due.text == "10 days left"
    world.fill("a3")
    assert tasks(world.officer("a3")) == ["Send the score sheet to the head of agency", REPORT]
    scoring.send_to_head(world.sheet("a3"), by=world.officer("a3"))
    assert tasks(world.officer("a3")) == [REPORT]
    assert tasks(world.head("a3")) == ["Check the score sheet and submit it", REPORT]
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    assert tasks(world.head("a3")) == [REPORT]
    assert states(world.head("a3")) == ["Your score sheet: Submitted."]


def test_what_is_left_counts_down(world):
    score = world.score("a3", "I.1")
    scoring.claim(score, inputs=ANSWERS["I.1"], explanation="", version=0, by=world.officer("a3"))
    (standing,) = standings_of(world.officer("a3"))
    assert standing.tasks[0].left == "4 of 5 criteria left"


def test_an_officer_to_whom_it_is_delegated_submits(world):
    world.fill("a3")
    blocs.set_delegation(world.agencies["a3"], officer_may_submit=True, by=world.head("a3"))
    assert tasks(world.officer("a3"))[0] == "Submit the score sheet"


def test_an_extension_moves_the_day_for_its_member_only(world):
    to = world.review.scores_due + datetime.timedelta(days=5)
    scoring.grant_extension(world.sheet("a3"), to=to, reason="Bão", by=world.leader)
    due = {name: standings_of(world.head(name))[0].tasks[0].due.day for name in ("a2", "a3")}
    assert due == {"a2": world.review.scores_due, "a3": to}


def test_a_returned_sheet_comes_back_as_a_task():
    world = World().open_appraisal()
    scoring.return_sheet(world.sheet("a3"), reason="Thiếu số liệu", by=world.leader)
    for user in (world.officer("a3"), world.head("a3")):
        assert tasks(user)[0] == "Supplement the returned score sheet and submit it again"


def test_the_report_is_a_task_until_it_is_written(world):
    assert REPORT in tasks(world.officer("a3"))
    blocs.write_report(
        world.membership("a3"), fields={"results": "x"}, version=0, by=world.officer("a3")
    )
    assert REPORT not in tasks(world.officer("a3"))


# --- leader and deputy


def test_the_leader_prepares_step_by_step():
    world = World()
    register = "Record covenant and registration of Sở a1, Sở a2, Sở a3"
    due = "Set the day on which score sheets are due"
    assert tasks(world.leader) == ["Upload the criteria of the year", due, register]
    world.adopt_criteria()
    assert tasks(world.leader) == [due, register]
    dates = dict.fromkeys(("registration_due", "appraisal_due", "dossier_due"))
    blocs.set_calendar(
        world.review, dates=dates | {"scores_due": timezone.localdate()}, by=world.leader
    )
    assert tasks(world.leader) == ["Open self-scoring", register]
    assert tasks(world.officer("a1")) == [register]
    assert tasks(world.deputy) == []


def test_the_leader_sees_who_has_not_submitted(world):
    world.fill("a2")
    scoring.submit(world.sheet("a2"), by=world.head("a2"))
    (standing,) = standings_of(world.leader)
    late = next(task for task in standing.tasks if task.text.startswith("Not submitted"))
    assert late.text == "Not submitted yet: Sở a1, Sở a3"
    assert late.left == "2 of 3 sheets missing"
    assert standing.state == "1 of 3 score sheets have been submitted."


def test_other_members_never_learn_who_has_not_submitted():
    world = World(members=4).open_self_scoring()
    world.fill("a2")
    scoring.submit(world.sheet("a2"), by=world.head("a2"))
    for name in ("a2", "a3", "a4"):
        page = signed_in(world.head(name)).get("/").content.decode()
        assert "Not submitted" not in page
        assert "of 4 score sheets" not in page
        others = {"Sở a1", "Sở a2", "Sở a3", "Sở a4"} - {f"Sở {name}"}
        assert not [other for other in others if other in page]


def test_with_all_sheets_in_the_leader_begins_the_appraisal():
    world = World().submit_all()
    assert "Begin the appraisal" in tasks(world.leader)
    assert "Begin the appraisal" not in tasks(world.officer("a1"))


def test_an_unranked_member_is_not_waited_for(world):
    blocs.set_ranking(world.membership("a3"), unranked=True, reason="Mới", by=world.board)
    for name in ("a1", "a2"):
        world.fill(name)
        scoring.submit(world.sheet(name), by=world.head(name))
    assert "Begin the appraisal" in tasks(world.leader)


def test_the_appraisal_belongs_to_leader_and_deputy():
    world = World().open_appraisal()
    assert "Appraise: Sở a2, Sở a3" in tasks(world.leader)
    assert "Appraise: Sở a1" in tasks(world.deputy)
    assert tasks(world.head("a3")) == [REPORT]
    sheet = world.sheet("a1")
    scoring.accept(sheet, list(sheet.scores.all()), by=world.deputy)
    assert "Finish the appraisal of Sở a1" in tasks(world.deputy)
    assert [text for text in tasks(world.officer("a2")) if "ppraisal" in text] == []
    task = next(t for t in standings_of(world.deputy)[0].tasks if "Finish" in t.text)
    assert task.url == "/khoi-1/2024/sheets/a1/"


def test_with_all_sheets_appraised_the_leader_approves_the_table():
    world = World().appraise_all()
    assert "Approve the summary table" in tasks(world.leader)
    assert "Approve the summary table" not in tasks(world.officer("a1"))
    assert "Approve the summary table" not in tasks(world.deputy)


def test_the_conference_is_prepared_then_the_papers_issued():
    world = World().approve()
    assert "Set day, venue and chair of the conference" in tasks(world.officer("a1"))
    move_to(world.review, Phase.SUBMISSION)
    Dossier.objects.create(review=world.review)
    papers = "Year-end report, Minutes of the conference, Summary table, Submission letter"
    assert tasks(world.leader) == [f"Issue: {papers}"]
    assert tasks(world.officer("a1")) == [f"Prepare: {papers}"]
    assert tasks(world.deputy) == []


def test_a_proposed_member_reports_its_achievements_until_they_are_issued():
    world = Meeting().close()
    issue = "Issue your agency's report of achievements"
    assert "Write your agency's report of achievements" in tasks(world.officer("a2"))
    assert issue in tasks(world.head("a2"))
    assert issue in tasks(world.leader)
    assert issue not in tasks(world.head("a3"))  # not proposed
    world.report_achievements()
    assert issue not in tasks(world.head("a2")) + tasks(world.leader)


def test_a_returned_dossier_comes_back_to_the_leader():
    world = World().approve()
    move_to(world.review, Phase.SUBMISSION)
    Dossier.objects.create(
        review=world.review,
        status=DossierStatus.RETURNED,
        submitted_at=timezone.now(),
        submitted_by=world.leader,
    )
    assert "returned the dossier" in tasks(world.leader)[0]


# --- the board


def test_the_board_names_leaders_and_appraisers(world):
    assert tasks(world.board) == []
    Sheet.objects.filter(pk=world.sheet("a1").pk).update(appraiser=None)
    assert tasks(world.board) == ["Name an appraiser for the sheet of Sở a1"]
    Membership.objects.filter(office=Office.LEADER).update(office=Office.MEMBER)
    assert "Name the bloc leader" in tasks(world.board)


def test_the_board_reminds_late_members(world):
    day = world.review.scores_due
    with time_machine.travel(datetime.datetime.combine(day, datetime.time(5)), tick=False):
        assert tasks(world.board) == []  # the due day itself is in time
    late = datetime.datetime.combine(day, datetime.time(5)) + datetime.timedelta(days=2)
    with time_machine.travel(late, tick=False):
        (standing,) = standings_of(world.board)
    (task,) = standing.tasks
    assert task.text == "Remind the late members: Sở a1, Sở a2, Sở a3"
    assert task.due.text == "02 days overdue"


@pytest.mark.parametrize(
    ("status", "text"),
    [
        (DossierStatus.SUBMITTED, "Receive the dossier, or return it"),
        (DossierStatus.RECEIVED, "Record the province's decisions"),
    ],
)
def test_the_board_examines_what_was_submitted(status, text):
    world = World().approve()
    move_to(world.review, Phase.EXAMINATION)
    now = timezone.now()
    dossier = Dossier.objects.create(
        review=world.review,
        status=status,
        submitted_at=now,
        submitted_by=world.leader,
        received_at=now,
    )
    (task,) = standings_of(world.board)[0].tasks
    assert (task.text, task.url) == (text, f"/board/dossiers/{dossier.pk}/")
    assert tasks(world.leader) == []


def test_a_decided_review_is_closed_and_then_gone():
    world = World().approve()
    move_to(world.review, Phase.DECIDED)
    assert tasks(world.board) == ["Close the review"]
    assert states(world.deputy) == ["The province has decided on every proposal."]
    blocs.close_review(world.review, by=world.board)
    assert standings_of(world.board) == []


# --- the page


def test_nothing_to_do_is_said_calmly_with_where_things_stand():
    world = World()
    page = signed_in(world.officer("a3")).get("/").content.decode()
    assert "Nothing to do now." in page
    assert "The bloc leader prepares criteria and dates." in page
    assert "/khoi-1/2024/" in page


def test_somebody_without_a_review_is_told_whom_to_ask():
    page = signed_in(make_user("nobody", None)).get("/").content.decode()
    assert "takes part in no open review" in page


def test_two_open_reviews_stand_newest_first_each_with_its_own_office(world):
    blocs.continue_review(world.review, leader=world.membership("a3"), deputies=[], by=world.leader)
    first, second = standings_of(world.head("a3"))
    assert (first.desk.review.year, second.desk.review.year) == (2025, 2024)
    assert "Upload the criteria of the year" in [task.text for task in first.tasks]
    assert [task.text for task in second.tasks][0].startswith("Have the score sheet")
    page = signed_in(world.head("a3")).get("/").content.decode()
    assert page.index("/khoi-1/2025/") < page.index("/khoi-1/2024/")


def test_another_blocs_reviews_are_not_mine(world):
    World(prefix="b", slug="khoi-2").open_self_scoring()
    assert [desk.review for desk in desks_of(world.leader)] == [world.review]
    assert len(desks_of(world.board)) == 2


def test_home_is_for_people_who_have_signed_in(client):
    assert client.get("/").url == "/accounts/login/?next=/"


def test_home_does_not_take_posts():
    world = World()
    assert signed_in(world.leader).post("/").status_code == 405


@pytest.mark.parametrize(
    ("days", "text"),
    [(5, "05 days left"), (0, "Due today"), (-2, "02 days overdue"), (236, "236 days left")],
)
def test_how_far_a_day_is(days, text):
    assert Due(datetime.date(2026, 1, 1), days).text == text


def test_many_names_are_shortened():
    parts = list(World(members=6).review.memberships.in_order())
    assert names_of(parts) == "Sở a1, Sở a2, Sở a3 and 3 more"


def test_an_open_ballot_is_a_task_until_the_own_paper_is_cast():
    world = Poll(members=4).adopt()
    vote = world.open_vote("a1", "a2")
    words = "Cast your agency's paper: Đề nghị tặng Cờ thi đua"
    for user in (world.head("a2"), world.officer("a2"), world.leader):
        assert tasks(user)[0] == words
    assert words not in tasks(world.board)
    Attendance.objects.filter(membership=world.membership("a3")).update(voter=world.head("a4"))
    assert words not in tasks(world.head("a3"))
    world.cast(vote, {"a2": "yy", "a4": "yy"})
    assert words not in tasks(world.head("a2"))
    assert tasks(world.head("a4"))[0] == words  # the paper that it holds for another member
    awards.close_ballot(vote, by=world.leader)
    assert words not in tasks(world.head("a4"))
    announce = "Announce the result of: Đề nghị tặng Cờ thi đua"
    assert tasks(world.leader)[0] == announce
    assert announce not in tasks(world.secretary) + tasks(world.head("a2"))


@pytest.mark.parametrize("reviews", [1, 3])
@pytest.mark.parametrize(("who", "count"), [("leader", 20), ("board", 14)])
def test_my_tasks_cost_the_same(who, count, reviews, django_assert_num_queries):
    world = World(members=1 + reviews).open_self_scoring()
    for n in range(1, reviews):
        blocs.open_review(
            world.bloc,
            2024 + n,
            members=dict.fromkeys(world.agencies.values(), "member"),
            by=world.board,
        )
    client = signed_in(getattr(world, who))
    with django_assert_num_queries(count):
        client.get("/")
