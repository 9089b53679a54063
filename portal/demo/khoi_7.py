"""Khối 7 of Trà Vinh, review of 2022: the facts of the conference of 23/02/2023.

Members, leader, chair, day, venue, awards proposed and next year's offices are the case's; every
figure, date of receipt and decision number is invented.
"""

from __future__ import annotations

import datetime

from awards import transitions as awards
from awards.documents.papers import PaperKey
from awards.models import (
    DocumentKind,
    Dossier,
    Proposal,
)
from blocs import transitions as blocs
from blocs.models import Agency, Bloc, Membership, Office, Presence, Province, Review, User
from portal.demo import disputes, meeting, reports, texts
from portal.demo.accounts import make_agency, make_staff
from portal.demo.case import (
    APPRAISER,
    HEAD_NAMES,
    HEADS,
    LEADER,
    MEETINGS,
    MEMBERS,
    SETS,
    answers,
)
from portal.demo.clock import at
from portal.demo.evidence import PROVED, attach_samples
from portal.demo.explanations import explanation_of
from scoring import transitions as scoring
from scoring.kernel.loading import parse_yaml, read_set
from scoring.models import Criterion, Score, Sheet
from scoring.tables import live_table


def user(username: str) -> User:
    return User.objects.select_related("agency").get(username=username)


class Khoi7:
    """The bloc and its review of 2022, carried forward stage by stage."""

    def __init__(self, province: Province, board: User) -> None:
        self.board = board
        self.agencies: dict[str, Agency] = {}
        for slug, full, short, abbreviation, kind in MEMBERS:
            agency = make_agency(province, slug, full, short, abbreviation, kind)
            make_staff(agency, head=HEADS.get(slug, ""), name=HEAD_NAMES[slug])
            self.agencies[slug] = agency
        self.bloc = Bloc.objects.create(
            province=province,
            slug="khoi-7",
            name="Khối 7",
            full_name="Khối thi đua Khối 7",
            symbol="KTĐ7",
            position=7,
        )
        self.answers = answers()

    # --- people and records

    leader = LEADER

    @property
    def review(self) -> Review:
        """Read anew each time: transitions change their own copy."""
        return Review.objects.select_related("bloc__province").get(bloc=self.bloc, year=self.year)

    def head(self, slug: str) -> User:
        return user(HEADS.get(slug, f"head.{self.key(slug)}"))

    def officer(self, slug: str) -> User:
        return user(f"officer.{self.key(slug)}")

    def key(self, slug: str) -> str:
        return next(row[3].lower() for row in MEMBERS if row[0] == slug)

    def member(self, slug: str) -> Membership:
        return self.review.memberships.get(agency=self.agencies[slug])

    def sheet(self, slug: str) -> Sheet:
        return Sheet.objects.get(membership=self.member(slug))

    def score(self, slug: str, code: str) -> Score:
        return Score.objects.get(sheet=self.sheet(slug), criterion__code=code)

    # --- the stages

    def prepare(self) -> None:
        """Members, criteria, registrations, meetings; self-scoring opens."""
        with at("2022-01-12 09:00"):
            offices = {
                agency: Office.LEADER if slug == LEADER else Office.MEMBER
                for slug, agency in self.agencies.items()
            }
            self.year = 2022
            blocs.open_review(self.bloc, 2022, members=offices, by=self.board)
        leader, secretary = self.head(LEADER), self.officer(LEADER)
        with at("2022-02-18 15:00"):
            for section, text in texts.COVENANT.items():
                awards.write_text(
                    self.review,
                    PaperKey(DocumentKind.COVENANT),
                    section=section,
                    text=text,
                    version=0,
                    by=secretary,
                )
        with at("2022-02-22 10:00"):
            self.adopt_criteria(leader)
            blocs.set_calendar(
                self.review,
                dates={
                    "registration_due": datetime.date(2022, 3, 31),
                    "scores_due": datetime.date(2023, 1, 15),
                    "appraisal_due": datetime.date(2023, 2, 10),
                    "dossier_due": datetime.date(2023, 3, 5),
                },
                by=leader,
            )
        for slug, member in self.answers.items():
            received = datetime.datetime.fromisoformat(member["system"]["IV.1"]["received_at"])
            with at(received):
                blocs.record_registration(self.member(slug), received_at=received, by=secretary)
        for day, title, sent in MEETINGS:
            with at(f"{day} 16:00"):
                blocs.record_meeting(
                    self.review,
                    held_on=datetime.date.fromisoformat(day),
                    title=title,
                    presences={
                        self.member(slug).pk: Presence.SENT if slug in sent else Presence.LED
                        for slug in self.agencies
                    },
                    by=secretary,
                )
        with at("2022-12-05 08:00"):
            scoring.open_self_scoring(self.review, by=leader)

    def adopt_criteria(self, leader: User) -> None:
        text = (SETS / "set-a-100-points.yaml").read_text(encoding="utf-8")
        # The set is written for 2022; the bloc keeps it for the next year under that year's name.
        text = text.replace("2022", str(self.year))
        criteria_set = scoring.upload_criteria(self.review, read_set(parse_yaml(text)), by=leader)
        for slug, member in self.answers.items():
            for code, reason in member.get("not_applicable", {}).items():
                criterion = Criterion.objects.get(criteria_set=criteria_set, code=code)
                scoring.exempt(criterion, self.member(slug), reason=reason, by=leader)
        scoring.adopt_criteria(criteria_set, by=leader)

    def score_themselves(self, *, submitted: bool = True) -> None:
        """Every member fills in its sheet; with ``submitted`` also hands it in, one a day late.

        Without it the review stays in the middle of self-scoring, each member at another point.
        """
        for number, slug in enumerate(self.agencies):
            with at(f"2022-12-2{number + 1} 14:30"):
                by = self.officer(slug)
                claims = list(self.answers[slug]["claimed"].items())
                done = len(claims) if submitted else (number + 1) * len(claims) // 6
                for code, inputs in claims[:done]:
                    self._claim(slug, code, inputs, by)
                attach_samples(self.sheet(slug), by=by)
                blocs.write_report(
                    self.member(slug),
                    fields=texts.MEMBER_REPORTS[slug],
                    models=reports.models_of(slug),
                    rewards=reports.rewards_of(slug),
                    version=0,
                    by=by,
                )
        extension = self.answers["phat-thanh"]["submission"]["extension"]
        with at(datetime.datetime.fromisoformat(extension["granted_at"])):
            scoring.grant_extension(
                self.sheet("phat-thanh"),
                to=datetime.date.fromisoformat(extension["to"]),
                reason=extension["reason"],
                by=self.head(LEADER),
            )
        if not submitted:
            return
        for slug, member in self.answers.items():
            first = member["submission"]["events"][0]
            with at(datetime.datetime.fromisoformat(first["at"])):
                scoring.submit(self.sheet(slug), by=self.head(slug))
        with at("2023-01-18 08:00"):
            # The case names no deputy of 2022, so the board names who appraises the leader.
            scoring.name_appraiser(self.sheet(LEADER), self.member(APPRAISER), by=self.board)
            scoring.open_appraisal(self.review, by=self.head(LEADER))

    def _claim(self, slug: str, code: str, inputs: dict[str, object], by: User) -> None:
        score = self.score(slug, code)
        scoring.claim(
            score,
            inputs=inputs,
            explanation=""
            if code in PROVED
            else explanation_of(score, abbreviation=self.key(slug).upper()),
            version=score.version,
            provisional=(slug, code) == disputes.PROVISIONAL,
            by=by,
        )

    def appraise(self, *, finished: bool = True) -> None:
        """Accept or change every criterion; one sheet is returned for supplement first."""
        disputes.report_a_matter(self)
        with at("2023-01-31 09:30"):
            scoring.return_sheet(
                self.sheet("tai-nguyen"),
                reason="Bổ sung minh chứng của tiêu chí III.1.2 và IV.5.",
                criteria=Criterion.objects.filter(
                    criteria_set__review=self.review, code__in=["III.1.2", "IV.5"]
                ),
                by=self.head(LEADER),
            )
        if not finished:
            return
        with at("2023-02-03 10:00"):
            scoring.submit(self.sheet("tai-nguyen"), by=self.head("tai-nguyen"))
        for slug, member in self.answers.items():
            by = self.head(APPRAISER if slug == LEADER else LEADER)
            with at("2023-02-08 15:00"):
                for code, change in member["appraised"].items():
                    score = self.score(slug, code)
                    points = texts.decimal(change.get("points"))
                    scoring.appraise(
                        score,
                        inputs=change.get("inputs"),
                        points=points,
                        reason=change["reason"],
                        version=score.version,
                        provisional=False,
                        by=by,
                    )
                sheet = self.sheet(slug)
                scoring.accept(sheet, list(sheet.scores.all()), by=by)
                scoring.finish_appraisal(sheet, by=by)
        disputes.answer_the_appraisal(self)
        with at("2023-02-13 09:00"):
            seen = live_table(self.review).sha256
            scoring.approve_summary(self.review, seen=seen, by=self.head(LEADER))

    def confer(self, *, opened: bool = True, closed: bool = True) -> None:
        """The conference of 23/02/2023: planned, ``opened`` with its table adopted, ``closed``."""
        by, leader = self.officer(LEADER), self.head(LEADER)
        with at("2023-02-14 09:00"):
            conference = meeting.plan(self, by)
        if not opened:
            return
        with at("2023-02-23 08:00"):
            conference = awards.open_conference(conference, by=by)
            meeting.attend(self, conference, by)
        with at("2023-02-23 09:30"):
            meeting.adopt(self, conference, by)
            if not closed:
                return
            meeting.decide(self, conference, by)
        with at("2023-02-23 10:50"):
            meeting.adopt_minutes(self, conference, by)
        with at("2023-02-23 11:00"):
            awards.close_conference(conference, ends_at=datetime.time(11, 0), by=leader)

    def submit(self) -> None:
        """Grounds, reports of achievements, papers, and the dossier to the province."""
        by, leader = self.officer(LEADER), self.head(LEADER)
        with at("2023-02-27 14:00"):
            for proposal in Proposal.objects.filter(review=self.review):
                slug = proposal.membership.agency.slug
                awards.write_grounds(proposal, grounds=texts.GROUNDS[slug], by=by)
                self.report_achievements(slug)
            for kind, number in (
                (DocumentKind.MINUTES, "01"),
                (DocumentKind.REPORT, "02"),
                (DocumentKind.SUMMARY, ""),
                (DocumentKind.SUBMISSION, "03"),
            ):
                day = 23 if kind == DocumentKind.MINUTES else 27
                awards.issue(
                    self.review,
                    PaperKey(kind),
                    number=number,
                    dated=datetime.date(2023, 2, day),
                    by=leader,
                )
        with at("2023-02-28 09:00"):
            awards.submit_dossier(self.review, by=leader)

    def report_achievements(self, slug: str) -> None:
        """A proposed member writes its report and the awards of former years; its head issues."""
        officer, agency = self.officer(slug), self.agencies[slug]
        for year, category, name, number, day in texts.PAST_AWARDS[slug]:
            awards.add_past_award(
                agency,
                fields={
                    "year": year,
                    "category": category,
                    "name": name,
                    "decision_number": number,
                    "decision_date": datetime.date.fromisoformat(day),
                    "authority": texts.AUTHORITY,
                },
                by=officer,
            )
        key = PaperKey(DocumentKind.ACHIEVEMENT, slug)
        for section, text in texts.ACHIEVEMENTS[slug].items():
            awards.write_text(self.review, key, section=section, text=text, version=0, by=officer)
        day_of_report = datetime.date(2023, 2, 27)
        awards.issue(self.review, key, number="01", dated=day_of_report, by=self.head(slug))

    def decide(self) -> None:
        """The province grants both proposals; number and day of its decision are invented."""
        dossier = Dossier.objects.get(review=self.review)
        with at("2023-03-02 10:00"):
            awards.receive_dossier(dossier, by=self.board)
        with at("2023-03-20 15:00"):
            for proposal in Proposal.objects.filter(review=self.review):
                awards.decide(
                    proposal,
                    granted=True,
                    decision_number="00/QĐ-UBND (số minh họa)",
                    decision_date=datetime.date(2023, 3, 17),
                    by=self.board,
                )
