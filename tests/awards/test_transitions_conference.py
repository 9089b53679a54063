"""The conference from its plan to its close: who may, when, and what each step refuses."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from awards import transitions as awards
from awards.models import (
    Attendance,
    Award,
    Conference,
    ConferenceStatus,
    Dossier,
    DossierStatus,
    FlagHandover,
    Method,
    Proposal,
    Reservation,
    Resolution,
    ResolutionKind,
)
from awards.readiness import missing_to_close
from awards.transitions.conference import Votes
from blocs import transitions as blocs
from blocs.models import Office, Phase, Review
from blocs.readiness import NotReady
from blocs.workflow import IllegalMove, Stale
from scoring.models import Summary, SummaryStatus
from scoring.tables import live_table
from tests.awards.meetings import PLAN, Meeting
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db

ELEVEN = datetime.time(11, 0)


def others(world: Meeting):
    """Everybody who does not keep the record: members, the deputy, the board, a stranger."""
    return [
        world.head("a2"),
        world.officer("a3"),
        world.board,
        make_user("stranger", make_agency("xa")),
    ]


# --- plan and opening


def test_the_secretariat_plans_from_the_appraisal_on():
    world = Meeting().open_appraisal()
    conference = awards.plan_conference(world.review, fields=PLAN, by=world.officer("a1"))
    assert conference.status == ConferenceStatus.PLANNED
    again = awards.plan_conference(
        world.review, fields={**PLAN, "venue": "Nhà văn hóa"}, by=world.leader
    )
    assert again.pk == conference.pk
    assert Conference.objects.get().venue == "Nhà văn hóa"


def test_nobody_else_plans_and_nobody_before_the_appraisal():
    world = Meeting().submit_all()
    with pytest.raises(PermissionDenied):
        awards.plan_conference(world.review, fields=PLAN, by=world.secretary)
    world = Meeting(slug="khoi-2", prefix="b").open_appraisal()
    for user in (world.head("b2"), world.board):
        with pytest.raises(PermissionDenied):
            awards.plan_conference(world.review, fields=PLAN, by=user)
    assert not Conference.objects.exists()


def test_a_closed_conference_is_not_planned_again():
    world = Meeting().close()
    with pytest.raises(PermissionDenied):  # the review has left the phase of the conference
        awards.plan_conference(world.review, fields=PLAN, by=world.secretary)


@pytest.mark.parametrize("held_on", [datetime.date(22, 1, 5), datetime.date(2122, 1, 5)])
def test_the_day_is_plausible(held_on):
    world = Meeting().approve()
    with pytest.raises(ValidationError):
        awards.plan_conference(
            world.review, fields={**PLAN, "held_on": held_on}, by=world.secretary
        )


def test_only_the_secretariat_opens_and_only_once():
    world = Meeting().plan()
    for user in others(world):
        with pytest.raises(PermissionDenied):
            awards.open_conference(world.conference, by=user)
    awards.open_conference(world.conference, by=world.secretary)
    assert world.conference.is_open
    with pytest.raises(IllegalMove):
        awards.open_conference(world.conference, by=world.secretary)


def test_it_does_not_open_before_the_table_is_approved():
    world = Meeting().open_appraisal()
    awards.plan_conference(world.review, fields=PLAN, by=world.secretary)
    with pytest.raises(PermissionDenied):
        awards.open_conference(world.conference, by=world.secretary)


# --- the record


def deeds_of_the_record(world: Meeting):
    """Each writing of the record, as a function of who does it."""
    conference, member = world.conference, world.membership("a2")
    votes = Votes(Method.CONSENSUS, 0)
    score = world.score("a2", "I.1")
    return {
        "attendance": lambda by: awards.record_attendance(
            conference, presences={member.pk: (True, "")}, by=by
        ),
        "delegate": lambda by: awards.add_delegate(
            conference, membership=member, name="ông A", position="Giám đốc", by=by
        ),
        "remark": lambda by: awards.add_remark(
            conference, membership=member, speaker="", text="Nhất trí.", by=by
        ),
        "score": lambda by: awards.agree_score(
            conference, score, points=5, reason="x", version=score.version, by=by
        ),
        "resolution": lambda by: awards.resolve(
            conference, kind=ResolutionKind.OTHER, text="x", votes=votes, by=by
        ),
        "handover": lambda by: awards.record_handover(
            conference, handed_by="ông A", received_by="", by=by
        ),
    }


DEEDS = ["attendance", "delegate", "remark", "score", "resolution", "handover"]


@pytest.mark.parametrize("deed", DEEDS)
def test_only_the_secretariat_keeps_the_record(deed):
    world = Meeting().open()
    write = deeds_of_the_record(world)[deed]
    for user in others(world):
        with pytest.raises(PermissionDenied):
            write(user)
    conference = world.conference
    assert not conference.attendances.exists()
    assert not conference.delegates.exists()
    assert not conference.remarks.exists()
    assert not conference.resolutions.exists()


@pytest.mark.parametrize("deed", DEEDS)
def test_the_record_is_kept_in_session_only(deed):
    world = Meeting().plan()
    with pytest.raises(PermissionDenied):
        deeds_of_the_record(world)[deed](world.secretary)


@pytest.mark.parametrize("deed", DEEDS)
def test_the_record_of_a_closed_conference_stands(deed):
    world = Meeting().close()
    with pytest.raises(PermissionDenied):
        deeds_of_the_record(world)[deed](world.secretary)


def test_an_absent_member_needs_a_reason():
    world = Meeting().open()
    member = world.membership("a2")
    with pytest.raises(ValidationError):
        awards.record_attendance(
            world.conference, presences={member.pk: (False, "")}, by=world.secretary
        )
    assert not Attendance.objects.exists()


def test_attendance_is_corrected_and_not_doubled():
    world = Meeting().attend("a3")
    member = world.membership("a3")
    awards.record_attendance(
        world.conference, presences={member.pk: (True, "")}, by=world.secretary
    )
    attendance = Attendance.objects.get(membership=member)
    assert (attendance.present, attendance.absence_reason) == (True, "")
    assert Attendance.objects.count() == 3


def test_members_of_another_review_have_no_part():
    world, other = Meeting().attend(), Meeting(slug="khoi-2", prefix="b")
    foreign = other.membership("b1")
    by, conference = world.secretary, world.conference
    with pytest.raises(ValidationError):
        awards.record_attendance(conference, presences={foreign.pk: (True, "")}, by=by)
    with pytest.raises(ValidationError):
        awards.add_delegate(conference, membership=foreign, name="", position="x", by=by)
    with pytest.raises(ValidationError):
        awards.add_remark(conference, membership=foreign, speaker="", text="x", by=by)
    with pytest.raises(ValidationError):
        awards.resolve(
            conference,
            kind=ResolutionKind.ELECT,
            votes=world.votes(),
            office=Office.LEADER,
            membership=foreign,
            by=by,
        )
    with pytest.raises(ValidationError):
        awards.resolve(
            conference,
            kind=ResolutionKind.OTHER,
            text="x",
            votes=world.votes(),
            reservations=[(foreign, "không")],
            by=by,
        )
    assert not Resolution.objects.exists()


def test_delegates_and_remarks_can_be_taken_out_in_session():
    world = Meeting().open()
    by, conference = world.secretary, world.conference
    delegate = awards.add_delegate(conference, membership=None, name="", position="Khách", by=by)
    remark = awards.add_remark(conference, membership=None, speaker="Khách", text="x", by=by)
    for user in others(world):
        with pytest.raises(PermissionDenied):
            awards.remove_delegate(delegate, by=user)
        with pytest.raises(PermissionDenied):
            awards.remove_remark(remark, by=user)
    awards.remove_delegate(delegate, by=by)
    awards.remove_remark(remark, by=by)
    assert not conference.delegates.exists()
    assert not conference.remarks.exists()


# --- resolutions


def test_votes_above_those_present_are_refused():
    world = Meeting().attend("a3")  # two of three are there
    for votes in (
        Votes(Method.SHOW_OF_HANDS, 3),
        Votes(Method.SHOW_OF_HANDS, 2, against=1),
        Votes(Method.SHOW_OF_HANDS, 1, against=1, abstained=1),
    ):
        with pytest.raises(ValidationError):
            awards.resolve(
                world.conference, kind="other", text="x", votes=votes, by=world.secretary
            )
    assert not Resolution.objects.exists()


def test_a_consensus_has_no_votes_against():
    world = Meeting().attend()
    with pytest.raises(ValidationError):
        awards.resolve(
            world.conference,
            kind="other",
            text="x",
            votes=Votes(Method.CONSENSUS, 2, against=1),
            by=world.secretary,
        )


def test_carried_needs_more_than_half_of_all_members_and_not_of_those_present():
    world = Meeting(members=4).attend("a3", "a4")
    assert not world.resolve("other", 2, text="hai trên bốn").carried
    world = Meeting(members=5, slug="khoi-2", prefix="b").attend("b4", "b5")
    assert world.resolve("other", 3, text="ba trên năm").carried


def test_the_entitled_are_all_members_of_the_review():
    world = Meeting(members=5).attend("a5")
    resolution = world.resolve(
        "other", text="x", reservations=[(world.membership("a4"), "Đề nghị lùi lại.")]
    )
    assert (resolution.in_favour, resolution.entitled) == (4, 5)
    assert Reservation.objects.get().text == "Đề nghị lùi lại."


def test_a_proposal_waits_for_the_adopted_table():
    world = Meeting().attend()
    with pytest.raises(ValidationError):
        world.propose("a1", "flag")
    assert not Resolution.objects.exists()


def test_the_conference_resolves_once_on_report_and_proposal():
    world = Meeting().adopt()
    with pytest.raises(ValidationError):
        world.resolve(ResolutionKind.ADOPT_REPORT)
    world.propose("a1", "flag")
    with pytest.raises(ValidationError):
        world.propose("a1", "flag")


def test_adopting_freezes_the_table_that_was_read():
    world = Meeting().adopt()
    summary = Summary.objects.get(review=world.review)
    assert (summary.status, summary.version) == (SummaryStatus.ADOPTED, 1)


def test_a_table_that_moved_since_it_was_read_is_not_adopted():
    world = Meeting().attend()
    seen = live_table(world.review).sha256
    score = world.score("a2", "I.1")
    awards.agree_score(
        world.conference,
        score,
        inputs={"actual": "8", "target": "10"},
        reason="Đối chiếu lại",
        version=score.version,
        by=world.secretary,
    )
    with pytest.raises(Stale):
        world.resolve(ResolutionKind.ADOPT_SUMMARY, seen=seen)
    assert not Resolution.objects.exists()
    world.resolve(ResolutionKind.ADOPT_SUMMARY, seen=live_table(world.review).sha256)
    statuses = Summary.objects.filter(review=world.review).values_list("version", "status")
    assert list(statuses) == [(1, SummaryStatus.SUPERSEDED), (2, SummaryStatus.ADOPTED)]


def test_a_table_that_is_voted_down_is_not_adopted_and_can_be_voted_again():
    world = Meeting().attend()
    seen = live_table(world.review).sha256
    resolution = world.resolve(ResolutionKind.ADOPT_SUMMARY, 1, seen=seen)
    assert Summary.objects.get().status == SummaryStatus.APPROVED
    awards.remove_resolution(resolution, by=world.secretary)
    world.resolve(ResolutionKind.ADOPT_SUMMARY, seen=seen)
    assert Summary.objects.get().status == SummaryStatus.ADOPTED


def test_the_adoption_of_the_table_is_not_struck_and_others_are():
    world = Meeting().adopt()
    adoption = world.conference.resolutions.get(kind=ResolutionKind.ADOPT_SUMMARY)
    report = world.conference.resolutions.get(kind=ResolutionKind.ADOPT_REPORT)
    for user in others(world):
        with pytest.raises(PermissionDenied):
            awards.remove_resolution(report, by=user)
    with pytest.raises(IllegalMove):
        awards.remove_resolution(adoption, by=world.secretary)
    awards.remove_resolution(report, by=world.secretary)
    assert list(world.conference.resolutions.all()) == [adoption]


def test_scores_stand_once_the_table_is_adopted():
    world = Meeting().adopt()
    score = world.score("a2", "I.1")
    with pytest.raises(IllegalMove):
        awards.agree_score(
            world.conference,
            score,
            points=5,
            reason="x",
            version=score.version,
            by=world.secretary,
        )


def test_a_difference_in_the_room_needs_a_reason_and_the_current_version():
    world = Meeting().attend()
    score = world.score("a2", "I.1")
    inputs = {"actual": "8", "target": "10"}
    for reason, version, error in (
        (" ", score.version, ValidationError),
        ("x", score.version - 1, Stale),
    ):
        with pytest.raises(error):
            awards.agree_score(
                world.conference,
                score,
                inputs=inputs,
                reason=reason,
                version=version,
                by=world.secretary,
            )
    score.refresh_from_db()
    assert score.agreed is None


# --- the flag


def test_the_flag_waits_for_the_election_of_the_leader():
    world = Meeting().attend()
    with pytest.raises(ValidationError):
        awards.record_handover(
            world.conference, handed_by="ông A", received_by="", by=world.secretary
        )
    world.elect("a3", Office.LEADER)
    awards.record_handover(
        world.conference, handed_by="ông A", received_by="bà B", by=world.secretary
    )
    handover = FlagHandover.objects.get()
    assert handover.from_member == world.membership("a1")
    assert handover.to_member == world.membership("a3")


def test_a_flag_given_to_somebody_no_longer_elected_is_missing_again():
    world = Meeting().decide_all()
    assert missing_to_close(world.conference) == []
    election = world.conference.resolutions.get(office=Office.LEADER)
    awards.remove_resolution(election, by=world.secretary)
    world.elect("a1", Office.LEADER)
    missing = missing_to_close(world.conference)
    assert [item.url.partition("#")[2] for item in missing] == ["handover"]


# --- the close


def test_closing_is_refused_with_the_list_of_what_is_missing():
    world = Meeting().open()
    with pytest.raises(NotReady) as refusal:
        awards.close_conference(world.conference, ends_at=ELEVEN, by=world.leader)
    anchors = [item.url.partition("#")[2] for item in refusal.value.missing]
    assert anchors == [
        "attendance",
        "report",
        "adoption",
        "proposals",
        "elections",
        "elections",
        "handover",
    ]
    assert world.conference.is_open
    assert not Dossier.objects.exists()


def test_only_the_head_of_the_leading_agency_closes():
    world = Meeting().decide_all()
    for user in (world.secretary, *others(world)):
        with pytest.raises(PermissionDenied):
            awards.close_conference(world.conference, ends_at=ELEVEN, by=user)
    assert world.conference.is_open


def test_the_conference_does_not_end_before_it_begins():
    world = Meeting().decide_all()
    with pytest.raises(ValidationError):
        awards.close_conference(world.conference, ends_at=datetime.time(7, 0), by=world.leader)
    assert world.conference.is_open
    assert world.reload().status == Phase.CONFERENCE


def test_closing_makes_the_proposals_that_carried_and_the_dossier():
    world = Meeting(members=4).adopt()
    world.propose("a1", "flag")
    world.propose("a2", "merit")
    world.resolve(  # two of four are not more than half
        ResolutionKind.PROPOSE,
        2,
        membership=world.membership("a4"),
        award=Award.objects.get(code="merit"),
    )
    world.elect("a3", Office.LEADER)
    world.elect("a2", Office.DEPUTY)
    by = world.secretary
    awards.record_handover(world.conference, handed_by="ông A", received_by="", by=by)
    awards.close_conference(world.conference, ends_at=ELEVEN, by=world.leader)
    proposals = Proposal.objects.filter(review=world.review)
    assert {(one.award.code, one.membership.agency.slug) for one in proposals} == {
        ("flag", "a1"),
        ("merit", "a2"),
    }
    assert Dossier.objects.get(review=world.review).status == DossierStatus.DRAFT
    assert world.reload().status == Phase.SUBMISSION


def test_closing_opens_next_years_review_with_members_and_offices():
    world = Meeting(members=4).close()
    upcoming = Review.objects.get(bloc=world.bloc, year=world.review.year + 1)
    assert upcoming.status == Phase.PREPARATION
    offices = upcoming.memberships.in_order().values_list("agency__slug", "office")
    assert list(offices) == [
        ("a1", Office.MEMBER),
        ("a2", Office.DEPUTY),
        ("a3", Office.LEADER),
        ("a4", Office.MEMBER),
    ]


def test_where_next_years_review_exists_only_its_offices_are_set():
    world = Meeting().decide_all()
    newcomer = make_agency("moi")
    upcoming = blocs.open_review(
        world.bloc,
        world.review.year + 1,
        members={
            newcomer: Office.LEADER,
            world.agencies["a2"]: Office.MEMBER,
            world.agencies["a3"]: Office.MEMBER,
        },
        by=world.board,
    )
    awards.close_conference(world.conference, ends_at=ELEVEN, by=world.leader)
    assert Review.objects.filter(bloc=world.bloc).count() == 2
    offices = dict(upcoming.memberships.values_list("agency__slug", "office"))
    assert offices == {"moi": Office.MEMBER, "a2": Office.DEPUTY, "a3": Office.LEADER}


def test_the_leader_of_a_year_acts_on_that_year_only():
    world = Meeting().close()
    upcoming = Review.objects.get(bloc=world.bloc, year=world.review.year + 1)
    old, new = world.head("a1"), world.head("a3")
    dates = dict.fromkeys(("registration_due", "scores_due", "appraisal_due", "dossier_due"))
    with pytest.raises(PermissionDenied):
        blocs.set_calendar(upcoming, dates=dates, by=old)
    blocs.set_calendar(upcoming, dates=dates, by=new)
    with pytest.raises(PermissionDenied):
        awards.write_text(
            world.review, document="report", section="opening", text="x", version=0, by=new
        )
    awards.write_text(
        world.review, document="report", section="opening", text="x", version=0, by=old
    )


def test_two_reviews_of_one_bloc_run_at_once():
    world = Meeting().close()
    upcoming = Review.objects.get(bloc=world.bloc, year=world.review.year + 1)
    proposal = world.proposal("a1")
    awards.write_grounds(proposal, grounds="Hoàn thành vượt mức.", by=world.head("a1"))
    world.review = upcoming
    assert world.leader.part_in(upcoming).office == Office.MEMBER
    world.review.refresh_from_db()
    assert (world.review.status, proposal.review.status) == (Phase.PREPARATION, Phase.SUBMISSION)
