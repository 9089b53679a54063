"""The pages of votes: who sees what in which state, and that every form can be posted back."""

import pytest
from django.contrib.sessions.models import Session
from django.urls import reverse

from awards import transitions as awards
from awards.models import Attendance, BallotBox, Mark, Method, PaperForm, Vote, VoteStatus
from blocs.models import User
from tests.awards.polls import Poll
from tests.forms import fields_of, signed_in
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db

DEEDS = ("open", "cast", "count", "close", "announce", "cancel", "next_round", "on_paper", "write")
AGREE_ON_ALL = {"a1": "yy", "a2": "yy", "a3": "yy"}


def url(world, name, *more):
    return reverse(f"awards:vote_{name}", args=[*world.review.url_args, *more])


def text_of(page):
    return " ".join(page.content.decode().split())


def poll(members=3):
    return Poll(members=members).adopt()


def paper_fields(page, world, name, marks):
    """What the page's form sends for this member, with ``marks`` set option by option."""
    form = next(
        seat.form for seat in page.context["page"].seats if seat.membership.name.endswith(name)
    )
    fields = fields_of(page, "/cast/")
    named = [field.html_name for field in form.marks]
    return fields | dict(zip(named, marks, strict=True))


def build_world():
    return poll()


# --- who


def test_strangers_get_404_everywhere(world):
    vote = world.prepare()
    client = signed_in(make_user("stranger", make_agency("xa")))
    for name in ("list", "prepare"):
        assert client.get(url(world, name)).status_code == 404
    for name in ("detail", "edit"):
        assert client.get(url(world, name, vote.number)).status_code == 404
    for name in DEEDS:
        assert client.post(url(world, name, vote.number)).status_code == 404


def test_an_unknown_number_is_404(world):
    assert signed_in(world.leader).get(url(world, "detail", 9)).status_code == 404


def test_deeds_are_posted_and_pages_are_read(world):
    vote = world.prepare()
    client = signed_in(world.leader)
    for name in DEEDS:
        assert client.get(url(world, name, vote.number)).status_code == 405
    assert client.post(url(world, "detail", vote.number)).status_code == 405
    assert client.post(url(world, "list")).status_code == 405


def test_members_read_and_do_nothing_of_the_chairs_or_the_secretariats(world):
    vote = world.prepare()
    for user in (world.head("a2"), world.officer("a3"), world.board):
        client = signed_in(user)
        assert client.get(url(world, "list")).status_code == 200
        page = client.get(url(world, "detail", vote.number))
        assert page.status_code == 200
        with pytest.raises(LookupError):
            fields_of(page, "/open/")
        assert client.get(url(world, "prepare")).status_code == 403
        assert client.get(url(world, "edit", vote.number)).status_code == 403
        for name in DEEDS:
            assert client.post(url(world, name, vote.number)).status_code == 403


def test_the_secretariat_prepares_and_the_chair_opens(world):
    vote = world.prepare()
    client = signed_in(world.secretary)
    assert "Only the bloc leader chairs the conference." in text_of(
        client.get(url(world, "detail", vote.number))
    )
    for name in ("open", "close", "announce"):
        assert client.post(url(world, name, vote.number)).status_code == 403
    client = signed_in(world.leader)
    fields = fields_of(client.get(url(world, "detail", vote.number)), "/open/")
    answer = client.post(url(world, "open", vote.number), fields)
    assert answer.url == url(world, "detail", vote.number)
    assert Vote.objects.get().is_open


# --- the question


def test_the_subject_is_asked_first_and_decides_who_may_stand(world):
    client = signed_in(world.secretary)
    page = client.get(url(world, "prepare"))
    assert [key for key, _label in page.context["choice"].fields["subject"].choices] == [
        *("award-flag", "award-merit", "office-leader", "office-deputy", "other")
    ]
    assert client.get(url(world, "prepare") + "?subject=award-x").status_code == 422
    page = client.get(url(world, "prepare") + "?subject=award-flag")
    fields = fields_of(page)
    assert fields["question-title"].startswith("Đề nghị tặng Cờ thi đua")
    assert fields["question-title"].endswith("năm 2024")
    assert (fields["question-seats"], fields["question-form"]) == ("1", PaperForm.APPROVE)
    assert "question-method" not in fields  # no method stands before the other
    assert "Rank 1: Sở a1" in text_of(page)


def test_a_question_as_the_page_renders_it_is_saved_changed_and_frozen_once_open(world):
    client = signed_in(world.secretary)
    address = url(world, "prepare") + "?subject=award-flag"
    fields = fields_of(client.get(address)) | {
        "question-method": Method.SECRET_BALLOT,
        "question-candidates": [str(world.membership(name).pk) for name in ("a1", "a2")],
    }
    answer = client.post(address, fields)
    vote = Vote.objects.get()
    assert answer.url == url(world, "detail", vote.number)
    assert [one.membership.name for one in vote.options.all()] == ["Sở a1", "Sở a2"]
    edit = url(world, "edit", vote.number)
    again = fields_of(client.get(edit))
    assert again == fields | {"question-title": vote.title}
    client.post(edit, again | {"question-method": Method.CONSENSUS})
    vote.refresh_from_db()
    assert vote.method == Method.CONSENSUS
    awards.open_vote(vote, by=world.leader)
    assert client.get(edit).url == url(world, "detail", vote.number)
    page = client.post(edit, again)
    assert page.status_code == 422
    assert "The vote has been opened; its question stands." in text_of(page)
    assert fields_of(page) == again  # nothing typed is lost


# --- before, while and after voting


def test_the_readiness_list_is_for_the_secretariat():
    world = Poll().attend("a2", "a3", "a4")
    vote = awards.prepare_vote(
        world.conference,
        world.question("a1", "a2", kind="elect"),
        by=world.secretary,
    )
    page = text_of(signed_in(world.secretary).get(url(world, "detail", vote.number)))
    assert "Three voters at least: with fewer a secret ballot hides nothing" in page
    assert "Three voters" not in text_of(
        signed_in(world.head("a2")).get(url(world, "detail", vote.number))
    )
    client = signed_in(world.leader)
    page = client.post(url(world, "open", vote.number), follow=True)
    assert "choose a show of hands or a consensus" in text_of(page)
    assert Vote.objects.get().is_draft


def test_a_paper_is_cast_once_and_the_page_never_says_what_it_was(world):
    vote = world.open_vote("a1", "a2")
    client = signed_in(world.head("a2"))
    page = client.get(url(world, "detail", vote.number))
    assert "which agency has voted, not which agency chose what" in text_of(page)
    assert "no-store" in page["Cache-Control"]
    assert 'autocomplete="off"' in page.content.decode()
    fields = paper_fields(page, world, "a2", "yn")
    assert not [value for name, value in fields_of(page, "/cast/").items() if "option" in name]
    answer = client.post(url(world, "cast", vote.number), fields)
    assert answer.url == url(world, "detail", vote.number)
    assert "no-store" in answer["Cache-Control"]
    assert BallotBox.objects.get().papers == "yn"
    page = client.get(url(world, "detail", vote.number))
    assert "Your agency's paper has been recorded." in text_of(page)
    with pytest.raises(LookupError):
        fields_of(page, "/cast/")
    again = client.post(url(world, "cast", vote.number), fields)  # the second click
    assert again.url == url(world, "detail", vote.number)
    assert BallotBox.objects.get().papers == "yn"


def test_casting_writes_nothing_about_the_voter(world):
    vote = world.open_vote("a1", "a2")
    client = signed_in(world.head("a2"))
    page = client.get(url(world, "detail", vote.number))
    fields = paper_fields(page, world, "a2", "yn")
    before = (list(User.objects.values()), list(Session.objects.values()), dict(client.session))
    answer = client.post(url(world, "cast", vote.number), fields)
    after = (list(User.objects.values()), list(Session.objects.values()), dict(client.session))
    assert before == after
    assert "messages" not in answer.cookies
    assert not vote.changes.exclude(to_status=VoteStatus.OPEN).exists()


def test_a_line_left_open_is_told_and_the_marks_come_back(world):
    vote = world.open_vote("a1", "a2")
    client = signed_in(world.head("a2"))
    page = client.get(url(world, "detail", vote.number))
    fields = paper_fields(page, world, "a2", "yn")
    first, second = [name for name in fields if "option" in name]
    del fields[second]
    page = client.post(url(world, "cast", vote.number), fields)
    assert page.status_code == 422
    assert "no-store" in page["Cache-Control"]
    assert "Mark this line too, or choose no opinion." in text_of(page)
    assert fields_of(page, "/cast/")[first] == "y"
    assert not Mark.objects.filter(voted=True).exists()


def test_a_blank_paper_needs_a_second_yes_and_an_invalid_one_is_cast_on_purpose(world):
    vote = world.open_vote("a1", "a2")
    address = url(world, "cast", vote.number)
    client = signed_in(world.head("a2"))
    fields = paper_fields(client.get(url(world, "detail", vote.number)), world, "a2", "--")
    page = client.post(address, fields)
    assert page.status_code == 422
    assert "Your paper is blank and would be invalid." in text_of(page)
    again = fields_of(page, "/cast/")
    assert again == fields
    confirmed = f"paper-{world.membership('a2').pk}-blank"
    assert client.post(address, again | {confirmed: "on"}).status_code == 302
    client = signed_in(world.head("a3"))
    fields = fields_of(client.get(url(world, "detail", vote.number)), "/cast/")
    spoiled = f"paper-{world.membership('a3').pk}-spoiled"
    assert client.post(address, fields | {spoiled: "on"}).status_code == 302
    assert BallotBox.objects.get().papers == "!\n--"


@pytest.mark.parametrize(
    ("form", "most", "sent", "paper"),
    [
        (PaperForm.ELECT, 1, 1, "-x-"),
        (PaperForm.CHOOSE, 2, 2, "-xx"),
        (PaperForm.CHOOSE, 1, 2, ""),
    ],
)
def test_choices_keep_to_their_number(world, form, most, sent, paper):
    vote = world.open_vote(form=form, most=most)
    client = signed_in(world.head("a2"))
    fields = fields_of(client.get(url(world, "detail", vote.number)), "/cast/")
    chosen = [str(one.pk) for one in vote.options.all()][1 : 1 + sent]
    fields |= {f"paper-{world.membership('a2').pk}-chosen": chosen}
    answer = client.post(url(world, "cast", vote.number), fields)
    assert answer.status_code == (302 if paper else 422)
    assert BallotBox.objects.get().papers == paper


def test_a_password_is_asked_where_computers_are_shared_and_the_account_is_not_written(world):
    vote = world.open_vote("a1", "a2", asks_password=True)
    head = world.head("a2")
    head.set_password("mật khẩu đúng")
    head.save()
    client = signed_in(head)
    before = User.objects.filter(pk=head.pk).values().get()
    fields = paper_fields(client.get(url(world, "detail", vote.number)), world, "a2", "yn")
    typed = f"paper-{world.membership('a2').pk}-password"
    page = client.post(url(world, "cast", vote.number), fields | {typed: "sai"})
    assert page.status_code == 422
    assert "This is not your password." in text_of(page)
    assert "sai" not in fields_of(page, "/cast/").values()
    answer = client.post(url(world, "cast", vote.number), fields | {typed: "mật khẩu đúng"})
    assert answer.status_code == 302
    assert User.objects.filter(pk=head.pk).values().get() == before


def test_a_proxy_has_a_paper_for_each_member_it_votes_for(world):
    Attendance.objects.filter(membership=world.membership("a3")).update(voter=world.head("a2"))
    vote = world.open_vote("a1", "a2")
    assert signed_in(world.head("a3")).post(url(world, "cast", vote.number)).status_code == 403
    client = signed_in(world.head("a2"))
    page = client.get(url(world, "detail", vote.number))
    assert [seat.membership.name for seat in page.context["page"].seats] == ["Sở a2", "Sở a3"]
    other = world.membership("a3").pk
    options = [one.pk for one in vote.options.all()]
    fields = {f"paper-{other}-posted": "1"} | {f"paper-{other}-option-{pk}": "y" for pk in options}
    assert client.post(url(world, "cast", vote.number), fields).status_code == 302
    assert [mark.membership_id for mark in Mark.objects.filter(voted=True)] == [other]
    page = client.get(url(world, "detail", vote.number))
    assert [seat.voted for seat in page.context["page"].seats] == [False, True]


def test_while_open_the_page_says_how_many_and_never_who(world):
    vote = world.open_vote("a1", "a2")
    world.cast(vote, {"a2": "yy"})
    for user in (world.leader, world.secretary, world.board):
        page = text_of(signed_in(user).get(url(world, "detail", vote.number)))
        assert "Voted: 1/3" in page
        assert "Result" not in page
    part = signed_in(world.leader).get(
        url(world, "detail", vote.number), headers={"hx-request": "true"}
    )
    assert 'id="turnout"' in text_of(part)
    assert "<form" not in text_of(part)
    assert "Sở" not in text_of(part)


def test_a_count_is_for_the_chair_until_it_is_announced(world):
    vote = world.count(world.open_vote("a1", "a2"), {"a1": "yn", "a2": "yy", "a3": "yn"})
    address = url(world, "detail", vote.number)
    for user in (world.head("a2"), world.board):
        page = text_of(signed_in(user).get(address))
        assert "The chair will announce the result." in page
        assert "3 of 3 members, 100%" not in page
    client = signed_in(world.leader)
    page = client.get(address)
    assert "3 of 3 members, 100%" in text_of(page)
    answer = client.post(url(world, "announce", vote.number), fields_of(page, "/announce/"))
    assert answer.url == address
    page = text_of(signed_in(world.head("a2")).get(address))
    assert "3 of 3 members, 100%" in page
    assert "1 of 3 members, 33,33%" in page
    assert "This result tells how everybody voted" in page
    assert vote.result_sha256 in page
    assert vote.definition_sha256 in page


def test_the_chair_closes_by_the_pages_own_form(world):
    vote = world.open_vote("a1", "a2")
    world.cast(vote, AGREE_ON_ALL)
    client = signed_in(world.leader)
    address = url(world, "detail", vote.number)
    answer = client.post(
        url(world, "close", vote.number), fields_of(client.get(address), "/close/")
    )
    assert answer.url == address
    assert Vote.objects.get().status == VoteStatus.COUNTED
    page = client.post(url(world, "close", vote.number), follow=True)  # the second click
    assert "so this cannot be done now" in text_of(page)


def test_a_vote_against_the_ranking_is_warned_about_and_wants_a_note(world):
    vote = world.count(world.open_vote("a1", "a2"), {"a1": "ny", "a2": "ny", "a3": "yy"})
    client = signed_in(world.leader)
    page = client.get(url(world, "detail", vote.number))
    assert "departs from the ranking" in text_of(page)
    fields = fields_of(page, "/announce/")
    page = client.post(url(world, "announce", vote.number), fields)
    assert page.status_code == 422
    assert "say why in the note" in text_of(page)
    fields["announce-note"] = "Sở a1 đã nhận Cờ hai năm liền."
    client.post(url(world, "announce", vote.number), fields)
    page = text_of(client.get(url(world, "detail", vote.number)))
    assert "the note says why" in page
    assert "Sở a1 đã nhận Cờ hai năm liền." in page


def test_hands_are_counted_and_too_many_come_back(world):
    vote = world.open_vote("a1", "a2", method=Method.SHOW_OF_HANDS)
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world, "detail", vote.number)), "/count/#count")
    first, second = vote.options.all()
    fields |= {f"count-yes-{first.pk}": "3", f"count-no-{first.pk}": "1"}
    fields |= {f"count-yes-{second.pk}": "0"}
    page = client.post(url(world, "count", vote.number), fields)
    assert page.status_code == 422
    assert fields_of(page, "/count/#count") == fields
    fields |= {f"count-no-{first.pk}": "0"}
    client.post(url(world, "count", vote.number), fields)
    first.refresh_from_db()
    assert (first.yes, first.no, first.abstain) == (3, 0, 0)


def test_a_consensus_is_filled_in_and_keeps_reservations(world):
    vote = world.open_vote("a1", method=Method.CONSENSUS)
    client = signed_in(world.leader)
    fields = fields_of(client.get(url(world, "detail", vote.number)), "/count/#count")
    assert list(fields.values()) == ["3"]
    client.post(url(world, "count", vote.number), fields)
    fields = fields_of(client.get(url(world, "detail", vote.number)), "/announce/")
    fields[f"announce-reservation-{world.membership('a3').pk}"] = "Đề nghị xem lại tiêu chí I.2."
    client.post(url(world, "announce", vote.number), fields)
    (resolution,) = vote.resolutions.all()
    assert [one.text for one in resolution.reservations.all()] == ["Đề nghị xem lại tiêu chí I.2."]


def test_a_second_round_is_prepared_from_the_page():
    world = poll(members=4)
    vote = world.count(
        world.open_vote(form=PaperForm.ELECT, kind="elect"),
        {"a1": "x---", "a2": "-x--", "a3": "-x--", "a4": "x---"},
    )
    awards.announce_vote(vote, by=world.leader)
    client = signed_in(world.secretary)
    fields = fields_of(client.get(url(world, "detail", vote.number)), "/next-round/")
    answer = client.post(url(world, "next_round", vote.number), fields)
    assert answer.url == url(world, "detail", vote.number + 1)
    page = client.get(url(world, "detail", vote.number))
    assert "To the next round" in text_of(page)
    with pytest.raises(LookupError):
        fields_of(page, "/next-round/")
    assert "round 2" in text_of(client.get(answer.url))


def test_a_cancelled_ballot_goes_on_printed_papers(world):
    vote = world.open_vote("a1", "a2")
    world.cast(vote, {"a2": "yy"})
    client = signed_in(world.leader)
    fields = fields_of(client.get(url(world, "detail", vote.number)), "/cancel/")
    page = client.post(url(world, "cancel", vote.number), fields)
    assert page.status_code == 422
    client.post(url(world, "cancel", vote.number), fields | {"cancel-reason": "Mất mạng."})
    assert BallotBox.objects.get().papers == ""
    page = client.get(url(world, "detail", vote.number))
    assert "Mất mạng." in text_of(page)
    answer = client.post(url(world, "on_paper", vote.number), fields_of(page, "/on-paper/"))
    assert answer.url == url(world, "detail", vote.number + 1)
    assert Vote.objects.get(previous=vote).on_paper


def test_a_written_opinion_is_taken_up_from_the_page():
    world = poll(members=4)
    rule = world.rule()
    Attendance.objects.filter(membership=world.membership("a4")).update(
        present=False, absence_reason="Công tác", written_opinion="Đồng ý."
    )
    vote = world.prepare("a1", "a2")
    Vote.objects.filter(pk=vote.pk).update(absentees="written_opinion")
    client = signed_in(world.secretary)
    page = client.get(url(world, "detail", vote.number))
    (form,) = page.context["page"].writers
    fields = fields_of(page, "/written/")
    refused = client.post(url(world, "write", vote.number), fields)
    assert refused.status_code == 422
    fields |= {field.html_name: "y" for field in form.marks}
    client.post(url(world, "write", vote.number), fields)
    assert [one.paper for one in vote.written_votes.all()] == ["yy"]
    assert rule.absentees == "not_counted"


# --- how much it costs


def test_the_list_costs_the_same_for_one_vote_and_for_three(world, django_assert_num_queries):
    client = signed_in(world.secretary)
    for count in (1, 3):
        while Vote.objects.count() < count:
            world.open_vote("a1", "a2")
        client.get(url(world, "list"))
        with django_assert_num_queries(7):
            client.get(url(world, "list"))


@pytest.mark.parametrize("names", [("a1",), ("a1", "a2", "a3")])
def test_the_page_costs_the_same_for_one_option_and_for_three(
    world, names, django_assert_num_queries
):
    vote = world.open_vote(*names)
    client = signed_in(world.head("a2"))
    client.get(url(world, "detail", vote.number))
    with django_assert_num_queries(15):
        client.get(url(world, "detail", vote.number))
    world.count(vote, {name: "y" * len(names) for name in world.names})
    awards.announce_vote(vote, by=world.leader)
    client.get(url(world, "detail", vote.number))
    with django_assert_num_queries(15):
        client.get(url(world, "detail", vote.number))
