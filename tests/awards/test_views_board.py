"""The board's table of all blocs, and one dossier in its hands."""

import datetime

import pytest
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from awards import transitions as awards
from awards.models import DossierStatus
from blocs.models import Bloc, Phase, Province, Review
from scoring import transitions as scoring
from scoring.models import Extension
from tests.awards.meetings import Meeting
from tests.forms import fields_of, signed_in
from tests.worlds import World, make_agency, make_user

pytestmark = pytest.mark.django_db

BOARD = "/board/"


def lines(page):
    return [(line.review.bloc.slug, line.review.year) for line in page.context["lines"]]


def three_blocs():
    for slug, prefix in (("khoi-1", "a"), ("khoi-2", "b"), ("cum-3", "c")):
        World(slug=slug, prefix=prefix)
    Bloc.objects.filter(slug="khoi-2").update(full_name="Khối thi đua Đảng, đoàn thể")


# --- all blocs


def test_only_the_board_watches_all_blocs():
    world = Meeting()
    for user in (world.leader, world.officer("a2"), make_user("nobody", None)):
        assert signed_in(user).get(BOARD).status_code == 403
    assert signed_in(world.board).get(BOARD).status_code == 200
    assert signed_in(world.board).post(BOARD).status_code == 405


def test_the_board_sees_its_own_province():
    world = World()
    province = Province.objects.create(
        slug="ben-tre", name="x", place_name="x", committee="x", committee_short="x", council="x"
    )
    other = make_user("other", make_agency("ban-bt", kind="board", province=province))
    assert lines(signed_in(world.board).get(BOARD)) == [("khoi-1", 2024)]
    page = signed_in(other).get(BOARD)
    assert lines(page) == []
    assert "No review has been opened yet." in page.content.decode()


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ({}, ["cum-3", "khoi-1", "khoi-2"]),
        ({"q": "dang doan the"}, ["khoi-2"]),
        ({"q": "ĐẢNG"}, ["khoi-2"]),
        ({"q": "khoi cum-3"}, ["cum-3"]),
        ({"q": "\xa0"}, ["cum-3", "khoi-1", "khoi-2"]),
        ({"year": "2024"}, ["cum-3", "khoi-1", "khoi-2"]),
        ({"phase": "preparation", "q": "khoi-1"}, ["khoi-1"]),
        ({"phase": "conference"}, []),
    ],
)
def test_filters(query, slugs):
    three_blocs()
    page = signed_in(World(slug="z", prefix="z", year=2023).board).get(BOARD, query)
    found = [slug for slug, year in lines(page) if year == 2024]
    assert found == slugs
    for name, value in query.items():
        assert page.context["form"][name].value() == value


@pytest.mark.parametrize(
    ("query", "field"),
    [({"year": "hai"}, "year"), ({"phase": "x"}, "phase"), ({"q": "x" * 101}, "q")],
)
def test_a_bad_filter_is_told_at_the_field(query, field):
    page = signed_in(World().board).get(BOARD, query)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]


def test_what_a_line_says():
    world = Meeting().submit()
    page = signed_in(world.board).get(BOARD, {"year": "2024"})
    (line,) = page.context["lines"]
    assert (line.members, line.received, line.late, line.appraised) == (3, 3, 0, 3)
    assert (line.proposals, line.dossier.status) == (2, DossierStatus.SUBMITTED)
    html = page.content.decode()
    assert "20/02/2025" in html
    assert world.dossier.get_absolute_url() in html


def test_a_dossier_in_preparation_is_not_opened():
    world = Meeting().close()
    html = signed_in(world.board).get(BOARD, {"year": "2024"}).content.decode()
    assert world.dossier.get_absolute_url() not in html
    assert "Being prepared" not in html


def test_late_members_are_counted():
    world = World().open_self_scoring()
    today = timezone.localdate()
    for name in ("a1", "a2"):
        world.fill(name)
        scoring.submit(world.sheet(name), by=world.head(name))
    client = signed_in(world.board)

    def late(due):
        Review.objects.filter(pk=world.review.pk).update(scores_due=due)
        return client.get(BOARD).context["lines"][0].late

    assert late(today) == 0
    assert late(today - datetime.timedelta(days=1)) == 3  # two came late, one has not come
    Extension.objects.create(
        membership=world.membership("a3"),
        to=today,
        reason="Bão",
        granted_at=timezone.now(),
        granted_by=world.leader,
        granted_for=world.membership("a1"),
    )
    assert late(today - datetime.timedelta(days=1)) == 2


def test_a_sheet_sent_back_for_supplement_is_not_late_again():
    world = World().submit_all()
    sheet = world.sheet("a2")
    scoring.open_appraisal(world.review, by=world.leader)
    scoring.return_sheet(sheet, reason="Thiếu minh chứng", by=world.leader)
    client = signed_in(world.board)
    assert client.get(BOARD).context["lines"][0].received == 2
    assert client.get(BOARD).context["lines"][0].late == 0


def test_the_query_count_does_not_grow(django_assert_num_queries):
    world = World()
    client = signed_in(world.board)
    with django_assert_num_queries(11):
        client.get(BOARD)
    World(slug="khoi-2", prefix="b").submit_all()
    World(slug="khoi-3", prefix="c", members=5).submit_all()
    with django_assert_num_queries(11):
        assert len(client.get(BOARD).context["lines"]) == 3


# --- one dossier


class DossierTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = Meeting().submit()

    def url(self, name="dossier_detail"):
        return reverse(f"awards:{name}", args=[self.world.dossier.pk])

    def decide_url(self, name):
        return reverse("awards:proposal_decide", args=[self.world.proposal(name).pk])

    def deeds(self):
        return self.url("dossier_receive"), self.url("dossier_return"), self.decide_url("a1")

    def receive(self):
        awards.receive_dossier(self.world.dossier, by=self.world.board)

    def outcome(self, name, **typed):
        proposal = self.world.proposal(name)
        client = signed_in(self.world.board)
        action = f"decide/#proposal-{proposal.pk}"
        fields = fields_of(client.get(self.url()), action)
        fields |= {f"outcome-{proposal.pk}-{key}": value for key, value in typed.items()}
        return client.post(self.decide_url(name), fields), fields, action

    def test_everything_stands_on_one_page(self):
        html = signed_in(self.world.board).get(self.url()).content.decode()
        for text in ("Sở a1", "Rank", "Voted for at the conference", "SHA-256", "Submitted"):
            self.assertIn(text, html)

    def test_members_read_it_and_strangers_do_not(self):
        page = signed_in(self.world.officer("a3")).get(self.url())
        self.assertEqual(page.status_code, 200)
        for action in ("receive/", "return/"):
            with self.assertRaises(LookupError):
                fields_of(page, action)
        stranger = make_user("stranger", make_agency("xa"))
        client = signed_in(stranger)
        self.assertEqual(client.get(self.url()).status_code, 404)
        for page in self.deeds():
            self.assertEqual(client.post(page).status_code, 404)

    def test_only_the_board_acts(self):
        for user in (self.world.leader, self.world.head("a2"), self.world.officer("a3")):
            client = signed_in(user)
            for page in self.deeds():
                with self.subTest(user=user, page=page):
                    self.assertEqual(client.post(page, {}).status_code, 403)
        client = signed_in(self.world.board)
        for page in self.deeds():
            self.assertEqual(client.get(page).status_code, 405)
        self.assertEqual(client.post(self.url()).status_code, 405)

    def test_received_from_the_page_and_once(self):
        client = signed_in(self.world.board)
        self.assertEqual(fields_of(client.get(self.url()), "receive/"), {})
        client.post(self.url("dossier_receive"))
        self.assertEqual(self.world.dossier.status, DossierStatus.RECEIVED)
        again = client.post(self.url("dossier_receive"), follow=True)
        self.assertIn("cannot be done now", again.content.decode())

    def test_returned_with_a_reason(self):
        client = signed_in(self.world.board)
        fields = fields_of(client.get(self.url()), "return/")
        for typed in ("", " ", "\xa0", "x" * 2001):
            with self.subTest(typed=typed[:3]):
                page = client.post(self.url("dossier_return"), fields | {"reason": typed})
                self.assertEqual(page.status_code, 422)
                self.assertEqual(list(page.context["return_form"].errors), ["reason"])
                self.assertEqual(fields_of(page, "return/")["reason"], typed)
        self.assertEqual(self.world.dossier.status, DossierStatus.SUBMITTED)
        answer = client.post(self.url("dossier_return"), fields | {"reason": "Thiếu chữ ký."})
        self.assertEqual(answer.url, BOARD)
        self.assertEqual(self.world.dossier.status, DossierStatus.RETURNED)
        self.assertEqual(client.get(self.url()).status_code, 403)  # the leader's again

    def test_outcomes_wait_for_the_receipt(self):
        page = signed_in(self.world.board).get(self.url())
        self.assertIn("Outcomes are recorded once the dossier", page.content.decode())
        proposal = self.world.proposal("a1")
        typed = {
            f"outcome-{proposal.pk}-outcome": "not_granted",
            f"outcome-{proposal.pk}-reason": "Không",
        }
        answer = signed_in(self.world.board).post(self.decide_url("a1"), typed)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Không", fields_of(answer, f"#proposal-{proposal.pk}").values())

    def test_granted_and_not_granted_decide_the_review(self):
        self.receive()
        number, day = "512/QĐ-UBND", "01/04/2025"
        answer, *_rest = self.outcome(
            "a1", outcome="granted", decision_number=number, decision_date=day
        )
        self.assertEqual(answer.status_code, 302)
        self.outcome("a2", outcome="not_granted", reason="Chưa đủ điều kiện.")
        self.assertEqual(self.world.reload().status, Phase.DECIDED)
        html = signed_in(self.world.officer("a3")).get(self.url()).content.decode()
        self.assertIn("Decision 512/QĐ-UBND of 01/04/2025", html)
        self.assertIn("Chưa đủ điều kiện.", html)
        with self.assertRaises(LookupError):
            self.outcome("a1", outcome="not_granted", reason="x")

    def test_bad_outcomes_are_told_at_the_field_and_shown_again(self):
        self.receive()
        granted = {"outcome": "granted", "decision_number": "512", "decision_date": "01/04/2025"}
        later = timezone.localdate() + datetime.timedelta(days=1)
        for typed, field in (
            ({"outcome": ""}, "outcome"),
            (granted | {"decision_number": ""}, "decision_number"),
            (granted | {"decision_number": "\xa0"}, "decision_number"),
            (granted | {"decision_number": "x" * 61}, "decision_number"),
            (granted | {"decision_date": ""}, "decision_date"),
            (granted | {"decision_date": "01/04/0025"}, "decision_date"),
            (granted | {"decision_date": "31/04/2025"}, "decision_date"),
            (granted | {"decision_date": "01/04/2023"}, "decision_date"),
            (granted | {"decision_date": later.strftime("%d/%m/%Y")}, "decision_date"),
            ({"outcome": "not_granted", "reason": " "}, "reason"),
        ):
            with self.subTest(typed=typed):
                answer, fields, action = self.outcome("a1", **typed)
                self.assertEqual(answer.status_code, 422)
                form = next(f for p, _c, _m, f in answer.context["proposals"] if f.is_bound)
                self.assertEqual(list(form.errors), [field])
                self.assertEqual(fields_of(answer, action), fields)
        self.assertEqual(self.world.proposal("a1").status, "proposed")

    def test_the_query_count_of_a_dossier(self):
        client, page = signed_in(self.world.board), self.url()
        with self.assertNumQueries(22):
            client.get(page)
