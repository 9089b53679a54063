"""The award history of agencies: who keeps and reads it, and what stands in it by itself."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from awards import transitions as awards
from awards.award_history import history_of
from awards.models import PastAward
from blocs import transitions as blocs
from blocs.models import Bloc, Office
from tests.awards.meetings import Meeting
from tests.forms import fields_of, signed_in
from tests.worlds import World, make_agency, make_province, make_user

FIELDS = {
    "year": 2021,
    "category": "title",
    "name": "Tập thể lao động xuất sắc",
    "decision_number": "15/QĐ-UBND",
    "decision_date": datetime.date(2022, 1, 5),
    "authority": "Chủ tịch Ủy ban nhân dân tỉnh",
}
TYPED = {**FIELDS, "year": "2021", "decision_date": "05/01/2022"}


def url(slug="a3", name="award_history", *more):
    return reverse(f"awards:{name}", args=[slug, *more])


class KeepingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = World()
        cls.agency = cls.world.agencies["a3"]

    def add(self, **changes):
        by = self.world.officer("a3")
        return awards.add_past_award(self.agency, fields={**FIELDS, **changes}, by=by)

    def test_the_agency_and_the_board_keep_it_the_leader_reads_it_others_do_not(self):
        world, past = self.world, self.add()
        other_board = make_user(
            "ob", make_agency("bt", kind="board", province=make_province("ben-tre"))
        )
        keepers = [world.officer("a3"), world.head("a3"), world.board]
        for user in (world.leader, world.deputy, world.officer("a2"), other_board):
            with self.subTest(user=user):
                with self.assertRaises(PermissionDenied):
                    awards.add_past_award(self.agency, fields=FIELDS, by=user)
                with self.assertRaises(PermissionDenied):
                    awards.change_past_award(past, fields={"year": 2020}, by=user)
                with self.assertRaises(PermissionDenied):
                    awards.remove_past_award(past, by=user)
        for at, user in enumerate(keepers):
            awards.change_past_award(past, fields={"year": 2019 + at}, by=user)
        readers = [*keepers, world.leader, world.officer("a1"), world.deputy, other_board]
        codes = [signed_in(user).get(url()).status_code for user in readers]
        self.assertEqual(codes, [200, 200, 200, 200, 200, 403, 404])

    def test_leading_another_bloc_opens_no_history(self):
        other = World(prefix="b", slug="khoi-2")
        self.assertEqual(signed_in(other.leader).get(url()).status_code, 403)

    def test_an_award_is_listed_once_and_not_before_its_decision(self):
        self.add()
        later = timezone.localdate() + datetime.timedelta(days=1)
        for changes, field in (
            ({}, "__all__"),
            ({"decision_number": "16", "decision_date": later}, "decision_date"),
            ({"decision_number": "16", "year": 1900}, "__all__"),
        ):
            with self.subTest(changes=changes), self.assertRaises(ValidationError) as refusal:
                self.add(**changes)
            self.assertEqual(list(refusal.exception.message_dict), [field])

    def test_a_row_is_added_changed_and_removed_on_the_page(self):
        client = signed_in(self.world.officer("a3"))
        fields = fields_of(client.get(url()))
        self.assertEqual(set(fields), set(TYPED))
        self.assertEqual(client.post(url(), TYPED).url, url())
        past = PastAward.objects.get()
        self.assertEqual(past.decision_date, FIELDS["decision_date"])
        page = url("a3", "past_award_change", past.pk)
        shown = fields_of(client.get(page))
        self.assertEqual(shown, TYPED)
        self.assertEqual(client.post(page, shown | {"name": "Tập thể tiên tiến"}).url, url())
        html = client.get(url()).content.decode()
        self.assertIn("Tập thể tiên tiến", html)
        self.assertIn("15/QĐ-UBND, 05/01/2022", html)
        fields_of(client.get(url()), f"{past.pk}/remove/")
        client.post(url("a3", "past_award_remove", past.pk))
        self.assertFalse(PastAward.objects.exists())

    def test_what_is_wrong_is_told_at_the_field_and_nothing_typed_is_lost(self):
        client = signed_in(self.world.officer("a3"))
        later = timezone.localdate() + datetime.timedelta(days=1)
        for typed, field in (
            ({"year": "2.021"}, "year"),
            ({"year": "1900"}, "year"),
            ({"year": "2099"}, "year"),
            ({"category": "x"}, "category"),
            ({"name": "\xa0"}, "name"),
            ({"decision_number": ""}, "decision_number"),
            ({"decision_date": "31/02/2022"}, "decision_date"),
            ({"decision_date": "05/01/2020"}, "decision_date"),
            ({"decision_date": later.strftime("%d/%m/%Y")}, "decision_date"),
            ({"authority": "x" * 201}, "authority"),
        ):
            with self.subTest(typed=typed):
                answer = client.post(url(), {**TYPED, **typed})
                self.assertEqual(answer.status_code, 422)
                self.assertEqual(list(answer.context["form"].errors), [field])
                if field != "category":
                    self.assertEqual(fields_of(answer)[field], {**TYPED, **typed}[field])
        self.assertFalse(PastAward.objects.exists())

    def test_a_decision_of_long_ago_is_taken(self):
        client = signed_in(self.world.officer("a3"))
        client.post(url(), {**TYPED, "year": "1985", "decision_date": "02/09/1985"})
        self.assertEqual(PastAward.objects.get().year, 1985)

    def test_another_agencys_row_is_not_found_under_this_one(self):
        past = self.add()
        for name in ("past_award_change", "past_award_remove"):
            page = url("a2", name, past.pk)
            self.assertEqual(signed_in(self.world.board).post(page).status_code, 404)

    def test_the_agencys_page_links_to_it_for_its_readers_only(self):
        page = reverse("blocs:agency_detail", args=["a3"])
        for user, links in ((self.world.head("a3"), 1), (self.world.deputy, 0)):
            html = signed_in(user).get(page).content.decode()
            self.assertEqual(html.count(url()), links)

    def test_the_query_count_does_not_grow_with_the_rows(self):
        client = signed_in(self.world.officer("a3"))
        for rows in (1, 3):
            while PastAward.objects.count() < rows:
                self.add(decision_number=f"{PastAward.objects.count()}/QĐ")
            with self.subTest(rows=rows), self.assertNumQueries(7):
                client.get(url())


@pytest.mark.django_db
def test_what_the_portal_granted_stands_there_by_itself_and_survives_a_new_name():
    world = Meeting().receive()
    decision = {"decision_number": "512/QĐ-UBND", "decision_date": datetime.date(2025, 4, 1)}
    awards.decide(world.proposal("a1"), granted=True, by=world.board, **decision)
    awards.decide(world.proposal("a2"), granted=False, reason="Chưa đủ", by=world.board)
    agency = world.agencies["a1"]
    blocs.rename_agency(
        agency, full="Sở Mới", short="Sở Mới", abbreviation="SM",
        valid_from=datetime.date(2025, 7, 1), by=world.board,
    )  # fmt: skip
    awards.add_past_award(agency, fields=FIELDS, by=world.board)
    lines = [(line.year, line.name, line.own is None) for line in history_of(agency)]
    assert lines == [
        (2024, "Cờ thi đua của Ủy ban nhân dân tỉnh", True),
        (2021, "Tập thể lao động xuất sắc", False),
    ]
    assert history_of(world.agencies["a2"]) == []
    page = signed_in(world.head("a1")).get(url("a1")).content.decode()
    assert page.count("Granted in the portal") == 1
    with pytest.raises(ValidationError, match="granted on a proposal"):
        awards.add_past_award(agency, fields={**FIELDS, **decision, "year": 2024}, by=world.board)


@pytest.mark.django_db
def test_a_former_leader_still_reads_and_a_member_of_that_year_does_not():
    world = World()
    bloc = Bloc.objects.get(pk=world.bloc.pk)
    a1, a2, a3 = world.agencies.values()
    members = {a1: Office.MEMBER, a2: Office.LEADER, a3: Office.MEMBER}
    blocs.open_review(bloc, 2025, members=members, by=world.board)
    assert signed_in(world.head("a1")).get(url()).status_code == 200
    assert signed_in(world.head("a2")).get(url()).status_code == 200
