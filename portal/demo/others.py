"""Three more blocs in other phases, with the enterprise and the commune criteria sets.

Their agencies are invented and called so; figures follow from the place in the list.
"""

from __future__ import annotations

import datetime
from typing import Any

from blocs import transitions as blocs
from blocs.models import (
    Agency,
    AgencyKind,
    Bloc,
    BlocKind,
    Office,
    Presence,
    Province,
    Review,
    User,
)
from portal.demo.accounts import make_agency, make_staff
from portal.demo.case import SETS
from portal.demo.clock import at, moment
from portal.demo.explanations import explanation_of
from portal.demo.khoi_7 import user
from scoring import transitions as scoring
from scoring.criteria import rules_of
from scoring.kernel.loading import parse_yaml, read_set
from scoring.kernel.rules.rule import Field, FieldType
from scoring.models import Score, Sheet
from scoring.tables import live_table

ENTERPRISES = ("Doanh nghiệp minh họa {n}", "DN minh họa {n}", "DN{n}", AgencyKind.ENTERPRISE)
COMMUNES = ("Xã minh họa {n}", "Xã minh họa {n}", "XA{n}", AgencyKind.COMMUNE)


class OtherBloc:
    """A bloc of invented agencies in the review of 2022."""

    def __init__(
        self,
        province: Province,
        board: User,
        *,
        slug: str,
        name: str,
        full_name: str,
        symbol: str,
        kind: str,
        criteria: str,
        agencies: tuple[str, str, str, str],
        numbers: range,
    ) -> None:
        self.board, self.criteria = board, criteria
        self.bloc = Bloc.objects.create(
            province=province,
            slug=slug,
            kind=kind,
            name=name,
            full_name=full_name,
            symbol=symbol,
            position=len(Bloc.objects.all()) + 10,
        )
        full, short, abbreviation, agency_kind = agencies
        self.agencies: list[Agency] = []
        for n in numbers:
            agency = make_agency(
                province,
                abbreviation.format(n=n).lower(),
                full.format(n=n),
                short.format(n=n),
                abbreviation.format(n=n),
                agency_kind,
            )
            make_staff(agency)
            self.agencies.append(agency)

    @property
    def review(self) -> Review:
        """Read anew each time: transitions change their own copy."""
        return Review.objects.select_related("bloc__province").get(bloc=self.bloc, year=self.year)

    def head(self, agency: Agency) -> User:
        return user(f"head.{agency.slug}")

    def officer(self, agency: Agency) -> User:
        return user(f"officer.{agency.slug}")

    @property
    def leader(self) -> User:
        return self.head(self.agencies[0])

    def open(self, *, scores_due: datetime.date, today: datetime.date) -> None:
        """Criteria adopted, meetings held, self-scoring open; what is still to come lies ahead."""
        offices = [Office.LEADER, Office.DEPUTY] + [Office.MEMBER] * len(self.agencies)
        with at("2022-02-10 09:00"):
            self.year = 2022
            blocs.open_review(
                self.bloc,
                2022,
                members=dict(zip(self.agencies, offices, strict=False)),
                by=self.board,
            )
            text = (SETS / self.criteria).read_text(encoding="utf-8")
            rules = read_set(parse_yaml(text))
            self.criteria_set = scoring.upload_criteria(self.review, rules, by=self.leader)
            scoring.adopt_criteria(self.criteria_set, by=self.leader)
            blocs.set_calendar(
                self.review,
                dates={
                    "registration_due": datetime.date(2022, 3, 31),
                    "scores_due": scores_due,
                    "appraisal_due": today + datetime.timedelta(days=20),
                    "dossier_due": today + datetime.timedelta(days=45),
                },
                by=self.leader,
            )
        members = list(self.review.memberships.in_order())
        with at("2022-06-30 16:00"):
            secretary = self.officer(self.agencies[0])
            for number, member in enumerate(members):
                received = moment(f"2022-03-2{number} 10:00")
                blocs.record_registration(member, received_at=received, by=secretary)
            blocs.record_meeting(
                self.review,
                held_on=datetime.date(2022, 6, 30),
                title="Hội nghị sơ kết 6 tháng đầu năm 2022",
                presences={
                    member.pk: Presence.ABSENT if number == 3 else Presence.LED
                    for number, member in enumerate(members)
                },
                by=secretary,
            )
        with at("2022-12-06 08:00"):
            scoring.open_self_scoring(self.review, by=self.leader)

    def fill(self, *, complete: int) -> None:
        """The first ``complete`` members submit; the others stop half-way."""
        rules = rules_of(self.criteria_set)
        for number, agency in enumerate(self.agencies):
            sheet = Sheet.objects.get(membership__agency=agency, membership__review=self.review)
            scores = list(sheet.scores.in_order())
            with at(f"2023-01-1{number} 15:00"):
                by = self.officer(agency)
                for score in scores if number < complete else scores[: len(scores) // 2]:
                    leaf = rules.find(score.criterion.code)
                    if leaf.set_by is None:
                        inputs = {field.name: figure(field, number) for field in leaf.rule.fields}
                        words = explanation_of(score, abbreviation=agency.slug.upper())
                        scoring.claim(score, inputs=inputs, explanation=words, version=0, by=by)
                if number < complete:
                    scoring.submit(sheet, by=self.head(agency))

    def appraise(self, *, approve: bool) -> None:
        """The appraisal begins; with ``approve`` it ends with the circulated table."""
        with at("2023-01-24 08:00"):
            scoring.open_appraisal(self.review, by=self.leader)
        sheets = list(Sheet.objects.of(self.review).with_people())
        for sheet in sheets if approve else sheets[:2]:
            if sheet.appraiser is None:
                continue
            with at("2023-02-06 10:00"):
                by = self.head(sheet.appraiser.agency)
                scoring.accept(sheet, list(Score.objects.filter(sheet=sheet)), by=by)
                scoring.finish_appraisal(sheet, by=by)
        if approve:
            with at("2023-02-10 10:00"):
                seen = live_table(self.review).sha256
                scoring.approve_summary(self.review, seen=seen, by=self.leader)


def figure(field: Field, number: int) -> Any:
    """An invented answer: the further down the list, the less."""
    if field.type is FieldType.CHOICE:
        return field.choices[min(number, 1)]
    if field.type is FieldType.COUNTS:
        return {field.choices[0]: number} if number else {}
    if field.type is FieldType.BOOLEAN:
        return True
    if field.type is FieldType.DAY:
        return "2022-03-31"
    if field.type is FieldType.MOMENT:
        return "2022-03-25T09:00:00+07:00"
    if field.name == "actual":
        return str(100 - 2 * number)
    if field.name == "target":
        return "98"
    if field.name == "points":
        return str(field.maximum - 5 * number) if field.maximum else "60"
    return str(max(0, 3 - number)) if field.name == "count" else str(100 - 3 * number)


def make_others(province: Province, board: User, today: datetime.date) -> OtherBloc:
    """One bloc in self-scoring, one in appraisal, one before its conference: the last is handed
    back."""
    communes = OtherBloc(
        province,
        board,
        slug="cum-xa-phuong",
        name="Cụm xã, phường",
        full_name="Cụm thi đua các xã, phường",
        symbol="CTĐXP",
        kind=BlocKind.CLUSTER,
        criteria="set-c-1000-rate-based.yaml",
        agencies=COMMUNES,
        numbers=range(1, 5),
    )
    # Two of its members are late by three days on the day on which the demo is built.
    communes.open(scores_due=today - datetime.timedelta(days=3), today=today)
    communes.fill(complete=2)
    for slug, name, symbol, numbers, approve in (
        ("khoi-doanh-nghiep-1", "Khối Doanh nghiệp 1", "KTĐDN1", range(1, 5), False),
        ("khoi-doanh-nghiep-2", "Khối Doanh nghiệp 2", "KTĐDN2", range(5, 9), True),
    ):
        enterprises = OtherBloc(
            province,
            board,
            slug=slug,
            name=name,
            full_name=f"Khối thi đua {name}",
            symbol=symbol,
            kind=BlocKind.BLOC,
            criteria="set-b-enterprise-100.yaml",
            agencies=ENTERPRISES,
            numbers=numbers,
        )
        enterprises.open(scores_due=datetime.date(2023, 1, 20), today=today)
        enterprises.fill(complete=4)
        enterprises.appraise(approve=approve)
    return enterprises
