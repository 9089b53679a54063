"""Khối 7's review of 2023, in self-scoring while that of 2022 has just been decided."""

from __future__ import annotations

import datetime

from blocs import transitions as blocs
from portal.demo.case import NEXT_LEADER
from portal.demo.clock import at, moment
from portal.demo.explanations import explanation_of
from portal.demo.khoi_7 import Khoi7
from scoring import transitions as scoring

YEAR = 2023


def open_next_year(bloc: Khoi7, today: datetime.date) -> None:
    """2023 in self-scoring, led by the agencies elected at the conference.

    Its due day lies ahead of the day on which the demo is built, so that there is something
    left to do.
    """
    bloc.year = YEAR
    leader = bloc.head(NEXT_LEADER)
    with at("2023-02-28 08:30"):
        bloc.adopt_criteria(leader)
        blocs.set_calendar(
            bloc.review,
            dates={
                "registration_due": datetime.date(YEAR, 3, 31),
                "scores_due": today + datetime.timedelta(days=15),
                "appraisal_due": today + datetime.timedelta(days=40),
                "dossier_due": today + datetime.timedelta(days=70),
            },
            by=leader,
        )
    for slug in bloc.agencies:
        received = moment("2023-03-24 09:00")
        with at(received):
            blocs.record_registration(
                bloc.member(slug), received_at=received, by=bloc.officer(NEXT_LEADER)
            )
    with at("2023-12-04 08:00"):
        scoring.open_self_scoring(bloc.review, by=leader)
    fill(bloc)


def fill(bloc: Khoi7) -> None:
    """Each member at another point; every third answer still waits for its evidence."""
    for number, slug in enumerate(bloc.agencies):
        claims = list(bloc.answers[slug]["claimed"].items())
        with at(f"2023-12-1{number} 14:30"):
            for place, (code, inputs) in enumerate(claims[: number * len(claims) // 5]):
                score = bloc.score(slug, code)
                words = explanation_of(score, abbreviation=bloc.key(slug).upper(), year=YEAR)
                scoring.claim(
                    score,
                    inputs=inputs,
                    explanation=words if place % 3 else "",
                    version=score.version,
                    by=bloc.officer(slug),
                )
