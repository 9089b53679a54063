"""The tellers' page: who sees which count, nothing typed is lost, the scan, the printed side."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards import transitions as awards
from awards.models import Tally, TallyStatus
from awards.tallies import Figures, figures_of
from tests.awards.paper_polls import RIGHT, PaperPoll
from tests.documents.reading import Paper
from tests.forms import fields_of, signed_in
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n%%EOF\n"
DEEDS = (
    "tally_begin",
    "tally_take_over",
    "tally_send",
    "tally_confirm",
    "tally_reject",
    "tally_scan",
)
NUMBERS = {
    "issued": "5", "returned": "4", "valid": "3", "invalid": "1",
    "yes_1": "3", "no_1": "0", "abstain_1": "0",
    "yes_2": "2", "no_2": "1", "abstain_2": "0",
    "yes_3": "1", "no_3": "1", "abstain_3": "1",
}  # fmt: skip


def url(vote, name="vote_tally", *more):
    return reverse(f"awards:{name}", args=[*vote.conference.review.url_args, vote.number, *more])


def text_of(page):
    return " ".join(page.content.decode().split())


def typed(page, **changed):
    """What the form of the page would send, with these fields typed anew."""
    fields = fields_of(page, "/tally/")
    assert set(changed) <= set(fields)
    return {**fields, **changed}


def begun(world):
    return awards.begin_tally(world.open_paper(), by=world.first)


def build_world():
    return PaperPoll().committee()


# --- who sees it


def test_strangers_get_404(world):
    tally = begun(world)
    client = signed_in(make_user("stranger", make_agency("xa")))
    assert client.get(url(tally.vote)).status_code == 404
    for name in DEEDS:
        assert client.post(url(tally.vote, name)).status_code == 404
    for name in ("ballot_papers", "ballot_minutes"):
        assert client.get(url(tally.vote, name)).status_code == 404


@pytest.mark.parametrize("stage", ["draft", "entered"])
def test_nobody_but_tellers_sees_an_unsettled_count(world, stage):
    tally = getattr(world, stage)()
    for user in (world.leader, world.secretary, world.deputy, world.officer("a3")):
        client = signed_in(user)
        assert client.get(url(tally.vote)).status_code == 403
        for name in DEEDS:
            assert client.post(url(tally.vote, name)).status_code == 403
    assert "3" in text_of(signed_in(world.second).get(url(tally.vote)))
    assert Tally.objects.get().status == stage


def test_a_counted_vote_is_read_by_the_chair_and_announced_by_all(world):
    vote = awards.confirm_tally(world.entered(), by=world.second)
    member = signed_in(world.officer("a3"))
    page = signed_in(world.leader).get(url(vote))
    assert "confirmed by" in text_of(page)
    with pytest.raises(LookupError):
        fields_of(page, "/tally/")
    assert member.get(url(vote)).status_code == 403
    assert member.get(url(vote, "ballot_minutes")).status_code == 403
    awards.announce_vote(vote, by=world.leader)
    assert member.get(url(vote)).status_code == 200
    assert member.get(url(vote, "ballot_minutes")).status_code == 200


def test_a_vote_in_the_box_has_no_count_of_papers(world):
    vote = world.open_vote("a1", "a2")
    assert signed_in(world.first).get(url(vote)).status_code == 404


def test_deeds_are_posted(world):
    tally = begun(world)
    client = signed_in(world.first)
    for name in DEEDS:
        assert client.get(url(tally.vote, name)).status_code == 405
    for name in ("ballot_papers", "ballot_minutes"):
        assert client.post(url(tally.vote, name)).status_code == 405
    assert client.put(url(tally.vote)).status_code == 405


def test_the_query_count_does_not_grow(django_assert_num_queries):
    for options in (1, 3):
        world = PaperPoll(slug=f"khoi-{options}", prefix="mn"[options // 2])
        world.committee()
        vote = world.open_vote(*world.names[:options], on_paper=True)
        tally = awards.begin_tally(vote, by=world.first)
        client = signed_in(world.first)
        client.get(url(tally.vote))
        with django_assert_num_queries(17):
            client.get(url(tally.vote))


# --- typing


def test_before_the_opening_the_page_tells_what_to_wait_for(world):
    vote = world.prepare("a1", "a2", on_paper=True)
    page = signed_in(world.first).get(url(vote))
    assert "has not been opened yet" in text_of(page)
    with pytest.raises(LookupError):
        fields_of(page, "begin/")


def test_a_teller_begins_types_saves_and_sends(world):
    vote = world.open_paper()
    client = signed_in(world.first)
    fields_of(client.get(url(vote)), "begin/")
    assert client.post(url(vote, "tally_begin")).status_code == 302
    page = client.get(url(vote))
    response = client.post(url(vote), typed(page, issued="5", yes_1="3", no_1="1"))
    assert response.status_code == 302
    page = client.get(url(vote))
    assert '<td class="num" data-label="Together">4</td>' in text_of(page)
    assert "not complete yet" in text_of(page)
    assert fields_of(page, "send/")["issued"] == "5"
    response = client.post(url(vote, "tally_send"), typed(page, **NUMBERS))
    assert response.status_code == 302
    tally = Tally.objects.get()
    assert tally.status == TallyStatus.ENTERED
    assert figures_of(tally) == RIGHT
    page = client.get(url(vote))
    assert "A second teller confirms or rejects a tally." in text_of(page)
    with pytest.raises(LookupError):
        fields_of(page, "confirm/")


def test_numbers_that_do_not_add_up_come_back_at_their_field_and_are_saved(world):
    tally = begun(world)
    client = signed_in(world.first)
    page = client.get(url(tally.vote))
    wrong = {**NUMBERS, "no_2": "9"}
    page = client.post(url(tally.vote, "tally_send"), typed(page, **wrong))
    assert page.status_code == 422
    assert list(page.context["page"].form.errors) == ["yes_2"]
    assert 'href="#id_yes_2"' in text_of(page)
    assert "The draft has been saved, but not sent." in text_of(page)
    assert "Nothing has been saved" not in text_of(page)
    assert "agree 2 + disagree 9 + no opinion 0 = valid 3: <strong>does not add up" in text_of(page)
    assert fields_of(page, "/tally/")["no_2"] == "9"
    assert figures_of(Tally.objects.get()).lines[1] == (2, 9, 0)


@pytest.mark.parametrize("words", ["ba", "-1", "1.000", "1000", "40000"])
def test_what_is_no_count_is_told_at_its_field_and_nothing_typed_is_lost(world, words):
    tally = begun(world)
    client = signed_in(world.first)
    page = client.post(url(tally.vote), typed(client.get(url(tally.vote)), valid=words, yes_1="2"))
    assert page.status_code == 422
    assert list(page.context["page"].form.errors) == ["valid"]
    sent = fields_of(page, "/tally/")
    assert (sent["valid"], sent["yes_1"]) == (words, "2")
    assert figures_of(Tally.objects.get()).lines[0][0] is None


def test_typed_numbers_survive_that_a_colleague_took_over(world):
    tally = begun(world)
    first, second = signed_in(world.first), signed_in(world.second)
    page = first.get(url(tally.vote))
    fields_of(second.get(url(tally.vote)), "take-over/")
    assert second.post(url(tally.vote, "tally_take_over")).status_code == 302
    page = first.post(url(tally.vote), typed(page, issued="5"))
    assert page.status_code == 422
    assert "Another teller types this count." in text_of(page)
    assert fields_of(page, "/tally/")["issued"] == "5"
    assert Tally.objects.get().issued is None


def test_two_tellers_begin_at_once_and_one_is_told(world):
    tally = begun(world)
    client = signed_in(world.second)
    page = client.post(url(tally.vote, "tally_begin"), follow=True)
    assert "A tally of this vote has been begun." in text_of(page)


# --- settling


def test_the_second_teller_compares_and_confirms(world):
    tally = world.entered()
    client = signed_in(world.second)
    page = client.get(url(tally.vote))
    for words in (
        "Handed out 5, at most 5 on the roll: right",
        "Handed in 4, at most 5 handed out: right",
        "Valid 3 + invalid 1 = handed in 4: right",
        "Sở a2: agree 2 + disagree 1 + no opinion 0 = valid 3: right",
    ):
        assert words in text_of(page), words
    fields = fields_of(page, "confirm/")
    refused = client.post(url(tally.vote, "tally_confirm"), fields)
    assert refused.status_code == 422
    assert "Compare the numbers with the papers first." in text_of(refused)
    fields |= {"confirm-compared": "on"}
    assert client.post(url(tally.vote, "tally_confirm"), fields).status_code == 302
    page = client.get(url(tally.vote))
    assert "confirmed by" in text_of(page)
    assert client.post(url(tally.vote, "tally_confirm"), fields).status_code == 422


def test_only_the_count_that_was_read_is_confirmed(world):
    tally = world.entered()
    awards.name_teller(world.conference, name="", user=world.officer("a5"), by=world.secretary)
    client = signed_in(world.second)
    fields = fields_of(client.get(url(tally.vote)), "confirm/") | {"confirm-compared": "on"}
    awards.reject_tally(tally, reason="Sai", by=world.officer("a5"))
    again = awards.begin_tally(tally.vote, by=world.first)
    awards.save_tally(again, RIGHT, by=world.first)
    awards.enter_tally(again, by=world.first)
    page = client.post(url(tally.vote, "tally_confirm"), fields)
    assert page.status_code == 422
    assert "Another count has been sent in the meantime" in text_of(page)


def test_a_rejection_needs_its_reason_and_stays_on_the_page(world):
    tally = world.entered()
    client = signed_in(world.second)
    fields = fields_of(client.get(url(tally.vote)), "reject/")
    assert client.post(url(tally.vote, "tally_reject"), fields).status_code == 422
    fields |= {"reject-reason": "Thiếu 01 phiếu"}
    assert client.post(url(tally.vote, "tally_reject"), fields).status_code == 302
    page = client.get(url(tally.vote))
    assert "Thiếu 01 phiếu" in text_of(page)
    fields_of(page, "begin/")


# --- the scan


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_a_scan_is_attached_and_served_as_an_attachment_to_whoever_sees_the_count(world, media):
    tally = begun(world)
    client = signed_in(world.first)
    fields_of(client.get(url(tally.vote)), "tally/scan/")
    scan = SimpleUploadedFile("phiếu.pdf", PDF)
    assert client.post(url(tally.vote, "tally_scan"), {"scan": scan}).status_code == 302
    address = url(tally.vote, "scan_download", tally.pk)
    assert address in text_of(client.get(url(tally.vote)))
    response = client.get(address)
    assert b"".join(response.streaming_content) == PDF
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment")
    for user in (world.secretary, world.officer("a3")):
        assert signed_in(user).get(address).status_code == 403
    stranger = signed_in(make_user("stranger", make_agency("xa")))
    assert stranger.get(address).status_code == 404


def test_what_is_no_scan_is_told_at_the_field(world, media):
    tally = begun(world)
    client = signed_in(world.first)
    for name in ("phieu.html", "phieu.docx"):
        scan = SimpleUploadedFile(name, PDF)
        page = client.post(url(tally.vote, "tally_scan"), {"scan": scan})
        assert page.status_code == 422
        assert page.context["page"].scan.errors
    assert client.get(url(tally.vote, "scan_download", tally.pk)).status_code == 404


# --- the printed side


def test_papers_are_printed_by_secretariat_and_tellers_as_many_as_the_roll(world):
    vote = world.open_paper()
    for user in (world.secretary, world.first):
        response = signed_in(user).get(url(vote, "ballot_papers"))
        assert response["Content-Type"] == "application/pdf"
        assert Paper(response.content).text.count("PHIẾU BÌNH XÉT") == 5
    for user in (world.deputy, world.officer("a3")):
        assert signed_in(user).get(url(vote, "ballot_papers")).status_code == 403


def test_a_counted_vote_or_one_in_the_box_prints_no_papers(world):
    vote = awards.confirm_tally(world.entered(), by=world.second)
    box = world.open_vote("a1", "a2")
    for one in (vote, box):
        assert signed_in(world.secretary).get(url(one, "ballot_papers")).status_code == 403


def test_hands_raised_have_no_ballot_minutes():
    world = PaperPoll().adopt()
    vote = world.open_vote("a1", "a2", method="show_of_hands")
    assert signed_in(world.leader).get(url(vote, "ballot_minutes")).status_code == 404


def test_ballot_minutes_are_a_draft_until_announced(world):
    vote = awards.confirm_tally(world.entered(), by=world.second)
    client = signed_in(world.secretary)
    assert "DỰ THẢO" in Paper(client.get(url(vote, "ballot_minutes")).content).text
    vote = awards.announce_vote(vote, by=world.leader)
    assert "DỰ THẢO" not in Paper(client.get(url(vote, "ballot_minutes")).content).text


def test_missing_figures_are_shown_as_missing_to_the_others(world):
    tally = world.draft(Figures(5, None, None, None, ((3, None, None),) * 3))
    page = signed_in(world.second).get(url(tally.vote))
    assert "Handed in …, at most 5 handed out: not complete yet" in text_of(page)
    with pytest.raises(LookupError):
        fields_of(page, "confirm/")
