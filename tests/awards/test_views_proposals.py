"""The page of the proposals, and the dossier going out."""

import pytest
from django.test import TestCase
from django.urls import reverse

from awards import transitions as awards
from awards.models import DossierStatus, IssuedDocument
from blocs.models import Phase
from tests.awards.meetings import Meeting
from tests.forms import fields_of, signed_in
from tests.worlds import make_agency, make_user

pytestmark = pytest.mark.django_db


def url(world, name="proposal_list", *more):
    return reverse(f"awards:{name}", args=[*world.review.url_args, *more])


def test_before_the_conference_has_closed_there_are_none():
    world = Meeting().attend()
    for user in (world.leader, world.officer("a3"), world.board):
        assert signed_in(user).get(url(world)).status_code == 403
    assert signed_in(world.leader).post(url(world, "dossier_submit")).status_code == 403


class ProposalTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = Meeting().close()

    def page(self, user):
        return signed_in(user).get(url(self.world))

    def test_members_read_and_the_board_waits(self):
        stranger = make_user("stranger", make_agency("xa"))
        self.assertEqual(self.page(stranger).status_code, 404)
        self.assertEqual(self.page(self.world.board).status_code, 403)
        page = self.page(self.world.officer("a3"))
        html = " ".join(page.content.decode().split())
        self.assertIn("Cờ thi đua của Ủy ban nhân dân tỉnh: Sở a1", html)
        self.assertIn("Voted for at the conference: 3 of 3 members", html)
        self.assertIn("First in rank: rank 1", html)
        self.assertIn("Luật Thi đua, khen thưởng số 06/2022/QH15, Điều 26", html)
        self.assertIn("Issue: Year-end report", html)
        with self.assertRaises(LookupError):
            fields_of(page, "proposals/submit/")

    def grounds(self, user, text="Hoàn thành vượt mức."):
        proposal = self.world.proposal("a1")
        client = signed_in(user)
        action = f"grounds/#proposal-{proposal.pk}"
        fields = fields_of(client.get(url(self.world)), action)
        name = f"proposal-{proposal.pk}-grounds"
        return client, url(self.world, "grounds_write", proposal.pk), fields | {name: text}, action

    def test_grounds_are_saved_and_shown(self):
        client, page, fields, _action = self.grounds(self.world.secretary, "  Vượt\xa0mức  ")
        proposal = self.world.proposal("a1")
        answer = client.post(page, fields)
        self.assertEqual(answer.url, f"{url(self.world)}#proposal-{proposal.pk}")
        self.assertEqual(self.world.proposal("a1").grounds, "Vượt mức")
        self.assertIn("Vượt mức", self.page(self.world.officer("a3")).content.decode())

    def test_a_colleagues_grounds_are_shown_before_they_are_replaced(self):
        client, page, fields, action = self.grounds(self.world.secretary, "Của tôi")
        awards.write_grounds(
            self.world.proposal("a1"), grounds="Dòng một\nDòng hai", by=self.world.leader
        )
        answer = client.post(page, fields)
        self.assertEqual(answer.status_code, 422)
        self.assertIn("Dòng hai", answer.content.decode())
        again = fields_of(answer, action)
        self.assertIn("Của tôi", again.values())
        self.assertEqual(self.world.proposal("a1").grounds, "Dòng một\nDòng hai")
        self.assertEqual(client.post(page, again).status_code, 302)
        self.assertEqual(self.world.proposal("a1").grounds, "Của tôi")

    def test_too_long_grounds_are_told_and_shown_again(self):
        client, page, fields, action = self.grounds(self.world.secretary, "x" * 20_001)
        answer = client.post(page, fields)
        self.assertEqual(answer.status_code, 422)
        self.assertEqual(fields_of(answer, action), fields)
        self.assertEqual(self.world.proposal("a1").grounds, "")

    def test_a_proposed_member_finds_its_report_of_achievements(self):
        proposal = self.world.proposal("a2")
        paper = url(self.world, "text_edit", "achievement-a2")
        own = self.page(self.world.officer("a2")).content.decode()
        self.assertIn(paper, own)
        self.assertNotIn(url(self.world, "document_issue", "achievement-a2"), own)
        head = self.page(self.world.head("a2")).content.decode()
        self.assertIn(url(self.world, "document_issue", "achievement-a2"), head)
        self.assertNotIn(paper, self.page(self.world.leader).content.decode())
        self.world.report_achievements()
        issued = IssuedDocument.objects.get(about=proposal.membership.agency.slug)
        page = self.page(self.world.officer("a3")).content.decode()
        self.assertIn(issued.get_absolute_url(), page)

    def test_the_query_count_does_not_grow_with_the_proposals(self):
        client = signed_in(self.world.officer("a3"))
        page, book = url(self.world), url(self.world, "proposal_workbook")
        for rows in (2, 1):
            if rows == 1:
                awards.withdraw_proposal(
                    self.world.proposal("a2"), reason="Rút", by=self.world.leader
                )
            with self.subTest(rows=rows, page="list"), self.assertNumQueries(24):
                client.get(page)
            with self.subTest(rows=rows, page="workbook"), self.assertNumQueries(7):
                client.get(book)

    def test_others_write_no_grounds(self):
        page = url(self.world, "grounds_write", self.world.proposal("a1").pk)
        for user in (self.world.head("a2"), self.world.officer("a3"), self.world.board):
            with self.subTest(user=user):
                self.assertEqual(signed_in(user).post(page, {}).status_code, 403)
        self.assertEqual(signed_in(self.world.leader).get(page).status_code, 405)
        missing = url(self.world, "grounds_write", 0)
        self.assertEqual(signed_in(self.world.leader).post(missing, {}).status_code, 404)

    def test_the_dossier_is_refused_with_what_is_missing(self):
        client = signed_in(self.world.leader)
        fields_of(client.get(url(self.world)), "proposals/submit/")
        page = client.post(url(self.world, "dossier_submit"), follow=True)
        html = page.content.decode()
        self.assertIn("Still missing", html)
        self.assertIn("Issue: Minutes of the conference", html)
        self.assertEqual(self.world.dossier.status, DossierStatus.DRAFT)

    def test_only_the_leader_submits(self):
        page = url(self.world, "dossier_submit")
        for user in (self.world.secretary, self.world.head("a2"), self.world.board):
            with self.subTest(user=user):
                self.assertEqual(signed_in(user).post(page).status_code, 403)
        self.assertEqual(signed_in(self.world.leader).get(page).status_code, 405)


class SubmissionTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = Meeting().issue_all()

    def test_submitted_from_the_page_and_only_once(self):
        client = signed_in(self.world.leader)
        page = client.get(url(self.world))
        self.assertIn("Nothing is missing", page.content.decode())
        fields_of(page, "proposals/submit/")
        client.post(url(self.world, "dossier_submit"))
        self.assertEqual(self.world.reload().status, Phase.EXAMINATION)
        again = client.post(url(self.world, "dossier_submit"), follow=True)
        self.assertIn("cannot be done now", again.content.decode())
        with self.assertRaises(LookupError):
            fields_of(again, "proposals/submit/")
        self.assertEqual(signed_in(self.world.board).get(url(self.world)).status_code, 200)

    def test_a_returned_dossier_says_why_and_goes_out_again(self):
        world = self.world
        awards.submit_dossier(world.review, by=world.leader)
        awards.return_dossier(world.dossier, reason="Thiếu chữ ký.", by=world.board)
        client = signed_in(world.leader)
        self.assertIn("Thiếu chữ ký.", client.get(url(world)).content.decode())
        client.post(url(world, "dossier_submit"))
        self.assertEqual(world.dossier.status, DossierStatus.SUBMITTED)
        self.assertNotIn("Thiếu chữ ký.", client.get(url(world)).content.decode())
        self.assertEqual(signed_in(world.board).get(url(world)).status_code, 200)
