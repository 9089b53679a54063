"""Votes of a small conference at any stage, for tests. Deterministic, no mocks."""

from __future__ import annotations

from awards import transitions as awards
from awards.models import Award, Method, PaperForm, ResolutionKind, Vote, VoteRule
from awards.transitions import Question
from blocs.models import Membership, Office
from tests.awards.meetings import Meeting


class Poll(Meeting):
    """A meeting whose table is adopted and that puts questions to the vote.

    By default all members are candidates of a secret ballot on the flag, agree or disagree.
    """

    def __init__(self, *, members: int = 5, **more) -> None:
        super().__init__(members=members, **more)

    def rule(self, code: str = "majority-of-members") -> VoteRule:
        return VoteRule.objects.get(code=code, bloc=None)

    def candidates(self, *names: str) -> list[Membership]:
        return [self.membership(name) for name in names or self.names]

    def question(self, *names: str, rule: str = "majority-of-members", **columns) -> Question:
        usual = {
            "kind": ResolutionKind.PROPOSE,
            "title": "Đề nghị tặng Cờ thi đua",
            "form": PaperForm.APPROVE,
            "method": Method.SECRET_BALLOT,
            "award": Award.objects.get(code="flag"),
        }
        if columns.get("kind", ResolutionKind.PROPOSE) != ResolutionKind.PROPOSE:
            del usual["award"]
        if columns.get("kind") == ResolutionKind.ELECT:
            usual |= {"office": Office.LEADER, "form": PaperForm.ELECT, "title": "Bầu Khối trưởng"}
        return Question(
            rule=self.rule(rule), candidates=self.candidates(*names), **{**usual, **columns}
        )

    def prepare(self, *names: str, **columns) -> Vote:
        return awards.prepare_vote(
            self.conference, self.question(*names, **columns), by=self.secretary
        )

    def open_vote(self, *names: str, **columns) -> Vote:
        return awards.open_vote(self.prepare(*names, **columns), by=self.leader)

    def cast(self, vote: Vote, papers: dict[str, str]) -> None:
        """Papers by the name of the agency that casts them, by its head."""
        for name, paper in papers.items():
            awards.cast_paper(vote, self.membership(name), paper=paper, by=self.head(name))

    def count(self, vote: Vote, papers: dict[str, str]) -> Vote:
        self.cast(vote, papers)
        return awards.close_ballot(vote, by=self.leader)
