"""Votes on printed papers with their committee and their counts, for tests."""

from __future__ import annotations

from awards import transitions as awards
from awards.models import Conference, Tally, Vote
from awards.tallies import Figures
from blocs.models import User
from tests.awards.polls import Poll
from tests.worlds import fresh

# Four papers of five: one is invalid.
RIGHT = Figures(5, 4, 3, 1, ((3, 0, 0), (2, 1, 0), (1, 1, 1)))


class PaperPoll(Poll):
    """A vote on printed papers between a1, a2, a3; a4 and the board's office count."""

    @property
    def first(self) -> User:
        return self.officer(self.names[3])

    @property
    def second(self) -> User:
        return fresh(self.board)

    def committee(self) -> PaperPoll:
        self.adopt()
        awards.name_teller(
            self.conference, name="", user=self.first, is_head=True, by=self.secretary
        )
        awards.name_teller(self.conference, name="", user=self.second, by=self.secretary)
        return self

    def open_paper(self, **columns) -> Vote:
        if not Conference.objects.filter(review=self.review, tellers__isnull=False).exists():
            self.committee()
        return self.open_vote(*self.names[:3], on_paper=True, **columns)

    def draft(self, figures: Figures = RIGHT, **columns) -> Tally:
        tally = awards.begin_tally(self.open_paper(**columns), by=self.first)
        return awards.save_tally(tally, figures, by=self.first)

    def entered(self, figures: Figures = RIGHT, **columns) -> Tally:
        return awards.enter_tally(self.draft(figures, **columns), by=self.first)
