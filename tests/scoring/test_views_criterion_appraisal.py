"""The appraisal across members: the work list, and one criterion with all its claims."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.urls import reverse

from portal.tasks import standings_of
from scoring import transitions as scoring
from scoring.kernel.loading import parse_yaml, read_set
from scoring.models import ScoreChange, ScoreStage, SheetStatus
from tests.forms import fields_of, signed_in
from tests.worlds import World, make_agency, make_user

from .sheets import HTMX, row, url

pytestmark = pytest.mark.django_db


def build_world():
    """a1 leads and appraises a2, a3 and a4; a2, the deputy, appraises a1."""
    return World(members=4).open_appraisal({"a4": {"I.2": {"level": "Trung bình"}}})


class ExemptingWorld(World):
    """As any other, but that I.1 does not apply to a3."""

    def adopt_criteria(self, path=None):
        rules = read_set(parse_yaml(self.criteria_text))
        self.criteria = scoring.upload_criteria(self.review, rules, by=self.leader)
        criterion, member = self.criteria.criteria.get(code="I.1"), self.membership("a3")
        scoring.exempt(criterion, member, reason="Không có", by=self.leader)
        scoring.adopt_criteria(self.criteria, by=self.leader)
        return self


def list_url(world):
    return reverse("scoring:appraisal_list", args=world.review.url_args)


def page_url(world, code, name="criterion_appraise"):
    pk = world.criteria.criteria.get(code=code).pk
    return reverse(f"scoring:{name}", args=[*world.review.url_args, pk])


def appraised(world):
    return ScoreChange.objects.filter(stage=ScoreStage.APPRAISED)


def slugs(page):
    return [member.sheet.membership.agency.slug for member in page.members]


# --- the work list


def test_the_list_counts_what_is_left_by_member_and_by_criterion(world):
    scoring.accept(world.sheet("a3"), [world.score("a3", "I.1")], by=world.leader)
    listed = signed_in(world.leader).get(list_url(world)).context["list"]
    members = {line.sheet.membership.agency.slug: line for line in listed.members}
    assert {name: (line.done, line.total) for name, line in members.items()} == {
        "a2": (0, 7),
        "a3": (1, 7),
        "a4": (0, 7),
    }
    assert members["a3"].url.endswith(f"#score-{world.score('a3', 'I.2').pk}")
    left = {line.criterion.code: (line.left, line.total) for line in listed.criteria}
    assert left["I.1"] == (2, 3)
    assert left["I.2"] == (3, 3)
    assert left["II.3"] == (0, 0), "nobody appraises an automatic criterion"
    assert left["T.2"] == (0, 0), "nor one that the conference decides on"
    assert listed.left == 20


def test_claims_that_lie_far_apart_are_marked(world):
    listed = signed_in(world.leader).get(list_url(world)).context["list"]
    lines = {line.criterion.code: line for line in listed.criteria}
    assert (lines["I.2"].lowest, lines["I.2"].highest) == (0, 4)
    assert [code for code, line in lines.items() if line.differs_much] == ["I.2"]


def test_half_the_maximum_apart_is_far_and_less_is_not():
    for prefix, level, far in (("c", "Khá", True), ("d", "Tốt", False)):
        world = World(slug=f"khoi-{prefix}", prefix=prefix, members=4)
        world.open_appraisal({f"{prefix}4": {"I.2": {"level": level}}})
        listed = signed_in(world.leader).get(list_url(world)).context["list"]
        (line,) = [line for line in listed.criteria if line.criterion.code == "I.2"]
        assert line.differs_much is far


def test_each_reader_sees_the_sheets_that_it_appraises_and_never_its_own(world):
    scoring.name_appraiser(world.sheet("a4"), world.membership("a3"), by=world.leader)
    seen = {}
    for name in world.agencies:
        answer = signed_in(world.officer(name)).get(list_url(world))
        if answer.status_code == 200:
            lines = answer.context["list"].members
            seen[name] = [line.sheet.membership.agency.slug for line in lines]
        page = signed_in(world.officer(name)).get(page_url(world, "I.1"))
        assert page.status_code == answer.status_code
        if page.status_code == 200:
            assert slugs(page.context["page"]) == seen[name]
    assert seen == {"a1": ["a2", "a3"], "a2": ["a1"], "a3": ["a4"]}


def test_a_returned_sheet_is_listed_without_a_way_on(world):
    scoring.return_sheet(world.sheet("a3"), reason="x", by=world.leader)
    listed = signed_in(world.leader).get(list_url(world)).context["list"]
    states = {line.sheet.membership.agency.slug: line.is_open for line in listed.members}
    assert states == {"a2": True, "a3": False, "a4": True}
    assert {line.criterion.code: line.left for line in listed.criteria}["I.1"] == 2


def test_who_and_when_the_list_is_not_for(world):
    outsider = make_user("stranger", make_agency("outside"))
    later = World(slug="khoi-2", prefix="b").submit_all()
    for user, of, status in (
        (outsider, world, 404),
        (world.board, world, 403),
        (world.head("a3"), world, 403),
        (later.leader, later, 403),
    ):
        for address in (list_url(of), page_url(of, "I.1")):
            assert signed_in(user).get(address).status_code == status
    assert signed_in(world.leader).post(list_url(world)).status_code == 405


def test_the_task_of_many_sheets_leads_to_the_list(world):
    (standing,) = standings_of(world.leader)
    urls = [task.url for task in standing.tasks]
    assert list_url(world) in urls
    (standing,) = standings_of(world.deputy)
    assert url(world, "sheet_detail", "a1") in [task.url for task in standing.tasks]


# --- one criterion


def test_all_claims_of_a_criterion_stand_side_by_side(world):
    page = signed_in(world.leader).get(page_url(world, "I.2")).context["page"]
    assert slugs(page) == ["a2", "a3", "a4"]
    assert [member.row.claimed for member in page.members] == [4, 4, 0]
    assert [member.row.figures for member in page.members] == ["Tốt", "Tốt", "Trung bình"]
    assert all(member.row.form for member in page.members)
    assert page.left == 3


def test_the_ways_lead_to_the_neighbours_and_to_the_next_open_one(world):
    leader = signed_in(world.leader)
    first = leader.get(page_url(world, "I.1")).context["page"]
    assert (first.previous, first.next.code, first.next_open.code) == (None, "I.2", "I.2")
    for name in ("a2", "a3", "a4"):
        sheet = world.sheet(name)
        rest = [score for score in sheet.scores.all() if score.criterion.code != "I.1"]
        scoring.accept(sheet, rest, by=world.leader)
    last = leader.get(page_url(world, "TR.1")).context["page"]
    assert (last.previous.code, last.next, last.next_open.code) == ("T.2", None, "I.1")


def test_one_row_saves_itself_from_the_page_of_the_criterion(world):
    score = world.score("a4", "I.2")
    typed = row(world, "a4", "I.2", level="Khá", reason="Theo công bố") | {"by_criterion": "on"}
    address = url(world, "score_appraise", "a4", score.pk)
    answer = signed_in(world.leader).post(address, typed, headers=HTMX)
    assert answer.status_code == 200
    html = answer.content.decode()
    key = f"{score.sheet_id}-{score.criterion_id}"
    slot = html.split(f'<span id="points-{key}" hx-swap-oob="true">')[1].split("</span>")[0]
    assert slot.strip() == "2"
    assert 'id="criterion-progress"' in html
    assert "sheet-totals" not in html, "a swap without a place for it"
    assert "subtotal-" not in html
    assert answer.context["page"].left == 2
    assert world.score("a4", "I.2").appraised == 2


def test_every_swap_of_the_answer_has_its_place_on_the_page(world):
    """htmx complains of a part that it finds nowhere."""
    leader = signed_in(world.leader)
    page = leader.get(page_url(world, "I.2")).content.decode()
    score = world.score("a4", "I.2")
    typed = row(world, "a4", "I.2", level="Khá") | {"by_criterion": "on"}
    refused = leader.post(url(world, "score_appraise", "a4", score.pk), typed, headers=HTMX)
    assert refused.status_code == 422
    accepted = leader.post(
        url(world, "score_accept", "a4"), {"score": score.pk, "by_criterion": "on"}, headers=HTMX
    )
    assert accepted.status_code == 200
    for answer in (refused, accepted):
        html = answer.content.decode()
        swapped = [part.split('"')[0] for part in html.split(' id="')[1:]]
        tops = [one for one in swapped if f'id="{one}"' in html]
        missing = [one for one in tops if f'id="{one}"' not in page]
        assert missing == []


def test_a_clash_with_a_colleague_shows_both_values(world):
    old = row(world, "a3", "I.2", level="Khá", reason="Của tôi") | {"by_criterion": "on"}
    scoring.appraise(
        world.score("a3", "I.2"),
        inputs={"level": "Trung bình"},
        reason="Của đồng nghiệp",
        version=1,
        by=world.officer("a1"),
    )
    leader = signed_in(world.leader)
    address = url(world, "score_appraise", "a3", world.score("a3", "I.2").pk)
    answer = leader.post(address, old, headers=HTMX)
    assert answer.status_code == 409
    for word in ("Của tôi", "Của đồng nghiệp"):
        assert word in answer.content.decode()
    answer = leader.post(page_url(world, "I.2"), old)
    assert answer.status_code == 409
    for word in ("Của tôi", "Của đồng nghiệp"):
        assert word in answer.content.decode()
    assert world.score("a3", "I.2").appraised == 0


def test_without_javascript_all_rows_are_saved_and_the_wrong_one_stays(world):
    leader = signed_in(world.leader)
    address = page_url(world, "I.1")
    fields = fields_of(leader.get(address), address)
    assert leader.post(address, fields).status_code == 302
    assert not appraised(world).exists(), "posted back as it was shown"
    a2, a3 = (f"s{world.score(name, 'I.1').pk}" for name in ("a2", "a3"))
    typed = {
        f"{a2}-actual": "8",
        f"{a2}-reason": "Một việc trễ",
        f"{a3}-actual": "ba",
        f"{a3}-reason": "Vì",
    }
    answer = leader.post(address, fields | typed)
    assert answer.status_code == 422
    assert fields_of(answer, address)[f"{a3}-actual"] == "ba"
    assert [member.sheet.membership.agency.slug for member in answer.context["page"].refused] == [
        "a3"
    ]
    assert world.score("a2", "I.1").appraised == Decimal("4.8")
    assert world.score("a3", "I.1").appraised is None


def test_rows_of_others_are_never_written_from_here(world):
    """The leader's own row, and one that another member appraises."""
    scoring.name_appraiser(world.sheet("a4"), world.membership("a3"), by=world.leader)
    leader = signed_in(world.leader)
    for name in ("a1", "a4"):
        typed = row(world, name, "I.2", level="Khá", reason="Vì")
        leader.post(page_url(world, "I.2"), typed)
    assert not appraised(world).exists()


def test_all_claims_are_accepted_each_with_its_own_history(world):
    leader = signed_in(world.leader)
    scoring.appraise(
        world.score("a3", "I.2"),
        inputs={"level": "Khá"},
        reason="Vì",
        version=1,
        by=world.leader,
    )
    address = page_url(world, "I.2", "criterion_accept")
    fields = fields_of(leader.get(page_url(world, "I.2")), address)
    assert leader.post(address, fields).status_code == 302
    changes = appraised(world).order_by("score__sheet__membership__position")
    assert [change.score.sheet.membership.agency.slug for change in changes] == ["a2", "a3", "a4"]
    assert {change.score.criterion.code for change in changes} == {"I.2"}
    assert world.score("a3", "I.2").appraised == 2, "what was set stays"
    assert world.score("a1", "I.2").appraised_at is None
    assert leader.get(address).status_code == 405
    with pytest.raises(LookupError):
        fields_of(leader.get(page_url(world, "I.2")), address)


def test_one_row_accepted_without_javascript_leads_back_to_the_criterion(world):
    score = world.score("a3", "I.2")
    answer = signed_in(world.leader).post(
        url(world, "score_accept", "a3"), {"score": score.pk, "by_criterion": "on"}
    )
    assert answer.headers["Location"] == page_url(world, "I.2")


@pytest.mark.parametrize("state", [SheetStatus.RETURNED, SheetStatus.APPRAISED])
def test_sheets_that_cannot_be_appraised_have_no_inputs(world, state):
    sheet = world.sheet("a3")
    if state == SheetStatus.RETURNED:
        scoring.return_sheet(sheet, reason="x", by=world.leader)
    else:
        scoring.accept(sheet, list(sheet.scores.all()), by=world.leader)
        scoring.finish_appraisal(sheet, by=world.leader)
    leader = signed_in(world.leader)
    page = leader.get(page_url(world, "I.2")).context["page"]
    forms = {one.sheet.membership.agency.slug: bool(one.row.form) for one in page.members}
    assert forms == {"a2": True, "a3": False, "a4": True}
    leader.post(page_url(world, "I.2", "criterion_accept"))
    assert appraised(world).filter(score=world.score("a3", "I.2")).count() == (
        state == SheetStatus.APPRAISED
    )


def test_what_does_not_apply_and_what_the_portal_knows_has_no_inputs():
    world = ExemptingWorld().open_appraisal()
    leader = signed_in(world.leader)
    page = leader.get(page_url(world, "I.1"))
    kinds = [member.row.kind for member in page.context["page"].members]
    assert kinds == ["typed", "exempt"]
    html = page.content.decode()
    assert "N/A" in html
    assert "Không có" in html
    auto = leader.get(page_url(world, "II.3")).context["page"]
    assert [(one.row.kind, one.row.claimed) for one in auto.members] == [("auto", 2), ("auto", 2)]
    assert not auto.is_typed
    decided = leader.get(page_url(world, "T.2")).context["page"]
    assert [one.row.kind for one in decided.members] == ["conference", "conference"]


def test_a_supplemented_claim_is_marked_beside_the_others(world):
    scoring.return_sheet(world.sheet("a3"), reason="x", by=world.leader)
    score = world.score("a3", "I.2")
    scoring.claim(score, inputs={"level": "Khá"}, explanation="", version=1, by=world.officer("a3"))
    scoring.submit(world.sheet("a3"), by=world.head("a3"))
    page = signed_in(world.leader).get(page_url(world, "I.2")).context["page"]
    marks = [bool(member.row.next_changed) for member in page.members]
    assert marks == [False, True, False]


@pytest.mark.parametrize("code", ["I", "K1"])
def test_only_criteria_have_a_page(world, code):
    assert signed_in(world.leader).get(page_url(world, code)).status_code == 404
    other = World(slug="khoi-2", prefix="b").open_appraisal()
    pk = other.criteria.criteria.get(code="I.1").pk
    foreign = reverse("scoring:criterion_appraise", args=[*world.review.url_args, pk])
    assert signed_in(world.leader).get(foreign).status_code == 404


def test_both_pages_cost_the_same_for_few_members_and_for_many(django_assert_num_queries):
    for members, prefix in ((2, "b"), (4, "c")):  # one sheet to appraise, and three
        world = World(members=members, slug=f"khoi-{prefix}", prefix=prefix).open_appraisal()
        client = signed_in(world.leader)
        client.get(page_url(world, "I.1"))
        with django_assert_num_queries(11):
            client.get(list_url(world))
        with django_assert_num_queries(25):
            client.get(page_url(world, "I.1"))
