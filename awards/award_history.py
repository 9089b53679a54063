"""What an agency received before: its own record, and what the province granted in the portal."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from awards.models import AwardCategory, PastAward, Proposal, ProposalStatus
from blocs.models import Agency


@dataclass(frozen=True)
class HistoryLine:
    """One title or reward; ``own`` is the typed row, None where the portal knows of the grant."""

    year: int
    category: str
    name: str
    decision_number: str
    decision_date: datetime.date
    authority: str
    own: PastAward | None = None

    @property
    def is_title(self) -> bool:
        return self.category == AwardCategory.TITLE


def history_of(agency: Agency) -> list[HistoryLine]:
    """All of it, newest first; it belongs to the agency, whatever it was called then."""
    typed = [
        HistoryLine(
            year=row.year,
            category=row.category,
            name=row.name,
            decision_number=row.decision_number,
            decision_date=row.decision_date,
            authority=row.authority,
            own=row,
        )
        for row in PastAward.objects.filter(agency=agency)
    ]
    return sorted(
        typed + granted_to(agency),
        key=lambda line: (-line.year, -line.decision_date.toordinal(), line.name),
    )


def granted_to(agency: Agency) -> list[HistoryLine]:
    """What was granted on the proposals of its blocs; the committee's chair decides of both."""
    rows = Proposal.objects.filter(membership__agency=agency, status=ProposalStatus.GRANTED)
    lines = []
    for row in rows.select_related("award", "review__bloc__province"):
        assert row.decision_date is not None  # noqa: S101 -- proposal_granted_by_decision
        lines.append(
            HistoryLine(
                year=row.review.year,
                category=row.award.category,
                name=row.award.name,
                decision_number=row.decision_number,
                decision_date=row.decision_date,
                authority=f"Chủ tịch {row.review.bloc.province.committee}",
            )
        )
    return lines
