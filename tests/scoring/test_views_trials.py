"""The trial of criteria sets: who, on which figures, and that its numbers are the kernel's."""

from __future__ import annotations

import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blocs import transitions as blocs
from blocs.models import Office, Phase, Review
from scoring import transitions as scoring
from scoring.criteria_files import EXAMPLES
from scoring.forms.trials import MAX_ANSWERS
from scoring.kernel.dry_run import dry_run
from scoring.kernel.loading import parse_yaml, read_set
from scoring.models import CriteriaSet, Score
from scoring.tables import table_in_force
from tests.forms import signed_in
from tests.scoring.trial_tables import Tables, downloads, printed
from tests.worlds import SMALL_SET, World, make_agency, make_user

pytestmark = pytest.mark.django_db

SMALL = SMALL_SET.read_text(encoding="utf-8")
SET_A = (EXAMPLES / "set-a-100-points.yaml").read_text(encoding="utf-8")
ANSWERS = (EXAMPLES / "khoi-7-2022.answers.json").read_text(encoding="utf-8")
EMPTY = {"set_a": "", "set_b": "", "figures": ""}
OFFICES = [Office.MEMBER, Office.LEADER, Office.DEPUTY]


@pytest.fixture
def worked():
    """The worked example in a review that is being prepared."""
    return World()


@pytest.fixture
def bloc():
    """A review of 2023 with its table circulated, and that of 2024 led by a2, with a draft."""
    world = World(year=2023).approve()
    world.next = open_next(world)
    return world


def open_next(world, members=None, year=2024):
    members = members or dict(zip(world.agencies.values(), OFFICES, strict=True))
    return blocs.open_review(world.bloc, year, members=members, by=world.board)


def draft(world, text=SMALL):
    rules = read_set(parse_yaml(text))
    return scoring.upload_criteria(world.next, rules, by=world.head("a2"))


def url(review):
    return reverse("scoring:criteria_trial", args=review.url_args)


def file(text, name="file"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def try_out(review, user, **fields):
    files = {
        name: file(value)
        for name, value in fields.items()
        if name in ("file_a", "file_b", "answers")
    }
    return signed_in(user).post(url(review), {**EMPTY, **fields, **files})


def text_of(response):
    return response.content.decode()


# --- the numbers


def test_numbers_of_the_page_are_those_of_tabulate_one_by_one(worked):
    response = try_out(worked.review, worked.leader, file_a=SET_A, answers=ANSWERS)
    assert response.status_code == 200
    text = dry_run(SET_A, ANSWERS)
    assert downloads(response) == [text]
    rows = Tables(text_of(response)).rows
    table, checked = json.loads(text), 0
    for slug, member in table["members"].items():
        totals, rank = member["totals"]["agreed"], member["rank"]["agreed"]
        name, ranked, total, grade = rows[slug, None, None][:4]
        assert (name, total, grade) == (
            member["name"],
            printed(totals["total"]),
            member["grade"]["agreed"],
        )
        assert ranked.split()[0] == ("not" if rank is None else str(rank))
        groups = [member["nodes"][code] for code in ("I", "II", "III", "IV")]
        sums = [node.get("rescaled", node)["agreed"] for node in groups]
        sums += [totals[key] for key in ("base", "bonus", "penalty", "total")]
        assert rows[slug, "A", None][1:] == [printed(one) for one in sums]
        for code, one in {**member["leaves"], **member["bonus_and_penalties"]}.items():
            assert rows[slug, None, code][1:] == [printed(one["agreed"])], code
            checked += 1
    assert checked == len(table["members"]) * len(read_set(parse_yaml(SET_A)).criteria)


def test_figures_of_the_earlier_review_give_its_own_table_under_its_own_set(bloc):
    response = try_out(bloc.next, bloc.head("a2"), set_a="earlier", figures="earlier")
    [text] = downloads(response)
    table = json.loads(text)
    for row in table_in_force(bloc.review).rows:
        member = table["members"][row.slug]
        assert member["totals"]["agreed"]["total"] == str(row.agreed.total)
        assert member["rank"]["agreed_on_points"] == row.rank
    assert "What set A was not given" not in text_of(response)


def test_two_sets_stand_side_by_side_with_their_differences(bloc):
    draft(bloc)
    other = SMALL.replace("each: 1, cap: 3", "each: 0.5, cap: 3")
    other = other.replace("{code: TR.1, name", "{code: TR.2, name")
    response = try_out(bloc.next, bloc.head("a2"), set_a="own", file_b=other, figures="earlier")
    members = [json.loads(text)["members"]["a1"] for text in downloads(response)]
    rows = Tables(text_of(response)).rows
    assert rows["a1", None, "II.1"][1:] == ["3,00", "1,50", "−1,50"]
    assert rows["a1", None, "TR.1"][1:] == ["0,00", "–", "–"]
    by_group = ["0,00", "−1,50"]
    assert rows["a1", "difference", None][1:] == [*by_group, "−1,50", "0,00", "0,00", "−1,50"]
    totals = [printed(one["totals"]["agreed"]["total"]) for one in members]
    assert rows["a1", None, None][4:7] == [*totals, "−1,50"]
    assert rows["a1", None, None][3] == "same"


def test_moved_ranks_are_said_in_words():
    levels = {"a2": {"I.2": {"level": "Khá"}}, "a3": {"II.1": {"count": "1.5"}}}
    bloc = World(year=2023).approve(levels)
    bloc.next = open_next(bloc)
    heavy = SMALL.replace(
        'points: 4}, {label: "Khá", points: 2}', 'points: 4}, {label: "Khá", points: 4}'
    )
    response = try_out(bloc.next, bloc.head("a2"), set_a="earlier", file_b=heavy, figures="earlier")
    rows = Tables(text_of(response)).rows
    assert [rows[slug, None, None][3] for slug in ("a2", "a3")] == ["up 2", "down 1"]


# --- which figures fit


def test_what_does_not_match_is_listed(bloc):
    text = SMALL.replace("code: I.3,", "code: I.4,")
    text = re.sub(r"{kind: ratio.*?}", "{kind: judged}", text)
    draft(bloc, text)
    page = text_of(try_out(bloc.next, bloc.head("a2"), set_a="own", figures="earlier"))
    left = page[page.index('id="left-a"') : page.index("Ranks and totals")]
    titles = [
        "Criteria without figures",
        "I.4 Có quy chế làm việc",
        "Criteria whose figures are of another kind",
        "I.1 Hoàn thành nhiệm vụ đúng hạn",
        "Figures that no criterion of the set uses",
        "I.3 Có quy chế làm việc",
    ]
    assert [left.index(title) for title in titles] == sorted(left.index(one) for one in titles)


def test_figures_that_the_new_rule_refuses_are_listed_with_member_code_and_reason(bloc):
    text = SMALL.replace('label: "Tốt", points: 4', 'label: "Rất tốt", points: 4')
    page = text_of(try_out(bloc.next, bloc.head("a2"), file_a=text, figures="earlier"))
    assert "Sở a1, I.2: There is no such level; expected one of: Rất tốt; Khá; Trung bình." in page


def test_newcomers_and_leavers_are_left_out_and_named(bloc):
    members = {
        bloc.agencies["a2"]: Office.LEADER,
        bloc.agencies["a3"]: Office.DEPUTY,
        make_agency("moi"): Office.MEMBER,
    }
    bloc.next.memberships.all().delete()
    bloc.next.delete()
    review = open_next(bloc, members)
    response = try_out(review, bloc.head("a2"), set_a="earlier", figures="earlier")
    assert list(json.loads(downloads(response)[0])["members"]) == ["a2", "a3"]
    page = text_of(response)
    assert "Without figures, left out" in page
    assert "Sở moi" in page
    assert "No longer in the bloc, left out" in page
    assert "Sở a1" in page


def test_exemptions_of_the_draft_count_in_its_trial(bloc):
    own = draft(bloc)
    membership = bloc.next.memberships.get(agency=bloc.agencies["a3"])
    scoring.exempt(own.criteria.get(code="I.1"), membership, reason="Không có", by=bloc.head("a2"))
    response = try_out(bloc.next, bloc.head("a2"), set_a="own", set_b="earlier", figures="earlier")
    first, second = (json.loads(text)["members"]["a3"] for text in downloads(response))
    assert first["leaves"]["I.1"]["na"] == "RESCALE"
    assert second["leaves"]["I.1"]["na"] is None


def test_answers_of_one_draft_are_carried_over_to_the_other(worked):
    other = SET_A.replace("code: KTD7-2022", "code: DRAFT-2")
    response = try_out(worked.review, worked.leader, file_a=other, file_b=SET_A, answers=ANSWERS)
    first, second = (json.loads(text) for text in downloads(response))
    assert (first["set"], second["set"]) == ("DRAFT-2", "KTD7-2022")
    assert first["members"] == second["members"]


def test_drafts_of_the_same_code_are_compared_although_one_lacks_a_criterion(worked):
    other = SET_A.replace("code: T.1,", "code: T.9,")
    assert other != SET_A
    response = try_out(worked.review, worked.leader, file_a=SET_A, file_b=other, answers=ANSWERS)
    assert len(downloads(response)) == 2
    page = text_of(response)
    assert "What set B was not given" in page
    assert "What set A was not given" not in page


def test_nothing_is_stored(bloc):
    draft(bloc)
    before = [list(model.objects.order_by("pk").values()) for model in (CriteriaSet, Score)]
    assert (
        try_out(
            bloc.next, bloc.head("a2"), set_a="own", file_b=SET_A, figures="earlier"
        ).status_code
        == 200
    )
    after = [list(model.objects.order_by("pk").values()) for model in (CriteriaSet, Score)]
    assert after == before


# --- what is refused, at its field


def errors_of(response):
    assert response.status_code == 422
    return response.context["page"].form.errors


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({}, "set_a", "Choose a set of the list"),
        ({"set_a": "set-a-100-points"}, "figures", "Choose either the figures"),
        (
            {"set_a": "set-a-100-points", "file_a": SMALL},
            "file_a",
            "Choose either a set of the list or a file.",
        ),
        ({"set_a": "nonsense"}, "set_a", "nonsense"),
        (
            {"file_a": SMALL.replace("max: 12", "max: 13"), "answers": ANSWERS},
            "file_a",
            "I: the children add up to 12, the maximum is 13.",
        ),
        (
            {"set_a": "set-a-100-points", "file_b": "x" * 200_001, "answers": ANSWERS},
            "file_b",
            "more than 200 kB",
        ),
        (
            {"set_a": "set-a-100-points", "answers": " " * (MAX_ANSWERS + 1)},
            "answers",
            "more than 500 kB",
        ),
        ({"set_a": "set-a-100-points", "answers": "{"}, "answers", "This is not JSON"),
        ({"set_a": "set-a-100-points", "answers": b"\xff\xfe{"}, "answers", "UTF-8"),
        ({"set_a": "set-a-100-points", "answers": "[" * 100_000}, "answers", "This is not JSON"),
        (
            {"set_a": "set-a-100-points", "answers": "[" * 900 + "]" * 900},
            "answers",
            "",
        ),
        (
            {"set_a": "set-a-100-points", "answers": '{"set": "\\ud800"}'},
            "answers",
            "control characters",
        ),
        (
            {"set_a": "set-a-100-points", "answers": '{"\\ud800": 1, "\\ud800": 2}'},
            "answers",
            "The key is there twice.",
        ),
        (
            {"set_a": "set-b-enterprise-100", "answers": ANSWERS},
            "answers",
            "The answers are for the set KTD7-2022",
        ),
        (
            {"set_a": "set-a-100-points", "answers": ANSWERS.replace('"met": true', '"met": 1', 1)},
            "answers",
            "II.1.3, met: Answer true or false.",
        ),
        (
            {"file_a": SMALL, "answers": '{"set": "SMALL", "review_year": 1, "members": {}}'},
            "answers",
            "The file has 0 members",
        ),
        (
            {
                "file_a": SMALL,
                "answers": json.dumps(
                    {"set": "SMALL", "members": {str(n): {} for n in range(101)}}
                ),
            },
            "answers",
            "The file has 101 members",
        ),
        ({"set_a": "set-a-100-points", "figures": "earlier"}, "figures", "earlier"),
    ],
)
def test_error_is_said_at_its_field(worked, fields, field, words):
    response = try_out(worked.review, worked.leader, **fields)
    errors = errors_of(response)
    assert list(errors) == [field]
    assert words in " ".join(errors[field])


def test_exemptions_of_the_draft_that_cannot_be_scored_are_an_error_at_the_set(bloc):
    text = re.sub(r"(code: I\.[23],.*?)evidence: \[\]", r"\1na_policy: RESCALE", SMALL)
    own = draft(bloc, text)
    membership = bloc.next.memberships.get(agency=bloc.agencies["a3"])
    for code in ("I.1", "I.2", "I.3"):
        scoring.exempt(
            own.criteria.get(code=code), membership, reason="Không có", by=bloc.head("a2")
        )
    response = try_out(bloc.next, bloc.head("a2"), set_a="own", figures="earlier")
    assert "No leaf of the group I would apply." in " ".join(errors_of(response)["set_a"])


# --- who, and when


def test_strangers_find_nothing(bloc):
    stranger = signed_in(World(slug="khoi-2", prefix="b").leader)
    assert stranger.get(url(bloc.next)).status_code == 404
    assert stranger.post(url(bloc.next), EMPTY).status_code == 404


@pytest.mark.parametrize("name", ["a1", "a3"])
def test_members_do_not_try(bloc, name):
    """Also the leader of last year, and the deputy of this one."""
    client = signed_in(bloc.head(name))
    assert client.get(url(bloc.next)).status_code == 403
    assert client.post(url(bloc.next), EMPTY).status_code == 403
    page = client.get(reverse("scoring:criteria_detail", args=bloc.next.url_args))
    assert url(bloc.next) not in text_of(page)


def test_people_of_the_leader_and_the_board_try(bloc):
    for user in (bloc.head("a2"), bloc.officer("a2"), bloc.board):
        client = signed_in(user)
        assert client.get(url(bloc.next)).status_code == 200
        page = client.get(reverse("scoring:criteria_detail", args=bloc.next.url_args))
        assert url(bloc.next) in text_of(page)
        response = try_out(bloc.next, user, set_a="earlier", figures="earlier")
        assert len(downloads(response)) == 1


def test_trial_ends_with_the_preparation(bloc):
    own = draft(bloc)
    scoring.adopt_criteria(own, by=bloc.head("a2"))
    client = signed_in(bloc.head("a2"))
    assert client.get(url(bloc.next)).status_code == 200
    Review.objects.filter(pk=bloc.next.pk).update(
        status=Phase.SELF_SCORING, scores_due="2024-12-31"
    )
    for response in (client.get(url(bloc.next)), client.post(url(bloc.next), EMPTY)):
        assert response.status_code == 403
        assert "a trial changes nothing any more" in text_of(response)


def test_other_methods_are_refused(bloc):
    assert signed_in(bloc.head("a2")).put(url(bloc.next)).status_code == 405


def test_figures_are_not_shown_before_the_earlier_table_was_circulated():
    bloc = World(year=2023).appraise_all()
    bloc.next = open_next(bloc)
    reason = "The table of 2023 has not been circulated yet"
    for user in (bloc.head("a2"), bloc.board):
        page = signed_in(user).get(url(bloc.next))
        assert reason in text_of(page)
        response = try_out(bloc.next, user, set_a="earlier", figures="earlier")
        assert reason in " ".join(errors_of(response)["figures"])
        assert downloads(response) == []


def test_leader_who_was_no_member_of_the_earlier_review_does_not_use_its_figures(bloc):
    bloc.next.memberships.all().delete()
    bloc.next.delete()
    newcomer = make_agency("moi")
    members = {newcomer: Office.LEADER, bloc.agencies["a1"]: Office.MEMBER}
    review = open_next(bloc, members)
    head = make_user("head.moi", newcomer)
    page = text_of(signed_in(head).get(url(review)))
    assert "There is no earlier review of this bloc that you can read." in page
    response = try_out(review, head, set_a="set-a-100-points", figures="earlier")
    assert list(errors_of(response)) == ["figures"]
    assert try_out(review, head, set_a="earlier", answers=ANSWERS).status_code == 422


# --- what it costs


def test_the_page_costs_the_same_for_3_and_6_members(django_assert_num_queries):
    for members, prefix in ((3, "a"), (6, "b")):
        world = World(slug=f"khoi-{prefix}", prefix=prefix, members=members, year=2023).approve()
        offices = [Office.LEADER, *[Office.MEMBER] * members]
        review = open_next(world, dict(zip(world.agencies.values(), offices, strict=False)))
        client, sent = signed_in(world.leader), {**EMPTY, "set_a": "earlier", "figures": "earlier"}
        client.post(url(review), sent)
        with django_assert_num_queries(8):
            client.get(url(review))
        with django_assert_num_queries(19):
            client.post(url(review), sent)
