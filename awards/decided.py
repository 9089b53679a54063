"""What the conference has decided so far."""

from __future__ import annotations

from awards.models import Conference, Resolution, ResolutionKind
from blocs.models import Membership, Office
from scoring.models import Summary, SummaryStatus


def adopted_table(conference: Conference) -> Summary | None:
    """The table in force, once the conference has adopted it."""
    return Summary.objects.filter(review=conference.review_id, status=SummaryStatus.ADOPTED).first()


def elected_to(conference: Conference, office: Office) -> list[Membership]:
    """Members elected to an office of next year."""
    return [
        resolution.membership
        for resolution in carried(conference, ResolutionKind.ELECT)
        if resolution.office == office and resolution.membership is not None
    ]


def carried(conference: Conference, kind: str) -> list[Resolution]:
    """The resolutions of a kind that were carried, with their members."""
    rows = conference.resolutions.filter(kind=kind).select_related(
        "award", "membership__agency", "membership__review"
    )
    return [row for row in rows if row.carried]
