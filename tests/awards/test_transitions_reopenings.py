"""An adopted table opened again: asked for, granted, corrected, adopted as the next version."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from awards import transitions as awards
from awards.checks import checks_of
from awards.models import ProposalStatus
from awards.readiness import missing_to_close, missing_to_submit
from awards.views.reopenings import stale_proposals
from blocs.models import Phase
from blocs.readiness import NotReady
from blocs.workflow import IllegalMove, Stale
from scoring import transitions as scoring
from scoring.models import Reopening, ReopeningStatus, Summary, SummaryStatus
from scoring.tables import live_table, table_in_force, table_of
from tests.awards.meetings import Meeting

pytestmark = pytest.mark.django_db

BASIS = "Văn bản lấy ý kiến 3/3 thành viên đồng ý"


def ask(world, *, by=None, reason="Nhập sai điểm I.3 của Sở a3"):
    return scoring.ask_reopening(world.review, reason=reason, by=by or world.leader)


def grant(reopening, world, *, by=None):
    return scoring.grant_reopening(reopening, answer="Đồng ý", by=by or world.board)


def opened(world):
    return grant(ask(world), world)


def correct(world, name="a3", *, code="I.3", inputs=None, by=None):
    score = world.score(name, code)
    return awards.agree_score(
        world.conference,
        score,
        inputs=inputs or {"met": False},
        reason="Đính chính",
        version=score.version,
        by=by or world.secretary,
    )


def adopt(world, *, seen=None, basis=BASIS, by=None):
    seen = live_table(world.review).sha256 if seen is None else seen
    reopening = Reopening.objects.latest("pk")
    return scoring.adopt_anew(reopening, seen=seen, basis=basis, by=by or world.leader)


def uphold(world, name, *, by=None, reason="Thứ hạng không đổi"):
    return awards.uphold_proposal(world.proposal(name), reason=reason, by=by or world.leader)


def build_world():
    return Meeting().close()


# --- the whole way


def test_from_the_request_to_the_dossier_on_the_corrected_table():
    world = Meeting().issue_all()
    first = Summary.objects.get()
    opened(world)
    assert table_in_force(world.review).canonical == live_table(world.review).canonical
    assert len(stale_proposals(world.review)) == 2
    assert not any(checks[0].holds for checks in checks_of(world.review).values())
    assert [one.url for one in missing_to_submit(world.review) if "reopening" in one.url]
    with pytest.raises(NotReady):
        awards.submit_dossier(world.review, by=world.leader)

    correct(world)
    second = adopt(world)
    assert (second.version, second.status) == (2, SummaryStatus.ADOPTED)
    assert second.adopted_at is not None
    reopening = Reopening.objects.get()
    assert (reopening.status, reopening.basis) == (ReopeningStatus.DONE, BASIS)
    assert reopening.result == second
    kept = Summary.objects.get(pk=first.pk)
    assert (kept.canonical, kept.sha256) == (first.canonical, first.sha256)
    assert (kept.version, kept.status) == (1, SummaryStatus.SUPERSEDED)
    before, after = (table_of(one).row_of("a3").agreed.total for one in (first, second))
    assert before - after == 2
    assert table_in_force(world.review).sha256 == second.sha256

    assert len(stale_proposals(world.review)) == 2
    for name in ("a1", "a2"):
        uphold(world, name)
    assert stale_proposals(world.review) == []
    assert world.proposal("a1").summary == second
    assert missing_to_submit(world.review) == []
    awards.submit_dossier(world.review, by=world.leader)


def test_in_session_the_table_is_adopted_anew_before_the_close():
    world = Meeting().decide_all()
    opened(world)
    assert len(missing_to_close(world.conference)) == 2  # and the minutes
    correct(world)
    assert adopt(world).version == 2
    world.adopt_minutes()
    assert missing_to_close(world.conference) == []


def test_the_database_keeps_the_content_of_every_version(world):
    opened(world)
    for field in ("canonical", "sha256", "version"):
        with pytest.raises(DatabaseError), transaction.atomic():
            Summary.objects.filter(version=1).update(**{field: 9})


# --- asking


def test_only_the_head_of_the_leading_agency_asks(world):
    for by in (*world.others, world.secretary):
        with pytest.raises(PermissionDenied):
            ask(world, by=by)
    with pytest.raises(ValidationError) as refusal:
        ask(world, reason=" ")
    assert "reason" in refusal.value.message_dict
    assert not Reopening.objects.exists()


def test_a_table_that_is_not_adopted_is_not_opened_again():
    world = Meeting().open()
    with pytest.raises(IllegalMove):
        ask(world)


def test_nothing_is_asked_once_the_dossier_is_with_the_province():
    world = Meeting().submit()
    with pytest.raises(PermissionDenied):
        ask(world)


def test_one_request_stands_at_a_time_and_a_refused_one_may_be_repeated(world):
    first = ask(world)
    with pytest.raises(ValidationError):
        ask(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reopening.objects.create(
            summary=first.summary, reason="x", asked_by=first.asked_by, asked_at=first.asked_at
        )
    scoring.refuse_reopening(first, answer="Không đủ căn cứ", by=world.board)
    ask(world)
    assert Reopening.objects.count() == 2


# --- the board's answer


def test_only_the_board_answers_and_only_once(world):
    reopening = ask(world)
    others = [world.leader, *(user for user in world.others if user != world.board)]
    for by in others:
        with pytest.raises(PermissionDenied):
            grant(reopening, world, by=by)
        with pytest.raises(PermissionDenied):
            scoring.refuse_reopening(reopening, answer="Không", by=by)
    grant(reopening, world)
    with pytest.raises(IllegalMove):
        grant(reopening, world)
    with pytest.raises(IllegalMove):
        scoring.refuse_reopening(reopening, answer="Không", by=world.board)
    assert [move.to_status for move in reopening.changes.all()] == [ReopeningStatus.GRANTED]


def test_a_refusal_says_why_and_the_table_stands(world):
    reopening = ask(world)
    with pytest.raises(ValidationError):
        scoring.refuse_reopening(reopening, answer=" ", by=world.board)
    refused = scoring.refuse_reopening(reopening, answer="Không đủ căn cứ", by=world.board)
    assert (refused.status, refused.answer) == (ReopeningStatus.REFUSED, "Không đủ căn cứ")
    assert Summary.objects.get().status == SummaryStatus.ADOPTED
    assert stale_proposals(world.review) == []
    with pytest.raises(PermissionDenied):
        correct(world)
    with pytest.raises(IllegalMove):
        adopt(world)


def test_a_request_that_waits_is_not_granted_over_a_dossier_with_the_province():
    world = Meeting().issue_all()
    reopening = ask(world)
    awards.submit_dossier(world.review, by=world.leader)
    with pytest.raises(PermissionDenied):
        grant(reopening, world)
    assert Summary.objects.get().status == SummaryStatus.ADOPTED
    awards.return_dossier(world.dossier, reason="Sửa bảng điểm", by=world.board)
    assert world.reload().status == Phase.SUBMISSION
    grant(reopening, world)


# --- correcting


def test_scores_are_corrected_only_while_the_table_is_open(world):
    with pytest.raises(PermissionDenied):
        correct(world)
    ask(world)
    with pytest.raises(PermissionDenied):
        correct(world)
    grant(Reopening.objects.get(), world)
    for by in world.others:
        with pytest.raises(PermissionDenied):
            correct(world, by=by)
    correct(world)
    adopt(world)
    with pytest.raises(PermissionDenied):
        correct(world, "a2")


# --- adopting anew


def test_only_what_was_read_is_adopted_on_a_basis_by_the_head_of_the_leading_agency(world):
    opened(world)
    read = live_table(world.review).sha256
    correct(world)
    with pytest.raises(Stale):
        adopt(world, seen=read)
    with pytest.raises(ValidationError) as refusal:
        adopt(world, basis="  ")
    assert "basis" in refusal.value.message_dict
    for by in (*world.others, world.secretary):
        with pytest.raises(PermissionDenied):
            adopt(world, by=by)
    assert Summary.objects.count() == 1
    adopt(world)
    with pytest.raises(IllegalMove):
        adopt(world)


def test_the_new_version_can_be_opened_again_itself(world):
    for version in (2, 3):
        opened(world)
        correct(world, inputs={"met": version == 3})
        assert adopt(world).version == version
    in_force = Summary.objects.exclude(status=SummaryStatus.SUPERSEDED)
    assert [summary.version for summary in in_force] == [3]


# --- the proposals


def test_a_vote_is_not_upheld_before_the_new_adoption_nor_on_the_table_it_rests_on(world):
    with pytest.raises(IllegalMove):
        uphold(world, "a1")
    opened(world)
    with pytest.raises(IllegalMove):
        uphold(world, "a1")


def test_only_the_head_of_the_leading_agency_upholds_and_says_why(world):
    opened(world)
    correct(world)
    adopt(world)
    for by in (*world.others, world.secretary):
        with pytest.raises(PermissionDenied):
            uphold(world, "a1", by=by)
        with pytest.raises(PermissionDenied):
            awards.withdraw_proposal(world.proposal("a1"), reason="x", by=by)
    with pytest.raises(ValidationError):
        uphold(world, "a1", reason=" ")
    upheld = uphold(world, "a1")
    assert upheld.changes.latest("pk").note == "Thứ hạng không đổi"


def test_a_vote_falls_where_the_rank_has_changed(world):
    opened(world)
    for code, inputs in (("I.2", {"level": "Trung bình"}), ("I.3", {"met": False})):
        correct(world, "a1", code=code, inputs=inputs)
    adopt(world)
    for name in ("a1", "a2"):
        with pytest.raises(ValidationError):
            uphold(world, name)
        assert world.proposal(name).summary.version == 1


def test_a_withdrawn_proposal_stays_in_the_record_and_out_of_the_dossier(world):
    with pytest.raises(ValidationError):
        awards.withdraw_proposal(world.proposal("a1"), reason=" ", by=world.leader)
    awards.withdraw_proposal(world.proposal("a1"), reason="Đổi hạng", by=world.leader)
    assert world.proposal("a1").status == ProposalStatus.WITHDRAWN
    assert world.proposal("a1").changes.latest("pk").note == "Đổi hạng"
    assert [one.membership for one in checks_of(world.review)] == [world.membership("a2")]
    with pytest.raises(IllegalMove):
        awards.withdraw_proposal(world.proposal("a1"), reason="Nữa", by=world.leader)
    with pytest.raises(PermissionDenied):
        uphold(world, "a1")
