"""Small worlds for tests: a province, a bloc, its review at any stage. Deterministic, no mocks."""

from __future__ import annotations

import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import timezone

from blocs import transitions as blocs
from blocs.models import Agency, AgencyKind, Bloc, Office, Phase, Province, Review, Role, User
from scoring import transitions as scoring
from scoring.kernel.loading import parse_yaml, read_set
from scoring.models import Finding, FindingEffect, Score, Sheet
from scoring.tables import live_table

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
SMALL_SET = Path(__file__).with_name("small_set.yaml")

# One complete answer for each criterion that a member fills in.
ANSWERS = {
    "I.1": {"actual": "9", "target": "10"},
    "I.2": {"level": "Tốt"},
    "I.3": {"met": True},
    "II.1": {"count": "3"},
    "II.2": {"counts": {}},
    "T.1": {"count": "1"},
    "TR.1": {"count": "0"},
}

EXPLANATION = "Theo Báo cáo số 12/BC-SNN ngày 15/12/2024."  # where the criteria ask for evidence


def make_province(slug: str = "tra-vinh") -> Province:
    return Province.objects.get_or_create(
        slug=slug,
        defaults={
            "name": "tỉnh Trà Vinh",
            "place_name": "Trà Vinh",
            "committee": "Ủy ban nhân dân tỉnh Trà Vinh",
            "committee_short": "UBND tỉnh Trà Vinh",
            "council": "Hội đồng Thi đua - Khen thưởng tỉnh",
        },
    )[0]


def make_agency(
    slug: str, *, kind: str = AgencyKind.DEPARTMENT, province: Province | None = None, **more
) -> Agency:
    agency = Agency.objects.create(
        slug=slug, kind=kind, province=province or make_province(), **more
    )
    blocs.name_agency(
        agency,
        full=f"Sở {slug}",
        short=f"Sở {slug}",
        abbreviation=slug.upper(),
        valid_from=datetime.date(2000, 1, 1),
    )
    return agency


def make_user(username: str, agency: Agency | None, role: str = Role.HEAD) -> User:
    return User.objects.create_user(
        username=username, email=f"{username}@example.vn", agency=agency, role=role
    )


def fresh(user: User) -> User:
    """The account as a new request would load it."""
    return User.objects.select_related("agency").get(pk=user.pk)


class World:
    """A bloc with ``members`` agencies a1 (leader), a2 (deputy), a3 ...; heads and officers.

    ``head("a1")`` and ``officer("a1")`` are accounts; ``board`` is the board office's.
    """

    criteria_text = SMALL_SET.read_text(encoding="utf-8")

    def __init__(
        self, *, members: int = 3, year: int = 2024, slug: str = "khoi-1", prefix: str = "a"
    ) -> None:
        self.province = make_province()
        board = Agency.objects.filter(kind=AgencyKind.BOARD, province=self.province).first()
        self.board_agency = board or make_agency("ban-tdkt", kind=AgencyKind.BOARD)
        self.board = User.objects.filter(username="board").first() or make_user(
            "board", self.board_agency
        )
        self.agencies = {f"{prefix}{n}": make_agency(f"{prefix}{n}") for n in range(1, members + 1)}
        self.users = {
            (name, role): make_user(f"{role}.{name}", agency, role)
            for name, agency in self.agencies.items()
            for role in (Role.HEAD, Role.OFFICER)
        }
        self.bloc = Bloc.objects.create(
            province=self.province,
            slug=slug,
            name="Khối 1",
            full_name=f"Khối thi đua {slug}",
            symbol=f"KTĐ-{slug}",
        )
        offices = [Office.LEADER, Office.DEPUTY] + [Office.MEMBER] * members
        self.review = blocs.open_review(
            self.bloc,
            year,
            members=dict(zip(self.agencies.values(), offices, strict=False)),
            by=self.board,
        )

    def head(self, name: str) -> User:
        return fresh(self.users[name, Role.HEAD])

    def officer(self, name: str) -> User:
        return fresh(self.users[name, Role.OFFICER])

    @property
    def leader(self) -> User:
        return self.head(next(iter(self.agencies)))

    @property
    def deputy(self) -> User:
        return self.head(list(self.agencies)[1])

    def reload(self) -> Review:
        self.review = Review.objects.select_related("bloc").get(pk=self.review.pk)
        return self.review

    def sheet(self, name: str) -> Sheet:
        return Sheet.objects.get(
            membership__review=self.review, membership__agency=self.agencies[name]
        )

    def score(self, name: str, code: str) -> Score:
        return Score.objects.get(sheet=self.sheet(name), criterion__code=code)

    def membership(self, name: str):
        return self.review.memberships.get(agency=self.agencies[name])

    def find(self, name: str, *, by: User | None = None, **report) -> Finding:
        """What the tax office wrote of a member; without more words, a suspension."""
        today = timezone.localdate()
        usual = {
            "matter": "Chậm nộp thuế",
            "source_agency": "Thuế tỉnh",
            "document": "12/TB",
            "document_date": today,
            "received_on": today,
        }
        if "knockout" not in report:
            usual["effect"] = FindingEffect.SUSPEND
        return scoring.record_finding(
            self.membership(name), scoring.Report(**{**usual, **report}), by=by or self.board
        )

    # --- stages: each calls the one before

    def adopt_criteria(self, path: Path | None = None) -> World:
        text = path.read_text(encoding="utf-8") if path else self.criteria_text
        rules = read_set(parse_yaml(text))
        self.criteria = scoring.upload_criteria(self.review, rules, by=self.leader)
        scoring.adopt_criteria(self.criteria, by=self.leader)
        return self

    def open_self_scoring(self, path: Path | None = None) -> World:
        self.adopt_criteria(path)
        dates = {
            "registration_due": datetime.date(self.review.year, 3, 31),
            "scores_due": timezone.localdate() + datetime.timedelta(days=10),
            "appraisal_due": None,
            "dossier_due": None,
        }
        blocs.set_calendar(self.review, dates=dates, by=self.leader)
        scoring.open_self_scoring(self.review, by=self.leader)
        self.reload()
        return self

    def fill(self, name: str, answers: dict | None = None) -> None:
        for score in self.sheet(name).scores.in_order():
            inputs = {**ANSWERS, **(answers or {})}.get(score.criterion.code)
            if inputs is not None:
                scoring.claim(
                    score,
                    inputs=inputs,
                    explanation=EXPLANATION if score.criterion.document["evidence"] else "",
                    version=score.version,
                    by=self.officer(name),
                )

    def submit_all(self, answers: dict[str, dict] | None = None) -> World:
        """``answers``: agency name to {code: inputs} where it differs from the usual."""
        self.open_self_scoring()
        for name in self.agencies:
            self.fill(name, (answers or {}).get(name))
            scoring.submit(self.sheet(name), by=self.head(name))
        return self

    def open_appraisal(self, answers: dict[str, dict] | None = None) -> World:
        self.submit_all(answers)
        scoring.open_appraisal(self.review, by=self.leader)
        self.reload()
        return self

    def appraiser(self, name: str) -> User:
        return self.head(self.sheet(name).appraiser.agency.slug)

    def finish_appraisals(self, answers: dict[str, dict] | None = None) -> World:
        """Every sheet is appraised as it was claimed; the terms for objections run."""
        self.open_appraisal(answers)
        for name in self.agencies:
            sheet, by = self.sheet(name), self.appraiser(name)
            scoring.accept(sheet, list(sheet.scores.all()), by=by)
            scoring.finish_appraisal(sheet, by=by)
        return self

    def accept_appraisals(self) -> None:
        for name in self.agencies:
            scoring.accept_appraisal(self.sheet(name), by=self.head(name))

    def appraise_all(self, answers: dict[str, dict] | None = None) -> World:
        self.finish_appraisals(answers)
        self.accept_appraisals()
        return self

    def approve(self, answers: dict[str, dict] | None = None) -> World:
        self.appraise_all(answers)
        scoring.approve_summary(self.review, seen=live_table(self.review).sha256, by=self.leader)
        self.reload()
        assert self.review.status == Phase.CONFERENCE
        return self


class LateData(World):
    """A world whose last member claims I.2 with a figure of which the final one is to come."""

    criteria_text = World.criteria_text.replace("{code: I.2,", "{code: I.2, late_data: true,")

    def fill(self, name: str, answers: dict | None = None) -> None:
        super().fill(name, answers)
        if name == list(self.agencies)[-1]:
            score = self.score(name, "I.2")
            scoring.claim(
                score,
                inputs=score.claimed_inputs,
                explanation="",
                version=score.version,
                provisional=True,
                by=self.officer(name),
            )
