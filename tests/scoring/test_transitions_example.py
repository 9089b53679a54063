"""The worked example of Khối 7, walked through the portal, against its published table."""

from __future__ import annotations

import datetime
import json
from decimal import Decimal

import pytest
import time_machine
from django.conf import settings

from blocs import transitions as blocs
from blocs.models import Agency, AgencyName, Bloc, Membership, Office, Presence
from scoring import transitions as scoring
from scoring.criteria import digest
from scoring.kernel.loading import parse_yaml, read_set
from scoring.models import Score, Sheet
from scoring.tables import live_table
from tests.worlds import VIETNAM, make_agency, make_province, make_user

pytestmark = pytest.mark.django_db

EXAMPLES = settings.ROOT / "scoring" / "criteria"
ANSWERS = json.loads((EXAMPLES / "khoi-7-2022.answers.json").read_text(encoding="utf-8"))
EXPECTED = json.loads((EXAMPLES / "khoi-7-2022.expected.json").read_text(encoding="utf-8"))
MEMBERS = ANSWERS["members"]
LEADER, STAND_IN = "nong-nghiep", "tai-nguyen"  # the board names who appraises the leader


def at(*parts):
    return time_machine.travel(datetime.datetime(*parts, tzinfo=VIETNAM), tick=False)


def moment(text):
    return time_machine.travel(datetime.datetime.fromisoformat(text), tick=False)


class Khoi7:
    """The review of 2022, from its first meeting to what the conference agreed."""

    def __init__(self):
        make_province()
        self.board = make_user("board", make_agency("ban-tdkt", kind="board"))
        self.heads = {}
        for slug, member in MEMBERS.items():
            agency = make_agency(slug)
            AgencyName.objects.filter(agency=agency).update(full=member["name"])
            self.heads[slug] = make_user(slug, agency)
        bloc = Bloc.objects.create(
            province=make_province(), slug="khoi-7", name="Khối 7", full_name="Khối thi đua Khối 7"
        )
        with at(2022, 1, 10):
            self.review = blocs.open_review(
                bloc,
                2022,
                members={
                    Agency.objects.get(slug=slug): Office(member["office"])
                    for slug, member in MEMBERS.items()
                },
                by=self.board,
            )

    @property
    def leader(self):
        return self.heads[LEADER]

    def part(self, slug):
        return Membership.objects.get(review=self.review, agency__slug=slug)

    def sheet(self, slug):
        return Sheet.objects.get(membership=self.part(slug))

    def score(self, slug, code):
        return Score.objects.get(sheet=self.sheet(slug), criterion__code=code)

    def appraiser(self, slug):
        return self.heads[STAND_IN] if slug == LEADER else self.leader

    def prepare(self):
        text = (EXAMPLES / "set-a-100-points.yaml").read_text(encoding="utf-8")
        draft = scoring.upload_criteria(self.review, read_set(parse_yaml(text)), by=self.leader)
        for slug, member in MEMBERS.items():
            for code, reason in member.get("not_applicable", {}).items():
                criterion = draft.criteria.get(code=code)
                scoring.exempt(criterion, self.part(slug), reason=reason, by=self.leader)
        scoring.adopt_criteria(draft, seen=digest(draft), by=self.leader)
        dates = {"registration_due": datetime.date(2022, 3, 31), "dossier_due": None}
        dates |= {"scores_due": datetime.date(2023, 1, 15), "appraisal_due": None}
        blocs.set_calendar(self.review, dates=dates, by=self.leader)

    def keep_the_record(self):
        for slug, member in MEMBERS.items():
            received = datetime.datetime.fromisoformat(member["system"]["IV.1"]["received_at"])
            blocs.record_registration(self.part(slug), received_at=received, by=self.leader)
        for n, day in enumerate((datetime.date(2022, 3, 10), datetime.date(2022, 7, 5),
                                 datetime.date(2022, 11, 8)), start=1):  # fmt: skip
            presences = {
                self.part(slug).pk: Presence.SENT
                if n == 3 and member["system"]["IV.2"]["count"] == "2.5"
                else Presence.LED
                for slug, member in MEMBERS.items()
            }
            blocs.record_meeting(
                self.review, held_on=day, title=f"Họp lần {n}", presences=presences, by=self.leader
            )

    def score_themselves(self):
        with at(2022, 12, 1):
            scoring.open_self_scoring(self.review, by=self.leader)
            scoring.name_appraiser(self.sheet(LEADER), self.part(STAND_IN), by=self.board)
            for slug, member in MEMBERS.items():
                for code, inputs in member["claimed"].items():
                    scoring.claim(
                        self.score(slug, code),
                        inputs=inputs,
                        explanation="Theo báo cáo năm",
                        version=0,
                        by=self.heads[slug],
                    )
        for slug, member in MEMBERS.items():
            extension = member["submission"].get("extension")
            if extension:
                with moment(extension["granted_at"]):
                    scoring.grant_extension(
                        self.sheet(slug),
                        to=datetime.date.fromisoformat(extension["to"]),
                        reason=extension["reason"],
                        by=self.heads[extension["granted_by"]],
                    )
            with moment(member["submission"]["events"][0]["at"]):
                scoring.submit(self.sheet(slug), by=self.heads[slug])

    def appraise(self):
        with at(2023, 1, 20):
            scoring.open_appraisal(self.review, by=self.leader)
        for slug, member in MEMBERS.items():
            for event in member["submission"]["events"][1:]:
                with moment(event["at"]):
                    if event["kind"] == "submitted":
                        scoring.submit(self.sheet(slug), by=self.heads[slug])
                    else:
                        scoring.return_sheet(
                            self.sheet(slug), reason="Bổ sung", by=self.appraiser(slug)
                        )
        with at(2023, 2, 10):
            for slug, member in MEMBERS.items():
                for code, change in member["appraised"].items():
                    score = self.score(slug, code)
                    scoring.appraise(
                        score,
                        inputs=change.get("inputs"),
                        points=Decimal(change["points"]) if "points" in change else None,
                        reason=change["reason"],
                        version=score.version,
                        by=self.appraiser(slug),
                    )
                sheet = self.sheet(slug)
                scoring.accept(sheet, list(sheet.scores.all()), by=self.appraiser(slug))
                scoring.finish_appraisal(sheet, by=self.appraiser(slug))

    def confer(self):
        self.review.refresh_from_db()
        with at(2023, 2, 15):
            scoring.approve_summary(
                self.review, seen=live_table(self.review).sha256, by=self.leader
            )
        with at(2023, 2, 23, 9):
            for slug, member in MEMBERS.items():
                for code, change in member["agreed"].items():
                    score = self.score(slug, code)
                    scoring.agree(
                        score,
                        inputs=change["inputs"],
                        reason=change["reason"],
                        version=score.version,
                        by=self.leader,
                    )


def build_world():
    case = Khoi7()
    case.prepare()
    case.keep_the_record()
    case.score_themselves()
    case.appraise()
    case.confer()
    return case


@pytest.fixture
def table(world):
    return live_table(world.review)


def test_every_number_of_the_example_comes_out_of_the_database_to_the_cent(table):
    computed = {member["slug"]: member for member in table.content["members"]}
    assert set(computed) == set(EXPECTED["members"])
    for slug, member in EXPECTED["members"].items():
        for key, value in member.items():
            assert computed[slug][key] == value, f"{slug} {key}"
    assert [row.slug for row in table.rows] == EXPECTED["order"]
    assert table.places == EXPECTED["places"]


def test_rows_read_the_same_numbers(table):
    for row in table.rows:
        member = EXPECTED["members"][row.slug]
        assert str(row.agreed.total) == member["totals"]["agreed"]["total"]
        assert str(row.claimed.penalty) == member["totals"]["self"]["penalty"]
        assert row.rank == member["rank"]["agreed_on_points"]
        assert row.late_days == member["late_days"]
    station = table.row_of("phat-thanh")
    rescaled = EXPECTED["members"]["phat-thanh"]["nodes"]["I"]["rescaled"]["agreed"]
    assert str(station.agreed.groups[0]) == rescaled
    assert station.not_applicable == dict.fromkeys(["I.1.3", "I.2.2", "I.2.3", "I.3.1"], "RESCALE")
