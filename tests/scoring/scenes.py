"""A bloc seen by its member a3, in worlds that differ in the data of the others only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile

from scoring import transitions as scoring
from scoring.kernel.loading import parse_yaml, read_set
from scoring.models import Evidence
from tests.worlds import SMALL_SET, World

# A criterion that compares with the best of the bloc, and one that is averaged over the others.
RELATIVE = '- {code: I.4, max: 5, name: "Thu ngân sách", rule: {kind: relative}}'
AVERAGED = '- {code: II.4, max: 4, name: "Cứu trợ", rule: {kind: judged}, na_policy: BLOC_AVERAGE}'
OWN = {"I.4": {"actual": "110", "target": "100"}}
MODEST = {"I.4": {"actual": "101", "target": "100"}, "II.4": {"points": "1"}}
# Figures and words that stand nowhere else.
STRIKING = {
    "I.1": {"actual": "7.77", "target": "8.88"},
    "I.2": {"level": "Khá"},
    "I.4": {"actual": "777", "target": "100"},
    "II.1": {"count": "1.5"},
    "II.2": {"counts": {"Mỗi báo cáo trễ": 3}},
    "II.4": {"points": "3.5"},
    "TR.1": {"count": "7"},
}
OTHERS = ("a1", "a2", "a4")
MOMENT = "2024-12-20 09:00"


class Bloc(World):
    """Four members; a3, whose eyes are used, is averaged at one criterion."""

    def __init__(self) -> None:
        super().__init__(members=4)

    def adopt_criteria(self, path=None) -> Bloc:
        text = (path or SMALL_SET).read_text(encoding="utf-8").replace("scale: 20", "scale: 29")
        text = text.replace("max: 12", "max: 17").replace("max: 8\n", "max: 12\n")
        text = text.replace("    - code: II\n", f"        {RELATIVE}\n    - code: II\n")
        text = text.replace("  bonus:\n", f"        {AVERAGED}\n  bonus:\n")
        rules = read_set(parse_yaml(text))
        self.criteria = scoring.upload_criteria(self.review, rules, by=self.leader)
        criterion = self.criteria.criteria.get(code="II.4")
        scoring.exempt(criterion, self.membership("a3"), reason="Không có", by=self.leader)
        scoring.adopt_criteria(self.criteria, by=self.leader)
        return self

    def attach(self, name: str, title: str, file: str) -> Evidence:
        upload = SimpleUploadedFile(file, b"%PDF-1.7\n%%EOF\n")
        score = self.score(name, "I.1")
        return scoring.add_evidence(score, title=title, upload=upload, by=self.officer(name))

    def enter(self, name: str, answers: dict, *, striking: bool = False) -> None:
        self.fill(name, answers)
        if striking:
            score = self.score(name, "I.1")
            scoring.claim(
                score,
                inputs=answers["I.1"],
                explanation=f"Bí mật của {name}",
                version=score.version,
                by=self.officer(name),
            )
            self.attach(name, f"Bí mật {name}", f"bi-mat-{name}.pdf")

    def submit(self, name: str) -> None:
        scoring.submit(self.sheet(name), by=self.head(name))

    def appraise(self, name: str, *, reason: str = "") -> None:
        """Accept all but one, and finish."""
        sheet, by = self.sheet(name), self.appraiser(name)
        if reason:
            score = self.score(name, "I.1")
            scoring.appraise(
                score, points=Decimal("5.5"), reason=reason, version=score.version, by=by
            )
        scoring.accept(sheet, list(sheet.scores.all()), by=by)
        scoring.finish_appraisal(sheet, by=by)


# --- the worlds


def nothing_yet(bloc: Bloc) -> None:
    """The others have not begun."""


def under_way(bloc: Bloc) -> None:
    """One has submitted, one waits for its head, one is at work with a later day."""
    bloc.enter("a1", STRIKING, striking=True)
    bloc.submit("a1")
    bloc.enter("a2", STRIKING, striking=True)
    scoring.send_to_head(bloc.sheet("a2"), by=bloc.officer("a2"))
    bloc.fill("a4", {**STRIKING, "I.2": None})
    due = bloc.review.scores_due
    scoring.grant_extension(
        bloc.sheet("a4"),
        to=due.replace(day=due.day + 1),
        reason="Bí mật của a4",
        by=bloc.leader,
    )


def all_in(bloc: Bloc) -> None:
    for name in OTHERS:
        bloc.enter(name, STRIKING, striking=True)
        bloc.submit(name)


def all_in_with_modest_figures(bloc: Bloc) -> None:
    for name in OTHERS:
        bloc.enter(name, MODEST)
        bloc.submit(name)


def appraisal_with_modest_figures(bloc: Bloc) -> None:
    """Nobody else has been appraised."""
    all_in_with_modest_figures(bloc)
    scoring.open_appraisal(bloc.review, by=bloc.leader)


def appraisal_of_the_others_done(bloc: Bloc) -> None:
    """All but one, which was returned for supplement."""
    all_in(bloc)
    scoring.open_appraisal(bloc.review, by=bloc.leader)
    for name in ("a1", "a2"):
        bloc.appraise(name, reason="Bí mật: thiếu minh chứng")
    scoring.return_sheet(bloc.sheet("a4"), reason="Bí mật: bổ sung", by=bloc.leader)


def own_draft(bloc: Bloc) -> None:
    bloc.enter("a3", OWN)
    bloc.own_evidence = bloc.attach("a3", "Báo cáo", "bao-cao.pdf")


def own_submitted(bloc: Bloc) -> None:
    own_draft(bloc)
    bloc.submit("a3")


def own_appraised(bloc: Bloc) -> None:
    bloc.appraise("a3", reason="Thiếu một báo cáo")


def nothing_more(bloc: Bloc) -> None:
    """The own sheet stays as it is."""


@dataclass(frozen=True)
class Scene:
    """What a3 did before, what the others do in each of the worlds, what happens to a3 after."""

    own: Callable[[Bloc], None]
    worlds: tuple[Callable[[Bloc], None], ...]
    after: Callable[[Bloc], None] = nothing_more
    thorough: bool = True  # also with queries, deeds and the officer's eyes


SCENES = {
    "self-scoring": Scene(own_draft, (nothing_yet, under_way, all_in)),
    "submitted": Scene(own_submitted, (nothing_yet, all_in), thorough=False),
    "appraisal": Scene(
        own_submitted,
        (
            appraisal_with_modest_figures,
            appraisal_of_the_others_done,
        ),
    ),
    "appraised": Scene(
        own_submitted,
        (appraisal_with_modest_figures, appraisal_of_the_others_done),
        own_appraised,
        thorough=False,
    ),
}
