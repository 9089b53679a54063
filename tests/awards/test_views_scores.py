"""A score changed in the room."""

import pytest
from django.urls import reverse

from awards.models import RoomDecision
from tests.awards.meetings import Meeting
from tests.forms import fields_of, signed_in
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db


def url(world, score):
    return reverse("awards:score_agree", args=[*world.review.url_args, score.pk])


def build_world():
    return Meeting().attend()


def test_member_and_criterion_lead_to_the_score(world):
    client = signed_in(world.secretary)
    score = world.score("a2", "I.2")
    choose = reverse("awards:score_choose", args=world.review.url_args)
    chosen = {
        "choice-membership": score.sheet.membership_id,
        "choice-criterion": score.criterion_id,
    }
    assert client.get(choose, chosen).url == url(world, score)
    for wrong in ({}, {**chosen, "choice-criterion": "x"}, {**chosen, "choice-membership": 0}):
        page = client.get(choose, wrong)
        assert page.status_code == 422
        assert page.context["page"].forms["choice"].errors
    assert signed_in(world.head("a2")).get(choose, chosen).status_code == 403
    assert client.post(choose).status_code == 405


def test_a_criterion_that_does_not_apply_is_told_at_the_field(world):
    score = world.score("a2", "T.2")
    chosen = {
        "choice-membership": score.sheet.membership_id,
        "choice-criterion": score.criterion_id,
    }
    score.delete()  # as where the member was exempt from the beginning
    page = signed_in(world.secretary).get(
        reverse("awards:score_choose", args=world.review.url_args), chosen
    )
    assert page.status_code == 422
    assert list(page.context["page"].forms["choice"].errors) == ["criterion"]


def test_other_figures_with_a_reason(world):
    client = signed_in(world.secretary)
    score = world.score("a2", "I.1")
    fields = fields_of(client.get(url(world, score)))
    assert fields[f"s{score.pk}-actual"] == "9"
    fields |= {f"s{score.pk}-actual": "8", f"s{score.pk}-reason": "Đối chiếu lại"}
    answer = client.post(url(world, score), fields)
    page = reverse("awards:conference_detail", args=world.review.url_args)
    assert answer.url == f"{page}#scores"
    score.refresh_from_db()
    assert (score.agreed_inputs, score.agreement_reason) == (
        {"actual": "8", "target": "10"},
        "Đối chiếu lại",
    )
    listed = " ".join(client.get(page).content.decode().split())
    assert "Đối chiếu lại" in listed
    assert ">5,4<" in listed
    assert ">4,8<" in listed


@pytest.mark.parametrize("typed", ["4,5", "4.5"])
def test_points_directly(world, typed):
    client = signed_in(world.secretary)
    score = world.score("a2", "I.1")
    fields = fields_of(client.get(url(world, score)))
    fields |= {f"s{score.pk}-points": typed, f"s{score.pk}-reason": "x"}
    assert client.post(url(world, score), fields).status_code == 302
    score.refresh_from_db()
    assert score.agreed == 4.5


def test_what_the_conference_itself_decides(world):
    client = signed_in(world.secretary)
    page = reverse("awards:conference_detail", args=world.review.url_args)
    assert len(client.get(page).context["page"].record.to_set) == 3
    score = world.score("a1", "T.2")
    fields = fields_of(client.get(url(world, score)))
    fields |= {f"s{score.pk}-level": "Khối trưởng", f"s{score.pk}-reason": "Hội nghị thống nhất"}
    assert client.post(url(world, score), fields).status_code == 302
    score.refresh_from_db()
    assert score.agreed == 1
    assert len(client.get(page).context["page"].record.to_set) == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"points": "bốn", "reason": "x"}, "points"),
        ({"points": "1.000", "reason": "x"}, "points"),
        ({"points": "-1", "reason": "x"}, "points"),
        ({"points": "7", "reason": "x"}, "points"),
        ({"points": "4", "reason": ""}, "reason"),
        ({"points": "4", "reason": "\xa0"}, "reason"),
        ({"points": "4", "reason": "x" * 2001}, "reason"),
        ({"actual": "chín", "reason": "x"}, "actual"),
        ({"actual": "", "reason": "x"}, "actual"),
        ({"target": "0", "reason": "x"}, "target"),
    ],
)
def test_bad_scores_are_told_at_the_field_and_shown_again(world, typed, field):
    client = signed_in(world.secretary)
    score = world.score("a2", "I.1")
    fields = fields_of(client.get(url(world, score)))
    fields |= {f"s{score.pk}-{name}": value for name, value in typed.items()}
    page = client.post(url(world, score), fields)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert f'id="id_s{score.pk}-{field}_error"' in page.content.decode()
    assert fields_of(page) == fields
    score.refresh_from_db()
    assert (score.agreed, score.agreed_at) == (None, None)


def test_a_colleagues_change_is_shown_before_it_is_replaced(world):
    client = signed_in(world.secretary)
    score = world.score("a2", "I.1")
    fields = fields_of(client.get(url(world, score)))
    first = fields | {f"s{score.pk}-points": "5", f"s{score.pk}-reason": "Đồng nghiệp"}
    client.post(url(world, score), first)
    mine = fields | {f"s{score.pk}-points": "3", f"s{score.pk}-reason": "Của tôi"}
    page = client.post(url(world, score), mine)
    assert page.status_code == 422
    assert "A colleague has changed this criterion in the meantime." in page.content.decode()
    assert "Đồng nghiệp" in page.content.decode()
    again = fields_of(page)
    assert again[f"s{score.pk}-points"] == "3"
    client.post(url(world, score), again)
    score.refresh_from_db()
    assert (score.agreed, score.agreement_reason) == (3, "Của tôi")


def test_who_may_not(world):
    score = world.score("a2", "I.1")
    stranger = make_user("stranger", make_agency("xa"))
    assert signed_in(stranger).get(url(world, score)).status_code == 404
    for user in (world.head("a2"), world.officer("a3"), world.board):
        assert signed_in(user).get(url(world, score)).status_code == 403
        assert signed_in(user).post(url(world, score), {}).status_code == 403
    other = Meeting(slug="khoi-2", prefix="b").attend()
    foreign = other.score("b2", "I.1")
    assert signed_in(world.secretary).get(url(world, foreign)).status_code == 404
    assert signed_in(world.secretary).put(url(world, score)).status_code == 405


def test_after_the_adoption_the_score_stands_and_what_was_typed_is_shown(world):
    client = signed_in(world.secretary)
    score = world.score("a2", "I.1")
    fields = fields_of(client.get(url(world, score)))
    adopt = fields_of(
        client.get(reverse("awards:conference_detail", args=world.review.url_args)),
        "new/adopt_summary/#adoption",
    )
    client.post(
        reverse("awards:resolution_create", args=[*world.review.url_args, "adopt_summary"]), adopt
    )
    fields |= {f"s{score.pk}-points": "3", f"s{score.pk}-reason": "x"}
    page = client.post(url(world, score), fields)
    assert page.status_code == 422
    assert "The table has been adopted; its scores stand." in page.content.decode()
    assert fields_of(page)[f"s{score.pk}-points"] == "3"


# --- who asked, and the vote


def room_of(client, world, score, **typed):
    fields = fields_of(client.get(url(world, score)))
    typed = {"points": "4", "reason": "Theo ý kiến hội nghị", **typed}
    return fields | {f"s{score.pk}-{name}": str(value) for name, value in typed.items()}


def test_who_asked_and_the_vote_stand_on_the_page():
    world = Meeting(members=5).attend()
    client = signed_in(world.secretary)
    score = world.score("a2", "I.1")
    fields = room_of(
        client,
        world,
        score,
        asked_member=world.membership("a4").pk,
        voted="vote",
        in_favour=3,
        against=1,
    )
    assert client.post(url(world, score), fields).status_code == 302
    decision = RoomDecision.objects.get()
    assert decision.change == score.changes.last()
    assert (decision.membership, decision.asked_by) == (world.membership("a4"), "")
    # One of the five raised no hand: no opinion.
    assert (decision.in_favour, decision.against, decision.abstained) == (3, 1, 1)
    page = reverse("awards:conference_detail", args=world.review.url_args)
    words = " ".join(client.get(page).content.decode().split())
    assert '<td data-label="Asked for by">Sở a4</td>' in words
    assert "for 3, against 1, abstained 1" in words


def test_somebody_else_may_have_asked_and_nobody_need_have(world):
    client = signed_in(world.secretary)
    first, second = world.score("a2", "I.1"), world.score("a3", "I.1")
    client.post(url(world, first), room_of(client, world, first))
    assert not RoomDecision.objects.exists()
    asked = room_of(client, world, second, asked_name="ông Trung, Trưởng Ban")
    client.post(url(world, second), asked)
    decision = RoomDecision.objects.get()
    assert (decision.membership, decision.asked_by) == (None, "ông Trung, Trưởng Ban")
    assert not decision.was_voted


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"voted": "vote"}, "in_favour"),
        ({"voted": "vote", "in_favour": "ba"}, "in_favour"),
        ({"voted": "vote", "in_favour": 6}, "in_favour"),
        ({"voted": "vote", "in_favour": 4, "against": 2}, "in_favour"),
        ({"voted": "vote", "in_favour": 2}, "in_favour"),  # two of five
        ({"in_favour": 4}, "voted"),
        ({"asked_name": "x" * 201}, "asked_name"),
        ({"asked_member": "0"}, "asked_member"),
    ],
)
def test_bad_votes_and_askers_are_told_at_the_field_and_nothing_is_written(typed, field):
    world = Meeting(members=5).attend()
    client = signed_in(world.secretary)
    score = world.score("a2", "I.1")
    fields = room_of(client, world, score, **typed)
    page = client.post(url(world, score), fields)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    if field != "asked_member":  # a choice that does not exist cannot be shown
        assert fields_of(page) == fields
    score.refresh_from_db()
    assert (score.agreed, RoomDecision.objects.count()) == (None, 0)


def test_a_member_and_somebody_else_do_not_ask_both(world):
    client = signed_in(world.secretary)
    score = world.score("a2", "I.1")
    both = {"asked_member": world.membership("a3").pk, "asked_name": "ông Trung"}
    page = client.post(url(world, score), room_of(client, world, score, **both))
    assert list(page.context["form"].errors) == ["asked_name"]


def test_the_message_says_whose_rank_changed(world):
    client = signed_in(world.secretary)
    score = world.score("a1", "I.1")
    lower = room_of(client, world, score, points="0")
    page = client.post(url(world, score), lower, follow=True).content.decode()
    assert "The agreed score has been saved. Ranks changed: " in page
    assert "Sở a2 2 → 1" in page
    score.refresh_from_db()
    same = room_of(client, world, score, points="0", reason="Như trên")
    page = client.post(url(world, score), same, follow=True).content.decode()
    assert "The ranks have not changed." in page


@pytest.mark.parametrize("changed", [1, 3])
def test_the_query_count_of_the_form_does_not_grow(changed, django_assert_num_queries):
    world = Meeting(members=changed + 2).attend()
    client = signed_in(world.secretary)
    score = world.score("a2", "I.1")
    client.get(url(world, score))
    with django_assert_num_queries(10):
        client.get(url(world, score))
