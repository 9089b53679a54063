"""The whole site, address by address: who gets what, with GET and with POST.

The table is the rule: a new address must be entered into it, and a changed right shows as a
changed line. 302 on an anonymous request is the way to the login page.
"""

from __future__ import annotations

import datetime
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from awards import transitions as awards
from awards.catalogue import install
from awards.documents.minutes_facts import fingerprint
from awards.documents.papers import PaperKey
from awards.models import (
    Award,
    DocumentKind,
    Dossier,
    IssuedDocument,
    Method,
    PaperForm,
    Proposal,
    ResolutionKind,
    VoteRule,
)
from awards.readiness import REQUIRED_PAPERS
from awards.tallies import Figures
from awards.transitions import Question, Votes
from blocs import transitions as blocs
from blocs.models import Membership, Office, Role
from scoring import transitions as scoring
from scoring.kernel.loading import parse_yaml, read_set
from scoring.models import Criterion, Evidence, FindingEffect, Score
from scoring.tables import live_table
from tests.addresses import every_pattern
from tests.awards.pictures import upload as picture
from tests.portal.access_table import TABLE
from tests.worlds import SMALL_SET, World, make_agency, make_user

pytestmark = pytest.mark.django_db

ROLES = ("anonymous", "stranger", "officer", "head", "secretary", "leader", "deputy", "board")


class Site:
    """Three reviews: one in preparation, one being appraised, one with the province."""

    def __init__(self) -> None:
        install()
        self.rule = VoteRule.objects.filter(bloc=None).first()
        self.prepared = World(slug="khoi-3", prefix="c")
        rules = read_set(parse_yaml(SMALL_SET.read_text(encoding="utf-8")))
        self.draft = scoring.upload_criteria(self.prepared.review, rules, by=self.prepared.leader)
        criterion = self.draft.criteria.get(code="I.1")
        self.exemption = scoring.exempt(
            criterion, self.prepared.membership("c3"), reason="Không có", by=self.prepared.leader
        )
        self.meeting = blocs.record_meeting(
            self.prepared.review,
            held_on=datetime.date(2024, 5, 5),
            title="Sơ kết",
            presences={part.pk: "led" for part in self.prepared.review.memberships.all()},
            by=self.prepared.leader,
        )
        self.appraised = World(slug="khoi-2", prefix="b").open_self_scoring()
        for name in self.appraised.agencies:
            self.appraised.fill(name)
        score = self.appraised.score("b3", "I.1")
        self.evidence: Evidence = scoring.add_evidence(
            score,
            title="Báo cáo",
            upload=SimpleUploadedFile("báo cáo.pdf", b"%PDF-1.7\n%%EOF\n"),
            by=self.appraised.officer("b3"),
        )
        for name in self.appraised.agencies:
            scoring.submit(self.appraised.sheet(name), by=self.appraised.head(name))
        scoring.open_appraisal(self.appraised.review, by=self.appraised.leader)
        self.appraised.reload()
        self.score: Score = self.appraised.score("b3", "I.1")
        Score.objects.filter(pk=self.score.pk).update(is_provisional=True)
        self._contest()
        self.submitted = World(slug="khoi-1", prefix="a").approve()
        self._confer()
        self.past = awards.add_past_award(
            self.appraised.agencies["b3"],
            fields={
                "year": 2020,
                "category": "title",
                "name": "Tập thể lao động xuất sắc",
                "decision_number": "15/QĐ-UBND",
                "decision_date": datetime.date(2021, 1, 5),
                "authority": "Chủ tịch UBND tỉnh",
            },
            by=self.appraised.officer("b3"),
        )
        self.stranger = make_user("stranger", make_agency("khac"), Role.HEAD)
        self.sessions = {
            (role, world.bloc.slug): self._log_in(role, world)
            for role in ROLES
            for world in self.worlds().values()
        }

    def _contest(self) -> None:
        """An objection of the deputy's agency and a finding on the member."""
        world = self.appraised
        sheet = world.sheet("b2")
        scoring.accept(sheet, list(sheet.scores.all()), by=world.leader)
        scoring.finish_appraisal(sheet, by=world.leader)
        self.objection = scoring.object_to(
            world.score("b2", "I.2"), reason="Có quyết định xếp loại tốt", by=world.deputy
        )
        today = timezone.localdate()
        report = scoring.Report(
            matter="Chậm nộp thuế",
            source_agency="Thuế tỉnh",
            document="12/TB",
            document_date=today,
            received_on=today,
            effect=FindingEffect.SUSPEND,
        )
        self.finding = scoring.record_finding(world.membership("b3"), report, by=world.board)

    def _confer(self) -> None:
        world = self.submitted
        by = world.leader
        self.conference = awards.plan_conference(
            world.review,
            fields={
                "held_on": datetime.date(2025, 2, 20),
                "starts_at": datetime.time(8),
                "venue": "hội trường",
                "chair_name": "ông A",
                "chair_position": "Giám đốc",
                "secretary_name": "bà B",
                "secretary_position": "chuyên viên",
            },
            by=by,
        )
        self.item = awards.lay_out_agenda(self.conference, by=by)[0]
        awards.open_conference(self.conference, by=by)
        awards.write_text(
            world.review,
            PaperKey(DocumentKind.MINUTES),
            section="opening",
            text="Khai mạc",
            version=0,
            by=by,
        )
        members = [world.membership(name) for name in world.agencies]
        awards.record_attendance(
            self.conference,
            presences={one.pk: awards.Presence(present=True) for one in members},
            by=by,
        )
        self.delegate = awards.add_delegate(
            self.conference, membership=members[0], name="ông A", position="Giám đốc", by=by
        )
        self.remark = awards.add_remark(
            self.conference, membership=members[1], speaker="", text="Thống nhất.", by=by
        )
        self._count_papers(members)
        votes = Votes(method=Method.CONSENSUS, in_favour=3)
        seen = live_table(world.review).sha256
        for more in (
            {"kind": ResolutionKind.ADOPT_REPORT},
            {"kind": ResolutionKind.ADOPT_SUMMARY, "seen": seen},
            {
                "kind": ResolutionKind.PROPOSE,
                "award": Award.objects.get(code="flag"),
                "membership": members[0],
            },
            {"kind": ResolutionKind.ELECT, "office": Office.LEADER, "membership": members[1]},
            {"kind": ResolutionKind.ELECT, "office": Office.DEPUTY, "membership": members[2]},
        ):
            self.resolution = awards.resolve(self.conference, votes=votes, by=by, **more)
        question = Question(
            kind=ResolutionKind.OTHER,
            title="Thông qua kế hoạch",
            form=PaperForm.APPROVE,
            method=Method.SECRET_BALLOT,
            rule=VoteRule.objects.get(code="majority-of-members", bloc=None),
        )
        self.vote = awards.prepare_vote(self.conference, question, by=by)
        awards.cancel_vote(self.vote, reason="Biểu quyết giơ tay", by=by)
        awards.record_handover(self.conference, handed_by="ông A", received_by="", by=by)
        awards.resolve(
            self.conference,
            kind=ResolutionKind.ADOPT_MINUTES,
            votes=votes,
            seen=fingerprint(world.review),
            by=by,
        )
        awards.close_conference(self.conference, ends_at=datetime.time(11), by=by)
        for kind in REQUIRED_PAPERS:
            number = "" if kind == DocumentKind.SUMMARY else "01"
            self.issued: IssuedDocument = awards.issue(
                world.reload(),
                PaperKey(kind),
                number=number,
                dated=datetime.date(2025, 2, 21),
                by=by,
            )
        awards.issue(
            world.review,
            PaperKey(DocumentKind.ACHIEVEMENT, "a1"),
            number="01",
            dated=datetime.date(2025, 2, 21),
            by=by,
        )
        scan = SimpleUploadedFile("ký.pdf", b"%PDF-1.7\n%%EOF\n")
        self.copy = awards.attach_copy(self.issued, scan, by=by)
        self.dossier: Dossier = awards.submit_dossier(world.review, by=by)
        self.job = awards.ask_dossier(world.review, by=by)
        self.proposal = Proposal.objects.get(review=world.review)
        item = awards.draft_news(world.review, by=by)
        self.photo = awards.add_photo(item, picture(), caption="Toàn cảnh", by=by)

    def _count_papers(self, members: list[Membership]) -> None:
        """A vote on printed papers that nothing came of, with its tellers, its count, its scan."""
        world, conference = self.submitted, self.conference
        first, second = world.officer("a3"), world.board
        for user in (first, second):
            self.teller = awards.name_teller(conference, name="", user=user, by=world.leader)
        question = awards.Question(
            kind=ResolutionKind.OTHER,
            title="Kỷ niệm chương",
            form=PaperForm.APPROVE,
            method=Method.SECRET_BALLOT,
            rule=VoteRule.objects.get(code="majority-of-members", bloc=None),
            candidates=members[:1],
            on_paper=True,
        )
        vote = awards.prepare_vote(conference, question, by=world.leader)
        self.paper_vote = awards.open_vote(vote, by=world.leader)
        self.tally = awards.begin_tally(vote, by=first)
        awards.save_tally(self.tally, Figures(3, 3, 3, 0, ((0, 3, 0),)), by=first)
        scan = SimpleUploadedFile("phiếu.pdf", b"%PDF-1.7\n%%EOF\n")
        awards.attach_scan(self.tally, scan, by=first)
        awards.enter_tally(self.tally, by=first)
        awards.confirm_tally(self.tally, by=second)
        awards.announce_vote(vote, by=world.leader)

    def worlds(self) -> dict[str, World]:
        return {"prepared": self.prepared, "appraised": self.appraised, "submitted": self.submitted}

    def client(self, role: str, world: World) -> Client:
        """One that has just logged in, or nobody."""
        client = Client(raise_request_exception=False)
        client.cookies.update(self.sessions[role, world.bloc.slug])
        return client

    def _log_in(self, role: str, world: World) -> SimpleCookie:
        client = Client()
        letter = next(iter(world.agencies))[0]
        users = {
            "stranger": self.stranger,
            "officer": world.users[f"{letter}3", Role.OFFICER],
            "head": world.users[f"{letter}3", Role.HEAD],
            "secretary": world.users[f"{letter}1", Role.OFFICER],
            "leader": world.users[f"{letter}1", Role.HEAD],
            "deputy": world.users[f"{letter}2", Role.HEAD],
            "board": world.board,
        }
        if role in users:
            client.force_login(users[role])
        return client.cookies

    def kwargs(self, name: str, pattern: URLPattern, world: World) -> dict[str, Any]:
        """Something that exists for every part of the address."""
        letter = next(iter(world.agencies))[0]
        agency = world.agencies[f"{letter}3"]
        objects = {
            "blocs:user_edit": world.users[f"{letter}3", Role.OFFICER],
            "blocs:bloc_edit": world.bloc,
            "blocs:ranking_set": world.membership(f"{letter}3"),
            "blocs:member_remove": world.membership(f"{letter}3"),
            "blocs:registration_record": world.membership(f"{letter}3"),
            "blocs:meeting_edit": self.meeting,
            "blocs:meeting_remove": self.meeting,
            "scoring:exemption_lift": self.exemption,
            "scoring:source_choose": self.draft.criteria.get(code="II.3"),
            "scoring:group_save": Criterion.objects.get(
                criteria_set=self.appraised.criteria, code="I"
            ),
            "scoring:criterion_appraise": self.score.criterion,
            "scoring:criterion_accept": self.score.criterion,
            "scoring:evidence_download": self.evidence,
            "scoring:objection_detail": self.objection,
            "scoring:objection_carry": self.objection,
            "scoring:objection_withdraw": self.objection,
            "scoring:finding_lift": self.finding,
            "scoring:criterion_history": self.score.criterion,
            "scoring:final_confirm": self.score,
            "scoring:evidence_replace": self.evidence,
            "scoring:evidence_prove": self.evidence,
            "scoring:evidence_take_out": self.evidence,
            "awards:agenda_item_change": self.item,
            "awards:agenda_item_move": self.item,
            "awards:agenda_item_remove": self.item,
            "awards:agenda_item_go": self.item,
            "awards:outcome_write": self.item,
            "awards:delegate_remove": self.delegate,
            "awards:remark_remove": self.remark,
            "awards:teller_remove": self.teller,
            "awards:scan_download": self.tally,
            "awards:resolution_remove": self.resolution,
            "awards:rule_retire": self.rule,
            "awards:score_agree": self.submitted.score("a3", "I.1"),
            "awards:document_issued": self.issued,
            "awards:document_withdraw": self.issued,
            "awards:copy_attach": self.issued,
            "awards:copy_download": self.copy,
            "awards:job_detail": self.job,
            "awards:job_resume": self.job,
            "awards:job_pdf": self.job,
            "awards:job_archive": self.job,
            "awards:grounds_write": self.proposal,
            "awards:past_award_change": self.past,
            "awards:past_award_remove": self.past,
            "awards:photo_image": self.photo,
            "awards:photo_caption": self.photo,
            "awards:photo_move": self.photo,
            "awards:photo_remove": self.photo,
            "awards:proposal_decide": self.proposal,
            "awards:proposal_uphold": self.proposal,
            "awards:proposal_withdraw": self.proposal,
        }
        of_papers = any(word in name for word in ("tally", "scan", "ballot_"))
        values: dict[str, Any] = {
            "bloc": world.bloc.slug,
            "year": world.review.year,
            "agency": agency.slug,
            "slug": agency.slug,
            "evidence": self.evidence.pk,
            "kind": "other",
            "paper": "minutes",
            "section": "opening",
            "token": self.issued.token,
            "code": "0123456789abcdef",
            "number": (self.paper_vote if of_papers else self.vote).number,
            "part": 1,
        }
        if name == "awards:text_pull":
            values |= {"paper": "report", "section": "movements"}
        default = self.dossier if "dossier" in name else self.score
        values["pk"] = objects.get(name, default).pk
        return {part: values[part] for part in pattern.pattern.converters}


@pytest.fixture
def site() -> Site:
    return Site()


def answers(site: Site, name: str, pattern: URLPattern, world: World) -> tuple[str, str]:
    """The codes of all roles, in their order, for GET and for an empty POST."""
    url = reverse(name, kwargs=site.kwargs(name, pattern, world))
    got = []
    for method in ("get", "post"):
        codes = []
        for role in ROLES:
            client = site.client(role, world)
            with transaction.atomic():
                codes.append(str(getattr(client, method)(url).status_code))
                transaction.set_rollback(True)
        got.append(" ".join(codes))
    return got[0], got[1]


def test_every_address_answers_each_role_as_the_table_says(site):
    found, wrong = {}, []
    for name, pattern in every_pattern(get_resolver()):
        world, *expected = TABLE.get(name, ("appraised", "", ""))
        found[name] = (world, *answers(site, name, pattern, site.worlds()[world]))
        if list(found[name][1:]) != expected:
            wrong.append(f"    {name!r}: {found[name]!r},")
    assert not wrong, "\n".join(["Other than the table:", " ".join(ROLES), *wrong])
    assert set(TABLE) == set(found), "addresses of the table that are gone"


def test_every_page_but_the_listed_ones_needs_a_login():
    open_pages = {
        name
        for name, pattern in every_pattern(get_resolver())
        if not getattr(pattern.callback, "login_required", True)
    }
    assert open_pages == {"login", "healthz", "set_language"}


def test_nobody_is_let_in_by_a_wrong_password(client):
    make_user("someone", None)
    page = client.post(reverse("login"), {"username": "someone", "password": "no"})
    assert page.status_code == 200
    assert "_auth_user_id" not in client.session
