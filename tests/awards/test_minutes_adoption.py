"""The minutes read out and adopted: by their content, locked, struck, issued as they were read."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import translation

from awards import transitions as awards
from awards.documents.facts import Numbering
from awards.documents.minutes_facts import fingerprint, gather
from awards.models import (
    Award,
    DocumentKind,
    IssuedDocument,
    Method,
    Resolution,
    ResolutionKind,
    Teller,
    Vote,
    VoteRule,
)
from awards.readiness import missing_to_close
from awards.transitions.resolutions import Votes
from blocs.readiness import NotReady
from blocs.workflow import Stale
from scoring import transitions as scoring
from scoring.models import Summary
from scoring.tables import live_table
from tests.awards.meetings import Meeting
from tests.awards.polls import Poll
from tests.forms import fields_of, signed_in
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def url(world, name="minutes_read", *more):
    return reverse(f"awards:{name}", args=[*world.review.url_args, *more])


def text_of(page):
    return page.content.decode()


def minutes(world):
    return gather(world.review, Numbering("", "", None))


def remark(world, text="Nhất trí với báo cáo."):
    return awards.add_remark(
        world.conference,
        membership=world.membership("a2"),
        speaker="",
        text=text,
        by=world.secretary,
    )


ADOPT = "adopt_minutes/#adoption"


def build_world():
    return Meeting().decide_all()


# --- reading


def test_who_may_read_the_papers_reads_the_minutes_and_only_the_secretariat_adopts_them(world):
    remark(world)
    stranger = make_user("stranger", make_agency("xa"))
    assert signed_in(stranger).get(url(world)).status_code == 404
    assert signed_in(world.board).get(url(world)).status_code == 403
    for user in (world.head("a2"), world.officer("a3")):
        page = signed_in(user).get(url(world))
        assert "Nhất trí với báo cáo." in text_of(page)
        assert "/text/" not in text_of(page)
        with pytest.raises(LookupError):
            fields_of(page, ADOPT)
    client = signed_in(world.secretary)
    page = client.get(url(world))
    assert fields_of(page, ADOPT)["adopt_minutes-seen"] == fingerprint(world.review)
    assert url(world, "text_edit", "minutes") + "#conclusion" in text_of(page)
    assert client.post(url(world)).status_code == 405


def test_the_page_states_what_the_paper_states(world):
    html = text_of(signed_in(world.secretary).get(url(world)))
    stated = minutes(world)
    for words in (
        stated.beginning,
        stated.attendance,
        *(vote.sentence for vote in stated.votes),
        *(nomination.sentence for nomination in stated.nominations),
        *(elected.line for elected in stated.elected),
        stated.handover.sentence,
    ):
        assert words in html, words


def test_without_a_conference_there_are_no_minutes_to_read():
    world = Meeting().approve()
    assert signed_in(world.secretary).get(url(world)).status_code == 404


def test_what_is_missing_is_listed_but_not_the_adoption_itself():
    world = Meeting().adopt()
    page = signed_in(world.secretary).get(url(world))
    missing = [one.text for one in page.context["missing"]]
    assert "Handover of the rotating flag" in missing
    assert "Adoption of the minutes" not in missing
    world = Meeting(slug="khoi-9", prefix="d").decide_all()
    page = signed_in(world.secretary).get(url(world))
    assert page.context["missing"] == []


@pytest.mark.parametrize("members", [3, 5])
def test_the_query_count_does_not_grow(members, django_assert_num_queries):
    world = Meeting(members=members).decide_all()
    for _name in world.names:
        remark(world)
    client = signed_in(world.secretary)
    client.get(url(world))
    with django_assert_num_queries(40):
        client.get(url(world))


# --- adopting


def test_adopted_from_the_page_with_time_and_checksum_and_all_is_locked(world):
    client = signed_in(world.secretary)
    seen = fingerprint(world.review)
    fields = fields_of(client.get(url(world)), ADOPT)
    answer = client.post(url(world, "resolution_create", "adopt_minutes"), fields)
    assert answer.url == url(world, "conference_detail") + "#minutes"
    conference = world.conference
    assert conference.minutes_sha256 == seen == fingerprint(world.review)
    assert conference.minutes_adopted_at is not None
    page = client.get(url(world))
    assert seen in text_of(page)
    with pytest.raises(LookupError):
        fields_of(page, ADOPT)
    html = text_of(client.get(url(world, "conference_detail")))
    assert seen in html
    assert "remarks/#remarks" not in html
    with pytest.raises(PermissionDenied):
        remark(world)


def test_struck_the_record_and_the_texts_are_open_again():
    world = Meeting().read_minutes()
    client = signed_in(world.secretary)
    page = client.get(url(world, "conference_detail"))
    resolution = Resolution.objects.get(kind=ResolutionKind.ADOPT_MINUTES)
    address = url(world, "resolution_remove", resolution.pk)
    fields = fields_of(page, address)
    answer = client.post(address, fields)
    assert answer.url.endswith("#minutes")
    assert not world.conference.has_adopted_minutes
    remark(world)
    assert client.get(url(world, "text_edit", "minutes")).status_code == 200


def test_a_fact_that_changed_since_reading_is_told_and_the_new_text_shown(world):
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world)), ADOPT)
    fields["adopt_minutes-abstained"] = "1"
    fields["adopt_minutes-in_favour"] = "2"
    remark(world, "Xin bổ sung một ý.")
    answer = client.post(url(world, "resolution_create", "adopt_minutes"), fields)
    assert answer.status_code == 422
    assert "The minutes have changed since you read them." in text_of(answer)
    assert "Xin bổ sung một ý." in text_of(answer)
    assert not world.conference.has_adopted_minutes
    again = fields_of(answer, ADOPT)
    assert again["adopt_minutes-abstained"] == "1"
    assert again["adopt_minutes-seen"] == fingerprint(world.review)
    assert client.post(url(world, "resolution_create", "adopt_minutes"), again).status_code == 302
    assert "đồng ý 02/03 đơn vị tham gia biểu quyết" in minutes(world).ending


def test_minutes_that_were_never_shown_are_not_adopted(world):
    with pytest.raises(Stale):
        world.resolve(ResolutionKind.ADOPT_MINUTES, seen="")


def test_only_the_secretariat_records_the_adoption(world):
    fields = fields_of(signed_in(world.secretary).get(url(world)), ADOPT)
    address = url(world, "resolution_create", "adopt_minutes")
    for user in (world.head("a2"), world.officer("a3"), world.board):
        assert signed_in(user).post(address, fields).status_code == 403
    assert signed_in(make_user("stranger", make_agency("xa"))).post(address).status_code == 404
    assert not world.conference.has_adopted_minutes


# --- what they state is a matter of facts


def test_the_fingerprint_knows_no_language_and_no_reader(world):
    prints = set()
    for language in ("vi", "en"):
        with translation.override(language):
            prints.add(fingerprint(world.review))
    assert len(prints) == 1


def test_the_room_changes_the_fingerprint_and_the_end_of_the_meeting_does_not(world):
    before = fingerprint(world.review)
    note = remark(world)
    assert fingerprint(world.review) != before
    awards.remove_remark(note, by=world.secretary)
    assert fingerprint(world.review) == before
    world.adopt_minutes()
    awards.close_conference(world.conference, ends_at=datetime.time(11), by=world.leader)
    assert fingerprint(world.reload()) == before


# --- issuing


def test_minutes_are_issued_as_they_were_adopted():
    world = Meeting().close()
    assert world.issue(DocumentKind.MINUTES).sha256


def test_minutes_that_nobody_adopted_are_not_issued():
    world = Meeting().close()
    conference = world.conference
    conference.minutes_adopted_at, conference.minutes_sha256 = None, ""
    conference.save()
    with pytest.raises(ValidationError, match="once the conference has adopted them"):
        world.issue(DocumentKind.MINUTES)
    assert not IssuedDocument.objects.exists()
    assert world.issue(DocumentKind.REPORT).sha256  # the others are no minutes


def test_minutes_that_state_something_else_by_now_are_not_issued():
    world = Meeting().close()
    conference = world.conference
    conference.venue = "Một nơi khác"
    conference.save()
    with pytest.raises(ValidationError, match="no longer state what the conference adopted"):
        world.issue(DocumentKind.MINUTES)
    assert not IssuedDocument.objects.exists()


def test_a_plan_changed_after_the_adoption_keeps_the_conference_open():
    """Once closed, the minutes could neither be adopted anew nor be issued."""
    world = Meeting().read_minutes()
    awards.plan_conference(world.review, fields={"venue": "Phòng họp 2"}, by=world.secretary)
    told = "The minutes have changed since they were adopted: read them out again"
    assert [one.text for one in missing_to_close(world.conference)] == [told]
    with pytest.raises(NotReady):
        awards.close_conference(world.conference, ends_at=datetime.time(11), by=world.leader)


# --- a table that was opened again


def reopened(world):
    asked = scoring.ask_reopening(world.review, reason="Nhập sai điểm", by=world.leader)
    return scoring.grant_reopening(asked, answer="Đồng ý", by=world.board)


def correct(world):
    score = world.score("a3", "I.3")
    awards.agree_score(
        world.conference,
        score,
        inputs={"met": False},
        reason="Đính chính",
        version=score.version,
        by=world.secretary,
    )


def test_after_the_close_the_minutes_keep_the_table_that_the_conference_adopted():
    world = Meeting().close()
    before = minutes(world)
    assert "phiên bản 1" in before.score_source
    reopening = reopened(world)
    assert minutes(world) == before
    correct(world)
    assert minutes(world) == before
    table = live_table(world.review)
    scoring.adopt_anew(reopening, seen=table.sha256, basis="Văn bản đồng ý", by=world.leader)
    assert Summary.objects.count() == 2
    assert minutes(world) == before
    assert world.issue(DocumentKind.MINUTES)


def test_after_the_close_proposals_are_upheld_and_withdrawn_and_the_minutes_stand():
    world = Meeting().close()
    before = minutes(world)
    reopening = reopened(world)
    correct(world)
    seen = live_table(world.review).sha256
    scoring.adopt_anew(reopening, seen=seen, basis="Văn bản đồng ý", by=world.leader)
    awards.uphold_proposal(world.proposal("a1"), reason="Vẫn đứng đầu", by=world.leader)
    awards.withdraw_proposal(world.proposal("a2"), reason="Không còn đủ điểm", by=world.leader)
    assert minutes(world) == before


def test_opened_again_in_session_the_minutes_state_the_table_adopted_last():
    world = Meeting().read_minutes()
    awards.remove_resolution(
        Resolution.objects.get(kind=ResolutionKind.ADOPT_MINUTES), by=world.secretary
    )
    reopening = reopened(world)
    assert "phiên bản 1" in minutes(world).score_source
    correct(world)
    seen = live_table(world.review).sha256
    scoring.adopt_anew(reopening, seen=seen, basis="Hội nghị đồng ý", by=world.leader)
    assert "phiên bản 2" in minutes(world).score_source
    assert [one.criterion[:3] for one in minutes(world).score_changes] == ["I.3"]


# --- votes, absences, the committee


def held(world, vote, counts, **announced):
    awards.count_hands(vote, counts, by=world.secretary)
    return awards.announce_vote(vote, by=world.leader, **announced)


def test_a_count_that_was_not_announced_is_in_nobodys_minutes():
    world = Poll().adopt()
    vote = world.count(world.open_vote("a1", "a2"), dict.fromkeys(world.names, "yn"))
    assert minutes(world).held_votes == ()
    awards.announce_vote(vote, by=world.leader)
    told = minutes(world).held_votes[0]
    assert told.papers.returned == 5
    assert [(one.in_favour, one.against) for one in told.candidates] == [(5, 0), (0, 5)]
    assert [one.chosen for one in told.candidates] == [True, False]
    assert "(có Biên bản kiểm phiếu kèm theo)" in " ".join(told.remarks)


def test_what_a_vote_decided_stands_once_with_its_numbers():
    world = Poll().adopt()
    vote = world.count(world.open_vote("a1"), dict.fromkeys(world.names, "y"))
    awards.announce_vote(vote, by=world.leader)
    told = minutes(world)
    assert [one.question for one in told.votes] == [
        "Thông qua báo cáo tổng kết",
        "Thông qua bảng tổng hợp chấm điểm",
    ]
    assert told.nominations[0].vote == "theo kết quả bỏ phiếu kín"
    assert told.held_votes[0].lines[0].endswith("đạt tỷ lệ 100%; được thông qua")


def test_only_what_was_broken_off_in_the_room_is_told_with_its_reason():
    world = Poll().adopt()
    draft = world.prepare("a1")
    awards.cancel_vote(draft, reason="Nhầm câu hỏi", by=world.secretary)
    vote = world.open_vote("a1")
    awards.cancel_vote(vote, reason="Mất mạng", by=world.leader)
    told = minutes(world).held_votes
    assert [one.cancellation for one in told] == [
        "Biểu quyết bị hủy, không kiểm đếm; lý do: Mất mạng."
    ]
    assert told[0].candidates == ()


def test_a_second_round_a_tie_and_the_ranking_are_told():
    world = Poll().adopt()
    columns = {"kind": ResolutionKind.ELECT, "method": Method.SHOW_OF_HANDS}
    first = world.open_vote("a1", "a2", "a3", rule="majority-of-present", **columns)
    held(world, first, [(2, 0), (2, 0), (1, 0)])
    second = awards.open_vote(awards.begin_next_round(first, by=world.secretary), by=world.leader)
    held(world, second, [(2, 0), (3, 0)])
    flag = world.open_vote("a1", "a2", method=Method.SHOW_OF_HANDS)
    held(world, flag, [(1, 4), (4, 1)], note="Đơn vị có mô hình mới.")
    told = minutes(world).held_votes
    assert told[1].heading == (
        "Biểu quyết số 2: Bầu Khối trưởng (biểu quyết giơ tay; vòng 2, sau biểu quyết số 1)"
    )
    assert [one.chosen for one in told[1].candidates] == [False, True]
    assert told[1].lines[1].endswith("03 phiếu; 03/05, đạt tỷ lệ 60%; được chọn")
    assert told[2].against_ranking
    assert told[2].note[0].text == "Đơn vị có mô hình mới."
    assert not any(one.against_ranking for one in told[:2])
    assert minutes(world).elected[0].line.endswith("(theo kết quả biểu quyết giơ tay)")


def test_a_proposal_that_failed_at_once_is_told_with_its_numbers():
    world = Meeting(members=4).adopt()
    world.resolve(
        ResolutionKind.PROPOSE,
        2,
        membership=world.membership("a2"),
        award=Award.objects.get(code="merit"),
    )
    last = minutes(world).votes[-1].sentence
    assert last.startswith("Đề nghị tặng Bằng khen cho ")
    assert last.endswith("đồng ý 02/04, đạt tỷ lệ 50%; không được thông qua.")
    assert minutes(world).nominations == ()


def test_a_resolution_by_another_rule_is_measured_against_its_own_base():
    world = Meeting(members=5).attend("a5")
    awards.resolve(
        world.conference,
        kind=ResolutionKind.OTHER,
        votes=Votes(Method.SHOW_OF_HANDS, 3, against=1),
        rule=VoteRule.objects.get(code="majority-of-present", bloc=None),
        text="Đổi ngày nộp",
        by=world.secretary,
    )
    assert minutes(world).votes[0].sentence == (
        "Đổi ngày nộp: biểu quyết giơ tay; có mặt 04 đơn vị; đồng ý 03/04 đơn vị có mặt, đạt tỷ lệ "
        "75% (mức cần đạt: quá 1/2 số đơn vị có mặt); không đồng ý 01."
    )


def test_the_absent_stand_with_proxy_and_written_opinion_and_the_committee_with_its_head():
    world = Poll().attend("a4", "a5")
    absent = world.conference.attendances
    absent.filter(membership=world.membership("a4")).update(written_opinion="Nhất trí.\nGửi sớm.")
    absent.filter(membership=world.membership("a5")).update(proxy="ông B, Giấy ủy quyền số 5")
    for name, member, head in (("ông Năm", "a2", False), ("bà Ba", "a3", True)):
        Teller.objects.create(
            conference=world.conference,
            membership=world.membership(member),
            name=name,
            is_head=head,
        )
    told = minutes(world)
    assert told.absence_line.endswith(
        "(Đi công tác; ủy quyền biểu quyết: ông B, Giấy ủy quyền số 5)"
    )
    assert [one.text for one in told.written_opinions[0].text] == ["Nhất trí.", "Gửi sớm."]
    assert [one.line.split(",")[0] for one in told.tellers] == ["Bà Ba", "Ông Năm"]
    assert told.tellers[0].line.endswith(", Trưởng ban")


def test_the_outcome_of_an_item_is_told_where_it_was_typed():
    world = Meeting().attend()
    world.conference.agenda.create(position=1, title="Khai mạc", outcome="Đã khai mạc.")
    world.conference.agenda.create(position=2, title="Báo cáo")
    assert [(one.speaker, one.text[0].text) for one in minutes(world).outcomes] == [
        ("Khai mạc", "Đã khai mạc.")
    ]


def test_votes_are_read_with_a_constant_number_of_queries(django_assert_num_queries):
    world = Poll().adopt()
    for rows in (1, 3):
        while Vote.objects.count() < rows:
            vote = world.open_vote("a1", "a2", kind=ResolutionKind.OTHER, method="show_of_hands")
            held(world, vote, [(5, 0), (5, 0)])
        gather(world.review, Numbering("", "", None))
        with django_assert_num_queries(28):
            gather(world.review, Numbering("", "", None))
