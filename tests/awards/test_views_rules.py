"""The page of the rules of voting: what a bloc is offered, and its own charter."""

import pytest
from django.urls import reverse

from awards.models import VoteRule
from tests.awards.meetings import Meeting
from tests.forms import fields_of, signed_in
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db

TYPED = {
    "rule-name": "Ba phần tư số có mặt",
    "rule-comparator": "at_least",
    "rule-share": "75 %",
    "rule-base": "present",
    "rule-basis": "Quy chế, Điều 9",
}


def url(world, name="rule_list", *more):
    return reverse(f"awards:{name}", args=[*world.review.url_args, *more])


def text_of(page):
    return " ".join(page.content.decode().split())


def build_world():
    return Meeting().open()


def test_members_read_what_each_rule_means_for_their_bloc():
    world = Meeting(members=5).open()
    page = text_of(signed_in(world.officer("a3")).get(url(world)))
    for words in (
        "more than 1/2 of all members",
        "of 5: 3 are enough, 2 are not",
        "at least 2/3 of all members",
        "at least 80% of all members",
        "of 5: 4 are enough, 3 are not",
        "at least 90% of all members",
        "of 5: 5 are enough, 4 are not",
        "more than 1/2 of the valid papers",
        "Only the bloc leader keeps the rules of voting of the charter.",
    ):
        assert words in page, words
    with pytest.raises(LookupError):
        fields_of(page)


def test_the_leader_adds_a_rule_of_the_charter(world):
    client = signed_in(world.leader)
    fields = fields_of(client.get(url(world)))
    assert (fields["rule-quorum"], fields["rule-absentees"]) == ("2/3", "not_counted")
    answer = client.post(url(world), fields | TYPED)
    assert answer.url == url(world)
    rule = VoteRule.objects.get(bloc=world.bloc)
    assert (rule.name, rule.numerator, rule.denominator) == (TYPED["rule-name"], 3, 4)
    assert (rule.base, rule.quorum_numerator, rule.quorum_denominator) == ("present", 2, 3)
    page = text_of(client.get(url(world)))
    assert "at least 3/4 of the members able to vote" in page
    assert "Charter of the bloc" in page


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"share": ""}, "share"),
        ({"share": "hai phần ba"}, "share"),
        ({"share": "2/0"}, "share"),
        ({"share": "0/3"}, "share"),
        ({"share": "0%"}, "share"),
        ({"share": "4/3"}, "share"),
        ({"share": "101%"}, "share"),
        ({"share": "80"}, "share"),
        ({"share": "-1/2"}, "share"),
        ({"quorum": "4/3"}, "quorum"),
        ({"quorum": ""}, "quorum"),
        ({"name": "\xa0"}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"base": "everybody"}, "base"),
    ],
)
def test_bad_rules_are_told_at_the_field_and_shown_again(world, typed, field):
    client = signed_in(world.leader)
    fields = fields_of(client.get(url(world))) | TYPED
    fields |= {f"rule-{name}": value for name, value in typed.items()}
    page = client.post(url(world), fields)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    if field != "base":  # a choice that does not exist cannot be shown
        assert fields_of(page) == fields
    assert not VoteRule.objects.filter(bloc=world.bloc).exists()


@pytest.mark.parametrize(
    ("typed", "share"),
    [("66,67%", (6667, 10000)), ("80%", (4, 5)), ("2/4", (1, 2)), ("100%", (1, 1))],
)
def test_shares_are_kept_exactly(world, typed, share):
    client = signed_in(world.leader)
    fields = fields_of(client.get(url(world))) | TYPED | {"rule-share": typed, "rule-quorum": "0%"}
    client.post(url(world), fields)
    rule = VoteRule.objects.get(bloc=world.bloc)
    assert (rule.numerator, rule.denominator) == share
    assert rule.quorum == 0


def test_a_name_is_given_once_and_is_free_after_retirement(world):
    client = signed_in(world.leader)
    fields = fields_of(client.get(url(world))) | TYPED
    client.post(url(world), fields)
    page = client.post(url(world), fields)
    assert list(page.context["form"].errors) == ["name"]
    rule = VoteRule.objects.get(bloc=world.bloc)
    assert fields_of(client.get(url(world)), f"rules/{rule.pk}/retire/") == {}
    answer = client.post(url(world, "rule_retire", rule.pk))
    assert answer.url == url(world)
    page = client.get(url(world))
    assert TYPED["rule-name"] not in text_of(page)
    with pytest.raises(LookupError):
        fields_of(page, f"rules/{rule.pk}/retire/")
    assert client.post(url(world), fields).status_code == 302


def test_rules_of_the_catalogue_have_no_button_and_are_not_retired(world):
    client = signed_in(world.leader)
    rule = VoteRule.objects.filter(bloc=None).first()
    with pytest.raises(LookupError):
        fields_of(client.get(url(world)), f"rules/{rule.pk}/retire/")
    page = client.post(url(world, "rule_retire", rule.pk), follow=True)
    assert "This rule is not of the bloc&#x27;s own charter." in text_of(page)
    rule.refresh_from_db()
    assert not rule.is_retired


def test_who_may_not_and_how(world):
    rule = VoteRule.objects.filter(bloc=None).first()
    stranger = signed_in(make_user("stranger", make_agency("xa")))
    assert stranger.get(url(world)).status_code == 404
    assert stranger.post(url(world, "rule_retire", rule.pk)).status_code == 404
    for user in (world.secretary, world.head("a2"), world.officer("a3"), world.board):
        client = signed_in(user)
        assert client.get(url(world)).status_code == 200
        assert client.post(url(world), TYPED).status_code == 403
        assert client.post(url(world, "rule_retire", rule.pk)).status_code == 403
    client = signed_in(world.leader)
    assert client.put(url(world)).status_code == 405
    assert client.get(url(world, "rule_retire", rule.pk)).status_code == 405


def test_after_the_conference_what_was_typed_is_shown_again():
    world = Meeting().close()
    client = signed_in(world.leader)
    typed = {**TYPED, "rule-quorum": "2/3", "rule-absentees": "proxy", "rule-tie": "chair"}
    page = client.post(url(world), typed)
    assert page.status_code == 422
    assert "Rules of voting are set between the appraisal and the conference." in text_of(page)
    assert fields_of(page)["rule-name"] == TYPED["rule-name"]


@pytest.mark.parametrize("rules", [1, 3])
def test_the_query_count_does_not_grow(world, rules, django_assert_num_queries):
    for number in range(rules):
        VoteRule.objects.create(bloc=world.bloc, name=f"Quy tắc {number}")
    client = signed_in(world.leader)
    client.get(url(world))
    with django_assert_num_queries(7):
        client.get(url(world))
