"""The page of the summary table: who reads it when, its versions, and its approval."""

from __future__ import annotations

import html
import re
from decimal import Decimal

import pytest
from django.urls import reverse

from blocs import transitions as blocs
from blocs.models import Phase
from scoring import tables
from scoring import transitions as scoring
from scoring.kernel.loading import parse_yaml, read_set
from scoring.models import Exemption, Summary, SummaryStatus
from scoring.tables import live_table
from tests.forms import fields_of, signed_in
from tests.worlds import SMALL_SET, World, fresh

pytestmark = pytest.mark.django_db


def url(world, name="summary_detail"):
    return reverse(f"scoring:{name}", args=world.review.url_args)


def get(world, user, query=""):
    return signed_in(user).get(url(world) + query)


def words(response):
    """The text of the page without its tags."""
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


def told(response):
    return [str(message) for message in response.wsgi_request._messages]


def build_world():
    return World().appraise_all()


# --- who reads


def test_strangers_find_nothing():
    world = World().approve()
    stranger = signed_in(World(slug="khoi-2", prefix="b").leader)
    assert stranger.get(url(world)).status_code == 404
    assert stranger.post(url(world, "summary_approve")).status_code == 404


@pytest.mark.parametrize(
    ("stage", "readers"),
    [
        ("adopt_criteria", set()),
        ("submit_all", set()),
        ("open_appraisal", {"leader", "secretariat"}),
        ("appraise_all", {"leader", "secretariat"}),
        ("approve", {"leader", "secretariat", "deputy", "member", "board"}),
    ],
)
def test_readers_by_stage(stage, readers):
    world = getattr(World(), stage)()
    people = {
        "leader": world.leader,
        "secretariat": world.officer("a1"),
        "deputy": world.deputy,
        "member": world.officer("a3"),
        "board": fresh(world.board),
    }
    found = {role: get(world, user).status_code for role, user in people.items()}
    assert found == {role: 200 if role in readers else 403 for role in people}


def test_the_refusal_says_when():
    world = World().open_appraisal()
    page = words(get(world, world.head("a3")))
    assert "The table is shown to all members once the leader has approved it." in page
    assert "19,90" not in page


def test_wrong_methods():
    world = World().approve()
    client = signed_in(world.leader)
    assert client.post(url(world)).status_code == 405
    assert client.get(url(world, "summary_approve")).status_code == 405


# --- what it shows


def test_totals_groups_rank_and_grade():
    world = World().approve({"a2": {"I.2": {"level": "Khá"}, "TR.1": {"count": "1"}}})
    page = words(get(world, world.head("a3")))
    assert "1 shared Sở a1 19,90 19,90 0,00 Xuất sắc Same total as Sở a3." in page
    assert "3 Sở a2 16,90 16,90 0,00 Tốt" in page
    assert "Sở a2 Claimed 9,40 8,00 0,50 1,00 16,90 Appraised 9,40 8,00 0,50 1,00 16,90" in page
    assert "Agreed" not in page
    assert "I. Nhiệm vụ chuyên môn (12); II. Công tác thi đua (8)" in page


def test_the_difference_is_signed():
    world = World().open_appraisal()
    score = world.score("a3", "I.2")
    scoring.appraise(score, inputs={"level": "Khá"}, reason="vì", version=1, by=world.leader)
    assert "3 Sở a3 19,90 17,90 −2,00 Tốt" in words(get(world, world.leader))


def test_agreed_points_are_shown_once_they_differ():
    world = World().approve()
    score = world.score("a3", "I.2")
    scoring.agree(score, points=Decimal(2), reason="vì", version=score.version, by=world.leader)
    page = words(get(world, world.head("a2")))
    assert "At the conference" in page
    assert "3 Sở a3 19,90 19,90 0,00 17,90 Tốt" in page
    assert "Agreed 9,40 8,00 0,50 0,00 17,90" in page


def test_notes_tell_lateness_exemptions_knockouts_and_who_is_not_ranked():
    world = World(members=4)
    text = SMALL_SET.read_text(encoding="utf-8").replace(
        "  penalties:\n",
        "  penalties:\n    - {code: TR.2, name: Trễ, rule: {kind: deadline_penalty, "
        "table: [{late_days_max: 1, minus: 1}], beyond: KNOCKOUT, knockout: K1}, auto: true}\n",
    )
    rules = read_set(parse_yaml(text))
    draft = scoring.upload_criteria(world.review, rules, by=world.leader)
    scoring.exempt(
        draft.criteria.get(code="I.1"), world.membership("a2"), reason="Không", by=world.leader
    )
    scoring.adopt_criteria(draft, by=world.leader)
    world.adopt_criteria = lambda *args: world
    world.open_self_scoring()
    for name in ("a1", "a2", "a3"):
        world.fill(name)
        scoring.submit(world.sheet(name), by=world.head(name))
    late = world.review.scores_due.replace(year=world.review.scores_due.year - 1)
    type(world.review).objects.filter(pk=world.review.pk).update(scores_due=late)
    blocs.set_ranking(world.membership("a4"), unranked=True, reason="Mới lập", by=world.board)
    scoring.open_appraisal(world.review, by=world.leader)
    page = words(get(world, world.leader))
    assert re.search(r"Submitted 3\d\d days late\.", page)
    assert (
        "Knock-out K1, Không ký giao ước: "
        "cannot be proposed for any award; keeps points and rank." in page
    )
    assert "Does not apply: I.1 (is left out, and the rest of its group is scaled up)." in page
    assert "Not ranked: Mới lập No score sheet was submitted." in page
    assert page.index("– not ranked Sở a4") > page.index("Sở a3")
    assert Exemption.objects.count() == 1


def test_a_tie_that_a_rule_decided_says_which():
    # Equal totals: a2 has its 2 points less in group I, a3 in group II.
    world = World().approve({"a2": {"I.2": {"level": "Khá"}}, "a3": {"II.1": {"count": "1"}}})
    page = words(get(world, world.head("a3")))
    rule = "decided by: more points in group I, Nhiệm vụ chuyên môn."
    assert f"2 Sở a3 17,90 17,90 0,00 Tốt Same total as Sở a2; {rule}" in page
    assert f"3 Sở a2 17,90 17,90 0,00 Tốt Same total as Sở a3; {rule}" in page


def test_the_page_costs_as_many_queries_for_6_members_as_for_3(django_assert_num_queries):
    for members, prefix in ((3, "a"), (6, "b")):
        world = World(slug=f"khoi-{prefix}", prefix=prefix, members=members).appraise_all()
        client = signed_in(world.leader)
        client.get(url(world))
        with django_assert_num_queries(27):
            client.get(url(world))


def test_the_table_is_computed_once_a_page(world, monkeypatch):
    calls = []
    tabulate = tables.tabulate

    def counted(*args):
        calls.append(args)
        return tabulate(*args)

    client = signed_in(world.leader)
    monkeypatch.setattr(tables, "tabulate", counted)
    page = client.get(url(world))
    assert len(calls) == 1
    client.post(url(world, "summary_approve"), fields_of(page, "/summary/approve/"))
    assert len(calls) == 2


# --- versions


def adopted_world():
    world = World().approve()
    score = world.score("a3", "I.2")
    scoring.agree(score, points=Decimal(2), reason="vì", version=score.version, by=world.leader)
    scoring.adopt_summary(world.review, seen=live_table(world.review).sha256, by=world.leader)
    return world


def test_versions_are_listed_with_their_hashes_and_can_be_read():
    world = adopted_world()
    first, second = Summary.objects.order_by("version")
    page = words(get(world, world.head("a3")))
    assert "Version 2, as the conference adopted it." in page
    assert "3 Sở a3 19,90 19,90 0,00 17,90 Tốt" in page
    for summary in (first, second):
        assert summary.sha256 in page
    old = words(get(world, world.head("a3"), "?version=1"))
    assert "You are reading version 1." in old
    assert "17,90" not in old


@pytest.mark.parametrize("version", ["3", "0", "-1", "x", "1.0", "1'", "9" * 40])
def test_an_unknown_version_is_not_found(version):
    world = adopted_world()
    assert get(world, world.leader, f"?version={version}").status_code == 404


def test_the_adopted_table_is_read_back_and_not_computed(monkeypatch):
    world = adopted_world()
    monkeypatch.setattr(tables, "tabulate", None)
    assert get(world, world.leader).status_code == 200


# --- approval


def approve(world, client, fields=None):
    fields = fields or fields_of(client.get(url(world)), "/summary/approve/")
    return client.post(url(world, "summary_approve"), fields)


def test_the_leader_approves_what_is_on_the_page(world):
    response = approve(world, signed_in(world.leader))
    assert (response.status_code, response.url) == (302, url(world))
    assert Summary.objects.get().status == SummaryStatus.APPROVED
    assert world.reload().status == Phase.CONFERENCE


def test_only_the_leader_approves(world):
    fields = fields_of(get(world, world.leader), "/summary/approve/")
    for user in (world.officer("a1"), world.deputy, world.head("a3"), world.board):
        response = approve(world, signed_in(fresh(user)), fields)
        assert response.status_code == 403
    with pytest.raises(LookupError):
        fields_of(get(world, world.officer("a1")), "/summary/approve/")
    assert not Summary.objects.exists()


def test_what_is_missing_is_listed_with_links_and_holds_the_approval_up(world):
    client = signed_in(world.leader)
    fields = fields_of(client.get(url(world)), "/summary/approve/")
    scoring.resume_appraisal(world.sheet("a3"), reason="Nhầm", by=world.leader)
    page = client.get(url(world))
    assert "Still missing 1 Appraisal of Sở a3: Submitted" in words(page)
    assert f'href="{world.sheet("a3").get_absolute_url()}"' in page.content.decode()
    with pytest.raises(LookupError):
        fields_of(page, "/summary/approve/")
    response = approve(world, client, fields)
    assert response.status_code == 302
    assert world.sheet("a3").get_absolute_url() in told(response)[0]
    assert not Summary.objects.exists()


def change_after_reading(world, name, code, **change):
    sheet, by = world.sheet(name), world.appraiser(name)
    scoring.resume_appraisal(sheet, reason="Nhầm", by=by)
    score = world.score(name, code)
    scoring.appraise(score, reason="Nhầm", version=score.version, by=by, **change)
    scoring.finish_appraisal(sheet, by=by)
    scoring.accept_appraisal(sheet, by=world.head(name))


def test_a_table_that_moved_shows_which_numbers_and_asks_to_read_again(world):
    client = signed_in(world.leader)
    fields = fields_of(client.get(url(world)), "/summary/approve/")
    change_after_reading(world, "a3", "I.2", inputs={"level": "Khá"})
    response = approve(world, client, fields)
    assert response.status_code == 409
    page = words(response)
    changes = page.partition("Not approved: the table has changed")[2].partition("then approve")[0]
    assert "Sở a3 Appraised, I 11,40 9,40" in changes
    assert "Sở a3 Appraised, total 19,90 17,90" in changes
    assert "Sở a3 Rank 1 3" in changes
    assert "Sở a3 Grade Xuất sắc Tốt" in changes
    assert "Claimed" not in changes
    assert "Sở a1" not in changes
    assert "Sở a2" not in changes
    assert not Summary.objects.exists()
    again = approve(world, client, fields_of(response, "/summary/approve/"))
    assert again.status_code == 302
    assert Summary.objects.get().status == SummaryStatus.APPROVED


def test_a_change_that_no_total_shows_is_named_all_the_same(world):
    client = signed_in(world.leader)
    fields = fields_of(client.get(url(world)), "/summary/approve/")
    change_after_reading(world, "a3", "I.1", points=Decimal("3.40"))
    change_after_reading(world, "a3", "I.1", points=Decimal("5.40"))
    assert approve(world, client, fields).status_code == 302  # back to what was read
    world = World(slug="khoi-2", prefix="b").appraise_all({"b3": {"I.2": {"level": "Khá"}}})
    client = signed_in(world.leader)
    fields = fields_of(client.get(url(world)), "/summary/approve/")
    change_after_reading(world, "b3", "I.1", points=Decimal("3.40"))
    change_after_reading(world, "b3", "I.2", points=Decimal("4"))
    page = words(approve(world, client, fields))
    assert "Sở b3 Points within the groups" in page


@pytest.mark.parametrize(
    "change", [{"copy": ""}, {"copy": "abc:def:ghi"}, {"seen": ""}, {"seen": "0" * 65}], ids=str
)
def test_a_form_that_was_tampered_with_approves_nothing(world, change):
    client = signed_in(world.leader)
    fields = fields_of(client.get(url(world)), "/summary/approve/") | change
    response = approve(world, client, fields)
    assert response.status_code == 302
    assert told(response) == ["The form was not sent whole. Read the table again."]
    assert not Summary.objects.exists()


def test_approving_twice_is_told(world):
    client = signed_in(world.leader)
    fields = fields_of(client.get(url(world)), "/summary/approve/")
    approve(world, client, fields)
    response = approve(world, client, fields)
    assert response.status_code == 302
    assert "cannot be done now" in told(response)[-1]
    assert Summary.objects.count() == 1
