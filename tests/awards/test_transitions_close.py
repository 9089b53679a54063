"""The flag handed over, the close, and next year's review."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from awards import transitions as awards
from awards.documents.papers import PaperKey
from awards.models import (
    Award,
    DocumentKind,
    Dossier,
    DossierStatus,
    FlagHandover,
    Proposal,
    ResolutionKind,
)
from awards.readiness import missing_to_close
from blocs import transitions as blocs
from blocs.models import Office, Phase, Review, User
from blocs.permissions import serves_leader
from blocs.readiness import NotReady
from scoring import transitions as scoring
from scoring.models import AutoSource, CriteriaSet
from tests.awards.meetings import Meeting
from tests.worlds import make_agency

pytestmark = pytest.mark.django_db

ELEVEN = datetime.time(11, 0)


def anchors(world: Meeting) -> list[str]:
    return [item.url.partition("#")[2] for item in missing_to_close(world.conference)]


def build_world():
    return Meeting().read_minutes()


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
    assert anchors(world) == ["minutes"]
    election = world.conference.resolutions.get(office=Office.LEADER)
    awards.remove_resolution(election, by=world.secretary)
    world.elect("a1", Office.LEADER)
    assert anchors(world) == ["handover", "minutes"]


# --- the close


def test_closing_is_refused_with_the_list_of_what_is_missing():
    world = Meeting().open()
    with pytest.raises(NotReady) as refusal:
        awards.close_conference(world.conference, ends_at=ELEVEN, by=world.leader)
    assert [item.url.partition("#")[2] for item in refusal.value.missing] == [
        "attendance",
        "report",
        "adoption",
        "proposals",
        "elections",
        "elections",
        "handover",
        "minutes",
    ]
    assert world.conference.is_open
    assert not Dossier.objects.exists()


def test_only_the_head_of_the_leading_agency_closes(world):
    for user in (world.secretary, *world.others):
        with pytest.raises(PermissionDenied):
            awards.close_conference(world.conference, ends_at=ELEVEN, by=user)
    assert world.conference.is_open


def test_the_conference_does_not_end_before_it_begins(world):
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
    world.adopt_minutes()
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


def test_where_next_years_review_exists_only_its_offices_are_set(world):
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
            world.review,
            PaperKey(DocumentKind.REPORT),
            section="opening",
            text="x",
            version=0,
            by=new,
        )
    awards.write_text(
        world.review, PaperKey(DocumentKind.REPORT), section="opening", text="x", version=0, by=old
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


def test_closing_hands_the_criteria_on_as_a_draft():
    world = Meeting().close()
    upcoming = Review.objects.get(bloc=world.bloc, year=world.review.year + 1)
    draft = CriteriaSet.objects.get(review=upcoming)
    assert (draft.is_draft, draft.title) == (True, world.criteria.title)
    assert draft.criteria.count() == world.criteria.criteria.count()


def test_rights_go_with_the_office_and_not_with_accounts(world):
    columns = ("username", "password", "role", "agency", "is_active")
    accounts = list(User.objects.order_by("pk").values_list(*columns))
    awards.close_conference(world.conference, ends_at=ELEVEN, by=world.leader)
    assert list(User.objects.order_by("pk").values_list(*columns)) == accounts
    review = world.reload()
    upcoming = Review.objects.get(bloc=world.bloc, year=review.year + 1)
    old, new = world.officer("a1"), world.officer("a3")
    assert (bool(serves_leader(old, review)), bool(serves_leader(new, review))) == (True, False)
    assert (bool(serves_leader(old, upcoming)), bool(serves_leader(new, upcoming))) == (False, True)
    awards.issue(
        review,
        PaperKey(DocumentKind.MINUTES),
        number="01",
        dated=datetime.date(2025, 2, 21),
        by=world.head("a1"),
    )
    scoring.adopt_criteria(CriteriaSet.objects.get(review=upcoming), by=world.head("a3"))


def test_state_of_the_flag_and_its_papers_are_kept_line_by_line():
    world = Meeting().attend()
    world.elect("a3", Office.LEADER)
    handover = awards.record_handover(
        world.conference,
        handed_by="ông A",
        received_by="",
        condition=" Nguyên vẹn ",
        enclosed="Sổ truyền thống\r\n\r\n Danh sách các Khối trưởng ",
        by=world.secretary,
    )
    assert handover.condition == "Nguyên vẹn"
    assert handover.enclosed == "Sổ truyền thống\nDanh sách các Khối trưởng"


def test_next_years_secretariat_prepares_while_this_year_is_with_the_province():
    world = Meeting().submit()
    assert world.review.status == Phase.EXAMINATION
    upcoming = Review.objects.get(bloc=world.bloc, year=world.review.year + 1)
    criterion = CriteriaSet.objects.get(review=upcoming).criteria.get(code="II.3")
    for former in (world.officer("a1"), world.head("a1")):
        with pytest.raises(PermissionDenied):
            scoring.choose_source(criterion, AutoSource.REGISTRATION, by=former)
    scoring.choose_source(criterion, AutoSource.REGISTRATION, by=world.officer("a3"))
    dates = dict.fromkeys(("registration_due", "scores_due", "appraisal_due", "dossier_due"))
    blocs.set_calendar(upcoming, dates=dates, by=world.officer("a3"))
    assert world.reload().status == Phase.EXAMINATION


def test_closing_ends_the_item_that_the_room_is_at():
    world = Meeting().decide_all()
    last = awards.lay_out_agenda(world.conference, by=world.secretary)[-1]
    awards.go_to(world.conference, last, by=world.secretary)
    world.adopt_minutes()
    awards.close_conference(world.conference, ends_at=ELEVEN, by=world.leader)
    last.refresh_from_db()
    assert last.ended_at is not None
