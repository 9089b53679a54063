"""Resolutions recorded on the conference page: votes, awards, offices, reservations."""

from fractions import Fraction

import pytest
from django.urls import reverse

from awards import transitions as awards
from awards.models import AwardRule, Reservation, Resolution, ResolutionKind, RulePack, VoteRule
from blocs.models import Office
from scoring.models import Summary, SummaryStatus
from tests.awards.meetings import Meeting
from tests.forms import fields_of, signed_in
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db

ANCHORS = {
    "adopt_report": "report",
    "adopt_summary": "adoption",
    "propose": "proposals",
    "elect": "elections",
    "other": "others",
}


def page_url(world):
    return reverse("awards:conference_detail", args=world.review.url_args)


def url(world, kind):
    return reverse("awards:resolution_create", args=[*world.review.url_args, kind])


def form_on(client, world, kind):
    return fields_of(client.get(page_url(world)), f"new/{kind}/#{ANCHORS[kind]}")


def build_world():
    return Meeting().attend()


def test_all_present_in_favour_is_filled_in():
    world = Meeting().attend("a3")
    fields = form_on(signed_in(world.secretary), world, "adopt_report")
    assert fields["adopt_report-method"] == "consensus"
    assert fields["adopt_report-in_favour"] == "2"
    assert fields["adopt_report-against"] == "0"


def test_without_attendance_nothing_is_voted():
    world = Meeting().open()
    client = signed_in(world.secretary)
    with pytest.raises(LookupError):
        form_on(client, world, "adopt_report")
    assert "Record the attendance first" in client.get(page_url(world)).content.decode()


@pytest.mark.parametrize("kind", ["adopt_report", "adopt_summary"])
def test_adoptions_as_the_page_renders_them(world, kind):
    client = signed_in(world.secretary)
    answer = client.post(url(world, kind), form_on(client, world, kind))
    assert answer.url == f"{page_url(world)}#{ANCHORS[kind]}"
    resolution = Resolution.objects.get()
    assert (resolution.kind, resolution.in_favour, resolution.entitled) == (kind, 3, 3)
    page = client.get(page_url(world)).content.decode()
    assert "3 of 3 members agree" in page
    with pytest.raises(LookupError):
        fields_of(page, f"new/{kind}/#{ANCHORS[kind]}")


def test_a_table_that_moved_is_shown_again_and_adopted_on_the_second_look(world):
    client = signed_in(world.secretary)
    fields = form_on(client, world, "adopt_summary")
    score = world.score("a2", "I.1")
    client.post(
        reverse("awards:score_agree", args=[*world.review.url_args, score.pk]),
        {f"s{score.pk}-points": "5", f"s{score.pk}-reason": "x", f"s{score.pk}-version": 2},
    )
    page = client.post(url(world, "adopt_summary"), fields)
    assert page.status_code == 422
    assert "The table has changed since you read it." in page.content.decode()
    assert Summary.objects.get().status == SummaryStatus.APPROVED
    again = fields_of(page, "new/adopt_summary/#adoption")
    assert again["adopt_summary-seen"] != fields["adopt_summary-seen"]
    client.post(url(world, "adopt_summary"), again)
    assert Summary.objects.filter(status=SummaryStatus.ADOPTED, version=2).exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"in_favour": "4"}, "in_favour"),
        ({"in_favour": "3", "against": "1", "method": "show_of_hands"}, "in_favour"),
        ({"in_favour": "2", "against": "1"}, "against"),
        ({"in_favour": "ba"}, "in_favour"),
        ({"in_favour": "1.000"}, "in_favour"),
        ({"in_favour": "-1"}, "in_favour"),
        ({"in_favour": "2,5"}, "in_favour"),
        ({"in_favour": ""}, "in_favour"),
        ({"abstained": "\xa0"}, "abstained"),
        ({"method": "secret"}, "method"),
        ({"text": " "}, "text"),
    ],
)
def test_bad_votes_are_told_at_the_field_and_shown_again(world, typed, field):
    client = signed_in(world.secretary)
    fields = form_on(client, world, "other") | {"other-text": "Ký giao ước."}
    fields |= {f"other-{name}": value for name, value in typed.items()}
    page = client.post(url(world, "other"), fields)
    assert page.status_code == 422
    assert list(page.context["page"].forms["other"].errors) == [field]
    assert not Resolution.objects.exists()
    shown = fields_of(page, "new/other/#others")
    if field != "method":  # a choice that does not exist cannot be shown
        assert shown == fields


def test_reservations_are_kept_by_member(world):
    client = signed_in(world.secretary)
    member = world.membership("a3")
    fields = form_on(client, world, "other") | {
        "other-text": "Ký giao ước trước ngày 31/3.",
        "other-in_favour": "2",
        "other-abstained": "1",
        f"other-reservation-{member.pk}": "Đề nghị lùi lại.",
    }
    client.post(url(world, "other"), fields)
    reservation = Reservation.objects.get()
    assert (reservation.membership, reservation.text) == (member, "Đề nghị lùi lại.")
    page = " ".join(client.get(page_url(world)).content.decode().split())
    assert "2 of 3 members agree (Consensus; abstained: 1)" in page
    assert "Đề nghị lùi lại." in page


def test_what_is_not_carried_is_recorded_and_said(world):
    client = signed_in(world.secretary)
    fields = form_on(client, world, "other") | {"other-text": "x", "other-in_favour": "1"}
    page = client.post(url(world, "other"), fields, follow=True)
    assert (
        "Recorded, but not carried: it needs more than 1/2 of all members, and reached "
        "1 of 3 members, 33,33%."
    ) in page.content.decode()
    assert "Not carried" in page.content.decode()


# --- by which rule


def rule_named(code):
    return VoteRule.objects.get(code=code, bloc=None)


def test_the_usual_rule_is_chosen_already():
    world = Meeting().adopt()
    client = signed_in(world.secretary)
    fields = form_on(client, world, "other")
    assert fields["other-rule"] == str(rule_named("majority-of-members").pk)
    fields = form_on(client, world, "propose")
    assert fields["propose-rule"] == str(rule_named("two-thirds-of-members").pk)


def test_the_page_says_by_which_rule_and_what_was_reached():
    world = Meeting(members=5).attend("a5")
    client = signed_in(world.secretary)
    fields = form_on(client, world, "other") | {
        "other-text": "Ký giao ước.",
        "other-rule": str(rule_named("80-percent-of-members").pk),
    }
    client.post(url(world, "other"), fields)
    resolution = Resolution.objects.get()
    assert (resolution.numerator, resolution.denominator, resolution.carried) == (4, 5, True)
    page = " ".join(client.get(page_url(world)).content.decode().split())
    assert "Needed: at least 80% of all members; reached: 4 of 5 members, 80%" in page


def test_without_rules_the_field_is_left_out_and_half_of_all_members_decide(world):
    VoteRule.objects.update(is_retired=True)
    client = signed_in(world.secretary)
    fields = form_on(client, world, "other") | {"other-text": "x"}
    assert "other-rule" not in fields
    client.post(url(world, "other"), fields)
    assert Resolution.objects.get().threshold == Fraction(1, 2)


def test_a_rule_of_the_charter_counts_the_absent_as_it_says():
    world = Meeting(members=5).attend("a4", "a5")
    absent = awards.Presence(present=False, reason="Ốm", written_opinion="Nhất trí.")
    awards.record_attendance(
        world.conference, presences={world.membership("a5").pk: absent}, by=world.secretary
    )
    columns = {"name": "Có ý kiến bằng văn bản", "absentees": "written_opinion"}
    rule = awards.add_rule(world.review, fields=columns, by=world.leader)
    client = signed_in(world.secretary)
    fields = form_on(client, world, "other") | {"other-text": "x", "other-in_favour": "4"}
    page = client.post(url(world, "other"), fields)
    assert list(page.context["page"].forms["other"].errors) == ["in_favour"]
    assert "3 members are present; that many votes at the most." in page.content.decode()
    fields["other-rule"] = str(rule.pk)
    page = client.post(url(world, "other"), fields | {"other-abstained": "1"})
    assert "4 members can vote by this rule, the absent included" in page.content.decode()
    client.post(url(world, "other"), fields)
    assert (Resolution.objects.get().in_favour, Resolution.objects.get().present) == (4, 4)


def test_no_quorum_and_a_rule_not_offered_are_told_at_the_rule():
    world, other = Meeting(members=5).attend("a3", "a4", "a5"), Meeting(slug="khoi-2", prefix="b")
    foreign = VoteRule.objects.create(bloc=other.bloc, name="Của khối khác")
    client = signed_in(world.secretary)
    fields = form_on(client, world, "other") | {"other-text": "x"}
    for rule in (rule_named("two-thirds-of-members"), foreign):
        page = client.post(url(world, "other"), fields | {"other-rule": str(rule.pk)})
        assert page.status_code == 422
        assert list(page.context["page"].forms["other"].errors) == ["rule"]
    assert not Resolution.objects.exists()


def test_a_secret_ballot_is_not_recorded_at_once(world):
    client = signed_in(world.secretary)
    fields = form_on(client, world, "other") | {"other-text": "x", "other-method": "secret_ballot"}
    page = client.post(url(world, "other"), fields)
    assert list(page.context["page"].forms["other"].errors) == ["method"]


# --- proposals


def propose(world, client, name, award, **more):
    fields = form_on(client, world, "propose")
    rule = AwardRule.objects.filter(award__code=award).first()
    fields |= {
        "propose-award": str(rule.award_id),
        "propose-membership": str(world.membership(name).pk),
        **more,
    }
    return client.post(url(world, "propose"), fields)


def test_ranks_stand_beside_the_choice():
    world = Meeting().adopt()
    page = signed_in(world.secretary).get(page_url(world))
    labels = [
        label for _pk, label in page.context["page"].forms["propose"].fields["membership"].choices
    ]
    assert labels[1:] == ["Rank 1: Sở a1", "Rank 2: Sở a2", "Rank 3: Sở a3"]
    assert "This award is only for the first in rank." in page.content.decode()


def test_before_the_adoption_there_is_no_form_to_propose(world):
    client = signed_in(world.secretary)
    with pytest.raises(LookupError):
        form_on(client, world, "propose")
    fields = {"propose-method": "consensus", "propose-in_favour": "3"}
    page = client.post(url(world, "propose"), fields)
    assert page.status_code == 422
    assert not Resolution.objects.exists()


def test_proposals_are_recorded():
    world = Meeting().adopt()
    client = signed_in(world.secretary)
    assert propose(world, client, "a1", "flag").status_code == 302
    assert propose(world, client, "a2", "merit").status_code == 302
    proposed = Resolution.objects.filter(kind=ResolutionKind.PROPOSE)
    assert [str(one.award) for one in proposed] == ["Cờ thi đua", "Bằng khen"]
    page = client.get(page_url(world)).content.decode()
    assert "Proposed for Cờ thi đua của Ủy ban nhân dân tỉnh: Sở a1" in page


@pytest.mark.parametrize(
    ("name", "award", "field"),
    [("a2", "flag", "membership"), ("a1", "merit", "membership"), ("a3", "merit", "award")],
)
def test_what_would_bar_the_dossier_is_refused_at_once(name, award, field):
    """Not the first in rank; proposed already; the quota used up."""
    world = Meeting().adopt()
    client = signed_in(world.secretary)
    if award == "merit":
        propose(world, client, "a1", "flag")
        propose(world, client, "a2", "merit")
    before = Resolution.objects.count()
    page = propose(world, client, name, award)
    assert page.status_code == 422
    assert field in page.context["page"].forms["propose"].errors
    assert Resolution.objects.count() == before


def test_without_rules_in_force_the_page_says_so():
    world = Meeting().adopt()
    AwardRule.objects.all().delete()
    RulePack.objects.all().delete()
    page = signed_in(world.secretary).get(page_url(world)).content.decode()
    assert "No rules for awards are known for the day of the conference" in page


# --- elections


def test_leader_then_deputy_are_elected(world):
    client = signed_in(world.secretary)
    fields = form_on(client, world, "elect")
    assert fields["elect-office"] == Office.LEADER
    fields["elect-membership"] = str(world.membership("a3").pk)
    client.post(url(world, "elect"), fields)
    fields = form_on(client, world, "elect")
    assert fields["elect-office"] == Office.DEPUTY
    same = client.post(
        url(world, "elect"), fields | {"elect-membership": str(world.membership("a3").pk)}
    )
    assert list(same.context["page"].forms["elect"].errors) == ["membership"]
    second = {"elect-office": "leader", "elect-membership": str(world.membership("a2").pk)}
    again = client.post(url(world, "elect"), fields | second)
    assert list(again.context["page"].forms["elect"].errors) == ["office"]
    client.post(url(world, "elect"), fields | {"elect-membership": str(world.membership("a2").pk)})
    elected = Resolution.objects.values_list("office", "membership__agency__slug")
    assert list(elected) == [("leader", "a3"), ("deputy", "a2")]


def test_a_foreign_member_is_not_elected(world):
    other = Meeting(slug="khoi-2", prefix="b")
    client = signed_in(world.secretary)
    fields = form_on(client, world, "elect")
    fields["elect-membership"] = str(other.membership("b1").pk)
    page = client.post(url(world, "elect"), fields)
    assert list(page.context["page"].forms["elect"].errors) == ["membership"]


# --- who, how, when


def test_only_the_secretariat_records_resolutions(world):
    stranger = make_user("stranger", make_agency("xa"))
    assert signed_in(stranger).post(url(world, "other"), {}).status_code == 404
    for user in (world.head("a2"), world.officer("a3"), world.board):
        assert signed_in(user).post(url(world, "other"), {}).status_code == 403
    client = signed_in(world.secretary)
    assert client.get(url(world, "other")).status_code == 405
    assert client.post(url(world, "secret"), {}).status_code == 404


def test_a_resolution_typed_too_late_is_shown_again():
    world = Meeting().close()
    fields = {
        "other-method": "consensus",
        "other-in_favour": "3",
        "other-against": "0",
        "other-abstained": "0",
        "other-text": "Ký giao ước.",
    }
    page = signed_in(world.secretary).post(url(world, "other"), fields)
    assert page.status_code == 422
    assert "The conference is not in session." in page.content.decode()
    assert fields_of(page, "new/other/#others")["other-text"] == "Ký giao ước."


def test_resolutions_are_struck_but_not_the_adopted_table():
    world = Meeting().adopt()
    report = Resolution.objects.get(kind=ResolutionKind.ADOPT_REPORT)
    table = Resolution.objects.get(kind=ResolutionKind.ADOPT_SUMMARY)
    client = signed_in(world.secretary)

    def strike(resolution):
        return reverse("awards:resolution_remove", args=[*world.review.url_args, resolution.pk])

    page = client.get(page_url(world))
    assert fields_of(page, f"resolutions/{report.pk}/remove/") == {}
    with pytest.raises(LookupError):
        fields_of(page, f"resolutions/{table.pk}/remove/")
    assert client.get(strike(report)).status_code == 405
    for user in (world.head("a2"), world.board):
        assert signed_in(user).post(strike(report)).status_code == 403
    refused = client.post(strike(table), follow=True)
    assert "that cannot be struck" in refused.content.decode()
    answer = client.post(strike(report))
    assert answer.url == f"{page_url(world)}#report"
    assert list(Resolution.objects.all()) == [table]
