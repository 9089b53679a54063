"""Counting printed papers: who types, who confirms, and that numbers which do not agree stop."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import translation

from awards import transitions as awards
from awards.committee import tellers_of, warnings_on
from awards.models import (
    Absentees,
    Attendance,
    PaperForm,
    ResolutionKind,
    Tally,
    TallyStatus,
    Vote,
    VoteStatus,
)
from awards.tallies import Figures, figures_of
from blocs.workflow import IllegalMove, Stale
from tests.awards.paper_polls import RIGHT, PaperPoll
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


PDF = b"%PDF-1.7\n%%EOF\n"


def reloaded(record):
    return type(record).objects.get(pk=record.pk)


def build_world():
    return PaperPoll().committee()


# --- the committee


def test_the_secretariat_names_and_strikes_tellers_while_in_session():
    world = PaperPoll().adopt()
    teller = awards.name_teller(
        world.conference,
        name="",
        user=world.first,
        position="Chuyên viên",
        is_head=True,
        by=world.secretary,
    )
    assert (teller.name, teller.membership, teller.is_head) == (
        str(world.first),
        world.membership("a4"),
        True,
    )
    awards.remove_teller(teller, by=world.secretary)
    assert not world.conference.tellers.exists()


def test_nobody_else_names_tellers():
    world = PaperPoll().adopt()
    for user in world.others:
        with pytest.raises(PermissionDenied):
            awards.name_teller(world.conference, name="ông A", by=user)


def test_tellers_are_named_in_session_only():
    world = PaperPoll().plan()
    with pytest.raises(PermissionDenied):
        awards.name_teller(world.conference, name="ông A", by=world.secretary)


def test_the_chair_counts_no_papers():
    world = PaperPoll().adopt()
    with pytest.raises(ValidationError) as refusal:
        awards.name_teller(world.conference, name="", user=world.leader, by=world.secretary)
    assert list(refusal.value.error_dict) == ["user"]


def test_tellers_are_of_the_bloc_or_the_board_and_active():
    world = PaperPoll().adopt()
    gone = world.officer("a5")
    gone.is_active = False
    gone.save()
    for user in (make_user("xa", make_agency("xa")), gone):
        with pytest.raises(ValidationError) as refusal:
            awards.name_teller(world.conference, name="", user=user, by=world.secretary)
        assert list(refusal.value.error_dict) == ["user"]


def test_one_head_and_each_account_once(world):
    with pytest.raises(ValidationError) as refusal:
        awards.name_teller(world.conference, name="ông A", is_head=True, by=world.secretary)
    assert list(refusal.value.error_dict) == ["is_head"]
    with pytest.raises(ValidationError) as refusal:
        awards.name_teller(world.conference, name="", user=world.first, by=world.secretary)
    assert list(refusal.value.error_dict) == ["user"]
    with pytest.raises(ValidationError) as refusal:
        awards.name_teller(world.conference, name="", by=world.secretary)
    assert list(refusal.value.error_dict) == ["name"]


def test_a_teller_who_has_typed_stays_the_others_may_leave(world):
    awards.begin_tally(world.open_paper(), by=world.first)
    first, second = world.conference.tellers.order_by("pk")
    with pytest.raises(IllegalMove):
        awards.remove_teller(first, by=world.secretary)
    awards.remove_teller(second, by=world.secretary)
    assert list(world.conference.tellers.all()) == [first]


def test_a_committee_of_two_is_warned_about_and_so_are_candidates_on_it(world):
    awards.name_teller(world.conference, name="", user=world.officer("a2"), by=world.secretary)
    world.open_vote("a1", "a2", "a3", on_paper=True, title="Đề nghị tặng Cờ")
    warnings = warnings_on(world.conference, tellers_of(world.conference))
    assert len(warnings) == 1
    assert "Sở a2" in warnings[0]
    assert "Đề nghị tặng Cờ" in warnings[0]
    awards.name_teller(world.conference, name="ông A", by=world.secretary)
    warnings = warnings_on(world.conference, tellers_of(world.conference))
    assert "4 members" in warnings[0]


def test_no_warning_without_a_committee():
    world = PaperPoll().adopt()
    assert warnings_on(world.conference, []) == []


# --- typing


def test_a_draft_takes_any_numbers_from_whoever_began_it(world):
    wrong = Figures(99, None, 7, None, ((None, 5, None), (1, 1, 1), (0, 0, 0)))
    tally = world.draft(wrong)
    assert figures_of(reloaded(tally)) == wrong
    with pytest.raises(PermissionDenied):
        awards.save_tally(tally, RIGHT, by=world.second)
    with pytest.raises(PermissionDenied):
        awards.save_tally(tally, RIGHT, by=world.secretary)


def test_only_tellers_begin_a_tally_and_one_at_a_time(world):
    vote = world.open_paper()
    for user in (world.leader, world.secretary, *world.others[:2]):
        with pytest.raises(PermissionDenied):
            awards.begin_tally(vote, by=user)
    awards.begin_tally(vote, by=world.first)
    with pytest.raises(Stale):
        awards.begin_tally(vote, by=world.second)
    assert vote.tallies.count() == 1


def test_there_is_nothing_to_count_before_the_opening_or_in_the_box(world):
    draft = world.prepare("a1", "a2", on_paper=True)
    electronic = world.open_vote("a1", "a2")
    for vote in (draft, electronic):
        with pytest.raises(PermissionDenied):
            awards.begin_tally(vote, by=world.first)


def test_another_teller_goes_on_with_a_draft_and_that_is_noted(world):
    tally = world.draft()
    awards.take_over_tally(tally, by=world.second)
    with pytest.raises(PermissionDenied):
        awards.save_tally(tally, RIGHT, by=world.first)
    awards.enter_tally(tally, by=world.second)
    awards.confirm_tally(tally, by=world.first)
    assert str(world.first) in tally.changes.first().note


WRONG = {
    "more handed out than stand on the roll": (Figures(6, 4, 3, 1, RIGHT.lines), ["issued"]),
    "more back than handed out": (Figures(3, 4, 3, 1, RIGHT.lines), ["returned"]),
    "more valid than back": (Figures(5, 4, 5, 0, RIGHT.lines), ["valid"]),
    "valid and invalid are not all": (Figures(5, 4, 3, 0, RIGHT.lines), ["invalid"]),
    "a line does not make valid": (
        Figures(5, 4, 3, 1, ((3, 0, 0), (2, 0, 0), (1, 1, 2))),
        ["yes_2", "yes_3"],
    ),
    "a number is missing": (
        Figures(5, 4, None, 1, ((3, 0, 0), (2, 1, 0), (1, 1, None))),
        ["valid", "abstain_3"],
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_numbers_that_do_not_agree_are_told_at_their_field_and_kept(case):
    figures, fields = WRONG[case]
    world = PaperPoll()
    tally = world.draft(figures)
    with pytest.raises(ValidationError) as refusal:
        awards.enter_tally(tally, by=world.first)
    assert list(refusal.value.error_dict) == fields
    tally = reloaded(tally)
    assert tally.status == TallyStatus.DRAFT
    assert figures_of(tally) == figures


def chosen(*votes):
    return tuple((one, None, None) for one in votes)


def test_where_some_are_chosen_the_choices_stay_within_the_papers(world):
    columns = {"form": PaperForm.CHOOSE, "most": 2, "seats": 2}
    tally = world.draft(Figures(5, 5, 4, 1, chosen(4, 3, 2)), **columns)
    with pytest.raises(ValidationError, match="More choices"):
        awards.enter_tally(tally, by=world.first)
    awards.save_tally(tally, Figures(5, 5, 4, 1, chosen(5, 3, 0)), by=world.first)
    with pytest.raises(ValidationError) as refusal:
        awards.enter_tally(tally, by=world.first)
    assert list(refusal.value.error_dict) == ["yes_1"]
    awards.save_tally(tally, Figures(5, 5, 4, 1, chosen(4, 3, 1)), by=world.first)
    awards.enter_tally(tally, by=world.first)
    vote = awards.confirm_tally(tally, by=world.second)
    assert list(vote.options.values_list("yes", "no", "abstain")) == [
        (4, 0, 0),
        (3, 0, 1),
        (1, 0, 3),
    ]


def test_an_election_gives_one_vote_a_paper(world):
    tally = world.draft(
        Figures(5, 5, 5, 0, chosen(3, 2, 1)), kind=ResolutionKind.ELECT, form=PaperForm.ELECT
    )
    with pytest.raises(ValidationError, match="More choices"):
        awards.enter_tally(tally, by=world.first)


def test_the_database_refuses_a_sent_tally_that_does_not_agree(world):
    tally = world.draft(Figures(5, 4, 3, 0, RIGHT.lines))
    with pytest.raises(IntegrityError), transaction.atomic():
        Tally.objects.filter(pk=tally.pk).update(status=TallyStatus.ENTERED)


# --- confirming and rejecting


def test_the_second_teller_confirms_and_the_vote_is_counted(world):
    vote = awards.confirm_tally(world.entered(), by=world.second)
    vote = reloaded(vote)
    assert vote.status == VoteStatus.COUNTED
    assert (vote.issued, vote.returned, vote.valid, vote.written) == (5, 4, 3, 0)
    assert len(vote.result_sha256) == 64
    assert list(vote.options.values_list("yes", "no", "abstain")) == list(RIGHT.lines)
    tally = vote.tallies.get()
    assert (tally.status, tally.settled_by) == (TallyStatus.CONFIRMED, world.second)


def test_nobody_confirms_or_rejects_the_own_count(world):
    tally = world.entered()
    for user in (world.first, world.leader, world.secretary):
        with pytest.raises(PermissionDenied):
            awards.confirm_tally(tally, by=user)
        with pytest.raises(PermissionDenied):
            awards.reject_tally(tally, reason="Sai", by=user)
    assert reloaded(tally.vote).is_open
    assert tally.changes.count() == 1


def test_the_database_wants_a_second_teller(world):
    tally = world.entered()
    with pytest.raises(IntegrityError), transaction.atomic():
        Tally.objects.filter(pk=tally.pk).update(
            status=TallyStatus.CONFIRMED, settled_by=world.first
        )


def test_a_draft_is_not_confirmed(world):
    tally = world.draft()
    with pytest.raises(IllegalMove):
        awards.confirm_tally(tally, by=world.second)
    assert reloaded(tally.vote).is_open


def test_a_rejected_count_stays_and_the_papers_are_counted_anew(world):
    tally = world.entered()
    with pytest.raises(ValidationError):
        awards.reject_tally(tally, reason=" ", by=world.second)
    awards.reject_tally(tally, reason="Thiếu 01 phiếu", by=world.second)
    assert tally.changes.last().note == "Thiếu 01 phiếu"
    with pytest.raises(IllegalMove):
        awards.confirm_tally(tally, by=world.second)
    again = awards.begin_tally(tally.vote, by=world.second)
    awards.save_tally(again, RIGHT, by=world.second)
    awards.enter_tally(again, by=world.second)
    vote = awards.confirm_tally(again, by=world.first)
    assert vote.tallies.count() == 2
    assert figures_of(reloaded(tally)) == RIGHT


def test_what_was_sent_no_longer_changes(world):
    tally = world.entered()
    with pytest.raises(Stale):
        awards.save_tally(tally, Figures(lines=RIGHT.lines), by=world.first)
    with pytest.raises(IllegalMove):
        awards.enter_tally(tally, by=world.first)
    with pytest.raises(IntegrityError), transaction.atomic():
        Tally.objects.filter(pk=tally.pk).update(returned=5)


def test_a_cancelled_vote_is_neither_counted_nor_confirmed(world):
    tally = world.entered()
    awards.cancel_vote(tally.vote, reason="Mất phiếu", by=world.leader)
    with pytest.raises(IllegalMove):
        awards.confirm_tally(tally, by=world.second)
    with pytest.raises(IllegalMove):
        awards.reject_tally(tally, reason="Sai", by=world.second)
    with pytest.raises(PermissionDenied):
        awards.begin_tally(tally.vote, by=world.second)


def test_written_votes_are_added_to_the_papers(world):
    Attendance.objects.filter(membership=world.membership("a5")).update(
        present=False, absence_reason="Công tác", written_opinion="Đồng ý với a1"
    )
    vote = world.prepare("a1", "a2", "a3", on_paper=True)
    Vote.objects.filter(pk=vote.pk).update(absentees=Absentees.WRITTEN_OPINION)
    vote = awards.open_vote(vote, by=world.leader)
    awards.record_written_vote(vote, world.membership("a5"), paper="yn-", by=world.secretary)
    tally = awards.begin_tally(vote, by=world.first)
    five = Figures(5, 4, 4, 0, ((4, 0, 0),) * 3)
    awards.save_tally(tally, five, by=world.first)
    with pytest.raises(ValidationError) as refusal:  # the roll has four: a5 wrote
        awards.enter_tally(tally, by=world.first)
    assert list(refusal.value.error_dict) == ["issued"]
    awards.save_tally(tally, Figures(4, 4, 3, 1, RIGHT.lines), by=world.first)
    awards.enter_tally(tally, by=world.first)
    counted = awards.confirm_tally(tally, by=world.second)
    assert (counted.issued, counted.returned, counted.valid, counted.written) == (5, 5, 4, 1)
    assert list(counted.options.values_list("yes", "no", "abstain")) == [
        (4, 0, 0),
        (2, 2, 0),
        (1, 1, 2),
    ]


# --- the scan


def upload(name="phiếu.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def test_a_scan_is_stored_under_a_random_name_with_its_hash(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world = PaperPoll()
    tally = awards.attach_scan(world.draft(), upload(), by=world.second)
    assert (tally.scan_name, tally.scan_type) == ("phiếu.pdf", "application/pdf")
    assert len(tally.scan_sha256) == 64
    assert "phi" not in tally.scan.name
    assert tally.scan.read() == PDF


def test_a_second_scan_takes_the_place_of_the_first(
    settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    world = PaperPoll()
    tally = awards.attach_scan(world.draft(), upload(), by=world.first)
    with django_capture_on_commit_callbacks(execute=True):
        awards.attach_scan(tally, upload("hai.pdf"), by=world.first)
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


@pytest.mark.parametrize("name", ["phieu.docx", "phieu.html", "phieu.png"])
def test_only_pictures_and_pdf_that_are_what_they_say(name, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world = PaperPoll()
    tally = world.draft()
    with pytest.raises(ValidationError):
        awards.attach_scan(tally, upload(name), by=world.first)
    assert not reloaded(tally).scan


def test_no_scan_is_attached_by_others_or_once_sent(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    world = PaperPoll()
    tally = world.draft()
    with pytest.raises(PermissionDenied):
        awards.attach_scan(tally, upload(), by=world.secretary)
    awards.enter_tally(tally, by=world.first)
    with pytest.raises(Stale):
        awards.attach_scan(tally, upload(), by=world.first)
    assert not list(tmp_path.rglob("*"))
